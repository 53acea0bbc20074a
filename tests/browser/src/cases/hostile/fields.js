/**
 * The fields of the format that reach the page, each with the way to put a payload into it, and for plain texts where they
 * must stand, letter by letter. `editionOf(payload)` is an edition with the payload in every field at once: two articles,
 * since an image whose own address is refused is not shown with its other fields.
 */

/** A payload as a plain field shows it: the format turns NUL into U+FFFD and takes white space from both ends. */
export const plain = (payload) => payload.replaceAll("\0", "\ufffd").replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");

const oneLine = (payload) => payload.replace(/[\r\n]+/g, " ");
/** Markdown that means the payload itself: every sign of ASCII may be escaped (CommonMark §2.4). */
const escaped = (payload) => oneLine(payload).replace(/[!-/:-@[-`{-~]/g, "\\$&");
/** HTML that means the payload itself. */
const entities = (payload) => oneLine(payload).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const fence = (payload) => "`".repeat(3 + Math.max(0, ...(payload.match(/`+/g) ?? []).map((run) => run.length)));
const indented = (payload, by) => payload.replace(/\r\n?|\n/g, `\n${by}`);

/** Markdown around a payload; each becomes a section of its own, so that none can swallow another. */
const BODIES = {
  "section body": (p) => p,
  paragraph: (p) => `Before ${oneLine(p)} after`,
  heading: (p) => `# ${oneLine(p)}`,
  "list item": (p) => `- ${indented(p, "  ")}`,
  quotation: (p) => `> ${indented(p, "> ")}`,
  emphasis: (p) => `*${oneLine(p)}* **${oneLine(p)}**`,
  "table heading": (p) => `| ${oneLine(p).replaceAll("|", "\\|")} | b |\n|---|---|\n| c | d |`,
  "table cell": (p) => `| a | b |\n|---|:-:|\n| ${oneLine(p).replaceAll("|", "\\|")} | d |`,
  footnote: (p) => `Text[^1]\n\n[^1]: ${indented(p, "    ")}`,
  "footnote label": (p) => `Text[^${oneLine(p)}]\n\n[^${oneLine(p)}]: note`,
  "code span": (p) => `${fence(p)} ${oneLine(p)} ${fence(p)}`,
  "code block": (p) => `${fence(p)}\n${p}\n${fence(p)}`,
  "code language": (p) => `~~~${oneLine(p)}\ncode\n~~~`,
  "link text": (p) => `[${oneLine(p)}](https://example.org/)`,
  "link text, escaped": (p) => `[${escaped(p)}](https://example.org/)`,
  "link title": (p) => `[a](b "${escaped(p)}")`,
  "link target": (p) => `[a](${p})`,
  "link target, escaped": (p) => `[a](<${escaped(p)}>)`,
  "link target by reference": (p) => `[a][r]\n\n[r]: <${escaped(p)}>`,
  "link target, automatic": (p) => `<${p}> and https://example.org/${p}`,
  "inline image alt": (p) => `x ![${oneLine(p)}](a.png)`,
  "inline image alt, escaped": (p) => `x ![${escaped(p)}](a.png)`,
  "inline image src": (p) => `x ![a](${p})`,
  "inline image src, escaped": (p) => `x ![a](<${escaped(p)}>)`,
  "figure alt": (p) => `![${escaped(p)}](a.png)`,
  "figure caption": (p) => `![a](a.png "${escaped(p)}")`,
  "HTML text": (p) => `x <b>${oneLine(p)}</b> <sub>${oneLine(p)}</sub>`,
  "HTML block": (p) => `<div>\n${p}\n</div>`,
  "HTML href": (p) => `x <a href="${entities(p)}">a</a>`,
  "HTML href, unquoted": (p) => `x <a href=${oneLine(p)}>a</a>`,
  "HTML title": (p) => `x <a href="b" title="${entities(p)}">a</a>`,
  "HTML img src": (p) => `x <img src="${entities(p)}" alt="a">`,
  "HTML img alt": (p) => `x <img src="a.png" alt="${entities(p)}" title="${entities(p)}">`,
  "HTML img srcset": (p) => `x <img src="a.png" srcset="${entities(p)}" width="${entities(p)}" alt="a">`,
  "HTML abbr title": (p) => `x <abbr title="${entities(p)}">a</abbr>`,
  "HTML attribute": (p) => `x <b ${oneLine(p)}>a</b> <img src="a.png" alt="a" ${oneLine(p)}>`,
  "HTML class, id and style": (p) => `<p class="${entities(p)}" id="${entities(p)}" style="${entities(p)}" onclick="${entities(p)}">a</p>`,
  "HTML figure": (p) => `<figure>\n<img src="${entities(p)}" alt="a">\n<figcaption>${p}</figcaption>\n</figure>`,
  "HTML table": (p) => `<table>\n<tr><th>${oneLine(p)}</th><td align="${entities(p)}">${entities(p)}</td></tr>\n</table>`,
  "HTML comment": (p) => `<!-- ${p} -->`,
};

/** So many headings make a table of contents. */
const HEADINGS = 4;

/** How a payload gets into the fields outside of `sections`; `first` and `second` are the articles. */
const FIELDS = {
  "edition title": ({ edition }, p) => (edition.title = p),
  "edition description": ({ edition }, p) => (edition.description = p),
  "edition language": ({ edition }, p) => (edition.language = p),
  "edition base_url": ({ edition }, p) => (edition.base_url = p),
  "unknown field of the edition": ({ edition }, p) => Object.defineProperty(edition, p, { value: p, enumerable: true, configurable: true, writable: true }),
  id: ({ first }, p) => (first.id = p),
  title: ({ first }, p) => (first.title = p),
  subtitle: ({ first }, p) => (first.subtitle = p),
  published: ({ first }, p) => (first.published = p),
  updated: ({ first }, p) => (first.updated = p),
  category: ({ first }, p) => (first.category = p),
  tag: ({ first }, p) => (first.tags = [p]),
  language: ({ first }, p) => (first.language = p),
  "author name": ({ first }, p) => (first.authors[0].name = p),
  "author url": ({ first }, p) => (first.authors[0].url = p),
  "source name": ({ first }, p) => (first.source.name = p),
  "source url": ({ first }, p) => (first.source.url = p),
  canonical_url: ({ first }, p) => (first.canonical_url = p),
  "lead image alt": ({ first }, p) => (first.image.alt = p),
  "lead image caption": ({ first }, p) => (first.image.caption = p),
  "lead image credit": ({ first }, p) => (first.image.credit = p),
  "lead image width": ({ first }, p) => (first.image.width = p),
  "lead image srcset": ({ first }, p) => (first.image.srcset = [{ src: p, width: 800 }]),
  "lead image src": ({ second }, p) => (second.image.src = p),
  summary: ({ first }, p) => (first.summary = p),
  "key point": ({ first }, p) => (first.key_points = [p]),
  "section heading": ({ first }, p) => first.sections.slice(0, HEADINGS).forEach((section) => (section.heading = p)),
  risk: ({ first }, p) => (first.risks = [p]),
  disclosure: ({ first }, p) => (first.disclosure = p),
  "correction text": ({ first }, p) => (first.corrections[0].text = p),
  "correction date": ({ first }, p) => (first.corrections[0].date = p),
  "related title": ({ first }, p) => (first.related[0].title = p),
  "related excerpt": ({ first }, p) => (first.related[0].excerpt = p),
  "related url": ({ first }, p) => (first.related[0].url = p),
  "related id": ({ first }, p) => (first.related[1].id = p),
  extra: ({ first }, p) => (first.extra = { x: p }),
  "unknown field of an article": ({ second }, p) => Object.defineProperty(second, p, { value: p, enumerable: true, configurable: true, writable: true }),
};

/** The names of all fields that `editionOf` fills. */
export const NAMES = [...Object.keys(FIELDS), ...Object.keys(BODIES)];

/** The fields that element.js shows where there is no WebAssembly. */
export const SHOWN_PLAIN = [
  ...["title", "subtitle", "published", "category", "author name", "lead image caption", "summary", "key point", "section heading"],
  ...["risk", "disclosure", "correction text", "related title", "related excerpt", ...Object.keys(BODIES)],
];

/** An edition with the payload in every field. @param {string} p */
export function editionOf(p) {
  const headed = Array.from({ length: HEADINGS }, () => ({ body: "Words" }));
  const sections = [...headed, ...Object.values(BODIES).map((body) => ({ body: body(p) }))];
  const first = { authors: [{}], source: {}, image: { src: "a.png", width: 8, height: 8 }, corrections: [{}], related: [{}, { title: "by id" }], sections };
  const second = { id: "second", title: "Second", image: { src: "a.png", srcset: [{ src: "b.png", width: 800 }] } };
  const edition = { version: 1, articles: [first, second] };
  for (const put of Object.values(FIELDS)) put({ edition, first, second }, p);
  return edition;
}

/** Where plain texts must stand on the list, and in the first article: selector, the attribute if it is one, the text. */
export const ON_THE_LIST = [
  [".op-masthead-title a", "", (text) => text],
  [".op-masthead-description", "", (text) => text],
  [".op-card-title a", "", (text) => text],
  [".op-card .op-kicker-category", "", (text) => text],
  ["#op-category option:nth-child(2)", "", (text) => `${text} (1)`],
  ["#op-category option:nth-child(2)", "value", (text) => text],
];
export const IN_THE_ARTICLE = [
  [".op-masthead-title a", "", (text) => text],
  ["h1.op-title", "", (text) => text],
  [".op-subtitle", "", (text) => text],
  [".op-head .op-kicker-category", "", (text) => text],
  [".op-author", "", (text) => text],
  [".op-byline > li:nth-child(2)", "", (text) => text],
  [".op-figure-lead img", "alt", (text) => text],
  [".op-figure-lead .op-credit", "", (text) => text],
  [".op-section > h2", "", (text) => text],
  [".op-contents a", "", (text) => text],
  [".op-tags .op-chip", "", (text) => `#${text}`],
  [".op-related-title", "", (text) => text],
  [".op-related .op-card-excerpt", "", (text) => text],
];
