/** Orama, as its documentation sets it up. */
import { create, insertMultiple, save, search } from "@orama/orama";

/** @type {import("../engine.js").Engine} */
export const engine = {
  name: "Orama",
  settings: { default: {}, typing: { tolerance: 1, boost: { title: 2 } } },
  async build(docs, fields) {
    const index = create({ schema: Object.fromEntries(fields.map((field) => [field, "string"])) });
    // Its ids are texts; only what is searched is kept.
    const own = docs.map((doc) => Object.fromEntries([["id", String(doc.id)], ...fields.map((field) => [field, doc[field]])]));
    await insertMultiple(index, own, 1000);
    return index;
  },
  async search(index, text, setting, limit) {
    const { hits } = await search(index, { term: text, limit, ...engine.settings[setting] });
    return hits.map(({ id }) => Number(id));
  },
  serialise: (index) => JSON.stringify(save(index)),
};
