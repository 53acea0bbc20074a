//! Real collections as inputs of a site: in pieces they give what they give in one.

#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

mod data;

use anyhow::Result;
use article::{Edition, read_collection};
use flate2::read::MultiGzDecoder;
use offprint_cli::build::input::{Incoming, Report, Sink, read};
use std::fs::File;
use std::io::Read;

/// Compares article after article with those of the whole collection.
struct Compared {
    whole: article::Collection,
    edition: Edition,
    n: usize,
}

impl Sink for Compared {
    fn edition(&mut self, edition: &Edition) -> Result<()> {
        self.edition = edition.clone();
        Ok(())
    }

    fn article(&mut self, incoming: Incoming) -> Result<()> {
        let expect = self.whole.article(self.n).expect("an article");
        self.n += 1;
        assert_eq!(incoming.article, expect);
        // Its JSON is the article once more.
        if self.n % 50 == 1 {
            let json = format!("{{\"version\":1,\"articles\":[{}]}}", incoming.json);
            let again = read_collection(json.into_bytes()).expect("a collection");
            assert_eq!(again.article(0), Some(expect));
        }
        Ok(())
    }
}

#[test]
fn real_collections_are_read_in_pieces() {
    for name in [
        "corpora/reuters-21578.json.gz",
        "corpora/digital-gov.json.gz",
        "retrieval/cisi/collection.json.gz",
    ] {
        let Some(path) = data::path(name) else {
            continue;
        };
        let mut bytes = Vec::new();
        let mut packed = MultiGzDecoder::new(File::open(&path).expect("a file"));
        packed
            .read_to_end(&mut bytes)
            .expect("a file that is whole");
        let whole = read_collection(bytes).expect("a collection");
        let n_errors = whole.n_errors();
        let n_warnings = whole.n_problems() - n_errors;
        let mut compared = Compared {
            whole,
            edition: Edition::default(),
            n: 0,
        };
        let mut report = Report::default();
        read(
            &[path.display().to_string()],
            None,
            &mut compared,
            &mut report,
        )
        .expect("no error");
        assert_eq!(compared.n, compared.whole.entries().len(), "{name}");
        assert_eq!(&compared.edition, compared.whole.edition(), "{name}");
        assert_eq!(report.articles, compared.n, "{name}");
        assert_eq!(
            (report.errors, report.warnings),
            (n_errors, n_warnings),
            "{name}"
        );
    }
}
