/** lunr, as its guide sets it up. */
import lunr from "lunr";

/** @type {import("../engine.js").Engine} */
export const engine = {
  name: "lunr",
  settings: { default: false, typing: true },
  build(docs, fields) {
    return lunr(function () {
      for (const field of fields) this.field(field);
      for (const doc of docs) this.add(doc);
    });
  },
  // What a person types is no query in lunr's syntax: its words are given one by one. For typing, its guide wants the word, then
  // its continuations, then one mistake, each worth less.
  search(index, text, setting) {
    const words = lunr.tokenizer(text).map(String).filter(Boolean);
    if (words.length === 0) return [];
    const ask = (/** @type {boolean} */ mistakes) =>
      index.query((query) => {
        for (const word of words) {
          query.term(word, { boost: engine.settings[setting] ? 100 : 1 });
          if (!engine.settings[setting]) continue;
          query.term(word, { usePipeline: false, boost: 10, wildcard: lunr.Query.wildcard.TRAILING });
          if (mistakes) query.term(word, { usePipeline: false, boost: 1, editDistance: 1 });
        }
      });
    let found;
    try {
      found = ask(true);
    } catch {
      // It throws on some short words with a mistake: then without.
      found = ask(false);
    }
    return found.map(({ ref }) => Number(ref));
  },
  serialise: (index) => JSON.stringify(index),
};
