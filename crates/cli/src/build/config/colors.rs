//! Custom properties of the reader that a publisher may set: [`Properties`], checked, with their contrasts (WCAG 2.2, 1.4.3).

use super::table::{Findings, Remark, Value, code};
use std::ops::Range;

/// The colours, with the reader's own values for light and dark pages.
const COLORS: [(&str, &str, &str); 9] = [
    ("paper", "#fcfbf8", "#151412"),
    ("raised", "#f3f0e9", "#201e1b"),
    ("ink", "#1c1a17", "#ece8e0"),
    ("muted", "#5d584f", "#aaa498"),
    ("rule", "#dcd6ca", "#3a3630"),
    ("field", "#8a8478", "#7d776c"),
    ("accent", "#8f1f17", "#f2a08f"),
    ("warn", "#8a5a00", "#e0b45c"),
    ("hit", "#ffe9a8", "#5b4a12"),
];

const FONTS: [&str; 3] = ["serif", "sans", "mono"];

const WIDTHS: [&str; 2] = ["measure", "width"];

/// Colours in which text is written on the colour `paper`.
const OF_TEXT: [&str; 4] = ["ink", "muted", "accent", "warn"];

/// Text of usual size needs it.
const CONTRAST_MIN: f64 = 4.5;

/// What was set.
#[derive(Default)]
pub(super) struct Properties {
    colors: Vec<Color>,
    others: Vec<(&'static str, String)>,
}

struct Color {
    name: &'static str,
    light: String,
    dark: String,
    path: String,
    span: Range<usize>,
}

impl Properties {
    /// `accent = "#8f1f17"`, or `accent = { light = "#8f1f17", dark = "#f2a08f" }`.
    pub(super) fn colors(&mut self, value: &Value, findings: &mut Findings) {
        let Some(table) = value.table(findings) else {
            return;
        };
        let names = COLORS.map(|(name, ..)| name);
        for (name, value) in table.known(&names, findings) {
            let (mut light, mut dark) = match defaults(name) {
                Some((light, dark)) => (light.to_string(), dark.to_string()),
                None => continue,
            };
            match value.as_table() {
                Some(pair) => {
                    for (which, value) in pair.known(&["light", "dark"], findings) {
                        if let Some(text) = color(&value, findings) {
                            *(if which == "light" {
                                &mut light
                            } else {
                                &mut dark
                            }) = text;
                        }
                    }
                }
                None => match color(&value, findings) {
                    Some(text) => (light, dark) = (text.clone(), text),
                    None => continue,
                },
            }
            self.colors.push(Color {
                name,
                light,
                dark,
                path: value.path,
                span: value.span,
            });
        }
    }

    /// `serif = "Charter, Georgia, serif"`
    pub(super) fn fonts(&mut self, value: &Value, findings: &mut Findings) {
        let Some(table) = value.table(findings) else {
            return;
        };
        for (name, value) in table.known(&FONTS, findings) {
            let Some(text) = value.text(findings) else {
                continue;
            };
            let is_safe =
                |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-' | '"' | '\'');
            let is_closed = |quote: char| text.matches(quote).count() % 2 == 0;
            if text.chars().all(is_safe) && is_closed('"') && is_closed('\'') {
                self.others.push((name, text.to_string()));
            } else {
                let help = "write Charter, \"Source Serif 4\", serif";
                let expected = "names of fonts, with commas between them";
                value.bad::<()>(expected, &format!("`{text}`"), help, findings);
            }
        }
    }

    /// `measure = "37rem"`
    pub(super) fn widths(&mut self, value: &Value, findings: &mut Findings) {
        let Some(table) = value.table(findings) else {
            return;
        };
        for (name, value) in table.known(&WIDTHS, findings) {
            let Some(text) = value.text(findings) else {
                continue;
            };
            let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let number = text[..text.len() - unit.len()].parse::<f64>();
            let is_right = number.is_ok_and(|number| number > 0.0)
                && matches!(unit, "rem" | "em" | "px" | "ch");
            match is_right {
                true => self.others.push((name, text.to_string())),
                false => {
                    let expected = "a length in rem, em, px or ch";
                    value.bad::<()>(expected, &format!("`{text}`"), "write 37rem", findings);
                }
            }
        }
    }

    /// Warns of text that is hard to read. Only colours that are written with `#` can be compared.
    pub(super) fn check_contrast(&self, findings: &mut Findings) {
        let set = |name: &str| self.colors.iter().find(|color| color.name == name);
        let paper = set("paper");
        for name in OF_TEXT {
            let Some(place) = set(name).or(paper) else {
                continue;
            };
            for is_light in [true, false] {
                let (text, paper) = (self.value(name, is_light), self.value("paper", is_light));
                let Some(contrast) = contrast(text, paper) else {
                    continue;
                };
                if contrast < CONTRAST_MIN {
                    let pages = if is_light { "light" } else { "dark" };
                    findings.warn(Remark {
                        code: code::LOW_CONTRAST,
                        path: &place.path,
                        span: place.span.clone(),
                        expected: "a contrast of 4.5 : 1 between text and paper",
                        // Not rounded up to what would be enough.
                        found: format!(
                            "{:.1} : 1 between {name} {text} and paper {paper} on {pages} pages",
                            (contrast * 10.0).floor() / 10.0
                        ),
                        help: Some(
                            "people with weak sight, and everybody in the sun, need it".to_string(),
                        ),
                    });
                }
            }
        }
    }

    /// The colour of the paper, if it was set.
    pub(super) fn paper(&self, is_light: bool) -> Option<String> {
        let is_set = self.colors.iter().any(|color| color.name == "paper");
        is_set.then(|| self.value("paper", is_light).to_string())
    }

    fn value(&self, name: &str, is_light: bool) -> &str {
        let set = self.colors.iter().find(|color| color.name == name);
        let pair = set.map(|color| (&*color.light, &*color.dark));
        let (light, dark) = pair.or(defaults(name)).unwrap_or_default();
        if is_light { light } else { dark }
    }

    /// One rule with all that was set.
    pub(super) fn css(&self) -> String {
        let colors = self.colors.iter().map(|color| {
            let Color {
                name, light, dark, ..
            } = color;
            match light == dark {
                true => format!("--op-{name}:{light};"),
                false => format!("--op-{name}:light-dark({light},{dark});"),
            }
        });
        let others = self
            .others
            .iter()
            .map(|(name, text)| format!("--op-{name}:{text};"));
        let all: String = colors.chain(others).collect();
        match all.is_empty() {
            true => all,
            false => format!(":root{{{all}}}\n"),
        }
    }
}

fn defaults(name: &str) -> Option<(&'static str, &'static str)> {
    let (_, light, dark) = COLORS.iter().find(|(known, ..)| *known == name)?;
    Some((light, dark))
}

fn color(value: &Value, findings: &mut Findings) -> Option<String> {
    let text = value.text(findings)?;
    if is_color(text) {
        return Some(text.to_string());
    }
    let help = "write #8f1f17, rebeccapurple or oklch(45% 0.15 30)";
    value.bad("a colour of CSS", &format!("`{text}`"), help, findings)
}

/// A name, `#` and digits, or one of the functions that make a colour of numbers.
fn is_color(text: &str) -> bool {
    const FUNCTIONS: [&str; 10] = [
        "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color",
    ];
    if let Some(digits) = text.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    match text.split_once('(') {
        None => text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()),
        Some((function, inside)) => {
            let is_inside = |c: char| c.is_ascii_alphanumeric() || " .,%/+-".contains(c);
            FUNCTIONS.contains(&&*function.to_ascii_lowercase())
                && inside
                    .strip_suffix(')')
                    .is_some_and(|inside| inside.chars().all(is_inside))
        }
    }
}

/// The contrast ratio of two opaque colours, from 1 to 21.
fn contrast(a: &str, b: &str) -> Option<f64> {
    let (a, b) = (luminance(a)?, luminance(b)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

/// The relative luminance of WCAG 2.2.
fn luminance(color: &str) -> Option<f64> {
    let digits: Vec<u32> = color
        .strip_prefix('#')?
        .chars()
        .map(|c| c.to_digit(16))
        .collect::<Option<_>>()?;
    let parts = match *digits {
        [r, g, b] => [r * 17, g * 17, b * 17],
        [r, s, g, h, b, c] => [r * 16 + s, g * 16 + h, b * 16 + c],
        _ => return None,
    };
    let [r, g, b] = parts.map(|part| {
        let part = f64::from(part) / 255.0;
        match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        }
    });
    Some(0.2126 * r + 0.7152 * g + 0.0722 * b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_of_css() {
        let right = "#fff #1c1a17 #12345678 red RebeccaPurple rgb(1,2,3)";
        for text in right
            .split(' ')
            .chain(["oklch(45% 0.15 30 / 50%)", "color(display-p3 1 0 0)"])
        {
            assert!(is_color(text), "{text}");
        }
        for text in [
            "#ff",
            "#ggg",
            "",
            "1",
            "red;",
            "url(x)",
            "rgb(1,2,3",
            "rgb(1);a:b(2)",
            "var(--x)",
            "re d",
        ] {
            assert!(!is_color(text), "{text}");
        }
    }

    #[test]
    fn contrasts() {
        #[track_caller]
        fn check(a: &str, b: &str, expect: Option<f64>) {
            let hundredths = |n: f64| (n * 100.0).floor() / 100.0;
            assert_eq!(contrast(a, b).map(hundredths), expect);
            assert_eq!(contrast(b, a).map(hundredths), expect);
        }
        check("#000", "#ffffff", Some(21.0));
        check("#fff", "#fff", Some(1.0));
        // The examples that everybody names: grey on white, just enough and just not.
        check("#767676", "#fff", Some(4.54));
        check("#777", "#fff", Some(4.47));
        check("red", "#fff", None);
        check("#ffffff80", "#fff", None);
    }

    /// The table is that of the style sheet, and the reader's own colours are readable.
    #[test]
    fn the_tables_are_those_of_the_style_sheet() {
        let css = include_str!("../../../../../www/offprint.css");
        for (name, light, dark) in COLORS {
            let line = format!("--{name}: var(--op-{name}, light-dark({light}, {dark}));");
            assert!(css.contains(&line), "{line}");
            if OF_TEXT.contains(&name) {
                assert!(contrast(light, "#fcfbf8").is_some_and(|n| n > CONTRAST_MIN));
                assert!(contrast(dark, "#151412").is_some_and(|n| n > CONTRAST_MIN));
            }
        }
        // The size of letters is for pages of others: on a site of one's own it is the page's.
        assert!(css.contains("var(--op-size,"));
        let n_properties = css.matches("var(--op-").count();
        assert_eq!(n_properties, COLORS.len() + FONTS.len() + WIDTHS.len() + 1);
        for name in FONTS.iter().chain(&WIDTHS) {
            assert!(css.contains(&format!("var(--op-{name},")), "{name}");
        }
    }
}
