//! The keys of the file, and what they may say: [`read`].

use super::super::MenuItem;
use super::super::offline::ARTICLES_MAX;
use super::table::{Findings, Remark, Table, Value, code};
use super::{Config, NamedCategory, colors, theme};
use article::{SafeUrl, folder_name, is_folder_name, is_slug, slug};
use std::path::Path;
use toml::de::DeTable;
use url::Url;

const KEYS: [&str; 17] = [
    "title",
    "description",
    "language",
    "base_url",
    "logo",
    "theme",
    "menu",
    "footer",
    "per_page",
    "latest",
    "oembed",
    "offline",
    "categories",
    "colors",
    "fonts",
    "widths",
    "$schema",
];

/// Reads the whole file. Files that it names stand in `folder`.
pub(super) fn read(file: &DeTable, folder: &Path, findings: &mut Findings) -> Config {
    let mut config = Config::default();
    let mut properties = colors::Properties::default();
    let mut own_css = None;
    for (key, value) in Table::root(file).known(&KEYS, findings) {
        let site = &mut config.site;
        let text = |findings: &mut Findings| value.text(findings).map(str::to_string);
        match key {
            "title" => site.title = text(findings).unwrap_or_default(),
            "description" => site.description = text(findings),
            "language" => site.language = language(&value, findings),
            "base_url" => site.base_url = base_url(&value, findings),
            "logo" => logo(&value, folder, &mut config, findings),
            "theme" => {
                own_css = theme::read(&value, folder, findings);
                let name = own_css.as_ref().and_then(|_| value.text(findings));
                config.theme_file = name.map(|name| folder.join(name));
            }
            "menu" => site.menu = menu(&value, findings),
            "footer" => site.footer = text(findings),
            "per_page" => config.per_page = value.number(1..1001, findings),
            "latest" => config.latest = value.number(0..1_000_000_001, findings),
            "oembed" => site.no_oembed = value.flag(findings) == Some(false),
            "offline" => offline(&value, &mut config, findings),
            "categories" => categories(&value, &mut config, findings),
            "colors" => properties.colors(&value, findings),
            "fonts" => properties.fonts(&value, findings),
            "widths" => properties.widths(&value, findings),
            _ => {}
        }
    }
    properties.check_contrast(findings);
    config.site.theme_color = properties.paper(true);
    config.site.theme_color_dark = properties.paper(false);
    let css = [properties.css(), own_css.unwrap_or_default()].concat();
    config.theme_css = (!css.is_empty()).then_some(css);
    config
}

/// A tag as of RFC 5646, as far as its form goes.
fn language(value: &Value, findings: &mut Findings) -> Option<String> {
    let text = value.text(findings)?;
    let mut parts = text.split('-');
    let is_first = |part: &str| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let is_other = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if parts.next().is_some_and(is_first) && parts.all(is_other) {
        return Some(text.to_string());
    }
    let help = "write en, de, pt-BR, zh-Hant";
    value.bad("a language tag", &format!("\"{text}\""), help, findings)
}

fn base_url(value: &Value, findings: &mut Findings) -> Option<Url> {
    let text = value.text(findings)?;
    let url = Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
    });
    let Some(mut url) = url else {
        return value.bad(
            "an absolute address of the web",
            &format!("\"{text}\""),
            "write https://example.org/ or https://example.org/articles/",
            findings,
        );
    };
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Some(url)
}

fn logo(value: &Value, folder: &Path, config: &mut Config, findings: &mut Findings) {
    let Some(text) = value.text(findings) else {
        return;
    };
    let Some(url) = SafeUrl::image(text) else {
        let found = format!("\"{text}\"");
        return value
            .bad("the address of a picture", &found, "", findings)
            .unwrap_or_default();
    };
    if !url.is_external() && !text.starts_with("data:") {
        let file = folder.join(text.trim_start_matches('/'));
        if !file.is_file() {
            findings.error(Remark {
                code: code::NO_FILE,
                path: &value.path,
                span: value.span.clone(),
                expected: "a file beside offprint.toml",
                found: format!("no file {}", file.display()),
                help: None,
            });
            return;
        }
        config.logo_file = Some(file);
    }
    config.site.logo = Some(url.as_str().to_string());
}

fn menu(value: &Value, findings: &mut Findings) -> Vec<MenuItem> {
    let mut menu = Vec::new();
    for item in value.list(findings).unwrap_or_default() {
        let Some(table) = item.table(findings) else {
            continue;
        };
        let (mut label, mut url) = (None, None);
        let n_before = findings.count();
        for (key, value) in table.known(&["label", "url"], findings) {
            match key {
                "label" => label = value.text(findings),
                _ => url = link(&value, findings),
            }
        }
        match (label, url) {
            (Some(label), Some(url)) => menu.push(MenuItem {
                label: label.to_string(),
                url,
            }),
            _ if findings.count() > n_before => {}
            _ => {
                let expected = "a label and a url";
                item.bad::<()>(expected, "only one of them", "", findings);
            }
        }
    }
    menu
}

fn link(value: &Value, findings: &mut Findings) -> Option<String> {
    let text = value.text(findings)?;
    match SafeUrl::link(text) {
        Some(url) => Some(url.as_str().to_string()),
        None => {
            let found = format!("\"{text}\"");
            let help = "write about/, https://example.org/ or mailto:desk@example.org";
            value.bad("an address that may be linked", &found, help, findings)
        }
    }
}

fn offline(value: &Value, config: &mut Config, findings: &mut Findings) {
    let Some(table) = value.table(findings) else {
        return;
    };
    for (key, value) in table.known(&["enabled", "articles"], findings) {
        match key {
            "enabled" => config.no_offline = value.flag(findings) == Some(false),
            _ => config.offline_articles = value.number(0..ARTICLES_MAX + 1, findings),
        }
    }
}

fn categories(value: &Value, config: &mut Config, findings: &mut Findings) {
    let Some(table) = value.table(findings) else {
        return;
    };
    for (key, value) in table.known(&["order", "slugs"], findings) {
        if key == "order" {
            for name in value.list(findings).unwrap_or_default() {
                let order = &mut config.site.category_order;
                match name.text(findings) {
                    Some(text) if order.iter().any(|other| other == text) => {
                        let found = format!("\"{text}\" again");
                        name.bad::<()>("each category once", &found, "", findings);
                    }
                    Some(text) => {
                        order.push(text.to_string());
                        config.categories.push(NamedCategory {
                            name: text.to_string(),
                            path: name.path,
                            span: name.span,
                        });
                    }
                    None => {}
                }
            }
        } else if let Some(slugs) = value.table(findings) {
            for (name, value) in slugs.all() {
                let slugs = &mut config.site.category_slugs;
                let Some(text) = value.text(findings) else {
                    continue;
                };
                config.categories.push(NamedCategory {
                    name: name.to_string(),
                    path: value.path.clone(),
                    span: value.span.clone(),
                });
                let found = format!("\"{text}\"");
                if !is_slug(text) {
                    let help = match slug(text) {
                        slug if slug.is_empty() => String::new(),
                        slug => format!("write \"{slug}\""),
                    };
                    let expected = "letters, digits and hyphens";
                    value.bad::<()>(expected, &found, &help, findings);
                } else if !is_folder_name(text) {
                    let help = format!("write \"{}\"", folder_name(text));
                    let expected = "what can be the name of a folder on any system";
                    value.bad::<()>(expected, &found, &help, findings);
                } else if let Some((other, _)) = slugs.iter().find(|(_, slug)| slug == text) {
                    let found = format!("{found}, which is that of {other}");
                    value.bad::<()>("a slug of its own", &found, "", findings);
                } else {
                    slugs.push((name.to_string(), text.to_string()));
                }
            }
        }
    }
}
