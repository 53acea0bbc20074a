/**
 * How far somebody has read: kept for each article under a key of its own, `offprint-read:SCOPE:ID`, as
 * `{title, block, part, furthest, when}`. `block` is the paragraph (heading, picture …) at the top of the window, counted from the first one, and `part` how much of
 * it is above; `furthest` is how much of the article has been in view, from 0 to 1. So it holds for any width, and for a page in another language.
 *
 * Several tabs write: each reads what is there first. The place is that of the latest, the furthest stays the furthest. What is there is only ever offered:
 * nothing scrolls by itself.
 */
import { keys, stored } from "./keeper.js";

/** @typedef {{title: string, block: number, part: number, furthest: number, when: number}} Read */

/** Milliseconds that a scroll has to rest. */
const REST = 400;
/** Articles that are remembered; the oldest are forgotten first. */
const REMEMBERED = 300;
const BLOCKS = ":is(p, li, h2, h3, h4, h5, h6, figure, pre, blockquote, tr, hr)";

/** A value that storage has, if it is one of ours. @param {string | null | undefined} text @returns {Read | undefined} */
export function parsed(text) {
  try {
    const { title, block, part, furthest, when } = JSON.parse(text ?? "");
    const isShare = (/** @type {unknown} */ value) => typeof value === "number" && value >= 0 && value <= 1;
    if (typeof title === "string" && Number.isSafeInteger(block) && block >= 0 && isShare(part) && isShare(furthest) && Number.isFinite(when)) return { title: title.slice(0, 500), block, part, furthest, when };
  } catch {
    // Somebody else's, or cut off: as if there were none.
  }
  return undefined;
}

/** Both of two: the place of the latest, the furthest of both. @param {Read | undefined} one @param {Read} other @returns {Read} */
export const merged = (one, other) => (one ? { ...(one.when > other.when ? one : other), furthest: Math.max(one.furthest, other.furthest) } : other);

/** What is remembered. */
export class Positions {
  /** @param {string} scope */
  constructor(scope) {
    this.start = `offprint-read:${scope}:`;
  }

  /** @param {string} id @returns {Read | undefined} */
  get(id) {
    return parsed(stored((storage) => storage.getItem(this.start + id)));
  }

  /** Takes another one's. @param {string} id @param {Read} read */
  merge(id, read) {
    stored((storage) => storage.setItem(this.start + id, JSON.stringify(merged(this.get(id), read))));
  }

  /** Takes what came out of a file: of articles that are new here as many as there is room for, so that none of what was noted here goes for it. @param {Record<string, Read>} read */
  join(read) {
    let room = REMEMBERED - this.all().length;
    const latest = Object.entries(read).sort(([, one], [, other]) => other.when - one.when);
    for (const [id, place] of latest) if (this.get(id) || (room -= 1) >= 0) this.merge(id, place);
  }

  /** All, the latest first. @returns {[string, Read][]} */
  all() {
    const all = keys(this.start).flatMap((key) => {
      const id = key.slice(this.start.length);
      const read = this.get(id);
      return read ? [/** @type {[string, Read]} */ ([id, read])] : [];
    });
    return all.sort(([, one], [, other]) => other.when - one.when);
  }

  /** @param {string} id */
  forget(id) {
    stored((storage) => storage.removeItem(this.start + id));
  }

  /** Forgets the oldest. */
  prune() {
    for (const [id] of this.all().slice(REMEMBERED)) this.forget(id);
  }
}

/**
 * Follows the article that is shown, and says where it was left the last time.
 * @param {Positions} positions @param {(goOn: (() => void) | undefined) => void} offer shows that it can be gone on with, or not any more
 */
function follow(positions, offer) {
  /** @type {{element: HTMLElement, id: string, was: Read | undefined} | undefined} */
  let now;
  let isNew = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const place = (/** @type {HTMLElement} */ element) => {
    const body = element.querySelector(".op-body");
    const box = body?.getBoundingClientRect();
    if (!body || !box?.height) return;
    const blocks = [...body.querySelectorAll(BLOCKS)];
    const block = Math.max(blocks.findIndex((block) => block.getBoundingClientRect().bottom > 0), 0);
    const { top, height } = blocks[block]?.getBoundingClientRect() ?? box;
    const share = (/** @type {number} */ value) => Math.round(Math.min(Math.max(value, 0), 1) * 1000) / 1000;
    return { block, part: share(-top / (height || 1)), furthest: share((innerHeight - box.top) / box.height) };
  };
  const write = () => {
    clearTimeout(timer);
    if (!now || !isNew || !now.element.isConnected) return;
    const at = place(now.element);
    if (!at) return;
    const { was, id } = now;
    // What is offered is not given up for the first lines: they are passed on the way there.
    if (was && at.block < was.block) return;
    if (was) answered();
    isNew = false;
    const before = positions.get(id);
    if (!before) positions.prune();
    const title = now.element.querySelector(".op-title")?.textContent ?? "";
    // A clock that was set back does not make the latest place an old one.
    positions.merge(id, { title, ...at, when: Math.max(Date.now(), (before?.when ?? 0) + 1) });
  };
  /** The offer has been taken, or is of no use any more. */
  const answered = () => {
    if (now) now.was = undefined;
    offer(undefined);
  };
  const goOn = () => {
    const { element, was } = now ?? {};
    answered();
    if (!element || !was) return;
    const block = /** @type {HTMLElement | undefined} */ (element.querySelectorAll(`.op-body ${BLOCKS}`)[was.block]);
    if (!block) return;
    const { top, height } = block.getBoundingClientRect();
    scrollTo({ top: scrollY + top + height * was.part - 8, behavior: "instant" });
    // Who reads with the keyboard or a screen reader goes on there, too.
    if (!block.hasAttribute("tabindex")) block.tabIndex = -1;
    block.focus({ preventScroll: true });
    isNew = true;
  };
  addEventListener(
    "scroll",
    () => {
      isNew = true;
      clearTimeout(timer);
      timer = setTimeout(write, REST);
    },
    { passive: true, capture: true },
  );
  addEventListener("pagehide", write);
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && write());
  return {
    answered,
    /** Another article is shown, the same one, or none. @param {HTMLElement | null} element */
    shown(element) {
      if (element === (now?.element ?? null)) return;
      // The article that the reader draws in the place of the page's own is the same one.
      const id = element?.dataset.opId ?? "";
      if (element && id === now?.id) return void (now.element = element);
      if (now) answered();
      isNew = false;
      now = element ? { element, id, was: undefined } : undefined;
      const was = now && positions.get(id);
      // Who has come to a place of the article, or has stopped at its end or its beginning, has no use for it.
      if (!now || !was || was.block < 2 || was.furthest > 0.98 || location.hash.includes("op-") || scrollY > innerHeight) return;
      now.was = was;
      offer(goOn);
    },
  };
}

/** The same, offered in a corner of the page. @param {Positions} positions @param {import("./offline.js").Tray} tray */
export function followed(positions, tray) {
  const reading = follow(positions, (goOn) => {
    if (goOn) tray.show("position", "You have been reading this.", ["Continue where you stopped", goOn], ["Not now", () => reading.answered()]);
    else tray.hide("position");
  });
  return reading;
}
