//! Going through the file: [`CollectionReader`], a small state machine over the outermost brackets.
//!
//! It reads a member of the collection or an article at a time and asks nothing of their order. Only when the file ends
//! is it known what it was (`outcome`); but that it is a JSON Feed must be known before its items are read (`feed`).

use super::feed::{is_feed_behind, is_feed_version};
use super::{Collection, Feed, Unreadable};
use crate::code::Code;
use crate::json::{Member, Oddity, OddityKind, Parser, Spanned, SyntaxError, Value, describe};
use crate::read::{Path, Reader};

/// Reads a collection in steps.
#[derive(Debug)]
pub struct CollectionReader {
    pub(super) collection: Collection,
    pub(super) pos: usize,
    state: State,
    /// Where the outermost value begins.
    pub(super) top: usize,
    /// The members of the outermost object, without the articles.
    pub(super) members: Vec<Member>,
    pub(super) has_articles: bool,
    pub(super) n_elements: u32,
    /// Whether a `version` was seen, or looked for: then it is known if the file is a feed.
    knows_version: bool,
    /// The first error outside of articles.
    pub(super) error: Option<SyntaxError>,
    pub(super) unreadable: Option<Unreadable>,
    /// How many bytes may be looked at in vain after errors.
    effort: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum State {
    Start,
    /// In the outermost object; `needs_comma` after a member.
    Object {
        needs_comma: bool,
    },
    /// In the list of articles, which is the outermost value itself if not `in_object`.
    List {
        in_object: bool,
        needs_comma: bool,
    },
    /// Behind the outermost value, or where nothing more can be read.
    End,
    Done,
}

/// How far a [`CollectionReader`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are read.
    pub read: usize,
    /// Bytes in all.
    pub total: usize,
    /// Articles that are read.
    pub articles: usize,
    /// Nothing is left to do but [`CollectionReader::finish`].
    pub done: bool,
}

/// Reads a collection in one go.
pub fn read_collection(bytes: Vec<u8>) -> Result<Collection, Unreadable> {
    CollectionReader::new(bytes).finish()
}

impl CollectionReader {
    /// Takes the bytes of a file and reads nothing yet.
    pub fn new(bytes: Vec<u8>) -> CollectionReader {
        CollectionReader {
            effort: bytes.len().saturating_mul(4),
            collection: Collection {
                bytes,
                ..Collection::default()
            },
            pos: 0,
            state: State::Start,
            top: 0,
            members: Vec::new(),
            has_articles: false,
            n_elements: 0,
            knows_version: false,
            error: None,
            unreadable: None,
        }
    }

    /// Reads on: about `max_bytes`, and at least one article. Time goes with the bytes.
    pub fn step(&mut self, max_bytes: usize) -> Progress {
        let goal = self.pos.saturating_add(max_bytes.max(1));
        while self.pos < goal && self.state != State::Done {
            self.state = match self.state {
                State::Start => self.start(),
                State::Object { needs_comma } => self.member(needs_comma),
                State::List {
                    in_object,
                    needs_comma,
                } => self.element(in_object, needs_comma),
                State::End => self.end(),
                state => state,
            };
        }
        Progress {
            read: self.pos,
            total: self.collection.bytes.len(),
            articles: self.collection.entries.len(),
            done: self.state == State::Done,
        }
    }

    /// Reads what is left, and gives the collection.
    pub fn finish(mut self) -> Result<Collection, Unreadable> {
        while !self.step(usize::MAX).done {}
        match self.unreadable {
            Some(reason) => Err(reason),
            None => Ok(self.collection),
        }
    }

    fn start(&mut self) -> State {
        let bytes = &self.collection.bytes;
        self.unreadable = match bytes.as_slice() {
            bytes if bytes.len() > u32::MAX as usize => Some(Unreadable::TooLong),
            [0x1f, 0x8b, ..] => Some(Unreadable::Packed("gzip")),
            [b'P', b'K', 3, 4, ..] => Some(Unreadable::Packed("zip")),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Unreadable::Packed("zstd")),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'{' | b'[', ..] | [b'{' | b'[', 0, ..] => {
                Some(Unreadable::Encoding("UTF-16"))
            }
            _ => None,
        };
        if self.unreadable.is_some() {
            return self.stop();
        }
        let n_mark = if bytes.starts_with(b"\xef\xbb\xbf") {
            3
        } else {
            0
        };
        let mut parser = Parser::new(bytes, n_mark);
        let first = parser.peek();
        self.top = parser.pos();
        self.pos = self.top + 1;
        match first {
            Some(b'{') => State::Object { needs_comma: false },
            Some(b'[') => {
                let help = "write {\"version\": 1, \"articles\": […]}".to_string();
                let mut reader = Reader {
                    bytes,
                    problems: &mut self.collection.problems,
                };
                let found = "a list of articles alone".to_string();
                reader.note(
                    Code::BareArticles,
                    &Path::ROOT,
                    self.top as u32,
                    "a collection (an object)",
                    found,
                    Some(help),
                );
                State::List {
                    in_object: false,
                    needs_comma: false,
                }
            }
            None => {
                self.unreadable = Some(Unreadable::Empty);
                self.stop()
            }
            Some(_) => {
                match (parser.value(), parser.error()) {
                    (Some(value), None) => {
                        let found = describe(&value.value);
                        self.unreadable = Some(Unreadable::NotACollection { found });
                    }
                    _ => self.not_json(self.top),
                }
                self.stop()
            }
        }
    }

    /// Nothing more is read.
    fn stop(&mut self) -> State {
        self.pos = self.collection.bytes.len();
        State::Done
    }

    /// Reads up to the next member of the outermost object, and the member.
    fn member(&mut self, needs_comma: bool) -> State {
        let mut parser = Parser::new(&self.collection.bytes, self.pos);
        let next = parser.peek();
        self.pos = parser.pos();
        match next {
            Some(b'}') => {
                self.pos += 1;
                return State::End;
            }
            Some(b',') if needs_comma => {
                let comma = self.pos;
                parser.bump();
                if parser.peek() == Some(b'}') {
                    self.note_oddity(OddityKind::TrailingComma, comma);
                }
                self.pos = comma + 1;
                return State::Object { needs_comma: false };
            }
            Some(b'"') if needs_comma => {
                self.note_oddity(OddityKind::MissingComma, self.pos);
                return State::Object { needs_comma: false };
            }
            _ if needs_comma => parser.stop("a comma or the closing `}`"),
            _ => {}
        }
        let name = if parser.error().is_none() {
            parser.name()
        } else {
            None
        };
        if let Some((name, name_start)) = name {
            let first = parser.peek();
            if name == "items" && !self.knows_version && !self.has_articles {
                self.knows_version = true;
                if is_feed_behind(&self.collection.bytes, parser.pos()) {
                    self.collection.feed = Some(Feed::default());
                }
            }
            let is_list = name == self.collection.list_name();
            if is_list && matches!(first, Some(b'[' | b'{')) {
                self.pos = parser.pos();
                if self.has_articles {
                    self.note_oddity(OddityKind::DuplicateName, name_start as usize);
                }
                self.has_articles = true;
                if first == Some(b'[') {
                    self.pos += 1;
                    return State::List {
                        in_object: true,
                        needs_comma: false,
                    };
                }
                return self.articles_object();
            }
            self.has_articles |= is_list;
            let value = parser.value();
            if name == "version" && !self.has_articles && self.collection.feed.is_none() {
                self.knows_version = true;
                let is_feed = value
                    .as_ref()
                    .is_some_and(|version| is_feed_version(&version.value));
                self.collection.feed = is_feed.then(Feed::default);
            }
            self.pos = parser.pos();
            let (oddities, error) = (parser.oddities().to_vec(), parser.error());
            let mut reader = self.collection.reader();
            let path = &Path::ROOT.name(&name);
            if let Some(error) = error {
                reader.note_syntax(error, value.as_ref(), path);
            }
            if let Some(value) = value {
                reader.note_oddities(&oddities, &value, path);
                self.members.push(Member {
                    name,
                    name_start,
                    value,
                });
            }
            return match error {
                Some(error) => self.find_articles(error),
                None => State::Object { needs_comma: true },
            };
        }
        self.pos = parser.pos();
        match parser.error() {
            Some(error) => {
                self.note_error(error);
                self.find_articles(error)
            }
            None => State::Object { needs_comma: true },
        }
    }

    /// `"articles": {…}`: one article in place of a list.
    fn articles_object(&mut self) -> State {
        let path = &Path::ROOT.name(self.collection.list_name());
        let mut reader = self.collection.reader();
        let help = Some("write [{…}]".to_string());
        reader.note(
            Code::BareArticles,
            path,
            self.pos as u32,
            "a list of articles",
            "an object".to_string(),
            help,
        );
        (self.pos, _) = self.collection.take_in(self.pos, path, 0, &mut self.effort);
        State::Object { needs_comma: true }
    }

    /// After an error among the outermost members: the articles are what matters.
    fn find_articles(&mut self, error: SyntaxError) -> State {
        self.error.get_or_insert(error);
        let name = ["\"", self.collection.list_name(), "\""].concat();
        let name = name.as_bytes();
        let bytes = &self.collection.bytes;
        let mut from = self.pos.max(error.at);
        while !self.has_articles
            && let Some(found) = bytes
                .get(from..)
                .and_then(|rest| rest.windows(name.len()).position(|w| w == name))
        {
            from += found;
            let mut parser = Parser::new(bytes, from);
            if parser.name().is_some() && parser.peek() == Some(b'[') {
                self.pos = from;
                return State::Object { needs_comma: false };
            }
            from += name.len();
        }
        self.pos = bytes.len();
        State::End
    }

    /// Reads up to the next element of the list, and the element.
    fn element(&mut self, in_object: bool, needs_comma: bool) -> State {
        let mut parser = Parser::new(&self.collection.bytes, self.pos);
        let next = parser.peek();
        let at = parser.pos();
        self.pos = at;
        match next {
            Some(b']') => {
                self.pos += 1;
                return if in_object {
                    State::Object { needs_comma: true }
                } else {
                    State::End
                };
            }
            Some(b',') if needs_comma => {
                parser.bump();
                if parser.peek() == Some(b']') {
                    self.note_oddity(OddityKind::TrailingComma, at);
                }
                self.pos = at + 1;
                return State::List {
                    in_object,
                    needs_comma: false,
                };
            }
            Some(b'{' | b'[' | b'"' | b'0'..=b'9' | b'-' | b't' | b'f' | b'n') => {
                if needs_comma {
                    self.note_oddity(OddityKind::MissingComma, at);
                }
                let path = if in_object {
                    Path::ROOT.name(self.collection.list_name())
                } else {
                    Path::ROOT
                };
                let ix = self.n_elements;
                self.n_elements += 1;
                let (end, is_damaged) = self.collection.take_in(at, &path, ix, &mut self.effort);
                // Whatever stands there, it is passed.
                self.pos = end.max(at + 1);
                if is_damaged && self.pos >= self.collection.bytes.len() {
                    // That the file ends early is said already.
                    return State::End;
                }
                // After a damaged one, the next one may follow at once.
                let mut parser = Parser::new(&self.collection.bytes, self.pos);
                let needs_comma = !is_damaged || parser.peek() != Some(b'{');
                return State::List {
                    in_object,
                    needs_comma,
                };
            }
            _ => {}
        }
        let expected = if needs_comma {
            "a comma or the closing `]`"
        } else {
            "an article"
        };
        self.note_error(SyntaxError { at, expected });
        let bytes = &self.collection.bytes;
        match bytes[at..]
            .iter()
            .skip(1)
            .position(|byte| matches!(byte, b',' | b']' | b'{'))
        {
            Some(n_skipped) => {
                self.pos = at + 1 + n_skipped;
                State::List {
                    in_object,
                    needs_comma: bytes[self.pos] != b'{',
                }
            }
            None => {
                self.pos = bytes.len();
                State::End
            }
        }
    }

    fn note_oddity(&mut self, kind: OddityKind, at: usize) {
        let mut reader = self.collection.reader();
        let value = Spanned {
            value: Value::Null,
            start: at as u32,
            end: at as u32,
        };
        reader.note_oddities(
            &[Oddity {
                kind,
                at: at as u32,
            }],
            &value,
            &Path::ROOT,
        );
    }

    pub(super) fn note_error(&mut self, error: SyntaxError) {
        self.error.get_or_insert(error);
        let mut reader = self.collection.reader();
        reader.note_syntax(error, None, &Path::ROOT);
    }
}
