//! Any text as an address, on any page: what is let through is harmless by what browsers make of it.

#![no_main]

use article::SafeUrl;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|texts: (&str, &str)| {
    let (text, base) = texts;
    let link = SafeUrl::link(text);
    let image = SafeUrl::image(text);
    link.iter().for_each(offprint_fuzz::link);
    image.iter().for_each(offprint_fuzz::image);
    // A base is checked as a link before anything is resolved against it.
    let Some(base) = SafeUrl::link(base) else {
        return;
    };
    let page = Url::parse(offprint_fuzz::PAGE).expect("the page has an address");
    for address in link.iter().chain(&image) {
        let resolved = address.resolve(base.as_str());
        if let Ok(parsed) = page.join(&resolved) {
            let fine = ["http", "https", "mailto", "tel", "blob", "data"];
            assert!(fine.contains(&parsed.scheme()), "{parsed} of {text:?} on {base:?}");
        }
    }
});
