/**
 * The custom element `<offprint-reader src="articles.json">`.
 *
 * It brings what a page's author wrote into order, fetches the reader's WebAssembly, the style sheet and
 * the articles side by side, and mounts the reader in a shadow root. Attributes:
 *
 * - `src`: the address of a collection (docs/format.md), relative to the page
 * - `routing`: `memory` (default; the page's address stays untouched) or `hash`
 * - `theme`: `auto` (default), `light` or `dark`
 *
 * What stands inside the element is shown until the reader is there, and where it cannot run. Elements on
 * one page share the module and the style sheet.
 */

/** @typedef {"offline" | "not-found" | "unreachable" | "unreadable"} FailureKind */

const beside = (/** @type {string} */ name) => new URL(name, import.meta.url).href;
const THEME_KEY = "offprint-theme";

/** @type {Record<string, Promise<any> | undefined>} */
const modules = {};
/** @type {Promise<CSSStyleSheet> | undefined} */
let sheet;

/**
 * A WebAssembly module with its JavaScript, compiled once for the page; a failed start is forgotten, so that
 * it can be tried again. @param {string} name
 */
function wasm(name) {
  modules[name] ??= import(`./${name}.js`)
    .then(async (glue) => {
      await glue.default({ module_or_path: beside(`${name}_bg.wasm`) });
      return glue;
    })
    .catch((error) => {
      delete modules[name];
      throw error;
    });
  return modules[name];
}

/** The style sheet, parsed once for the page. */
function style() {
  sheet ??= fetch(beside("offprint.css"))
    .then((response) => (response.ok ? response.text() : Promise.reject(new Error(`offprint.css: ${response.status}`))))
    .then((text) => new CSSStyleSheet().replace(text))
    .catch((error) => {
      sheet = undefined;
      throw error;
    });
  return sheet;
}

class Failure extends Error {
  /** @param {FailureKind} kind @param {string} message */
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** The bytes at an address; what can go wrong on the way has a name. @param {string} url */
async function bytes(url) {
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin" });
  } catch (error) {
    throw navigator.onLine
      ? new Failure("unreachable", `${url}: no answer. Is it another site without Access-Control-Allow-Origin, or blocked by the page's connect-src?`)
      : new Failure("offline", `${url}: no network`);
  }
  if (!response.ok) {
    throw new Failure(response.status === 404 || response.status === 410 ? "not-found" : "unreachable", `${url}: the server answered ${response.status}`);
  }
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Failure("unreachable", `${url}: the connection broke off`);
  }
}

/** The longest time, in milliseconds, that a collection is read without a breath: half a frame. */
const SLICE = 8;

/**
 * The opened collection of these bytes. One that is not wanted any more is not read to its end.
 * @param {Uint8Array} data @param {() => boolean} isWanted
 */
async function open(data, isWanted) {
  const { Articles } = await wasm("offprint-articles");
  const articles = new Articles(data);
  try {
    let began = performance.now();
    while (articles.step(1 << 16)) {
      if (performance.now() - began > SLICE) {
        await breath();
        if (!isWanted()) throw new Failure("unreadable", "overtaken by another source");
        began = performance.now();
      }
    }
  } catch (reason) {
    articles.free();
    throw typeof reason === "string" ? new Failure("unreadable", reason) : reason;
  }
  return articles;
}

/** Lets the page go on for a moment. A message comes back at once, where a timer waits four milliseconds. */
function breath() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

/** The policy `offprint`, made once: a page may allow its name and no second policy of that name. @type {any} */
let policy;

/** A search worker. Where the browser has Trusted Types, the policy gives its address and no other. */
function startSearch() {
  const url = beside("search-worker.js");
  policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy("offprint", { createScriptURL: () => url });
  return new Worker(policy?.createScriptURL("") ?? url, { type: "module" });
}

/** @param {string} tag @param {string} className @param {(Node | string)[]} children */
function build(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/**
 * The articles without WebAssembly: their texts as they were written, in order. Less than the reader shows, but all
 * that is read in an article stands here. @param {Uint8Array} data
 */
function plain(data) {
  const file = JSON.parse(new TextDecoder().decode(data));
  /** @type {(value: unknown) => any[]} */
  const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);
  /** @type {(value: any) => string[]} */
  const texts = (value) =>
    list(value).flatMap((one) => (typeof one === "string" ? one.split(/\n{2,}/).filter(Boolean) : texts([one.name, one.heading, one.body, one.title, one.excerpt, one.text, one.caption].flat().filter(Boolean))));
  const line = (/** @type {string} */ tag, /** @type {string} */ text) => {
    const element = build(tag, "", text);
    element.dir = "auto";
    return element;
  };
  const parts = ["subtitle", "published", "category", "authors", "image", "summary", "key_points", "sections", "risks", "disclosure", "corrections", "related"];
  const articles = list(Array.isArray(file) ? file : (file.articles ?? file)).filter((one) => one && typeof one === "object").map((article) => {
    const title = line("h2", String(article.title ?? "Untitled"));
    return build("article", "op-card", title, ...parts.flatMap((part) => texts(article[part])).map((text) => line("p", text)));
  });
  const name = file.articles && typeof file.title === "string" ? file.title : "Articles";
  return [line("h1", name), ...articles];
}

/** The colours of this name; any other is as the device has them. @param {string | null} name */
const themeOf = (name) => (name === "light" || name === "dark" ? name : "auto");

export class OffprintReader extends HTMLElement {
  static observedAttributes = ["src", "theme"];

  /** @type {ShadowRoot | undefined} */
  #shadow;
  /** @type {HTMLElement} */
  #root = build("div", "op-root");
  /** @type {{ destroy(): void, set_theme(theme: string): void } | undefined} */
  #handle;
  /** @type {{ free(): void } | undefined} */
  #articles;
  /** Counts the starts, so that one that was overtaken stops. */
  #start = 0;
  #isRunning = false;

  /**
   * The shadow root, made when the element is first in a page. Inside another Yew application it is closed: Yew
   * numbers its listeners alike in every module and looks through open roots, so that a click on one of ours would
   * fire one of theirs.
   */
  get #tree() {
    if (!this.#shadow) {
      let isInYew = false;
      for (let node = /** @type {any} */ (this); node; node = node.parentNode ?? node.host) isInYew ||= "__yew_subtree_id" in node;
      this.#shadow = this.attachShadow({ mode: isInYew ? "closed" : "open" });
      this.#shadow.append(document.createElement("slot"));
    }
    return this.#shadow;
  }

  connectedCallback() {
    if (!this.#isRunning) this.#run();
  }

  disconnectedCallback() {
    // A node that is moved leaves and comes back: only one that stays away is done with.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (name === "theme") {
      this.#root.dataset.theme = themeOf(after);
      this.#handle?.set_theme(themeOf(after));
    }
    if (name === "src" && this.#isRunning && before !== after) {
      this.#stop();
      this.#run();
    }
  }

  #stop() {
    this.#start += 1;
    this.#isRunning = false;
    this.#handle?.destroy();
    this.#handle = undefined;
    this.#articles?.free();
    this.#articles = undefined;
    this.#root.remove();
  }

  async #run() {
    this.#isRunning = true;
    const start = ++this.#start;
    const src = this.getAttribute("src") ?? "articles.json";
    const url = URL.canParse(src, document.baseURI) ? new URL(src, document.baseURI).href : src;
    // The first load begins now, beside the module; a later one ("Try again") asks anew.
    /** @type {Promise<Uint8Array> | undefined} */
    let early = bytes(url);
    early.catch(() => {});
    const fetched = () => {
      const loading = early ?? bytes(url);
      early = undefined;
      return loading;
    };
    const load = async () => {
      const articles = await open(await fetched(), () => start === this.#start);
      if (start !== this.#start) {
        articles.free();
        throw new Failure("unreadable", "overtaken by another source");
      }
      this.#articles?.free();
      this.#articles = articles;
      return articles;
    };
    wasm("offprint-articles").catch(() => {});
    const theme = this.#theme();
    this.#root.dataset.theme = theme;
    try {
      this.#tree.adoptedStyleSheets = [await style()];
    } catch (error) {
      console.error("Offprint: the style sheet could not be loaded; offprint.css belongs beside element.js.", error);
    }
    if (start !== this.#start) return;
    const lines = Array.from({ length: 6 }, () => build("div", ""));
    this.#root.replaceChildren(build("div", "op-page", build("div", "op-masthead"), build("div", "op-skeleton", ...lines)));
    this.#tree.append(this.#root);
    try {
      if (typeof WebAssembly !== "object") throw new Error("WebAssembly is switched off in this browser");
      // Both are needed: without the one that reads the articles, there is nothing for the other to show.
      const [{ mount }] = await Promise.all([wasm("offprint"), wasm("offprint-articles")]);
      if (start !== this.#start) return;
      const isHash = this.getAttribute("routing") === "hash";
      const remember = (/** @type {string} */ chosen) => this.#remember(chosen);
      this.#tree.querySelector("slot")?.remove();
      this.#root.replaceChildren();
      this.#handle = mount(this.#root, url, isHash, theme, load, startSearch, remember);
    } catch (error) {
      if (start === this.#start) await this.#withoutReader(error, fetched, start);
    }
  }

  /** @param {unknown} error @param {() => Promise<Uint8Array>} load @param {number} start */
  async #withoutReader(error, load, start) {
    console.error("Offprint: the reader could not start. It needs offprint_bg.wasm beside element.js, and 'wasm-unsafe-eval' in script-src where the page has a content security policy.", error);
    const why = "Search and filters do not run in this browser, so the articles stand here as plain text.";
    const page = build("main", "op-page", build("p", "op-notice", why));
    try {
      page.append(...plain(await load()));
    } catch (failure) {
      page.replaceChildren(build("p", "op-notice", "The articles cannot be shown in this browser."));
    }
    if (start !== this.#start) return;
    if (page.childElementCount > 1) this.#tree.querySelector("slot")?.remove();
    this.#root.replaceChildren(page);
  }

  /** The colours: what the person chose here before, else what the page's author wrote. */
  #theme() {
    let chosen = null;
    try {
      chosen = localStorage.getItem(THEME_KEY);
    } catch {
      // Storage is denied: the choice lasts as long as the page.
    }
    if (chosen) this.setAttribute("theme", themeOf(chosen));
    return themeOf(this.getAttribute("theme"));
  }

  /** @param {string} theme */
  #remember(theme) {
    this.setAttribute("theme", theme);
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch {
      // As above.
    }
  }
}

if (!customElements.get("offprint-reader")) customElements.define("offprint-reader", OffprintReader);
