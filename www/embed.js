/**
 * The page in a frame (embed.html), on sites that allow nothing but frames: one element, made of the page's query, and a height that
 * follows its content.
 *
 * - `article=ID` (or empty: the newest) shows `<offprint-article>`, `list=5` `<offprint-list>`; neither of them the whole reader
 * - `src`, `category`, `query`, `theme`, `storage`: as the attributes of the elements; `src` is relative to this page
 * - `parent`: the origin of the page around, where that page sends no referrer
 *
 * It tells the page around its height, `{offprint: 1, height}`, and takes from it `{offprint: 1, theme, article, category, query}`, each
 * of which may be left out; `{offprint: 1}` alone asks for the height once more.
 *
 * This is no module, since modules are fetched with CORS: in a frame without an origin (`sandbox` without `allow-same-origin`) this
 * script starts in any case, and can say what the server has to be told.
 */
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const given = new URL(location.href).searchParams;
  // Before the body is there: what it says to who sees no script is never painted.
  document.documentElement.className = "op-scripted";

  /**
   * The page around, as far as it is known. The browser's word goes first: `parent` is for pages that send no referrer. It may be
   * made up, but who frames this page has chosen the whole query, and could have it say all that a message can.
   */
  const around = originOf(document.referrer) ?? originOf(given.get("parent"));

  /** @param {string} text @param {string} [base] */
  function parsed(text, base) {
    try {
      return new URL(text, base);
    } catch {
      return undefined;
    }
  }

  /** @param {string | null} text */
  function originOf(text) {
    const url = text ? parsed(text) : undefined;
    return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
  }

  /** The address of what is shown. With a password in it, it would be a link that logs in. @param {string} src */
  function checked(src) {
    const url = parsed(src, document.baseURI);
    if (!url) throw new Error(`src is no address: ${src}`);
    const { href, protocol, username, password } = url;
    if (!/^https?:$/.test(protocol)) throw new Error("src has to begin with https: or http:");
    if (username || password) throw new Error("src may not hold a name or a password");
    return href;
  }

  /** Where a built site has the articles of this query; a folder with the reader has one collection, for all. */
  function collection() {
    const { collection = "articles.json", article } = script.dataset;
    const fill = (/** @type {string} */ pattern, /** @type {string} */ name) => pattern.replace("{}", () => encodeURIComponent(name));
    if (article && given.get("article")) return fill(article, given.get("article") ?? "");
    return collection;
  }

  function make() {
    const kind = given.has("list") ? "list" : given.has("article") ? "article" : "reader";
    const element = document.createElement(`offprint-${kind}`);
    const attributes = {
      src: checked(given.get("src") || collection()),
      theme: given.get("theme"),
      storage: given.get("storage"),
      "article-id": given.get("article"),
      category: given.get("category"),
      query: given.get("query"),
      limit: given.get("list"),
    };
    for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
    return element;
  }

  /** @param {string} text */
  function say(text) {
    const line = document.createElement("p");
    line.textContent = text;
    line.className = "op-alert";
    line.setAttribute("role", "alert");
    document.body.append(line);
  }

  /** What the page around may change, and how the element takes it. @type {Record<string, (element: any, value: string) => void>} */
  const commands = {
    theme: (element, value) => element.setAttribute("theme", value),
    article: (element, value) => (element.localName === "offprint-reader" && element.goTo ? element.goTo(value) : element.setAttribute("article-id", value)),
    category: (element, value) => element.setAttribute("category", value),
    query: (element, value) => (element.localName === "offprint-reader" && element.search ? element.search(value) : element.setAttribute("query", value)),
  };

  let height = 0;
  /**
   * A height says nothing that the page around does not know: it has chosen what is shown, and nothing of the person goes into it. So
   * where nobody says who that page is, everybody may know it; nothing else is ever sent.
   */
  const tell = () => height && parent.postMessage({ offprint: 1, height }, around ?? "*");
  const measure = () => {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    tell();
  };

  async function start() {
    let element;
    try {
      element = make();
    } catch (error) {
      console.error("Offprint: the address of this frame cannot be used.", error);
      return say(`These articles cannot be shown: ${error instanceof Error ? error.message : error}.`);
    }
    document.body.append(element);
    addEventListener("message", ({ source, origin, data }) => {
      if (source !== parent || data?.offprint !== 1) return;
      if (origin === around) for (const [name, run] of Object.entries(commands)) if (typeof data[name] === "string") run(element, data[name]);
      tell();
    });
    // Where a frame is out of view, browsers may put off to observe it.
    for (const name of ["offprint-ready", "offprint-navigate"]) element.addEventListener(name, measure);
    try {
      await import(new URL("element.js", script.src).href);
    } catch (error) {
      const why = self.origin === "null" ? `This frame has no origin of its own, so ${location.host} has to send "Access-Control-Allow-Origin: *" with the reader's files and the articles; or the frame's sandbox gets allow-same-origin.` : "All files of the reader belong beside embed.js.";
      console.error(`Offprint: the reader could not be loaded. ${why}`, error);
      say("The articles cannot be shown here at the moment.");
    }
  }

  addEventListener("DOMContentLoaded", () => {
    // Else margins at its ends would stand outside of it.
    document.body.style.display = "flow-root";
    if (parent !== window) new ResizeObserver(measure).observe(document.body);
    start();
  });
})();
