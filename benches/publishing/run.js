/**
 * What a built site promises, measured: `cargo xtask bench publishing` builds the demo edition, serves it with nginx, and
 * starts this. The parts, in their order: the validators (validators.js), Lighthouse (lighthouse.js), and the same article
 * beside pages of peers (peers.js makes them, paint.js measures), from plain JSON on a page of somebody else's (embedding.js), and with the service worker
 * and without (worker.js). Tables go to standard output, as docs/benchmarks.md has
 * them; the exit code is 1 where a promise does not hold.
 */
import { parseArgs } from "node:util";
import { launch } from "./browser.js";
import { embedding } from "./embedding.js";
import { lighthouse } from "./lighthouse.js";
import { paint } from "./paint.js";
import { peers } from "./peers.js";
import { validators } from "./validators.js";
import { worker } from "./worker.js";

/**
 * What the command line gives.
 * @typedef {object} Given
 * @property {string} origin where the site is served, with a slash at its end
 * @property {string} site the folder of the site
 * @property {string} peersOrigin where the peers' pages are served
 * @property {string} peers their folder, empty at first
 * @property {string} browser the program of Chromium
 * @property {string} java the program of Java
 */

/** The article that is measured. */
const ARTICLE = "the-clockwork-sea";

/** Every part gives what does not hold. @type {Record<string, (given: Given, browser: import("puppeteer-core").Browser) => Promise<string[]>>} */
const PARTS = {
  validators: (given, browser) => validators(given, browser, ARTICLE),
  lighthouse: (given, browser) => lighthouse(browser, { "front page": given.origin, article: `${given.origin}article/${ARTICLE}/` }),
  peers: async (given, browser) => paint(browser, await peers(given, ARTICLE)),
  embedding: (given, browser) => embedding(given, browser, ARTICLE),
  worker: (given, browser) => worker(browser, `${given.origin}article/${ARTICLE}/`),
};

const text = /** @type {const} */ ({ type: "string" });
const { values } = parseArgs({
  options: { origin: text, site: text, "peers-origin": text, peers: text, browser: text, java: text, only: text },
});
const given = /** @type {Given} */ ({ ...values, peersOrigin: values["peers-origin"] });
const wanted = values.only?.split(",") ?? Object.keys(PARTS);
for (const name of wanted) if (!PARTS[name]) throw new Error(`no part is called ${name}: there are ${Object.keys(PARTS).join(", ")}`);

const broken = [];
for (const name of wanted) {
  const browser = await launch(given.browser);
  try {
    broken.push(...(await PARTS[name](given, browser)));
  } finally {
    await browser.close();
  }
}
if (broken.length > 0) {
  console.log(`\nWhat does not hold:\n${broken.map((line) => `- ${line}`).join("\n")}`);
  process.exitCode = 1;
}
