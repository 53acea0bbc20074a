//! What there is to say about files: [`all`] gives an [`Examined`] for each, its [`Finding`]s in the order of the file.

use super::codes::{NO_FILE, UNREADABLE};
use super::imported::{self, Imported, Original};
use super::pictures::Beside;
use super::sources::{Absent, Source};
use super::window::{byte_at, token};
use crate::import::Loss;
use article::advice::{Advice, Pictures, Surroundings, advise};
use article::json::Lines;
use article::{
    ArticleName, Code, Collection, Date, Form, Problem, Severity, Unreadable, read_collection,
};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter::Sum;
use std::ops::Range;

/// So many pieces of advice are listed of one file, as many as there are problems; the rest are counted.
const ADVICE_MAX: usize = article::collection::PROBLEMS_MAX;

/// A file, and all that there is to say about it.
#[derive(Debug)]
pub struct Examined {
    /// As it was given.
    pub name: String,
    content: Content,
    /// The file itself, where the articles were made of one of another format.
    original: Option<Vec<u8>>,
    /// It could not be read at all.
    pub is_absent: bool,
    /// What is listed, in the order of the file.
    pub findings: Vec<Finding>,
    /// Of what is listed and what is not.
    pub counts: Counts,
}

#[derive(Debug)]
enum Content {
    Articles(Box<Collection>),
    Bytes(Vec<u8>),
}

/// One thing to say about a file.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Its kind, one of [`CODES`](super::CODES).
    pub code: &'static str,
    /// The article it is about.
    pub article: Option<ArticleName>,
    /// `articles[3].title`; empty for the whole file.
    pub path: String,
    /// Where in the file; `None` for the whole file.
    pub place: Option<Place>,
    /// What would have been right.
    pub expected: String,
    /// What is there.
    pub found: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A range of a file.
#[derive(Clone, Debug)]
pub struct Place {
    /// In bytes.
    pub range: Range<usize>,
    /// One-based line, and column in characters.
    pub start: (u32, u32),
    /// The place behind its last character.
    pub end: (u32, u32),
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files.
    pub files: usize,
    /// Articles.
    pub articles: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Pieces of advice.
    pub advice: usize,
    /// How many of these are not listed.
    pub not_listed: usize,
}

/// A file that was read.
struct Read {
    collection: Collection,
    /// What a file of another format was, and what its import left out.
    import: Option<(Vec<u8>, Vec<Loss>)>,
}

impl Read {
    fn of(name: &str, bytes: Vec<u8>, is_guess: bool) -> Result<Read, Unread> {
        match imported::import(name, &bytes, is_guess) {
            None => match read_collection(bytes.clone()) {
                Ok(collection) => Ok(Read {
                    collection,
                    import: None,
                }),
                Err(reason) => Err(Unread::Unreadable(reason, bytes)),
            },
            Some(Ok(Imported { collection, losses })) => Ok(Read {
                collection,
                import: Some((bytes, losses)),
            }),
            Some(Err(reason)) => Err(Unread::NotImported(reason, bytes)),
        }
    }

    /// Its articles stand beside those of other files: what is no collection says nothing of being whole.
    fn is_part(&self) -> bool {
        self.import.is_some() || self.collection.form() == Form::Article
    }
}

/// Examines all files. Articles that stand in a file each, and those of other formats, are taken for parts of one collection.
pub(super) fn all(sources: Vec<Source>, today: Option<Date>) -> Vec<Examined> {
    let read = sources.into_iter().map(|source| {
        let read = match source.bytes {
            Ok(bytes) => Read::of(&source.name, bytes, source.is_guess),
            Err(reason) => Err(Unread::Absent(reason)),
        };
        (source.name, read)
    });
    let read: Vec<(String, Result<Read, Unread>)> = read.collect();
    let parts = read.iter().filter_map(|(_, read)| read.as_ref().ok());
    let parts: Vec<&Read> = parts.filter(|read| read.is_part()).collect();
    let ids = parts.iter().flat_map(|read| read.collection.entries());
    let together: BTreeSet<String> = ids.map(|entry| entry.id.to_string()).collect();
    let is_alone = parts.len() < 2;
    let nothing = BTreeSet::new();
    // The file that has an id first.
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let examined = read.into_iter().map(|(name, read)| match read {
        Ok(read) => {
            let mut repeated = Vec::new();
            if read.is_part() {
                for (ix, entry) in read.collection.entries().iter().enumerate() {
                    match owners.entry(entry.id.to_string()) {
                        Entry::Occupied(owner) if is_same(owner.get(), &name) => {}
                        Entry::Occupied(owner) => repeated.push((ix, owner.get().clone())),
                        Entry::Vacant(place) => {
                            place.insert(name.clone());
                        }
                    }
                }
            }
            let other_ids = match read.is_part() {
                true if is_alone => None,
                true => Some(&together),
                false => Some(&nothing),
            };
            let beside = Beside::of(&name);
            let surroundings = Surroundings {
                today,
                other_ids,
                pictures: beside.as_ref().map(|beside| beside as &dyn Pictures),
            };
            let mut examined = Examined::of(name, read, surroundings);
            for (ix, owner) in repeated {
                examined.repeated(ix, &owner);
            }
            examined
        }
        Err(unread) => Examined::unread(name, unread),
    });
    examined.collect()
}

/// Whether two names are of one file, which is then checked twice.
fn is_same(a: &str, b: &str) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// A file without articles.
enum Unread {
    Absent(Absent),
    Unreadable(Unreadable, Vec<u8>),
    NotImported(String, Vec<u8>),
}

impl Examined {
    fn of(name: String, read: Read, surroundings: Surroundings) -> Examined {
        let Read { collection, import } = read;
        let bytes = collection.bytes();
        let mut lines = Lines::default();
        let mut findings: Vec<Finding> = collection
            .problems()
            .iter()
            .map(|problem| Finding::of_problem(problem, bytes, &mut lines))
            .collect();
        let advice = advise(&collection, surroundings);
        let n_warnings = advice
            .iter()
            .filter(|advice| advice.kind.severity() == Severity::Warning)
            .count();
        let n_problems = collection.n_problems();
        let counts = Counts {
            files: 1,
            articles: collection.entries().len(),
            errors: collection.n_errors(),
            warnings: n_problems - collection.n_errors() + n_warnings,
            advice: advice.len() - n_warnings,
            not_listed: n_problems - findings.len() + advice.len().saturating_sub(ADVICE_MAX),
        };
        let listed = advice.into_iter().take(ADVICE_MAX);
        findings.extend(listed.map(|advice| Finding::of_advice(advice, bytes, &mut lines)));
        let mut counts = counts;
        if let Some((original, losses)) = &import {
            let mut lines = Lines::default();
            let original = Original { bytes: original };
            for finding in &mut findings {
                original.place(finding, bytes, &mut lines);
            }
            counts.warnings += losses.len();
            counts.not_listed += losses.len().saturating_sub(ADVICE_MAX);
            findings.extend(losses.iter().take(ADVICE_MAX).map(imported::finding_of));
        }
        findings.sort_by_key(|finding| {
            let at = finding.place.as_ref().map_or(0, |place| place.range.start);
            (at, finding.severity)
        });
        Examined {
            name,
            original: import.map(|(original, _)| original),
            content: Content::Articles(Box::new(collection)),
            is_absent: false,
            findings,
            counts,
        }
    }

    /// Reports that a file before this one has the id of an article.
    fn repeated(&mut self, ix: usize, owner: &str) {
        let Content::Articles(collection) = &self.content else {
            return;
        };
        let (Some(article), Some(range)) = (collection.article(ix), collection.id_range(ix)) else {
            return;
        };
        let mut finding = Finding {
            severity: Code::DuplicateId.severity(),
            code: Code::DuplicateId.name(),
            article: Some(ArticleName {
                ix: collection.place(ix),
                title: article.title,
            }),
            path: match collection.form() {
                Form::Article => "id".to_string(),
                Form::Collection | Form::List => format!("articles[{}].id", collection.place(ix)),
            },
            expected: "an id that no other article has".to_string(),
            found: format!("the id \"{}\" again; {owner} has it", article.id),
            help: Some("give each article an id of its own".to_string()),
            place: Some(Place::of(range, collection.bytes(), &mut Lines::default())),
        };
        if let Some(original) = &self.original {
            let original = Original { bytes: original };
            original.place(&mut finding, collection.bytes(), &mut Lines::default());
        }
        let at = |finding: &Finding| finding.place.as_ref().map_or(0, |place| place.range.start);
        let ix = self
            .findings
            .partition_point(|other| at(other) <= at(&finding));
        self.findings.insert(ix, finding);
        self.counts.errors += 1;
    }

    fn unread(name: String, unread: Unread) -> Examined {
        let (is_absent, bytes, finding) = match unread {
            Unread::Absent(Absent { found, help }) => {
                (true, Vec::new(), Finding::of_file(NO_FILE, found, help))
            }
            Unread::Unreadable(reason, bytes) => {
                let finding = Finding::of_unreadable(reason, &bytes);
                (false, bytes, finding)
            }
            Unread::NotImported(found, bytes) => {
                let expected = "a file that can be imported".to_string();
                let finding = Finding::of_file(UNREADABLE, found, None);
                (
                    false,
                    bytes,
                    Finding {
                        expected,
                        ..finding
                    },
                )
            }
        };
        Examined {
            name,
            original: None,
            content: Content::Bytes(bytes),
            is_absent,
            findings: vec![finding],
            counts: Counts {
                files: 1,
                errors: 1,
                ..Counts::default()
            },
        }
    }

    /// What it holds, unpacked.
    pub(super) fn bytes(&self) -> &[u8] {
        match (&self.original, &self.content) {
            (Some(original), _) => original,
            (None, Content::Articles(collection)) => collection.bytes(),
            (None, Content::Bytes(bytes)) => bytes,
        }
    }

    /// Leaves findings out, as if they had not been made.
    pub(super) fn leave_out(&mut self, is_left_out: impl Fn(&Finding) -> bool) {
        let counts = &mut self.counts;
        self.findings.retain(|finding| {
            let is_left_out = is_left_out(finding);
            let count = match finding.severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Advice => &mut counts.advice,
            };
            *count -= usize::from(is_left_out);
            !is_left_out
        });
    }
}

impl Finding {
    /// What reading found.
    pub(crate) fn of_problem(problem: &Problem, bytes: &[u8], lines: &mut Lines) -> Finding {
        let at = problem.at as usize;
        // A mistake of the JSON is at a character, all others are about a name or a value.
        let range = if problem.code < Code::DuplicateName {
            token(bytes, at, 1)
        } else {
            token(bytes, at, usize::MAX)
        };
        Finding {
            severity: problem.severity,
            code: problem.code.name(),
            article: problem.article.clone(),
            path: problem.path.clone(),
            place: Some(Place::of(range, bytes, lines)),
            expected: problem.expected.clone(),
            found: problem.found.clone(),
            help: problem.help.clone(),
        }
    }

    fn of_advice(advice: Advice, bytes: &[u8], lines: &mut Lines) -> Finding {
        Finding {
            severity: advice.kind.severity(),
            code: advice.kind.name(),
            article: Some(advice.article),
            path: advice.path,
            place: Some(Place::of(advice.range, bytes, lines)),
            expected: advice.expected,
            found: advice.found,
            help: advice.help,
        }
    }

    fn of_file(code: &'static str, found: String, help: Option<String>) -> Finding {
        Finding {
            severity: Severity::Error,
            code,
            article: None,
            path: String::new(),
            place: None,
            expected: "a collection of articles in JSON".to_string(),
            found,
            help,
        }
    }

    /// Why nothing was read.
    pub(crate) fn of_unreadable(reason: Unreadable, bytes: &[u8]) -> Finding {
        const SHAPE: &str = "a collection looks like {\"version\": 1, \"articles\": […]}";
        let mut place = None;
        let (found, help) = match reason {
            Unreadable::Empty => ("an empty file".to_string(), SHAPE),
            Unreadable::TooLong => (
                "more than 4 GiB".to_string(),
                "divide it into several collections",
            ),
            Unreadable::Packed(kind) => (format!("a file packed as {kind}"), "unpack it first"),
            Unreadable::Encoding(kind) => (format!("text in {kind}"), "save the file as UTF-8"),
            Unreadable::NotJson {
                looks_like_html: true,
                ..
            } => (
                "a web page".to_string(),
                "servers often send a page in place of a file that is missing",
            ),
            Unreadable::NotJson {
                line,
                column,
                found,
                ..
            } => {
                let range = token(bytes, byte_at(bytes, line, column), 1);
                place = Some(Place::of(range, bytes, &mut Lines::default()));
                (
                    found,
                    "is it the right file, and was it written by a JSON tool?",
                )
            }
            Unreadable::NotACollection { found } => (found, SHAPE),
        };
        Finding {
            place,
            ..Finding::of_file(UNREADABLE, found, Some(help.to_string()))
        }
    }
}

impl Place {
    pub(super) fn of(range: Range<usize>, bytes: &[u8], lines: &mut Lines) -> Place {
        Place {
            start: lines.place(bytes, range.start),
            end: lines.place(bytes, range.end),
            range,
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), |sum, counts| Counts {
            files: sum.files + counts.files,
            articles: sum.articles + counts.articles,
            errors: sum.errors + counts.errors,
            warnings: sum.warnings + counts.warnings,
            advice: sum.advice + counts.advice,
            not_listed: sum.not_listed + counts.not_listed,
        })
    }
}
