//! What a page's content security policy has to allow for a snippet: [`of_element`], [`of_frame`].
//!
//! No `style-src`: the reader's style sheet is fetched and adopted, which no policy of styles is about. Sources are as narrow as they can
//! be, the reader's folder and not its host: whoever allows a CDN's host allows all that anybody put there.

use super::digest::sha256;
use super::place::Place;
use super::snippet::Snippet;
use crate::build::hosting::FRAME_PAGE;
use url::Url;

/// The directives for an element, one on a line.
pub fn of_element(snippet: &Snippet) -> Vec<String> {
    let reader = source(&snippet.place.reader());
    let articles = snippet.src();
    let mut scripts = format!("script-src {reader} 'wasm-unsafe-eval'");
    if let Some(map) = snippet.import_map() {
        scripts.push_str(&format!(" '{}'", sha256(&map)));
    }
    let mut connections = vec![reader.clone()];
    let data = source(&articles);
    if !connections.contains(&data) && !data.starts_with(&reader) {
        connections.push(data);
    }
    let mut lines = vec![
        scripts,
        format!("connect-src {}", connections.join(" ")),
        format!(
            "img-src {}  (and wherever else the articles have their pictures)",
            origin(&articles)
        ),
    ];
    // Browsers start workers from the page's own origin only: from elsewhere the search runs on the page.
    if !snippet.place.is_absolute() {
        lines.push("worker-src 'self'".to_owned());
    }
    lines.push(
        "trusted-types offprint  (where it has require-trusted-types-for 'script')".to_owned(),
    );
    lines
}

/// The directives for a frame.
pub fn of_frame(snippet: &Snippet) -> Vec<String> {
    let Place { url, .. } = snippet.place;
    vec![
        format!("frame-src {}", source(&[url, FRAME_PAGE].concat())),
        format!("script-src {}", source(&[url, "frame.js"].concat())),
    ]
}

/// An address as a source (CSP §2.3.1): without what is behind the path, and with the two signs that divide policies encoded.
fn source(address: &str) -> String {
    match Url::parse(address) {
        Ok(mut url) => {
            url.set_query(None);
            url.set_fragment(None);
            String::from(url).replace(';', "%3B").replace(',', "%2C")
        }
        Err(_) => "'self'".to_owned(),
    }
}

fn origin(address: &str) -> String {
    match Url::parse(address) {
        Ok(url) => url.origin().ascii_serialization(),
        Err(_) => "'self'".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::snippet::Shown;
    use super::*;

    const CDN: &str = "https://cdn.example/offprint/1/";

    fn snippet<'a>(place: &'a Place, src: Option<&'a str>) -> Snippet<'a> {
        Snippet {
            place,
            src,
            shown: Shown::Reader,
            category: None,
            theme: None,
            with_integrity: false,
        }
    }

    #[test]
    fn of_elements() {
        #[track_caller]
        fn check(url: &str, src: Option<&str>, expect: &[&str]) {
            let place = Place::sample(url, None);
            let mut lines = of_element(&snippet(&place, src));
            assert!(lines.pop().unwrap().starts_with("trusted-types offprint "));
            let lines: Vec<&str> = lines
                .iter()
                .map(|line| line.split("  (").next().unwrap())
                .collect();
            assert_eq!(lines, expect);
        }
        check(
            "dist/",
            None,
            &[
                "script-src 'self' 'wasm-unsafe-eval'",
                "connect-src 'self'",
                "img-src 'self'",
                "worker-src 'self'",
            ],
        );
        check(
            CDN,
            None,
            &[
                "script-src https://cdn.example/offprint/1/ 'wasm-unsafe-eval'",
                "connect-src https://cdn.example/offprint/1/ 'self'",
                "img-src 'self'",
            ],
        );
        check(
            CDN,
            Some("https://news.example/a;b,c.json?day=1#x"),
            &[
                "script-src https://cdn.example/offprint/1/ 'wasm-unsafe-eval'",
                "connect-src https://cdn.example/offprint/1/ https://news.example/a%3Bb%2Cc.json",
                "img-src https://news.example",
            ],
        );
        check(
            CDN,
            Some("https://cdn.example/offprint/1/articles.json"),
            &[
                "script-src https://cdn.example/offprint/1/ 'wasm-unsafe-eval'",
                "connect-src https://cdn.example/offprint/1/",
                "img-src https://cdn.example",
            ],
        );
    }

    #[test]
    fn an_import_map_is_allowed_by_its_hash() {
        let place = Place::sample(CDN, None);
        let snippet = Snippet {
            with_integrity: true,
            ..snippet(&place, None)
        };
        let html = snippet.element();
        let start = html.find('>').unwrap() + 1;
        let map = &html[start..html.find("</script>").unwrap()];
        assert!(
            map.starts_with(
                "{\"integrity\":{\"https://cdn.example/offprint/1/offprint.js\":\"sha384-"
            ),
            "{map}"
        );
        let scripts = &of_element(&snippet)[0];
        assert!(
            scripts.ends_with(&format!(" '{}'", sha256(map))),
            "{scripts}"
        );
    }

    #[test]
    fn of_frames() {
        let place = Place::sample("https://news.example/", Some("assets/abc/"));
        let lines = of_frame(&snippet(&place, None));
        assert_eq!(
            lines,
            [
                "frame-src https://news.example/embed.html",
                "script-src https://news.example/frame.js"
            ]
        );
    }
}
