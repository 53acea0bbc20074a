/**
 * What holds for every page of the site: its HTML is valid, its feeds are well-formed XML, the reader starts without a
 * violation of the policy and without a request outside, and without scripts everything is there and linked.
 */
import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { withPage } from "./browser.js";

/**
 * @param {import("./run.js").Given} given
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} article the one that is visited
 */
export async function validators(given, browser, article) {
  const files = (await readdir(given.site, { recursive: true })).map((file) => file.replaceAll("\\", "/")).sort();
  const broken = [
    ...(await html(given, files)),
    ...(await xml(given, files, browser)),
    ...(await policy(given, files, browser, article)),
    ...(await withoutScripts(given, files, browser)),
  ];
  return broken;
}

/** Every page through the Nu Html Checker. @param {import("./run.js").Given} given @param {string[]} files */
async function html({ site, java }, files) {
  const pages = files.filter((file) => file.endsWith(".html"));
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const { stdout } = await promisify(execFile)(java, ["-jar", jar, "--format", "json", "--exit-zero-always", "--stdout", ...pages.map((page) => join(site, page))], { maxBuffer: 1 << 28 });
  /** @type {{ messages: { type: string, url: string, message: string, lastLine?: number }[] }} */
  const { messages: all } = JSON.parse(stdout);
  // It reads files only from a disk, where the policy's `self` is nobody: policy() asks the browser.
  const messages = all.filter(({ message }) => !message.includes("Content Security Policy"));
  /** The same is said of many pages: kinds, without the names of files, each with its number and its first place. @type {Map<string, { n: number, place: string }>} */
  const kinds = new Map();
  for (const { type, url, message, lastLine } of messages) {
    const kind = `${type === "info" ? "warning" : type}: ${message.replace(/“[^”]*[/.][^”]*”/g, "…")}`;
    const known = kinds.get(kind);
    if (known) known.n += 1;
    else kinds.set(kind, { n: 1, place: `${decodeURI(url).split("/site/").pop()}:${lastLine ?? "?"}` });
  }
  const told = [...kinds].map(([kind, { n, place }]) => `${kind} (${n} times, first ${place})`);
  const warnings = told.filter((line) => line.startsWith("warning"));
  const errors = told.filter((line) => !line.startsWith("warning"));
  console.log(`HTML: ${pages.length} pages, ${messages.filter(({ type }) => type !== "info").length} errors, ${warnings.length} kinds of warnings`);
  for (const warning of warnings) console.log(`- ${warning}`);
  return errors;
}

/** Feeds and sitemaps as the browser's XML parser sees them. @param {import("./run.js").Given} given @param {string[]} files @param {import("puppeteer-core").Browser} browser */
async function xml({ site }, files, browser) {
  const broken = [];
  const wanted = files.filter((file) => file.endsWith(".xml"));
  await withPage(browser, async (page) => {
    for (const file of wanted) {
      const error = await page.evaluate(
        (text) => new DOMParser().parseFromString(text, "application/xml").querySelector("parsererror")?.textContent,
        await readFile(join(site, file), "utf8"),
      );
      if (error) broken.push(`${file} is not well-formed: ${error}`);
    }
  });
  console.log(`XML: ${wanted.length} files, ${broken.length} not well-formed`);
  return broken;
}

/** A visit of each kind of page, until the reader has taken it over. @param {import("./run.js").Given} given @param {string[]} files @param {import("puppeteer-core").Browser} browser @param {string} article */
async function policy({ origin }, files, browser, article) {
  /** @type {string[]} */
  const broken = [];
  const first = (/** @type {string} */ folder) => files.find((file) => file.startsWith(`${folder}/`) && file.endsWith("/index.html"))?.replace("index.html", "") ?? "";
  const addresses = ["", `article/${article}/`, first("category"), first("tag")];
  let requests = 0;
  for (const address of addresses) {
    await withPage(browser, async (page) => {
      page.on("request", (request) => {
        requests += 1;
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) broken.push(`/${address} asks for ${request.url()}`);
      });
      page.on("console", (message) => {
        if (["error", "warn"].includes(message.type())) broken.push(`/${address} says: ${message.text()}`);
      });
      page.on("pageerror", (error) => broken.push(`/${address} fails: ${error}`));
      await page.evaluateOnNewDocument(() => {
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => console.error(`policy: ${violatedDirective} ${blockedURI}`));
        document.addEventListener("offprint-ready", () => (document.documentElement.dataset.benchReady = ""));
      });
      await page.goto(origin + encodeURI(address));
      try {
        // The first sign of a person.
        await page.mouse.move(5, 5);
        await page.waitForSelector("[data-bench-ready]", { timeout: 30_000 });
        // The search fetches what the page alone does not.
        await page.focus("#op-search, .op-theme");
        await page.waitForNetworkIdle();
      } catch (error) {
        broken.push(`/${address}: the reader does not start: ${error}`);
      }
    });
  }
  console.log(`Policy: ${addresses.length} pages with the reader, ${requests} requests, ${broken.length} violations, errors, and requests outside`);
  return broken;
}

/** Follows all links from the front page on, without scripts. @param {import("./run.js").Given} given @param {string[]} files @param {import("puppeteer-core").Browser} browser */
async function withoutScripts({ origin, site }, files, browser) {
  /** @type {string[]} */
  const broken = [];
  /** All that has been found, by its address. @type {Set<string>} */
  const found = new Set([origin]);
  let pages = 0;
  await withPage(browser, async (page) => {
    await page.setJavaScriptEnabled(false);
    for (const address of found) {
      if (!/(\/|\.html)$/.test(address)) continue;
      pages += 1;
      await page.goto(address);
      const { links, text, shown } = await page.evaluate(() => {
        const links = /** @type {NodeListOf<HTMLAnchorElement | HTMLLinkElement>} */ (document.querySelectorAll("a[href], link[rel=alternate]"));
        const controls = [...document.querySelectorAll("#op-search, #op-category, .op-theme, .op-skip")];
        return {
          links: [...links].map(({ href }) => href.replace(/[?#].*/, "")),
          text: document.body.innerText,
          shown: controls.filter((control) => control.checkVisibility({ visibilityProperty: true })).map((control) => control.id || control.className),
        };
      });
      for (const link of links) if (link.startsWith(origin)) found.add(link);
      if (shown.length > 0) broken.push(`${address} shows controls that do nothing without scripts: ${shown.join(", ")}`);
      const id = /\/article\/([^/]+)\/$/.exec(address)?.[1];
      if (!id) continue;
      const [article] = JSON.parse(await readFile(join(site, "article", decodeURIComponent(id), "article.json"), "utf8")).articles;
      const headings = [article.title, ...(article.sections ?? []).map((/** @type {{ heading?: string }} */ section) => section.heading)];
      const plain = (/** @type {string} */ markdown) => markdown.replace(/[*`_\s]+/g, " ").trim().toLowerCase();
      for (const heading of headings) if (heading && !plain(text).includes(plain(heading))) broken.push(`${address} does not show “${heading}”`);
    }
  });
  // The lists of authors are for search engines: bylines lead where the author says.
  const expected = files.filter((file) => /^(article|category|tag)\/.*index\.html$|(^|\/)feed\.(xml|json)$/.test(file));
  for (const file of expected) {
    const address = new URL(encodeURI(file.replace(/index\.html$/, "")), origin).href;
    if (!found.has(address)) broken.push(`${file} is linked from nowhere`);
  }
  console.log(`Without scripts: ${pages} pages followed from the front page, ${expected.length} pages and feeds looked for, ${broken.length} faults`);
  return broken;
}
