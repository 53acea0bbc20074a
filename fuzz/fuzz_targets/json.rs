//! Any bytes as a collection: read at once and in steps alike, and every article of it opened.

#![no_main]

use article::{ArticleContent, Collection, CollectionReader, SafeUrl, excerpt, read_collection};
use libfuzzer_sys::fuzz_target;

/// How many articles of a collection are opened: a bare list of numbers has one for each two bytes.
const OPENED: usize = 16;

fuzz_target!(|bytes: &[u8]| {
    let Ok(collection) = read_collection(bytes.to_vec()) else {
        return;
    };
    let mut reader = CollectionReader::new(bytes.to_vec());
    while !reader.step(7).done {}
    let stepped = reader.finish().expect("what is read at once is read in steps");
    assert_eq!(stepped.problems(), collection.problems());
    assert_eq!(stepped.entries().len(), collection.entries().len());
    for ix in 0..collection.entries().len().min(OPENED) {
        open(&collection, ix);
    }
});

fn open(collection: &Collection, ix: usize) {
    let article = collection.article(ix).expect("a listed article is there");
    assert_eq!(*article.id, *collection.entries()[ix].id);
    assert_eq!(collection.position(&article.id), Some(ix));
    collection.nearest(ix, 4);
    excerpt(&article, 200);
    let people = article.authors.iter().map(|author| &author.url);
    let links = people.chain(article.source.iter().map(|source| &source.url));
    let links = links.chain(article.related.iter().map(|related| &related.url));
    links.flatten().chain(&article.canonical_url).for_each(offprint_fuzz::link);
    if let Some(image) = &article.image {
        let candidates = image.srcset.iter().map(|candidate| &candidate.src);
        let sources: Vec<&SafeUrl> = candidates.chain([&image.src]).collect();
        sources.into_iter().for_each(offprint_fuzz::image);
    }
    let content = ArticleContent::of(&article);
    content.plain_text();
    let sections = content.sections.iter().map(|section| &section.body);
    let parts = content.summary.iter().chain(&content.key_points).chain(sections);
    parts.chain(&content.risks).for_each(offprint_fuzz::tree);
}
