//! Markdown to tree, in tables.

use offprint_article::{parse_markdown, plain_text};

mod sketch;

#[track_caller]
fn check(input: &str, expect: &str) {
    assert_eq!(sketch::sketch(&parse_markdown(input)), expect);
}

#[test]
fn blocks() {
    check("", "");
    check("one\ntwo\n\nthree", "P(one\ntwo) P(three)");
    check("> one\n>\n> two", "QUOTE(P(one) P(two))");
    check(
        "- one\n- two\n  - three",
        "UL(LI(P(one)) LI(P(two) UL(LI(P(three)))))",
    );
    check("3. one\n\n4. two", "OL3~(LI(P(one)) LI(P(two)))");
    check(
        "- [x] done\n- [ ] open",
        "UL(LI[x](P(done)) LI[ ](P(open)))",
    );
    check("- [x] done\n\n  more", "UL~(LI[x](P(done) P(more)))");
    check(
        "- one\n  ```\n  a\n  ```\n  two",
        "UL(LI(P(one) PRE:(a\n) P(two)))",
    );
    check("- one\n  # h", "UL(LI(P(one) H2#op-h(h)))");
    check("```Rust,ignore\nfn\n  a\n```", "PRE:rust(fn\n  a\n)");
    check(
        "```c++ x\na\n```\n~~~<b>\na\n~~~\n\n    indented",
        "PRE:c++(a\n) PRE:(a\n) PRE:(indented\n)",
    );
    check("a\n***\nb", "P(a) HR P(b)");
    check(
        "|a|b|\n|:-|-:|\n|*c*|\n|d|e|f|",
        "TABLE<>(a|b / E(c)| / d|e)",
    );
    check("|a|b|c|\n|-|:-:|-|", "TABLE-^-(a|b|c)");
}

#[test]
fn inlines() {
    check(
        "*a* **b** ~~c~~ `d` e  \nf\\\ng",
        "P(E(a) S(b) D(c) C(d) eBRfBRg)",
    );
    check("***a*** *b **c** d*", "P(E(S(a)) E(b S(c) d))");
    check("&copy; &lt; \\* a\\_b", "P(© < * a_b)");
    check(
        "[a *b*](https://x.org \"t\") [c]\n\n[c]: /d",
        "P(A:https://x.org \"t\"(a E(b)) A:/d(c))",
    );
    check("a ![b *c*](d.png \"e\") f", "P(a IMG:d.png \"e\"[b c] f)");
    check("[![a](b.png)](c)", "P(A:c(IMG:b.png[a]))");
    check("![a](b.png \"c *d*\")", "FIG:b.png[a](c *d*)");
    check("- ![a](b.png)", "UL(LI(FIG:b.png[a]()))");
    check("![a](b.png)\n![c](d.png)", "P(IMG:b.png[a]\nIMG:d.png[c])");
}

#[test]
fn what_is_not_safe_is_text() {
    check("[a *b*](javascript:alert(1)) c", "P(a E(b) c)");
    check(
        "[a](  JAVA&Tab;SCRIPT&colon;x) [b](&#106;avascript:x)",
        "P(a b)",
    );
    check(
        "[a](<java\tscript:x>) [b](vbscript:x) [c](data:text/html,x)",
        "P(a b c)",
    );
    check(
        "![a](javascript:x) ![b](data:image/svg+xml;base64,AA==)",
        "P(a b)",
    );
    check(
        "![a](data:image/png;base64,AA==)",
        "FIG:data:image/png;base64,AA==[a]()",
    );
    check("[a](//evil.org) [b](\\\\\\\\evil.org)", "P(a b)");
    check(
        "<javascript:alert(1)> <https://x.org> <a@b.org>",
        "P(javascript:alert(1) A:https://x.org(https://x.org) A:mailto:a@b.org(a@b.org))",
    );
    check("a <b onclick=x>c</b> <!-- d -->", "P(a S(c))");
    check(
        "<script>\nalert(1)\n\n</script>\nb",
        "P(<script> alert(1) </script>) P(b)",
    );
    check("<div>\n*a*\n\n*b*", "P(*a*) P(E(b))");
}

#[test]
fn bare_addresses() {
    check(
        "see https://x.org/a_b_c?d=e&f=(g).",
        "P(see A:https://x.org/a_b_c?d=e&f=(g)(https://x.org/a_b_c?d=e&f=(g)).)",
    );
    check("(www.x.org/a)", "P((A:http://www.x.org/a(www.x.org/a)))");
    check(
        "www.x.org, and HTTP://Y.org!",
        "P(A:http://www.x.org(www.x.org), and A:http://Y.org(HTTP://Y.org)!)",
    );
    check(
        "write to a.b+c@x.org. or d@e",
        "P(write to A:mailto:a.b+c@x.org(a.b+c@x.org). or d@e)",
    );
    check(
        "*www.x.org* `www.x.org` [www.x.org](b)",
        "P(E(A:http://www.x.org(www.x.org)) C(www.x.org) A:b(www.x.org))",
    );
    check(
        "[*www.x.org*](b) ![www.x.org](c.png)",
        "P(A:b(E(www.x.org)) IMG:c.png[www.x.org])",
    );
    check(
        "- a@x.org\n\n|www.x.org|\n|-|",
        "UL(LI(P(A:mailto:a@x.org(a@x.org)))) TABLE-(A:http://www.x.org(www.x.org))",
    );
    check(
        "xhttps://a.b https:// http://localhost/ www. w@ @b.c",
        "P(xhttps://a.b https:// A:http://localhost/(http://localhost/) www. w@ @b.c)",
    );
    check(
        "https://a_b.org https://u@x.org javascript://a.b",
        "P(https://a_b.org A:https://u@x.org(https://u@x.org) javascript://a.b)",
    );
    check(
        "https://x.org/&amp;copy;",
        "P(A:https://x.org/(https://x.org/)&copy;)",
    );
    check(
        "# www.x.org",
        "H2#op-www-x-org(A:http://www.x.org(www.x.org))",
    );
}

#[test]
fn notes() {
    check(
        "a[^1] b[^x] c[^1]\n\n[^x]: two\n[^1]: one\n\n    more",
        "P(aREF1#op-note_1@op-ref_1 bREF2#op-note_2@op-ref_2 cREF1#op-note_1@op-ref_1_2) \
         NOTE1#op-note_1<op-ref_1,op-ref_1_2>(P(one) P(more)) NOTE2#op-note_2<op-ref_2>(P(two))",
    );
    check("a[^no]", "P(a[^no])");
    check("a\n\n[^1]: unused", "P(a) NOTE1#op-note_1<>(P(unused))");
    check(
        "a[^a]\n\n[^b]: two\n\n[^a]: one[^b][^a]",
        "P(aREF1#op-note_1@op-ref_1) NOTE1#op-note_1<op-ref_1,op-ref_1_2>(P(oneREF2#op-note_2@op-ref_2REF1#op-note_1@op-ref_1_2)) \
         NOTE2#op-note_2<op-ref_2>(P(two))",
    );
}

#[test]
fn headings() {
    check(
        "# A\n### B\n## C\n#### D\n# A",
        "H2#op-a(A) H3#op-b(B) H3#op-c(C) H4#op-d(D) H2#op-a-2(A)",
    );
    check(
        "### *Ä* & `b`!\n## 日本 語\n# !\n# Summary",
        "H2#op-ä-b(E(Ä) & C(b)!) H2#op-日本-語(日本 語) H2#op-section(!) H2#op-summary-2(Summary)",
    );
    check("# a-2\n# a\n# a", "H2#op-a-2(a-2) H2#op-a(a) H2#op-a-3(a)");
}

#[test]
fn text() {
    #[track_caller]
    fn check(input: &str, expect: &str) {
        assert_eq!(plain_text(&parse_markdown(input)), expect);
    }
    check(
        "# A *b*\n\nc\nd  \ne[^1]\n\n- f\n- g\n\n[^1]: h",
        "A b\nc d e\nf\ng\nh",
    );
    check(
        "|a|b|\n|-|-|\n|c|d|\n\n![e](f.png \"g\") ![e](f.png)",
        "a\tb\nc\td\ne e",
    );
    check(
        "![e](f.png \"g\")\n\n> h\n\n```\ni\nj\n```\n\nk",
        "e\ng\nh\ni\nj\nk",
    );
}
