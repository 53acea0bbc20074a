/**
 * The search of a collection that was not built: builds its index with a module of its own, and answers from it. The page has
 * read the collection: it says where the articles are, and gives single ones again for the results that show them, so that
 * nothing but the index is kept. All of it happens in slices, so that it may run on the page.
 */
// Not from search-worker.js: WebKit would run the script of a worker a second time for whoever imports it.
import { breath, wasm } from "./element.js";

/** Articles between two looks at the clock. */
const STEP = 8;
/** Milliseconds of work between two looks at the messages: few on the page, which has a person to answer. */
const SLICE = globalThis.document ? 12 : 50;
/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 50;
/** Articles that are kept, as results show them again while somebody types. */
const KEPT = 64;

/** An index in memory. @implements {import("./search-worker.js").Source} */
export class Collection {
  #texts;
  /** The packed texts of articles, by position; the one that came last at the end. @type {Map<number, Uint8Array>} */
  #here = new Map();
  /** Wait for the articles that an element was asked for; each list comes in the order of its asking. @type {{ port: MessagePort, resolve(items: Uint8Array[]): void }[]} */
  #waiting = [];
  /** The page answers at once. */
  quiet = 0;

  /** @param {any} texts @param {any} engine @param {Uint32Array} order by number in the index, the position */
  constructor(texts, engine, order) {
    this.#texts = texts;
    this.engine = engine;
    this.order = order;
  }

  /**
   * Indexes; gives nothing where nobody wants it any more.
   * @param {{ bytes: ArrayBuffer, plan: Uint32Array, surroundings: Uint8Array }} message @param {() => boolean} isWanted @param {MessagePort} port
   */
  static async open({ bytes, plan, surroundings }, isWanted, port) {
    const [{ ArticleTexts }, { Indexer }] = await Promise.all([wasm("offprint-articles"), wasm("offprint-index")]);
    const total = plan.length / 3;
    const data = new Uint8Array(bytes);
    const texts = new ArticleTexts(surroundings);
    const indexer = new Indexer(surroundings);
    /** @type {Uint8Array[]} */
    const aside = [];
    let began = performance.now();
    let reported = 0;
    /** Pauses, if it is time to; says whether to go on. @param {number} done */
    const goesOn = async (done) => {
      const now = performance.now();
      if (now - began < SLICE) return true;
      if (now - reported >= REPORT_EVERY) {
        reported = now;
        port.postMessage({ kind: "progress", done, total });
      }
      await breath();
      began = performance.now();
      return isWanted();
    };
    const indexed = async () => {
      for (let ix = 0; ix < total; ix++) {
        const article = data.subarray(plan[total + plan[ix]], plan[2 * total + plan[ix]]);
        if (!indexer.add_plain(article)) indexer.add(texts.of(article));
        if (ix % STEP) continue;
        const part = indexer.set_aside();
        if (part) aside.push(part);
        if (!(await goesOn(ix))) return false;
      }
      for (const part of aside) {
        indexer.fill(part);
        if (!(await goesOn(total))) return false;
      }
      return true;
    };
    if (await indexed()) return new Collection(texts, indexer.finish(), plan.slice(0, total));
    indexer.free();
    texts.free();
    return undefined;
  }

  free() {
    this.engine.free();
    this.#texts.free();
  }

  /** All of the index is here. */
  async load() {}

  /** @param {number[]} positions @param {unknown} _ @param {MessagePort} port */
  async fetch(positions, _, port) {
    const came = new Promise((/** @type {(items: Uint8Array[]) => void} */ resolve) => this.#waiting.push({ port, resolve }));
    // It is heard once, however often it is asked for.
    port.addEventListener("message", this.#take);
    port.postMessage({ kind: "wanted", wanted: new Uint32Array(positions) });
    let ix = 0;
    for (const article of await came) this.#here.set(positions[ix++], this.#texts.of(article));
  }

  /** @param {number} position */
  isHere(position) {
    return this.#here.has(position);
  }

  /** @param {number} position */
  row(position) {
    return this.engine.snippet(/** @type {Uint8Array} */ (this.#here.get(position)));
  }

  trim() {
    for (const position of this.#here.keys()) {
      if (this.#here.size <= KEPT) return;
      this.#here.delete(position);
    }
  }

  /** @param {MessageEvent} event */
  #take = ({ data, target }) => {
    if (data.kind !== "articles") return;
    const ix = this.#waiting.findIndex(({ port }) => port === target);
    if (ix >= 0) this.#waiting.splice(ix, 1)[0].resolve(data.items);
  };
}
