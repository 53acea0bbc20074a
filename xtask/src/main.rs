//! `cargo xtask`: the command line of the project's own commands.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use xtask::check::{self, Step};
use xtask::dist::{self, Profile};
use xtask::system::Engine;
use xtask::{bench, bundlers, serve, setup};

const HELP: &str = "\
The project's own commands. Each one sets up what it needs and is missing.

cargo xtask serve    builds the reader and opens it on the demo edition
cargo xtask test     runs every check and test
cargo xtask dist     builds the reader into dist/ and prints its sizes
cargo xtask setup    only sets up
cargo xtask bench    measures built sites and the search
cargo xtask bundlers tries the package for npm in projects of its users

cargo xtask COMMAND --help tells more.
";

const SERVE_HELP: &str = "\
Builds the reader and serves it on this machine.

cargo xtask serve [OPTIONS]

--articles FILE-OR-URL  a collection instead of the demo edition: a JSON file, plain or gzipped, read anew at each
                        reload (images beside it are found), or an http(s) address that allows other origins to read it
--port N                this port; without it, 8080 or the next free one
--no-open               do not open the browser
--watch                 build again when a source changes
--dev                   build quickly, not small
";

const TEST_HELP: &str = "\
Runs every check and test; sets up browsers and tools first if they are missing.

cargo xtask test [OPTIONS] [FILTER]

FILTER                  only tests whose name contains this
--only STEPS            some of fmt,clippy,docs,native,wasm,dist,browser
--browser NAME          chromium, firefox or webkit; may be repeated; without it, all three
";

const DIST_HELP: &str = "\
Builds the reader into dist/, complete and self-contained: copy the folder to any static host. Makes the package for npm of
it in target/npm/. Prints what a browser downloads and fails if a part is over its budget.

cargo xtask dist
";

const SETUP_HELP: &str = "\
Finds or installs what building needs. Tools are built once and kept in offprint/tools of the user's cache folder.

cargo xtask setup [--tests]

--tests                 also what testing needs: browsers, their drivers, fonts, the accessibility checker
";

const BENCH_HELP: &str = "\
Measures what docs/benchmarks.md tells of. Run `cargo xtask dist` first; leave the machine alone meanwhile.

cargo xtask bench publishing [OPTIONS]
cargo xtask bench search [OPTIONS]
cargo xtask bench retrieval
cargo xtask bench scale [--n N]
cargo xtask bench update [OPTIONS]

publishing              the demo site, served by nginx: validators, Lighthouse, and the same article beside peers.
                        Needs nginx, Chromium, Java and Node; takes about 10 minutes
--only PARTS            some of validators,lighthouse,peers,embedding,worker
--offprint FILE         this command instead of the one that `cargo xtask dist` built

search                  the search in a browser, over 19,771 articles: index, memory, bytes, times, completeness.
                        Needs Chromium and Node; takes some minutes, with --peers most of an hour
--corpus FILE           this collection instead of the shared one
--peers                 beside MiniSearch, FlexSearch, Orama, lunr and Pagefind
--only NAMES            beside some of them
--rounds N              measures so many times, 3 without it
--offprint FILE         as above

retrieval               how good the answers are on seven test collections, beside the same engines. Needs Chromium and
                        Node; takes about 15 minutes

scale                   the index of made-up articles: time, memory, files, bytes, times of queries
--n N                   so many articles, 10000 without it; 1000000 takes an hour

update                  what a reader who returns fetches after one article more, of 19,771; fails over 30 kB. Takes some minutes
--corpus FILE           this collection instead of the shared one
--offprint FILE         as above
";

const BUNDLERS_HELP: &str = "\
Packs the package for npm, installs it into the projects of tests/bundlers, builds each, and opens it in Chromium, where an
article must be seen and a search must find it. Run `cargo xtask dist` first. Needs Node, Chromium and, the first time, the
npm registry.

cargo xtask bundlers [NAME…]

NAME                    only these: lint, vite, webpack, parcel, esbuild, inline, next, import-map, node
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = lexopt::Parser::from_env();
    let command = match arguments.next()? {
        Some(Value(command)) => command.string()?,
        None | Some(Short('h') | Long("help")) => {
            print!("{HELP}");
            return Ok(());
        }
        Some(argument) => return Err(argument.unexpected().into()),
    };
    match command.as_str() {
        "serve" => serve(arguments),
        "test" => test(arguments),
        "dist" => dist(arguments),
        "setup" => set_up(arguments),
        "bench" => measure(arguments),
        "bundlers" => bundle(arguments),
        _ => {
            bail!(
                "no command is called `{command}`: there are serve, test, dist, setup, bench and bundlers"
            )
        }
    }
}

fn serve(mut arguments: lexopt::Parser) -> Result<()> {
    let mut options = serve::Options {
        articles: None,
        port: None,
        open: true,
        watch: false,
        profile: Profile::Release,
    };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("articles") => options.articles = Some(arguments.value()?.string()?),
            Long("port") => {
                options.port = Some(
                    arguments
                        .value()?
                        .parse()
                        .context("--port takes a number up to 65535")?,
                )
            }
            Long("no-open") => options.open = false,
            Long("watch") => options.watch = true,
            Long("dev") => options.profile = Profile::Dev,
            Long("release") => options.profile = Profile::Release,
            Short('h') | Long("help") => return help(SERVE_HELP),
            _ => return Err(argument.unexpected().into()),
        }
    }
    serve::run(&options)
}

fn test(mut arguments: lexopt::Parser) -> Result<()> {
    let mut options = check::Options {
        steps: BTreeSet::from(Step::ALL),
        engines: Vec::new(),
        filter: None,
    };
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("only") => options.steps = Step::list(&arguments.value()?.string()?)?,
            Long("browser") => options
                .engines
                .push(Engine::named(&arguments.value()?.string()?)?),
            Value(filter) if options.filter.is_none() => options.filter = Some(filter.string()?),
            Short('h') | Long("help") => return help(TEST_HELP),
            _ => return Err(argument.unexpected().into()),
        }
    }
    if options.engines.is_empty() {
        options.engines = Engine::ALL.to_vec();
    }
    check::run(&options)
}

fn dist(mut arguments: lexopt::Parser) -> Result<()> {
    match arguments.next()? {
        None => dist::run(),
        Some(Short('h') | Long("help")) => help(DIST_HELP),
        Some(argument) => Err(argument.unexpected().into()),
    }
}

fn set_up(mut arguments: lexopt::Parser) -> Result<()> {
    let mut tests = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("tests") => tests = true,
            Short('h') | Long("help") => return help(SETUP_HELP),
            _ => return Err(argument.unexpected().into()),
        }
    }
    if tests {
        setup::for_tests(&Engine::ALL)?;
    } else {
        setup::for_build()?;
    }
    println!("Everything is here.");
    Ok(())
}

fn measure(mut arguments: lexopt::Parser) -> Result<()> {
    let what = match arguments.next()? {
        Some(Value(name)) => name.string()?,
        None | Some(Short('h') | Long("help")) => return help(BENCH_HELP),
        Some(argument) => return Err(argument.unexpected().into()),
    };
    let mut publishing = bench::Options::default();
    let mut search = bench::SearchOptions::default();
    let mut update = bench::UpdateOptions::default();
    let mut n = 10_000;
    while let Some(argument) = arguments.next()? {
        match (what.as_str(), argument) {
            (_, Short('h') | Long("help")) => return help(BENCH_HELP),
            ("publishing", Long("only")) => publishing.only = Some(arguments.value()?.string()?),
            ("publishing", Long("offprint")) => {
                publishing.command = Some(arguments.value()?.into());
            }
            ("search", Long("offprint")) => search.command = Some(arguments.value()?.into()),
            ("search", Long("corpus")) => search.corpus = Some(arguments.value()?.into()),
            ("search", Long("peers")) => search.peers = true,
            ("search", Long("only")) => search.only = Some(arguments.value()?.string()?),
            ("search", Long("rounds")) => search.rounds = Some(arguments.value()?.parse()?),
            ("update", Long("offprint")) => update.command = Some(arguments.value()?.into()),
            ("update", Long("corpus")) => update.corpus = Some(arguments.value()?.into()),
            ("scale", Long("n")) => n = arguments.value()?.parse()?,
            (_, argument) => return Err(argument.unexpected().into()),
        }
    }
    match what.as_str() {
        "publishing" => bench::publishing(&publishing),
        "search" => bench::search(&search),
        "retrieval" => bench::retrieval(),
        "scale" => bench::scale(n),
        "update" => bench::update(&update),
        name => bail!(
            "no benchmark is called `{name}`: there are publishing, search, retrieval, scale and update"
        ),
    }
}

fn bundle(mut arguments: lexopt::Parser) -> Result<()> {
    let mut names = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(name) => names.push(name.string()?),
            Short('h') | Long("help") => return help(BUNDLERS_HELP),
            _ => return Err(argument.unexpected().into()),
        }
    }
    bundlers::run(&names)
}

fn help(text: &str) -> Result<()> {
    print!("{text}");
    Ok(())
}
