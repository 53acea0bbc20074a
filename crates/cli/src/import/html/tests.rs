//! HTML → Markdown, element by element, and what must not cost time.

use super::*;

/// What a fragment becomes, and what was dropped: `(what, why)` in short.
#[track_caller]
fn check(html: &str, expect: &str) {
    check_losses(html, expect, &[]);
}

#[track_caller]
fn check_losses(html: &str, expect: &str, dropped: &[&str]) {
    let mut losses = Losses::of("test");
    let found = markdown(
        html,
        "here",
        Some("https://example.org/a/b.html"),
        &mut losses,
    );
    assert_eq!(found, expect, "{html}");
    let found: Vec<&str> = losses.list().iter().map(|loss| &*loss.what).collect();
    assert_eq!(found, dropped, "{html}");
    let document = document(
        html,
        "here",
        Some("https://example.org/a/b.html"),
        &mut losses,
    );
    let words = |text: &str| {
        text.split_whitespace()
            .map(String::from)
            .collect::<Vec<_>>()
    };
    let tree = article::plain_text(&document);
    let again = article::plain_text(&article::parse_markdown(expect));
    assert_eq!(
        words(&tree),
        words(&again),
        "the Markdown says what the tree says: {html}"
    );
}

#[test]
fn running_text() {
    check("One  <b>two</b>\n three", "One **two** three");
    check("<p>One<p>Two", "One\n\nTwo");
    check("a<b> b </b>c", "a **b** c");
    check("<b>a</b><b>b</b>", "**ab**");
    check("<b><strong>a</strong></b>", "**a**");
    check("<i>a</i> <em>b</em> <cite>c</cite>", "*a* *b* *c*");
    check("<del>a</del> <s>b</s>", "~~a~~ ~~b~~");
    check(
        "H<sub>2</sub>O, 2<sup>3</sup>",
        "H<sub>2</sub>O, 2<sup>3</sup>",
    );
    check(
        "<kbd>Esc</kbd> <mark>now</mark>",
        "<kbd>Esc</kbd> <mark>now</mark>",
    );
    check(
        "<code>a b</code> <tt>c</tt> <samp>d</samp>",
        "`a b` `c` `d`",
    );
    check(
        "<code>a<a href='/x'>b</a></code>",
        "`a`[`b`](https://example.org/x)",
    );
    check(
        "<abbr title='Hypertext'>HT</abbr>",
        "<abbr title=\"Hypertext\">HT</abbr>",
    );
    check("<q>so</q>", "“so”");
    check("one<br>two", "one\\\ntwo");
    check("one<br><br>two", "one\n\ntwo");
    check("<br>one<br>", "one");
    check("<b>one<br></b>two", "**one**\\\ntwo");
    check("<b></b><i> </i>", "");
    check("a&nbsp;b &amp; c", "a\u{a0}b & c");
    check("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)");
    check(
        "<span><font color='red'>a</font></span><unknown>b</unknown>",
        "ab",
    );
    check(
        "not *a* list: <p>1. x</p><p># y</p>",
        "not \\*a\\* list:\n\n1\\. x\n\n\\# y",
    );
    check("<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->", "a");
    check_losses("<u>a</u> <ins>b</ins>", "a b", &["2 underlined texts"]);
}

#[test]
fn links() {
    check(
        "<a href='c.html'>x</a>",
        "[x](https://example.org/a/c.html)",
    );
    check(
        "<a href='//cdn.example/a'>x</a>",
        "[x](https://cdn.example/a)",
    );
    check(
        "<a href='/a' title='T'>x</a>",
        "[x](https://example.org/a \"T\")",
    );
    check("<a name='x'>x</a>", "x");
    check("<a href=''>x</a>", "x");
    check(
        "<a href='/a'><div>one</div><div>two</div></a>",
        "[one](https://example.org/a)\n\n[two](https://example.org/a)",
    );
    check("<a href='/a'> x </a>y", "[x](https://example.org/a) y");
    check(
        "<a href='/a'><img src='b.png' alt='B'></a>",
        "[![B](https://example.org/a/b.png)](https://example.org/a)",
    );
    check_losses(
        "<a href='javascript:alert(1)'>x</a>",
        "x",
        &["<a href=\"javascript:alert(1)\">"],
    );
}

#[test]
fn blocks() {
    check("<h1>A</h1><h3>B</h3><p>c", "# A\n\n### B\n\nc");
    check("<h2>A<br>b</h2>", "## A b");
    check("<h2><p>A</p></h2>", "## A");
    check(
        "<h2><img src='/a.png' alt='A'></h2>",
        "![A](https://example.org/a.png)",
    );
    check("<ul><li>a<li>b</ul>", "- a\n- b");
    check("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b");
    check("<ol start=3><li>a<li>b</ol>", "3. a\n4. b");
    check("<ul><li>a<ul><li>b</ul></ul>", "- a\n  - b");
    check("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b");
    check(
        "<ul><li><input type=checkbox checked> a<li><input type=checkbox>b</ul>",
        "- [x] a\n- [ ] b",
    );
    check("<ul></ul><ol><li></li></ol>", "");
    check_losses(
        "<ol type=a reversed><li>a</ol>",
        "1. a",
        &["2 way of numbering a lists"],
    );
    check("<blockquote><p>a</p><p>b</blockquote>", "> a\n>\n> b");
    check(
        "<pre><code class='language-rust'>fn a() {\n  b\n}</code></pre>",
        "```rust\nfn a() {\n  b\n}\n```",
    );
    check("<pre>\na<br>b</pre>", "```\na\nb\n```");
    check(
        "<div class='highlight-source-js'><pre>a</pre></div>",
        "```js\na\n```",
    );
    check("a<hr>b", "a\n\n___\n\nb");
    check("<dl><dt>A<dd>b<dd>c</dl>", "**A**\n\nb\n\nc");
    check("<details><summary>A</summary>b</details>", "**A**\n\nb");
    check(
        "<b>one<p>two</p>three</b>",
        "**one**\n\n**two**\n\n**three**",
    );
    check_losses(
        "<blockquote cite='https://a.example/'>a</blockquote>",
        "> a",
        &["the attribute cite=\"https://a.example/\" of a <blockquote>"],
    );
}

#[test]
fn tables() {
    check(
        "<table><tr><th>A<th>B<tr><td>1<td>2</table>",
        "| A | B |\n| --- | --- |\n| 1 | 2 |",
    );
    check(
        "<table><caption>C</caption><thead><tr><td>A<td align=right>B</thead><tbody><tr><td>1<td>2</table>",
        "C\n\n| A | B |\n| --- | --: |\n| 1 | 2 |",
    );
    check(
        "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
        "|  |  |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |",
    );
    check(
        "<table><tr><th><th>A<tr><th>x<td>1</table>",
        "|  | A |\n| --- | --- |\n| x | 1 |",
    );
    check_losses(
        "<table><tr><th>A<th colspan=2>B<tr><td rowspan=2>1<td>2<td>3<tr><td>4</table>",
        "| A | B |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| 1 | 4 |  |",
        &["2 merged cells"],
    );
    check_losses(
        "<table><tr><th>K<th>A<tr><th scope=row>x<td>1</table>",
        "| K | A |\n| --- | --- |\n| x | 1 |",
        &["1 row heading"],
    );
    check("<table><tr><td><h2>A</h2><p>b</table>", "## A\n\nb");
    check("<table role=presentation><tr><td>a<td>b</table>", "a\n\nb");
    check("<table><tr><td></table>", "");
    check_losses(
        "<table><tr><th>A<th>B<tr><td><ul><li>a<li>b</ul><td>x|y<br>z</table>",
        "| A | B |\n| --- | --- |\n| • a<br>• b | x\\|y<br>z |",
        &["1 table cell with blocks"],
    );
}

#[test]
fn pictures() {
    check("<img src=a.png alt=A>", "![A](https://example.org/a/a.png)");
    check(
        "x <img src=/a.png alt=A> y",
        "x ![A](https://example.org/a.png) y",
    );
    check(
        "<img src=/a.png alt=A title='T t'>",
        "![A](https://example.org/a.png \"T t\")",
    );
    check(
        "<img src='data:image/gif;base64,R0lGOD' data-src='/real.jpg'>",
        "![](https://example.org/real.jpg)",
    );
    check(
        "<img src='/placeholder.png' srcset='/s.jpg 400w, /l.jpg 800w'>",
        "![](https://example.org/l.jpg)",
    );
    check(
        "<img data-srcset='/a,b.jpg 1x,/c.jpg 2x'>",
        "![](https://example.org/c.jpg)",
    );
    check(
        "<img data-src='/a.jpg'><noscript><img src='/a.jpg'></noscript>",
        "![](https://example.org/a.jpg)",
    );
    check(
        "<img src='data:image/svg+xml,x'><noscript><img src='/a.jpg'></noscript>",
        "![](https://example.org/a.jpg)",
    );
    check(
        "<noscript><img src='/a.jpg'></noscript>",
        "![](https://example.org/a.jpg)",
    );
    check(
        "<picture><source srcset='/a.avif 1x'><img src='data:image/gif;base64,R0' alt=A></picture>",
        "![A](https://example.org/a.avif)",
    );
    check(
        "<img src=/a.png width=600 height=400 alt=A>",
        "<figure>\n<img src=\"https://example.org/a.png\" alt=\"A\" width=\"600\" height=\"400\">\n<figcaption></figcaption>\n</figure>",
    );
    check_losses(
        "<img src=/p.gif width=1 height=1>",
        "",
        &["<img src=\"/p.gif\">"],
    );
    check_losses(
        "a<img src='data:image/gif;base64,R0'>",
        "a",
        &["<img src=\"data:image/gif;base64,R0\">"],
    );
    check_losses(
        "<img src='javascript:x' alt='A b'>",
        "",
        &["<img src=\"javascript:x\"> A b"],
    );
}

#[test]
fn figures() {
    let image = "![A](https://example.org/a.png";
    check(
        "<figure><img src=/a.png alt=A><figcaption>C c</figcaption></figure>",
        &format!("{image} \"C c\")"),
    );
    check(
        "<div class='wp-caption'><img src=/a.png alt=A><p class='wp-caption-text'>C</p></div>",
        &format!("{image} \"C\")"),
    );
    check(
        "<figure><pre>x</pre><figcaption>C</figcaption></figure>",
        "```\nx\n```\n\nC",
    );
    check(
        "<figure><blockquote>x</blockquote><figcaption>Who</figcaption></figure>",
        "> x\n\nWho",
    );
    check(
        "<figure><img src=/a.png alt=A><img src=/b.png alt=B><figcaption>C</figcaption></figure>",
        "![A](https://example.org/a.png)\n\n![B](https://example.org/b.png)\n\nC",
    );
    check_losses(
        "<figure><a href='/big'><img src=/a.png alt=A></a><figcaption>C</figcaption></figure>",
        &format!("{image} \"C\")"),
        &["the link to https://example.org/big around a picture"],
    );
    let credited = [
        "<figure><img src=/a.png alt=A><figcaption>C <small>Me</small></figcaption></figure>",
        "<figure><img src=/a.png alt=A><figcaption><span>C</span> <cite>Me</cite></figcaption></figure>",
        "<figure><div><img src=/a.png alt=A></div><figcaption>C<span class='photo-credit'>Me</span></figcaption></figure>",
        "<figure><img src=/a.png alt=A><span class='Credit'>Me</span><figcaption>C</figcaption></figure>",
    ];
    for html in credited {
        let document = document(
            html,
            "here",
            Some("https://example.org/"),
            &mut Losses::of("test"),
        );
        let [
            Block::Figure {
                caption, credit, ..
            },
        ] = document.blocks.as_slice()
        else {
            panic!("{html}: {document:?}");
        };
        let text = |line: &[article::Inline]| article::inline_text(line);
        assert_eq!(
            (text(caption).as_str(), text(credit).as_str()),
            ("C", "Me"),
            "{html}"
        );
    }
}

#[test]
fn what_has_no_place_is_told() {
    check_losses(
        "a<script>b()</script><style>c{}</style>d",
        "ad",
        &["<script>", "<style>"],
    );
    check_losses(
        "<iframe src='https://www.youtube.com/embed/x'></iframe>",
        "[Video: youtube.com](https://www.youtube.com/embed/x)",
        &["<iframe src=\"https://www.youtube.com/embed/x\">"],
    );
    check_losses(
        "<video><source src='/a.mp4'>No video</video>",
        "[Video: example.org](https://example.org/a.mp4)",
        &["<video>", "the text in <video>: No video"],
    );
    check_losses(
        "<iframe src='javascript:x'></iframe>",
        "",
        &["<iframe src=\"javascript:x\">"],
    );
    check_losses(
        "<iframe src='/t' width=1 height=1></iframe>",
        "",
        &["<iframe src=\"/t\">"],
    );
    check_losses(
        "<object data='/a.pdf' title='The paper'><p>Text</p></object>",
        "[Embedded: The paper](https://example.org/a.pdf)\n\nText",
        &["<object data=\"/a.pdf\">"],
    );
    check_losses(
        "<form>Name <input name=a> <button>Send</button></form>",
        "Name",
        &["<input name=\"a\">", "<button> Send"],
    );
    check_losses(
        "<p style='color:red'>a <span style='x'>b</span>",
        "a b",
        &["2 style attributes"],
    );
    check_losses(
        "a <svg><title>T</title><text>x</text></svg>",
        "a T x",
        &["<svg>"],
    );
    check_losses(
        "<math><mi>x</mi><annotation>x^2</annotation></math>",
        "`x^2`",
        &["<math>"],
    );
    check_losses("a<p hidden>b c</p>", "a", &["<p> b c"]);
}

#[test]
fn texts() {
    assert_eq!(
        plain("A <b>b</b>&amp;c<br>d<p>e</p><script>f</script>"),
        "A b&c d e"
    );
    assert_eq!(unescaped("A &#8211; <b> &amp; c"), "A – <b> & c");
    let mut losses = Losses::of("test");
    assert_eq!(
        inline_markdown("<p>a <b>b</b></p><p>c</p>", "here", None, &mut losses),
        "a **b**\\\nc"
    );
    assert_eq!(inline_markdown(" ", "here", None, &mut losses), "");
}

#[test]
fn relative_addresses_stay_where_no_base_is_known() {
    let mut losses = Losses::of("test");
    let found = markdown(
        "<a href='c.html'>x</a> <a href='#n'>y</a>",
        "here",
        None,
        &mut losses,
    );
    assert_eq!(found, "[x](c.html) y");
    assert_eq!(losses.list()[0].what, "1 link within the page");
}

/// Each of these once took a stack or a square of the time in one parser or another.
#[test]
fn depth_and_repetition_do_no_harm() {
    let n = 100_000;
    let cases = [
        "<div>".repeat(n) + "end",
        "<b>".repeat(n) + "end",
        "<font color=x><p>a".repeat(n / 10) + "end",
        "<div><b a=1>x</div>".repeat(n / 10) + "end",
        "<ul><li>".repeat(n / 10) + "end",
        "<blockquote>".repeat(n / 10) + "end",
        "<table><tr><td>".repeat(n / 10) + "end",
        "<svg><td>".repeat(n / 10) + "end",
        "<svg>".to_string() + &"<g>".repeat(n) + "end",
        "<a href='/'>".repeat(n / 10) + "end",
        "</p>".repeat(n) + "end",
        "<p>a</b>".repeat(n / 10) + "end",
        "<table><tr>".to_string() + &"<td>a".repeat(150) + "</table>end",
        "<tr><td rowspan=1000 colspan=1000>a".repeat(200) + "end",
        "<figure>".to_string() + &"<figcaption>a".repeat(n / 100) + "end",
        "<abbr title='a'>".repeat(n / 10) + "end",
    ];
    for html in cases {
        let mut losses = Losses::of("test");
        let found = document(&html, "here", None, &mut losses);
        let text = article::plain_text(&found);
        assert!(text.contains("end"), "{}…", &html[..html.len().min(40)]);
        let markdown = article::to_markdown(&found);
        assert!(markdown.contains("end"));
    }
}
