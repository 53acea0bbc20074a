/**
 * Lighthouse, as its mobile setting has it: Slow 4G and a processor four times slower, both simulated. `machine` is its own
 * measure of how fast the machine is at the moment: where it differs from run to run, others are at work, and times mean little.
 */
import run from "lighthouse";
import { table } from "../figures.js";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const RUNS = 3;

/** @param {import("puppeteer-core").Browser} browser @param {Record<string, string>} pages addresses by name */
export async function lighthouse(browser, pages) {
  const port = Number(new URL(browser.wsEndpoint()).port);
  /** @type {string[]} */
  const broken = [];
  /** @type {string[][]} */
  const rows = [];
  /** What has not full marks, and why, by page and audit: as the last run has it. @type {Map<string, string>} */
  const faults = new Map();
  for (let n = 1; n <= RUNS; n++) {
    for (const [name, url] of Object.entries(pages)) {
      const { lhr } = /** @type {import("lighthouse").RunnerResult} */ (await run(url, { port, output: "json", logLevel: "error", onlyCategories: CATEGORIES }));
      const scores = CATEGORIES.map((category) => Math.round((lhr.categories[category].score ?? 0) * 100));
      const told = (/** @type {string} */ id) => lhr.audits[id].displayValue ?? "";
      rows.push([`${name}, run ${n}`, ...scores.map(String), told("first-contentful-paint"), told("largest-contentful-paint"), told("total-blocking-time"), told("cumulative-layout-shift"), String(Math.round(lhr.environment.benchmarkIndex))]);
      CATEGORIES.forEach((category, at) => {
        if (scores[at] < 100) broken.push(`Lighthouse, ${name}, run ${n}: ${category} is ${scores[at]}`);
        for (const { id, weight } of lhr.categories[category].auditRefs) {
          const audit = lhr.audits[id];
          if (audit.score === null || audit.score >= 1) continue;
          const why = [audit.displayValue, audit.explanation, items(audit.details)].filter(Boolean).join("; ");
          faults.set(`${name}: ${id}`, `${name}: ${id} (weight ${weight} in ${category}): ${audit.title}: ${why}`);
        }
      });
      for (const warning of lhr.runWarnings) faults.set(`${name}: ${warning}`, `${name}: ${warning}`);
    }
  }
  console.log(`\n${table(["Lighthouse", ...CATEGORIES, "FCP", "LCP", "TBT", "CLS", "machine"], rows)}`);
  for (const fault of [...faults.values()].sort()) console.log(`- ${fault}`);
  return broken;
}

/** The first things of ours that an audit points to. @param {any} details */
function items(details) {
  const named = (details?.items ?? []).map((/** @type {any} */ item) => item.node?.snippet ?? item.url ?? item.scriptUrl ?? item.groupLabel);
  return named.filter(Boolean).slice(0, 3).map((/** @type {string} */ item) => item.slice(0, 120)).join(", ");
}
