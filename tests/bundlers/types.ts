// What the types promise, said by who uses them.
import { createSearch, init, mount, render, type Article } from "offprint";
import { OffprintReader } from "offprint/element";
import { VERSION, render as inline } from "offprint/inline";

const article: Article = { id: "a", title: "A", sections: [{ body: "text" }] };
await init({ wasm: new URL("https://example.org/wasm/") });
const html: string = render(article, { base: "https://example.org/" });
const same: string = inline(article) + VERSION + html;

const { element, ready, update, destroy } = mount(document.body, { as: "list", articles: [article], limit: 3 });
element.addEventListener("offprint-error", ({ detail }) => console.log(detail.code, detail.fix));
const drawn: OffprintReader = await ready;
drawn.goTo("a", "heading");
update({ theme: "dark" });
destroy();
document.querySelector("offprint-reader")?.search(same);

const search = await createSearch([article]);
const { total, results } = await search.search("tides", { limit: 3, typing: true });
console.log(total, results.map(({ id, textParts }) => id + textParts.filter((part) => part.isMatch).length));
search.close();

// @ts-expect-error an article has a title
render({ id: "a" });
// @ts-expect-error there is no such element
mount(document.body, { as: "card" });
