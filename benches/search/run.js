/**
 * The search beside other engines, in a browser: `cargo xtask bench search` makes what is needed and starts this.
 *
 * 1. sites.js lays out what is served: our reader over the collection (level 1), the built edition (level 2), a page for
 *    each other engine, and Pagefind's index.
 * 2. Round by round, and in each round engine by engine, reader.js and peers.js measure: index time, memory, times of
 *    typed queries, the longest task. The middle of the rounds counts.
 * 3. Once: the bytes of first queries and of a typed session, from the server's log; how complete the answers are.
 *
 * Tables go to standard output, as docs/benchmarks.md has them; all that was measured stays in the folder `--raw`.
 */
import { readFile, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "./browser.js";
import { Queries, documents, FIELDS } from "./corpus.js";
import { Pagefind, Peer } from "./peers.js";
import { Reader } from "./reader.js";
import { report } from "./report.js";
import { sites } from "./sites.js";

const text = /** @type {const} */ ({ type: "string" });
const { values } = parseArgs({
  options: { corpus: text, dist: text, offprint: text, measure: text, folder: text, raw: text, browser: text, rounds: { type: "string", default: "3" }, only: text, peers: { type: "boolean", default: false } },
});
const given = /** @type {Record<string, string>} */ (/** @type {unknown} */ (values));

/** Two-word queries whose bytes are counted. */
const N_COLD = 50;
/** Typed beginnings whose time is taken. */
const N_TYPED = 500;
/** Words, and beginnings, that are compared with a scan. */
const N_SCANNED = 40;

const packed = await readFile(given.corpus);
const bytes = packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed) : packed;
const collection = JSON.parse(bytes.toString("utf8"));
const docs = documents(collection);
const queries = new Queries(docs);
const asked = {
  fields: FIELDS.filter((field) => docs.some((/** @type {any} */ doc) => doc[field])),
  cold: queries.twoWords(N_COLD),
  typed: queries.typed(N_TYPED),
  scanned: queries.scanned(N_SCANNED),
  session: "crude oil prices",
};
const say = (/** @type {string} */ line) => console.error(line);
say(`${docs.length} articles; ${asked.typed.length} typed beginnings, ${asked.cold.length} two-word queries`);

const served = await sites({ ...given, collection, docs, bytes, peers: values.peers, say });
const browser = () => launch(given.browser);
const engines = [
  new Reader("Offprint, level 1", served.level1, { collection, isBuilt: false }),
  new Reader("Offprint, level 2", served.level2, { collection, isBuilt: true }),
];
if (values.peers) {
  const peers = [...served.peers.map(({ name, settings, site, build }) => new Peer(name, settings, site, build)), new Pagefind("Pagefind", served.pagefind)];
  engines.push(...peers.filter(({ name }) => !values.only || values.only.split(",").some((only) => name.startsWith(only))));
}

/** @type {any} */
const raw = { corpus: { name: collection.title, articles: docs.length, bytes: bytes.length }, asked: { ...asked, scanned: undefined }, native: served.native, rounds: [], once: {} };
const keep = () => writeFile(join(given.raw, "search.json"), JSON.stringify(raw, undefined, 1));
for (let round = 0; round < Number(given.rounds); round++) {
  const measured = /** @type {any} */ ({});
  for (const engine of engines) {
    measured[engine.name] = await engine.round(browser, asked);
    say(`round ${round + 1}: ${engine.name}`);
  }
  raw.rounds.push(measured);
  raw.native.push(...(await served.buildNatively(round)));
  await keep();
}
for (const engine of engines) {
  raw.once[engine.name] = await engine.once(browser, asked);
  say(`bytes and completeness: ${engine.name}`);
  await keep();
}
raw.serialised = values.peers && !values.only ? await served.serialised() : [];
await keep();
console.log(report(raw));
served.stop();
