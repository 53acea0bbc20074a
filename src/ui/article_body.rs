//! [`ArticleBody`]: the texts of an article, drawn once and never compared again.

use std::rc::Rc;

use article::{ArticleContent, Document, Image};
use yew::prelude::*;

use super::document::Draw;
use super::figure::picture;
use super::{date, direction, words};
use crate::library::Opened;
use crate::state::Addresses;
use crate::web::adopted::Adopted;

/// The fewest headings that are worth a table of contents.
const CONTENTS_FROM: usize = 4;

/// An opened article.
#[derive(Clone, Properties)]
pub struct BodyProps {
    /// The article.
    pub opened: Rc<Opened>,
    /// The address that relative addresses start from.
    pub base: String,
    /// Where routes have their addresses.
    pub addresses: Addresses,
    /// The interface's language.
    pub language: Option<String>,
    /// What of the page is the reader's already.
    pub adopted: Adopted,
}

impl PartialEq for BodyProps {
    fn eq(&self, other: &BodyProps) -> bool {
        Rc::ptr_eq(&self.opened, &other.opened)
    }
}

/// The image, the contents and the texts, in the order of the format. An absent part leaves no trace.
#[component]
pub fn ArticleBody(props: &BodyProps) -> Html {
    let article = &*props.opened;
    if let Some(body) = props.adopted.body(&article.id) {
        return body;
    }
    let content = &article.content;
    let draw = Draw {
        id: &article.id,
        base: &props.base,
        addresses: &props.addresses,
    };
    let language = props.language.as_deref();
    let sections = content.sections.iter().map(|section| {
        let heading = section.heading.as_ref().map(|heading| {
            html! { <h2 id={section.id.clone()} tabindex="-1" dir="auto">{ heading }</h2> }
        });
        html! { <section class="op-section">{ for heading }{ draw.document(&section.body) }</section> }
    });
    let corrections = content.corrections.iter().map(|(day, text)| {
        let day = day
            .as_ref()
            .map(|day| html! { <p class="op-kicker">{ date::time(day, language) }</p> });
        html! { <li>{ for day }{ draw.phrase(text) }</li> }
    });
    let corrections: Vec<Html> = corrections.collect();
    html! {
        <div class="op-body" part="body" lang={article.language.clone().or(props.language.clone())} dir={direction::of(article.language.as_deref().or(language))}>
            { for article.image.iter().map(|image| lead_image(image, content, &draw)) }
            { for contents(content, &draw) }
            { for content.summary.iter().map(|text| part("summary", words::SUMMARY, draw.document(text))) }
            { list("key-points", words::KEY_POINTS, &content.key_points, &draw) }
            { for sections }
            { list("risks", words::RISKS, &content.risks, &draw) }
            { for content.disclosure.iter().map(|text| part("disclosure", words::DISCLOSURE, draw.document(text))) }
            { for (!corrections.is_empty()).then(|| part("corrections", words::CORRECTIONS, html! { <ul>{ corrections }</ul> })) }
            { for (!content.footnotes.is_empty()).then(|| draw.footnotes(&content.footnotes)) }
        </div>
    }
}

/// A fixed part under its heading.
fn part(name: &'static str, heading: &'static str, content: Html) -> Html {
    let id = format!("op-{name}");
    html! {
        <section class={format!("op-part op-{name}")} part={name} aria-labelledby={id.clone()}>
            <h2 {id} tabindex="-1" lang="en" dir="auto">{ heading }</h2>
            { content }
        </section>
    }
}

fn list(name: &'static str, heading: &'static str, points: &[Document], draw: &Draw) -> Html {
    if points.is_empty() {
        return Html::default();
    }
    let points = points
        .iter()
        .map(|point| html! { <li dir="auto">{ draw.phrase(point) }</li> });
    part(name, heading, html! { <ul>{ for points }</ul> })
}

fn lead_image(image: &Image, content: &ArticleContent, draw: &Draw) -> Html {
    let caption = content
        .image_caption
        .as_ref()
        .map(|caption| html! { <span dir="auto">{ draw.phrase(caption) }</span> });
    let credit = image
        .credit
        .as_ref()
        .map(|credit| html! { <span class="op-credit" dir="auto">{ credit }</span> });
    let has_caption = caption.is_some() || credit.is_some();
    html! {
        <figure class="op-figure op-figure-lead" part="image">
            { picture(image, draw.base, "(min-width: 60rem) 56rem, 100vw", false, true) }
            { for has_caption.then(|| html! { <figcaption>{ for caption }{ " " }{ for credit }</figcaption> }) }
        </figure>
    }
}

/// The contents of a long article.
fn contents(content: &ArticleContent, draw: &Draw) -> Option<Html> {
    if content.contents.len() < CONTENTS_FROM {
        return None;
    }
    let item = |entry: &article::ContentsEntry| {
        html! {
            <li class={(entry.level > 2).then_some("op-contents-sub")}>
                <a href={draw.address(&entry.id)} data-op-anchor={entry.id.clone()} dir="auto">{ &entry.text }</a>
            </li>
        }
    };
    Some(html! {
        <nav class="op-contents" aria-labelledby="op-contents">
            <details open=true>
                <summary id="op-contents" lang="en">{ words::CONTENTS }</summary>
                <ol>{ for content.contents.iter().map(item) }</ol>
            </details>
        </nav>
    })
}
