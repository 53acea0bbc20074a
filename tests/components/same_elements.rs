//! The page and the HTML text of one tree: the same elements, addresses and texts, in the same order.
//!
//! What only the page has (classes, roles, directions, the box around a table) is taken off by the rules of [`sketch`],
//! and nothing else.

use article::{ArticleContent, html, read_collection};
use offprint::state::{Msg, Route};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DomParser, Element, HtmlInputElement, Node, SupportedType};

use super::Stage;

/// A node in one line. White space beside blocks means nothing.
fn sketch(node: &Node, out: &mut String) {
    let Some(element) = node.dyn_ref::<Element>() else {
        let text = node.text_content().unwrap_or_default();
        out.push_str(&text);
        return;
    };
    let name = match element.local_name().as_str() {
        "span" if element.class_name() == "op-credit" => "small".to_owned(),
        name => name.to_owned(),
    };
    let is_page_only = element.class_list().contains("op-table")
        || matches!(&*name, "body" | "section" | "html" | "head");
    if !is_page_only {
        out.push('<');
        out.push_str(&name);
        let mut attributes = attributes(element);
        attributes.sort();
        out.push_str(&attributes.concat());
        out.push('>');
    }
    let children = element.child_nodes();
    for ix in 0..children.length() {
        if let Some(child) = children.item(ix) {
            sketch(&child, out);
        }
    }
    if !is_page_only {
        out.push_str("</>");
    }
}

fn attributes(element: &Element) -> Vec<String> {
    const PAGE_ONLY: [&str; 9] = [
        "aria-label",
        "class",
        "data-op-anchor",
        "decoding",
        "dir",
        "loading",
        "rel",
        "role",
        "tabindex",
    ];
    let names = element
        .get_attribute_names()
        .into_iter()
        .filter_map(|name| name.as_string());
    let anchor = element.get_attribute("data-op-anchor");
    let mut found: Vec<String> = names
        .filter(|name| !PAGE_ONLY.contains(&&**name))
        .filter(|name| !matches!(&**name, "align" | "checked" | "disabled"))
        .map(|name| match (&*name, &anchor) {
            ("href", Some(anchor)) => format!(" href=#{anchor}"),
            _ => format!(
                " {name}={}",
                element.get_attribute(&name).unwrap_or_default()
            ),
        })
        .collect();
    for class in element.class_name().split(' ') {
        match class {
            "op-center" => found.push(" align=center".into()),
            "op-right" => found.push(" align=right".into()),
            _ if class.starts_with("language-") => found.push(format!(" class={class}")),
            _ => {}
        }
    }
    // The page sets them as properties.
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        found.push(format!(" {} {}", input.checked(), input.disabled()));
    }
    // The left is where text begins anyway.
    if let Some(side) = element.get_attribute("align").filter(|side| side != "left") {
        found.push(format!(" align={side}"));
    }
    found
}

/// White space is one space, and none where a line of HTML begins or ends.
fn tamed(sketch: &str) -> String {
    let mut out = String::new();
    for word in sketch.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace("> ", ">").replace(" <", "<")
}

/// Draws every section of an article and compares it with its HTML.
async fn check(json: &str, id: &str) -> u32 {
    let collection = read_collection(json.into()).expect("a collection");
    let ix = collection.position(id).expect("the article");
    let content = ArticleContent::of(&collection.article(ix).expect("the article"));
    let mut stage = Stage::open(json).await;
    stage.send(Msg::Go(Route::article(id))).await;
    let drawn = stage
        .root
        .query_selector_all(".op-section")
        .expect("a selector");
    assert_eq!(drawn.length() as usize, content.sections.len(), "{id}");
    for (ix, section) in content.sections.iter().enumerate() {
        let heading = section.heading.as_ref().map_or(String::new(), |heading| {
            let text = heading.replace('&', "&amp;").replace('<', "&lt;");
            format!("<h2 id=\"{}\">{text}</h2>", section.id)
        });
        let markup = format!("{heading}{}", html(&section.body, ""));
        let parsed = DomParser::new()
            .and_then(|parser| parser.parse_from_string(&markup, SupportedType::TextHtml))
            .expect("a document");
        let (mut page, mut text) = (String::new(), String::new());
        sketch(&drawn.item(ix as u32).expect("a section"), &mut page);
        sketch(parsed.body().expect("a body").as_ref(), &mut text);
        assert_eq!(tamed(&page), tamed(&text), "{id}, section {ix}");
    }
    stage.app.destroy();
    stage.root.remove();
    drawn.length()
}

#[wasm_bindgen_test]
async fn of_the_demo_edition() {
    let demo = include_str!("../../demo/articles.json");
    let collection = read_collection(demo.into()).expect("the demo");
    let mut n_sections = 0;
    for entry in collection.entries() {
        n_sections += check(demo, &entry.id).await;
    }
    assert!(n_sections > 40, "{n_sections} sections");
}

#[wasm_bindgen_test]
async fn of_every_kind_of_element() {
    for body in [
        "*a* **b** ~~c~~ `d` H<sub>2</sub>O<sup>3</sup> <kbd>e</kbd> <mark>f</mark> <abbr title='g & h'>i</abbr>",
        "[a](b \"c\") [d](#e) [m](#/article/a) <https://example.org/?f=1&g=2> ![h](i.png \"j\") k  \nl",
        "- a\n  - b\n\n    c\n- [x] d\n\n3. e\n4. f",
        "> a\n>\n> ```rust\n> b < c\n> ```\n\n***\n\n    d",
        "|a|b|c|\n|:-|-:|:-:|\n|1|2|3|\n\n||b|\n|-|-|\n|*c*|d|\n\n<table><tr><td>e<td>f</table>",
        "<figure><img src=a.png alt=b width=4 height=3><figcaption>c <em>d</em> <small>e</small></figcaption></figure>\n\n![f](g.png)",
        "# a\n\n### b\n\n# a\n\n<script>c</script> & \"d\"",
    ] {
        check(&super::one_article(body), "a").await;
    }
}
