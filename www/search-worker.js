/**
 * The search worker: hosts the search engine (a WebAssembly module beside this file) away from the page.
 *
 * The page sends:   {kind: "open", bytes: ArrayBuffer}
 *                   {kind: "search", seq: number, query: string, typing: boolean}
 *                   {kind: "snippets", seq: number, docs: Uint32Array}   for the query of the same seq
 *                   {kind: "close"}
 * The worker sends: {kind: "progress", done: number, total: number}      articles; the total is an estimate at first
 *                   {kind: "ready", documents: number, milliseconds: number}
 *                   {kind: "found", seq, docs: Uint32Array, allWords: number, repaired: [typed, used][]}
 *                   {kind: "snippets", seq, items: [doc, title, text][]}  title and text: plain, marked, plain, …
 *                   {kind: "failed", code: "wasm" | "unreadable" | "crashed", message: string}
 *
 * One thing is done at a time, in slices: the newest search first, then its snippets, then the building of the index.
 * Messages that arrived meanwhile are taken in between, so a search that was superseded is never begun.
 */
import init, { Engine } from "./offprint-search-worker.js";

/** Milliseconds of building between two looks at the messages. */
const SLICE = 12;
/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 50;
/** Articles whose snippets are cut in one slice. */
const SNIPPETS_PER_SLICE = 8;

/** @type {Engine | undefined} */
let engine;
let building = false;
let started = 0;
let reported = 0;
/** @type {{seq: number, query: string, typing: boolean} | undefined} The newest search that is not answered yet. */
let search;
/** @type {number | undefined} The seq of the query that the engine answered last. */
let answered;
/** @type {{seq: number, docs: Uint32Array, items: unknown[]} | undefined} */
let snippets;

const loaded = init();
loaded.catch((error) => fail("wasm", error));

// A message to ourselves stands in the queue behind those that have already arrived from the page.
const channel = new MessageChannel();
let scheduled = false;
channel.port1.onmessage = () => {
  scheduled = false;
  try {
    work();
  } catch (error) {
    // A trap leaves the module in no state to go on with.
    const code = typeof error === "string" ? "unreadable" : "crashed";
    engine = search = snippets = undefined;
    building = false;
    fail(code, error);
  }
};

self.onmessage = async ({ data }) => {
  switch (data.kind) {
    case "open":
      await loaded.then(() => open(data.bytes), () => {});
      break;
    case "search":
      search = data;
      break;
    case "snippets":
      // Those of an older query are of no use any more.
      if (data.seq === answered && !search) snippets = { seq: data.seq, docs: data.docs, items: [] };
      break;
    case "close":
      self.close();
      return;
  }
  schedule();
};

/** @param {ArrayBuffer} bytes */
function open(bytes) {
  engine?.free();
  started = performance.now();
  engine = new Engine(new Uint8Array(bytes));
  answered = snippets = undefined;
  building = true;
}

/** One slice of the most urgent work. */
function work() {
  if (!engine) return;
  if (building) build(engine);
  else if (search) answer(engine);
  else if (snippets) cut(engine, snippets);
  if (building || search || snippets) schedule();
}

/** @param {Engine} engine */
function build(engine) {
  const end = performance.now() + SLICE;
  let ready = false;
  while (!ready && performance.now() < end) ready = engine.step();
  const now = performance.now();
  if (ready) {
    building = false;
    self.postMessage({ kind: "progress", done: engine.total, total: engine.total });
    self.postMessage({ kind: "ready", documents: engine.total, milliseconds: now - started });
  } else if (now - reported >= REPORT_EVERY) {
    reported = now;
    self.postMessage({ kind: "progress", done: engine.done, total: engine.total });
  }
}

/** @param {Engine} engine */
function answer(engine) {
  const { seq, query, typing } = search;
  search = snippets = undefined;
  const docs = engine.search(query, typing);
  answered = seq;
  const found = { kind: "found", seq, docs, allWords: engine.all_words, repaired: engine.repaired };
  self.postMessage(found, [docs.buffer]);
}

/**
 * @param {Engine} engine
 * @param {{seq: number, docs: Uint32Array, items: unknown[]}} job
 */
function cut(engine, job) {
  const from = job.items.length;
  job.items.push(...engine.snippets(job.docs.subarray(from, from + SNIPPETS_PER_SLICE)));
  if (job.items.length >= job.docs.length) {
    snippets = undefined;
    self.postMessage({ kind: "snippets", seq: job.seq, items: job.items });
  }
}

function schedule() {
  if (scheduled) return;
  scheduled = true;
  channel.port2.postMessage(0);
}

/**
 * @param {string} code
 * @param {unknown} error
 */
function fail(code, error) {
  self.postMessage({ kind: "failed", code, message: error instanceof Error ? error.message : String(error) });
}
