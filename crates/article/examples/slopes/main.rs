//! How the time of parsing grows with the length of the input: the figures of docs/conformance.md.
//!
//! Of each input, the time at n, 2n and 4n bytes (the least of five runs), for parsing and every output, and the slope: how
//! many times longer the doubled input takes, over two doublings, divided by two. Linear is 1.

mod inputs;

use inputs::INPUTS;
use offprint_article::{html, parse_markdown, plain_text, to_markdown};
use std::time::{Duration, Instant};

fn main() {
    // Long enough that the clock is sure, short enough for the quadratic ones that this is to find.
    const N: usize = 100_000;
    println!(
        "| input | {} kB | {} kB | {} kB | slope |",
        N / 1000,
        N / 500,
        N / 250
    );
    println!("|---|--:|--:|--:|--:|");
    for (name, make) in INPUTS {
        let times = [N, 2 * N, 4 * N].map(|n| least_time(&make(n)));
        let [first, second, last] = times.map(|time| time.as_secs_f64() * 1e3);
        let slope = (last / first).sqrt() / 2.0;
        println!("| `{name}` | {first:.1} ms | {second:.1} ms | {last:.1} ms | {slope:.2} |");
    }
}

fn least_time(text: &str) -> Duration {
    let run = || {
        let started = Instant::now();
        let document = parse_markdown(text);
        std::hint::black_box((
            html(&document, ""),
            plain_text(&document),
            to_markdown(&document),
        ));
        started.elapsed()
    };
    (0..5).map(|_| run()).min().unwrap_or_default()
}
