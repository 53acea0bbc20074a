//! Running text as Markdown: [`inline_markdown`].

use super::super::html::inline_html;
use super::escape::{Around, end_line, push_escaped};
use crate::content::text::inline_text;
use crate::content::tree::{Inline, InlineImage, Mark};

/// Where running text stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// It may have several lines.
    Paragraph,
    /// A heading: one line.
    Line,
    /// A cell of a table: one line, without bare `|`.
    Cell,
}

/// Running text as Markdown.
pub(super) fn inline_markdown(inlines: &[Inline], place: Place) -> String {
    let mut writer = Writer {
        out: String::new(),
        place,
        in_link: false,
    };
    writer.inlines(inlines, None);
    end_line(&mut writer.out);
    let start = writer.out.trim_start_matches([' ', '\t', '\n']);
    start.trim_end_matches("\\\n").to_string()
}

struct Writer {
    out: String,
    place: Place,
    in_link: bool,
}

impl Writer {
    /// `after` is what follows behind them.
    fn inlines(&mut self, inlines: &[Inline], after: Option<char>) {
        for (ix, inline) in inlines.iter().enumerate() {
            let next = match inlines.get(ix + 1) {
                Some(next) => first_char(next),
                None => after,
            };
            self.inline(inline, next);
        }
    }

    fn inline(&mut self, inline: &Inline, after: Option<char>) {
        match inline {
            Inline::Text(text) => self.text(text, after),
            Inline::Marked(mark, content) => self.marked(*mark, content, after),
            Inline::Abbreviation { title, content } => {
                let title = attribute(title);
                self.element(&["<abbr title=\"", &title, "\">"].concat(), "abbr", content);
            }
            // The backticks of two would be taken for one run.
            Inline::Code(text) if self.out.ends_with('`') => {
                self.element("<code>", "code", &[Inline::Text(text.clone())]);
            }
            Inline::Code(text) => self.code(text),
            Inline::Link {
                target,
                title,
                content,
            } => {
                let target = target.as_str();
                let is_bare = matches!(content.as_slice(), [Inline::Text(text)] if text == target);
                let is_web = target.starts_with("https://") || target.starts_with("http://");
                let is_plain = !target.contains(['<', '>', '\\', '&', '|']);
                if is_bare && is_web && is_plain && title.is_none() {
                    self.out.push_str(&["<", target, ">"].concat());
                    return;
                }
                self.out.push('[');
                let was_in_link = std::mem::replace(&mut self.in_link, true);
                self.inlines(content, Some(']'));
                self.in_link = was_in_link;
                self.out.push_str("](");
                self.destination(target, title.as_deref());
            }
            Inline::Image(image) => self.image(image),
            Inline::Break if self.place != Place::Paragraph => self.out.push_str("<br>"),
            Inline::Break => {
                end_line(&mut self.out);
                self.out.push_str("\\\n");
            }
            Inline::FootnoteRef { number, .. } => {
                self.out
                    .push_str(&["[^", &number.to_string(), "]"].concat());
            }
        }
    }

    fn text(&mut self, text: &str, after: Option<char>) {
        let mut text = text;
        if self.out.is_empty() || self.out.ends_with('\n') {
            text = text.trim_start_matches([' ', '\t', '\n']);
        } else if text.starts_with('\n') && self.out.ends_with('>') {
            // An element alone in its line would begin a block of HTML.
            let line = self.out.rsplit('\n').next().unwrap_or_default();
            if line.starts_with('<') {
                self.out.push(' ');
                text = &text[1..];
            }
        }
        let around = Around {
            after,
            in_link: self.in_link,
        };
        push_escaped(text, self.place, around, &mut self.out);
    }

    fn marked(&mut self, mark: Mark, content: &[Inline], after: Option<char>) {
        let sign = match mark {
            Mark::Emphasis => "*",
            Mark::Strong => "**",
            Mark::Strike => "~~",
            _ => "",
        };
        if sign.is_empty() || !self.can_take(content, after) {
            self.element(
                &["<", mark.element(), ">"].concat(),
                mark.element(),
                content,
            );
            return;
        }
        self.out.push_str(sign);
        self.inlines(content, sign.chars().next());
        self.out.push_str(sign);
    }

    /// Whether signs around `content` are read as a mark (CommonMark §6.2, flanking): the safe cases only.
    fn can_take(&self, content: &[Inline], after: Option<char>) -> bool {
        let (Some(first), Some(last)) = (content.first(), content.last()) else {
            return false;
        };
        let ends_well = |inline: &Inline| {
            matches!(
                inline,
                Inline::Text(_) | Inline::Code(_) | Inline::Link { .. }
            )
        };
        let before = self.out.chars().next_back();
        let is_outside = |c: Option<char>| {
            c.is_none_or(|c| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '(' | ')' | ',' | '.' | ';' | ':' | '"' | '“' | '”' | '\\'
                    )
            })
        };
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let starts = is_outside(before) && first_char(first).is_some_and(|c| !c.is_whitespace())
            || is_letter(before) && is_letter(first_char(first));
        let ends = is_outside(after) && last_char(last).is_some_and(|c| !c.is_whitespace())
            || is_letter(after) && is_letter(last_char(last));
        ends_well(first) && ends_well(last) && starts && ends
    }

    fn element(&mut self, open: &str, name: &str, content: &[Inline]) {
        self.out.push_str(open);
        self.inlines(content, Some('<'));
        self.out.push_str(&["</", name, ">"].concat());
    }

    /// Between more backticks than stand in it.
    fn code(&mut self, text: &str) {
        let mut text = text.replace('\n', " ");
        if text.is_empty() {
            return;
        }
        if self.place == Place::Cell {
            text = text.replace('|', "\\|");
        }
        let runs: Vec<usize> = text.split(|c| c != '`').map(str::len).collect();
        let n = (1..).find(|n| !runs.contains(n)).unwrap_or(1);
        let fence = "`".repeat(n);
        let is_padded = text.starts_with('`')
            || text.ends_with('`')
            || (text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty());
        let pad = if is_padded { " " } else { "" };
        self.out
            .push_str(&[&fence, pad, &text, pad, &fence].concat());
    }

    /// An address and a title, and the bracket behind them.
    fn destination(&mut self, target: &str, title: Option<&str>) {
        let is_plain = !target.is_empty()
            && !target.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'));
        let mut escaped = String::new();
        for c in target.chars() {
            let is_sign = matches!(c, '\\' | '<' | '>' | '&' | '`' | '*' | '[' | ']')
                || (c == '|' && self.place == Place::Cell);
            if is_sign {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        if is_plain {
            self.out.push_str(&escaped);
        } else {
            self.out.push_str(&["<", &escaped, ">"].concat());
        }
        if let Some(title) = title {
            self.out.push_str(" \"");
            for c in title.chars() {
                match c {
                    '\n' => self.out.push(' '),
                    '"' | '\\' | '&' | '<' | '`' | '[' | ']' | '*' | '_' => {
                        self.out.push('\\');
                        self.out.push(c);
                    }
                    '|' if self.place == Place::Cell => self.out.push_str("\\|"),
                    c => self.out.push(c),
                }
            }
            self.out.push('"');
        }
        self.out.push(')');
    }

    fn image(&mut self, image: &InlineImage) {
        if image.width.or(image.height).is_some() {
            let element = inline_html(&[Inline::Image(image.clone())], "");
            let element = element.replace('\n', " ");
            match self.place {
                // A bare `|` would end the cell.
                Place::Cell => self.out.push_str(&element.replace('|', "&#124;")),
                _ => self.out.push_str(&element),
            }
            return;
        }
        self.out.push_str("![");
        let around = Around {
            after: Some(']'),
            in_link: true,
        };
        let place = match self.place {
            Place::Paragraph => Place::Line,
            place => place,
        };
        push_escaped(&image.alt, place, around, &mut self.out);
        self.out.push_str("](");
        self.destination(image.src.as_str(), image.title.as_deref());
    }
}

/// A value between quotation marks.
fn attribute(text: &str) -> String {
    let text = text.replace('\n', " ");
    if !text.contains(['&', '<', '>', '"', '|']) {
        return text;
    }
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('|', "&#124;")
}

fn first_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Link { .. } | Inline::FootnoteRef { .. } => Some('['),
        Inline::Image(_) => Some('!'),
        Inline::Code(_) => Some('`'),
        // Written as a backslash or an element: a sign, and no white space.
        Inline::Break => Some('\\'),
        Inline::Marked(..) | Inline::Abbreviation { .. } => {
            let is_empty = inline_text(std::slice::from_ref(inline)).is_empty();
            Some(if is_empty { '<' } else { '*' })
        }
    }
}

fn last_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next_back(),
        Inline::Code(_) => Some('`'),
        Inline::Link { .. } => Some(')'),
        _ => Some('>'),
    }
}
