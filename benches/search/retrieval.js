/**
 * What other engines find for the queries of test collections: `cargo xtask bench retrieval` writes the texts and queries to a
 * folder, starts this, and judges the answers, which are left in `runs/ENGINE/COLLECTION.VARIANT.tsv`. The engines of the page
 * run in Node here, which finds the same. Pagefind runs in the browser, on the two smallest collections only: it
 * fetches files by the query.
 */
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launch, withPage } from "./browser.js";
import { NAMES, load } from "./engine.js";
import { buildPagefind } from "./pagefind.js";
import { Server } from "./server.js";

/** How many are judged. */
const DEPTH = 1000;
/** Collections that Pagefind is run on. */
const FOR_PAGEFIND = ["adi", "cranfield"];

const text = /** @type {const} */ ({ type: "string" });
const { values } = parseArgs({ options: { folder: text, browser: text } });
const folder = values.folder ?? ".";

/** @param {string} file */
const rows = async (file) => (await readFile(join(folder, file), "utf8")).trimEnd().split("\n").map((line) => line.split("\t"));

/** @param {string} engine @param {string} file @param {string[][]} queries @param {(query: string) => Promise<string[]> | string[]} answer */
async function write(engine, file, queries, answer) {
  const lines = [];
  for (const [id, query] of queries) lines.push(`${id}\t${(await answer(query)).slice(0, DEPTH).join(" ")}\n`);
  await mkdir(join(folder, "runs", engine), { recursive: true });
  await writeFile(join(folder, "runs", engine, file), lines.join(""));
}

const names = (await readdir(join(folder, "texts"))).map((file) => file.replace(/\.tsv$/, ""));
const variants = async (/** @type {string} */ name) => (await readdir(join(folder, "queries"))).filter((file) => file.startsWith(`${name}.`));

for (const name of names) {
  const texts = await rows(`texts/${name}.tsv`);
  const empty = { subtitle: "", summary: "", key_points: "" };
  const docs = texts.map(([, title, body], id) => ({ id, title, body, ...empty }));
  for (const engineName of NAMES) {
    const engine = await load(engineName);
    for (const setting of /** @type {const} */ (["default", "typing"])) {
      const index = await engine.build(docs, ["title", "body"], setting);
      for (const file of await variants(name)) {
        const answer = async (/** @type {string} */ query) => (await engine.search(index, query, setting, DEPTH)).map((/** @type {number} */ doc) => texts[doc][0]);
        await write(`${engine.name}, ${setting}`, file, await rows(`queries/${file}`), answer);
      }
    }
  }
  console.error(`${name}: done`);
}

const browser = await launch(values.browser ?? "chromium");
try {
  for (const name of names.filter((name) => FOR_PAGEFIND.includes(name))) {
    const texts = await rows(`texts/${name}.tsv`);
    const site = join(folder, "pagefind", name);
    await buildPagefind(site, texts.map(([, title, body], id) => ({ id, title, parts: [body] })), "en");
    const server = await Server.start(site, { latency: 0 });
    try {
      await withPage(browser, async (page) => {
        await page.goto(`${server.origin}blank.html`);
        for (const file of await variants(name)) {
          await write("Pagefind", file, await rows(`queries/${file}`), async (query) => {
            const found = await page.evaluate(async (query) => {
              const pagefind = await import(/** @type {string} */ ("/pagefind/pagefind.js"));
              const { results } = await pagefind.search(query);
              const urls = [];
              for (const result of results.slice(0, 100)) urls.push((await result.data()).url);
              return urls;
            }, query);
            return found.map((/** @type {string} */ url) => texts[Number(/** @type {RegExpMatchArray} */ (url.match(/(\d+)\.html/))[1])][0]);
          });
        }
      });
    } finally {
      server.stop();
    }
    console.error(`${name}: done with Pagefind`);
  }
} finally {
  await browser.close();
}
