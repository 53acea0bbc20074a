//! [`picture`]: an article's image, with its space kept free before it is there.

use article::Image;
use yew::prelude::*;

/// An image. `base` is what its relative addresses start from; `sizes` is how wide it will be, as the
/// attribute of `<img>` has it; a decorative one stands beside a text that says the same.
pub fn picture(image: &Image, base: &str, sizes: &'static str, is_decorative: bool) -> Html {
    let candidates = image.srcset.iter();
    let candidates = candidates.map(|c| format!("{} {}w", c.src.resolve(base), c.width));
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
