//! [`picture`]: an article's image, with its space kept free before it is there.

use article::Image;
use yew::prelude::*;

/// An image. `base` is what its relative addresses start from; `sizes` is how wide it will be, as the
/// attribute of `<img>` has it; a decorative one stands beside a text that says the same.
pub fn picture(image: &Image, base: &str, sizes: &'static str, is_decorative: bool) -> Html {
    // The image itself is one of the widths: a browser that is given candidates looks at nothing else.
    let own = image
        .width
        .filter(|width| image.srcset.iter().all(|c| c.width != *width));
    let own = own
        .filter(|_| !image.srcset.is_empty())
        .map(|width| (&image.src, width));
    let candidates = image.srcset.iter().map(|c| (&c.src, c.width)).chain(own);
    let candidates = candidates.map(|(src, width)| format!("{} {width}w", src.resolve(base)));
    let srcset = candidates.collect::<Vec<_>>().join(", ");
    let srcset = Some(srcset).filter(|srcset| !srcset.is_empty());
    let alt = image
        .alt
        .clone()
        .filter(|_| !is_decorative)
        .unwrap_or_default();
    html! {
        <img
            class="op-image"
            src={image.src.resolve(base)}
            sizes={srcset.as_ref().map(|_| sizes)}
            {srcset}
            {alt}
            width={image.width.map(|w| w.to_string())}
            height={image.height.map(|h| h.to_string())}
            loading={if is_decorative { "lazy" } else { "eager" }}
            decoding="async"
        />
    }
}
