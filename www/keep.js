/**
 * Keeps a page that was put together by hand: `<offprint-reader src="articles.json" offline>`. What it is made of (itself, its scripts,
 * the reader, the collection and its pictures) is told to the service worker beside it, which gives it when the network does not.
 * docs/offline.md says what can be relied on.
 */
import { vouched } from "./aids.js";
import { FILES, report } from "./element.js";

/** Pictures that are kept, at most. */
const PICTURES = 500;

/** The collections of this page. It is kept as a whole, each time with all of them so far: what was kept before goes. @type {Set<string>} */
const sources = new Set();

/** @param {HTMLElement} element */
export async function keep(element) {
  try {
    const script = new URL("sw-page.js", location.href).href;
    const scope = new URL(".", script).href;
    const before = await navigator.serviceWorker.getRegistration(scope);
    const other = (before?.active ?? before?.waiting ?? before?.installing)?.scriptURL;
    // A folder has one worker: its owner's would be gone.
    if (before?.scope === scope && other && other !== script) throw new Error(`${scope} has a service worker of its own, ${other}`);
    await navigator.serviceWorker.register(vouched(script), { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    sources.add(new URL(element.getAttribute("src") ?? "articles.json", document.baseURI).href);
    /** @type {Set<string>} */
    const pictures = new Set();
    for (const src of sources) {
      const collection = await (await fetch(src, { cache: "force-cache" })).json();
      const base = new URL(collection.base_url ?? "", src);
      picturesOf(collection, (address) => {
        try {
          pictures.add(new URL(address, base).href);
        } catch {
          // It is no address, so that nothing is fetched from it.
        }
      });
    }
    /** @type {any[]} */
    const entries = performance.getEntriesByType("resource");
    // Scripts and style sheets of the page, and what these have brought.
    const used = entries.filter(({ initiatorType, responseStatus = 200 }) => ["script", "link", "css", "other"].includes(initiatorType) && responseStatus === 200).map(({ name }) => name);
    const own = Object.values(FILES).flatMap(({ href }) => href ?? []);
    // What a search needs may not have been used yet. Of a page that was bundled it has other names, and is kept once it was used.
    const later = ["search-worker.js", "search-collection.js", "suggestions.js", "highlights.js", "syntax.js", "offprint-index.js", "failures.js"];
    for (const name of later) pictures.add(new URL(name, own[0]).href);
    const files = [...new Set([...used, ...own, ...sources])];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = async ({ data: { kind, code, message } }) => {
      // Where there is no network, what was kept of this page before is what is shown.
      const bare = (/** @type {string} */ url) => url.split(/[?#]/)[0];
      const isKept = code === "network" && (await caches.keys()).some((name) => name.startsWith(`offprint-page:${scope}:`) && bare(name).endsWith(` ${bare(location.href)}`));
      if (kind === "failed" && !isKept) report("OP-E18", `the page is not kept for when there is no network (${code}: ${message})`, element);
      if (kind === "failed" || kind === "done") port1.close();
      if (kind === "done") element.dispatchEvent(new CustomEvent("offprint-save", { bubbles: true, composed: true, detail: { files: files.length } }));
    };
    active?.postMessage({ kind: "keep", files, pictures: [...pictures].slice(-PICTURES) }, [port2]);
  } catch (error) {
    report("OP-E18", `the page is not kept for when there is no network (${error})`, element);
  }
}

/** The addresses of pictures in a value of a collection. @param {unknown} value @param {(address: string) => void} found @param {string} [name] */
function picturesOf(value, found, name) {
  if (typeof value === "string") {
    if (name === "src" || name === "image") found(value);
    for (const [, address] of value.matchAll(/!\[[^\]]*\]\(\s*<?([^\s)>]+)/g)) found(address);
  } else if (value && typeof value === "object") for (const [key, part] of Object.entries(value)) picturesOf(part, found, Array.isArray(value) ? name : key);
}
