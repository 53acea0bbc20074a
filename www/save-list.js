/**
 * What saves the articles of a list. It comes when its button is first pressed (`ListButton` in offline.js): what is in the list is only asked for then.
 */
import { Row, count, isWhole, number, persist, said, size } from "./save.js";

/** @typedef {import("./save.js").Action} Action */
/**
 * @typedef {object} Given
 * @property {import("./keeper.js").Keeper} keeper
 * @property {(first: number, n: number) => Promise<string[] | undefined>} listed gives names of the list's articles, nothing while some are coming
 * @property {() => void} saved is told of what is saved @property {() => void} close
 * @property {(text: string, ...actions: Action[]) => void} tell says it elsewhere, where it is not seen here
 */

/** The most articles of a list that are saved at once, and how many addresses of it are asked for at a time. */
const MOST = 1000;
const SLICE = 100;
/** Milliseconds to the first look whether more of a list has come, each time twice as many up to the most; and how often none may have: some 20 seconds. */
const PAUSE = 100;
const LONGEST = 2_000;
const LOOKS = 14;

/** Those that cannot be saved. @param {number} gone */
const without = (gone) => (gone ? ` ${number(gone)} cannot be saved: not on the site any more, or without a page of ${gone === 1 ? "its" : "their"} own.` : "");

export class List {
  #counting = new AbortController();
  /** What is being saved goes on, whatever is shown. */
  #isSaving = false;
  /** @type {Action} */
  #close;
  row = new Row("op-keep");
  element = this.row.element;

  /** @param {Given} given */
  constructor({ keeper, listed, saved, close, tell }) {
    this.keeper = keeper;
    this.listed = listed;
    this.saved = saved;
    this.tell = tell;
    this.#close = ["Close", close];
    this.row.speak();
  }

  /** What only counts ends. */
  stop() {
    this.#counting.abort();
  }

  async open() {
    if (this.#isSaving) return;
    const { row } = this;
    if (this.keeper.obstacle) return row.show(this.keeper.obstacle, this.#close);
    this.stop();
    this.#counting = new AbortController();
    const { signal } = this.#counting;
    try {
      row.show("Counting …", ["Cancel", this.#close[1]]);
      const names = await this.#names(signal);
      const isCut = names.length > MOST;
      names.length = Math.min(names.length, MOST);
      if (!names.length) return row.show("There is nothing in this list.", this.#close);
      const states = await this.keeper.states(names, signal);
      const left = names.filter((name) => !isWhole(states[name]));
      const nSaved = names.length - left.length;
      const first = isCut ? `The first ${number(MOST)} articles of the list: more are not saved at once. ` : "";
      if (!left.length) return row.show(`${first}Saved: ${count(nSaved, "article")}, every file verified`, this.#close, undefined, { isDone: true });
      const what = nSaved ? `${first}${number(nSaved)} of ${count(names.length, "article")} saved.` : first || `${count(names.length, "article")}.`;
      // What is saved can be told without a network, too.
      row.show(what, this.#close);
      const { bytes, have, gone } = await this.keeper.sizes(left, signal).catch((error) => {
        throw nSaved ? Object.assign(error, { what }) : error;
      });
      if (signal.aborted) return;
      const rest = have && have < bytes ? `, of which ${size(have)} are here already` : have ? ", all of it here already" : "";
      const others = nSaved ? `The other ${number(left.length)}, to read offline` : "To read offline";
      row.show(`${what} ${others}: ${size(bytes)}${rest}.${without(gone)}`, [nSaved ? "Save the others" : "Save them", () => this.#save(left, nSaved)], this.#close);
    } catch (error) {
      if (signal.aborted) return;
      const { what = "", code } = /** @type {any} */ (error);
      const text = `${what} ${said(error)}`.trim();
      if (code === "none") row.show(text, this.#close);
      else row.show(text, ["Try again", () => this.open()], this.#close);
    }
  }

  /** The names of the articles of the list, one more than are saved at most. @param {AbortSignal} signal */
  async #names(signal) {
    /** @type {string[]} */
    const names = [];
    for (let looks = 0; names.length <= MOST && looks < LOOKS; looks += 1) {
      const some = await this.listed(names.length, SLICE);
      signal.throwIfAborted();
      names.push(...(some ?? []));
      if (some && some.length < SLICE) return names;
      if (some) looks = -1;
      else await new Promise((done) => setTimeout(done, Math.min(PAUSE * 2 ** looks, LONGEST)));
    }
    if (names.length > MOST) return names;
    throw Object.assign(new Error("the list does not come"), { code: "network" });
  }

  /** How it has ended: said here, or over the page where this is not seen. @param {string} text @param {Action} [again] */
  #end(text, again) {
    this.#isSaving = false;
    this.row.show(text, again ?? this.#close, again && this.#close, { isDone: !again });
    this.tell(text, ...(again ? [again] : []), [again ? "Later" : "All right", () => {}]);
  }

  /** @param {string[]} names @param {number} nSaved those of the list that are saved already */
  async #save(names, nSaved) {
    const stop = new AbortController();
    /** @type {Action} */
    const cancel = ["Cancel", () => stop.abort()];
    /** @type {Action} */
    const again = ["Try again", () => this.#save(names, nSaved)];
    const all = nSaved + names.length;
    let here = 0;
    this.#isSaving = true;
    this.row.show("Saving", cancel);
    persist();
    try {
      const told = (/** @type {import("./keeper.js").Progress & {here: number}} */ now) => {
        ({ here } = now);
        this.row.show(`Saving: ${number(here)} of ${count(names.length, "article")} here, ${size(now.bytes)}`, cancel, undefined, { isBusy: true });
      };
      const states = Object.values(await this.keeper.save(names, told, stop.signal));
      const whole = nSaved + states.filter(isWhole).length;
      const gone = names.length - states.length;
      this.saved();
      if (whole === all) this.#end(`Saved: ${count(whole, "article")}, every file verified`);
      else if (whole + gone === all) this.#end(`Saved: ${number(whole)} of ${count(all, "article")}, every file verified.${without(gone)}`);
      else this.#end(`Saved: ${number(whole)} of ${count(all, "article")}.${without(gone)} ${number(all - whole - gone)} incomplete.`, again);
    } catch (error) {
      const stay = nSaved + here ? ` ${number(nSaved + here)} of ${count(all, "article")} saved, and they stay.` : "";
      this.#end(`${said(stop.signal.aborted ? { code: "cancelled" } : error)}${stay}`, ["Go on", again[1]]);
    }
  }
}
