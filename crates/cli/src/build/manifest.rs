//! `manifest.webmanifest` (W3C Web Application Manifest): [`manifest`], by which a site can be installed.

use super::Site;
use serde_json::{Value, json};

/// The colours of a page without a theme, those of `--op-paper` in the style sheet.
pub const PAPER: &str = "#fcfbf8";
/// The same for dark pages.
pub const PAPER_DARK: &str = "#151412";

/// Under an icon there is room for about so many characters.
const SHORT_MAX: usize = 12;

/// More than four, systems do not show.
const SHORTCUTS_MAX: usize = 4;

/// The type of a file of what a person has saved (`docs/offline.md`).
pub const SAVED_TYPE: &str = "application/x-offprint";

/// What the icons are for, and their sizes, by their names. The systems that draw no SVG take pictures.
const ICONS: [(&str, &str, &str); 6] = [
    ("icon.svg", "any", "any"),
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable.svg", "any", "maskable"),
    ("icon-maskable-512.png", "512x512", "maskable"),
    ("icon-mono.svg", "any", "monochrome"),
];

/// What the manifest is made of.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    /// The site.
    pub site: &'a Site,
    /// `ltr`, `rtl` or `auto`.
    pub direction: &'a str,
    /// Names and the paths of their pages, in their order.
    pub categories: &'a [(String, String)],
    /// The icons that there are.
    pub icons: &'a [&'a str],
    /// Whether articles can be saved.
    pub is_offline: bool,
}

/// The manifest.
pub fn manifest(of: &Of) -> String {
    let Of {
        site, direction, ..
    } = *of;
    let color = site.theme_color.as_deref().unwrap_or(PAPER);
    let icons = ICONS.iter().filter(|(name, ..)| of.icons.contains(name));
    let icons: Vec<Value> = icons
        .map(|(name, sizes, purpose)| {
            let kind = match name.ends_with(".png") {
                true => "image/png",
                false => "image/svg+xml",
            };
            json!({"src": name, "sizes": sizes, "type": kind, "purpose": purpose})
        })
        .collect();
    let saved = of.is_offline.then_some(("Saved", "saved/"));
    let categories = of.categories.iter().map(|(name, path)| (&**name, &**path));
    let shortcuts = saved.into_iter().chain(categories).take(SHORTCUTS_MAX);
    let shortcuts: Vec<Value> = shortcuts
        .map(|(name, path)| json!({"name": name, "url": format!("./{path}")}))
        .collect();
    let mut manifest = json!({
        "name": site.title,
        "short_name": short(&site.title),
        "start_url": "./",
        "scope": "./",
        "dir": direction,
        "display": "standalone",
        "display_override": ["standalone", "minimal-ui", "browser"],
        "theme_color": color,
        "background_color": color,
        "icons": icons,
        // What is shared or opened does not take the place of what is being read.
        "launch_handler": {"client_mode": ["navigate-new", "auto"]},
        // Words that are shared are searched for; a title only where there are no others: of two, the reader takes the last.
        "share_target": {"action": "./", "method": "GET", "enctype": "application/x-www-form-urlencoded", "params": {"title": "q", "text": "q"}},
        "categories": ["news", "magazines"],
    });
    // An id is resolved against the host alone: `./` would be one for all sites of a host. Without one it is `start_url`.
    let members = [
        ("id", site.base_url.as_ref().map(|url| json!(url.path()))),
        ("description", site.description.as_ref().map(|it| json!(it))),
        ("lang", site.language.as_ref().map(|it| json!(it))),
        (
            "shortcuts",
            (!shortcuts.is_empty()).then_some(json!(shortcuts)),
        ),
        (
            "file_handlers",
            of.is_offline
                .then_some(json!([{"action": "./saved/", "accept": {SAVED_TYPE: [".offprint"]}}])),
        ),
    ];
    for (name, value) in members {
        if let Some(value) = value {
            manifest[name] = value;
        }
    }
    format!("{manifest:#}\n")
}

/// The first words of a title, or its first characters.
fn short(title: &str) -> String {
    let mut short = String::new();
    for word in title.split_whitespace() {
        let length = short.chars().count() + word.chars().count();
        if length + usize::from(!short.is_empty()) > SHORT_MAX {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    match short.is_empty() {
        true => title.trim().chars().take(SHORT_MAX).collect(),
        false => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::sample::HOSTILE;

    #[test]
    fn short_names() {
        for (title, expect) in [
            ("Offprint", "Offprint"),
            ("The Offprint Review", "The Offprint"),
            ("Harbour Review", "Harbour"),
            ("Donaudampfschiff", "Donaudampfsc"),
            ("藍から出でて藍より青しと言う", "藍から出でて藍より青しと"),
            ("", ""),
        ] {
            assert_eq!(short(title), expect);
        }
    }

    #[test]
    fn all_members() {
        let mut site = Site {
            title: "The Review".to_string(),
            ..Site::default()
        };
        let read = |site: &Site, categories: &[(String, String)]| {
            let of = Of {
                site,
                direction: "ltr",
                categories,
                icons: &["icon.svg", "icon-mono.svg", "icon-touch.png"],
                is_offline: !categories.is_empty(),
            };
            serde_json::from_str::<Value>(&manifest(&of)).unwrap()
        };
        let bare = read(&site, &[]);
        for absent in ["id", "description", "lang", "shortcuts", "file_handlers"] {
            assert_eq!(bare.get(absent), None);
        }
        let purposes = bare["icons"].as_array().unwrap().iter();
        let purposes: Vec<&Value> = purposes.map(|icon| &icon["purpose"]).collect();
        assert_eq!(purposes, ["any", "monochrome"]);
        assert_eq!(bare["share_target"]["params"]["text"], "q");
        assert_eq!(bare["theme_color"], PAPER);
        site.base_url = Some("https://example.org/news/".parse().unwrap());
        site.theme_color = Some("#123".to_string());
        site.language = Some("en".to_string());
        let categories: Vec<_> = HOSTILE
            .iter()
            .map(|name| (name.to_string(), "category/a/".to_string()))
            .collect();
        let full = read(&site, &categories);
        assert_eq!(full["id"], "/news/");
        assert_eq!(full["theme_color"], "#123");
        assert_eq!(full["lang"], "en");
        assert_eq!(full["shortcuts"].as_array().unwrap().len(), SHORTCUTS_MAX);
        for (ix, name, url) in [(0, "Saved", "./saved/"), (1, HOSTILE[0], "./category/a/")] {
            assert_eq!(full["shortcuts"][ix], json!({"name": name, "url": url}));
        }
        let opened = &full["file_handlers"][0];
        assert_eq!(opened["action"], "./saved/");
        assert_eq!(opened["accept"][SAVED_TYPE][0], ".offprint");
    }
}
