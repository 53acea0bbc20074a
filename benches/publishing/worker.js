/**
 * What the service worker costs before a page is painted: the same article with it and without it, at a first visit and at one that
 * returns, each in turn, over Slow 4G with a processor four times slower, eleven times; medians. Without it, the page is the same one in a
 * browser that knows of no workers, and returns to what the browser's own cache has.
 */
import { median, table } from "../figures.js";
import { withPage } from "./browser.js";
import { SLOW_4G, VIEWPORT } from "./paint.js";

const RUNS = 11;

/** What counts as a delay: more than visits differ among themselves. */
const MAX_RATIO = 1.1;

/** Times in milliseconds from the navigation's start. @typedef {{ fcp: number, lcp: number }} Paints */

/** @param {import("puppeteer-core").Browser} browser @param {string} url */
export async function worker(browser, url) {
  /** @type {Record<string, Paints[]>} */
  const seen = {};
  for (let n = 0; n < RUNS; n++) {
    for (const isWith of n % 2 ? [true, false] : [false, true]) {
      await withPage(browser, async (page) => {
        const name = isWith ? "with" : "without";
        (seen[`first visit, ${name}`] ??= []).push(await visit(page, url, isWith));
        if (isWith) await page.waitForFunction(() => navigator.serviceWorker.getRegistration().then((registration) => Boolean(registration?.active)), { timeout: 120_000 });
        const again = await page.browserContext().newPage();
        (seen[`returning, ${name}`] ??= []).push(await visit(again, url, isWith));
        const isOf = await again.evaluate(() => Boolean(navigator.serviceWorker?.controller));
        if (isOf !== isWith) throw new Error(`the page that returns ${isOf ? "has" : "has not"} got a worker`);
      });
    }
  }
  const of = (/** @type {string} */ name, /** @type {keyof Paints} */ key) => median(seen[name].map((paints) => paints[key]));
  const each = (/** @type {string} */ name, /** @type {keyof Paints} */ key) => seen[name].map((paints) => Math.round(paints[key])).toSorted((a, b) => a - b).join(", ");
  const names = ["first visit, without", "first visit, with", "returning, without", "returning, with"];
  const rows = names.map((name) => [name, `${Math.round(of(name, "fcp"))}`, each(name, "fcp"), `${Math.round(of(name, "lcp"))}`, each(name, "lcp")]);
  console.log(`\n${table(["service worker", "FCP, ms", "each", "LCP, ms", "each"], rows)}`);
  const broken = [];
  for (const kind of ["first visit", "returning"]) {
    for (const key of /** @type {const} */ (["fcp", "lcp"])) {
      const ratio = of(`${kind}, with`, key) / of(`${kind}, without`, key);
      if (!(ratio <= MAX_RATIO)) broken.push(`${kind}: with the worker, ${key} comes at ${ratio.toFixed(2)} of the time without`);
    }
  }
  return broken;
}

/** @param {import("puppeteer-core").Page} page @param {string} url @param {boolean} isWith @returns {Promise<Paints>} */
async function visit(page, url, isWith) {
  const protocol = await page.createCDPSession();
  await page.setViewport(VIEWPORT);
  await protocol.send("Network.enable");
  await protocol.send("Network.emulateNetworkConditions", SLOW_4G);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  if (!isWith) await page.evaluateOnNewDocument(() => delete (/** @type {any} */ (Navigator.prototype).serviceWorker));
  await page.evaluateOnNewDocument(() => {
    const paints = ((/** @type {any} */ (globalThis)).benchPaints = { fcp: 0, lcp: 0 });
    const on = (/** @type {string} */ type, /** @type {(entry: any) => void} */ use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
    on("paint", ({ name, startTime }) => name === "first-contentful-paint" && (paints.fcp = startTime));
    on("largest-contentful-paint", ({ startTime }) => (paints.lcp = startTime));
  });
  await page.goto(url, { waitUntil: "load", timeout: 120_000 });
  await page.waitForNetworkIdle({ idleTime: 1000, timeout: 120_000 });
  await page.waitForFunction(() => (/** @type {any} */ (globalThis)).benchPaints.lcp > 0, { timeout: 120_000 });
  return page.evaluate(() => ({ ...(/** @type {any} */ (globalThis)).benchPaints }));
}
