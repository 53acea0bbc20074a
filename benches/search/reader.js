/**
 * Our own reader, as a person uses it: the page as it is delivered, its search box, its worker. Times are taken in the worker
 * (hook.js), from a question's arrival to its answer's departure.
 */
import { withPage } from "./browser.js";
import { byDate, completeness } from "./corpus.js";
import { bytes, depth } from "./server.js";
import { longestTask, memory, watch } from "./watch.js";

/** Milliseconds between two keys. */
export const KEY = 120;
/** Cold queries at level 1, where each fetches the same. */
const N_ALIKE = 3;
/** What of a page of level 1 the search needs. */
const IS_CODE = /(search-|offprint-articles|offprint-index|edition)[^/]*\.(js|wasm)$/;

export class Reader {
  /** @param {string} name @param {import("./server.js").Server} server @param {{ collection: any, isBuilt: boolean }} edition */
  constructor(name, server, { collection, isBuilt }) {
    Object.assign(this, { name, server, isBuilt, settings: ["typing"] });
    this.orders = [collection.articles.map((/** @type {any} */ _, /** @type {number} */ ix) => ix), byDate(collection)];
  }

  /** Opens the front page, until its reader runs. @param {import("puppeteer-core").Page} page */
  async open(page) {
    await watch(page);
    await page.evaluateOnNewDocument(() => {
      const tree = () => document.querySelector("offprint-reader")?.shadowRoot ?? document;
      globalThis.box = () => tree().querySelector("#op-search");
      globalThis.isRunning = () => globalThis.box() && !document.querySelector(".op-root[data-op-edition]") && tree().querySelector(".op-card");
      /** @param {string} query */
      globalThis.type = (query) => {
        globalThis.box().value = query;
        globalThis.box().dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      };
      /** @param {string} query */
      globalThis.answered = (query) => globalThis.watched.answers.findLast((/** @type {any} */ answer) => answer.query.trim() === query.trim());
    });
    await page.goto(this.server.origin);
    if (this.isBuilt) await page.mouse.move(50, 50);
    await page.waitForFunction(() => globalThis.isRunning());
    await this.server.quiet();
  }

  /** Asks, and waits for the answer. @param {import("puppeteer-core").Page} page @param {string} query */
  async ask(page, query) {
    await page.evaluate((query) => {
      globalThis.watched.answers.length = 0;
      globalThis.type(query);
    }, query);
    await page.waitForFunction((query) => globalThis.answered(query), { polling: 10 }, query);
  }

  /** What the worker tells of itself. @param {import("puppeteer-core").Page} page */
  async state(page) {
    await page.evaluate(() => {
      globalThis.watched.state = undefined;
      globalThis.askWorker();
    });
    await page.waitForFunction(() => globalThis.watched.state);
    return page.evaluate(() => globalThis.watched.state);
  }

  /** @param {() => Promise<import("puppeteer-core").Browser>} launch @param {any} asked */
  async round(launch, asked) {
    const browser = await launch();
    try {
      return await withPage(browser, async (page) => {
        await this.open(page);
        const empty = await memory(page);
        const opening = await longestTask(page);
        await page.evaluate(() => globalThis.box().focus());
        await this.ask(page, asked.cold[0]);
        await this.server.quiet();
        const { others, wasm } = await this.state(page);
        const at = (/** @type {RegExp} */ kind) => others.find((/** @type {any} */ other) => kind.test(other.kind))?.at;
        const indexing = await longestTask(page);
        const full = await memory(page);
        // The first time a built edition fetches: what is measured is the second.
        const first = await this.times(page, asked.typed);
        await longestTask(page);
        const times = await this.times(page, asked.typed);
        const typing = await longestTask(page);
        return {
          index: at(/^from:ready/) - at(/^to:(open|texts|site|edition)/),
          memory: { all: full - empty, wasm },
          tasks: { opening, indexing, typing },
          times: { typing: times },
          first,
          memoryAfter: { all: (await memory(page)) - empty, wasm: (await this.state(page)).wasm },
        };
      });
    } finally {
      await browser.close();
    }
  }

  /** Every beginning is typed, and its answer drawn, before the next. @param {import("puppeteer-core").Page} page @param {string[]} typed */
  async times(page, typed) {
    return page.evaluate(async (typed) => {
      const times = [];
      for (const query of typed) {
        globalThis.watched.answers.length = 0;
        globalThis.type(query);
        for (const began = performance.now(); !globalThis.answered(query) && performance.now() - began < 10_000; ) await new Promise((resolve) => setTimeout(resolve, 2));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        times.push(globalThis.answered(query)?.ms ?? Infinity);
      }
      return times;
    }, typed);
  }

  /** Bytes and completeness. @param {() => Promise<import("puppeteer-core").Browser>} launch @param {any} asked */
  async once(launch, asked) {
    const browser = await launch();
    try {
      const first = [];
      for (const query of this.isBuilt ? asked.cold : asked.cold.slice(0, N_ALIKE)) first.push(await withPage(browser, (page) => this.cold(page, (page) => this.ask(page, query))));
      const session = await withPage(browser, (page) =>
        this.cold(page, async (page) => {
          await page.keyboard.type(asked.session, { delay: KEY });
          await page.waitForFunction((query) => globalThis.answered(query), {}, asked.session);
        }),
      );
      const found = await withPage(browser, async (page) => {
        await this.open(page);
        await page.evaluate(() => globalThis.box().focus());
        /** @type {Map<string, { docs: number[], n: number }>} */
        const found = new Map();
        for (const { query } of [...asked.scanned.whole, ...asked.scanned.beginnings]) {
          await this.ask(page, query);
          found.set(query, await page.evaluate((query) => ({ docs: [...globalThis.answered(query).docs], n: globalThis.answered(query).n }), query));
        }
        return found;
      });
      // Of some beginnings only the best are given, and the rest is counted: without those, too.
      const cut = [...found].filter(([, { docs, n }]) => n > docs.length).map(([query, { docs, n }]) => ({ query, n, given: docs.length }));
      const beginnings = asked.scanned.beginnings.filter((/** @type {any} */ scanned) => !cut.some(({ query }) => query === scanned.query));
      return { first, session, complete: { typing: this.#complete(asked.scanned, found), uncut: this.#complete({ ...asked.scanned, beginnings }, found) }, cut };
    } finally {
      await browser.close();
    }
  }

  /** What is fetched from the focus on. @param {import("puppeteer-core").Page} page @param {(page: import("puppeteer-core").Page) => Promise<void>} use */
  async cold(page, use) {
    const began = this.server.log.length;
    await this.open(page);
    const focused = this.server.log.length;
    await page.evaluate(() => globalThis.box().focus());
    await use(page);
    await this.server.quiet();
    const before = this.server.log.slice(began, focused);
    const after = this.server.log.slice(focused);
    // At level 1 the collection, and the module that reads it, came with the page.
    const needed = this.isBuilt ? after : [...before.filter(({ url }) => IS_CODE.test(url) || url.endsWith("/articles.json")), ...after];
    const code = needed.filter(({ url }) => /\.(js|wasm)$/.test(url));
    return { page: bytes(before), bytes: bytes(needed), code: bytes(code), requests: after.length, depth: depth(after), log: after };
  }

  /** Articles are numbered as in the file, or by date: whichever numbering fits is the one meant. @param {any} scanned @param {Map<string, { docs: number[], n: number }>} found */
  #complete(scanned, found) {
    const by = this.orders.map((order) => {
      const sets = new Map([...found].map(([query, { docs }]) => [query, new Set(docs.map((doc) => order[doc]))]));
      return { whole: completeness(scanned.whole, sets), beginnings: completeness(scanned.beginnings, sets) };
    });
    return by.reduce((best, other) => (other.whole.mean > best.whole.mean ? other : best));
  }
}
