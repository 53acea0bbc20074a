//! `offprint embed`: what a page owner puts into a page.
//!
//! 1. `place` says where the reader's files stand, and which they are;
//! 2. `snippet` writes the elements for the page, with the digests of `digest`;
//! 3. `policy` says what a page with a content security policy has to allow for them, and `origins` what servers of other sites have to send.
//!
//! The elements go to standard output, and what is to be said about them to standard error.

mod digest;
mod origins;
mod place;
mod policy;
mod snippet;

pub use snippet::SANDBOX;

use anyhow::Result;
use place::Place;
use snippet::{Shown, Snippet};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Prints what to put into a page: the script, the element, and what the page's security policy has to allow.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// A built site, or a folder with the reader's files; without it those in this program are meant.
    #[arg(value_name = "SITE|DIR")]
    pub folder: Option<PathBuf>,
    /// Where the site or the folder stands, absolute or from the page on.
    #[arg(long, value_name = "URL", value_parser = place::url)]
    pub url: Option<String>,
    /// The address of the articles; without it those of the site, or `articles.json` beside the page.
    #[arg(long, value_name = "URL", value_parser = place::source)]
    pub src: Option<String>,
    /// Shows one article.
    #[arg(long, value_name = "ID", conflicts_with_all = ["list", "category"])]
    pub article: Option<String>,
    /// Shows the articles of a category.
    #[arg(long, value_name = "NAME")]
    pub category: Option<String>,
    /// Shows so many of the newest articles, as a list of teasers.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub list: Option<u32>,
    /// The colours, where they are not to be those of the device.
    #[arg(long, value_name = "THEME", value_parser = ["auto", "light", "dark"])]
    pub theme: Option<String>,
    /// In a frame, for pages that allow no scripts of others.
    #[arg(long)]
    pub frame: bool,
    /// With the digests of all scripts, in an import map.
    #[arg(long, conflicts_with = "frame")]
    pub integrity: bool,
}

/// Carries the command out.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let place = Place::of(arguments.folder.as_deref(), arguments.url.as_deref())?;
    let shown = match (arguments.list, &arguments.article) {
        (Some(limit), _) => Shown::List(limit),
        (None, Some(id)) => Shown::Article(id.clone()),
        (None, None) => Shown::Reader,
    };
    let src = match (&arguments.src, &arguments.category) {
        (None, Some(category)) if place.is_site() => {
            let feed = place.feed(category)?;
            // The page for frames stands beside it.
            Some(match arguments.frame {
                true => feed,
                false => [&*place.url, &feed].concat(),
            })
        }
        (src, _) => src.clone(),
    };
    let snippet = Snippet {
        place: &place,
        src: src.as_deref(),
        shown,
        category: arguments.category.as_deref(),
        theme: arguments.theme.as_deref(),
        with_integrity: arguments.integrity,
    };
    let (html, lines, origins) = match arguments.frame {
        true => (
            snippet.frame(),
            policy::of_frame(&snippet),
            origins::of_frame(&snippet),
        ),
        false => (
            snippet.element(),
            policy::of_element(&snippet),
            origins::of_element(&snippet),
        ),
    };
    crate::print(&mut io::stdout().lock(), html.as_bytes())?;
    let mut said = String::from("\nA page with a content security policy has to allow:\n");
    for line in lines {
        said.push_str(&format!("  {line}\n"));
    }
    said.push_str(&origins);
    if place.is_site() && !arguments.frame {
        said.push_str(
            "\nThe reader's folder of a site changes with each version of this program, and the old one stays for one build more:\n\
             on pages that are not built with the site, use --frame, or put dist/ into a folder that stays (--url).\n",
        );
    }
    let _ = anstream::stderr().lock().write_all(said.as_bytes());
    Ok(ExitCode::SUCCESS)
}
