/**
 * The custom elements `<offprint-reader>`, `<offprint-article>` and `<offprint-list>`: the one script that a page puts in.
 *
 * They bring what a page's author wrote into order, fetch the reader's WebAssembly, the style sheet and the articles side by side,
 * show the articles' texts as soon as they are there, and let the reader take their place once it is drawn. What stands inside an
 * element is shown until then, and where nothing else can be. docs/embedding.md describes attributes, properties, methods and events.
 *
 * Elements of one page share the modules, the style sheet, and the collections that they name.
 */
import { OffprintError, STARTS, VERSION, absolute, breath, build, bytes, diagnosed, helped, panics, reader, report, style, wasm } from "./loading.js";
export * from "./loading.js";

export const THEME_KEY = "offprint-theme";

/** The longest time, in milliseconds, that a collection is read without a breath: half a frame. */
const SLICE = 8;

/** A collection, for all elements that name it; the last one that leaves lets it go. */
class Collection {
  /** By address. @type {Map<string, Collection>} */
  static #all = new Map();
  #users = 0;
  /** @type {Promise<Uint8Array> | undefined} */
  #data;
  /** @type {Promise<any> | undefined} */
  #opened;
  /** Whether the module has read it, and has its bytes. */
  isOpen = false;
  hasProblems = false;

  /** @param {string} url @param {unknown} value the articles themselves, which are then nobody else's @param {boolean} isNew */
  constructor(url, value, isNew) {
    this.url = url;
    this.value = value;
    this.isNew = isNew;
  }

  /** The collection of an address, or of articles; `isNew` where it is to be fetched anew. @param {string} url @param {unknown} value @param {boolean} isNew */
  static of(url, value, isNew) {
    const known = value || isNew ? undefined : Collection.#all.get(url);
    const collection = known ?? new Collection(url, value, isNew);
    if (!value) Collection.#all.set(url, collection);
    collection.#users += 1;
    return collection;
  }

  /** Its bytes. What failed is asked for anew the next time. */
  data() {
    if (this.isOpen) return /** @type {Promise<any>} */ (this.#opened).then((articles) => articles.bytes());
    const fetched = async () => (this.value ? new TextEncoder().encode(JSON.stringify(Array.isArray(this.value) ? { version: 1, articles: this.value } : this.value)) : bytes(this.url, { priority: "high", cache: this.isNew ? "no-cache" : "default" }));
    this.#data ??= fetched().catch((error) => {
      this.#data = undefined;
      throw this.value ? new OffprintError("OP-E20", `articles: ${error}`, "unreadable") : error;
    });
    return this.#data;
  }

  /** The opened collection. */
  opened() {
    this.#opened ??= this.#open().catch((error) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #open() {
    const [{ Articles }, data] = await Promise.all([wasm("offprint-articles"), this.data()]);
    const articles = new Articles(data);
    try {
      let began = performance.now();
      while (articles.step(1 << 16)) {
        if (performance.now() - began < SLICE) continue;
        await breath();
        if (!this.#users) throw new OffprintError("OP-E13", "unwanted");
        began = performance.now();
      }
    } catch (reason) {
      articles.free();
      this.#data = undefined;
      throw typeof reason === "string" ? new OffprintError("OP-E13", `${this.value ? "articles" : this.url}: ${reason}`, "unreadable") : reason;
    }
    // From here on the module has them.
    this.#data = undefined;
    this.isOpen = true;
    return articles;
  }

  release() {
    this.#users -= 1;
    // One that is put elsewhere in the page comes back at once.
    queueMicrotask(() => {
      if (this.#users) return;
      if (Collection.#all.get(this.url) === this) Collection.#all.delete(this.url);
      this.#opened?.then((articles) => setTimeout(() => articles.free()), () => {});
      this.#opened = this.#data = undefined;
      this.isOpen = false;
    });
  }
}

/** A promise that is kept by others. Nobody has to wait for it. */
function deferred() {
  const made = /** @type {any} */ ({});
  made.promise = new Promise((...both) => ([made.resolve, made.reject] = both));
  made.promise.catch(() => {});
  return made;
}

/** The colours of this name; any other is as the device has them. @param {string | null} name */
export const themeOf = (name) => (name === "light" || name === "dark" ? name : "auto");

/** @param {string} text @param {string} [anchor] */
const addressOf = (text, anchor) => `/article/${encodeURIComponent(text)}${anchor ? `/${encodeURIComponent(anchor)}` : ""}`;

/** What an address of the reader names. @param {string} address */
function named(address) {
  const [path, query] = address.split("?");
  const [, kind, id] = path.split("/");
  const given = new URLSearchParams(query);
  const isArticle = kind === "article";
  return {
    page: isArticle ? "article" : "list",
    id: isArticle && id ? decodeURIComponent(id) : undefined,
    category: given.get("category") ?? undefined,
    // In a path the folders of categories and tags, whose names are not known yet.
    tag: given.get("tag") ?? (isArticle ? undefined : id),
    query: given.get("q") ?? undefined,
  };
}

/** The element that has the page's address. @type {OffprintElement | undefined} */
let router;

/** What readers were drawn in and have left: Yew never lets go of it, so others take it (`roots` in src/web). By panics. @type {HTMLElement[][]} */
const LEFT = [[], [], [], []];

/** Attributes, and the properties that reflect them. */
const ATTRIBUTES = ["src", "theme", "loading", "storage", "routing", "category", "query", "limit", "href", "for", "article-id"];
/** Those that make another element of it; the first three are gone to. */
const OTHER = ["article-id", "category", "query", "src", "routing", "limit", "href", "for"];

// There is no such class in a worker or on a server, which import other things from here.
export class OffprintElement extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ["theme", ...OTHER];
  static version = VERSION;
  /** What of the collection is shown. @type {"reader" | "article" | "list"} */
  static view = "reader";

  /** @type {ShadowRoot | undefined} */
  #shadow;
  /** What is shown: first the texts as they are, then the reader. @type {HTMLElement | undefined} */
  #shown;
  /** What the reader is drawn in. @type {any} */
  #root;
  #end = new AbortController();
  /** @type {{ destroy(): void, set_theme(theme: string): void, go(address: string, takesFocus: boolean): void, reload(): void } | undefined} */
  #handle;
  /** @type {Collection | undefined} */
  #collection;
  /** The articles that are to be shown instead, once they are here. @type {Collection | undefined} */
  #next;
  /** Articles that were set as a property: a collection, or in an array of one's own. @type {unknown} */
  #given;
  /** Where the reader is, or is to begin. @type {string | undefined} */
  #address;
  /** Counts the starts, so that one that was overtaken stops. */
  #start = 0;
  #isRunning = false;
  #hasNewId = false;
  /** Whether it shows the articles. */
  #isWell = false;
  #nPanics = 0;
  #isStorageTold = false;
  #ready = deferred();

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
      this.#slot();
    }
    return this.#shadow;
  }

  /** The element, once the reader is drawn; fails with what keeps it from that. @returns {Promise<this>} */
  get ready() {
    return this.#ready.promise;
  }

  /**
   * The articles, as an array or as a collection (docs/format.md), instead of an address. Setting others shows them; they are taken as
   * they are then.
   */
  get articles() {
    return this.#given;
  }
  set articles(value) {
    const list = Array.isArray(value) && [...value];
    const before = /** @type {any} */ (this.#given);
    // Some frameworks set the same ones again with every change of anything else.
    if (list ? list.length === before?.length && list.every((article, ix) => article === before[ix]) : value === before) return;
    this.#given = list || (value ?? undefined);
    const { id } = named(this.#address ?? "/");
    // An article that is not among them is not gone on with.
    if (id && !(list || /** @type {any} */ (value)?.articles)?.some?.((/** @type {any} */ article) => article?.id === id)) this.#address = undefined;
    this.#renew(false);
  }

  /** One article, instead of an address. */
  get article() {
    const given = /** @type {any} */ (this.#given);
    return (given?.articles ?? given)?.[0] ?? given;
  }
  set article(value) {
    this.articles = value && [value];
  }

  /** Fetches the articles anew and shows them where the reader is now. */
  reload() {
    this.#renew(true);
  }

  /** Shows the articles as they are now, which are fetched first: until then nothing changes. @param {boolean} keeps whether what is shown stays where that fails */
  async #renew(keeps) {
    if (!this.#isRunning) return;
    if (!this.#isWell || !this.#address) return this.#again(true);
    const next = (this.#next = this.#articles(true));
    this.#wait();
    const error = await next.opened().then(() => {}, (error) => error);
    if (this.#next !== next) return next.release();
    this.#next = undefined;
    if (error) {
      next.release();
      return keeps ? this.#failed(error, false) : this.#again(true);
    }
    const before = this.#collection;
    this.#collection = next;
    this.#handle?.reload();
    await this.#ready.promise.catch(() => {});
    before?.release();
  }

  /** What the element names now. @param {boolean} isNew */
  #articles(isNew) {
    return Collection.of(absolute(this.getAttribute("src") ?? "articles.json"), this.#given, isNew);
  }

  /** Shows an article, at a heading or note if one is named. @param {string} id @param {string} [anchor] */
  goTo(id, anchor) {
    if (!id) throw new OffprintError("OP-E20", "goTo(id): it needs the id of an article");
    this.#go(addressOf(id, anchor), true);
  }

  /** Searches. @param {string} words */
  search(words) {
    if (this.#isOne) throw new OffprintError("OP-E20", "search(words): it needs an <offprint-reader>");
    this.#go(`/?q=${encodeURIComponent(words)}`);
  }

  connectedCallback() {
    // What was set before the script was here.
    for (const name of Object.keys(this)) {
      if (!(name in OffprintElement.prototype)) continue;
      const value = /** @type {any} */ (this)[name];
      delete (/** @type {any} */ (this)[name]);
      /** @type {any} */ (this)[name] = value;
    }
    if (this.#isRunning) return;
    // It may have waited elsewhere on the page to be seen.
    this.#end.abort();
    if (this.getAttribute("loading") !== "lazy") return this.#run();
    this.#end = new AbortController();
    const observer = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && (this.#end.abort(), this.#run()), { rootMargin: "50%" });
    observer.observe(this);
    this.#end.signal.addEventListener("abort", () => observer.disconnect());
  }

  disconnectedCallback() {
    // A node that is moved leaves and comes back: only one that stays away is done with.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#stop();
      this.#shown?.remove();
      this.#shown = this.#address = undefined;
      this.#slot();
      this.#ready.reject(new DOMException("taken out", "AbortError"));
      this.#ready = deferred();
    });
  }

  /** Has what stands inside the element shown. */
  #slot() {
    if (!this.#shadow?.querySelector("slot")) this.#shadow?.append(build("slot", ""));
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (name === "theme") {
      if (this.#shown) this.#shown.dataset.theme = themeOf(after);
      this.#handle?.set_theme(themeOf(after));
    } else if (this.#isRunning && before !== after) {
      // One article has no list to go to: without an id it is the newest.
      if (OTHER.indexOf(name) < 3 && (!this.#isOne || this.getAttribute("article-id"))) {
        // Of what is changed at once, an article goes before a list.
        this.#hasNewId ||= name === OTHER[0];
        queueMicrotask(() => (this.#hasNewId = false));
        return this.#go(this.#first(this.#isOne || this.#hasNewId));
      }
      this.#address = undefined;
      this.#again(false);
    }
  }

  get #isOne() {
    return /** @type {typeof OffprintElement} */ (this.constructor).view === "article";
  }

  /** What the attributes say. @param {boolean} [hasId] whether the article counts: not where a list was named after it */
  #first(hasId = true) {
    const [id, category, query] = OTHER.slice(0, this.#isOne ? 2 : 3).map((name) => this.getAttribute(name));
    if (id && hasId) return addressOf(id);
    const named = Object.entries({ category, q: query }).filter(([, value]) => value);
    return `/?${new URLSearchParams(/** @type {any} */ (named))}`;
  }

  /** @param {string} address @param {boolean} [takesFocus] whether the focus comes along from elsewhere on the page */
  #go(address, takesFocus = false) {
    if (this.#handle) this.#handle.go(address, takesFocus);
    else this.#address = address;
  }

  #stop() {
    this.#start += 1;
    this.#isRunning = this.#isWell = false;
    this.#next = undefined;
    if (router === this) router = undefined;
    this.#end.abort();
    this.#handle?.destroy();
    if (this.#root) LEFT[this.#nPanics].push(this.#root);
    this.#handle = this.#root = undefined;
    this.#collection?.release();
    this.#collection = undefined;
  }

  /** Starts anew; until it is drawn, what is shown stays. @param {boolean} isNew whether the articles are fetched anew */
  #again(isNew) {
    // The reader takes what it has drawn along.
    const copy = this.#handle && /** @type {HTMLElement} */ (this.#shown?.cloneNode(true));
    if (copy) this.#shown?.replaceWith(copy);
    this.#shown = copy ?? this.#shown;
    this.#stop();
    if (this.#shown) this.#shown.inert = true;
    this.#wait();
    this.#run(isNew);
  }

  /** Who waits already waits for what is to come. */
  #wait() {
    const before = this.#ready;
    this.#ready = deferred();
    before.resolve(this.#ready.promise);
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`offprint-${name}`, { bubbles: true, composed: true, detail }));
  }

  /** Puts in the place of what is shown. @param {HTMLElement} element */
  #show(element) {
    element.dataset.theme = themeOf(this.getAttribute("theme"));
    if (this.#shown) this.#shown.replaceWith(element);
    else this.#tree.prepend(element);
    this.#shown = element;
  }

  /** Starts; whatever keeps it from that is told. @param {boolean} [isNew] whether the articles are fetched anew */
  #run(isNew = false) {
    this.#begin(isNew).catch((error) => this.#withoutReader(error, async () => undefined));
  }

  /** @param {boolean} isNew */
  async #begin(isNew) {
    this.#isRunning = true;
    this.#nPanics = panics();
    this.#end = new AbortController();
    const start = ++this.#start;
    const isCurrent = () => start === this.#start;
    const collection = (this.#collection = this.#articles(isNew));
    // All at once; what fails is seen where it is waited for.
    const data = collection.isOpen ? undefined : collection.data();
    const script = reader((words) => isCurrent() && this.#crashed(words), this.#end.signal);
    const plain = import("./plain.js");
    for (const promise of [data, script, plain, wasm("offprint-articles")]) promise?.catch(() => {});
    const view = /** @type {typeof OffprintElement} */ (this.constructor).view;
    const limit = Math.max(1, Math.trunc(Number(this.getAttribute("limit"))) || 5);
    let routing = this.#routing();
    if (routing && (router ??= this) !== this) {
      report("OP-E21", "another element has the page's address", this);
      routing = "";
    }
    this.#address ??= this.#first();
    const chosen = this.#chosen();
    if (chosen) this.setAttribute("theme", themeOf(chosen));
    const tree = this.#tree;
    try {
      const sheet = await style();
      if (sheet.cssRules) tree.adoptedStyleSheets = [sheet];
      else if (!tree.querySelector("style")) tree.append(build("style", "", sheet));
    } catch (error) {
      report(/** @type {any} */ (error).code, /** @type {any} */ (error).message, this);
    }
    if (!isCurrent()) return;
    let isDrawn = false;
    // What the page's author put there is better than the shape of what is coming.
    if (!this.hasChildNodes()) plain.then(({ skeleton }) => isCurrent() && !this.#shown && this.#show(skeleton(!routing))).catch(() => {});
    const address = (routing === "hash" ? location.hash.slice(1) : routing && `/${location.href.slice(routing.length)}`) || this.#address;
    const first = async (/** @type {boolean} */ isWhole) => {
      const texts = (await plain).plain(await (data ?? collection.data()), { view, limit, isWhole, isGuest: !routing, ...named(address) });
      return isCurrent() && !isDrawn && texts && build("div", "op-root", texts);
    };
    if (data && !this.#shown?.inert) first(false).then((texts) => texts && !this.#shown?.inert && this.#show(texts)).catch(() => {});
    let [hasFailed, isMissing] = [false, false];
    const settle = () => {
      if (!isDrawn || hasFailed || isMissing || this.#isWell) return;
      this.#isWell = true;
      this.#tree.querySelector("slot")?.remove();
      // It may have failed before somebody has tried again.
      if (this.#ready.isOver) this.#ready = deferred();
      this.#ready.resolve(this);
      this.#tell("ready", { version: VERSION });
    };
    const load = async () => {
      try {
        // Of one that has left, this fails, and nobody asks.
        const articles = await /** @type {Collection} */ (this.#collection).opened();
        hasFailed = false;
        return articles;
      } catch (error) {
        hasFailed = true;
        if (isCurrent()) this.#failed(error, true);
        throw error;
      }
    };
    const root = (this.#root = LEFT[this.#nPanics].pop() ?? build("div", "op-root"));
    const { load: help, search, mark } = helped(root, routing !== "", this.#end.signal, () => this.#keeps, () => this.#collection);
    // With the modules, so that no key is pressed before it is there; without it, the reader has no search and is there all the same.
    const helping = help().catch(() => {});
    try {
      // Both are needed: without the one that reads the articles, there is nothing for the other to show.
      const [{ mount }] = await Promise.all([script, wasm("offprint-articles"), helping]);
      if (!isCurrent()) return;
      const told = {
        drawn: () => {
          isDrawn = true;
          if (this.#shown !== root) this.#show(root);
          if (hasFailed) this.#slot();
          this.#isWell = false;
          settle();
        },
        route: (/** @type {string} */ address, /** @type {boolean} */ isGone) => {
          const { id } = named(address);
          isMissing = isGone && this.#isOne;
          // An address that a visitor has brought is no mistake of the page's.
          if (isGone && (!routing || id === this.getAttribute("article-id"))) {
            const words = `${this.#given ? "articles" : collection.url}: there is no article with the id ${id}`;
            if (isMissing && !this.#isWell) this.#failed(new OffprintError("OP-E19", words), true);
            else report("OP-E19", words, this);
          }
          settle();
          const [before, now] = [this.#address, address].map((address) => JSON.stringify(named(address ?? "/")));
          this.#address = address;
          if (before !== now && isDrawn) this.#tell("navigate", { ...named(address), address });
        },
        found: (/** @type {string} */ query, /** @type {number} */ total) => this.#tell("search", { query, total }),
        theme: (/** @type {string} */ chosen) => {
          this.setAttribute("theme", chosen);
          this.#chosen(chosen);
        },
        mark,
        problems: (/** @type {string} */ text) => {
          const collection = /** @type {Collection} */ (this.#collection);
          if (!collection.hasProblems) report("OP-E13", text, this);
          collection.hasProblems = true;
        },
      };
      const tell = (/** @type {keyof typeof told} */ what, /** @type {any[]} */ ...rest) => isCurrent() && /** @type {any} */ (told)[what]?.(...rest);
      const pages = (view === "list" && this.getAttribute("href")) || undefined;
      this.#handle = mount(root, collection.url, routing, this.#address, view, limit, pages, themeOf(this.getAttribute("theme")), load, search, tell);
    } catch (error) {
      if (!isCurrent() || panics() > this.#nPanics) return;
      await this.#withoutReader(error, first);
    }
  }

  /** What follows the reader: the page's address behind its `#`, its path, or nothing. */
  #routing() {
    const routing = this.getAttribute("routing");
    if (routing !== "path") return routing === "hash" ? routing : "";
    const page = document.baseURI.replace(/[?#].*/, "");
    // The page is given at every address below its folder.
    return page.replace(/(article|category|tag)\/[^/]+\/?$|[^/]*$/, "");
  }

  /** @param {any} error @param {boolean} isFatal */
  #failed(error, isFatal) {
    const failure = error instanceof OffprintError ? error : new OffprintError("OP-E02", String(error));
    this.#ready.reject(failure);
    this.#ready.isOver = true;
    report(failure.code, failure.message, this, isFatal);
    return failure;
  }

  /** The reader has stopped in the middle of something: it is started again where it was. @param {string} words */
  #crashed(words) {
    // What it has drawn stays until then; it is asked for nothing more.
    this.#handle = this.#root = undefined;
    report("OP-E16", words, this, panics() === STARTS.length);
    this.#again(false);
  }

  /** @param {any} error @param {(isWhole: boolean) => Promise<HTMLElement | false | undefined>} first */
  async #withoutReader(error, first) {
    const start = this.#start;
    this.#end.abort();
    const { code } = this.#failed(error, true);
    const texts = (await first(true).catch(() => undefined)) || undefined;
    // Without the words for it, there are the texts.
    const shown = await diagnosed("instead", code, texts, this.hasChildNodes()).catch(() => texts);
    if (start !== this.#start || !shown) return;
    this.#show(shown);
    if (texts) this.#tree.querySelector("slot")?.remove();
  }

  get #keeps() {
    return this.getAttribute("storage") !== "none";
  }

  /** The colours that the person chose on this site; others are kept. @param {string} [theme] */
  #chosen(theme) {
    if (!this.#keeps) return undefined;
    try {
      if (theme) localStorage.setItem(THEME_KEY, theme);
      return localStorage.getItem(THEME_KEY);
    } catch (error) {
      // Storage is denied: a choice lasts as long as the page.
      if (!this.#isStorageTold) report("OP-E17", String(error), this);
      this.#isStorageTold = true;
    }
    return undefined;
  }
}

if (globalThis.HTMLElement) {
  for (const name of ATTRIBUTES) {
    const property = name === "for" ? "htmlFor" : name.replace(/-(.)/, (_, letter) => letter.toUpperCase());
    Object.defineProperty(OffprintElement.prototype, property, {
      enumerable: true,
      /** @this {HTMLElement} */
      get() {
        return this.getAttribute(name);
      },
      /** @this {HTMLElement} @param {unknown} value */
      set(value) {
        if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, String(value));
      },
    });
  }
}

export class OffprintReader extends OffprintElement {}
export class OffprintArticle extends OffprintElement {
  static view = /** @type {const} */ ("article");
}
export class OffprintList extends OffprintElement {
  static view = /** @type {const} */ ("list");
}

/** Another version that was here before. @type {string | undefined} */
let other;
for (const [name, element] of Object.entries({ "offprint-reader": OffprintReader, "offprint-article": OffprintArticle, "offprint-list": OffprintList })) {
  const known = /** @type {any} */ (globalThis.customElements?.get(name));
  if (!known) globalThis.customElements?.define(name, element);
  else if (known.version !== VERSION) other = String(known.version);
}
if (other) report("OP-E11", `this page has version ${other} already, and ${VERSION} came later`);
