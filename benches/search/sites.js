/**
 * What is measured, laid out in folders and served, and how long the native builds take.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { FIELDS } from "./corpus.js";
import { NAMES, load } from "./engine.js";
import { buildPagefind, indexPagefind } from "./pagefind.js";
import { Server } from "./server.js";

/** Milliseconds before every answer: enough to see what waits for what. */
const LATENCY = 50;

const run = promisify(execFile);
const kilobytes = (/** @type {number} */ n) => `${(n / 1000).toFixed(0)} kB`;

/** The page of another engine. */
const PAGE = '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Search</title>\n<input type="search" id="op-search"><ol></ol>\n<script type="module" src="page.js"></script></html>\n';

/** Runs a program by the clock. @param {string} program @param {string[]} args */
async function timed(program, args) {
  const began = performance.now();
  const { stdout, stderr } = await run(program, args, { maxBuffer: 1 << 26 });
  return { ms: performance.now() - began, told: stdout + stderr };
}

/** @param {any} given */
export async function sites({ dist, offprint, measure, folder, collection, docs, bytes, peers, say }) {
  const file = join(folder, "collection.json");
  await writeFile(file, bytes);
  const level1 = join(folder, "level-1");
  await cp(dist, level1, { recursive: true });
  await writeFile(join(level1, "articles.json"), bytes);
  const level2 = join(folder, "level-2");
  const language = collection.language ?? "en";
  /** A built edition with one page: the search's files are those of all articles. @param {string} out */
  const edition = async (out) => {
    await rm(out, { recursive: true, force: true });
    return timed(offprint, ["build", file, "--out", out, "--pages", "latest=1"]);
  };
  const built = await edition(level2);
  say(`built edition: ${built.told.trim().split("\n")[0]}`);
  /** @type {Server[]} */
  const servers = [];
  const serve = async (/** @type {string} */ root, prepare = false) => {
    const server = await Server.start(root, { latency: LATENCY, prepare });
    servers.push(server);
    return server;
  };
  const served = {
    level1: await serve(level1, true),
    level2: await serve(level2),
    /** @type {any[]} */
    native: [{ what: "offprint build --pages latest=1, first", ms: built.ms }],
    /** @type {any[]} */
    peers: [],
    /** @type {any} */
    pagefind: undefined,
    stop: () => servers.forEach((server) => server.stop()),
    /** The native builds of a round. @param {number} _round */
    async buildNatively(_round) {
      const { told } = await timed(measure, [file]);
      const ms = (/** @type {string} */ row) => Number(told.match(new RegExp(`^${row} +([\\d.]+) ms`, "m"))?.[1]);
      const times = [
        { what: "index of texts in memory, one thread", ms: ms("index") },
        { what: "the same with reading JSON and Markdown", ms: ms("read") + ms("parse") + ms("index") },
        { what: "offprint build --pages latest=1 --no-compress", ms: (await timed(offprint, ["build", file, "--out", join(folder, "again"), "--pages", "latest=1", "--no-compress"])).ms },
      ];
      await rm(join(folder, "again"), { recursive: true, force: true });
      if (peers) times.push({ what: "Pagefind, pages already written", ms: await indexPagefind(join(folder, "pagefind")) });
      return times;
    },
    /** What an index weighs that is built ahead and delivered whole. */
    async serialised() {
      const fields = FIELDS.filter((field) => docs.some((/** @type {any} */ doc) => doc[field]));
      const weights = [];
      for (const name of NAMES) {
        const engine = await load(name);
        for (const setting of /** @type {("default" | "typing")[]} */ (engine.indexes ? ["default", "typing"] : ["default"])) {
          const json = Buffer.from(engine.serialise(await engine.build(docs, fields, setting)));
          const params = { [constants.BROTLI_PARAM_QUALITY]: 6 };
          weights.push({ name: engine.indexes ? `${engine.name}, ${setting}` : engine.name, raw: json.length, compressed: brotliCompressSync(json, { params }).length });
        }
      }
      return weights;
    },
  };
  if (!peers) return served;
  for (const name of NAMES) {
    const { name: title, settings, indexes } = await load(name);
    const root = join(folder, name);
    await mkdir(root, { recursive: true });
    await writeFile(join(root, "articles.json"), bytes);
    await writeFile(join(root, "index.html"), PAGE);
    const contents = `import { engine } from "./engines/${name}.js"; import { start } from "./page.js"; start(engine);`;
    await build({ stdin: { contents, resolveDir: import.meta.dirname }, outfile: join(root, "page.js"), bundle: true, minify: true, format: "esm", logLevel: "error" });
    const server = await serve(root, true);
    if (indexes) for (const setting of Object.keys(settings)) served.peers.push({ name: title, settings: [setting], site: server, build: setting });
    else served.peers.push({ name: title, settings: Object.keys(settings), site: server, build: "default" });
  }
  const root = join(folder, "pagefind");
  const parts = (/** @type {any} */ doc) => FIELDS.slice(1).map((field) => doc[field]);
  const ms = await buildPagefind(root, docs.map((/** @type {any} */ doc) => ({ ...doc, parts: parts(doc) })), language);
  say(`Pagefind: ${(ms / 1000).toFixed(1)} s; collection ${kilobytes(bytes.length)}`);
  served.pagefind = await serve(root);
  return served;
}
