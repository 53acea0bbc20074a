//! Asks a collection: `ask COLLECTION.json[.gz] "query"` prints the first hits, with the parts of their scores.

use article::ArticleContent;
use search::{Builder, Fields, Query};
use std::io::Read as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (Some(path), Some(text)) = (std::env::args().nth(1), std::env::args().nth(2)) else {
        return Err("usage: ask COLLECTION.json[.gz] \"query\"".into());
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&path)?;
    if path.ends_with(".gz") {
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
    } else {
        std::io::BufReader::new(file).read_to_end(&mut bytes)?;
    }
    let collection =
        article::read_collection(bytes).map_err(|unreadable| unreadable.to_string())?;
    let mut builder = Builder::new();
    let mut titles = Vec::new();
    for ix in 0..collection.entries().len() {
        let article = collection.article(ix).unwrap_or_default();
        let content = ArticleContent::of(&article).plain_text();
        let tags: Vec<&str> = article.tags.iter().map(String::as_str).collect();
        builder.add(&Fields {
            title: &article.title,
            summary: &content.summary,
            key_points: &content.key_points,
            body: &content.body,
            category: article.category.as_deref(),
            tags: &tags,
            published: article.published.map(|date| date.sort_key()),
            language: article
                .language
                .as_deref()
                .or(collection.edition().language.as_deref())
                .unwrap_or_default(),
            ..Fields::default()
        });
        titles.push(article.title);
    }
    let index = builder.finish();
    let query = Query::parse(&text, false);
    let hits = index.search(&query);
    println!(
        "{} articles match, {} of them all words",
        hits.docs.len(),
        hits.n_all_words
    );
    for (typed, used) in &hits.repaired {
        println!("searched for {used} instead of {typed}");
    }
    for doc in hits.docs.iter().take(5) {
        println!(
            "\n{}\n{}",
            titles[*doc as usize],
            index.explain(&query, *doc)
        );
    }
    Ok(())
}
