/**
 * The tables of docs/benchmarks.md, from what was measured.
 */
import { median, quantile, table } from "../figures.js";

const kilobytes = (/** @type {number} */ n) => (n / 1e3).toFixed(n < 1e5 ? 1 : 0);
const megabytes = (/** @type {number | undefined} */ n) => (n === undefined ? "" : (n / 1e6).toFixed(1));
const milliseconds = (/** @type {number | undefined} */ ms) => (ms === undefined || Number.isNaN(ms) ? "" : ms < 100 ? ms.toFixed(2) : ms.toFixed(0));
const task = (/** @type {number | undefined} */ ms) => (ms === undefined ? "" : ms ? ms.toFixed(0) : "under 50");
const share = (/** @type {number} */ part) => `${(100 * part).toFixed(part > 0.995 && part < 1 ? 2 : 1)} %`;

/** @param {any} raw */
export function report(raw) {
  const names = Object.keys(raw.rounds[0]);
  /** The middle of the rounds. @param {string} name @param {(round: any) => number | undefined} of */
  const middle = (name, of) => {
    const values = raw.rounds.map((/** @type {any} */ round) => of(round[name])).filter((/** @type {any} */ value) => value !== undefined && !Number.isNaN(value));
    return values.length ? median(values) : undefined;
  };
  const settings = (/** @type {string} */ name) => Object.keys(raw.rounds[0][name].times);
  const called = (/** @type {string} */ name, /** @type {string} */ setting) => (settings(name).length > 1 ? `${name}, ${setting}` : name);
  /** What the browser's own measure leaves out. */
  const wasm = (/** @type {any} */ round, /** @type {"memory" | "memoryAfter"} */ when = "memory") => round[when].wasm?.reduce((/** @type {number} */ sum, /** @type {any} */ module) => sum + module.bytes, 0);

  /** @type {Map<string, any[]>} */
  const native = new Map();
  for (const entry of raw.native) native.set(entry.what, [...(native.get(entry.what) ?? []), entry]);
  const built = table(
    ["native build", "median, s", "least", "most"],
    [...native].map(([what, entries]) => {
      const times = entries.map(({ ms }) => ms / 1000);
      return [what, median(times), Math.min(...times), Math.max(...times)].map((cell) => (typeof cell === "number" ? cell.toFixed(2) : cell));
    }),
  );
  const indexed = table(
    ["in the browser", "index, s", "reading JSON, s", "memory, MB", "without the texts, MB", "of it WebAssembly, MB", "after the typed queries, MB", "longest task while indexing, ms"],
    names.map((name) => [
      name,
      ((middle(name, (round) => round.index) ?? NaN) / 1000).toFixed(2).replace("NaN", ""),
      ((middle(name, (round) => round.reading) ?? NaN) / 1000).toFixed(2).replace("NaN", ""),
      megabytes(middle(name, (round) => round.memory.all + (wasm(round) ?? 0))),
      megabytes(middle(name, (round) => round.memory.alone)),
      megabytes(middle(name, (round) => wasm(round))),
      megabytes(middle(name, (round) => round.memoryAfter && round.memoryAfter.all + (wasm(round, "memoryAfter") ?? 0))),
      task(middle(name, (round) => round.tasks.indexing)),
    ]),
  );
  const typed = table(
    [`${raw.asked.typed.length} typed beginnings`, "p50, ms", "p95", "p99", "most", "longest task on the page, ms"],
    names.flatMap((name) =>
      settings(name).map((setting) => {
        const at = (/** @type {number} */ part) => milliseconds(middle(name, (round) => quantile(round.times[setting], part)));
        return [called(name, setting), at(0.5), at(0.95), at(0.99), at(1), task(middle(name, (round) => round.tasks[setting]))];
      }),
    ),
  );
  const wire = names.map((name) => {
    const { first, session } = raw.once[name];
    const of = (/** @type {string} */ key, /** @type {number} */ part) => quantile(first.map((/** @type {any} */ one) => one[key]), part);
    return [name, kilobytes(of("code", 0.5)), kilobytes(of("bytes", 0.5)), kilobytes(of("bytes", 0.95)), `${of("requests", 0.5)}`, `${of("depth", 0.5)}`, `${of("depth", 1)}`, kilobytes(session.bytes), `${session.requests}`];
  });
  for (const name of names) {
    const { waiting } = raw.once[name];
    if (waiting) wire.push([`${name}, asking when nobody has typed for 300 ms`, "", "", "", "", "", "", kilobytes(waiting.bytes), `${waiting.requests}`]);
  }
  const fetched = table(["on the wire, kB", "code", "first query, median", "p95", "requests", "deep, median", "most", `typing “${raw.asked.session}”`, "requests"], wire);
  const ahead = table(["index built ahead, delivered whole", "raw, MB", "compressed, MB"], raw.serialised.map((/** @type {any} */ { name, raw, compressed }) => [name, megabytes(raw), megabytes(compressed)]));
  const complete = table(
    ["found of what a scan finds", "words, mean", "least", "beginnings, mean", "least"],
    names.flatMap((name) =>
      Object.keys(raw.once[name].complete).filter((setting) => setting !== "uncut" || raw.once[name].cut.length > 0).map((setting) => {
        const { whole, beginnings } = raw.once[name].complete[setting];
        const title = setting === "uncut" ? `${name}, without ${raw.once[name].cut.length} that are cut to their best` : called(name, setting);
        return [title, share(whole.mean), share(whole.worst), share(beginnings.mean), share(beginnings.worst)];
      }),
    ),
  );
  const head = `${raw.corpus.name}: ${raw.corpus.articles} articles, ${megabytes(raw.corpus.bytes)} MB of JSON; ${raw.rounds.length} rounds`;
  return [head, built, indexed, typed, fetched, ...(raw.serialised.length ? [ahead] : []), complete].join("\n\n");
}
