/**
 * What a page of a site does for use without a network: it registers the service worker, fills the places where articles and lists are saved, tells of a new
 * edition, of the network and of what the browser has thrown away, and keeps how far somebody has read. site.js loads it when the page has come to rest.
 *
 * What is told stands in a corner over the page (`Tray`): nothing on the page moves for it, and it takes no focus.
 */
import { build, report } from "./element.js";
import { Keeper, stored } from "./keeper.js";

/** Milliseconds that a notice stands that asks for nothing. */
const SHORT = 8_000;
/** Milliseconds to the next question whether a site answers that did not. */
const AGAIN = 30_000;
const VISITS = "offprint-visits";
const AWAY = "offprint-away";

/** Notices over the page, each with a key. */
export class Tray {
  #element = build("aside", "op-tray");
  /** What is read out is a copy: a notice whose text comes later, as it must into a live region, would grow, and move under somebody's finger. */
  #spoken = build("p", "op-hidden");
  /** @type {Map<string, HTMLElement>} */
  #notices = new Map();

  constructor() {
    this.#element.setAttribute("aria-label", "Notices");
    this.#spoken.setAttribute("role", "status");
    const over = build("div", "op-root op-over", this.#element, this.#spoken);
    // Whatever the page is written in.
    Object.assign(over, { lang: "en", dir: "ltr" });
    document.body.append(over);
  }

  /** @param {string} key @param {string} text @param {[label: string, run: () => void][]} actions the last one may be to do nothing */
  show(key, text, ...actions) {
    this.hide(key);
    const buttons = actions.map(([label, run], ix) => {
      const button = /** @type {HTMLButtonElement} */ (build("button", ix ? "op-keep-other" : "op-button", label));
      button.type = "button";
      button.onclick = () => {
        this.hide(key);
        run();
      };
      return button;
    });
    const notice = build("div", "op-tell", build("p", "", text), ...buttons);
    this.#notices.set(key, notice);
    this.#element.append(notice);
    setTimeout(() => (this.#spoken.textContent = text), 50);
    setTimeout(() => (this.#spoken.textContent = ""), SHORT);
  }

  clear() {
    for (const key of this.#notices.keys()) this.hide(key);
  }

  /** @param {string} key */
  hide(key) {
    this.#notices.get(key)?.remove();
    this.#notices.delete(key);
  }
}

/** Whether somebody is writing, or has a dialog before them: then nothing is put over the page. */
function isBusy() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return Boolean(active?.matches("input:not([type=checkbox], [type=button]), textarea, select, [contenteditable]") || document.querySelector("dialog[open]"));
}

/** As soon as nobody is writing. @param {() => void} run */
export function whenQuiet(run) {
  if (!isBusy()) return run();
  const look = () => setTimeout(() => isBusy() || (removeEventListener("focusout", look), removeEventListener("close", look, true), run()));
  addEventListener("focusout", look);
  addEventListener("close", look, true);
}

/**
 * Tells of a new edition, of the network, and of what is lost (offers.js).
 * @param {Keeper} keeper @param {Tray} tray
 */
export async function watch(keeper, tray) {
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    // There may be other editions on this host.
    if (data.scope !== keeper.root) return;
    if (data.kind === "edition") whenQuiet(() => tray.show("edition", "A new edition is here.", ["Read now", () => location.reload()], ["Later", () => {}]));
    if (data.kind === "full") tray.show("full", "This device is short of room. What you have saved is kept; other articles may need the network.", ["All right", () => {}]);
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const network = (/** @type {string} */ text, /** @type {[string, () => void][]} */ ...actions) => {
    // What is not so any more hides nothing that came after it.
    clearTimeout(timer);
    tray.show("network", text, ...actions);
  };
  const online = () => {
    network("You are online again.");
    timer = setTimeout(() => tray.hide("network"), SHORT);
  };
  addEventListener("online", online);
  const offline = () => {
    clearTimeout(timer);
    tray.hide("network");
    // The reader says so itself, where it is there.
    if (!document.querySelector(".op-root:not([data-op-edition], .op-over)")) network("You are offline. What is saved can be read.", ["All right", () => {}]);
  };
  addEventListener("offline", offline);
  if (!navigator.onLine) offline();
  // A device may think that it has a network. The worker leaves alone what is no GET.
  let isAway = false;
  const ask = async () => {
    if (!navigator.onLine || !navigator.serviceWorker?.controller) return;
    const was = isAway;
    isAway = await fetch(`${keeper.root}data/edition.json`, { method: "HEAD", cache: "no-store" }).then(() => false, () => true);
    // Whoever has read it is not told again on every page.
    const read = () => stored(() => sessionStorage.setItem(AWAY, "read"));
    if (isAway && !was && !stored(() => sessionStorage.getItem(AWAY))) network("The site does not answer: there may be no network. What is saved can be read.", ["All right", read]);
    if (!isAway) stored(() => sessionStorage.removeItem(AWAY));
    if (was && !isAway) online();
    if (isAway) setTimeout(ask, AGAIN);
  };
  ask();
  if (!navigator.onLine || !(await keeper.isWanted())) return;
  const lost = await keeper.lost();
  if (lost.size) (await import("./offers.js")).regain(keeper, tray, [...lost.keys()]);
}

/**
 * The button of a list, and the panel under it. What is in the panel comes when it is first opened (save-list.js); where that does not come, it says so.
 */
class ListButton {
  #opener = build("button", "op-input op-keep-opener", "Save");
  #panel = build("div", "op-keep-panel");
  /** @type {import("./save-list.js").List | undefined} */
  #list;
  #given;
  /** The last press, and how often nothing came: browsers keep a module that failed, by its address. */
  #turn = 0;
  #nFailed = 0;
  element = build("div", "op-keep-list", this.#opener, this.#panel);

  /**
   * @param {Keeper} keeper
   * @param {(first: number, n: number) => Promise<string[] | undefined>} listed gives names of the list's articles, nothing while some are coming
   * @param {() => void} saved is told of what is saved
   * @param {(text: string, ...actions: [string, () => void][]) => void} tell says what is not seen here
   */
  constructor(keeper, listed, saved, tell) {
    const isSeen = () => this.element.isConnected && !this.#panel.hidden;
    this.#given = { keeper, listed, saved, close: () => this.#close(), tell: (/** @type {string} */ text, /** @type {[string, () => void][]} */ ...actions) => isSeen() || tell(text, ...actions) };
    this.#opener.setAttribute("type", "button");
    this.#opener.setAttribute("aria-expanded", "false");
    this.#opener.setAttribute("aria-label", "Save the articles of this list");
    // The second press of two is meant for what was there before.
    this.#opener.onclick = ({ detail }) => detail < 2 && (this.#panel.hidden ? this.#open() : this.#close());
    this.#panel.hidden = true;
    this.#panel.setAttribute("role", "status");
    this.element.onkeydown = (key) => {
      if (key.key !== "Escape" || this.#panel.hidden) return;
      key.stopPropagation();
      this.#close();
    };
  }

  /** What is shown is another list. */
  leave() {
    this.#turn += 1;
    this.#list?.stop();
  }

  #close() {
    const hadFocus = this.#panel.contains(document.activeElement);
    this.leave();
    this.#panel.hidden = true;
    this.#opener.setAttribute("aria-expanded", "false");
    if (hadFocus) this.#opener.focus();
  }

  async #open() {
    const turn = ++this.#turn;
    this.#panel.hidden = false;
    this.#opener.setAttribute("aria-expanded", "true");
    try {
      if (!this.#list) {
        this.#panel.replaceChildren(build("p", "op-keep-text", "Counting …"));
        const { List } = await import(`./save-list.js${this.#nFailed ? `?again${this.#nFailed}` : ""}`);
        this.#list ??= new List(this.#given);
        this.#panel.removeAttribute("role");
        this.#panel.replaceChildren(this.#list.element);
      }
      if (turn === this.#turn) this.#list.open();
    } catch {
      this.#nFailed += 1;
      const again = build("button", "op-button", "Try again");
      again.onclick = () => {
        this.#opener.focus();
        this.#open();
      };
      this.#panel.replaceChildren(build("p", "op-keep-text", "What saves a list could not be loaded: there may be no network."), again);
    }
  }
}

/** Whether this is not the first visit. */
const isSecondVisit = () =>
  stored((storage) => {
    const visits = Number(storage.getItem(VISITS)) || 0;
    if (sessionStorage.getItem(VISITS)) return visits > 1;
    sessionStorage.setItem(VISITS, "1");
    storage.setItem(VISITS, String(visits + 1));
    return visits > 0;
  });

/**
 * @param {string} root the address of the front page
 * @param {(first: number, n: number) => Promise<string[] | undefined>} listed gives addresses of the articles of the list that is shown, nothing while some are coming
 * @param {() => any} prompt what the browser has given to install with
 */
export function offline(root, listed, prompt) {
  const keeper = new Keeper(root);
  const tray = new Tray();
  // After a second visit, or the first thing saved.
  const install = () => prompt() && import("./offers.js").then(({ install }) => install(tray, prompt())).catch(() => {});
  if (isSecondVisit()) {
    addEventListener("beforeinstallprompt", () => setTimeout(install));
    install();
  }
  const names = async (/** @type {number} */ first, /** @type {number} */ n) => (await listed(first, n))?.map((address) => new URL(address, root).href.slice(root.length).replace(/\/$/, ""));

  /** @type {import("./save.js").ArticleButton | ListButton | undefined} */
  let button;
  /** What only articles have: their button, and the place where somebody stopped. It comes with the first of them. @type {Promise<void> | undefined} */
  let coming;
  /** @type {typeof import("./save.js").ArticleButton} */
  let ArticleButton;
  /** @type {ReturnType<typeof import("./positions.js").followed> | undefined} */
  let reading;
  const load = async () => {
    const [save, { Positions, followed }] = await Promise.all([import("./save.js"), import("./positions.js")]);
    ({ ArticleButton } = save);
    reading = followed(new Positions(keeper.scope), tray);
    look();
  };
  let key = "";
  /** What of the button has the focus. @type {HTMLElement | undefined} */
  let focus;
  const look = () => {
    const article = /** @type {HTMLElement | null} */ (document.querySelector(".op-article[data-op-id]"));
    if (article && !reading) return void (coming ??= load().catch((error) => report("OP-E02", `what saves articles could not be loaded (${error})`)));
    reading?.shown(article);
    const slot = document.querySelector(".op-keep");
    if (!slot) return;
    const path = location.href.slice(root.length).split(/[?#]/)[0];
    const query = new URLSearchParams(location.search);
    query.delete("at");
    const shown = article ? path.split("/").slice(0, 2).join("/") : `list ${path}?${query}`;
    if (shown !== key) {
      // The address changes before the article is drawn: its button comes with it.
      if (article && !shown.startsWith("article/")) return;
      button?.leave();
      key = shown;
      button = article ? new ArticleButton(keeper, shown, install) : new ListButton(keeper, names, install, (text, ...actions) => (again(), whenQuiet(() => tray.show("list", text, ...actions))));
      focus = undefined;
    }
    if (!button || slot.firstChild === button.element) return;
    slot.replaceChildren(button.element);
    // The reader has taken the page over under somebody's fingers.
    if (document.activeElement === document.body) focus?.focus({ preventScroll: true });
  };
  addEventListener("focusin", ({ target }) => (focus = button?.element.contains(/** @type {Node} */ (target)) ? /** @type {HTMLElement} */ (target) : undefined));
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
  // Meanwhile another tab may have saved it, or taken it away, or a list with it in it has been saved.
  const again = () => button && "look" in button && button.look();
  addEventListener("pageshow", ({ persisted }) => persisted && again());
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  addEventListener("storage", (event) => event.key === `offprint-saved:${keeper.scope}:${key}` && again());

  const begin = async () => {
    if (!(await keeper.isWanted())) return;
    await keeper.registration();
    // An app opens the files that it has exported, be there a network or not.
    if (navigator.onLine && matchMedia("(display-mode: standalone)").matches) await keeper.complete();
  };
  begin().catch(() => {});
  watch(keeper, tray).catch(() => {});
  return { keeper, tray };
}
