/**
 * What is loaded for the elements: the modules, the style sheet and the bytes of collections, each once for a page, what helps a search, and what can go wrong with all of it.
 *
 * `cargo xtask dist` puts this into element.js, which is the one script that a page puts in: another file would be a round trip more before
 * anything else begins. So nothing is imported here.
 */

/** @typedef {"offline" | "not-found" | "unreachable" | "failed" | "denied" | "unreadable"} FailureKind */

/** The release. `cargo xtask dist` writes the version and the digests of what is fetched here. */
export const VERSION = "";
/** @type {Record<string, string>} */
const DIGESTS = {};

/** Where the files are, or what gives one. Written out one by one, so that bundlers find them. @type {Record<string, any>} */
export const FILES = {
  "offprint.css": new URL("./offprint.css", import.meta.url),
  "offprint_bg.wasm": new URL("./offprint_bg.wasm", import.meta.url),
  "offprint-articles_bg.wasm": new URL("./offprint-articles_bg.wasm", import.meta.url),
  "offprint-index_bg.wasm": new URL("./offprint-index_bg.wasm", import.meta.url),
  "offprint-search-worker_bg.wasm": new URL("./offprint-search-worker_bg.wasm", import.meta.url),
};
/** @type {Record<string, () => Promise<any>>} */
const GLUES = {
  "offprint-articles": () => import("./offprint-articles.js"),
  "offprint-index": () => import("./offprint-index.js"),
  "offprint-search-worker": () => import("./offprint-search-worker.js"),
};
/** Says that the files are elsewhere than beside this script: in a folder, named by an address with a slash at its end. @param {{ base: string | URL }} where */
export function configure({ base }) {
  for (const name in FILES) FILES[name] = new URL(name, new URL(base, globalThis.document?.baseURI));
}

/** The reader's module is started anew after a panic, twice: each start needs JavaScript that has not seen another. */
export const STARTS = [
  () => import("./offprint.js"),
  // @ts-ignore
  () => import("./offprint.js?again"),
  // @ts-ignore
  () => import("./offprint.js?again2"),
];

/** What keeps Offprint from its work: `code` stands in docs/errors.md. */
export class OffprintError extends Error {
  /** @param {string} code @param {string} message @param {FailureKind} [kind] as the reader tells it */
  constructor(code, message, kind) {
    super(message);
    this.name = "OffprintError";
    this.code = code;
    this.kind = kind;
  }
}

/** What a policy of the page has refused: what, and which part of the policy. @type {[string, string][]} */
export const refused = [];
globalThis.document?.addEventListener("securitypolicyviolation", ({ disposition, blockedURI, effectiveDirective }) => {
  // A policy that only reports has refused nothing.
  if (disposition === "enforce" && refused.length < 100) refused.push([blockedURI, effectiveDirective]);
});

/** Says more of an error, by a script that is only loaded where there is one. @param {string} name @param {any[]} what */
export const diagnosed = (name, ...what) => import("./failures.js").then((failures) => failures[name](...what));

/** What comes of it, or nothing where it fails. @template T @param {() => Promise<T>} run @returns {Promise<T | undefined>} */
async function tried(run) {
  try {
    return await run();
  } catch {
    return undefined;
  }
}

/** One of our own files, held against its digest. @param {string} name @param {RequestInit} [how] */
async function own(name, how) {
  const [url, integrity] = [FILES[name], DIGESTS[name]];
  if (typeof url === "function") return url();
  const response = await tried(() => fetch(url, { ...how, ...(integrity && { integrity }) }));
  if (response?.ok) return response;
  throw await diagnosed("ofFile", url, integrity, response);
}

/** What is there once for the page; a failure is forgotten, so that it can be tried again. @type {Record<string, Promise<any> | undefined>} */
const shared = {};

/** @template T @param {string} name @param {() => Promise<T>} make @returns {Promise<T>} */
const once = (name, make) =>
  (shared[name] ??= make().catch((error) => {
    delete shared[name];
    throw error;
  }));

/** A compiled module. @param {string} name */
const compiled = (name) =>
  once(name, async () => {
    if (typeof WebAssembly !== "object") throw new OffprintError("OP-E09", "there is no WebAssembly");
    const response = await own(name);
    if (response instanceof WebAssembly.Module) return response;
    const type = response.headers.get("content-type");
    const isTyped = type?.split(";")[0] === "application/wasm";
    try {
      // A page may have replaced `fetch` by something that gives something like a response.
      if (isTyped && response instanceof Response) return await WebAssembly.compileStreaming(response);
      const module = await WebAssembly.compile(await response.arrayBuffer());
      if (!isTyped) report("OP-E03", `${FILES[name]} comes as ${type}`);
      return module;
    } catch (error) {
      throw await diagnosed("ofModule", error, FILES[name]);
    }
  });

/** A module with its JavaScript, both fetched at once. @param {string} name @param {() => Promise<any>} glue */
async function started(name, glue) {
  const module = compiled(`${name}_bg.wasm`);
  module.catch(() => {});
  const script = await glue();
  try {
    await script.default({ module_or_path: await module });
  } catch (error) {
    throw error instanceof OffprintError ? error : await diagnosed("ofStart", error);
  }
  return script;
}

/** A module of ours, started once for the page. @param {string} name */
export const wasm = (name) => once(name, () => started(name, GLUES[name]));

let n_panics = 0;
/** How often it has stopped. */
export const panics = () => n_panics;
/** Who is told of a panic of the reader's module. @type {Set<(words: string) => void>} */
const watching = new Set();

/**
 * The reader's module.
 * @param {(words: string) => void} crashed is called, once, when it is not to be used any more @param {AbortSignal} [signal] the end of who asks
 */
export async function reader(crashed, signal) {
  if (n_panics === STARTS.length) throw new OffprintError("OP-E16", "the reader has stopped three times");
  const script = await once("reader", async () => {
    const [start, glue] = [n_panics, STARTS[n_panics]];
    const script = await started("offprint", glue);
    script.watch((/** @type {string} */ words) => start === n_panics && panicked(words));
    return script;
  });
  if (!signal?.aborted) watching.add(crashed);
  // Else everything that was ever drawn would be kept by it.
  signal?.addEventListener("abort", () => watching.delete(crashed));
  return script;
}

/** The reader's module has broken off. @param {string} words */
export function panicked(words) {
  if (!shared.reader) return;
  n_panics += 1;
  delete shared.reader;
  const told = [...watching];
  watching.clear();
  // Not within what has just broken off.
  setTimeout(() => told.forEach((crashed) => crashed(words)));
}

/**
 * The style sheet. Its `rem` is that of the page, which may be anything (ten pixels are frequent): here it becomes a length of the reader's
 * own, which is the size of its letters.
 */
export const style = () =>
  once("style", async () => {
    const text = await (await own("offprint.css", { priority: "high" })).text();
    try {
      CSS.registerProperty({ name: "--op-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
    } catch {
      // Another copy of this script was here before.
    }
    const ofReader = (/** @type {string} */ _, /** @type {string | undefined} */ query, /** @type {string} */ n) => query?.replaceAll("rem", "em") ?? `calc(${n} * var(--op-rem))`;
    const css = text.replace(/(@container[^{]*)|\b(\d*\.?\d+)rem\b/g, ofReader);
    // Browsers before 2023 have a style sheet only in an element.
    return "replace" in CSSStyleSheet.prototype ? new CSSStyleSheet().replace(css) : css;
  });

/** The bytes at an address; what can go wrong on the way has a name. @param {string} url @param {RequestInit} [how] */
export async function bytes(url, how) {
  const response = await tried(() => fetch(url, { credentials: "same-origin", ...how }));
  const got = response?.ok && (await tried(() => response.arrayBuffer()));
  if (got) return new Uint8Array(got);
  throw await diagnosed("ofData", url, response);
}

/** Lets the page go on for a moment. A message comes back at once, where a timer waits four milliseconds. */
export function breath() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

/** An address as it is in full; what is none stays as it is. @param {string} text */
export function absolute(text) {
  try {
    return new URL(text, globalThis.document?.baseURI).href;
  } catch {
    return text;
  }
}

/**
 * Tells whoever runs the page what is wrong: one line on the console, and an event on the element, or on the page where it is of no
 * element (`tell` in failures.js). `isFatal` where the reader is not shown for it.
 * @param {string} code @param {string} detail @param {HTMLElement} [element] @param {boolean} [isFatal]
 */
export const report = (code, detail, element, isFatal = false) => diagnosed("tell", code, detail, element, isFatal).catch(() => console.error(`Offprint ${code}: ${detail}`));

/**
 * What helps a search, which is loaded beside the reader, or when it is wanted: gives what starts the search (the page's end of the
 * channel that search-worker.js describes, and what ends it), and what is told the words to be marked.
 *
 * @param {HTMLElement} root @param {boolean} isPage whether the page is the reader's alone @param {AbortSignal} signal its end
 * @param {() => boolean} keeps whether searches may be kept @param {() => object | undefined} [collection] what is searched, where others may search it, too
 */
export function helped(root, isPage, signal, keeps, collection) {
  /** @type {Promise<any> | undefined} */
  let loading;
  const load = () => (loading ??= import("./aids.js").then(({ aids }) => aids(root, isPage, signal, keeps, collection)));
  const search = () => {
    const { port1: port, port2 } = new MessageChannel();
    let end = () => port.postMessage({ kind: "close" });
    const failed = (/** @type {any} */ { message, code }) => port.dispatchEvent(new MessageEvent("message", { data: { kind: "failed", code: "wasm", message, op: code } }));
    load().then((aids) => (end = aids.serve(port, port2, failed)), (error) => (report("OP-E02", `the search: ${error}`, root), failed(error)));
    return { port, end: () => (end(), port.close()) };
  };
  const mark = (/** @type {string} */ words) => load().then((aids) => aids.mark(words), (error) => words && report("OP-E02", String(error)));
  return { load, search, mark };
}

/** @param {string} tag @param {string} className @param {(Node | string)[]} children */
export function build(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}
