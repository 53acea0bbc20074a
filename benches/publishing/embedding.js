/**
 * One article from plain JSON on a page of two lines, beside the same article in a page of Preact, marked, DOMPurify and MiniSearch, and
 * as Markdown in one of docsify: from empty caches, over Slow 4G with a processor four times slower, five times; medians.
 *
 * First text is the first frame in which the title stands in a box of its own, whole the first in which the end of the last section does,
 * in any tree, shadow trees included; neither is sooner than the browser's first contentful paint.
 */
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { median, table } from "../figures.js";
import { withPage } from "./browser.js";
import { SLOW_4G, VIEWPORT } from "./paint.js";
import { asMarkdown, compress, docsify, page } from "./peers.js";

const RUNS = 5;
const MAX_CLS = 0.05;

/** @typedef {{ first: number, whole: number, ready: number, cls: number, bytes: number }} Visit */

/** @param {import("./run.js").Given} given @param {import("puppeteer-core").Browser} browser @param {string} id the article */
export async function embedding({ site, peers, peersOrigin }, browser, id) {
  const [article] = JSON.parse(await readFile(join(site, "article", id, "article.json"), "utf8")).articles;
  const folder = join(peers, "embedding");
  await mkdir(folder);
  await writeFile(join(folder, "article.json"), JSON.stringify(article));
  await cp(join(site, "images"), join(folder, "images"), { recursive: true });
  const [assets] = await readdir(join(site, "assets"));
  await cp(join(site, "assets", assets), join(folder, "offprint"), { recursive: true });
  await writeFile(join(folder, "ours.html"), page(article.title, '<script type="module" src="offprint/element.js"></script>', '<offprint-article src="article.json"></offprint-article>'));
  await build({ entryPoints: [join(dirname(fileURLToPath(import.meta.url)), "preact-page.js")], outfile: join(folder, "preact.js"), bundle: true, minify: true, format: "esm", logLevel: "error" });
  await writeFile(join(folder, "preact.html"), page(article.title, '<script type="module" src="preact.js"></script>', '<div id="root"></div>'));
  await docsify(join(folder, "docsify"), article.title, asMarkdown(article));
  await cp(join(site, "images"), join(folder, "docsify", "images"), { recursive: true });
  await compress(folder);

  const origin = `${peersOrigin}embedding/`;
  const subjects = { "Offprint, `<offprint-article>`": `${origin}ours.html`, "Preact, marked, DOMPurify, MiniSearch": `${origin}preact.html`, docsify: `${origin}docsify/` };
  const end = article.sections.at(-1).body.trim().split(/[*_`[\]()<>\n]/).at(-1).slice(-40).trim();
  /** @type {Record<string, Visit[]>} */
  const visits = {};
  for (let n = 0; n < RUNS; n++) {
    for (const [name, url] of Object.entries(subjects)) (visits[name] ??= []).push(await withPage(browser, (page) => visit(page, url, article.title, end)));
  }
  const of = (/** @type {string} */ name, /** @type {keyof Visit} */ key) => median(visits[name].map((visit) => visit[key]));
  const ms = (/** @type {number} */ value) => (value ? `${Math.round(value)}` : "–");
  const names = Object.keys(subjects);
  console.log(`\n${table(["", "first text, ms", "whole article, ms", "reader there, ms", "CLS", "kB"], names.map((name) => [name, ms(of(name, "first")), ms(of(name, "whole")), ms(of(name, "ready")), of(name, "cls").toFixed(3), (of(name, "bytes") / 1000).toFixed(1)]))}`);
  const [ours, preact, other] = names;
  const broken = [];
  if (of(ours, "first") > of(preact, "first")) broken.push(`the first text comes at ${ms(of(ours, "first"))} ms, with Preact at ${ms(of(preact, "first"))}`);
  if (of(ours, "whole") > of(other, "whole")) broken.push(`the whole article comes at ${ms(of(ours, "whole"))} ms, with docsify at ${ms(of(other, "whole"))}`);
  if (of(ours, "cls") > MAX_CLS) broken.push(`the page moves when the reader takes over: CLS ${of(ours, "cls")}`);
  return broken;
}

/** @param {import("puppeteer-core").Page} page @param {string} url @param {string} title @param {string} end @returns {Promise<Visit>} */
async function visit(page, url, title, end) {
  const protocol = await page.createCDPSession();
  await page.setViewport(VIEWPORT);
  await protocol.send("Network.enable");
  await protocol.send("Network.emulateNetworkConditions", SLOW_4G);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  let bytes = 0;
  protocol.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.evaluateOnNewDocument(observe, title, end);
  await page.goto(url, { waitUntil: "load", timeout: 120_000 });
  await page.waitForFunction((waits) => globalThis.benchSeen.whole && (!waits || globalThis.benchSeen.ready), { timeout: 120_000 }, url.endsWith("ours.html"));
  await page.waitForNetworkIdle({ idleTime: 1000, timeout: 120_000 });
  const seen = await page.evaluate(() => globalThis.benchSeen);
  return { ...seen, first: Math.max(seen.first, seen.fcp), whole: Math.max(seen.whole, seen.fcp), bytes };
}

/** Runs in the page before everything else, and writes down what it sees. @param {string} title @param {string} end */
function observe(title, end) {
  const seen = (globalThis.benchSeen = { first: 0, whole: 0, ready: 0, cls: 0, fcp: 0 });
  const on = (/** @type {string} */ type, /** @type {(entry: any) => void} */ use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
  on("paint", ({ name, startTime }) => name === "first-contentful-paint" && (seen.fcp = startTime));
  // What comes first has nothing to move: only what moves afterwards counts.
  on("layout-shift", ({ value, hadRecentInput, startTime }) => hadRecentInput || startTime <= seen.first || (seen.cls += value));
  document.addEventListener("offprint-ready", () => (seen.ready = performance.now()));
  /** @type {(root: Document | ShadowRoot, selector: string) => Element[]} */
  const all = (root, selector) => [...root.querySelectorAll(selector), ...[...root.querySelectorAll("offprint-article")].flatMap(({ shadowRoot }) => (shadowRoot ? all(shadowRoot, selector) : []))];
  const isThere = (/** @type {string} */ selector, /** @type {string} */ text) => all(document, selector).some((element) => element.textContent?.replace(/\s+/g, " ").includes(text) && element.getBoundingClientRect().height > 0);
  const look = () => {
    if (!seen.first && isThere("h1", title)) seen.first = performance.now();
    if (!seen.whole && isThere("p, li, td", end)) seen.whole = performance.now();
    if (!seen.whole || !seen.first) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
