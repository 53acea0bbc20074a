//! `cargo xtask`: the command line of the project's own commands.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use xtask::check::{self, Step};
use xtask::dist::{self, Profile};
use xtask::system::Engine;
use xtask::{serve, setup};

const HELP: &str = "\
The project's own commands. Each one sets up what it needs and is missing.

cargo xtask serve    builds the reader and opens it on the demo edition
cargo xtask test     runs every check and test
cargo xtask dist     builds the reader into dist/ and prints its sizes
cargo xtask setup    only sets up

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
Builds the reader into dist/, complete and self-contained: copy the folder to any static host. Prints what a browser
downloads and fails if a part is over its budget.

cargo xtask dist
";

const SETUP_HELP: &str = "\
Finds or installs what building needs. Tools are built once and kept in offprint/tools of the user's cache folder.

cargo xtask setup [--tests]

--tests                 also what testing needs: browsers, their drivers, fonts, the accessibility checker
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
        _ => bail!("no command is called `{command}`: there are serve, test, dist and setup"),
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

fn help(text: &str) -> Result<()> {
    print!("{text}");
    Ok(())
}
