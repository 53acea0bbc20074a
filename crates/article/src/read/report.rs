//! Collecting problems: [`Problems`], and [`Path`], which is only written out when there is one.

use super::Reader;
use crate::code::Code;
use crate::collection::PROBLEMS_MAX;
use crate::json::{
    Lines, Member, Oddity, OddityKind, Spanned, SyntaxError, Value, describe_at, last_path,
    path_at, short,
};
use crate::problem::{ArticleName, Problem, Severity};

/// The problems of a file so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    pub(crate) kept: Vec<Problem>,
    pub(crate) count: usize,
    /// How many of them are errors.
    pub(crate) n_errors: usize,
    /// The article that is being read.
    pub(crate) article: Option<ArticleName>,
    lines: Lines,
    is_muted: bool,
}

/// Where a value stands: a chain of steps on the stack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'a> {
    before: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Name(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    pub(crate) const ROOT: Path<'static> = Path {
        before: None,
        step: Step::Root,
    };

    pub(crate) fn name(&'a self, name: &'a str) -> Path<'a> {
        Path {
            before: Some(self),
            step: Step::Name(name),
        }
    }

    pub(crate) fn index(&'a self, ix: usize) -> Path<'a> {
        Path {
            before: Some(self),
            step: Step::Index(ix),
        }
    }

    /// The path of another element of the same list.
    pub(crate) fn sibling(&self, ix: usize) -> String {
        self.before
            .map_or(String::new(), |before| before.index(ix).write())
    }

    pub(crate) fn write(&self) -> String {
        let mut text = self.before.map_or(String::new(), Path::write);
        match self.step {
            Step::Root => {}
            Step::Name(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Index(ix) => text.push_str(&["[", &ix.to_string(), "]"].concat()),
        }
        text
    }
}

impl Reader<'_> {
    /// Notes a problem at a byte.
    pub(crate) fn note(
        &mut self,
        code: Code,
        path: &Path,
        at: u32,
        expected: &str,
        found: String,
        help: Option<String>,
    ) {
        if self.problems.has_room(code) {
            self.note_at(code, path.write(), at, expected, found, help);
        }
    }

    /// Notes what the JSON reader read over in `value`, which stands at `path`.
    pub(crate) fn note_oddities(&mut self, oddities: &[Oddity], value: &Spanned, path: &Path) {
        for oddity in oddities {
            let (code, expected, found, help) = explain(oddity.kind);
            if !self.problems.has_room(code) {
                continue;
            }
            let mut place = path.write();
            path_at(value, oddity.at, &mut place);
            self.note_at(
                code,
                place,
                oddity.at,
                expected,
                found.to_string(),
                Some(help.to_string()),
            );
        }
    }

    /// Notes a syntax error; `value` is what could be read before it.
    pub(crate) fn note_syntax(&mut self, error: SyntaxError, value: Option<&Spanned>, path: &Path) {
        if !self.problems.has_room(Code::JsonSyntax) {
            return;
        }
        let mut place = path.write();
        if let Some(value) = value {
            last_path(value, self.bytes, error.at, &mut place);
        }
        let found = describe_at(self.bytes, error.at);
        let help = match self.bytes.get(error.at) {
            None => "the file ends early: it is damaged or was not loaded to its end",
            Some(b'\'') => "JSON knows only the straight double quotation mark",
            Some(b'/') => "JSON knows no comments",
            Some(_) if error.expected == "the end of the file" => {
                "remove what stands behind the end"
            }
            Some(b'A'..=b'Z' | b'a'..=b'z' | b'_')
                if error.expected.starts_with("a field name") =>
            {
                "put the name in double quotation marks"
            }
            Some(b'A'..=b'Z' | b'a'..=b'z') if error.expected == "a value" => {
                "write null, true or false, or put a text in double quotation marks"
            }
            Some(_) => {
                "what stands before this place is shown; a quotation mark inside a text is written \\\""
            }
        };
        self.note_at(
            Code::JsonSyntax,
            place,
            error.at as u32,
            error.expected,
            found,
            Some(help.to_string()),
        );
    }

    fn note_at(
        &mut self,
        code: Code,
        path: String,
        at: u32,
        expected: &str,
        found: String,
        help: Option<String>,
    ) {
        let (line, column) = self.problems.lines.place(self.bytes, at as usize);
        self.problems.kept.push(Problem {
            code,
            severity: code.severity(),
            article: self.problems.article.clone(),
            path,
            at,
            line,
            column,
            expected: expected.to_string(),
            found,
            help,
        });
    }
}

impl Problems {
    /// Problems from here on are about this article.
    pub(crate) fn name_article(&mut self, ix: u32, members: &[Member]) {
        if !self.is_muted && !self.is_full() {
            self.article = Some(ArticleName {
                ix,
                title: best_name(members),
            });
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= PROBLEMS_MAX
    }

    /// For an article that is read again: everything was said the first time.
    pub(crate) fn muted() -> Problems {
        Problems {
            is_muted: true,
            ..Problems::default()
        }
    }

    /// Counts one more; false if it need not be put into words.
    fn has_room(&mut self, code: Code) -> bool {
        if self.is_muted {
            return false;
        }
        self.count += 1;
        self.n_errors += usize::from(code.severity() == Severity::Error);
        !self.is_full()
    }
}

fn explain(kind: OddityKind) -> (Code, &'static str, &'static str, &'static str) {
    match kind {
        OddityKind::LoneSurrogate => (
            Code::JsonEscape,
            "a whole character",
            "half of a surrogate pair",
            "write the character itself instead of \\u…",
        ),
        OddityKind::BadEscape => (
            Code::JsonEscape,
            "one of the escapes of JSON",
            "a backslash before something else",
            "write a backslash as \\\\",
        ),
        OddityKind::RawControl => (
            Code::JsonControl,
            "a text in one line",
            "a line break or control character inside a text",
            "write a line break as \\n and a tab as \\t",
        ),
        OddityKind::InvalidUtf8 => (
            Code::NotUtf8,
            "text in UTF-8",
            "bytes that are no UTF-8, shown as \u{fffd}",
            "save the file as UTF-8",
        ),
        OddityKind::DuplicateName => (
            Code::DuplicateName,
            "each name once in an object",
            "a name for the second time",
            "the last one counts; remove the other",
        ),
        OddityKind::BigNumber => (
            Code::BigNumber,
            "a whole number up to 9007199254740992",
            "a larger one, which many programs round",
            "write it as a text, in quotation marks",
        ),
        OddityKind::TooDeep => (
            Code::TooDeep,
            "at most 64 levels of brackets",
            "deeper ones, which were left out",
            "the format needs six levels",
        ),
        OddityKind::TrailingComma => (
            Code::JsonComma,
            "another value after the comma",
            "a closing bracket",
            "remove the comma before the bracket",
        ),
        OddityKind::MissingComma => (
            Code::JsonComma,
            "a comma between two values",
            "none",
            "put a comma behind the value before this one",
        ),
    }
}

/// The title, else the id, else nothing.
pub(crate) fn best_name(members: &[Member]) -> String {
    let text = |name: &str| {
        members
            .iter()
            .rev()
            .find_map(|member| match &member.value.value {
                Value::Text(text) if member.name == name && !text.trim().is_empty() => {
                    Some(short(text))
                }
                _ => None,
            })
    };
    text("title").or_else(|| text("id")).unwrap_or_default()
}
