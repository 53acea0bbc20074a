/**
 * The reader on a page of a built site. The page is complete without it: it waits for the first sign of a person (a pointer
 * that moves, a key, a scroll), fetches what it needs, and then takes the page over without changing
 * anything on it: the article's own nodes stay, and so do scroll, selection and focus.
 *
 * The page has <div class="op-root" data-op-edition="data/edition.json" data-op-root="./">, both relative to the page.
 */
import { file } from "./edition.js";
import { OffprintError, THEME_KEY, bytes, helped, reader, report, themeOf } from "./element.js";

/** @type {HTMLElement | null} */
const old = document.querySelector(".op-root[data-op-edition]");

/** What the page says, as long as its address is still its own. @param {string} name */
const given = (name) => new URL(old?.dataset[name] ?? "", document.baseURI).href;

/** The file that names the edition, the folder of its files, and the front page. */
const pointer = given("opEdition");
const data = new URL(".", pointer).href;
const front = given("opRoot");

/** The bytes of the edition's index, whose name the one file that changes knows. */
async function load() {
  let edition;
  try {
    edition = JSON.parse(new TextDecoder().decode(await bytes(pointer, { cache: "no-cache" })));
  } catch (error) {
    throw error instanceof OffprintError ? error : new OffprintError("OP-E13", `${pointer} is no edition: ${error}`, "unreadable");
  }
  if (edition.format !== 1) throw new OffprintError("OP-E13", `${pointer} is of format ${edition.format}, and this reader knows 1: upload all of the site`, "unreadable");
  return file(data, edition.index, edition.length);
}

/** What a person has begun on the page that was there before: it goes on in the reader. */
class Begun {
  #scroll = [scrollX, scrollY];
  #focus = /** @type {HTMLElement | null} */ (document.activeElement);
  #id = this.#focus?.id;
  #href = this.#focus instanceof HTMLAnchorElement ? this.#focus.href : undefined;
  #selection = getSelection();
  #ends = this.#selection && [this.#selection.anchorNode, this.#selection.anchorOffset, this.#selection.focusNode, this.#selection.focusOffset];
  #chosen = ["op-category", "op-order", "op-from", "op-to"].map((id) => {
    const field = /** @type {HTMLSelectElement | HTMLInputElement | null} */ (old?.querySelector(`#${id}`));
    const was = field instanceof HTMLInputElement ? "" : field?.querySelector("option[selected]")?.value;
    return field && field.value !== was ? [id, field.value] : undefined;
  });
  #hasDates = old?.querySelector(".op-dates")?.open;
  /** Boxes that were scrolled by themselves. */
  #boxes = [...(old?.querySelectorAll(".op-body .op-table, .op-body pre") ?? [])].map((box) => /** @type {const} */ ([box, box.scrollLeft]));

  /** @param {HTMLElement} root */
  goOn(root) {
    scrollTo({ left: this.#scroll[0], top: this.#scroll[1], behavior: "instant" });
    for (const [box, left] of this.#boxes) box.scrollLeft = left;
    const focus = this.#focus?.isConnected
      ? this.#focus
      : ((this.#id && root.querySelector(`#${CSS.escape(this.#id)}`)) || [...root.querySelectorAll("a")].find((link) => link.href === this.#href));
    if (focus && focus !== document.body) /** @type {HTMLElement} */ (focus).focus({ preventScroll: true });
    const [anchor, anchorAt, end, endAt] = this.#ends ?? [];
    if (anchor?.isConnected && end?.isConnected && anchor !== document.body) this.#selection?.setBaseAndExtent(anchor, anchorAt ?? 0, end, endAt ?? 0);
    /** @type {(id: string, value: string, event: Event) => void} */
    const set = (id, value, event) => {
      const field = /** @type {HTMLInputElement | null} */ (root.querySelector(`#${id}`));
      if (!field || field.value === value) return;
      field.value = value;
      field.dispatchEvent(event);
    };
    if (this.#hasDates) root.querySelector(".op-dates")?.setAttribute("open", "");
    for (const chosen of this.#chosen) if (chosen) set(chosen[0], chosen[1], new Event("change", { bubbles: true }));
    // Letters that came after the rest was noted count, too.
    const { value, selectionStart } = /** @type {HTMLInputElement} */ (old?.querySelector("#op-search") ?? {});
    if (value) {
      set("op-search", value, new InputEvent("input", { bubbles: true }));
      const field = /** @type {HTMLInputElement | null} */ (root.querySelector("#op-search"));
      if (selectionStart != null) field?.setSelectionRange(selectionStart, selectionStart);
      const clear = root.querySelector(".op-clear");
      if (isEntered && clear) {
        // The reader takes Enter only once it has drawn that there are words: then they can be cleared.
        const drawn = new MutationObserver(() => {
          drawn.disconnect();
          field?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        });
        drawn.observe(clear, { attributeFilter: ["hidden"] });
      }
    }
    if (wanted) /** @type {HTMLElement | null} */ (root.querySelector(wanted))?.click();
  }
}

/** The button, of those that only the reader has an answer to, that was pressed before it could do anything. */
let wanted = "";
/** Whether Enter was pressed behind the words that are in the box. */
let isEntered = false;
let isStarted = false;
let hasFailed = false;
/** The reader: it lives as long as somebody holds it. @type {any} */
let handle;
/** Takes the addresses that were asked for of the list. @type {(addresses: string[]) => void} */
let listed;
/** What the browser gives to install the site with. @type {Event | undefined} */
let prompt;

/** What makes the site work without a network comes when the page has come to rest, be the reader there or not. */
function rest() {
  addEventListener("beforeinstallprompt", (event) => {
    // It is offered in its time (offline.js).
    event.preventDefault();
    prompt = event;
  });
  const load = async () => {
    const { offline } = await import("./offline.js");
    const list = async (/** @type {number} */ first, /** @type {number} */ n) => {
      start();
      if (hasFailed) throw Object.assign(new Error("The reader could not start on this page, and only it knows what is in the whole list."), { code: "none" });
      /** @type {string[] | undefined} */
      let addresses;
      listed = (given) => (addresses = given);
      handle?.listed(first, n);
      return addresses;
    };
    offline(front, list, () => prompt);
  };
  const idle = () => (globalThis.requestIdleCallback ?? setTimeout)(() => load().catch((error) => report("OP-E02", `what saves articles could not be loaded (${error})`)));
  if (document.readyState === "complete") idle();
  else addEventListener("load", idle, { once: true });
}

/** The reader has stopped in the middle of something. The page is complete without it: it is loaded once more, and no further time. @param {string} words */
function crashed(words) {
  report("OP-E16", words, undefined, true);
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (visit?.type !== "reload") location.reload();
}

async function start() {
  if (isStarted || !old) return;
  isStarted = true;
  const root = document.createElement("div");
  root.className = "op-root";
  /** @type {string} */
  let theme;
  try {
    theme = themeOf(localStorage.getItem(THEME_KEY));
  } catch {
    // Storage is denied: the choice lasts as long as the page.
    theme = "auto";
  }
  const show = (/** @type {string} */ chosen) => (root.dataset.theme = document.documentElement.dataset.theme = chosen);
  show(theme);
  const remember = (/** @type {string} */ chosen) => {
    show(chosen);
    try {
      localStorage.setItem(THEME_KEY, chosen);
    } catch {
      // As above.
    }
  };
  // The index is fetched beside the module.
  /** @type {Promise<Uint8Array> | undefined} */
  let early = load();
  early.catch(() => {});
  const loaded = () => {
    const loading = early ?? load();
    early = undefined;
    return released(loading);
  };
  const fetched = (/** @type {[string, number, string?, number?]} */ ...named) => released(file(data, ...named));
  const article = /** @type {HTMLElement | null} */ (old.querySelector("article.op-article"));
  const body = article?.querySelector(".op-body");
  // The article's texts are put into the reader at the last moment: until then they stand where they stood.
  const place = document.createElement("div");
  place.className = "op-adopted";
  /** @type {Begun} */
  let begun;
  const drawn = () => {
    stop.abort();
    if (body) place.append(body);
    old.replaceWith(root);
    // From now on the page's address changes under it: what is relative to the old one is made whole.
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("link[href]:not([rel~=stylesheet]), body > * a[href]"))) if (!root.contains(link)) link.href = link.href;
    for (const image of document.images) if (!root.contains(image)) image.src = image.src;
    for (const pages of document.querySelectorAll(".op-pages")) pages.remove();
    begun.goOn(root);
    document.dispatchEvent(new CustomEvent("offprint-ready"));
  };
  const help = helped(root, true, new AbortController().signal, () => true);
  const listing = (/** @type {string[]} */ ...addresses) => listed(addresses);
  // An article that the edition has not got any more, but somebody has saved: its page is complete without the reader.
  const kept = () => document.documentElement.classList.add("op-static-only");
  // The edition knows no such article: its page may be there all the same, or be saved. Loaded anew, that would be the page of the steps before it, too.
  const elsewhere = () => {
    const { href } = location;
    history.replaceState(null, "", front);
    location.replace(href);
    // Firefox puts this page back as it was left, at that address.
    addEventListener("pageshow", () => location.reload());
  };
  // What was saved opens, whatever of the edition is not here.
  const missed = async () => {
    const { href } = location;
    const page = navigator.serviceWorker?.controller && (await fetch(href).catch(() => {}));
    if (page?.ok && location.href === href) elsewhere();
  };
  const failed = (/** @type {string} */ code, /** @type {string} */ detail) => report(code, detail);
  const told = { drawing: () => (begun = new Begun()), drawn, kept, elsewhere, missed, failed, route() {}, found() {}, theme: remember, mark: help.mark, listed: listing };
  const tell = (/** @type {keyof typeof told} */ what, /** @type {any[]} */ ...rest) => /** @type {any} */ (told)[what](...rest);
  try {
    const [{ take_over }] = await Promise.all([reader(crashed), help.load().catch(() => {})]);
    handle = take_over(root, front, theme, Boolean(old.querySelector(".op-keep")), article?.dataset.opId, body && place, data, loaded, fetched, help.search, tell);
  } catch (error) {
    hasFailed = true;
    document.documentElement.classList.add("op-static-only");
    const { code, message } = /** @type {any} */ (error);
    report(code ?? "OP-E02", `the reader could not start; the page stays as it is, complete, without search and filters (${message ?? error})`, undefined, true);
  }
}

// The reader puts a person where they were in a list by itself. An article stands on its page as it was: there the browser does, when it is loaded anew.
addEventListener("pagehide", () => document.querySelector(".op-article") && (history.scrollRestoration = "auto"));
addEventListener("pageshow", ({ persisted }) => persisted && handle && (history.scrollRestoration = "manual"));

const stop = new AbortController();
/** Whether something is being pressed. */
let isDown = false;
/** @type {(() => void)[]} */
const waiting = [];
/** The same a little later, where something is being pressed: the reader is drawn with what this gives, and a press on what is then replaced would come to nothing. @template T @param {Promise<T>} given */
async function released(given) {
  const value = await given;
  if (isDown && !stop.signal.aborted) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  return value;
}
if (old) {
  const { signal } = stop;
  const up = () => ((isDown = false), waiting.splice(0).forEach((go) => go()));
  signal.addEventListener("abort", up);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const down = (/** @type {PointerEvent} */ { button }) => {
    clearTimeout(timer);
    isDown ||= button === 0;
  };
  // A touch becomes a click some time after it has ended; what becomes a menu, or is dragged, or was the bar that scrolls, ends without a word.
  const look = (/** @type {any} */ { buttons }) => {
    if (isDown && !buttons) timer = setTimeout(up, 50);
  };
  addEventListener("pointerdown", down, { signal, capture: true });
  for (const sign of ["pointerup", "pointercancel", "pointermove", "keydown"]) addEventListener(sign, look, { signal, capture: true, passive: true });
  // What only the reader can do is wanted: it comes at once.
  old.addEventListener(
    "click",
    ({ target }) => {
      const pressed = [".op-theme", ".op-help"].find((button) => target instanceof Element && target.closest(button));
      if (pressed) {
        wanted = pressed;
        start();
      }
    },
    { signal },
  );
  old.addEventListener("keydown", ({ key, isComposing, target }) => target instanceof Element && target.id === "op-search" && (isEntered = key === "Enter" && !isComposing), { signal });
  old.addEventListener("focusin", ({ target }) => target instanceof Element && target.closest(".op-tools, .op-order, .op-dates") && start(), { signal });
  // The first sign of a person: whoever only looks at the page is not made to load the reader, and it is there in time.
  const signs = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown", "scroll"];
  for (const sign of signs) addEventListener(sign, () => start(), { signal, passive: true, once: true });
  if (new URLSearchParams(location.search).size > 0) start();
  if (old.querySelector(".op-keep")) rest();
}
