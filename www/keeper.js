/**
 * The service worker of a site, as its pages talk to it: `ask` sends what www/sw.js knows and gives what it answers. Besides, what a page remembers of
 * what is saved.
 */
import { vouched } from "./aids.js";

/** What the worker and its pages say to each other. */
const PROTOCOL = 1;
/** Milliseconds without a word from the worker before it is asked whether it lives. */
const PATIENCE = 45_000;

/** @typedef {{files: number, here: number, bytes: number, missing: string[], title: string}} Kept what is there of something saved */
/** @typedef {{done: number, files: number, bytes: number, total: number, saved?: number}} Progress `saved`: how many names are, by now */

/** What could not be done, by the worker's names: quota, network, changed, cancelled, gone, denied, unknown; besides, `none` where there cannot be a worker. */
export class Failure extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Local storage, where it is denied one that forgets. @param {(storage: Storage) => any} run */
export function stored(run) {
  try {
    return run(localStorage);
  } catch {
    return undefined;
  }
}

/** The service worker of the site with this root. */
export class Keeper {
  /** @type {Promise<ServiceWorkerRegistration> | undefined} */
  #registered;
  #isOver = false;

  /** @param {string} root */
  constructor(root) {
    this.root = root;
    this.scope = new URL(root).pathname;
  }

  /** Why there cannot be a worker; nothing where there can. */
  get obstacle() {
    if (!globalThis.isSecureContext) return "Saving needs a secure connection (https).";
    if (!navigator.serviceWorker) return "This browser keeps no articles for reading offline, or not in a private window.";
    return undefined;
  }

  /** Whether the worker is there, or may come without being asked: to somebody who saves data it comes with the first thing that is saved. */
  async isWanted() {
    if (this.obstacle) return false;
    const saves = /** @type {any} */ (navigator).connection?.saveData;
    return !saves || Boolean(await this.#found());
  }

  /** The site's own registration: that of another one may stand above it. */
  async #found() {
    const found = await navigator.serviceWorker.getRegistration(this.root).catch(() => undefined);
    return found?.scope === this.root ? found : undefined;
  }

  registration() {
    this.#registered ??= this.#register().catch((error) => {
      this.#registered = undefined;
      throw error;
    });
    return this.#registered;
  }

  /** The registration as it is now. @returns {Promise<ServiceWorkerRegistration>} */
  async #current() {
    // Another tab may have forgotten everything, with the worker that this one knows.
    if (this.#registered && (await this.#registered) !== (await this.#found())) this.#registered = undefined;
    // Whoever still wants to draw what was here would have a worker come again.
    return this.#isOver ? new Promise(() => {}) : this.registration();
  }

  async #register() {
    if (this.obstacle) throw new Failure("none", this.obstacle);
    // A worker that is refused its storage does not come, and nobody tells why.
    await (async () => caches.has(""))().catch((error) => {
      throw new Failure("denied", String(error));
    });
    const registration = await navigator.serviceWorker.register(vouched(new URL("sw.js", this.root).href), { scope: this.root, updateViaCache: "none" }).catch((error) => {
      throw new Failure(error.name === "SecurityError" ? "denied" : "network", String(error));
    });
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    await new Promise((resolve, reject) => {
      const look = () => {
        if (worker?.state === "activated" || registration.active) resolve(undefined);
        else if (!worker || worker.state === "redundant") reject(new Failure("network", "the worker could not be installed"));
      };
      worker?.addEventListener("statechange", look);
      look();
    });
    const { protocol } = await this.#send(registration, { kind: "hello", protocol: PROTOCOL });
    if (protocol !== PROTOCOL) throw new Failure("none", "This page is of an older edition. Load it again, and it can be saved.");
    return registration;
  }

  /**
   * @param {{kind: string} & Record<string, unknown>} message @param {(progress: Progress) => void} [progress] @param {AbortSignal} [signal] cancels
   * @returns {Promise<any>}
   */
  async ask(message, progress, signal) {
    signal?.throwIfAborted();
    let cancel = () => {};
    /** @type {Promise<never>} */
    const cancelled = new Promise((_, reject) => (cancel = () => reject(new Failure("cancelled", ""))));
    signal?.addEventListener("abort", cancel);
    // Who cancels does not wait for a worker that is still on its way.
    const registration = await Promise.race([this.#current(), cancelled]).finally(() => signal?.removeEventListener("abort", cancel));
    return this.#send(registration, message, progress, signal);
  }

  /** @param {ServiceWorkerRegistration} registration @param {object} message @param {(progress: Progress) => void} [progress] @param {AbortSignal} [signal] @returns {Promise<any>} */
  #send(registration, message, progress, signal) {
    const { port1: port, port2 } = new MessageChannel();
    return new Promise((resolve, reject) => {
      /** @type {ReturnType<typeof setTimeout>} */
      let timer;
      const cancel = () => port.postMessage({ kind: "cancel" });
      const end = () => {
        signal?.removeEventListener("abort", cancel);
        clearTimeout(timer);
        port.close();
      };
      // A worker that was ended with its work says nothing; one that waits for another tab holds no lock, and somebody else does.
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(async () => {
          const { held = [] } = (await navigator.locks?.query().catch(() => undefined)) ?? {};
          if (held.some(({ name }) => name === `offprint:${this.scope}`)) return wait();
          end();
          reject(new Failure("network", "the worker was ended by the browser"));
        }, PATIENCE);
      };
      port.onmessage = ({ data }) => {
        if (data.kind === "progress") {
          wait();
          return progress?.(data);
        }
        end();
        if (data.kind === "done") resolve(data);
        else reject(new Failure(data.code, data.message));
      };
      signal?.addEventListener("abort", cancel);
      wait();
      registration.active?.postMessage(message, [port2]);
    });
  }

  /**
   * Saves, some at a time: a browser gives a worker some minutes for each. Of what the site does not have there is no state.
   * @param {string[]} names @param {(progress: Progress & {here: number}) => void} progress `here`: of how many names all has been taken, by now @param {AbortSignal} signal @returns {Promise<Record<string, Kept>>}
   */
  async save(names, progress, signal) {
    const states = {};
    let bytes = 0;
    for (let at = 0; at < names.length; at += BATCH) {
      signal.throwIfAborted();
      let last = 0;
      const some = names.slice(at, at + BATCH);
      const told = (/** @type {Progress} */ now) => {
        last = now.bytes;
        progress({ ...now, here: Object.keys(states).length + (now.saved ?? 0), bytes: bytes + last });
      };
      const { states: here } = await this.ask({ kind: "save", names: some }, told, signal);
      bytes += last;
      Object.assign(states, here);
      for (const name of some) if (here[name]) this.remember(name, here[name].title);
    }
    if (!Object.keys(states).length) throw new Failure("gone", "");
    return states;
  }

  /** @param {string[]} names @returns {Promise<{bytes: number}>} */
  async remove(names) {
    // Whoever leaves before the answer misses nothing; other tabs are told by what goes after it.
    const titles = this.remembered();
    for (const name of names) this.remember(name, GOING);
    try {
      const removed = await this.ask({ kind: "remove", names });
      this.forget(names);
      return removed;
    } catch (error) {
      for (const name of names) this.remember(name, titles.get(name) ?? "");
      throw error;
    }
  }

  /** What saving takes, of it what is here, and how many of the names the site does not have, or has no page of. @param {string[]} names @param {AbortSignal} [signal] */
  async sizes(names, signal) {
    const sum = { bytes: 0, have: 0, gone: 0 };
    for (let at = 0; at < names.length; at += BATCH) {
      signal?.throwIfAborted();
      const { bytes, have, gone } = await this.ask({ kind: "sizes", names: names.slice(at, at + BATCH) }, undefined, signal);
      sum.bytes += bytes;
      sum.have += have;
      sum.gone += gone;
    }
    if (sum.gone === names.length) throw new Failure("gone", "");
    return sum;
  }

  /** What is there of those that are saved. @param {string[]} names @param {AbortSignal} [signal] @returns {Promise<Record<string, Kept>>} */
  async states(names, signal) {
    const all = {};
    for (let at = 0; at < names.length; at += BATCH) {
      signal?.throwIfAborted();
      Object.assign(all, (await this.ask({ kind: "state", names: names.slice(at, at + BATCH) }, undefined, signal)).states);
    }
    return all;
  }

  #key(name = "") {
    return `offprint-saved:${this.scope}:${name}`;
  }

  /** What was saved from here, as the page remembers it: each name in a key of its own, so that no tab overwrites what another one has noted. @returns {Map<string, string>} */
  remembered() {
    const names = keys(this.#key()).map((key) => key.slice(this.#key().length));
    return new Map(names.map((name) => /** @type {[string, string]} */ ([name, this.#title(name)])).filter(([, title]) => title !== GOING));
  }

  #title(name = "") {
    return stored((storage) => storage.getItem(this.#key(name))) ?? "";
  }

  /** @param {string} name @param {string} title */
  remember(name, title) {
    stored((storage) => storage.setItem(this.#key(name), title));
  }

  /** @param {Iterable<string>} names */
  forget(names) {
    for (const name of names) stored((storage) => storage.removeItem(this.#key(name)));
  }

  /** Has the worker keep what shows articles outside of the edition, which it does by itself once something is saved: it keeps whatever of its version it is asked for. */
  async complete() {
    const { version } = await this.ask({ kind: "hello", protocol: PROTOCOL });
    const store = await caches.open(`offprint:${this.scope}`);
    const of = (/** @type {string} */ name) => store.match(`${this.root}.offprint/${name}`);
    const { more = [] } = (await (await of(`version/${version}`))?.json()) ?? {};
    for (const [path, hash] of more) if (!(await of(`file/${hash}`))) await (await fetch(new URL(path, this.root))).arrayBuffer();
  }

  /** Takes the worker out, with all that it has kept. Whatever this page asks for after that is never answered. */
  async end() {
    if (this.obstacle) return;
    if (await this.#found()) await this.ask({ kind: "forget" });
    this.#isOver = true;
    await (await this.#found())?.unregister();
    // Whatever a worker that is going has still written.
    await caches.delete(`offprint:${this.scope}`);
  }

  /** What was saved and is not there any more: the browser has made room. @returns {Promise<Map<string, string>>} */
  async lost() {
    const known = this.remembered();
    if (known.size === 0) return known;
    const { records } = await this.ask({ kind: "list" });
    for (const { name } of records) known.delete(name);
    return known;
  }
}

/** Noted for the title of what is being removed. */
const GOING = "\0";

/** Names that the worker is given at once. */
const BATCH = 20;

/** The keys of local storage that begin so. @param {string} start @returns {string[]} */
export const keys = (start) => stored((storage) => Object.keys(storage).filter((key) => key.startsWith(start))) ?? [];
