//! Tables and values of TOML with their places: [`Table`] hands out members, [`Findings`] collects what is wrong.

use crate::check::{Finding, Place};
use article::json::Lines;
use article::{Severity, closest_name};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The kinds of mistakes.
pub(super) mod code {
    pub(in super::super) const SYNTAX: &str = "toml-syntax";
    pub(in super::super) const UNKNOWN_KEY: &str = "unknown-key";
    pub(in super::super) const WRONG_TYPE: &str = "wrong-type";
    pub(in super::super) const BAD_VALUE: &str = "bad-value";
    pub(in super::super) const NO_FILE: &str = "no-file";
    pub(in super::super) const THEME: &str = "bad-theme";
    pub(in super::super) const UNKNOWN_CATEGORY: &str = "unknown-category";
    pub(in super::super) const LOW_CONTRAST: &str = "low-contrast";
}

/// What is wrong with a file.
pub(super) struct Findings<'a> {
    text: &'a str,
    lines: Lines,
    list: Vec<Finding>,
}

/// What there is to say about a value.
pub(super) struct Remark<'a> {
    pub(super) code: &'static str,
    pub(super) path: &'a str,
    pub(super) span: Range<usize>,
    pub(super) expected: &'a str,
    pub(super) found: String,
    pub(super) help: Option<String>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(text: &'a str) -> Findings<'a> {
        Findings {
            text,
            lines: Lines::default(),
            list: Vec::new(),
        }
    }

    /// In the order of the file.
    pub(super) fn into_list(mut self) -> Vec<Finding> {
        let at = |finding: &Finding| finding.place.as_ref().map_or(0, |place| place.range.start);
        self.list.sort_by_key(at);
        self.list
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    pub(super) fn syntax(&mut self, message: &str, span: Option<Range<usize>>) {
        let span = span.unwrap_or(0..0);
        let found = match self.text.get(span.clone()).unwrap_or_default().trim() {
            "" => "something else".to_string(),
            text => format!("`{}`", shortened(text)),
        };
        let message = message.lines().collect::<Vec<_>>().join(", ");
        self.note(
            Severity::Error,
            Remark {
                code: code::SYNTAX,
                path: "",
                span,
                expected: "TOML",
                found,
                help: Some(message),
            },
        );
    }

    pub(super) fn error(&mut self, remark: Remark) {
        self.note(Severity::Error, remark);
    }

    pub(super) fn warn(&mut self, remark: Remark) {
        self.note(Severity::Warning, remark);
    }

    fn note(&mut self, severity: Severity, remark: Remark) {
        let bytes = self.text.as_bytes();
        let Remark { span, .. } = &remark;
        self.list.push(Finding {
            severity,
            code: remark.code,
            article: None,
            path: remark.path.to_string(),
            place: Some(Place {
                start: self.lines.place(bytes, span.start),
                end: self.lines.place(bytes, span.end),
                range: span.clone(),
            }),
            expected: remark.expected.to_string(),
            found: remark.found,
            help: remark.help,
        });
    }
}

/// A value and where it stands.
pub(super) struct Value<'t> {
    pub(super) path: String,
    pub(super) span: Range<usize>,
    value: &'t DeValue<'t>,
}

/// A table and its path, `""` for the file itself.
pub(super) struct Table<'t> {
    path: String,
    members: &'t DeTable<'t>,
}

impl<'t> Table<'t> {
    pub(super) fn root(members: &'t DeTable<'t>) -> Table<'t> {
        Table {
            path: String::new(),
            members,
        }
    }

    /// The members in the order of the file; those whose names are not among these are reported, and left out.
    pub(super) fn known<'n>(
        &self,
        names: &[&'n str],
        findings: &mut Findings,
    ) -> Vec<(&'n str, Value<'t>)> {
        let mut known = Vec::new();
        for (key, value) in self.members {
            match names.iter().find(|name| **name == &**key.get_ref()) {
                Some(name) => known.push((*name, self.value(key, value))),
                None => {
                    let path = self.path_of(key.get_ref());
                    let help = match closest_name(names, key.get_ref()) {
                        Some((name, _)) => format!("did you mean `{name}`?"),
                        None => format!("known are {}", names.join(", ")),
                    };
                    findings.error(Remark {
                        code: code::UNKNOWN_KEY,
                        path: &path,
                        span: key.span(),
                        expected: "a key that is known",
                        found: format!("`{}`", shortened(key.get_ref())),
                        help: Some(help),
                    });
                }
            }
        }
        known
    }

    /// All members, whatever their names.
    pub(super) fn all(&self) -> Vec<(&'t str, Value<'t>)> {
        let members = self.members.iter();
        members
            .map(|(key, value)| (&**key.get_ref(), self.value(key, value)))
            .collect()
    }

    fn value(
        &self,
        key: &Spanned<toml::de::DeString<'t>>,
        value: &'t Spanned<DeValue<'t>>,
    ) -> Value<'t> {
        // What is written as `[table]` has the place of its header.
        Value {
            path: self.path_of(key.get_ref()),
            span: match value.get_ref() {
                DeValue::Table(_) => key.span(),
                _ => value.span(),
            },
            value: value.get_ref(),
        }
    }

    fn path_of(&self, key: &str) -> String {
        match self.path.is_empty() {
            true => key.to_string(),
            false => format!("{}.{key}", self.path),
        }
    }
}

impl<'t> Value<'t> {
    /// A text that is not empty, trimmed.
    pub(super) fn text(&self, findings: &mut Findings) -> Option<&'t str> {
        let text = match self.value {
            DeValue::String(text) => text.trim(),
            _ => return self.wrong("a text", findings),
        };
        if text.is_empty() {
            return self.bad("a text", "an empty one", "leave the key out", findings);
        }
        Some(text)
    }

    pub(super) fn number(&self, range: Range<usize>, findings: &mut Findings) -> Option<usize> {
        let expected = format!("a whole number from {} to {}", range.start, range.end - 1);
        let DeValue::Integer(number) = self.value else {
            return self.wrong(&expected, findings);
        };
        let parsed = usize::from_str_radix(number.as_str(), number.radix());
        match parsed.ok().filter(|number| range.contains(number)) {
            None => self.bad(&expected, number.as_str(), "", findings),
            number => number,
        }
    }

    pub(super) fn flag(&self, findings: &mut Findings) -> Option<bool> {
        match self.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong("true or false", findings),
        }
    }

    pub(super) fn list(&self, findings: &mut Findings) -> Option<Vec<Value<'t>>> {
        let DeValue::Array(list) = self.value else {
            return self.wrong("a list", findings);
        };
        let values = list.iter().enumerate().map(|(ix, value)| Value {
            path: format!("{}[{ix}]", self.path),
            span: value.span(),
            value: value.get_ref(),
        });
        Some(values.collect())
    }

    pub(super) fn table(&self, findings: &mut Findings) -> Option<Table<'t>> {
        match self.as_table() {
            None => self.wrong("a table", findings),
            table => table,
        }
    }

    /// If it is one.
    pub(super) fn as_table(&self) -> Option<Table<'t>> {
        match self.value {
            DeValue::Table(members) => Some(Table {
                path: self.path.clone(),
                members,
            }),
            _ => None,
        }
    }

    fn wrong<T>(&self, expected: &str, findings: &mut Findings) -> Option<T> {
        let found = match self.value {
            DeValue::String(text) => format!("the text \"{}\"", shortened(text)),
            DeValue::Integer(number) => format!("the number {}", shortened(number.as_str())),
            DeValue::Float(number) => format!("the number {}", shortened(number.as_str())),
            DeValue::Boolean(is) => is.to_string(),
            DeValue::Datetime(date) => format!("the date {date}"),
            DeValue::Array(_) => "a list".to_string(),
            DeValue::Table(_) => "a table".to_string(),
        };
        findings.error(Remark {
            code: code::WRONG_TYPE,
            path: &self.path,
            span: self.span.clone(),
            expected,
            found,
            help: None,
        });
        None
    }

    /// Reports that the type is right and the value is not; no help is `""`.
    pub(super) fn bad<T>(
        &self,
        expected: &str,
        found: &str,
        help: &str,
        findings: &mut Findings,
    ) -> Option<T> {
        findings.error(Remark {
            code: code::BAD_VALUE,
            path: &self.path,
            span: self.span.clone(),
            expected,
            found: shortened(found),
            help: (!help.is_empty()).then(|| help.to_string()),
        });
        None
    }
}

fn shortened(text: &str) -> String {
    const LENGTH_MAX: usize = 60;
    match text.char_indices().nth(LENGTH_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}
