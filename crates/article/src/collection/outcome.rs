//! What the file was, when it is read to its end: a collection, an article, or neither.

use super::reader::{CollectionReader, State};
use super::{FORMAT_VERSION, Unreadable};
use crate::json::{Lines, Member, Parser, Spanned, SyntaxError, Value, describe_at, short};
use crate::letters::holds;
use crate::read::{ARTICLE, Named, Path};

impl CollectionReader {
    pub(super) fn not_json(&mut self, at: usize) {
        let bytes = &self.collection.bytes;
        let (line, column) = Lines::default().place(bytes, at);
        let found = describe_at(bytes, at);
        let looks_like_html = bytes.get(self.top) == Some(&b'<');
        self.unreadable = Some(Unreadable::NotJson {
            line,
            column,
            found,
            looks_like_html,
        });
    }

    /// Behind everything: what was it?
    pub(super) fn end(&mut self) -> State {
        let mut parser = Parser::new(&self.collection.bytes, self.pos);
        if parser.peek().is_some() {
            let at = parser.pos();
            self.note_error(SyntaxError {
                at,
                expected: "the end of the file",
            });
        }
        self.pos = self.collection.bytes.len();
        let members = self.take_members();
        let is_object = self.collection.bytes.get(self.top) == Some(&b'{');
        if !is_object {
            self.collection.edition.version = FORMAT_VERSION;
            if self.collection.entries.is_empty() && (self.n_elements > 0 || self.error.is_some()) {
                match self.error {
                    Some(error) => self.not_json(error.at),
                    None => self.not_a_collection("a list without articles".to_string()),
                }
            }
        } else if self.has_articles {
            self.collection.read_edition(members);
            self.collection.report_html();
        } else if self.error.is_none() && is_feed(&members) {
            let found = "a JSON Feed without `items`, or of a version that is not 1";
            self.not_a_collection(found.to_string());
        } else if members
            .iter()
            .any(|member| member.name != "version" && ARTICLE.has(&member.name))
        {
            self.single_article(members);
        } else if let Some(error) = self.error {
            self.not_json(error.at);
        } else {
            self.not_a_collection(kind_of(&members));
        }
        State::Done
    }

    /// The members of the outermost object, which were read one by one: now it can be told which names stand twice.
    fn take_members(&mut self) -> Vec<Member> {
        let members = std::mem::take(&mut self.members);
        let mut parser = Parser::new(&self.collection.bytes, self.top);
        parser.note_duplicates(&members);
        let oddities = parser.oddities().to_vec();
        let value = Spanned {
            value: Value::Object(members),
            start: 0,
            end: 0,
        };
        let mut reader = self.collection.reader();
        reader.note_oddities(&oddities, &value, &Path::ROOT);
        match value.value {
            Value::Object(members) => members,
            _ => Vec::new(),
        }
    }

    fn not_a_collection(&mut self, found: String) {
        self.unreadable = Some(Unreadable::NotACollection { found });
    }

    /// The file is an article: a collection of one.
    fn single_article(&mut self, members: Vec<Member>) {
        let collection = &mut self.collection;
        collection.edition.version = FORMAT_VERSION;
        if let Some(ix) = members.iter().rposition(|member| member.name == "version") {
            let value = members[ix].value.clone();
            let mut reader = collection.reader();
            collection.edition.version = reader.version(value, &Path::ROOT.name("version"));
        }
        collection.problems.name_article(0, &members);
        let place = Named {
            path: &Path::ROOT,
            start: self.top as u32,
            is_part: self.error.is_some(),
            is_item: false,
        };
        let end = collection.bytes.len();
        collection.add(members, place, end, 0);
        collection.problems.article = None;
    }
}

fn is_feed(members: &[Member]) -> bool {
    members.iter().any(|member| match &member.value.value {
        Value::Text(text) => member.name == "version" && holds(text, "jsonfeed.org"),
        _ => false,
    })
}

/// What an object is that is no collection and no article.
fn kind_of(members: &[Member]) -> String {
    let names: Vec<String> = members
        .iter()
        .take(5)
        .map(|m| ["`", &short(&m.name), "`"].concat())
        .collect();
    match names.len() {
        0 => "an empty object".to_string(),
        _ => ["an object with ", &names.join(", ")].concat(),
    }
}
