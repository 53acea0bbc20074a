/** FlexSearch, as its introduction sets it up. */
import { Document } from "flexsearch";

/** @type {import("../engine.js").Engine} */
export const engine = {
  name: "FlexSearch",
  // For typing: beginnings are in the index, and what has not all words is found too.
  settings: { default: { tokenize: "strict" }, typing: { tokenize: "forward", suggest: true } },
  indexes: true,
  build(docs, fields, setting) {
    const { tokenize } = engine.settings[setting];
    const index = new Document({ document: { id: "id", index: fields }, tokenize });
    for (const doc of docs) index.add(doc);
    return index;
  },
  // It answers for each field: titles come first.
  search(index, text, setting, limit) {
    const { suggest } = engine.settings[setting];
    return [...new Set(index.search(text, { limit, suggest: Boolean(suggest) }).flatMap(({ result }) => result))];
  },
  serialise(index) {
    const parts = {};
    index.export((key, data) => (parts[key] = data));
    return JSON.stringify(parts);
  },
};
