/**
 * When the article can be read, and what has come until then: each page in turn, from empty caches, over Slow 4G with a
 * processor four times slower, five times; medians.
 *
 * Readable is the first frame in which the beginning of the first section stands in a box of its own on the page, and no
 * sooner than the browser's first contentful paint. Bytes are those on the wire, headers included.
 */
import { median, table } from "../figures.js";
import { withPage } from "./browser.js";

const RUNS = 5;

/** Lighthouse's Slow 4G, as far as the browser's own throttle has it. */
export const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8), uploadThroughput: (750e3 / 8) };

/** A common telephone. */
export const VIEWPORT = { width: 412, height: 823, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };

const MAX_WEIGHT = 25_000;
const MAX_LCP_RATIO = 1.1;

/**
 * One visit. Times are in milliseconds from the navigation's start.
 * @typedef {{ readable: number, fcp: number, lcp: number, cls: number, bytes: number, bytesBefore: number, wasmBefore: number, requests: number, requestsBefore: number, largest: string }} Visit
 */

/** @param {import("puppeteer-core").Browser} browser @param {import("./peers.js").Subject[]} subjects */
export async function paint(browser, subjects) {
  /** @type {Map<string, Visit[]>} */
  const visits = new Map(subjects.map(({ name }) => [name, []]));
  for (let n = 0; n < RUNS; n++) {
    // Each is the first at some time.
    for (const subject of [...subjects.slice(n % subjects.length), ...subjects.slice(0, n % subjects.length)]) {
      visits.get(subject.name)?.push(await withPage(browser, (page) => visit(page, subject)));
    }
  }
  const of = (/** @type {string} */ name, /** @type {keyof Visit} */ key) => median((visits.get(name) ?? []).map((visit) => Number(visit[key])));
  const ms = (/** @type {number} */ value) => `${Math.round(value)}`;
  const kb = (/** @type {number} */ value) => (value / 1000).toFixed(1);
  const rows = subjects.map(({ name }) => [
    name,
    ms(of(name, "readable")),
    ms(of(name, "lcp")),
    of(name, "cls").toFixed(3),
    kb(of(name, "bytesBefore")),
    `${of(name, "requestsBefore")}`,
    kb(of(name, "bytes")),
    `${of(name, "requests")}`,
  ]);
  console.log(`\n${table(["", "readable, ms", "LCP, ms", "CLS", "kB before", "requests before", "kB in all", "requests in all"], rows)}`);
  for (const { name } of subjects) {
    const all = visits.get(name) ?? [];
    console.log(`  ${name}: LCP of each run ${all.map(({ lcp }) => ms(lcp)).join(", ")} ms; the largest is ${all[0].largest}`);
  }
  const [ours, plain] = subjects;
  const ratio = of(ours.name, "lcp") / of(plain.name, "lcp");
  const wasm = Math.max(...(visits.get(ours.name) ?? []).map(({ wasmBefore }) => wasmBefore));
  console.log(`\nHTML and style sheet ${kb(ours.weight ?? NaN)} kB in Brotli; ${wasm} bytes of wasm before the largest paint; LCP with scripts ${ratio.toFixed(3)} of that without`);
  const broken = [];
  if (!(Number(ours.weight) <= MAX_WEIGHT)) broken.push(`HTML and style sheet are ${ours.weight} bytes, more than ${MAX_WEIGHT}`);
  if (wasm > 0) broken.push(`${wasm} bytes of wasm came before the article was painted`);
  if (!(ratio <= MAX_LCP_RATIO)) broken.push(`the largest paint comes at ${ratio.toFixed(3)} of the time without scripts`);
  if (of(ours.name, "cls") > 0) broken.push(`the page moves: CLS ${of(ours.name, "cls")}`);
  return broken;
}

/** @param {import("puppeteer-core").Page} page @param {import("./peers.js").Subject} subject @returns {Promise<Visit>} */
async function visit(page, { url, text, hasReader }) {
  const protocol = await page.createCDPSession();
  await page.setViewport(VIEWPORT);
  await protocol.send("Network.enable");
  await protocol.send("Network.emulateNetworkConditions", SLOW_4G);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  /** What came when, by the browser's clock in seconds. @type {{ at: number, bytes: number, isWasm: boolean }[]} */
  const arrivals = [];
  /** @type {number[]} */
  const asked = [];
  /** @type {Map<string, string>} */
  const addresses = new Map();
  /** From the browser's clock to that of the page. */
  let shift = 0;
  /** What has been counted of a request. @type {Map<string, number>} */
  const counted = new Map();
  const came = (/** @type {string} */ id, /** @type {number} */ at, /** @type {number} */ bytes) => {
    counted.set(id, (counted.get(id) ?? 0) + bytes);
    arrivals.push({ at, bytes, isWasm: addresses.get(id)?.endsWith(".wasm") ?? false });
  };
  protocol.on("Network.requestWillBeSent", ({ requestId, request, timestamp, wallTime }) => {
    if (request.url.startsWith("data:")) return;
    addresses.set(requestId, request.url);
    asked.push(timestamp);
    shift ||= wallTime - timestamp;
  });
  protocol.on("Network.responseReceived", ({ requestId, timestamp, response }) => came(requestId, timestamp, response.encodedDataLength));
  protocol.on("Network.dataReceived", ({ requestId, timestamp, encodedDataLength }) => came(requestId, timestamp, encodedDataLength));
  // Not all of it is told as it comes.
  protocol.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => came(requestId, timestamp, encodedDataLength - (counted.get(requestId) ?? 0)));
  await page.evaluateOnNewDocument(observe, text);
  await page.goto(url, { waitUntil: "load", timeout: 120_000 });
  await page.waitForFunction(() => Object.hasOwn(globalThis.benchSeen, "readable"), { timeout: 120_000 });
  // A person comes once the page stands: only then is the reader fetched.
  await page.waitForNetworkIdle({ idleTime: 1000, timeout: 120_000 });
  await page.mouse.move(5, 5);
  await page.waitForFunction((waits) => !waits || Object.hasOwn(globalThis.benchSeen, "ready"), { timeout: 120_000 }, hasReader);
  await page.waitForNetworkIdle({ idleTime: 1000, timeout: 120_000 });
  const seen = await page.evaluate(() => ({ ...globalThis.benchSeen, origin: performance.timeOrigin }));
  const readable = Math.max(seen.readable, seen.fcp);
  const before = (/** @type {number} */ at, /** @type {number} */ ms) => (at + shift) * 1000 - seen.origin <= ms;
  const sum = (/** @type {{ bytes: number }[]} */ some) => some.reduce((total, { bytes }) => total + bytes, 0);
  return {
    ...seen,
    readable,
    bytes: sum(arrivals),
    bytesBefore: sum(arrivals.filter(({ at }) => before(at, readable))),
    wasmBefore: sum(arrivals.filter(({ at, isWasm }) => isWasm && before(at, Math.max(readable, seen.lcp)))),
    requests: asked.length,
    requestsBefore: asked.filter((at) => before(at, readable)).length,
  };
}

/** Runs in the page before everything else, and writes down what it sees. @param {string} text */
function observe(text) {
  const seen = (globalThis.benchSeen = { cls: 0, lcp: 0, fcp: 0, largest: "" });
  const on = (/** @type {string} */ type, /** @type {(entry: any) => void} */ use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
  on("paint", ({ name, startTime }) => name === "first-contentful-paint" && (seen.fcp = startTime));
  on("largest-contentful-paint", ({ startTime, element, url }) => {
    seen.lcp = startTime;
    seen.largest = `<${element?.localName ?? "?"}> ${url ? new URL(url).pathname : (element?.textContent?.slice(0, 40) ?? "")}`.trim();
  });
  on("layout-shift", ({ value, hadRecentInput }) => hadRecentInput || (seen.cls += value));
  document.addEventListener("offprint-ready", () => (seen.ready = true));
  const look = () => {
    for (const paragraph of document.querySelectorAll("p")) {
      if (paragraph.textContent?.includes(text) && paragraph.checkVisibility() && paragraph.getBoundingClientRect().height > 0) {
        seen.readable = performance.now();
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
