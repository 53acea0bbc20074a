//! Single values: texts, lists, objects, numbers, dates, addresses. Each is kept as far as it can be, and where it is
//! not what was expected there is one problem.

use super::fields::Fields;
use super::{Path, Reader};
use crate::code::Code;
use crate::date::Date;
use crate::json::{Member, Spanned, Value, describe};
use crate::url::{DATA_IMAGE_MAX, SafeUrl};
use std::ops::Range;

/// A longer text is shown, but the author is told: it is most likely not an article.
const TEXT_MAX: usize = 1 << 20;

/// How a text is trimmed and checked.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// One line of plain text.
    Plain,
    /// Markdown: the indentation of its first line counts.
    Markdown,
}

impl Reader<'_> {
    /// A text; empty and `null` are none.
    pub(super) fn text(&mut self, value: Spanned, path: &Path, kind: Kind) -> Option<String> {
        let at = value.start;
        let text = match value.value {
            Value::Null => return None,
            Value::Text(text) => text,
            Value::Number(number) => {
                let help = ["write \"", &number, "\""].concat();
                self.note(
                    Code::NumberAsText,
                    path,
                    at,
                    "a text",
                    ["the number ", &number].concat(),
                    Some(help),
                );
                number
            }
            Value::List(list) if list.iter().any(|item| matches!(item.value, Value::Text(_))) => {
                let texts = list.into_iter().filter_map(|item| match item.value {
                    Value::Text(text) => Some(text),
                    _ => None,
                });
                let between = if kind == Kind::Markdown { "\n\n" } else { ", " };
                let joined = texts.collect::<Vec<_>>().join(between);
                self.note(
                    Code::ListAsText,
                    path,
                    at,
                    "a text",
                    "a list".to_string(),
                    Some("write one text".to_string()),
                );
                joined
            }
            other => {
                self.note(Code::WrongType, path, at, "a text", describe(&other), None);
                return None;
            }
        };
        let text = trimmed(text, kind);
        if text.len() > TEXT_MAX {
            let found = [&(text.len() >> 10).to_string(), " KiB"].concat();
            self.note(
                Code::LongText,
                path,
                at,
                "a text of at most 1024 KiB",
                found,
                Some("divide it".to_string()),
            );
        }
        if kind == Kind::Plain
            && text.contains(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        {
            let help =
                "remove them: the reader sets each text apart by its own direction".to_string();
            let found = "invisible characters that turn the direction of the text".to_string();
            self.note(
                Code::DirectionMarks,
                path,
                at,
                "plain text",
                found,
                Some(help),
            );
        }
        (!text.is_empty()).then_some(text)
    }

    /// The elements of a list; a single value is a list of one.
    pub(super) fn list(&mut self, value: Spanned, path: &Path, expected: &str) -> Vec<Spanned> {
        let (start, end) = (value.start, value.end);
        let found = match &value.value {
            Value::Null => return Vec::new(),
            Value::Text(text) if text.trim().is_empty() => return Vec::new(),
            Value::List(_) => String::new(),
            other => describe(other),
        };
        let (single, help) = match value.value {
            Value::List(list) => return list,
            Value::Number(text) | Value::Text(text) => (Value::Text(text), "write [\"…\"]"),
            object @ Value::Object(_) => (object, "write [{…}]"),
            Value::Null | Value::Bool(_) => {
                self.note(Code::WrongType, path, start, expected, found, None);
                return Vec::new();
            }
        };
        self.note(
            Code::NotAList,
            path,
            start,
            expected,
            found,
            Some(help.to_string()),
        );
        vec![Spanned {
            value: single,
            start,
            end,
        }]
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, value: Spanned, path: &Path, kind: Kind) -> Vec<String> {
        let list = self.list(value, path, "a list of texts");
        let texts = list
            .into_iter()
            .enumerate()
            .filter_map(|(ix, item)| self.text(item, &path.index(ix), kind));
        texts.collect()
    }

    /// The members of an object; a text stands for its member `text_as`.
    pub(super) fn object(
        &mut self,
        value: Spanned,
        path: &Path,
        fields: &Fields,
        text_as: &str,
    ) -> Option<Vec<Member>> {
        let (start, end) = (value.start, value.end);
        let expected = || [fields.of, " (an object)"].concat();
        match value.value {
            Value::Null => None,
            Value::Object(members) => Some(members),
            text @ (Value::Text(_) | Value::Number(_)) => {
                let help = ["write {\"", text_as, "\": \"…\"}"].concat();
                self.note(
                    Code::TextAsObject,
                    path,
                    start,
                    &expected(),
                    describe(&text),
                    Some(help),
                );
                let text = match text {
                    Value::Number(number) => Value::Text(number),
                    text => text,
                };
                let value = Spanned {
                    value: text,
                    start,
                    end,
                };
                Some(vec![Member {
                    name: text_as.to_string(),
                    name_start: start,
                    value,
                }])
            }
            other => {
                self.note(
                    Code::WrongType,
                    path,
                    start,
                    &expected(),
                    describe(&other),
                    None,
                );
                None
            }
        }
    }

    /// A whole number above 0.
    pub(super) fn size(&mut self, value: Spanned, path: &Path) -> Option<u32> {
        const EXPECTED: &str = "a whole number above 0";
        let read = |text: &str| text.parse::<u32>().ok().filter(|number| *number > 0);
        let (number, is_plain) = match &value.value {
            Value::Null => return None,
            Value::Number(text) => (read(text), true),
            Value::Text(text) => (read(text.trim().trim_end_matches(['p', 'x', ' '])), false),
            _ => (None, true),
        };
        match number {
            Some(number) if is_plain => return Some(number),
            Some(number) => {
                let help = ["write ", &number.to_string(), " without quotation marks"].concat();
                self.note(
                    Code::SizeAsText,
                    path,
                    value.start,
                    EXPECTED,
                    describe(&value.value),
                    Some(help),
                );
            }
            None => self.note(
                Code::BadSize,
                path,
                value.start,
                EXPECTED,
                describe(&value.value),
                None,
            ),
        }
        number
    }

    /// A date.
    pub(super) fn date(&mut self, value: Spanned, path: &Path) -> Option<Date> {
        let help = match &value.value {
            Value::Null => return None,
            Value::Text(text) if text.trim().is_empty() => return None,
            Value::Text(text) => match Date::parse(text) {
                Ok(date) => return Some(date),
                Err(error) => error.to_string(),
            },
            _ => crate::date::DateError::Shape.to_string(),
        };
        self.note(
            Code::BadDate,
            path,
            value.start,
            "a date",
            describe(&value.value),
            Some(help),
        );
        None
    }

    /// An address that may be followed.
    pub(super) fn link(&mut self, value: Spanned, path: &Path) -> Option<SafeUrl> {
        let help = "allowed are https:, http:, mailto:, tel: and relative addresses";
        self.url(
            value,
            path,
            SafeUrl::link,
            "a safe address",
            help.to_string(),
        )
    }

    /// The address of an image.
    pub(super) fn image_url(&mut self, value: Spanned, path: &Path) -> Option<SafeUrl> {
        let limit = (DATA_IMAGE_MAX / 1000).to_string();
        let help = [
            "allowed are https:, http:, relative addresses, and data: with a PNG, JPEG, GIF, WebP or AVIF image in base64 \
             under ",
            &limit,
            " kB",
        ];
        self.url(
            value,
            path,
            SafeUrl::image,
            "a safe address of an image",
            help.concat(),
        )
    }

    fn url(
        &mut self,
        value: Spanned,
        path: &Path,
        check: fn(&str) -> Option<SafeUrl>,
        expected: &str,
        help: String,
    ) -> Option<SafeUrl> {
        match &value.value {
            Value::Null => return None,
            Value::Text(text) if text.trim().is_empty() => return None,
            Value::Text(text) => {
                if let Some(url) = check(text) {
                    return Some(url);
                }
            }
            _ => {}
        }
        self.note(
            Code::UnsafeUrl,
            path,
            value.start,
            expected,
            describe(&value.value),
            Some(help),
        );
        None
    }

    /// A language tag: `en`, `pt-BR`.
    pub(crate) fn language(&mut self, value: Spanned, path: &Path) -> Option<String> {
        let at = value.start;
        let text = self.text(value, path, Kind::Plain)?;
        let mut parts = text.split('-');
        let first = parts.next().unwrap_or_default();
        let is_tag = (2..=8).contains(&first.len())
            && first.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| {
                (1..=8).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
        if is_tag {
            return Some(text);
        }
        let help = "write en, de, pt-BR or zh-Hant".to_string();
        self.note(
            Code::BadLanguage,
            path,
            at,
            "a language tag",
            describe(&Value::Text(text)),
            Some(help),
        );
        None
    }

    /// A plain text of the collection itself.
    pub(crate) fn plain(&mut self, value: Spanned, path: &Path) -> Option<String> {
        self.text(value, path, Kind::Plain)
    }

    /// A member with a name that the format does not know. Names with an underscore in front are for whoever needs them.
    pub(crate) fn unknown(&mut self, name: &str, at: u32, path: &Path, fields: &Fields) {
        if name.starts_with('_') || name.starts_with('$') {
            return;
        }
        let expected = ["a field of ", fields.of].concat();
        let found = ["the unknown name `", &crate::json::short(name), "`"].concat();
        // What was meant for the page and does not get there is an error, what is somebody's own is not.
        let (code, help) = match fields.suggest(name) {
            Some(known) => (
                Code::MisspeltField,
                ["did you mean `", known, "`?"].concat(),
            ),
            None => {
                let place = match () {
                    () if fields.has("extra") => "put what is your own into `extra`",
                    () if fields.has("content_html") && name == "attachments" => {
                        "`offprint import` makes links of it"
                    }
                    () => "begin the name of what is your own with `_`",
                };
                let help = ["it is kept but not shown; ", place];
                (Code::UnknownField, help.concat())
            }
        };
        self.note(code, &path.name(name), at, &expected, found, Some(help));
    }
}

fn trimmed(text: String, kind: Kind) -> String {
    let text = if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    };
    let kept = &text[kept(&text, kind)];
    if kept.len() == text.len() {
        text
    } else {
        kept.to_string()
    }
}

/// What of a text is not trimmed off.
pub(crate) fn kept(text: &str, kind: Kind) -> Range<usize> {
    let end = text.trim_end();
    let start = match kind {
        Kind::Plain => end.len() - end.trim_start().len(),
        Kind::Markdown => {
            let n_space = end.len() - end.trim_start().len();
            end[..n_space].rfind('\n').map_or(0, |newline| newline + 1)
        }
    };
    start..end.len()
}
