/**
 * The page of another engine: a field, the first ten results, and what measures both. Each engine gets a bundle of its own
 * with this in it; `globalThis.bench` is what peers.js calls.
 */
import { documents } from "./corpus.js";

const SHOWN = 10;

/** @param {import("./engine.js").Engine} engine */
export function start(engine) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector("input"));
  const list = /** @type {HTMLElement} */ (document.querySelector("ol"));
  /** @type {any[]} */
  let docs = [];
  /** @type {any} */
  let index;
  /** @type {"default" | "typing"} */
  let setting = "default";

  const show = (/** @type {number[]} */ found) => {
    list.replaceChildren(
      ...found.slice(0, SHOWN).map((id) => {
        const item = document.createElement("li");
        item.append(docs[id]?.title ?? "", " – ", docs[id]?.body.slice(0, 160) ?? "");
        return item;
      }),
    );
  };
  field.addEventListener("input", async () => index && show(await engine.search(index, field.value, setting, SHOWN)));

  globalThis.bench = {
    /** Fetches and reads the collection. */
    async load() {
      const text = await (await fetch("articles.json")).text();
      const began = performance.now();
      docs = documents(JSON.parse(text));
      return performance.now() - began;
    },
    /** @param {string[]} fields @param {"default" | "typing"} chosen */
    async build(fields, chosen) {
      setting = chosen;
      const began = performance.now();
      index = await engine.build(docs, fields, chosen);
      return performance.now() - began;
    },
    /** Lets go of the texts, so that the memory is the index's. */
    forget() {
      docs = [];
      return undefined;
    },
    /** The times of some queries, one after the other, with a breath between them. @param {string[]} queries @param {"default" | "typing"} chosen */
    async times(queries, chosen) {
      const times = [];
      for (const query of queries) {
        await new Promise((resolve) => setTimeout(resolve));
        const began = performance.now();
        await engine.search(index, query, chosen, 20);
        times.push(performance.now() - began);
      }
      return times;
    },
    /** All that is found. @param {string} query @param {"default" | "typing"} chosen @param {number} limit */
    found: async (query, chosen, limit) => [...(await engine.search(index, query, chosen, limit))],
  };
}
