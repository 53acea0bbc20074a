/**
 * What helps a search: starts it, and loads what belongs to it when that is first wanted: suggestions with the focus of the box, the
 * syntax with its button or `?`, marks with an article that was found. It is loaded itself beside the reader (`helped` in element.js).
 */
import { FILES, panicked, report } from "./element.js";

const WORKER = new URL("./search-worker.js", import.meta.url);
/** The service worker of a site, whose folder of scripts is two below its root. */
const KEEPER = String(WORKER).replace(/[^/]*\/[^/]*\/[^/]*$/, "sw.js");

/** The policy `offprint`, made once: a page may allow its name and no second policy of that name. @type {any} */
let policy;

/** The address of a worker as the browser wants it: where it has Trusted Types, the policy gives these addresses and no other: the search's
 * worker, a site's service worker, and the one beside a page that was put together by hand. @param {string} url */
export function vouched(url) {
  const createScriptURL = (/** @type {string} */ url) => {
    // A document that was put in as text has no address, so what is beside it is asked for last.
    if (url === String(WORKER) || url === KEEPER || url === String(new URL("sw-page.js", location.href))) return url;
    throw new TypeError(`${url} is no worker of the reader`);
  };
  policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy("offprint", { createScriptURL });
  return policy?.createScriptURL(url) ?? url;
}

// A page that is to be read without a network says so on its element, and is kept once its articles are drawn.
globalThis.document?.addEventListener("offprint-ready", (ready) => {
  const [element] = /** @type {HTMLElement[]} */ (ready.composedPath());
  if (element.localName === "offprint-reader" && element.hasAttribute("offline")) import("./keep.js").then(({ keep }) => keep(element));
});

// What stops the reader without a panic: the memory is used up, or the stack.
globalThis.document?.defaultView?.addEventListener("error", ({ error }) => {
  const isOurs = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError && /offprint(_bg)?\.(js|wasm)/.test(error.stack ?? "");
  if (isOurs) panicked(error.message);
});

/** Where mistakes of a collection are shown on the page (offprint.css): on the machine of who makes it. */
const LOCAL = /^(file:|https?:\/\/(localhost|127\.[\d.]+|\[::1]|[^/:]+\.localhost)[:/])/;

/** @typedef {(error: any) => void} Failed */

/**
 * A search: in a worker, or on this page where the browser refuses one (by a policy, or as it knows no modules there). All who join it share
 * what they open.
 */
class Running {
  /** @type {Worker | undefined} */
  #worker;
  /** Who joins before it is known where it runs. @type {[MessagePort, Failed][]} */
  #waiting = [];
  /** @type {((port: MessagePort, failed: Failed) => void) | undefined} */
  #take;
  /** @type {Set<Failed>} */
  #joined = new Set();

  constructor() {
    try {
      let url;
      try {
        url = vouched(String(WORKER));
      } catch (error) {
        report("OP-E07", String(error));
        throw error;
      }
      // What was given as it is, and not by its address, only this page has.
      if (Object.values(FILES).some((file) => typeof file === "function")) throw FILES;
      const worker = (this.#worker = new Worker(url, { type: "module" }));
      worker.onerror = () => this.#here();
      worker.onmessage = () => {
        worker.onerror = (error) => this.#joined.forEach((failed) => failed(error));
        // What some bundlers give for an address is relative to the page.
        const files = Object.entries(FILES).flatMap(([name, { href }]) => (href ? [[name, new URL(href, location.href).href]] : []));
        this.#takes((port) => worker.postMessage([port, files], [port]));
      };
    } catch {
      this.#here();
    }
  }

  #here() {
    this.#worker?.terminate();
    this.#worker = undefined;
    const group = {};
    this.#takes((port, failed) => import("./search-worker.js").then(({ serve }) => serve(port, group)).catch(failed));
  }

  /** @param {(port: MessagePort, failed: Failed) => void} take */
  #takes(take) {
    this.#take = take;
    for (const one of this.#waiting.splice(0)) take(...one);
  }

  /** @param {MessagePort} port @param {Failed} failed */
  join(port, failed) {
    this.#joined.add(failed);
    if (this.#take) this.#take(port, failed);
    else this.#waiting.push([port, failed]);
  }

  get n() {
    return this.#joined.size;
  }

  /** @param {Failed} failed */
  leave(failed) {
    this.#joined.delete(failed);
    if (this.n) return;
    this.#worker?.terminate();
    this.#waiting = [];
  }
}

/** The searches of collections, which all elements share that show them. @type {WeakMap<object, Running>} */
const running = new WeakMap();

/**
 * Serves `port2` by a search; gives what ends that.
 *
 * @param {MessagePort} port the page's end @param {MessagePort} port2 @param {Failed} failed
 * @param {object} [collection] what is searched, where others may search it, too
 */
export function serve(port, port2, failed, collection = port) {
  const search = running.get(collection) ?? new Running();
  running.set(collection, search);
  search.join(port2, failed);
  // One that has given up is joined by nobody any more.
  const forget = () => running.get(collection) === search && running.delete(collection);
  port.addEventListener("message", ({ data }) => data.kind === "failed" && forget());
  return () => {
    port.postMessage({ kind: "close" });
    search.leave(failed);
    if (!search.n) forget();
  };
}

/**
 * Beside `serve`, `mark` is told the words to be marked in the article that is shown.
 *
 * @param {HTMLElement} root @param {boolean} isPage whether the page is the reader's alone @param {AbortSignal} signal its end
 * @param {() => boolean} keeps whether searches may be kept @param {() => object | undefined} [collection] what is searched, where others may search it, too
 */
export function aids(root, isPage, signal, keeps, collection) {
  /** @type {MessagePort | undefined} */
  let port;
  let words = "";
  let isSuggesting = false;
  let isMarking = false;
  const own = {
    root,
    signal,
    keeps,
    ask: (/** @type {unknown} */ message) => port?.postMessage(message),
    /** @type {Record<string, ((answer: any) => void) | undefined>} */
    answers: {},
  };
  const complain = (/** @type {unknown} */ error) => report("OP-E02", `part of the search could not be loaded (${error})`);
  const mark = async (/** @type {string} */ now) => {
    words = now;
    if (!words && !isMarking) return;
    isMarking = true;
    try {
      const { mark } = await import("./highlights.js");
      // Meanwhile another article may be shown, or none.
      if (now === words && !signal.aborted) mark(own, words);
    } catch (error) {
      complain(error);
    }
  };
  const syntax = () => import("./syntax.js").then(({ show }) => signal.aborted || show(root), complain);
  // It stands beside what the reader has drawn, and others are drawn in the same root.
  signal.addEventListener("abort", () => root.querySelector("dialog")?.remove());
  const suggestions = (/** @type {any} */ target) => {
    if (target?.id !== "op-search" || isSuggesting) return;
    isSuggesting = true;
    const first = target.value;
    import("./suggestions.js").then(({ suggest }) => signal.aborted || suggest(own, first), complain);
  };
  root.classList.toggle("op-local", LOCAL.test(location.href));
  const on = (/** @type {EventTarget} */ target, /** @type {string} */ name, /** @type {(event: any) => void} */ run) => target.addEventListener(name, run, { signal });
  // A click on a teaser shows the article in another element of the page, where the list names one.
  const onLead = (/** @type {MouseEvent} */ click) => {
    const { host } = /** @type {ShadowRoot} */ (root.getRootNode());
    const link = /** @type {Element} */ (click.target).closest("a[data-op-position]");
    if (host?.localName !== "offprint-list" || !link || click.button || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
    // Where the link is of the page's own form, the id is what stands in the place of `{id}`.
    const [before, after] = (host.getAttribute("href") ?? "#/article/{id}").split("{id}");
    const [id] = String(link.getAttribute("href")).slice(before.length).split(after || "?");
    const name = host.getAttribute("for");
    const other = name && /** @type {any} */ (host.getRootNode()).getElementById?.(name);
    if (!id || !other?.goTo) return;
    click.preventDefault();
    click.stopImmediatePropagation();
    other.goTo(decodeURIComponent(id));
    other.scrollIntoView({ block: "nearest" });
  };
  root.addEventListener("click", onLead, { capture: true, signal });
  on(root, "focusin", ({ target }) => suggestions(target));
  on(root, "click", ({ target }) => target.closest(".op-help") && syntax());
  const onKey = (/** @type {KeyboardEvent} */ key) => {
    if (key.key !== "?" || key.ctrlKey || key.metaKey || key.altKey || key.defaultPrevented) return;
    if (/** @type {Element} */ (key.target).closest("input, select, textarea, dialog")) return;
    key.preventDefault();
    syntax();
  };
  on(root, "keydown", onKey);
  // On somebody else's page the key is theirs, unless the focus is in the reader.
  if (isPage) on(document, "keydown", (key) => key.target === document.body && onKey(key));
  return {
    /** @param {MessagePort} started @param {MessagePort} port2 @param {Failed} failed */
    serve(started, port2, failed) {
      port = started;
      port.addEventListener("message", ({ data }) => {
        own.answers[data.kind]?.(data);
        // A site asks first whether there is a newer edition that has what is missing.
        if (collection && data.kind === "failed") report(data.op ?? (data.code === "crashed" ? "OP-E16" : "OP-E02"), `the search: ${data.message}`, root);
      });
      const end = serve(port, port2, failed, collection?.());
      // What was asked of one before is lost with it.
      if (words) mark(words);
      return end;
    },
    mark,
  };
}
