/**
 * What saves an article: a button, what it says, and at times a second button. It stands in the place that the reader and the pages have for it
 * (`div.op-keep`), and comes with the first article that is shown. What is said is what the worker has just found out: it has held each file against its hash.
 *
 * Besides, how sizes, numbers and failures are told, here and wherever else something is saved, and how the browser is asked not to clear it.
 */
import { build } from "./element.js";
import { stored } from "./keeper.js";

/** @typedef {import("./keeper.js").Keeper} Keeper */
/** @typedef {import("./keeper.js").Kept} Kept */
/** @typedef {[label: string, run: () => void]} Action */

/** What a person is told of a failure. @param {any} failure */
export function said({ code, message }) {
  /** @type {Record<string, string>} */
  const words = {
    quota: "There is no room left on this device. What was saved before is still here.",
    network: navigator.onLine ? "The network broke off. What has come is kept for the next time." : "You are offline. It can be saved once you are connected.",
    changed: "Something on the way changes the files, and what is not as it was meant is not kept. Another network may help.",
    cancelled: "Stopped. What has come is kept for the next time.",
    gone: "It cannot be saved: it is not on the site any more, or has no page of its own.",
    denied: "The browser does not let this page keep anything: storage is switched off, or this is a private window.",
    none: message,
    unread: message,
  };
  return words[code] ?? `It could not be done: ${message}`;
}

/** @param {number} n */
export const number = (n) => n.toLocaleString("en");
/** @param {number} n @param {string} one */
export const count = (n, one) => `${number(n)} ${one}${n === 1 ? "" : "s"}`;
/** Of what is saved: the search is no article. @param {string[]} names */
export function counted(names) {
  const { length } = names.filter((name) => name !== "search");
  return [length && count(length, "article"), length < names.length && "the search"].filter(Boolean).join(" and ");
}
/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1e3) return count(bytes, "byte");
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

const PERSIST = "offprint-persist";

/** Asks the browser once not to clear what is kept, and remembers the answer. It is asked when something is saved: then it can be seen why. */
export async function persist() {
  if (!navigator.storage?.persist || stored((storage) => storage.getItem(PERSIST)) === "granted") return;
  const isGranted = await navigator.storage.persist().catch(() => false);
  stored((storage) => storage.setItem(PERSIST, isGranted ? "granted" : "denied"));
}

/** What the browser has answered: `true`, `false`, or nothing where it was not asked. */
export async function isPersistent() {
  if (await navigator.storage?.persisted?.().catch(() => false)) return true;
  return stored((storage) => storage.getItem(PERSIST)) === null ? undefined : false;
}

/** Whether all of it is there. @param {Kept | undefined} kept */
export const isWhole = (kept) => kept !== undefined && kept.here === kept.files;

/** What is there of something that was saved. @param {Kept} kept */
export function stateOf({ files, here, missing }) {
  if (here === files) return `Saved: ${number(here)} of ${count(files, "file")}, verified`;
  const arePictures = missing.every((path) => !/\/$|^data\/|^article\/[^/]*\/article\.json$/.test(path));
  return `Incomplete: ${count(missing.length, arePictures ? "image" : "file")} missing`;
}

/** @param {string} className @param {() => void} run */
function button(className, run) {
  const button = /** @type {HTMLButtonElement} */ (build("button", className));
  button.type = "button";
  // The second press of two is meant for what the button was before.
  button.onclick = ({ detail }) => detail < 2 && run();
  return button;
}

/** A line of a button, a text, and another button. */
export class Row {
  /** @type {Action | undefined} */
  #first;
  /** @type {Action | undefined} */
  #second;
  #main = button("op-button", () => this.#first?.[1]());
  #other = button("op-keep-other", () => this.#second?.[1]());
  #text = build("span", "op-keep-text");
  element = build("div", "op-keep-row", this.#main, this.#text, this.#other);

  /** @param {string} id */
  constructor(id) {
    this.#main.id = id;
    this.#text.id = `${id}-text`;
    this.#main.setAttribute("aria-describedby", this.#text.id);
    this.show("");
  }

  /**
   * @param {string} text @param {Action} [first] @param {Action} [second]
   * @param {{isBusy?: boolean, isDone?: boolean}} [how] busy: it changes too often to be read out
   */
  show(text, first, second, { isBusy = false, isDone = false } = {}) {
    // A button that goes takes the focus with it.
    const hadFocus = this.element.contains(document.activeElement);
    this.#first = first;
    this.#second = second;
    this.#main.textContent = first?.[0] ?? "";
    this.#main.hidden = !first;
    this.#other.textContent = second?.[0] ?? "";
    this.#other.hidden = !second;
    this.#text.setAttribute("aria-busy", String(isBusy));
    this.#text.textContent = text;
    this.element.classList.toggle("op-kept", isDone);
    if (hadFocus && !this.element.contains(document.activeElement)) (first ? this.#main : this.#other).focus({ preventScroll: true });
  }

  /** From now on what it says is read out: somebody has pressed. */
  speak() {
    this.#text.setAttribute("role", "status");
  }
}

/** The button of an article. */
export class ArticleButton {
  #row = new Row("op-keep");
  #isGone = false;
  /** The last question asked. */
  #turn = 0;
  /** @type {AbortController | undefined} */
  #saving;
  element = this.#row.element;

  /** @param {Keeper} keeper @param {string} name @param {() => void} saved is told of what is saved */
  constructor(keeper, name, saved) {
    this.keeper = keeper;
    this.name = name;
    this.saved = saved;
    this.#begin();
  }

  /** What is shown is another article. What is being saved goes on. */
  leave() {
    this.#isGone = true;
  }

  async #begin() {
    if (this.keeper.obstacle) return this.#row.show(this.keeper.obstacle);
    this.#row.show("", ["Save", () => this.#save()]);
    if (await this.keeper.isWanted()) await this.look();
  }

  /** Says what is there. */
  async look() {
    if (this.#saving) return;
    // An answer that comes later than that to a later question is an old one.
    const turn = ++this.#turn;
    const isOver = () => this.#saving || this.#isGone || turn !== this.#turn;
    try {
      const { states } = await this.keeper.ask({ kind: "state", names: [this.name] });
      if (isOver()) return;
      if (states[this.name]) return this.#show(states[this.name]);
      const { bytes, have } = await this.keeper.sizes([this.name]);
      if (isOver()) return;
      this.#row.show(`To read offline: ${size(bytes)}${have === bytes ? ", which is here already" : ""}`, ["Save", () => this.#save()]);
    } catch (error) {
      if (isOver()) return;
      const { code } = /** @type {any} */ (error);
      this.#row.show(code === "network" || code === "gone" ? "" : said(error), code === "denied" || code === "none" ? undefined : ["Save", () => this.#save()]);
    }
  }

  /** @param {Kept} kept */
  #show(kept) {
    /** @type {Action} */
    const remove = ["Remove", () => this.#remove()];
    if (isWhole(kept)) this.#row.show(stateOf(kept), undefined, remove, { isDone: true });
    else this.#row.show(stateOf(kept), ["Try again", () => this.#save()], remove);
  }

  async #save() {
    this.#row.speak();
    this.#saving = new AbortController();
    const { signal } = this.#saving;
    const stop = () => this.#saving?.abort();
    this.#row.show("Saving", ["Cancel", stop], undefined);
    persist();
    try {
      const told = ({ done, files, total }) => this.#row.show(`Saving ${number(done)} of ${number(files)}, ${size(total)}`, ["Cancel", stop], undefined, { isBusy: true });
      const states = await this.keeper.save([this.name], told, signal);
      this.#saving = undefined;
      this.#show(states[this.name]);
      this.saved();
    } catch (error) {
      this.#saving = undefined;
      const { code } = /** @type {any} */ (error);
      this.#row.show(said(signal.aborted ? { code: "cancelled" } : error), code === "denied" || code === "none" ? undefined : [signal.aborted ? "Save" : "Try again", () => this.#save()]);
    }
  }

  #remove() {
    this.#row.speak();
    // Another tab may have taken it away meanwhile.
    const back = () => this.look();
    const warning = navigator.onLine ? "Remove it from this device?" : "Remove it? While you are offline it cannot be saved again.";
    const remove = async () => {
      try {
        const { bytes } = await this.keeper.remove([this.name]);
        this.#row.show(`Removed${bytes ? `, ${size(bytes)} freed` : ""}`, ["Save", () => this.#save()]);
      } catch (error) {
        this.#row.show(said(error), ["Remove", remove], ["Keep it", back]);
      }
    };
    this.#row.show(warning, ["Keep it", back], ["Remove", remove]);
  }
}
