//! Asks a collection: `ask COLLECTION.json[.gz] "query"` prints the first hits, with the parts of their scores.

mod collection;

use search::{Builder, Query};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (Some(path), Some(text)) = (std::env::args().nth(1), std::env::args().nth(2)) else {
        return Err("usage: ask COLLECTION.json[.gz] \"query\"".into());
    };
    let articles = collection::read(&path)?;
    let mut builder = Builder::new();
    articles
        .iter()
        .for_each(|article| collection::add(&mut builder, article));
    let index = builder.finish();
    let query = Query::parse(&text, false);
    let hits = index.search(&query)?;
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
            articles[*doc as usize].title,
            index.explain(&query, *doc)?
        );
    }
    Ok(())
}
