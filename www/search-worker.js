/**
 * The search worker: hosts the search engine away from the page. Of the two WebAssembly modules beside this file one reads
 * the collection (the page has it too, so it comes from the browser's cache) and one makes the index and answers.
 *
 * The page sends:   {kind: "open", bytes: ArrayBuffer}
 *                   {kind: "search", seq: number, query: string, typing: boolean}
 *                   {kind: "snippets", seq: number, docs: Uint32Array}   for the query of the same seq
 * The worker sends: {kind: "progress", done: number, total: number}      parts of the work, until the index is ready
 *                   {kind: "ready"}
 *                   {kind: "found", seq, docs: Uint32Array, allWords: number, repaired: [typed, used][]}
 *                   {kind: "snippets", seq, items: [doc, title, text][]}  title and text: plain, marked, plain, …
 *                   {kind: "failed", code: "wasm" | "unreadable" | "crashed", message: string}
 *
 * One thing is done at a time, in slices: the newest search first, then its snippets, then the building of the index.
 * Messages that arrived meanwhile are taken in between, so a search that was superseded is never begun.
 */
import initArticles, { Articles } from "./offprint-articles.js";
import initEngine, { Engine } from "./offprint-search-worker.js";

/** Bytes of the collection that one step reads. */
const STEP = 1 << 16;
/** Milliseconds of building between two looks at the messages. */
const SLICE = 12;
/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 50;
/** Articles whose snippets are cut in one slice. */
const SNIPPETS_PER_SLICE = 8;

/** @type {Articles | undefined} */
let articles;
/** @type {Engine | undefined} */
let engine;
/** What is being done on the way to an index. @type {"reading" | "indexing" | ""} */
let building = "";
let bytes = 0;
let read = 0;
let added = 0;
let reported = 0;
/** @type {{seq: number, query: string, typing: boolean} | undefined} The newest search that is not answered yet. */
let search;
/** @type {number | undefined} The seq of the query that the engine answered last. */
let answered;
/** @type {{seq: number, docs: Uint32Array, items: unknown[]} | undefined} */
let snippets;

const loaded = Promise.all([initArticles(), initEngine()]);
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
    building = "";
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
  }
  schedule();
};

/** @param {ArrayBuffer} data */
function open(data) {
  articles?.free();
  engine?.free();
  articles = new Articles(new Uint8Array(data));
  engine = new Engine();
  bytes = data.byteLength;
  read = added = 0;
  answered = snippets = undefined;
  building = "reading";
}

/** One slice of the most urgent work. */
function work() {
  if (!engine) return;
  if (building) build();
  else if (search) answer(engine);
  else if (snippets) cut(engine, snippets);
  if (building || search || snippets) schedule();
}

/** Reads, then adds, then finishes: as much as fits into a slice. Reading counts as half of the work. */
function build() {
  const end = performance.now() + SLICE;
  while (building && performance.now() < end) {
    if (building === "reading") {
      read += STEP;
      if (!articles.step(STEP)) building = "indexing";
    } else if (added < articles.count()) {
      engine.add(articles.texts(added++));
    } else {
      engine.finish();
      building = "";
    }
  }
  const now = performance.now();
  const total = articles.count();
  if (!building) {
    self.postMessage({ kind: "progress", done: total, total });
    self.postMessage({ kind: "ready" });
  } else if (now - reported >= REPORT_EVERY) {
    reported = now;
    const done = Math.min(0.5, read / bytes / 2) + (total ? added / total / 2 : 0);
    self.postMessage({ kind: "progress", done: Math.round(done * 1000), total: 1000 });
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
  for (const doc of job.docs.subarray(from, from + SNIPPETS_PER_SLICE)) {
    job.items.push([doc, ...engine.snippet(articles.texts(doc))]);
  }
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
