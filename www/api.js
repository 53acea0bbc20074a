/**
 * Offprint for scripts: articles into a node of a page, into HTML, into a search. docs/javascript.md tells of it.
 *
 * Importing it does nothing, with a page or without one: what a function needs is loaded when it is called. All that touches a page is
 * in element.js; here is only what one would otherwise write around it.
 */

/** @typedef {URL | string | Response | BufferSource | WebAssembly.Module} Code */

/**
 * What keeps Offprint from its work: `code` stands in docs/errors.md. It is the one that the elements have, too, which are not loaded for it:
 * an error of theirs is an instance of this class.
 */
export class OffprintError extends Error {
  name = "OffprintError";
  /** @param {string} code @param {string} message @param {ErrorOptions} [options] */
  constructor(code, message, options) {
    super(message, options);
    this.code = code;
  }
  /** @param {any} error */
  static [Symbol.hasInstance](error) {
    return error instanceof Error && error.name === "OffprintError";
  }
}

/** A call that cannot be followed: what of it, and what would be right. @param {string} words @param {unknown} [cause] */
const misused = (words, cause) => new OffprintError("OP-E20", words, cause === undefined ? undefined : { cause });

/** What somebody gave, in a word or two, for messages. @param {unknown} value */
const found = (value) => (value === null ? "null" : typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : `${value}`.slice(0, 40));

/** The module that reads articles, once it is here. @type {any} */
let reading;

/**
 * Loads what `render` needs. May be called more than once.
 *
 * @param {object} [options]
 * @param {string | URL | Record<string, Code>} [options.wasm] where the WebAssembly is, if it is not where the script is: the address
 *   of a folder with the files of the package, or by a file's name its address, an answer of `fetch`, its bytes, or the compiled module
 */
export async function init({ wasm } = {}) {
  const element = await import("./element.js");
  if (typeof wasm === "string" || wasm instanceof URL) element.configure({ base: String(wasm).replace(/\/?$/, "/") });
  else {
    for (const name in wasm) {
      if (!Object.keys(element.FILES).includes(name)) throw misused(`init: the option wasm names a file ${name}, which there is not; there are ${Object.keys(element.FILES).join(", ")}`);
      element.FILES[name] = given(wasm[name]);
    }
  }
  reading = await element.wasm("offprint-articles");
}

/** A file as element.js takes it: its address, or what gives it. @param {Code} code */
function given(code) {
  if (code instanceof Response || code instanceof WebAssembly.Module) return () => code;
  if (code instanceof ArrayBuffer || ArrayBuffer.isView(code)) return () => new Response(/** @type {any} */ (code), { headers: { "content-type": "application/wasm" } });
  return url("init: the option wasm", code);
}

/** @param {string} what @param {unknown} address @returns {URL} */
function url(what, address) {
  try {
    return new URL(/** @type {string} */ (address), globalThis.document?.baseURI);
  } catch (error) {
    throw misused(`${what}: expected an address, found ${found(address)}; without a page it has to be absolute`, error);
  }
}

/** What was given as the bytes of a file. @param {string} what @param {unknown} articles */
function written(what, articles) {
  if (!articles || typeof articles !== "object") throw misused(`${what}: expected an object, found ${found(articles)}; docs/format.md says what stands in it`);
  try {
    return new TextEncoder().encode(JSON.stringify(Array.isArray(articles) ? { version: 1, articles } : articles));
  } catch (error) {
    // The browser's words may be several lines.
    throw misused(`${what}: it cannot be written as JSON; take out what holds itself, and BigInts (${String(error).split("\n")[0]})`, error);
  }
}

/**
 * An article as HTML: one `<article>`, safe wherever markup may stand. It needs `init`, and then no page.
 *
 * @param {object} article as docs/format.md has it
 * @param {{ base?: string | URL, language?: string, articles?: object[], href?: string }} [options] what relative addresses start from,
 *   and the language of its dates if the article names none; the articles that it may name by their ids, and where those are, with
 *   `{id}` for the id
 * @returns {string}
 */
export function render(article, { base = "", language = "en", articles: others = [], href = "article/{id}/" } = {}) {
  if (!reading) throw misused("render: it was called before init() was done; write `await init()` first, once");
  if (!Array.isArray(others)) throw misused(`render: the option articles: expected an array of articles, found ${found(others)}`);
  const articles = new reading.Articles(written("render: the article", named(article, others, href)));
  try {
    while (articles.step(1 << 20)) continue;
    if (!articles.count()) throw "it has no title and no id";
    return inWords(articles.html(0, String(base)), language);
  } catch (reason) {
    throw typeof reason === "string" ? new OffprintError("OP-E13", `render: this is no article: ${reason}; docs/format.md says what stands in one`) : reason;
  } finally {
    articles.free();
  }
}

/** An article with titles and addresses of related ones that it names by their ids alone. @param {any} article @param {any[]} others @param {string} href */
function named(article, others, href) {
  const { related } = article ?? {};
  if (!Array.isArray(related)) return article;
  const whole = (/** @type {any} */ one) => {
    const other = one?.title || one?.url ? undefined : others.find((other) => other?.id === one?.id);
    return other ? { title: other.title, url: href.replaceAll("{id}", encodeURIComponent(other.id)) } : one;
  };
  return { ...article, related: related.map(whole) };
}

/** HTML whose dates are said in words. No other `<time>` can be in it. @param {string} html @param {string} language */
function inWords(html, language) {
  const lang = /^<article lang="([^"]*)"/.exec(html)?.[1] ?? language;
  return html.replace(/(<time datetime="([^"T]*)(?:T(\d\d:\d\d)[^"]*?(Z|([+-])(\d\d):(\d\d)))?">)[^<]*/g, (_, tag, day, time, zone, sign, hours, minutes) => {
    // As it was written, in the zone that it was written in.
    const moment = new Date(`${day}T${time ?? "00:00"}Z`);
    if (isNaN(+moment)) return _;
    const style = /** @type {const} */ ({ dateStyle: "long", timeStyle: time ? "short" : undefined, timeZone: "UTC" });
    const say = (/** @type {string} */ tag) => new Intl.DateTimeFormat(tag, style).format(moment);
    const name = zone && (zone === "Z" ? "UTC" : `UTC${sign === "-" ? "−" : "+"}${Number(hours)}${minutes === "00" ? "" : `:${minutes}`}`);
    let words;
    try {
      words = say(lang);
    } catch {
      words = say("en");
    }
    return `${tag}${words}${name ? `\u{a0}${name}` : ""}`;
  });
}

/** The elements, as `as` names them. */
const KINDS = ["reader", "article", "list"];
/** What is a property of an element and not an attribute. */
const PROPERTIES = ["articles", "article"];

/**
 * Puts a reader into a node of the page.
 *
 * @param {Node} node
 * @param {Record<string, any>} [options] attributes and properties of the element, by the names of properties (`articleId`), and `as`:
 *   `reader` (default), `article` or `list`
 */
export function mount(node, { as = "reader", ...options } = {}) {
  if (!globalThis.document) throw misused("mount: there is no page; call it in the browser, for instance in useEffect or onMounted");
  if (typeof node?.appendChild !== "function") throw misused(`mount: the node: expected an element of the page, found ${found(node)}; is it there when mount is called?`);
  if (!KINDS.includes(as)) throw misused(`mount: the option as: expected ${KINDS.map((kind) => `"${kind}"`).join(", ")}, found ${found(as)}`);
  /** @param {Record<string, any>} changes */
  const check = (changes) => {
    for (const name of PROPERTIES) if (changes[name] && typeof changes[name] !== "object") throw misused(`mount: the option ${name}: expected an object, found ${found(changes[name])}; docs/format.md says what stands in it`);
  };
  check(options);
  const element = /** @type {any} */ (document.createElement(`offprint-${as}`));
  let isDefined = false;
  let isOver = false;
  /** @param {Record<string, any>} changes */
  const apply = (changes) => {
    for (const [name, value] of Object.entries(changes)) {
      if (PROPERTIES.includes(name)) element[name] = value;
      else {
        const attribute = name === "htmlFor" ? "for" : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        // What is on by being there is off by not being there.
        if (value === null || value === undefined || value === false) element.removeAttribute(attribute);
        else element.setAttribute(attribute, value === true ? "" : String(value));
      }
    }
  };
  const ready = import("./element.js").then(() => {
    if (isOver) throw new DOMException("destroyed before it was there", "AbortError");
    isDefined = true;
    customElements.upgrade(element);
    apply(options);
    node.appendChild(element);
    return element.ready;
  });
  // Whoever does not wait for it has the event.
  ready.catch(() => {});
  return {
    element,
    ready,
    /** @param {Record<string, any>} changes */
    update(changes) {
      check(changes);
      if (isDefined) apply(changes);
      else Object.assign(options, changes);
    },
    destroy() {
      isOver = true;
      element.remove();
    },
  };
}

/**
 * A search over articles, in a worker where there are any.
 *
 * @param {string | URL | ArrayBuffer | Uint8Array | object} collection the address of a collection, the bytes of one, a list of
 *   articles, or the object that a file would have
 */
export async function createSearch(collection) {
  const what = "createSearch: the collection";
  const isAddress = typeof collection === "string" || collection instanceof URL;
  const isHere = collection instanceof ArrayBuffer || collection instanceof Uint8Array;
  const given = isAddress ? url(what, collection) : isHere ? collection : written(what, collection);
  const [{ breath, bytes, wasm }, { serve }] = await Promise.all([import("./element.js"), import("./aids.js")]);
  /** @type {ArrayBuffer | Uint8Array} */
  const data = given instanceof URL ? await bytes(String(given)) : given;
  const { Articles } = await wasm("offprint-articles");
  const articles = new Articles(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
  try {
    while (articles.step(1 << 16)) await breath();
  } catch (error) {
    articles.free();
    throw typeof error === "string" ? new OffprintError("OP-E13", `createSearch: ${isAddress ? given : "the collection"} cannot be read: ${error}; docs/format.md says what stands in one`) : error;
  }
  const { port1: port, port2 } = new MessageChannel();
  /** What is waited for: the answers of one kind. @type {{ kind: string, seq?: number, take(answer: any): void, fail(error: Error): void } | undefined} */
  let waiting;
  /** @type {Error | undefined} */
  let over;
  /** @param {Error} error */
  const fail = (error) => {
    over = error;
    waiting?.fail(error);
  };
  port.onmessage = ({ data }) => {
    // The search keeps the index alone: the articles of its results it reads again.
    if (data.kind === "wanted") port.postMessage({ kind: "articles", items: [...data.wanted].map((ix) => articles.bytes_of(ix)) });
    else if (data.kind === "failed") fail(new OffprintError(data.code === "crashed" ? "OP-E16" : "OP-E02", `createSearch: the search has stopped: ${data.message}; create another one`));
    else if (waiting?.kind === data.kind && waiting?.seq === data.seq) waiting?.take(data);
  };
  const end = serve(port, port2, (/** @type {any} */ { message }) => fail(new OffprintError("OP-E02", `createSearch: the search cannot be started: ${message}`)));
  /** @param {unknown} message @param {string} kind @param {number} [seq] @returns {Promise<any>} */
  const ask = (message, kind, seq) =>
    new Promise((take, fail) => {
      if (over) throw over;
      waiting = { kind, seq, take, fail };
      port.postMessage(message);
    });
  const close = () => {
    end();
    port.close();
    articles.free();
  };
  try {
    await ask({ kind: "open", bytes: articles.bytes().buffer, plan: articles.plan(), surroundings: articles.surroundings() }, "ready");
  } catch (error) {
    close();
    throw error;
  }
  let seq = 0;
  /** @param {string} query @param {number} limit @param {boolean} typing */
  const found = async (query, limit, typing) => {
    const own = ++seq;
    const { docs, total, repaired } = await ask({ kind: "search", seq: own, query, typing }, "found", own);
    const first = docs.subarray(0, limit);
    const results = [];
    if (first.length) {
      /** @type {Map<number, any[]>} */
      const rows = new Map();
      let answer = await ask({ kind: "snippets", seq: own, docs: first }, "snippets", own);
      for (;;) {
        for (const [doc, ...row] of answer.items) rows.set(doc, row);
        if (rows.size === first.length) break;
        answer = await more(own);
      }
      for (const doc of first) {
        const [title, text] = /** @type {any} */ (rows.get(doc));
        results.push(result(articles.id(doc), title, text));
      }
    }
    return { total, repaired, results };
  };
  /** The next rows of the same question. @param {number} seq @returns {Promise<any>} */
  const more = (seq) => new Promise((take, fail) => (waiting = { kind: "snippets", seq, take, fail }));
  /** One question at a time: each gets its answer. @type {Promise<unknown>} */
  let last = Promise.resolve();
  return {
    /**
     * @param {string} query as docs/search.md has it
     * @param {{ limit?: number, typing?: boolean }} [options] how many results, and whether the last word is still being typed
     */
    search(query, { limit = 10, typing = false } = {}) {
      if (!Number.isInteger(limit) || limit < 0) return Promise.reject(misused(`search: the option limit: expected a whole number, found ${found(limit)}`));
      const answer = last.then(() => found(String(query), limit, typing));
      last = answer.catch(() => {});
      return answer;
    },
    /** Lets go of everything. In Node, a search that is not closed keeps the process alive. */
    close() {
      fail(new DOMException("the search was closed", "AbortError"));
      close();
    },
  };
}

/** What is found of an article. Title and passage come as runs, every other one of which was matched. */
const result = (/** @type {string} */ id, /** @type {string[]} */ title, /** @type {string[]} */ text) => ({
  id,
  title: title.join(""),
  text: text.join(""),
  titleParts: parts(title),
  textParts: parts(text),
});

/** @param {string[]} runs */
const parts = (runs) => runs.map((text, ix) => ({ text, isMatch: ix % 2 === 1 })).filter(({ text }) => text);
