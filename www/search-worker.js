/**
 * The search: hosts the engine away from the page, or on it, in slices, where the browser starts no worker.
 *
 * A page (`helped` in element.js, `serve` in aids.js) makes a channel for each element that searches, and hands one end over: to a worker, which runs this script and says
 * `{kind: "here"}` first, or to `serve` itself. Over the channel
 *
 * the page sends:   {kind: "open", bytes: ArrayBuffer, plan: Uint32Array, surroundings: Uint8Array}
 *                                                                        a collection, and what its reader knows of it
 *                   {kind: "edition", data, stamp, files}                a built edition: the address of its data, the name of its
 *                                                                        index, and the file that says where results are (as the
 *                                                                        arguments of `file` in edition.js)
 *                   {kind: "search", seq: number, query: string, typing: boolean}
 *                   {kind: "snippets", seq: number, docs: Uint32Array}   for the query of the same seq
 *                   {kind: "complete", seq: number, typed: string}       the last word is to be completed
 *                   {kind: "mark", seq: number, query: string, texts: string[]}  a query, and texts that are shown whole
 * and gets:         {kind: "progress", done: number, total: number}      parts of the work, until the index is ready
 *                   {kind: "ready"}
 *                   {kind: "found", seq, docs: Uint32Array, allWords: number, total: number, repaired: [typed, used][]}
 *                   {kind: "snippets", seq, items: [doc, title, text, card?][]}  title and text: plain, marked, plain, …;
 *                                                                        card: packed, from a built edition
 *                   {kind: "completions", seq, words: [word, articles][]}  the commonest first, at most 8; words are folded
 *                   {kind: "lost", seq, docs, code, op?, message}        snippets of these are not to be had, as in `failed`; all else goes on
 *                   {kind: "marks", seq, ranges: Uint32Array}            by threes: number of the text, start, end
 *                   {kind: "wanted", wanted: Uint32Array}                articles of a collection, by position: it sends
 *                                                                        {kind: "articles", items: Uint8Array[]}, the bytes of
 *                                                                        each, in that order
 *                   {kind: "failed", code, op?, message: string}         `op`: a code of docs/errors.md; `code`: offline, not-found, unreachable, unreadable: as the
 *                                                                        kinds of an OffprintError; wasm, crashed: of the module itself.
 *                                                                        Nothing comes after it.
 *
 * - Articles are named by their positions in the collection, or their numbers in the edition.
 * - `found`: `total` is how many articles match; it is more than there are `docs` where the rest is only counted.
 * - `complete` and `mark` have a `seq` of their own each, which the answer repeats. A newer one of the same kind takes the place
 *   of one that is not answered yet, and what stands in a query's place does not touch `search` and its `snippets`. Both wait for
 *   the index; a query that is to be marked is read as one that is still typed, since the search was.
 * - Marks are counted in UTF-16 code units, ascend by text and place, and do not overlap.
 *
 * One thing is done at a time, the newest search before its snippets. What was superseded is never begun, and
 * fetches nothing more. Of a built edition parts of the index are fetched as a query needs them, and let go of when they take
 * too much memory (`Built`); a collection is read and its index built first (`Collection` in search-collection.js).
 */

import { FILES, OffprintError, breath, bytes, wasm } from "./element.js";

/** Bytes of parts that are kept, and of files with results. */
const KEPT = (/** @type {any} */ (globalThis.navigator)?.deviceMemory ?? 8) <= 4 ? 16 << 20 : 64 << 20;
const RESULTS_KEPT = 4 << 20;
/** Files that are fetched at once. */
const AT_ONCE = 6;
/** How those are that an answer waits for. @type {RequestInit} */
const SOON = { priority: "high" };
/** Milliseconds without a newer query before results that are not here are fetched. */
const QUIET = 100;
/** More times than any query has to fetch something. */
const ROUNDS = 32;
/** Articles whose snippets are cut in one slice. */
const SNIPPETS_PER_SLICE = 8;

/**
 * @typedef {import("./offprint-search-worker.js").Engine} Engine
 * @typedef {{seq: number, query: string, typing: boolean, came: number}} Search
 */

/**
 * What a search is made of: the engine, how its parts come, and how the result of an article is cut.
 * @typedef {object} Source
 * @property {Engine} engine
 * @property {(needs: string[], isWanted: () => boolean) => Promise<void>} load
 * @property {Uint32Array} [order] by number in the index the position, where they differ
 * @property {Search} [asked] the search that its rows are cut for
 * @property {(docs: number[], isWanted: () => boolean, port: MessagePort, lose: (error: any) => void) => Promise<void>} fetch what the results of these positions need
 * @property {number} quiet milliseconds without a newer query before it does
 * @property {(position: number) => boolean} isHere whether that is here
 * @property {(position: number) => unknown[] | undefined} row
 * @property {() => void} [trim] lets go of what was used long ago
 * @property {() => void} free
 */

/**
 * What those share who search one collection: the first has its index built, the last lets go of it.
 * @typedef {{ n?: number, source?: Promise<Source | undefined> }} Group
 */

/** Serves one end of a channel. @param {MessagePort} port @param {Group} group */
export function serve(port, group) {
  new Host(port, group);
}

class Host {
  /** @type {Source | undefined} */
  #source;
  /** @type {Search | undefined} The newest search, and whether it is answered. */
  #search;
  #isAnswered = false;
  /** @type {{seq: number, docs: number[]} | undefined} The articles whose snippets are wanted. */
  #snippets;
  /** What is to be completed, and what to be marked. @type {Record<string, any>} */
  #aids = {};
  /** Counts the editions, so that one that was overtaken stops. */
  #edition = 0;
  #port;
  #group;
  #isMember = false;

  /** @param {MessagePort} port @param {Group} group */
  constructor(port, group) {
    this.#port = port;
    this.#group = group;
    port.onmessage = ({ data }) => this.#take(data);
  }

  /** @param {any} message */
  #take(message) {
    switch (message.kind) {
      case "open":
      case "edition":
        this.#open(message);
        break;
      case "search":
        this.#search = { ...message, came: performance.now() };
        this.#isAnswered = false;
        this.#snippets = undefined;
        this.#begin();
        break;
      case "snippets":
        /** Those of an older query are of no use any more. */
        if (message.seq !== this.#search?.seq || !this.#isAnswered) break;
        this.#snippets = { seq: message.seq, docs: [...message.docs] };
        this.#begin();
        break;
      case "complete":
      case "mark":
        this.#aids[message.kind] = message;
        this.#aid(message.kind);
        break;
      case "close":
        this.#edition += 1;
        this.#search = this.#snippets = undefined;
        this.#aids = {};
        this.#leave();
        this.#port.close();
        break;
    }
  }

  /** Makes ready for an edition. @param {any} message */
  async #open(message) {
    const edition = ++this.#edition;
    const isWanted = () => edition === this.#edition;
    this.#leave();
    /** What was asked of another edition is asked of this one. */
    this.#isAnswered = false;
    this.#snippets = undefined;
    await this.#guarded(isWanted, async () => {
      const source = message.kind === "edition" ? await Built.open(message, isWanted) : await this.#joined(message);
      if (!source) return;
      this.#source = source;
      this.#port.postMessage({ kind: "ready" });
      this.#begin();
      for (const kind in this.#aids) this.#aid(kind);
    });
  }

  /** The index of a collection. @param {any} message */
  #joined(message) {
    const group = this.#group;
    group.n = (group.n ?? 0) + 1;
    this.#isMember = true;
    group.source ??= openCollection(message, () => Boolean(group.n), this.#port);
    return group.source;
  }

  /** Lets go of what was opened. */
  #leave() {
    if (this.#isMember) {
      const group = this.#group;
      group.n -= 1;
      if (!group.n) {
        group.source?.then((source) => source?.free(), () => {});
        group.source = undefined;
      }
    } else this.#source?.free();
    this.#isMember = false;
    this.#source = undefined;
  }

  /** Begins with the most urgent work, behind the messages that have already arrived from the page. */
  async #begin() {
    const [search, snippets] = [this.#search, this.#snippets];
    const isNewest = () => search === this.#search && snippets === this.#snippets;
    await breath();
    const source = this.#source;
    if (!source || !search || !isNewest()) return;
    const isWanted = () => isNewest() && source === this.#source;
    await this.#guarded(isWanted, async () => {
      if (!this.#isAnswered) await this.#answer(source, search, isWanted);
      else if (snippets) await this.#cut(source, search, snippets, isWanted);
    });
  }

  /** Completes or marks. @param {string} kind */
  async #aid(kind) {
    const job = this.#aids[kind];
    await breath();
    const source = this.#source;
    const isWanted = () => job === this.#aids[kind] && source === this.#source;
    if (!job || !source || !isWanted()) return;
    await this.#guarded(isWanted, async () => {
      const { engine } = source;
      const asked = this.#asked(source, isWanted, () => (kind === "mark" ? engine.marks(job.query, job.texts) : engine.completions(job.typed)));
      // Nothing of this is worth the search: what is damaged a search will say.
      const answer = await asked.catch((error) => {
        if (isTrap(error)) throw error;
        console.warn(`Offprint: ${error.message}`);
      });
      if (!isWanted()) return;
      this.#aids[kind] = undefined;
      if (!answer) return;
      this.#port.postMessage(kind === "mark" ? { kind: "marks", seq: job.seq, ranges: answer } : { kind: "completions", seq: job.seq, words: answer });
    });
  }

  /**
   * What goes wrong is told, unless it is about what nobody wants any more.
   * @param {() => boolean} isWanted @param {() => Promise<void>} work
   */
  async #guarded(isWanted, work) {
    try {
      await work();
    } catch (error) {
      // That is said even where its query is superseded.
      if (!isTrap(error) && !isWanted()) return;
      this.#edition += 1;
      this.#search = this.#snippets = this.#source = undefined;
      // Nothing of it is let go of in a module that has broken off.
      this.#group.source = undefined;
      this.#port.postMessage({ kind: "failed", ...told(error) });
    }
  }

  /**
   * Asks the engine until it has all that it needs; undefined where nobody wants it any more.
   * @template T @param {Source} source @param {() => boolean} isWanted @param {() => T | undefined} ask
   */
  async #asked(source, isWanted, ask) {
    for (let round = 0; isWanted(); round++) {
      const answer = ask();
      if (answer !== undefined) return answer;
      const needs = source.engine.needs();
      if (!needs.length || round === ROUNDS) throw damaged("it never has enough");
      await source.load(needs, isWanted);
    }
    return undefined;
  }

  /** @param {Source} source @param {Search} search @param {() => boolean} isWanted */
  async #answer(source, search, isWanted) {
    const { engine } = source;
    const docs = await this.#asked(source, isWanted, () => found(source, search));
    if (!docs) return;
    this.#isAnswered = true;
    const { order } = source;
    if (order) for (const [ix, doc] of docs.entries()) docs[ix] = order[doc];
    this.#port.postMessage({ kind: "found", seq: search.seq, docs, allWords: engine.all_words, total: engine.total, repaired: engine.repaired }, [docs.buffer]);
    engine.evict(KEPT);
  }

  /**
   * What is here goes out at once, in slices; the rest is fetched once the typing pauses. What does not come takes nothing from the
   * answer: its articles are shown as lists show them.
   * @param {Source} source @param {Search} search @param {{seq: number, docs: number[]}} job @param {() => boolean} isWanted
   */
  async #cut(source, search, job, isWanted) {
    /** @type {any} */
    let lost;
    const lose = (/** @type {any} */ error) => {
      if (isTrap(error)) throw error;
      lost ??= error;
    };
    const isHere = (/** @type {number} */ doc) => source.isHere(doc);
    const missing = job.docs.filter((doc) => !isHere(doc));
    await this.#rows(source, search, job.docs.filter(isHere), isWanted).catch(lose);
    if (missing.length) {
      await new Promise((resolve) => setTimeout(resolve, search.came + source.quiet - performance.now()));
      if (!isWanted()) return;
      await source.fetch(missing, isWanted, this.#port, lose);
      await this.#rows(source, search, missing.filter(isHere), isWanted).catch(lose);
    }
    /** Whoever took its place may be about to read what would be let go of. */
    if (!isWanted()) return;
    // Those that did come are known by then.
    if (lost) this.#port.postMessage({ kind: "lost", seq: search.seq, docs: new Uint32Array(job.docs), ...told(lost) });
    source.trim?.();
  }

  /** @param {Source} source @param {Search} search @param {number[]} docs @param {() => boolean} isWanted */
  async #rows(source, search, docs, isWanted) {
    const items = [];
    for (const [ix, doc] of docs.entries()) {
      if (ix && ix % SNIPPETS_PER_SLICE === 0) await breath();
      const row = await this.#asked(source, isWanted, () => {
        // Somebody else may have searched meanwhile, and a row is one of the last search.
        if (source.asked !== search) found(source, search);
        return source.row(doc);
      });
      if (!row) return;
      items.push([doc, ...row]);
    }
    if (items.length && isWanted()) this.#port.postMessage({ kind: "snippets", seq: search.seq, items });
  }
}

/** A trap leaves the module in no state to go on with. @param {any} error */
const isTrap = (error) => error.name === "RuntimeError";

/** What the page is told of an error. @param {any} error */
function told(error) {
  const { kind, code, message } = error;
  return { code: kind ?? (isTrap(error) ? "crashed" : "wasm"), op: error instanceof OffprintError ? code : undefined, message: message ?? String(error) };
}

/** The answer to a search, which its rows are cut for from then on. @param {Source} source @param {Search} search */
function found(source, search) {
  source.asked = search;
  return source.engine.search(search.query, search.typing);
}

/**
 * The level without a build is a script of its own, as built editions have no use for it.
 * @param {any} message @param {() => boolean} isWanted @param {MessagePort} port
 * @returns {Promise<Source | undefined>}
 */
async function openCollection(message, isWanted, port) {
  const { Collection } = await import("./search-collection.js");
  return Collection.open(message, isWanted, port);
}

/** The index of a built edition, of which only what is needed is fetched. @implements {Source} */
class Built {
  /** @type {Map<string, Promise<void>>} Files on their way. */
  #coming = new Map();
  /** @type {Map<string, Uint8Array>} Files with results; the one used last at the end. */
  #results = new Map();
  #bytes = 0;
  #isOpen = true;
  quiet = QUIET;
  #data;
  #stamp;

  /** @param {Engine} engine @param {{data: string, stamp: string}} where */
  constructor(engine, { data, stamp }) {
    this.engine = engine;
    this.#data = data;
    this.#stamp = stamp;
  }

  /** @param {any} message @param {() => boolean} isWanted @returns {Promise<Built | undefined>} */
  static async open(message, isWanted) {
    const loading = wasm("offprint-search-worker");
    loading.catch(() => {});
    const files = import("./edition.js").then(({ file }) => file(message.data, ...message.files));
    // The first part that any query needs.
    const manifest = bytes(`${message.data}search/${message.stamp}/m0.bin`, SOON);
    const [{ Engine }, list] = await Promise.all([loading, files, manifest]);
    if (!isWanted()) return undefined;
    const built = new Built(new Engine(), message);
    if (!built.engine.files(list)) throw damaged("the list of its files is of another version than this page");
    await built.#get(built.#part("m0"), (part) => built.#load("m0", part), SOON, manifest);
    if (isWanted()) return built;
    built.free();
    return undefined;
  }

  free() {
    this.#isOpen = false;
    this.engine.free();
  }

  /** @param {string} name @param {Uint8Array} part */
  #load(name, part) {
    try {
      this.engine.load(name, part);
    } catch (error) {
      throw typeof error === "string" ? damaged(`${this.#data}${this.#part(name)}: ${error}`) : error;
    }
  }

  /** @param {string} name */
  #part(name) {
    return `search/${this.#stamp}/${name}.bin`;
  }

  /**
   * Fetches files that are not on their way already.
   * @param {[path: string, take: (bytes: Uint8Array) => void][]} files @param {RequestInit} how @param {() => boolean} isWanted
   * @param {(error: any) => void} [lose] takes what goes wrong with one of them, where the others are wanted all the same
   */
  async #fetch(files, how, isWanted, lose) {
    let next = 0;
    const some = async () => {
      while (next < files.length && isWanted()) {
        const [path, take] = files[next++];
        let coming = this.#coming.get(path);
        if (!coming) {
          coming = this.#get(path, take, how);
          this.#coming.set(path, coming);
          const gone = () => this.#coming.delete(path);
          coming.then(gone, gone);
        }
        await (lose ? coming.catch(lose) : coming);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, some));
  }

  /**
   * Takes a file. What is not that file may be in the browser's cache, and would stay there for a year: it is fetched once more, past it.
   * @param {string} path @param {(bytes: Uint8Array) => void} take @param {RequestInit} how @param {Promise<Uint8Array>} [here] its bytes, where they are on their way already
   */
  #get(path, take, how, here) {
    const url = this.#data + path;
    /** @param {Uint8Array} got */
    const taken = (got) => {
      if (this.#isOpen) take(got);
    };
    return (here ?? bytes(url, how)).then(taken).catch((error) => {
      if (error.kind !== "unreadable") throw error;
      return bytes(url, { ...how, cache: "reload" }).then(taken);
    });
  }

  /** @param {string[]} names @param {() => boolean} isWanted */
  load(names, isWanted) {
    return this.#fetch(names.map((name) => [this.#part(name), (part) => this.#load(name, part)]), SOON, isWanted);
  }

  /** @param {number} doc */
  isHere(doc) {
    return this.#results.has(this.engine.block(doc) ?? "");
  }

  /** @param {number[]} docs @param {() => boolean} isWanted @param {MessagePort} _ @param {(error: any) => void} lose */
  fetch(docs, isWanted, _, lose) {
    // Several articles may have one file.
    const paths = new Map(docs.map((doc) => [this.engine.block(doc) ?? "", doc]));
    const files = [...paths].filter(([path]) => !this.#results.has(path)).map(([path, doc]) => {
      const take = (/** @type {Uint8Array} */ block) => {
        if (!this.engine.is_block(doc, block)) throw damaged(`${this.#data}${path}: what arrived is not this file, or not all of it`);
        /** It may have come for another question meanwhile. */
        this.#bytes += block.length - (this.#results.get(path)?.length ?? 0);
        this.#results.set(path, block);
      };
      return /** @type {[string, typeof take]} */ ([path, take]);
    });
    return this.#fetch(files, {}, isWanted, lose);
  }

  /** @param {number} doc */
  row(doc) {
    const path = this.engine.block(doc) ?? "";
    const block = this.#results.get(path);
    if (!block) throw damaged(`it names an article that is not there: ${doc}`);
    // Used last, and so let go of last.
    this.#results.delete(path);
    this.#results.set(path, block);
    return this.engine.row(doc, block);
  }

  trim() {
    for (const [path, block] of this.#results) {
      if (this.#bytes <= RESULTS_KEPT) break;
      this.#results.delete(path);
      this.#bytes -= block.length;
    }
  }
}

/** @param {string} why */
const damaged = (why) => new OffprintError("OP-E13", `the search index: ${why}`, "unreadable");

// In a worker: its page hands the channel over once it knows that the script runs, and says where the files are.
if (typeof WorkerGlobalScope === "function" && self instanceof WorkerGlobalScope) {
  const group = {};
  self.onmessage = ({ data: [port, files] }) => {
    for (const [name, url] of files) FILES[name] = new URL(url);
    serve(port, group);
  };
  self.postMessage({ kind: "here" });
}
