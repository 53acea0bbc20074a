//! Inputs on which Markdown parsers are known to take longer than in proportion, or on which ours might: [`INPUTS`].

/// Makes an input of about so many bytes.
pub type Make = fn(usize) -> String;

/// Their names, and how each is made.
pub const INPUTS: [(&str, Make); 40] = [
    ("plain text", |n| "a plain text of words\n".repeat(n / 22)),
    ("nested brackets [[[", |n| "[".repeat(n)),
    ("nested brackets [[[]]]", |n| {
        "[".repeat(n / 2) + &"]".repeat(n / 2)
    }),
    ("links that are none [a](", |n| "[a](".repeat(n / 4)),
    ("links in links [a](b", |n| "[a](b".repeat(n / 5)),
    ("nested images ![", |n| "![".repeat(n / 2)),
    ("nested images ![a](", |n| {
        "![".repeat(n / 8) + "a" + &"](b)".repeat(n / 8)
    }),
    ("[^", |n| "[^".repeat(n / 2)),
    ("[^a] without notes", |n| "[^a] ".repeat(n / 5)),
    ("references to one note", |n| {
        "[^a] ".repeat(n / 5) + "\n\n[^a]: b"
    }),
    ("many notes", |n| {
        (0..n / 20)
            .map(|i| format!("[^{i}]\n\n[^{i}]: a\n\n"))
            .collect()
    }),
    ("notes in notes", |n| {
        (0..n / 24)
            .map(|i| format!("[^{i}]: a [^{}]\n\n", i + 1))
            .collect::<String>()
            + "[^0]"
    }),
    ("emphasis *a **a", |n| "*a **a ".repeat(n / 7)),
    ("emphasis a**b", |n| {
        "a**b".repeat(n / 4) + &"c* ".repeat(n / 4)
    }),
    ("emphasis *_*_", |n| "*_".repeat(n / 2)),
    ("emphasis _ a _", |n| "_ a _b ".repeat(n / 7)),
    ("strikethrough ~~a ~", |n| "~~a ~".repeat(n / 5)),
    ("code `a``b```", |n| {
        (1..)
            .map(|i: usize| "`".repeat(i % 500 + 1) + "a")
            .take(n / 250)
            .collect()
    }),
    ("tables of many columns", |n| {
        let side = (n as f64 / 2.0).sqrt() as usize;
        format!(
            "{0}\n{1}\n{2}",
            "|a".repeat(side),
            "|-".repeat(side),
            "|\n".repeat(n / 2)
        )
    }),
    ("tables of many rows", |n| {
        "|a|b|\n|-|-|\n".to_string() + &"|c|d|\n".repeat(n / 6)
    }),
    ("lines of a table that is none", |n| "a|b\n".repeat(n / 4)),
    ("link definitions", |n| {
        (0..n / 14).map(|i| format!("[{i}]: /{i}\n")).collect()
    }),
    ("one long definition", |n| {
        format!("[a]: /{}\n\n{}", "b".repeat(n / 2), "[a] ".repeat(n / 8))
    }),
    ("deep quotations >>>", |n| ">".repeat(n)),
    ("deep quotations, many lines", |n| {
        "> > > > > > > > a\n".repeat(n / 18)
    }),
    ("deep lists", |n| {
        (0..(n as f64).sqrt() as usize)
            .map(|i| " ".repeat(i * 2) + "- a\n")
            .collect()
    }),
    ("lists of one letter", |n| "* ".repeat(n / 2)),
    ("entities", |n| "&amp;&nope;&#97;".repeat(n / 16)),
    ("autolinks www.", |n| "www.".repeat(n / 4)),
    ("autolinks a@", |n| "a@".repeat(n / 2)),
    ("autolinks with brackets", |n| {
        format!("http://a.b/{}", "(".repeat(n / 2) + &")".repeat(n / 2))
    }),
    ("headings of one name", |n| "# a\n".repeat(n / 4)),
    ("html <a", |n| "<a ".repeat(n / 3)),
    ("html <a x='", |n| {
        "<div>\n".to_string() + &"<a x='".repeat(n / 6)
    }),
    ("html <b>", |n| "<b>".repeat(n / 3)),
    ("html <div>", |n| "<div>\n".repeat(n / 6)),
    ("html <ul><li>", |n| "<ul><li>".repeat(n / 8)),
    ("html </b>", |n| "<b>".repeat(30) + &"</i>".repeat(n / 4)),
    ("html colspan", |n| {
        format!("<table><tr>{}", "<td colspan=100>a<tr>".repeat(n / 21))
    }),
    ("abbreviations", |n| {
        let defined: String = (0..200).map(|i| format!("*[a{i}]: b{i}\n")).collect();
        format!("{defined}\n{}", "a1 a199 ".repeat(n / 8))
    }),
];
