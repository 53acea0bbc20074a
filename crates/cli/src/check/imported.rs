//! Files of other formats, which `offprint build` imports: [`import`] gives what becomes of one, [`finding_of`] what was left out,
//! and [`Original`] finds the places of the file again that findings are about.

use super::codes::NOT_IMPORTED;
use super::examine::{Finding, Place};
use crate::build::input::is_native;
use crate::import::{self, Headings, Kind, Loss, Opened, Settings, SourceFile, kind_of};
use article::json::Lines;
use article::{Collection, Severity, read_collection};
use std::path::Path;

/// A file as its import gave it.
pub(super) struct Imported {
    pub(super) collection: Collection,
    pub(super) losses: Vec<Loss>,
}

/// Imports a file. `None` where it is for the reader to say what is wrong with it; or why nothing comes of it.
pub(super) fn import(name: &str, bytes: &[u8], is_guess: bool) -> Option<Result<Imported, String>> {
    if is_native(name, bytes) {
        return None;
    }
    let headings = Headings::default();
    let kind = kind_of(&SourceFile {
        name,
        bytes,
        base: None,
        headings: &headings,
    });
    match kind {
        // What is to be JSON and is a web page is the page of a server that has not found the file.
        Ok(Kind::Html) if !is_page(name) => return None,
        // The reader takes feeds as they are, too, and says where it cannot.
        Ok(Kind::JsonFeed) => return None,
        // An article with a mistake in its very names is nearer to one than to anything else.
        Err(_) if !is_guess || read_collection(bytes.to_vec()).is_ok() => return None,
        _ => {}
    }
    let opened = Opened {
        name: name.to_string(),
        bytes: bytes.to_vec(),
        is_guess,
    };
    let outcome = import::import(std::slice::from_ref(&opened), &Settings::default());
    if let Some(failure) = outcome.failures.first() {
        let own = failure.strip_prefix(name).unwrap_or(failure);
        return Some(Err(own.trim_start_matches(": ").to_string()));
    }
    let losses = outcome.losses.list().to_vec();
    let read = import::to_json(outcome.imported)
        .map_err(|error| format!("{error:#}"))
        .and_then(|json| read_collection(json).map_err(|reason| reason.to_string()));
    Some(read.map(|collection| Imported { collection, losses }))
}

fn is_page(name: &str) -> bool {
    let end = Path::new(name).extension().unwrap_or_default();
    ["html", "htm", "xhtml"]
        .iter()
        .any(|known| end.eq_ignore_ascii_case(known))
}

/// What was left out, as a finding about the whole file: importers know the place in words alone.
pub(super) fn finding_of(loss: &Loss) -> Finding {
    Finding {
        severity: Severity::Warning,
        code: NOT_IMPORTED,
        article: None,
        path: loss.place.clone(),
        place: None,
        expected: "what has a place in an article".to_string(),
        found: format!("{} at {}", loss.what, loss.place),
        help: Some(loss.why.clone()),
    }
}

/// The file as it is, beside what was made of it.
pub(super) struct Original<'a> {
    pub(super) bytes: &'a [u8],
}

impl Original<'_> {
    /// Gives a finding about what was made of the file the place in the file itself, where the same words stand there once; else none.
    pub(super) fn place(&self, finding: &mut Finding, made: &[u8], lines: &mut Lines) {
        // Shorter ones are found anywhere.
        const LENGTH_MIN: usize = 4;
        let Some(place) = finding.place.take() else {
            return;
        };
        let written = made.get(place.range).unwrap_or_default();
        let written = String::from_utf8_lossy(written);
        let text = serde_json::from_str::<String>(&written)
            .or_else(|_| serde_json::from_str::<String>(&format!("\"{written}\"")));
        let Some(text) = text.ok().filter(|text| text.len() >= LENGTH_MIN) else {
            return;
        };
        let Ok(own) = std::str::from_utf8(self.bytes) else {
            return;
        };
        let mut places = own.match_indices(&*text);
        if let (Some((at, _)), None) = (places.next(), places.next()) {
            finding.place = Some(Place::of(at..at + text.len(), self.bytes, lines));
        }
    }
}
