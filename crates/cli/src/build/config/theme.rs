//! The publisher's own style sheet: [`read`] checks that it is one, and that it asks nobody else for anything.

use super::table::{Findings, Remark, Value, code};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;

/// It is part of each first visit: a page with its style sheet is to be small.
const SIZE_MAX: u64 = 64 << 10;

/// The style sheet that the command line names: with nothing in it that a style sheet in `offprint.toml` may not have.
pub fn open(file: &Path) -> Result<String> {
    let name = file.display();
    let size = fs::metadata(file).map_or(0, |data| data.len());
    ensure!(
        size <= SIZE_MAX,
        "{name} has {} kB, and a style sheet may have 64: every page loads it before anything is shown",
        size >> 10
    );
    let bytes = fs::read(file).with_context(|| format!("{name} cannot be read"))?;
    let Ok(css) = String::from_utf8(bytes) else {
        bail!("{name} is no style sheet in UTF-8; save it as one");
    };
    let css = css.trim_start_matches('\u{feff}');
    if let Some(other) = other_than_css(css) {
        bail!(
            "{name} is no style sheet: it looks like {other}; write rules such as a {{ color: navy }}"
        );
    }
    if let Some(Foreign { line, found }) = foreign(css).first() {
        bail!("{found} in line {line} of {name} loads something from elsewhere; {CURE}");
    }
    Ok(css.to_string())
}

const CURE: &str =
    "pages ask nobody else for anything: put what it loads beside it, or into it as data:";

/// The style sheet of a name beside `offprint.toml`.
pub(super) fn read(value: &Value, folder: &Path, findings: &mut Findings) -> Option<String> {
    let name = value.text(findings)?;
    let file = folder.join(name);
    let mut say = |code, expected: &str, found: String, help: Option<&str>| {
        findings.error(Remark {
            code,
            path: &value.path,
            span: value.span.clone(),
            expected,
            found,
            help: help.map(str::to_string),
        });
    };
    let size = fs::metadata(&file).map(|data| data.len());
    if size.as_ref().is_ok_and(|size| *size > SIZE_MAX) {
        let found = format!("{} kB", size.unwrap_or_default() >> 10);
        let help = "every page loads it before anything is shown";
        say(
            code::THEME,
            "a style sheet of at most 64 kB",
            found,
            Some(help),
        );
        return None;
    }
    match fs::read(&file).map(String::from_utf8) {
        Err(error) => {
            let found = format!("{}: {error}", file.display());
            say(
                code::NO_FILE,
                "a style sheet beside offprint.toml",
                found,
                None,
            );
            None
        }
        Ok(Err(_)) => {
            let found = format!("{}, which is not", file.display());
            say(code::THEME, "a style sheet in UTF-8", found, None);
            None
        }
        Ok(Ok(css)) => {
            let css = css.trim_start_matches('\u{feff}');
            if let Some(other) = other_than_css(css) {
                let found = format!("{name}, which looks like {other}");
                say(code::THEME, "a style sheet", found, None);
            }
            for Foreign { line, found } in foreign(css) {
                let found = format!("{found} in line {line} of {name}");
                let expected = "a style sheet that loads nothing from elsewhere";
                say(code::THEME, expected, found, Some(CURE));
            }
            Some(css.to_string())
        }
    }
}

/// What a text is that is no style sheet, as far as its beginning tells. A browser would pass over all of it without a word.
fn other_than_css(css: &str) -> Option<&'static str> {
    let mut rest = css.trim_start();
    while let Some(behind) = rest.strip_prefix("/*") {
        rest = behind.split_once("*/").map_or("", |(_, rest)| rest);
        rest = rest.trim_start();
    }
    match rest.chars().next()? {
        '<' => Some("a web page or a drawing"),
        '{' => Some("JSON"),
        // `@layer base;` alone is one.
        _ if rest.contains(['{', ';']) => None,
        _ => Some("a text without rules"),
    }
}

/// Something that a style sheet would load from elsewhere.
#[derive(Debug, PartialEq, Eq)]
struct Foreign {
    line: usize,
    found: String,
}

/// Goes through the tokens that can load something (CSS Syntax §4): `@import`, `url(…)`, and texts, as in `image-set("…")`.
fn foreign(css: &str) -> Vec<Foreign> {
    let mut list = Vec::new();
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let line = || 1 + css[..css.len() - rest.len()].matches('\n').count();
        let lower = |n: usize| rest.get(..n).map(str::to_ascii_lowercase);
        let (value, n_token) = if rest.starts_with("/*") {
            (None, rest.find("*/").map_or(rest.len(), |end| end + 2))
        } else if lower(7).as_deref() == Some("@import") {
            list.push(Foreign {
                line: line(),
                found: "`@import`".to_string(),
            });
            (None, 7)
        } else if lower(4).as_deref() == Some("url(") {
            let inside = rest[4..].trim_start();
            match inside.starts_with(['"', '\'']) {
                true => (None, rest.len() - inside.len()),
                false => {
                    let end = inside.find(')').unwrap_or(inside.len());
                    (Some(&inside[..end]), rest.len() - inside.len() + end)
                }
            }
        } else if c == '"' || c == '\'' {
            let n_text = text_length(&rest[1..], c);
            (Some(&rest[1..1 + n_text]), (n_text + 2).min(rest.len()))
        } else {
            (None, c.len_utf8())
        };
        if let Some(value) = value.map(unescaped)
            && is_elsewhere(&value)
        {
            list.push(Foreign {
                line: line(),
                found: format!("`{value}`"),
            });
        }
        rest = rest.get(n_token..).unwrap_or_default();
    }
    list
}

/// How long a text is up to its closing quotation mark, or to the end of its line.
fn text_length(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    let end = text.find(|c| {
        let is_end = !is_escaped && (c == quote || c == '\n');
        is_escaped = !is_escaped && c == '\\';
        is_end
    });
    end.unwrap_or(text.len())
}

/// `\68ttp` is `http`: up to six hexadecimal digits, and a space after them.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let mut code = 0;
        let mut n_digits = 0;
        while let Some(digit) = chars.peek().and_then(|c| c.to_digit(16))
            && n_digits < 6
        {
            code = code * 16 + digit;
            n_digits += 1;
            chars.next();
        }
        if n_digits == 0 {
            plain.extend(chars.next());
        } else {
            chars.next_if(char::is_ascii_whitespace);
            plain.push(char::from_u32(code).unwrap_or('\u{fffd}'));
        }
    }
    plain
}

fn is_elsewhere(url: &str) -> bool {
    // Browsers read a backslash as a slash, and over line breaks and tabs.
    let url: String = url.trim().replace('\\', "/");
    let url: String = url.chars().filter(|c| !c.is_ascii_control()).collect();
    let url = url.to_ascii_lowercase();
    ["http:", "https:", "//", "ftp:", "ws:", "wss:"]
        .iter()
        .any(|start| url.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(css: &str, expect: &[(usize, &str)]) {
        let found = foreign(css);
        let found: Vec<(usize, &str)> = found.iter().map(|f| (f.line, &*f.found)).collect();
        assert_eq!(found, expect, "{css}");
    }

    #[test]
    fn what_is_loaded_from_elsewhere_is_found() {
        check("a { b: url(x.png) }\n@import 'x'", &[(2, "`@import`")]);
        check("\na{b:URL( http://c/d )}", &[(2, "`http://c/d `")]);
        check("a{b:url( \"//c/d\" )}", &[(1, "`//c/d`")]);
        check("a{b:image-set('https://c' 1x)}", &[(1, "`https://c`")]);
        check(r"a{b:url(\68 ttp://c)}", &[(1, "`http://c`")]);
        check("a{b:url(\\/\\/c)}", &[(1, "`//c`")]);
        check(
            "@ImPort url(https://c);",
            &[(1, "`@import`"), (1, "`https://c`")],
        );
    }

    #[test]
    fn what_is_no_style_sheet() {
        for (text, expect) in [
            ("", None),
            ("/* nothing */", None),
            ("/* a */ /* b */ a { b: c }", None),
            ("@layer base;", None),
            (
                "\n<!doctype html><style>a{}</style>",
                Some("a web page or a drawing"),
            ),
            ("{\"a\": 1}", Some("JSON")),
            ("theme", Some("a text without rules")),
        ] {
            assert_eq!(other_than_css(text), expect, "{text}");
        }
    }

    #[test]
    fn what_is_not_is_left_alone() {
        check("/* @import url(http://c) */ a{}", &[]);
        check(
            "a{b:url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\")}",
            &[],
        );
        check("a{content:'see http://c'}", &[]);
        check("a{b:url(images/ä.png)} /* unclosed", &[]);
        check("a{b:'unclosed\n}b{c:url(", &[]);
        check("\\", &[]);
        check("'\\", &[]);
    }
}
