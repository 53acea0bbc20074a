//! The components: [`Components::read`] makes blocks of the content tree of them.

use super::super::plain_page::byline;
use super::super::{Draft, Losses, html};
use super::media;
use super::text::Text;
use article::{Block, Inline, Mark, inline_text};
use serde_json::Value;

/// Components may hold components this deep.
const DEPTH_MAX: u32 = 32;

pub(super) struct Components<'a> {
    draft: &'a mut Draft,
    base: Option<&'a str>,
    losses: &'a mut Losses,
    blocks: Vec<Block>,
    depth: u32,
}

impl<'a> Components<'a> {
    /// The draft holds the metadata already; what only components say is put into it.
    pub(super) fn new(
        draft: &'a mut Draft,
        base: Option<&'a str>,
        losses: &'a mut Losses,
    ) -> Components<'a> {
        Components {
            draft,
            base,
            losses,
            blocks: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn read(mut self, document: &Value) -> Vec<Block> {
        self.list(&document["components"], "components");
        without_idle_rules(self.blocks)
    }

    fn list(&mut self, list: &Value, place: &str) {
        if self.depth == DEPTH_MAX {
            self.losses
                .tell(place, "its components", "components are nested too deep");
            return;
        }
        self.depth += 1;
        let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
        let mut ix = 0;
        while ix < list.len() {
            // A title may be cut into components, each with a style of its own.
            let n_titles = list[ix..]
                .iter()
                .take_while(|next| next["role"] == "title")
                .count();
            if n_titles > 0 {
                self.title(&list[ix..ix + n_titles]);
                ix += n_titles;
            } else {
                self.component(&list[ix], &format!("{place}[{ix}]"));
                ix += 1;
            }
        }
        self.depth -= 1;
    }

    fn component(&mut self, component: &Value, place: &str) {
        if component["hidden"] == true {
            let text = component["text"].as_str().unwrap_or_default();
            let what = format!("the hidden component {text}");
            self.losses.tell(place, &what, "readers do not see it");
            return;
        }
        let role = component["role"].as_str().unwrap_or_default();
        match role {
            "intro" => self.intro(component, place),
            "author" | "byline" => self.author(component, place),
            "heading" => self.heading(component, 1, place),
            "heading1" | "heading2" | "heading3" | "heading4" | "heading5" | "heading6" => {
                self.heading(component, role.as_bytes()[7] - b'0', place);
            }
            "body" => self.text(component, place),
            "caption" => self.caption(component, place),
            "photographer" | "illustrator" => self.text(component, place),
            "quote" | "pullquote" => self.quote(component, place),
            "photo" | "image" | "portrait" | "figure" | "logo" => {
                let blocks = media::picture(component, place, self.base, self.losses);
                self.blocks.extend(blocks);
            }
            "gallery" | "mosaic" => {
                for (ix, item) in component["items"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .enumerate()
                {
                    let place = format!("{place}.items[{ix}]");
                    let blocks = media::picture(item, &place, self.base, self.losses);
                    self.blocks.extend(blocks);
                }
            }
            "datatable" => {
                let table = media::data_table(component, place, self.base, self.losses);
                self.blocks.extend(table);
            }
            "htmltable" => {
                let html = component["html"].as_str().unwrap_or_default();
                let place = format!("{place}.html");
                let document = html::document(html, &place, self.base, self.losses);
                self.blocks.extend(document.blocks);
            }
            "container" | "section" | "chapter" | "header" | "aside" => {
                self.background(component, place);
            }
            "divider" => self.blocks.push(Block::Rule),
            "flexible_spacer" => {}
            "link_button" => {
                let text = Text::of(component)
                    .map(|text| text.plain())
                    .unwrap_or_default();
                let url = component["URL"].as_str().unwrap_or_default();
                let link = super::super::blocks::link_in_place(url, &text, self.base);
                self.blocks.extend(link);
            }
            _ if role.ends_with("advertisement") => {
                let what = format!("the component {role}");
                self.losses
                    .tell(place, &what, "it holds no text of the article");
            }
            _ if component["URL"].is_string() || component["latitude"].is_number() => {
                let blocks = media::embed(component, place, self.base, self.losses);
                self.blocks.extend(blocks);
            }
            _ => {
                let what = format!(
                    "the component {}",
                    if role.is_empty() {
                        "without a role"
                    } else {
                        role
                    }
                );
                let why = "this importer does not know it; what text it holds is kept";
                self.losses.tell(place, &what, why);
                self.text(component, place);
            }
        }
        if component["components"].is_array() {
            self.list(&component["components"], &format!("{place}.components"));
        }
    }

    /// Titles that say the same as the document's are it; others stand where they stood.
    fn title(&mut self, components: &[Value]) {
        let texts: Vec<String> = components
            .iter()
            .filter_map(|component| Some(Text::of(component)?.plain()))
            .collect();
        let title = texts.join(" ");
        // What stands above the title is a kicker, and no heading of a section.
        let has_text = self.blocks.iter().any(|block| {
            !matches!(
                block,
                Block::Heading { .. } | Block::Rule | Block::Figure { .. }
            )
        });
        if !has_text {
            for block in &mut self.blocks {
                if let Block::Heading { content, .. } = block {
                    *block = Block::Paragraph(std::mem::take(content));
                }
            }
        }
        if title.is_empty() || is_same(&title, &self.draft.title) {
            return;
        }
        if self.draft.title.is_empty() {
            self.draft.title = title;
            return;
        }
        let title = vec![Inline::Text(title)];
        self.blocks
            .push(Block::Paragraph(vec![Inline::Marked(Mark::Strong, title)]));
    }

    /// The standfirst: the subtitle, if there is none.
    fn intro(&mut self, component: &Value, place: &str) {
        let Some(text) = Text::of(component) else {
            return;
        };
        let plain = text.plain();
        let is_summary = self.draft.summary.as_deref().is_some_and(|summary| {
            is_same(
                &article::plain_text(&article::parse_markdown(summary)),
                &plain,
            )
        });
        if is_summary {
            return;
        }
        if self.draft.subtitle.is_none() {
            self.draft.subtitle = Some(plain);
        } else if self.draft.summary.is_none() {
            let blocks = text.blocks(place, self.base, self.losses);
            self.draft.summary = Some(super::super::sections::markdown(blocks));
        } else {
            self.text(component, place);
        }
    }

    fn author(&mut self, component: &Value, place: &str) {
        let Some(text) = Text::of(component).map(|text| text.plain()) else {
            return;
        };
        if let Some((people, None)) = byline(&text) {
            if self.draft.authors.is_empty() {
                self.draft.authors = people;
                return;
            }
            let is_known = |name: &str| {
                self.draft
                    .authors
                    .iter()
                    .any(|known| is_same(&known.name, name))
            };
            if people.iter().all(|person| is_known(&person.name)) {
                return;
            }
        }
        if !self.attribution(component, place) {
            self.text(component, place);
        }
    }

    fn heading(&mut self, component: &Value, level: u8, place: &str) {
        let Some(text) = Text::of(component) else {
            return;
        };
        let content = text.inlines(place, self.base, self.losses);
        let content = content
            .into_iter()
            .map(|piece| match piece {
                Inline::Break => Inline::Text(" ".to_string()),
                piece => piece,
            })
            .collect();
        self.blocks.push(Block::Heading {
            level: level.clamp(1, 6),
            id: String::new(),
            content,
        });
    }

    fn text(&mut self, component: &Value, place: &str) {
        if let Some(text) = Text::of(component) {
            let blocks = text.blocks(place, self.base, self.losses);
            self.blocks.extend(blocks);
        }
    }

    /// The caption of the picture before it, if that has none.
    fn caption(&mut self, component: &Value, place: &str) {
        let Some(text) = Text::of(component) else {
            return;
        };
        let line = text.inlines(place, self.base, self.losses);
        match self.blocks.last_mut() {
            Some(Block::Figure { caption, .. }) if caption.is_empty() => *caption = line,
            Some(Block::Figure { caption, .. })
                if is_same(&inline_text(caption), &inline_text(&line)) => {}
            _ => self.text(component, place),
        }
    }

    fn quote(&mut self, component: &Value, place: &str) {
        if self.attribution(component, place) {
            return;
        }
        if let Some(text) = Text::of(component) {
            let blocks = text.blocks(place, self.base, self.losses);
            self.blocks.push(Block::Quote(blocks));
        }
    }

    /// A text with a dash before it, behind a quotation: whose words they are.
    fn attribution(&mut self, component: &Value, place: &str) -> bool {
        let Some(text) = Text::of(component) else {
            return false;
        };
        let Some(Block::Quote(quoted)) = self.blocks.last_mut() else {
            return false;
        };
        if !text.plain().starts_with(['—', '–', '-', '―']) {
            return false;
        }
        quoted.extend(text.blocks(place, self.base, self.losses));
        true
    }

    /// A picture behind a container. The lead picture needs no second mention.
    fn background(&mut self, component: &Value, place: &str) {
        let fill = &component["style"]["fill"];
        let Some(url) = fill["URL"].as_str().or(fill["imageIdentifier"].as_str()) else {
            return;
        };
        let is_lead = self
            .draft
            .image
            .as_ref()
            .is_some_and(|image| url.strip_prefix("bundle://").unwrap_or(url) == image.src);
        if !is_lead {
            self.losses.tell(
                &format!("{place}.style.fill"),
                url,
                "a picture behind text is layout",
            );
        }
    }
}

/// Lines that divide nothing: at the ends, twice, beside a heading.
fn without_idle_rules(blocks: Vec<Block>) -> Vec<Block> {
    let is_edge =
        |block: Option<&Block>| matches!(block, None | Some(Block::Rule | Block::Heading { .. }));
    let mut kept: Vec<Block> = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        if block == Block::Rule && (is_edge(kept.last()) || is_edge(blocks.peek())) {
            continue;
        }
        kept.push(block);
    }
    kept
}

fn is_same(one: &str, other: &str) -> bool {
    let folded = |text: &str| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    folded(one) == folded(other)
}
