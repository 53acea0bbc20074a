//! docs/format.md tells the truth: its examples are read without a problem, and they use every field.

use offprint_article::read_collection;
use std::path::Path;

#[test]
fn examples_of_the_format() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/format.md");
    let page = std::fs::read_to_string(path).expect("docs/format.md");
    let examples: Vec<&str> = page
        .split("```json\n")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("\n```")?.0))
        .collect();
    assert_eq!(examples.len(), 4);
    let collections = examples
        .iter()
        .map(|text| read_collection(text.as_bytes().to_vec()).expect("a collection"));
    let collections: Vec<_> = collections.collect();
    for collection in &collections {
        assert_eq!(collection.problems(), []);
    }
    let edition = collections[1].edition();
    assert!(
        edition.title.is_some()
            && edition.description.is_some()
            && edition.language.is_some()
            && edition.base_url.is_some()
    );
    let article = collections[1].article(0).expect("the article");
    let image = article.image.expect("an image");
    let texts = [
        article.subtitle,
        article.category,
        article.language,
        article.summary,
        article.disclosure,
        image.alt,
        image.caption,
        image.credit,
    ];
    assert!(texts.iter().all(Option::is_some));
    assert!(
        article.published.is_some()
            && article.updated.is_some()
            && article.source.is_some()
            && article.canonical_url.is_some()
    );
    let lists = [
        article.tags.len(),
        article.authors.len(),
        article.key_points.len(),
        article.sections.len(),
        article.risks.len(),
        article.corrections.len(),
        article.related.len(),
        article.extra.len(),
        image.srcset.len(),
    ];
    assert!(lists.iter().all(|n| *n > 0) && image.width.is_some() && image.height.is_some());
    assert_eq!(article.unknown, []);
}

/// The line with a problem in it is what `Display` writes.
#[test]
fn the_example_of_a_problem() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/format.md");
    let page = std::fs::read_to_string(path).expect("docs/format.md");
    let text = "[{},\n{},\n{},\n\n\n\n\n\n\n\n\n\n\n{      \"risks\": \"one, two\"}]";
    let collection = read_collection(text.as_bytes().to_vec()).expect("a collection");
    let problem = collection
        .problems()
        .iter()
        .find(|problem| problem.path.ends_with("risks"))
        .expect("a problem");
    let expect = format!("articles{problem}");
    assert!(page.contains(&expect), "{expect}");
}
