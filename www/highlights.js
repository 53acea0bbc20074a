/**
 * The words that were searched for, marked in the article that is shown, with a bar to go from one to the next.
 *
 * `mark` gives the article's texts to the search worker, which knows what it has matched, and gets ranges back. They are painted by the
 * CSS Custom Highlight API, which leaves the article's nodes alone (translators and selections live there); where a browser has none,
 * `<mark>` is put around them, and taken out again.
 */
import { build } from "./element.js";

/** @typedef {{ root: HTMLElement, signal: AbortSignal, ask(message: unknown): void, answers: Record<string, ((answer: any) => void) | undefined> }} Own */
/** @typedef {{ node: Text, at: number }[]} Piece Text nodes of a block, each with where it begins in the block's text. */

const canPaint = "highlights" in CSS;
/** The texts of an article. Headings of the interface's own and the list of contents are none. */
const TEXTS = ".op-title, .op-subtitle, .op-body";
const NOT_TEXTS = ".op-part > h2, .op-contents, .op-note-ref, .op-note-back, .op-notes > h2";
/** Words do not go on from one of these to the next. */
const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, pre, figcaption, summary, blockquote, div, section";

/** What is marked in each reader. @type {WeakMap<HTMLElement, Marks>} */
const shown = new WeakMap();
/** Of which readers the end is waited for already. @type {WeakSet<AbortSignal>} */
const ends = new WeakSet();
let seq = 0;

/** The painted ranges of all readers of the page. @param {string} name @returns {any} */
function paint(name) {
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  return CSS.highlights.get(name);
}

/** Marks the words of a query in the article that `root` shows, or takes the marks away where there are none. @param {Own} own @param {string} words */
export function mark(own, words) {
  shown.get(own.root)?.remove();
  const asked = ++seq;
  own.answers.marks = undefined;
  const bar = own.root.querySelector(".op-hits");
  if (!words || !bar) return;
  const pieces = textsOf(own.root);
  own.answers.marks = ({ seq, ranges }) => {
    if (seq !== asked || !bar.isConnected) return;
    shown.get(own.root)?.remove();
    shown.set(own.root, new Marks(bar, rangesOf(pieces, ranges)));
    if (ends.has(own.signal)) return;
    ends.add(own.signal);
    own.signal.addEventListener("abort", () => shown.get(own.root)?.remove());
  };
  own.ask({ kind: "mark", seq: asked, query: words, texts: pieces.map((piece) => piece.map(({ node }) => node.data).join("")) });
}

/** The texts below `root`, by block: a word may begin in one node and end in the next. @param {HTMLElement} root */
function textsOf(root) {
  /** @type {Piece[]} */
  const pieces = [];
  let block;
  let length = 0;
  for (const part of root.querySelectorAll(canPaint ? TEXTS : ".op-body")) {
    for (const node of textNodes(part)) {
      const parent = /** @type {Element} */ (node.parentElement);
      if (parent.closest(NOT_TEXTS)) continue;
      const its = parent.closest(BLOCKS);
      if (its !== block) {
        pieces.push([]);
        length = 0;
      }
      block = its;
      pieces[pieces.length - 1].push({ node, at: length });
      length += node.length;
    }
  }
  return pieces;
}

/** @param {Node} around @returns {Text[]} */
function textNodes(around) {
  const walker = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode));
  return nodes;
}

/** @param {Piece[]} pieces @param {Uint32Array} triples */
function rangesOf(pieces, triples) {
  const ranges = [];
  for (let ix = 0; ix + 2 < triples.length; ix += 3) {
    const [number, start, end] = triples.subarray(ix, ix + 3);
    const piece = pieces[number] ?? [];
    // The last node that begins before the place.
    const first = piece.filter(({ at }) => at <= start).pop();
    const last = piece.filter(({ at }) => at < end).pop();
    if (!first?.node.isConnected || !last?.node.isConnected) continue;
    const range = document.createRange();
    try {
      range.setStart(first.node, start - first.at);
      range.setEnd(last.node, end - last.at);
    } catch {
      // The node has been given another text meanwhile, by a translator.
      continue;
    }
    ranges.push(range);
  }
  return ranges;
}

/** The marks of one article, and the bar that tells how many there are. */
class Marks {
  #at = -1;
  /** @type {HTMLElement[][]} */
  #elements = [];

  /** @param {Element} bar @param {Range[]} ranges */
  constructor(bar, ranges) {
    this.bar = bar;
    this.ranges = ranges;
    if (ranges.length === 0) return;
    if (canPaint) for (const range of ranges) paint("op-hit").add(range);
    // From the last: what is put in does not move what stands before it.
    else this.#elements = [...ranges].reverse().map(wrap).reverse();
    this.count = build("span", "op-hits-count");
    this.count.setAttribute("role", "status");
    const button = (/** @type {string} */ text, /** @type {() => void} */ press) => {
      const button = build("button", "op-button", text);
      button.setAttribute("type", "button");
      button.addEventListener("click", press);
      return button;
    };
    const close = button("×", () => this.close());
    close.setAttribute("aria-label", "Stop marking the words");
    const group = build("div", "op-hitbar", this.count, button("Previous", () => this.go(-1)), button("Next", () => this.go(1)), close);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Words that were searched for");
    group.addEventListener("keydown", (key) => key.key === "Escape" && this.close());
    bar.append(group);
    this.#tell();
  }

  #tell() {
    const n = this.ranges.length;
    const text = this.#at < 0 ? `${n} ${n === 1 ? "match" : "matches"}` : `${this.#at + 1} of ${n}`;
    /** @type {HTMLElement} */ (this.count).textContent = text;
  }

  /** To the next mark, or the one before. @param {number} step */
  go(step) {
    const n = this.ranges.length;
    this.#emphasise(false);
    this.#at = this.#at < 0 && step < 0 ? n - 1 : (this.#at + step + n) % n;
    this.#emphasise(true);
    this.#tell();
    const mark = this.#elements[this.#at]?.[0] ?? this.ranges[this.#at];
    const inside = mark instanceof Range ? mark.startContainer.parentElement : mark;
    inside?.closest("details:not([open])")?.setAttribute("open", "");
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    const box = inside?.closest("pre, .op-table");
    if (box) {
      const [{ left, right }, around] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
      if (left < around.left || right > around.right) box.scrollBy({ left: left - around.left - around.width / 2, behavior: "instant" });
    }
    const { top, bottom } = mark.getBoundingClientRect();
    if (top < innerHeight * 0.2 || bottom > innerHeight * 0.8) scrollBy({ top: top - innerHeight * 0.4, behavior });
  }

  /** @param {boolean} isCurrent */
  #emphasise(isCurrent) {
    if (this.#at < 0) return;
    if (canPaint) paint("op-hit-now")[isCurrent ? "add" : "delete"](this.ranges[this.#at]);
    else for (const element of this.#elements[this.#at]) element.classList.toggle("op-hit-now", isCurrent);
  }

  close() {
    this.remove();
    /** @type {HTMLElement | null | undefined} */ (this.bar.parentElement?.querySelector("#op-heading"))?.focus({ preventScroll: true });
  }

  remove() {
    this.#emphasise(false);
    this.#at = -1;
    if (canPaint) for (const range of this.ranges) paint("op-hit").delete(range);
    for (const element of this.#elements.flat()) {
      const parent = element.parentNode;
      element.replaceWith(...element.childNodes);
      parent?.normalize();
    }
    this.#elements = [];
    this.bar.firstChild?.remove();
  }
}

/** Puts `<mark>` around a range, once for each text node that it touches. @param {Range} range */
function wrap(range) {
  const around = range.commonAncestorContainer;
  const nodes = around instanceof Text ? [around] : textNodes(around).filter((node) => range.intersectsNode(node));
  const { startContainer, startOffset, endContainer, endOffset } = range;
  return nodes.map((node) => {
    const part = document.createRange();
    part.setStart(node, node === startContainer ? startOffset : 0);
    part.setEnd(node, node === endContainer ? endOffset : node.length);
    const element = build("mark", "op-hit");
    part.surroundContents(element);
    return element;
  });
}
