//! Raw HTML in Markdown: what the tree has a place for is read, everything else is text.

mod sketch;

use offprint_article::content::NODES_MAX;
use offprint_article::{Block, parse_markdown};
use sketch::sketch;

#[track_caller]
fn check(markdown: &str, expect: &str) {
    assert_eq!(sketch(&parse_markdown(markdown)), expect, "{markdown}");
}

#[test]
fn marks() {
    check(
        "H<sub>2</sub>O, x<SUP class=a>2</SUP>, <kbd>Ctrl</kbd>+<kbd>C</kbd>, <mark>this</mark>",
        "P(HSUB(2)O, xSUP(2), KBD(Ctrl)+KBD(C), MARK(this))",
    );
    check(
        "<b>*a*</b> <i>b</i> <del>c</del> <code>a *b* &lt;</code>",
        "P(S(E(a)) E(b) D(c) C(a b <))",
    );
    check(
        "<abbr title=\"World Wide &amp; Web\">WWW</abbr> <abbr>X</abbr>",
        "P(ABBR:\"World Wide & Web\"(WWW) X)",
    );
    check("a<br>b<br/>c<BR />d", "P(aBRbBRcBRd)");
    // What is open ends with the paragraph, and what was not opened is no end.
    check("a <b>b\n\nc</b> d", "P(a S(b)) P(c d)");
    check("*a <b>b* c</b>", "P(E(a S(b)) c)");
    check("<b>a <i>b</b> c</i>", "P(S(a E(b)) c)");
    check("<span style=\"x\">a</span> <u>b</u>", "P(a b)");
}

#[test]
fn links_and_pictures() {
    check(
        "<a href=\"/x?a&amp;b\" target=_blank onclick='y()' title=t>a **b**</a>",
        "P(A:/x?a&b \"t\"(a S(b)))",
    );
    check("<a href=x><a href=y>a</a></a>", "P(A:x(a))");
    check("[a <a href=y>b</a>](x)", "P(A:x(a b))");
    check(
        "<a href=x>[a](y) <https://z.org></a>",
        "P(A:x(a https://z.org))",
    );
    check(
        "<a href=x>a[^1]</a>\n\n[^1]: b",
        "P(A:x(a[^1])) NOTE1#op-note_1<>(P(b))",
    );
    check("<a href=x>\n\na\n\n</a>", "P(a)");
    check("<a name=x>a</a> <a>b</a>", "P(a b)");
    check(
        "<a href=\"javascript:x\">a</a> <a href=\"&#106;avascript&colon;x\">b</a> <a href=\"java\tscript:x\">c</a>",
        "P(a b c)",
    );
    check(
        "x <img src=a.png alt=\"A &gt; B\" width=10 height=\"20px\" title=t onerror=x>",
        "P(x IMG:a.png 10x20 \"t\"[A > B])",
    );
    check("<img src=a.png alt=A width=0 height=x>", "FIG:a.png[A]()");
    check("<img src=\"javascript:x\" alt=A>", "P(A)");
    check("<img alt=A>", "P(A)");
}

#[test]
fn figures() {
    check(
        "<figure>\n<img src=a.png alt=A width=4 height=3>\n<figcaption>A <em>b</em>. <small>Photo: c</small></figcaption>\n</figure>",
        "FIG:a.png 4x3[A](A E(b). BY(Photo: c))",
    );
    check(
        "<figure><img src=a.png><figcaption>A <cite>c</cite></figcaption></figure>\n\ntext",
        "FIG:a.png[](A BY(c)) P(text)",
    );
    check(
        "<figure>\n\n![A](a.png)\n\n<figcaption>\n\nWith *Markdown*\n\n</figcaption>\n</figure>",
        "FIG:a.png[A](With E(Markdown))",
    );
    check(
        "<figure><blockquote>Q</blockquote><figcaption>Who</figcaption></figure>",
        "QUOTE(P(Q)) P(Who)",
    );
    check(
        "<figure><img src=a.png><img src=b.png><figcaption>Both</figcaption></figure>",
        "P(IMG:a.png[]IMG:b.png[]) P(Both)",
    );
}

#[test]
fn the_title_of_a_picture_stays_its_title_beside_a_caption() {
    let document =
        parse_markdown("<figure><img src=a.png title=T><figcaption>C</figcaption></figure>");
    let Some(Block::Figure { image, .. }) = document.blocks.first() else {
        panic!("no figure: {document:?}");
    };
    assert_eq!(image.title.as_deref(), Some("T"));
}

#[test]
fn nothing_of_a_caption_is_lost() {
    check(
        "<figure><img src=a.png title=T><figcaption>C</figcaption></figure>",
        "FIG:a.png[](C)",
    );
    check(
        "<figure><img src=a.png><figcaption>A <small>b</small> c <small>d</small></figcaption><figcaption>E</figcaption></figure>",
        "FIG:a.png[](A cBRE BY(bBRd))",
    );
    // What a gallery says of itself is not about its last picture.
    check(
        "<figure><figure><img src=a.png><figcaption>A <small>b</small></figcaption></figure><figcaption>C</figcaption></figure>",
        "FIG:a.png[](A BY(b)) P(C)",
    );
    check(
        "<figure><figure><img src=a.png><figcaption>A <small>b</small></figcaption></figure></figure>",
        "FIG:a.png[](A BY(b))",
    );
    check(
        "<table><caption>A <small>b</small></caption><tr><th>c<th>d<tr><td>e<td>f</table>",
        "P(ABRb) TABLE--(c|d / e|f)",
    );
}

#[test]
fn blocks() {
    check("<p>a\n  b</p><p>c", "P(a b) P(c)");
    check("<div>a<p>b</div>\n\nc *d*", "P(a) P(b) P(c E(d))");
    check("<div>\n\n*a*\n\n</div>", "P(E(a))");
    check("<h3>A</h3>\n<h5>B</h5>", "H2#op-a(A) H3#op-b(B)");
    check(
        "<ul><li>a<li><p>b</p><ul><li>c</ul></ul>",
        "UL~(LI(P(a)) LI(P(b) UL(LI(P(c)))))",
    );
    check(
        "<ol start=3>\n<li>a</li>\n<li>b</li></ol>",
        "OL3(LI(P(a)) LI(P(b)))",
    );
    check("<ul>\n<li>\n\n**a**\n\n</li>\n</ul>", "UL~(LI(P(S(a))))");
    check(
        "Text: <ul><li>a</li></ul> more",
        "P(Text:) UL(LI(P(a))) P(more)",
    );
    check("<blockquote>a<br>b</blockquote>", "QUOTE(P(aBRb))");
    check(
        "<pre><code class=\"x language-rust\">\n a &lt; <b>b</b>\n</code></pre>",
        "PRE:rust( a < b\n)",
    );
    check("a\n\n<hr>\n\nb", "P(a) HR P(b)");
    check("<dl><dt>T<dd>D</dl>", "P(S(T)) P(D)");
    check("- a <p>b</p>", "UL~(LI(P(a) P(b)))");
    check("- a <div>b</div>", "UL~(LI(P(a) P(b)))");
    // In running text, what stands in code may be Markdown.
    check(
        "a <pre>b *c* `d`<br>e[^1] <img src=x alt=F></pre> g\n\n[^1]: H",
        "P(a) PRE:(b c d\ne[^1] F\n) P(g) NOTE1#op-note_1<>(P(H))",
    );
    check("a<code></code>b", "P(ab)");
    check("<!-- no --> a\n\n<!-- no\nno -->\nb", "P(a) P(b)");
    check("a <!-- no --> b", "P(a  b)");
}

#[test]
fn tables() {
    check(
        "<table border=1><caption>C</caption><thead><tr><th>a</th><th>b</th></tr></thead>\n<tbody><tr><td>1<td>2<tr><td colspan=2>3</table>",
        "P(C) TABLE--(a|b / 1|2 / 3|)",
    );
    check(
        "<table><tr><td>a</td><td>b</td></tr></table>",
        "TABLE--(| / a|b)",
    );
    check(
        "<table>\n\n<tr>\n<td>\n\n*a*\n\n- b\n- c\n\n</td>\n<td>d</td>\n</tr>\n\n</table>\n\ne",
        "TABLE--(| / E(a)BR• bBR• c|d) P(e)",
    );
    check("<table><tr><td><p>a</p></td></tr></table>", "P(a)");
    check(
        "<table>x<tr><td>a<td>b</table>y",
        "P(x) TABLE--(| / a|b) P(y)",
    );
    check(
        "<table><tr><th>a<td><b>b</table>\n\n*c*",
        "TABLE--(| / a|S(b)) P(E(c))",
    );
    check("|a|b|\n|-|-|\n|<td>c|d</td>|", "TABLE--(a|b / c|d)");
    check("<td>a</td>", "P(a)");
    // A head may have an empty corner, and headings over several columns.
    check(
        "<table><tr><td></td><th>a<th colspan=2>b<tr><th>c<td>1<td>2<td>3</table>",
        "TABLE----(|a|b| / c|1|2|3)",
    );
    check(
        "<table><tr><td></td><td></td><tr><td>a<td>b</table>",
        "TABLE--(| / | / a|b)",
    );
    // A cell over several rows keeps its place in each, and holds nothing in all but the first.
    check(
        "<table><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>",
        "TABLE---(a|b| / |c|d / 1|2|3 / |4|5)",
    );
    check(
        "<table><tr><td>a<td rowspan=9>b<tr><td>c<tr></table>d",
        "TABLE--(| / a|b / c| / |) P(d)",
    );
    // The numbers of a list end where they can be counted no further.
    check(
        "<table><tr><td><ol start=18446744073709551615><li>a<li>b</ol><td>c</table>",
        "TABLE--(| / 18446744073709551615. aBR18446744073709551615. b|c)",
    );
}

#[test]
fn cells_that_claim_many_columns_are_counted() {
    let n_cells = 3 * NODES_MAX as usize / 100;
    let document = parse_markdown(&["<table><tr>", &"<td colspan=100>a".repeat(n_cells)].concat());
    // Beyond the cap they are text, and take up no columns.
    assert!(document.blocks.len() < NODES_MAX as usize / 50);
}

#[test]
fn indented_parts_of_a_table_are_no_code() {
    check(
        "<table>\n  <tr>\n    <th>a</th>\n\n    <th>b</th>\n  </tr>\n\n  <tr>\n    <td>c</td>\n\n    <td>d</td>\n  </tr>\n</table>",
        "TABLE--(a|b / c|d)",
    );
}

#[test]
fn everything_else_is_text() {
    check("<script>alert(1)</script>", "P(<script>alert(1)</script>)");
    check(
        "a <iframe src=x></iframe> <svg/onload=x> <math>",
        "P(a <iframe src=x></iframe> <svg/onload=x> <math>)",
    );
    check("a <x-y z=\"<b>\">", "P(a <x-y z=\"<b>\">)");
    check(
        "<?php a ?> <!DOCTYPE html> <![CDATA[b]]>",
        "P(<?php a ?> <!DOCTYPE html> <![CDATA[b]]>)",
    );
    check("<div\n*a*", "P(<div *a*)");
    check(
        "<div>a < b &lt;i&gt; &nope; &amp</div>",
        "P(a < b <i> &nope; &amp)",
    );
}

#[test]
fn abbreviations() {
    check(
        "The HTML of a W3C, XHTML and HTML5. *HTML*, `HTML`, [W3C](x)\n\n*[HTML]: HyperText Markup\n*[W3C]: World *Wide*",
        "P(The HTML of a W3C, XHTML and HTML5. E(HTML), C(HTML), A:x(W3C)) P(*[HTML]: HyperText Markup\n*[W3C]: World E(Wide))",
    );
    check(
        "The HTML of a W3C, XHTML. *HTML* `HTML`\n\n*[HTML]: HyperText Markup\n*[W3C]: Consortium",
        "P(The ABBR:\"HyperText Markup\"(HTML) of a ABBR:\"Consortium\"(W3C), XHTML. E(ABBR:\"HyperText Markup\"(HTML)) C(HTML))",
    );
    check(
        "HTML\n\n\\*[HTML]: HyperText Markup",
        "P(HTML) P(*[HTML]: HyperText Markup)",
    );
    check(
        "e.g. this, e.g.\n\n*[e.g.]: for example\n\n*[x]:",
        "P(ABBR:\"for example\"(e.g.) this, ABBR:\"for example\"(e.g.)) P(*[x]:)",
    );
}
