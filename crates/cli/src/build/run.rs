//! [`run`]: a build, step by step.
//!
//! 1. the inputs go into the spool (`spool`), and are brought into order (`plan`);
//! 2. cards, pictures and what is alike are found (`prepare`);
//! 3. pages and data are made (`articles`, `lists`, `data`, `extras`), where they are not what they were (`output`);
//! 4. the new site takes the place of the old one (`switch`).

use super::articles::{Articles, Source};
use super::compress::Effort;
use super::config::{self, Config, Reading};
use super::data::{self, Data};
use super::embed_page;
use super::extras::Extras;
use super::frame::Frame;
use super::hosting;
use super::images::is_inside;
use super::input::{self, Report};
use super::lists::{self, Lists};
use super::offline::{self, ArticleFiles, Version};
use super::options::Options;
use super::output::{Changes, Output};
use super::plan::Plan;
use super::prepare::{Prepared, prepare};
use super::print::Printer;
use super::progress::Progress;
use super::runtime::Runtime;
use super::site::Site;
use super::spool::Spool;
use super::switch::Place;
use super::{Arguments, Pages};
use anyhow::{Context, Result, bail};
use article::Edition;
use offprint::prerender::Face;
use packed::edition::Category;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What a build did.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// How many articles the site has.
    pub n_articles: usize,
    /// What became of its files.
    pub changes: Changes,
    /// What else there is to say: pictures that are not there, articles without a page.
    pub warnings: Vec<String>,
}

/// Builds the site.
pub fn run(arguments: &Arguments, report: &mut Report) -> Result<Done> {
    let runtime = Runtime::open(arguments.runtime.as_deref())?;
    let (config, reading) = config(arguments)?;
    if let Some(input) = arguments
        .inputs
        .iter()
        .find(|input| is_within(&arguments.out, input))
    {
        bail!(
            "{} lies within the input {input}, and would be read as articles the next time; name a folder outside of it",
            arguments.out.display()
        );
    }
    if let Some(path) = needed(arguments, &config)
        .into_iter()
        .find(|path| lies_in(path, &arguments.out))
    {
        bail!(
            "{} lies within {}, the folder of the site, which is replaced; move it out of there",
            path.display(),
            arguments.out.display()
        );
    }
    let place = Place::take(&arguments.out)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.jobs)
        .build()
        .context("no threads can be started")?;

    let mut spool = Spool::create(&place.work().join("articles"))?;
    // The order in which they are named says nothing, as that of the files of a folder.
    let mut inputs = arguments.inputs.clone();
    inputs.sort();
    inputs.dedup();
    // A name that is mistyped must not empty a site.
    if let Some(gone) = inputs
        .iter()
        .find(|input| *input != "-" && !Path::new(input).exists())
    {
        bail!("{gone}: there is no such file or folder; the site is as it was");
    }
    let site = &config.site;
    let base_url = arguments.base_url.as_ref().or(site.base_url.as_ref());
    input::read(&inputs, base_url, &mut spool, report)?;
    report.print()?;
    if let Some(mut reading) = reading {
        reading.findings.clear();
        reading.compare(&spool.categories.names);
        print(&reading)?;
    }
    if arguments.strict && report.has_errors() {
        bail!("there are errors, and the build is strict; the site is as it was");
    }
    if report.files == 0 {
        bail!(
            "there is nothing to read in {}; the site is as it was",
            inputs.join(", ")
        );
    }
    spool.finish()?;
    let site = Site {
        has_touch_icon: runtime.bytes("icon-touch.png").is_some(),
        ..site_of(arguments, &config, &spool.edition)
    };
    pool.install(|| build(arguments, &config, &place, &runtime, &site, &spool))
}

/// Whether a folder, which need not be there yet, is the same as an input or lies within it.
fn is_within(out: &Path, input: &str) -> bool {
    let Ok(input) = fs::canonicalize(input) else {
        return false;
    };
    let there = out.ancestors().find_map(|folder| {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        fs::canonicalize(folder).ok()
    });
    there.is_some_and(|there| match fs::canonicalize(out) {
        Ok(out) => out.starts_with(&input),
        Err(_) => there.starts_with(&input) && input.is_dir(),
    })
}

/// The files and folders that the next build will need again.
fn needed(arguments: &Arguments, config: &Config) -> Vec<PathBuf> {
    let inputs = arguments.inputs.iter().map(PathBuf::from);
    let others = [
        &arguments.config,
        &arguments.theme,
        &arguments.runtime,
        &config.file,
        &config.theme_file,
        &config.logo_file,
    ];
    inputs
        .chain(others.into_iter().flatten().cloned())
        .collect()
}

/// Whether something is inside of a folder, which need not be there yet.
fn lies_in(path: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// What `offprint.toml` says, with the style sheet of the command line behind its own.
fn config(arguments: &Arguments) -> Result<(Config, Option<Reading>)> {
    let mut config = Config::default();
    let mut read = None;
    if let Some(path) = config::find(arguments.config.as_deref(), &arguments.inputs)? {
        let reading = config::read(&path)?;
        print(&reading)?;
        if reading.has_errors() {
            bail!("{} has errors; the site is as it was", path.display());
        }
        config = reading.config.clone();
        config.file = Some(path);
        read = Some(reading);
    }
    if let Some(path) = &arguments.theme {
        let theme = config::theme::open(path)?;
        let css = config.theme_css.get_or_insert_default();
        css.push('\n');
        css.push_str(&theme);
    }
    Ok((config, read))
}

fn print(reading: &Reading) -> Result<()> {
    let mut stderr = anstream::stderr().lock();
    for message in reading.messages() {
        writeln!(stderr, "{message}").context("standard error cannot be written")?;
    }
    Ok(())
}

/// The files beside the inputs that a build of these arguments is made of.
pub fn beside(arguments: &Arguments) -> Result<Vec<PathBuf>> {
    let found = config::find(arguments.config.as_deref(), &arguments.inputs)?;
    let config = match &found {
        Some(path) => config::read(path)?.config,
        None => Config::default(),
    };
    let own = [found, config.theme_file, config.logo_file];
    Ok(own
        .into_iter()
        .chain([arguments.theme.clone()])
        .flatten()
        .collect())
}

fn build(
    arguments: &Arguments,
    config: &Config,
    place: &Place,
    runtime: &Runtime,
    site: &Site,
    spool: &Spool,
) -> Result<Done> {
    let pages = arguments.pages.or(config.latest.map(Pages::Latest));
    let plan = Plan::of(spool, site, pages.unwrap_or(Pages::All));
    let n_articles = plan.order.len();
    let batch = batch(arguments.memory, spool);
    let progress = Progress::new("read", n_articles);
    let cards = place.work().join("cards");
    let Prepared {
        cards,
        alike,
        pictures,
        dead_links,
    } = prepare(&cards, site, spool, &plan, batch, &|| progress.step())?;
    drop(progress);

    let new = place.work().join("site");
    let output = Output::new(place.site().to_path_buf(), new, !arguments.no_compress)?;
    let (mut warnings, copied) = pictures.copy(&spool.folders, &output)?;
    warnings.extend(dead_links.warnings(spool)?);
    let assets = runtime.write(config.theme_css.as_deref(), &output)?;
    let folder = assets.folder.clone();
    let page = embed_page::of_site(&runtime.frame_page(), &assets, site.origin().as_deref())?;
    let print = Printer::new("frame page").text(&page).print();
    output.file(hosting::FRAME_PAGE, print, Effort::Page, || {
        Ok(page.into_bytes())
    })?;
    let script = runtime.frame_script().to_vec();
    let print = Printer::new("frame script").bytes(&script).print();
    output.file("frame.js", print, Effort::Page, || Ok(script))?;
    let edition = Edition {
        version: article::FORMAT_VERSION,
        title: Some(site.title.clone()),
        description: site.description.clone(),
        language: site.language.clone(),
        // Relative addresses begin at the root of the site, wherever it stands.
        base_url: None,
    };
    let of_json = Edition {
        base_url: site.base_url.as_ref().map(url::Url::to_string),
        ..edition.clone()
    };
    // Of lists that no article with a page is in there are no pages either.
    let categories = plan.shown(&plan.categories);
    let names = categories
        .clone()
        .map(|(topic, _)| (topic.name.clone(), topic.slug.clone()));
    let kept_articles = offline::kept_articles(arguments, config, runtime);
    let saves = kept_articles.is_some();
    let frame = Frame::new(site, assets, names.collect(), saves);
    let face = Face {
        edition: edition.clone(),
        categories: categories
            .map(|(topic, docs)| Category {
                name: topic.name.clone(),
                slug: topic.slug.clone(),
                n_articles: docs.len() as u32,
            })
            .collect(),
        n_articles: n_articles as u32 - plan.first_shown,
        saves,
    };
    let source = Source {
        site,
        edition: &of_json,
        spool,
        plan: &plan,
        cards: &cards,
        alike: &alike,
    };

    let progress = Progress::new("articles", n_articles);
    let articles = Articles {
        source,
        face: &face,
        frame: &frame,
        output: &output,
    };
    let mut data = Data::new(&output, arguments.layout, n_bytes_each(spool));
    let mut files = kept_articles.map(|n| ArticleFiles::new(source, &output, &copied, n));
    let mut opened = Vec::with_capacity(n_articles);
    for start in (0..n_articles).step_by(batch) {
        let docs = start as u32..(start + batch).min(n_articles) as u32;
        let written = articles.write(docs, &mut data, files.as_mut(), &|| progress.step())?;
        opened.extend(written);
    }
    data.end_opened()?;
    if let Some(files) = &mut files {
        files.write(Vec::new(), data.packs())?;
    }
    drop(progress);
    let (index, blob, search) = data.finish(&source, edition, &opened)?;

    let pages = Lists {
        site,
        face: &face,
        frame: &frame,
        plan: &plan,
        cards: &cards,
        per_page: lists::per_page(config.per_page),
        output: &output,
    };
    let progress = Progress::new("lists", 0);
    let mut kept = pages.write(&|| progress.step())?;
    if !offline::has_whole_lists(n_articles) {
        // All of them change with each article, as they show how many there are.
        kept.retain(|page| page.path.is_empty());
    }
    drop(progress);
    let icons: Vec<&str> = runtime.icons().map(|(name, _)| name).collect();
    let extras = Extras {
        source,
        face: &face,
        frame: &frame,
        output: &output,
        icons: &icons,
        is_offline: files.is_some(),
    };
    kept.extend(extras.write()?);
    let worker = match &files {
        Some(_) => offline::WORKER,
        None => offline::LEAVING,
    };
    if let Some(bytes) = runtime.bytes(worker) {
        let print = Printer::new("worker").bytes(bytes).print();
        output.file(offline::WORKER, print, Effort::Asset, || Ok(bytes.to_vec()))?;
    }
    let version = match files {
        Some(files) => {
            let made = (&index, &blob);
            let version = Version::of(kept, frame.assets(), made, search, files.newest(), &output)?;
            Some(version.write(&output)?)
        }
        None => None,
    };
    let pointer = data::pointer(&blob, &folder, version.as_ref());
    let print = Printer::new("pointer").text(&pointer).print();
    output.file("data/edition.json", print, Effort::None, || {
        Ok(pointer.into_bytes())
    })?;
    hosting(site, &output)?;
    if let (Some(file), Some(name)) = (&config.logo_file, &site.logo) {
        let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let print = Printer::new("logo").bytes(&bytes).print();
        match is_inside(name.trim_start_matches('/')) {
            Some(path) => drop(output.copy(&path, file, print, Effort::None, || Ok(bytes))?),
            None => warnings.push(format!("{name}: the logo has to lie beside offprint.toml")),
        }
    }
    let (changes, said) = output.finish(&Options::of(arguments, place.site()).text()?)?;
    warnings.extend(said);
    place.switch()?;
    Ok(Done {
        n_articles,
        changes,
        warnings,
    })
}

/// What the command line says goes before `offprint.toml`, and that before what the collection says.
fn site_of(arguments: &Arguments, config: &Config, edition: &Edition) -> Site {
    let site = config.site.clone();
    let title = Some(site.title).filter(|title| !title.is_empty());
    let title = title.or(edition.title.clone());
    let base_url = edition.base_url.as_deref();
    // What a collection says is for all who read it, and may have more behind the path than a site needs.
    let path_of = |text: &str| text.split(['?', '#']).next().unwrap_or_default().to_owned();
    let base_url = || base_url.and_then(|text| super::base_url(&path_of(text)).ok());
    Site {
        title: title.unwrap_or_else(|| "Articles".to_owned()),
        description: site.description.or(edition.description.clone()),
        language: site.language.or(edition.language.clone()),
        base_url: (arguments.base_url.clone())
            .or(site.base_url)
            .or_else(base_url),
        ..site
    }
}

/// What servers are told of the site.
fn hosting(site: &Site, output: &Output) -> Result<()> {
    let policy = hosting::Policy {
        csp: super::policy(),
        origin: site.origin(),
        path: super::extras::root_of(site),
    };
    for (path, text) in hosting::files(&policy) {
        let print = Printer::new("hosting").text(&text).print();
        output.file(path, print, Effort::None, || Ok(text.into_bytes()))?;
    }
    Ok(())
}

/// How many articles are in work at once: as the tree and the page of an article take some twenty times the memory of its
/// JSON, and a quarter of what may be used is for them.
fn batch(memory: usize, spool: &Spool) -> usize {
    ((memory << 20) / 4 / (n_bytes_each(spool) * 20)).clamp(16, 4_096)
}

/// How many bytes of JSON an article has, more or less.
fn n_bytes_each(spool: &Spool) -> usize {
    spool.length() as usize / spool.entries.len().max(1) + 1
}
