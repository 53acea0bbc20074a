//! [`picture`]: an article's image, with its space kept free before it is there.

use article::Image;
use yew::prelude::*;

/// An image. `base` is what its relative addresses start from; `sizes` is how wide it will be, as the
/// attribute of `<img>` has it; a decorative one stands beside a text that says the same; the first of a page is wanted at once.
pub fn picture(
    image: &Image,
    base: &str,
    sizes: &'static str,
    is_decorative: bool,
    is_first: bool,
) -> Html {
    let srcset = image.candidates(base);
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
            loading={if is_first { "eager" } else { "lazy" }}
            fetchpriority={is_first.then_some("high")}
            decoding="async"
        />
    }
}
