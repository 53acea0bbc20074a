/**
 * Articles without WebAssembly: their texts, by their structure, in the elements that the reader uses. They are shown before the reader
 * is there, and in its place where it cannot run. Of Markdown the blocks are told apart; marks within a line are left out.
 */
import { build } from "./element.js";

/** How many cards are shown before the reader is there. */
const CARDS = 12;
/** Characters of the text on a card. */
const EXCERPT = 200;
/** Bytes beyond which nobody waits for a second reading of the file. */
const MOST = 2 << 20;

/** @typedef {Record<string, any>} Article */

/** @param {unknown} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);

/** The text of a line of Markdown. @param {unknown} value */
const words = (value) =>
  (typeof value === "string" ? value : "")
    .replace(/!?\[([^[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/\[\^[^\]\s]*\]:?/g, "")
    .replace(/(\*\*|__|~~|`)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replace(/(^|[^\w*])[*_](?=\S)([^*_\n]*?\S)[*_](?!\w)/g, "$1$2")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();

/** @param {string} tag @param {string} className @param {unknown} text */
function line(tag, className, text) {
  const element = build(tag, className, String(text));
  element.dir = "auto";
  return element;
}

/** The blocks of a text. @param {unknown} text @returns {HTMLElement[]} */
function blocks(text) {
  if (typeof text !== "string") return [];
  /** @type {HTMLElement[]} */
  const made = [];
  // What stands between fences goes through as it is.
  let isCode = true;
  for (const part of text.split(/^(?:```|~~~).*$/m)) {
    isCode = !isCode;
    if (isCode) {
      const code = build("pre", "", build("code", "", part.replace(/^\n/, "")));
      // Wider than the page, it is scrolled with the keys.
      code.tabIndex = 0;
      made.push(code);
      continue;
    }
    for (const block of part.split(/\n[ \t]*\n/)) {
      const heading = /^\s*(#{1,6})\s+(.*)/.exec(block);
      const lines = block.split("\n").filter((line) => line.trim());
      const item = /^\s*(?:[-*+]|\d+[.)])\s+/;
      if (!lines.length) continue;
      if (heading) made.push(line("h3", "", words(heading[2])), ...blocks(lines.slice(1).join("\n")));
      else if (/^\s*(?:[-*_]\s*){3,}$/.test(block)) made.push(build("hr", ""));
      else if (lines.every((line) => item.test(line))) made.push(build(/^\s*\d/.test(block) ? "ol" : "ul", "", ...lines.map((text) => line("li", "", words(text.replace(item, ""))))));
      else if (lines.every((line) => line.startsWith(">"))) made.push(build("blockquote", "", ...blocks(lines.map((line) => line.replace(/^> ?/, "")).join("\n"))));
      else made.push(line("p", "", lines.map(words).join(" ")));
    }
  }
  return made;
}

/** The day of a date, in words. @param {unknown} date @param {string | undefined} language */
function day(date, language) {
  const text = String(date);
  const is = /^\d{4}-\d\d-\d\d/.exec(text);
  try {
    return is ? new Date(is[0]).toLocaleDateString(language || "en", { dateStyle: "long", timeZone: "UTC" }) : text;
  } catch {
    return text;
  }
}

/** @param {string} name @param {string} heading @param {Node[]} content */
const part = (name, heading, content) => (content.length ? [build("section", `op-part op-${name}`, build("h2", "", heading), ...content)] : []);

/** @param {string} name @param {string} heading @param {unknown} points */
const points = (name, heading, points) => part(name, heading, list(points).length ? [build("ul", "", ...list(points).map((point) => line("li", "", words(point))))] : []);

/** @param {Article} article @param {string | undefined} language */
const kicker = (article, language) =>
  build("p", "op-kicker", ...(article.category ? [line("span", "op-kicker-category", article.category)] : []), ...(article.published ? [line("span", "", day(article.published, language))] : []));

/** A space for an image that the reader will show. @param {string} className @param {any} image */
function space(className, image) {
  const box = build("div", "op-space");
  if (image.width > 0 && image.height > 0) box.style.aspectRatio = `${image.width} / ${image.height}`;
  return build("div", className, box);
}

/** A whole article; its title is a heading of the page or of a list. @param {Article} article @param {string | undefined} language @param {string} heading @param {boolean} isWhole */
function whole(article, language, heading, isWhole) {
  const text = (/** @type {string} */ tag, /** @type {string} */ className, /** @type {unknown} */ value) => (value ? [line(tag, className, words(value))] : []);
  const byline = [list(article.authors).map((author) => author.name).filter(Boolean).join(", "), article.published && day(article.published, language)].filter(Boolean);
  const head = build("header", "op-head", ...(article.category ? [build("p", "op-kicker", line("span", "op-kicker-category", article.category))] : []), line(heading, "op-title", article.title ?? "Untitled"), ...(article.subtitle ? [line("p", "op-subtitle", article.subtitle)] : []), ...(byline.length ? [build("ul", "op-byline", ...byline.map((text) => line("li", "", text)))] : []));
  const { image } = article;
  const related = list(article.related).flatMap((one) => [...text("h3", "op-related-title", one.title), ...text("p", "op-card-excerpt", one.excerpt)]);
  const body = build(
    "div",
    "op-body",
    ...(!image ? [] : isWhole ? [...text("p", "", image.alt), ...text("p", "", image.caption)] : [space("op-figure op-figure-lead", image)]),
    ...part("summary", "Summary", blocks(article.summary)),
    ...points("key-points", "Key Points", article.key_points),
    ...list(article.sections).flatMap((section) => [build("section", "op-section", ...text("h2", "", section.heading), ...blocks(section.body))]),
    ...points("risks", "Risks", article.risks),
    ...part("disclosure", "Disclosure", blocks(article.disclosure)),
    ...part("corrections", "Corrections", list(article.corrections).flatMap(({ text }) => blocks(text))),
    ...part("related", "Related Articles", related),
  );
  if (/^[a-z]{2,8}(-[a-z\d]{1,8})*$/i.test(article.language)) body.lang = article.language;
  return build("article", "op-article", head, body);
}

/** As much of a text as a card has. @param {string} text */
const beginning = (text) => (text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT).replace(/\s+\S*$/, "")}…`);

/** @param {Article} article @param {string | undefined} language @param {boolean} isLead */
function card(article, language, isLead) {
  const excerpt = beginning(words(article.summary) || article.subtitle || words(list(article.sections)[0]?.body));
  const text = build("div", "op-card-text", kicker(article, language), line("h2", "op-card-title", article.title ?? "Untitled"), line("p", "op-card-excerpt", excerpt));
  const made = build("article", isLead ? "op-card op-card-lead" : "op-card", ...(article.image ? [build("div", "op-card-image", space("", {}))] : []), text);
  return made;
}

/** The masthead, with space where the reader has its fields. @param {Article} file */
function masthead(file) {
  const names = build("div", "op-masthead-names", line("h1", "op-masthead-title", file.articles && typeof file.title === "string" ? file.title : "All articles"));
  const field = (/** @type {string} */ className) => build("div", className, build("span", "op-label", "\u00a0"), build("div", "op-input"));
  const tools = build("div", "op-tools", field("op-search"), field("op-category"));
  tools.ariaHidden = "true";
  const description = typeof file.description === "string" ? [line("p", "op-masthead-description", file.description)] : [];
  return build("header", "op-masthead", build("div", "op-masthead-top", names), ...description, tools);
}

/**
 * What the reader will show, as text; nothing where it would take too long, or where it cannot be known.
 * @param {Uint8Array} data a collection
 * @param {{ view: string, limit: number, isWhole: boolean, isGuest: boolean, page: string, id?: string, category?: string, tag?: string, query?: string }} what
 *   `isWhole`: in the place of the reader, and not before it; `isGuest`: on a page that has a main part of its own
 */
export function plain(data, { view, limit, isWhole, isGuest, page, id, category, tag, query }) {
  if (!isWhole && data.length > MOST) return undefined;
  const file = JSON.parse(new TextDecoder().decode(data));
  const isArticle = (/** @type {any} */ one) => one && typeof one === "object";
  // A JSON Feed has other names, which the reader knows.
  if (!isWhole && Array.isArray(file.items)) return undefined;
  const articles = list(Array.isArray(file) ? file : (file.articles ?? file.items ?? file)).filter(isArticle);
  const language = typeof file.language === "string" ? file.language : undefined;
  // The newest first; what has no date comes last.
  const dated = (/** @type {Article} */ one) => String(one.published ?? "");
  const newest = isWhole && view === "reader" ? articles : [...articles].sort((a, b) => (dated(a) < dated(b) ? 1 : dated(a) > dated(b) ? -1 : 0));
  const isOne = page === "article" || view === "article";
  const one = id ? articles.find((article) => article.id === id) : newest[0];
  const shown = build(isGuest ? "div" : "main", "op-main");
  if (isOne && one) {
    // The reader has a line above, to go back.
    if (view !== "article") shown.append(build("p", "op-back", build("span", "", "\u00a0")));
    shown.append(whole(one, language, "h1", isWhole));
  } else if (isOne || (!isWhole && (tag || query))) {
    return undefined;
  } else {
    const of = newest.filter((article) => !category || article.category === category);
    const cards = (/** @type {number} */ n, /** @type {boolean} */ hasLead) => of.slice(0, n).map((article, ix) => card(article, language, hasLead && ix === 0));
    if (view === "list") shown.append(build("div", "op-block", ...cards(limit, false)));
    else if (isWhole) shown.append(...of.map((article) => whole(article, language, "h2", isWhole)));
    else {
      const hasLead = Boolean(of[0]?.image) && !category;
      const made = cards(CARDS, hasLead);
      shown.append(build("div", "op-listbar"), ...made.splice(0, hasLead ? 1 : 0), build("div", "op-block", ...made));
    }
  }
  const top = view !== "reader" ? [] : isWhole ? [build("header", "op-masthead", line("h1", "op-masthead-title", file.articles && typeof file.title === "string" ? file.title : "All articles"))] : [masthead(file)];
  return build(isGuest ? "section" : "div", "op-page", ...top, shown);
}

/** The shape of what is coming, before anything of it is there. @param {boolean} isGuest as for `plain` */
export function skeleton(isGuest) {
  const lines = [1, 2, 3, 4, 5, 6].map(() => build("div", ""));
  const skeleton = build("div", "op-skeleton", build("h1", "op-hidden", "Loading the articles"), ...lines);
  skeleton.setAttribute("role", "status");
  return build("div", "op-root", build("div", "op-page", build("div", "op-masthead"), build(isGuest ? "div" : "main", "", skeleton)));
}
