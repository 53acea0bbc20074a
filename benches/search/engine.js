/**
 * What another engine must give to be measured; engines/*.js are five of them. They run in the page, and in Node for relevance.
 *
 * @typedef {{ id: number, title: string, subtitle: string, summary: string, key_points: string, body: string }} Doc
 *
 * @typedef {object} Engine
 * @property {string} name
 * @property {Record<"default" | "typing", any>} settings as it is without a word, and as its makers recommend it while typing
 * @property {boolean} [indexes] whether the settings are ones of the index, and not of the query
 * @property {(docs: Doc[], fields: string[], setting: "default" | "typing") => any} build gives the index, or a promise of it
 * @property {(index: any, text: string, setting: "default" | "typing", limit: number) => any} search gives ids, best first, or a promise
 * @property {(index: any) => string} serialise the index, as it would be delivered
 */

/** The names of the files of engines that index in the page. */
export const NAMES = ["minisearch", "flexsearch", "orama", "lunr"];

/** @param {string} name @returns {Promise<Engine>} */
export const load = async (name) => (await import(`./engines/${name}.js`)).engine;
