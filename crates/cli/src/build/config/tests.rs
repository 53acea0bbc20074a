//! The file as publishers write it, rightly and wrongly.

use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

/// A folder with the files that the cases name. It is written once: a file that is written again is empty for a moment, in which
/// another case may read it.
fn folder() -> PathBuf {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = std::env::temp_dir().join(format!("offprint-config-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("logo.svg"), "<svg/>").unwrap();
        fs::write(folder.join("theme.css"), "a{}").unwrap();
        fs::write(folder.join("import.css"), "\n@import 'x';").unwrap();
        fs::write(folder.join("latin.css"), b"a{}/* \xe4 */").unwrap();
        fs::write(folder.join("long.css"), " ".repeat(65_537)).unwrap();
        folder
    });
    FOLDER.clone()
}

const WHOLE: &str = r##"
title = " Tides "
description = "About the sea"
language = "en-GB"
base_url = "https://example.org/tides"
logo = "logo.svg"
theme = "theme.css"
footer = "*The desk*"
per_page = 20
latest = 1_000
oembed = false
menu = [{ label = "About", url = "about/" }]

[colors]
paper = { light = "#fff" }
accent = "#767676"

[fonts]
serif = 'Charter, "Source Serif 4", serif'

[widths]
measure = "40rem"

[categories]
order = ["Science", "News & Politics"]
slugs = { "News & Politics" = "news" }
"##;

#[test]
fn a_whole_file() {
    let reading = parse("offprint.toml", WHOLE.to_string(), &folder());
    let Config {
        site,
        theme_css,
        logo_file,
        per_page,
        latest,
        ..
    } = &reading.config;
    assert_eq!(site.title, "Tides");
    assert_eq!(site.description.as_deref(), Some("About the sea"));
    assert_eq!(site.language.as_deref(), Some("en-GB"));
    assert_eq!(
        site.address("a/").as_deref(),
        Some("https://example.org/tides/a/")
    );
    assert_eq!(site.logo.as_deref(), Some("logo.svg"));
    assert_eq!(logo_file, &Some(folder().join("logo.svg")));
    assert_eq!(site.footer.as_deref(), Some("*The desk*"));
    assert_eq!((*per_page, *latest), (Some(20), Some(1000)));
    assert!(site.no_oembed);
    assert_eq!(site.menu.len(), 1);
    assert_eq!(site.category_order, ["Science", "News & Politics"]);
    assert_eq!(
        site.category_slugs,
        [("News & Politics".to_string(), "news".to_string())]
    );
    assert_eq!(site.theme_color.as_deref(), Some("#fff"));
    assert_eq!(site.theme_color_dark.as_deref(), Some("#151412"));
    let css = ":root{--op-paper:light-dark(#fff,#151412);--op-accent:#767676;\
               --op-serif:Charter, \"Source Serif 4\", serif;--op-measure:40rem;}\na{}";
    assert_eq!(theme_css.as_deref(), Some(css));
    // The grey is readable on white, and not on the reader's dark paper.
    let [finding] = &reading.findings[..] else {
        panic!("{:?}", reading.findings);
    };
    assert_eq!(
        finding.found,
        "4.0 : 1 between accent #767676 and paper #151412 on dark pages"
    );
    assert!(!reading.has_errors());
}

/// `line:column code path: expected …, found …; help`
#[track_caller]
fn check(toml: &str, expect: &[&str]) {
    let reading = parse("offprint.toml", toml.to_string(), &folder());
    let found: Vec<String> = reading
        .findings
        .iter()
        .map(|finding| {
            let (line, column) = finding.place.as_ref().unwrap().start;
            let help = finding
                .help
                .as_ref()
                .map_or(String::new(), |help| format!("; {help}"));
            let Finding {
                code,
                path,
                expected,
                found,
                ..
            } = finding;
            format!("{line}:{column} {code} {path}: expected {expected}, found {found}{help}")
        })
        .collect();
    assert_eq!(found.len(), expect.len(), "{found:#?}");
    for (found, expect) in found.iter().zip(expect) {
        assert!(found.starts_with(expect), "{found}\n{expect}");
    }
    assert_eq!(reading.messages().len(), expect.len());
}

#[test]
fn mistakes_have_a_place_and_a_cure() {
    check("", &[]);
    check(
        "titel = \"x\"\n\n[colours]\na = 1\n[categories]\nordre = []",
        &[
            "1:1 unknown-key titel: expected a key that is known, found `titel`; did you mean `title`?",
            "3:2 unknown-key colours: expected a key that is known, found `colours`; did you mean `colors`?",
            "6:1 unknown-key categories.ordre: expected a key that is known, found `ordre`; did you mean `order`?",
        ],
    );
    check(
        "x = 1",
        &["1:1 unknown-key x: expected a key that is known, found `x`; known are title, "],
    );
    check(
        "title = 5\nmenu = { label = \"a\" }\nfooter = \" \"\nper_page = 0\nlatest = \"10\"\nlanguage = 2026-02-02",
        &[
            "1:9 wrong-type title: expected a text, found the number 5",
            "2:1 wrong-type menu: expected a list, found a table",
            "3:10 bad-value footer: expected a text, found an empty one; leave the key out",
            "4:12 bad-value per_page: expected a whole number from 1 to 1000, found 0",
            "5:10 wrong-type latest: expected a whole number from 0 to 1000000000, found the text \"10\"",
            "6:12 wrong-type language: expected a text, found the date 2026-02-02",
        ],
    );
    check(
        "oembed = \"no\"",
        &["1:10 wrong-type oembed: expected true or false, found the text \"no\""],
    );
    check(
        "language = \"English please\"\nbase_url = \"example.org\"\nlogo = \"javascript:x\"",
        &[
            "1:12 bad-value language: expected a language tag, found \"English please\"; write en, ",
            "2:12 bad-value base_url: expected an absolute address of the web, found \"example.org\"; write https://",
            "3:8 bad-value logo: expected the address of a picture, found \"javascript:x\"",
        ],
    );
    check(
        "logo = \"none.svg\"",
        &["1:8 no-file logo: expected a file beside offprint.toml, found no file "],
    );
    check(
        "menu = [{ label = \"a\" }, { url = \"javascript:b\", label = \"b\" }, 3, { lable = \"c\", url = \"c\" }]",
        &[
            "1:9 bad-value menu[0]: expected a label and a url, found only one of them",
            "1:34 bad-value menu[1].url: expected an address that may be linked, found \"javascript:b\"",
            "1:65 wrong-type menu[2]: expected a table, found the number 3",
            "1:70 unknown-key menu[3].lable: expected a key that is known, found `lable`; did you mean `label`?",
        ],
    );
    check(
        "[categories]\norder = [\"A\", \"A\"]\nslugs = { A = \"a b\", B = \"c\", C = \"c\" }",
        &[
            "2:15 bad-value categories.order[1]: expected each category once, found \"A\" again",
            "3:15 bad-value categories.slugs.A: expected letters, digits and hyphens, found \"a b\"; write \"a-b\"",
            "3:35 bad-value categories.slugs.C: expected a slug of its own, found \"c\", which is that of B",
        ],
    );
    check(
        "[colors]\nacent = \"red\"\nink = \"url(x)\"\nrule = { lite = \"red\" }\nhit = 3\n[fonts]\nsans = \"a;}b{\"\n[widths]\nwidth = \"wide\"",
        &[
            "2:1 unknown-key colors.acent: expected a key that is known, found `acent`; did you mean `accent`?",
            "3:7 bad-value colors.ink: expected a colour of CSS, found `url(x)`; write #8f1f17, ",
            "4:10 unknown-key colors.rule.lite: expected a key that is known, found `lite`; known are light, dark",
            "5:7 wrong-type colors.hit: expected a text, found the number 3",
            "7:8 bad-value fonts.sans: expected names of fonts, with commas between them, found `a;}b{`; write ",
            "9:9 bad-value widths.width: expected a length in rem, em, px or ch, found `wide`; write 37rem",
        ],
    );
    check("title = \"x\"\ndescription = \"y", &["2:1"]);
    check(
        "title = \"x\"\ntitle = \"y\"",
        &["2:1 toml-syntax : expected TOML, found `title`; duplicate key"],
    );
}

#[test]
fn style_sheets_are_checked() {
    check("theme = \"theme.css\"", &[]);
    check(
        "theme = \"none.css\"",
        &["1:9 no-file theme: expected a style sheet beside offprint.toml, found "],
    );
    check(
        "theme = \"latin.css\"",
        &["1:9 bad-theme theme: expected a style sheet in UTF-8, found "],
    );
    check(
        "theme = \"long.css\"",
        &["1:9 bad-theme theme: expected a style sheet of at most 64 kB, found 64 kB"],
    );
    let expect = "1:9 bad-theme theme: expected a style sheet that loads nothing from elsewhere, found `@import` in line 2 of import.css; ";
    check("theme = \"import.css\"", &[expect]);
}

#[test]
fn the_file_is_found_in_the_folder_of_the_first_input_or_beside_it() {
    let folder = std::env::temp_dir().join(format!("offprint-find-{}", std::process::id()));
    let inside = folder.join("articles");
    fs::create_dir_all(&inside).unwrap();
    let at = |path: &Path| path.display().to_string();
    let find_for = |input: &Path| find(None, &[at(input)]).unwrap();
    assert_eq!(find_for(&inside), None);
    fs::write(folder.join(FILE), "").unwrap();
    assert_eq!(find_for(&inside), Some(folder.join(FILE)));
    assert_eq!(
        find_for(&folder.join("articles.json")),
        Some(folder.join(FILE))
    );
    fs::write(inside.join(FILE), "").unwrap();
    assert_eq!(find_for(&inside), Some(inside.join(FILE)));
    assert_eq!(find(None, &["-".to_string()]).unwrap(), None);
    assert_eq!(
        find(Some(&folder.join(FILE)), &[]).unwrap(),
        Some(folder.join(FILE))
    );
    assert!(find(Some(&folder.join("none.toml")), &[]).is_err());
    fs::remove_dir_all(&folder).unwrap();
}

proptest! {
    /// Any damage is a finding, and never a panic.
    #[test]
    fn damaged_files_are_read(at in 0..WHOLE.len(), insert in "[\\[\\]{}=\"'#.a1 \n]{0,3}", n_cut in 0..9_usize) {
        let cut = WHOLE.get(at + n_cut..).unwrap_or_default();
        let Some(start) = WHOLE.get(..at) else { return Ok(()) };
        let reading = parse("offprint.toml", [start, &insert, cut].concat(), Path::new("none"));
        prop_assert_eq!(reading.messages().len(), reading.findings.len());
    }
}
