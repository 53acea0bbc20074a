/**
 * A page as somebody would write it who wants what Offprint does of one article, from the same JSON: fetched, its Markdown read and cleaned,
 * its words in a search.
 */
import DOMPurify from "dompurify";
import { marked } from "marked";
import MiniSearch from "minisearch";
import { h, render } from "preact";

const article = await (await fetch("article.json")).json();
const markdown = (/** @type {string} */ text) => h("div", { dangerouslySetInnerHTML: { __html: DOMPurify.sanitize(/** @type {string} */ (marked.parse(text))) } });
const list = (/** @type {string} */ heading, /** @type {string[] | undefined} */ points) => points?.length && h("section", null, h("h2", null, heading), h("ul", null, points.map((point) => h("li", null, markdown(point)))));

const page = h(
  "article",
  null,
  h("h1", null, article.title),
  h("p", null, article.subtitle),
  h("p", null, article.category, " ", article.published),
  article.image && h("img", { src: article.image.src, alt: article.image.alt, width: article.image.width, height: article.image.height, style: "max-width: 100%; height: auto" }),
  markdown(article.summary ?? ""),
  list("Key Points", article.key_points),
  article.sections.map((/** @type {{ heading?: string, body: string }} */ { heading, body }) => h("section", null, heading && h("h2", null, heading), markdown(body))),
  list("Risks", article.risks),
  article.disclosure && markdown(article.disclosure),
);
render(page, /** @type {HTMLElement} */ (document.getElementById("root")));
const search = new MiniSearch({ fields: ["title", "text"] });
search.add({ id: article.id, title: article.title, text: article.sections.map((/** @type {{ body: string }} */ { body }) => body).join("\n") });
/** @type {any} */ (globalThis).search = search;
