//! Measures the engine on a collection: `measure COLLECTION.json[.gz]` prints the time to read, index and answer, and the
//! memory of the index. The queries are the first words of titles, typed letter by letter.

use article::{Article, ArticleContent};
use search::{Builder, Fields, Query};
use std::io::Read as _;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: measure COLLECTION.json[.gz]")?;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&path)?;
    if path.ends_with(".gz") {
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
    } else {
        std::io::BufReader::new(file).read_to_end(&mut bytes)?;
    }
    let n_bytes = bytes.len();
    let start = Instant::now();
    let collection =
        article::read_collection(bytes).map_err(|unreadable| unreadable.to_string())?;
    println!(
        "read       {:8.1} ms   {n_bytes} bytes",
        milliseconds(start.elapsed())
    );

    let mut builder = Builder::new();
    let mut titles = Vec::new();
    let (mut parsing, mut adding) = (Duration::ZERO, Duration::ZERO);
    for ix in 0..collection.entries().len() {
        let start = Instant::now();
        let article = collection.article(ix).unwrap_or_default();
        let content = ArticleContent::of(&article).plain_text();
        parsing += start.elapsed();
        let start = Instant::now();
        add(
            &mut builder,
            &article,
            &content,
            collection.edition().language.as_deref(),
        );
        adding += start.elapsed();
        titles.push(article.title);
    }
    let start = Instant::now();
    let index = builder.finish();
    let finishing = start.elapsed();
    println!(
        "parse      {:8.1} ms   {} articles, again, with their Markdown",
        milliseconds(parsing),
        titles.len()
    );
    println!(
        "index      {:8.1} ms   of which the end {:.1} ms",
        milliseconds(adding + finishing),
        milliseconds(finishing)
    );
    let [dictionary, postings, rest] = index.memory();
    println!(
        "memory     {:8.1} MB   dictionary {:.1} ({} words), postings {:.1}, rest {:.1}",
        megabytes(dictionary + postings + rest),
        megabytes(dictionary),
        index.n_words(),
        megabytes(postings),
        megabytes(rest),
    );

    let mut typed: Vec<(Duration, String, usize)> = Vec::new();
    for title in titles.iter().step_by((titles.len() / 100).max(1)) {
        let words: Vec<&str> = title.split_whitespace().take(3).collect();
        let query = words.join(" ");
        for (end, c) in query.char_indices() {
            let prefix = &query[..end + c.len_utf8()];
            let start = Instant::now();
            let hits = index.search(&Query::parse(prefix, true))?;
            typed.push((start.elapsed(), prefix.to_owned(), hits.docs.len()));
        }
    }
    typed.sort();
    let at = |part: f64| milliseconds(typed[((typed.len() - 1) as f64 * part) as usize].0);
    println!(
        "keystrokes {:8.3} ms   median of {}; p95 {:.3}, p99 {:.3}",
        at(0.5),
        typed.len(),
        at(0.95),
        at(0.99)
    );
    for (time, query, n_hits) in typed.iter().rev().take(5) {
        println!(
            "  slowest  {:8.3} ms   {query:?}, {n_hits} hits",
            milliseconds(*time)
        );
    }
    Ok(())
}

fn add(
    builder: &mut Builder,
    article: &Article,
    content: &article::ArticleText,
    language: Option<&str>,
) {
    let tags: Vec<&str> = article.tags.iter().map(String::as_str).collect();
    let authors: Vec<&str> = article
        .authors
        .iter()
        .map(|author| author.name.as_str())
        .collect();
    builder.add(&Fields {
        title: &article.title,
        subtitle: article.subtitle.as_deref().unwrap_or_default(),
        summary: &content.summary,
        key_points: &content.key_points,
        body: &content.body,
        category: article.category.as_deref(),
        tags: &tags,
        authors: &authors,
        published: article.published.map(|date| date.sort_key()),
        language: article.language.as_deref().or(language).unwrap_or_default(),
    });
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
