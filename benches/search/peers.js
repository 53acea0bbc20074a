/**
 * Other engines, each on a page of its own. Those that index in the page answer there too; Pagefind has a worker, and is asked
 * from the page. Times are those that the page waits.
 */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { withPage } from "./browser.js";
import { completeness } from "./corpus.js";
import { KEY } from "./reader.js";
import { bytes, depth } from "./server.js";
import { longestTask, memory, watch } from "./watch.js";

/** Results whose texts are shown. */
const SHOWN = 10;

export class Peer {
  /** @param {string} name @param {string[]} settings @param {import("./server.js").Server} server @param {string} built the setting that its index is built with */
  constructor(name, settings, server, built) {
    Object.assign(this, { name: settings.length > 1 ? name : `${name}, ${built}`, settings, server, built });
  }

  /** @param {import("puppeteer-core").Page} page @param {any} asked */
  async open(page, asked) {
    await watch(page);
    await page.goto(this.server.origin);
    const empty = await memory(page);
    const reading = await page.evaluate(() => globalThis.bench.load());
    await longestTask(page);
    const index = await page.evaluate((fields, built) => globalThis.bench.build(fields, built), asked.fields, this.built);
    return { empty, reading, index, indexing: await longestTask(page) };
  }

  /** @param {() => Promise<import("puppeteer-core").Browser>} launch @param {any} asked */
  async round(launch, asked) {
    const browser = await launch();
    try {
      return await withPage(browser, async (page) => {
        const { empty, reading, index, indexing } = await this.open(page, asked);
        const withTexts = (await memory(page)) - empty;
        /** @type {Record<string, number[]>} */
        const times = {};
        /** @type {Record<string, number>} */
        const tasks = { indexing };
        for (const setting of this.settings) {
          times[setting] = await page.evaluate((typed, setting) => globalThis.bench.times(typed, setting), asked.typed, setting);
          tasks[setting] = await longestTask(page);
        }
        await page.evaluate(() => globalThis.bench.forget());
        return { index, reading, memory: { all: withTexts, alone: (await memory(page)) - empty }, tasks, times };
      });
    } finally {
      await browser.close();
    }
  }

  /** @param {() => Promise<import("puppeteer-core").Browser>} launch @param {any} asked */
  async once(launch, asked) {
    const browser = await launch();
    try {
      return await withPage(browser, async (page) => {
        const began = this.server.log.length;
        await this.open(page, asked);
        const log = this.server.log.slice(began).filter(({ url }) => /\.(js|json)$/.test(url));
        const fetched = { page: 0, bytes: bytes(log), code: bytes(log.filter(({ url }) => url.endsWith(".js"))), requests: log.length, depth: depth(log) };
        /** @type {Record<string, any>} */
        const complete = {};
        for (const setting of this.settings) {
          const sets = new Map();
          for (const { query } of [...asked.scanned.whole, ...asked.scanned.beginnings]) {
            sets.set(query, new Set(await page.evaluate((query, setting) => globalThis.bench.found(query, setting, 1_000_000), query, setting)));
          }
          complete[setting] = { whole: completeness(asked.scanned.whole, sets), beginnings: completeness(asked.scanned.beginnings, sets) };
        }
        // Everything is here: nothing is fetched for a query.
        return { first: [fetched], session: fetched, complete };
      });
    } finally {
      await browser.close();
    }
  }
}

export class Pagefind {
  settings = ["default"];

  /** @param {string} name @param {import("./server.js").Server} server */
  constructor(name, server) {
    Object.assign(this, { name, server });
  }

  /** @param {import("puppeteer-core").Page} page */
  async open(page) {
    await watch(page);
    await page.goto(`${this.server.origin}blank.html`);
    await page.evaluate(() => {
      globalThis.start = async () => {
        globalThis.pagefind ??= await import(/** @type {string} */ ("/pagefind/pagefind.js"));
        await globalThis.pagefind.init();
      };
      /** @param {string} query @param {number} shown */
      globalThis.show = async (query, shown) => {
        const found = await globalThis.pagefind.search(query);
        return Promise.all(found.results.slice(0, shown).map((/** @type {any} */ result) => result.data()));
      };
    });
  }

  /** @param {() => Promise<import("puppeteer-core").Browser>} launch @param {any} asked */
  async round(launch, asked) {
    const browser = await launch();
    try {
      return await withPage(browser, async (page) => {
        await this.open(page);
        const empty = await memory(page);
        await page.evaluate(() => globalThis.start());
        const run = () =>
          page.evaluate(async (typed) => {
            const times = [];
            for (const query of typed) {
              const began = performance.now();
              await globalThis.pagefind.search(query);
              times.push(performance.now() - began);
            }
            return times;
          }, asked.typed);
        // The first time fetches: what is measured is the second.
        await run();
        await longestTask(page);
        const times = await run();
        const typing = await longestTask(page);
        return { memory: { all: (await memory(page)) - empty }, tasks: { default: typing }, times: { default: times } };
      });
    } finally {
      await browser.close();
    }
  }

  /** @param {() => Promise<import("puppeteer-core").Browser>} launch @param {any} asked */
  async once(launch, asked) {
    const browser = await launch();
    try {
      const first = [];
      for (const query of asked.cold) {
        first.push(
          await this.#cold(browser, (page) =>
            page.evaluate(async (query, shown) => {
              await globalThis.start();
              await globalThis.show(query, shown);
            }, query, SHOWN),
          ),
        );
      }
      /** As a page that asks at every key. */
      const session = await this.#cold(browser, (page) =>
        page.evaluate(
          async (text, key, shown) => {
            await globalThis.start();
            const all = [];
            for (let end = 1; end <= text.length; end++) {
              all.push(globalThis.show(text.slice(0, end), shown));
              await new Promise((resolve) => setTimeout(resolve, key));
            }
            await Promise.all(all);
          },
          asked.session,
          KEY,
          SHOWN,
        ),
      );
      /** As its own interface does: it waits until nobody has typed for 300 ms, and fetches meanwhile what the query will need. */
      const waiting = await this.#cold(browser, (page) =>
        page.evaluate(
          async (text, key, shown) => {
            await globalThis.start();
            const all = [];
            for (let end = 1; end <= text.length; end++) {
              const found = globalThis.pagefind.debouncedSearch(text.slice(0, end), {}, 300);
              all.push(found.then((/** @type {any} */ found) => found && Promise.all(found.results.slice(0, shown).map((/** @type {any} */ result) => result.data()))));
              await new Promise((resolve) => setTimeout(resolve, key));
            }
            await Promise.all(all);
          },
          asked.session,
          KEY,
          SHOWN,
        ),
      );
      const names = await this.#names();
      const found = await withPage(browser, async (page) => {
        await this.open(page);
        await page.evaluate(() => globalThis.start());
        const sets = new Map();
        for (const { query } of [...asked.scanned.whole, ...asked.scanned.beginnings]) {
          const ids = await page.evaluate(async (query) => (await globalThis.pagefind.search(query)).results.map((/** @type {any} */ result) => result.id), query);
          sets.set(query, new Set(ids.map((/** @type {string} */ id) => names.get(id))));
        }
        return sets;
      });
      const complete = { default: { whole: completeness(asked.scanned.whole, found), beginnings: completeness(asked.scanned.beginnings, found) } };
      return { first, session, waiting, complete };
    } finally {
      await browser.close();
    }
  }

  /** @param {import("puppeteer-core").Browser} browser @param {(page: import("puppeteer-core").Page) => Promise<unknown>} use */
  #cold(browser, use) {
    return withPage(browser, async (page) => {
      await this.open(page);
      const began = this.server.log.length;
      await use(page);
      await this.server.quiet();
      const log = this.server.log.slice(began);
      return { page: 0, bytes: bytes(log), code: bytes(log.filter(({ url }) => /\.js$|wasm\./.test(url))), requests: log.length, depth: depth(log), log };
    });
  }

  /** The document of each of its results' names. */
  async #names() {
    const folder = join(this.server.root, "pagefind/fragment");
    /** @type {Map<string, number>} */
    const names = new Map();
    for (const file of await readdir(folder)) {
      const text = gunzipSync(await readFile(join(folder, file))).toString("utf8");
      const url = JSON.parse(text.slice(text.indexOf("{"))).url;
      names.set(file.replace(/\.pf_fragment$/, ""), Number(url.match(/(\d+)\.html/)[1]));
    }
    return names;
  }
}
