/** MiniSearch, as its introduction sets it up. */
import MiniSearch from "minisearch";

/** @type {import("../engine.js").Engine} */
export const engine = {
  name: "MiniSearch",
  // From its introduction: beginnings, typos by a fifth of the word's length, titles twice.
  settings: { default: {}, typing: { prefix: true, fuzzy: 0.2, boost: { title: 2 } } },
  build(docs, fields) {
    const index = new MiniSearch({ fields });
    index.addAll(docs);
    return index;
  },
  search: (index, text, setting) => index.search(text, engine.settings[setting]).map(({ id }) => id),
  serialise: (index) => JSON.stringify(index),
};
