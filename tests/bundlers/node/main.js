/** Without a page: every script can be imported, an article becomes HTML, and a search finds it. */
import { OffprintError, createSearch, init, mount, render } from "offprint";

import { articles } from "./app.js";

const result = {};
for (const call of [() => render(articles[0]), () => mount(null)]) {
  try {
    call();
  } catch (error) {
    if (!(error instanceof OffprintError) || error.code !== "OP-E20") throw error;
    (result.refused ??= []).push(error.message);
  }
}
await init();
result.html = render(articles[0]);
const naming = { ...articles[0], related: [{ id: "shade" }, { id: "unknown" }] };
result.related = render(naming, { articles, href: "read.html#{id}" }).match(/<li><a.*<\/li>/g);
const search = await createSearch(articles);
const { total, results } = await search.search("tide");
result.found = [total, ...results.map(({ id, text }) => `${id}: ${text}`)];
search.close();
await import("offprint/element");
const inline = await import("offprint/inline");
await inline.init();
result.isSame = inline.render(articles[0]) === result.html;
console.log(JSON.stringify(result));
