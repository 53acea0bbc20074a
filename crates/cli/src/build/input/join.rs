//! Several files as one: [`Join`] gives their articles to the sink, under one edition and with ids that are unique.

use super::pieces::{Piece, Pieces};
use super::report::Report;
use super::{Incoming, Sink, compact};
use crate::check::{Finding, Place};
use anyhow::Result;
use article::json::{Lines, Member, Value};
use article::{
    ArticleName, Code, Collection, Edition, Form, Problem, Severity, folder_name, read_collection,
};
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// A file that is being read.
pub(super) struct Source<'a> {
    /// As it was given, or found in a folder.
    pub(super) name: &'a str,
    pub(super) folder: &'a Path,
    /// Lines of the bytes are lines of the file.
    pub(super) has_lines: bool,
}

/// What is known of the files so far.
pub(super) struct Join<'a> {
    sink: &'a mut dyn Sink,
    edition: Edition,
    /// The sink knows of it.
    is_told: bool,
    /// No article was seen yet.
    is_first: bool,
    /// Who has an id: the file, by its number, and the line, or 0.
    owners: HashMap<Box<str>, (u32, u32)>,
    /// The last number that was put behind an id that stands twice.
    repeated: BTreeMap<String, u32>,
    files: Vec<String>,
}

impl<'a> Join<'a> {
    pub(super) fn new(sink: &'a mut dyn Sink) -> Join<'a> {
        Join {
            sink,
            edition: Edition::default(),
            is_told: false,
            is_first: true,
            owners: HashMap::new(),
            repeated: BTreeMap::new(),
            files: Vec::new(),
        }
    }

    /// Takes in a file, piece after piece.
    pub(super) fn pieces(
        &mut self,
        source: &Source,
        mut pieces: Pieces,
        report: &mut Report,
    ) -> Result<()> {
        self.files.push(source.name.to_string());
        let is_first = self.is_first;
        loop {
            let mut piece = match pieces.next() {
                Ok(Some(piece)) => piece,
                Ok(None) => return Ok(()),
                Err(error) => {
                    report.fail(&format!("{}: it cannot be read on: {error}", source.name));
                    return Ok(());
                }
            };
            let bytes = std::mem::take(&mut piece.bytes);
            let collection = match (read_collection(bytes.clone()), piece.is_open) {
                (Ok(collection), _) => collection,
                (Err(_), true) => {
                    pieces.refuse();
                    continue;
                }
                (Err(reason), false) => {
                    report.bad_articles += 1;
                    report.find(source.name, &bytes, &Finding::of_unreadable(reason, &bytes));
                    continue;
                }
            };
            drop(bytes);
            let n_entries = match (piece.is_open, collection.entries().len()) {
                (false, n) => n,
                (true, 0 | 1) => {
                    pieces.refuse();
                    continue;
                }
                (true, n) => {
                    pieces.accept(collection.start(n - 1), collection.place(n - 1));
                    n - 1
                }
            };
            self.take_edition(collection.edition(), is_first)?;
            self.is_first &= n_entries == 0;
            let end = match piece.is_open {
                true => collection.start(n_entries),
                false => piece.end,
            };
            let mut bad = report_problems(source, &piece, &collection, end, report);
            self.articles(source, &piece, &collection, n_entries, &mut bad, report)?;
            report.bad_articles += bad.len();
        }
    }

    /// The first edition wins. What only a later one says is taken from there, except the language, which its articles
    /// keep instead.
    fn take_edition(&mut self, theirs: &Edition, is_first: bool) -> Result<()> {
        let ours = &self.edition;
        let or = |ours: &Option<String>, theirs: &Option<String>| ours.clone().or(theirs.clone());
        let joined = Edition {
            version: ours.version.max(theirs.version),
            title: or(&ours.title, &theirs.title),
            description: or(&ours.description, &theirs.description),
            language: match is_first {
                true => or(&ours.language, &theirs.language),
                false => ours.language.clone(),
            },
            base_url: or(&ours.base_url, &theirs.base_url),
        };
        if !self.is_told || joined != self.edition {
            self.is_told = true;
            self.edition = joined;
            self.sink.edition(&self.edition)?;
        }
        Ok(())
    }

    fn articles(
        &mut self,
        source: &Source,
        piece: &Piece,
        collection: &Collection,
        n_entries: usize,
        bad: &mut BTreeSet<u32>,
        report: &mut Report,
    ) -> Result<()> {
        let mut lines = Lines::default();
        let language = collection.edition().language.clone();
        let language = language.filter(|language| Some(language) != self.edition.language.as_ref());
        for ix in 0..n_entries {
            let (Some(mut article), Some(mut members)) =
                (collection.article_as_written(ix), collection.members(ix))
            else {
                continue;
            };
            let start = collection.start(ix);
            let place = piece.in_file(start, lines.place(collection.bytes(), start));
            let line = if source.has_lines { place.0 } else { 0 };
            let wanted = article.id.clone();
            if let Cow::Owned(name) = folder_name(&wanted) {
                report.rename(&origin(source.name, line), &wanted, &name);
                article.id = name;
            }
            name_related(&mut members);
            if let Some(owner) = self.make_unique(&mut article.id, line) {
                let name = ArticleName {
                    ix: piece.n_before + collection.place(ix),
                    title: article.title.clone(),
                };
                let finding = repeated(piece, collection, ix, name, &wanted, &article.id, &owner);
                bad.insert(collection.place(ix));
                report.find(source.name, collection.bytes(), &finding);
            }
            let mut replaced = vec![("id", article.id.clone())];
            if article.language.is_none()
                && let Some(language) = &language
            {
                article.language = Some(language.clone());
                replaced.push(("language", language.clone()));
            }
            let replaced: Vec<(&str, &str)> = replaced
                .iter()
                .map(|(name, text)| (*name, &**text))
                .collect();
            let left_out: &[&str] = match collection.form() {
                Form::Article => &["version", "$schema"],
                Form::Collection | Form::List => &[],
            };
            report.articles += 1;
            self.sink.article(Incoming {
                json: compact::write(&members, &replaced, left_out),
                article,
                folder: source.folder.to_path_buf(),
                origin: origin(source.name, line),
            })?;
        }
        Ok(())
    }

    /// Gives an article whose id is taken another one, as the reader of collections does, and says who has the id.
    fn make_unique(&mut self, id: &mut String, line: u32) -> Option<String> {
        let me = (self.files.len() as u32 - 1, line);
        let (file, line) = match self.owners.entry(id.as_str().into()) {
            Entry::Vacant(place) => {
                place.insert(me);
                return None;
            }
            Entry::Occupied(owner) => *owner.get(),
        };
        let owner = origin(&self.files[file as usize], line);
        let base = std::mem::take(id);
        let number = self.repeated.entry(base.clone()).or_insert(1);
        loop {
            *number += 1;
            *id = format!("{base}-{number}");
            if let Entry::Vacant(place) = self.owners.entry(id.as_str().into()) {
                place.insert(me);
                return Some(owner);
            }
        }
    }
}

/// Writes the ids of related articles as those articles have them here.
fn name_related(members: &mut [Member]) {
    let related = members.iter_mut().filter(|member| member.name == "related");
    for member in related {
        let list = match &mut member.value.value {
            Value::List(list) => list.iter_mut().map(|one| &mut one.value).collect(),
            one => vec![one],
        };
        for one in list {
            let id = match one {
                Value::Object(members) => {
                    let id = members.iter_mut().rfind(|member| member.name == "id");
                    id.map(|member| &mut member.value.value)
                }
                // With a space it is a title.
                Value::Text(text) if text.trim().contains(' ') => None,
                text => Some(text),
            };
            if let Some(Value::Text(id)) = id
                && !id.trim().is_empty()
                && let Cow::Owned(name) = folder_name(id.trim())
            {
                *id = name;
            }
        }
    }
}

fn origin(name: &str, line: u32) -> String {
    match line {
        0 => name.to_string(),
        line => format!("{name}:{line}"),
    }
}

/// Reports what the reader found in a piece, with the places that it has in the file.
fn report_problems(
    source: &Source,
    piece: &Piece,
    collection: &Collection,
    end: usize,
    report: &mut Report,
) -> BTreeSet<u32> {
    let bytes = collection.bytes();
    let mut lines = Lines::default();
    let mut bad = BTreeSet::new();
    // Ids are looked at across all files, and what stands before the list when the file is known to its end.
    let is_meant = |problem: &&Problem| {
        let at = problem.at as usize;
        problem.code != Code::DuplicateId && (piece.is_last || (piece.n_header..end).contains(&at))
    };
    for problem in collection.problems().iter().filter(is_meant) {
        if problem.severity == Severity::Error {
            // Of an article that is the whole file, even what is wrong with the file.
            let alone = (collection.form() == Form::Article).then_some(0);
            bad.extend(problem.article.as_ref().map(|article| article.ix).or(alone));
        }
        let mut finding = Finding::of_problem(problem, bytes, &mut lines);
        shift(&mut finding, piece);
        report.find(source.name, bytes, &finding);
    }
    let n_more = collection.n_problems() - collection.problems().len();
    let n_more_errors = (collection.n_errors()).saturating_sub(
        collection
            .problems()
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count(),
    );
    report.errors += n_more_errors;
    report.warnings += n_more.saturating_sub(n_more_errors);
    report.not_listed += n_more;
    bad
}

/// From a place in the piece to that in the file.
fn shift(finding: &mut Finding, piece: &Piece) {
    if let Some(Place { range, start, end }) = &mut finding.place {
        *start = piece.in_file(range.start, *start);
        *end = piece.in_file(range.end, *end);
    }
    if piece.n_before == 0 {
        return;
    }
    if let Some(article) = &mut finding.article {
        article.ix += piece.n_before;
    }
    let renumbered = || {
        let (before, rest) = finding.path.split_once('[')?;
        let (ix, behind) = rest.split_once(']')?;
        let ix = ix.parse::<u32>().ok()? + piece.n_before;
        matches!(before, "" | "articles").then(|| format!("{before}[{ix}]{behind}"))
    };
    if let Some(path) = renumbered() {
        finding.path = path;
    }
}

fn repeated(
    piece: &Piece,
    collection: &Collection,
    ix: usize,
    article: ArticleName,
    wanted: &str,
    id: &str,
    owner: &str,
) -> Finding {
    let bytes = collection.bytes();
    let start = collection.start(ix);
    let range = collection.id_range(ix).unwrap_or(start..start + 1);
    let mut lines = Lines::default();
    let path = match collection.form() {
        Form::Article => "id".to_string(),
        Form::Collection => format!("articles[{}].id", article.ix),
        Form::List => format!("[{}].id", article.ix),
    };
    Finding {
        severity: Code::DuplicateId.severity(),
        code: Code::DuplicateId.name(),
        path,
        place: Some(Place {
            start: piece.in_file(range.start, lines.place(bytes, range.start)),
            end: piece.in_file(range.end, lines.place(bytes, range.end)),
            range,
        }),
        article: Some(article),
        expected: "an id that no other article has".to_string(),
        found: format!("the id \"{wanted}\" again; {owner} has it"),
        help: Some(format!(
            "it is listed as \"{id}\"; give each article an id of its own"
        )),
    }
}
