//! The reader, driven in real browsers.
//!
//! `cargo xtask test --only dist,browser` builds the reader and runs this. For each browser one session is opened
//! ([`browser`], over a [`driver`] with its [`capabilities`]); each of the [`cases`] gets a [`stage`] of its own; the
//! results are printed as cargo prints those of other tests. The cases of one browser run one after another, two browsers at a time.

mod axe;
mod browser;
mod capabilities;
mod cases;
mod driver;
mod site;
mod stage;

use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use futures_util::{FutureExt, StreamExt, stream};
use lexopt::prelude::*;
use tokio::time::timeout;
use xtask::system::Engine;

use crate::browser::{Browser, Scheme, Window};
use crate::cases::Case;
use crate::stage::Stage;

/// How long one case may take before it counts as hung.
const CASE_LIMIT: Duration = Duration::from_secs(180);

/// How many browsers run at a time.
const ENGINES_AT_ONCE: usize = 2;

/// How many cases of one browser may fail and pass the second time. On a busy machine a browser falls over, or a click is lost between two
/// frames; what fails for a reason fails twice, or in more cases than these.
const SECOND_TRIES: usize = 5;

/// After so many cases comes a new browser. WebKit has been seen to answer its driver no more after some 240, in a case that it passes in a
/// new one.
const CASES_PER_BROWSER: usize = 100;

/// The same as [`CASE_LIMIT`] for the hostile cases: with the published lists they go through thousands of payloads; and for the offline ones where all
/// faults are asked for.
const HOSTILE_LIMIT: Duration = Duration::from_secs(1200);

/// What a page in which a case has failed complains of, and shows.
const LAST_WORDS: &str = "
    const complained = typeof complaints === 'undefined' ? [] : complaints;
    const words = (document.body?.innerText ?? '').replace(/\\s+/g, ' ');
    return { address: location.href, complaints: complained, words: words.slice(0, 600), end: words.slice(600).slice(-200) };
";

const HELP: &str = "\
Runs the browser tests against dist/.

offprint-browser-tests [--browser chromium|firefox|webkit]… [--list] [FILTER]
";

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let result = runtime
        .context("cannot start the runtime")
        .and_then(|runtime| {
            runtime.block_on(async {
                // Ending here rather than at once lets the drivers and their browsers be killed.
                tokio::select! {
                    result = run() => result,
                    _ = tokio::signal::ctrl_c() => bail!("interrupted"),
                () = asked_to_end() => bail!("asked to end"),
                }
            })
        });
    match result {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Waits for the signal with which a time limit or a system ends a program.
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut ends) => {
            ends.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

async fn run() -> Result<usize> {
    let mut engines = Vec::new();
    let mut filter = String::new();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("browser") => engines.push(Engine::named(&arguments.value()?.string()?)?),
            Long("list") => {
                cases::ALL.iter().for_each(|case| println!("{}", case.name));
                return Ok(0);
            }
            Short('h') | Long("help") => {
                print!("{HELP}");
                return Ok(0);
            }
            Value(value) => filter = value.string()?,
            _ => return Err(argument.unexpected().into()),
        }
    }
    if engines.is_empty() {
        engines = Engine::ALL.to_vec();
    }
    // The slowest one first, so that it is not waited for alone at the end.
    engines.sort_by_key(|engine| *engine != Engine::WebKit);
    let started = Instant::now();
    let (filter, n_engines) = (&filter, engines.len());
    let parts = engines.into_iter().enumerate().flat_map(|(ix, engine)| {
        // The last of an odd number would run alone: of its cases two browsers take a half each.
        let is_alone = ix + 1 == n_engines && n_engines % ENGINES_AT_ONCE == 1;
        let n_parts = if is_alone { ENGINES_AT_ONCE } else { 1 };
        (0..n_parts).map(move |part| run_engine(engine, filter, (part, n_parts)))
    });
    // A case waits more than it works: two browsers share the cores well, a third would make them wait for each other.
    let mut running = stream::iter(parts).buffer_unordered(ENGINES_AT_ONCE);
    let mut results = Results::default();
    while let Some(of_engine) = running.next().await {
        results.add(of_engine);
    }
    results.print(started.elapsed());
    Ok(results.failures.len())
}

#[derive(Default)]
struct Results {
    n_passed: usize,
    n_filtered: usize,
    /// Cases that passed the second time, with what was wrong the first.
    unsteady: Vec<(String, String)>,
    failures: Vec<(String, String)>,
}

impl Results {
    fn add(&mut self, other: Results) {
        self.n_passed += other.n_passed;
        self.n_filtered += other.n_filtered;
        self.unsteady.extend(other.unsteady);
        self.failures.extend(other.failures);
    }

    fn print(&self, elapsed: Duration) {
        for (title, cases) in [
            (
                "passed only the second time, which is a fault to be found",
                &self.unsteady,
            ),
            ("failures", &self.failures),
        ] {
            if !cases.is_empty() {
                println!("\n{title}:");
                cases
                    .iter()
                    .for_each(|(name, why)| println!("    {name}: {why}"));
            }
        }
        let word = if self.failures.is_empty() {
            "ok"
        } else {
            "FAILED"
        };
        println!(
            "\ntest result: {word}. {} passed; {} failed; 0 ignored; 0 measured; {} filtered out; finished in {:.2}s",
            self.n_passed,
            self.failures.len(),
            self.n_filtered,
            elapsed.as_secs_f32()
        );
    }
}

/// Runs the cases of a browser, or of equal parts of them the one with this number.
async fn run_engine(engine: Engine, filter: &str, (part, n_parts): (usize, usize)) -> Results {
    let mut results = Results::default();
    let full_name = |case: &Case| format!("{}::{}", engine.name(), case.name);
    let mut chosen: Vec<&Case> = cases::ALL
        .iter()
        .filter(|case| full_name(case).contains(filter))
        .collect();
    if part == 0 {
        results.n_filtered += cases::ALL.len() - chosen.len();
    }
    let at = |part: usize| chosen.len() * part / n_parts;
    chosen = chosen[at(part)..at(part + 1)].to_vec();
    if chosen.is_empty() {
        return results;
    }
    println!("\nrunning {} tests in {}", chosen.len(), engine.name());
    let mut browser = None;
    for (ix, case) in chosen.into_iter().enumerate() {
        if ix > 0
            && ix % CASES_PER_BROWSER == 0
            && let Some(browser) = browser.take()
        {
            close(browser).await;
        }
        let name = full_name(case);
        let started = Instant::now();
        let mut result = run_case(engine, case, &mut browser).await;
        if let Err(error) = &result
            && results.unsteady.len() + results.failures.len() < SECOND_TRIES
        {
            let why = format!("{error:#}");
            println!("    {name}: once more, in a new browser ({why})");
            if let Some(browser) = browser.take() {
                close(browser).await;
            }
            result = run_case(engine, case, &mut browser).await;
            if result.is_ok() {
                results.unsteady.push((name.clone(), why));
            }
        }
        let seconds = started.elapsed().as_secs_f32();
        match result {
            Ok(()) => {
                println!("test {name} ... ok ({seconds:.1} s)");
                results.n_passed += 1;
            }
            Err(error) => {
                println!("test {name} ... FAILED ({seconds:.1} s)\n    {error:#}");
                results.failures.push((name, format!("{error:#}")));
                // Whatever state this one was left in, the next case gets a new one.
                if let Some(browser) = browser.take() {
                    close(browser).await;
                }
            }
        }
    }
    if let Some(browser) = browser {
        close(browser).await;
    }
    results
}

async fn close(browser: Browser) {
    // A browser that hangs is killed with its driver.
    let _ = timeout(Duration::from_secs(10), browser.close()).await;
}

async fn run_case(engine: Engine, case: &Case, browser: &mut Option<Browser>) -> Result<()> {
    let browser = match browser {
        Some(browser) => browser,
        None => browser.insert(Browser::start(engine).await?),
    };
    let stage = Stage::new(browser)?;
    let acts = async {
        browser.set_window(Window::Desktop).await?;
        browser.set_scheme(Scheme::Light).await?;
        browser.goto("about:blank").await?;
        browser.own_complaints().await?;
        (case.run)(&stage).await?;
        stage.check_quiet().await
    };
    let is_long = case.name.starts_with("hostile::") || cases::is_all_faults();
    let limit = match is_long {
        true => HOSTILE_LIMIT,
        false => CASE_LIMIT,
    };
    let result = match timeout(limit, AssertUnwindSafe(acts).catch_unwind()).await {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(anyhow::anyhow!(
                "{}",
                text.unwrap_or("a panic without a message")
            ))
        }
        Err(_) => Err(anyhow::anyhow!("not done within {limit:?}")),
    };
    if result.is_err() {
        let told = timeout(Duration::from_secs(10), browser.run(LAST_WORDS)).await;
        if let Ok(Ok(told)) = told {
            println!("    the page: {told}");
        }
        let name = format!("failed-{}", case.name.replace("::", "-"));
        let _ = timeout(Duration::from_secs(10), browser.screenshot(&name)).await;
    }
    result
}
