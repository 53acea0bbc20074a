/**
 * The list below the search box: words that complete what is typed, and searches made before. WAI-ARIA's editable combobox with
 * a list: the focus stays in the box, the arrows move through the list, Enter takes, Escape closes, Delete removes a search made before.
 *
 * `suggest` listens from outside the reader's root, so that it has the keys before the reader (for which the down arrow leads to the
 * first article, and Enter opens it); what it does not need it lets pass.
 *
 * Searches are kept in `localStorage` under `offprint-searches`: a JSON array of texts, the newest first, at most 20. They are read each
 * time they are shown, so that all tabs have the same; where storage is denied there are none.
 */
import { build } from "./element.js";

const KEY = "offprint-searches";
const KEPT = 20;
/** The longest search that is kept. */
const LONGEST = 200;
/** Rows of the list, and how many of them are searches made before while there are words to complete. */
const ROWS = 8;
const RECENT_ROWS = 3;

/** The last word of a query, behind anything that is in no word: a space, a quotation mark, the colon of a name, a hyphen; the point of
 * a number is in one. */
const LAST_WORD = /(^|[^\p{L}\p{M}\p{N}'’ʼ.,]|(?:^|\P{N})[.,])([\p{L}\p{M}\p{N}'’ʼ]+)$/u;
const APOSTROPHES = /['’ʼ]/g;
/** Whether that word is one of a filter, which no word of an article completes. */
const IN_FILTER = /(^|\s)-?(category|tag|author|before|after|sort):("[^"]*|\S*)$/;

/** The searches made before. @returns {string[]} */
function kept() {
  try {
    const read = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter((text) => typeof text === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

/** @param {string[]} searches */
function keep(searches) {
  try {
    if (searches.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(searches.slice(0, KEPT)));
  } catch {
    // Storage is denied or full: then nothing is kept.
  }
}

/**
 * What was typed with a word in the place of its last one, which is begun. An article with an apostrophe (`l’`) is a word of its own,
 * an ending is not; nothing where the engine reads another word than this (`U.S` is `us`).
 * @param {string} word @param {string} typed @param {string} begun
 */
function completedBy(word, typed, begun) {
  const isWhole = word.startsWith(begun.replace(APOSTROPHES, "").toLowerCase());
  const last = isWhole ? begun : /** @type {string} */ (begun.split(APOSTROPHES).pop());
  // Only of letters without accents is it known how they are folded.
  const isOther = !isWhole && /^[\x21-\x7e]*$/.test(last) && !word.startsWith(last.toLowerCase());
  return isOther ? [] : [typed.slice(0, typed.length - last.length) + word];
}

/** @param {string} text */
function remember(text) {
  text = text.trim().replace(/\s+/g, " ").slice(0, LONGEST);
  if (text) keep([text, ...kept().filter((other) => other !== text)]);
}

/**
 * @param {{ root: HTMLElement, signal: AbortSignal, keeps: () => boolean, ask(message: unknown): void, answers: Record<string, ((answer: any) => void) | undefined> }} own
 * @param {string} first what stood in the box when it got the focus
 */
export function suggest({ root, signal, keeps, ask, answers }, first) {
  const tree = /** @type {Document | ShadowRoot} */ (root.getRootNode());
  /** @type {<T extends HTMLElement>(selector: string) => T | null} */
  const find = (selector) => root.querySelector(selector);
  const box = () => /** @type {HTMLInputElement | null} */ (find("#op-search"));
  const isBox = (/** @type {EventTarget | null} */ target) => target === box();
  /** What is offered, in its order. @type {{ text: string, isKept: boolean }[]} */
  let rows = [];
  /** The row that is chosen; -1 for none. */
  let active = -1;
  let seq = 0;
  /** The last answer: words for what was typed then. */
  let words = /** @type {string[]} */ ([]);
  /** Whether the list is not wanted until something is typed again. */
  let isClosed = false;

  answers.completions = (answer) => {
    if (answer.seq !== seq) return;
    words = answer.words.map((/** @type {[string, number]} */ [word]) => word);
    show();
  };

  /** The rows for what stands in the box. */
  function offered() {
    const typed = box()?.value ?? "";
    const start = typed.trimStart().toLowerCase();
    const recent = (keeps() ? kept() : []).filter((text) => text.toLowerCase().startsWith(start) && text !== typed.trim());
    const last = IN_FILTER.test(typed) ? null : LAST_WORD.exec(typed);
    const completed = words.flatMap((word) => (last ? completedBy(word, typed, last[2]) : [])).filter((text) => text.toLowerCase() !== typed.toLowerCase());
    const first = recent.slice(0, completed.length > 0 ? RECENT_ROWS : ROWS);
    const rest = completed.filter((text) => !first.includes(text)).slice(0, ROWS - first.length);
    return [...first.map((text) => ({ text, isKept: true })), ...rest.map((text) => ({ text, isKept: false }))];
  }

  /** Draws the list anew, or closes it where there is nothing to offer. */
  function show() {
    const [field, list] = [box(), find("#op-suggestions")];
    const popup = find(".op-popup");
    if (!field || !list || !popup) return;
    const chosen = rows[active]?.text;
    const focused = tree.activeElement;
    const isHere = focused === field || popup.contains(focused);
    rows = isClosed || !isHere ? [] : offered();
    active = rows.findIndex(({ text }) => text === chosen);
    const typed = field.value.length;
    list.replaceChildren(
      ...rows.map(({ text, isKept }, ix) => {
        const isBegun = text.toLowerCase().startsWith(field.value.toLowerCase());
        const option = build("div", isKept ? "op-option op-option-kept" : "op-option", build("span", "", isBegun ? text.slice(0, typed) : text), ...(isBegun && typed < text.length ? [build("strong", "", text.slice(typed))] : []));
        option.id = `op-option-${ix}`;
        option.setAttribute("role", "option");
        option.dir = "auto";
        return option;
      }),
    );
    const removers = rows.flatMap(({ text, isKept }) => {
      if (!isKept) return [];
      const button = press("×", () => remove(text));
      button.setAttribute("aria-label", `Forget the search “${text}”`);
      // By keys it is the Delete key, so that Tab leads out of the list and not through it.
      button.tabIndex = -1;
      return [button];
    });
    // The list itself is the reader's and stays where it is.
    while (list.nextSibling) list.nextSibling.remove();
    if (removers.length > 0) popup.append(build("div", "op-removers", ...removers), press("Forget all searches", removeAll, "op-forget"));
    popup.hidden = rows.length === 0;
    field.setAttribute("aria-expanded", String(rows.length > 0));
    choose(active);
  }

  /** @param {string} text @param {() => void} run @param {string} [className] */
  function press(text, run, className = "") {
    const button = build("button", className, text);
    button.setAttribute("type", "button");
    button.addEventListener("click", run);
    return button;
  }

  /** @param {number} ix */
  function choose(ix) {
    active = ix;
    const options = find("#op-suggestions")?.children ?? [];
    for (const option of options) option.setAttribute("aria-selected", String(option === options[ix]));
    if (ix < 0) box()?.removeAttribute("aria-activedescendant");
    else {
      box()?.setAttribute("aria-activedescendant", `op-option-${ix}`);
      options[ix]?.scrollIntoView({ block: "nearest", behavior: "instant" });
    }
  }

  function close() {
    isClosed = true;
    show();
  }

  /** Puts a row into the box, as if it had been typed. @param {number} ix */
  function take(ix) {
    const [field, row] = [box(), rows[ix]];
    if (!field || !row) return;
    field.value = row.text;
    if (keeps()) remember(row.text);
    field.focus();
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    close();
  }

  /** @param {string} text */
  function remove(text) {
    keep(kept().filter((other) => other !== text));
    box()?.focus();
    show();
  }

  function removeAll() {
    keep([]);
    box()?.focus();
    show();
  }

  /** Whether a key was meant for the list. @param {KeyboardEvent} key */
  function isTaken(key) {
    const isOpen = rows.length > 0;
    switch (key.key) {
      case "ArrowDown":
        if (key.altKey) {
          isClosed = false;
          show();
          return true;
        }
        if (!isOpen) return false;
        // Behind the last row come the articles.
        if (active === rows.length - 1) {
          close();
          return false;
        }
        choose(active + 1);
        return true;
      case "ArrowUp":
        if (!isOpen) return false;
        if (key.altKey) close();
        else choose(active < 0 ? rows.length - 1 : active - 1);
        return true;
      case "Enter":
        if (active >= 0) {
          take(active);
          return true;
        }
        if (keeps()) remember(box()?.value ?? "");
        close();
        return false;
      case "Escape":
        if (isOpen) close();
        return isOpen;
      case "Delete":
        if (!rows[active]?.isKept) return false;
        remove(rows[active].text);
        return true;
      default:
        return false;
    }
  }

  /** @type {(name: string, run: (event: any) => void) => void} */
  const on = (name, run) => tree.addEventListener(name, run, { capture: true, signal });
  on("keydown", (key) => {
    if (!isBox(key.target) || key.isComposing || key.ctrlKey || key.metaKey || !isTaken(key)) return;
    key.preventDefault();
    key.stopPropagation();
  });
  function typed() {
    isClosed = false;
    active = -1;
    seq += 1;
    const typed = box()?.value ?? "";
    if (LAST_WORD.test(typed) && !IN_FILTER.test(typed)) ask({ kind: "complete", seq, typed });
    else words = [];
    // Those of the word before, as far as they are still right.
    const last = LAST_WORD.exec(typed)?.[2].toLowerCase() ?? "";
    words = words.filter((word) => word.startsWith(last));
    show();
  }

  on("input", ({ target }) => isBox(target) && typed());
  on("focusin", ({ target }) => {
    // An empty box offers the searches made before; one with words waits for more.
    if (!isBox(target)) return;
    isClosed = target.value !== "";
    show();
  });
  on("focusout", ({ target, relatedTarget }) => {
    const popup = find(".op-popup");
    const stays = relatedTarget && (isBox(relatedTarget) || popup?.contains(relatedTarget));
    if (!stays && (isBox(target) || popup?.contains(target))) {
      rows = [];
      isClosed = true;
      show();
    }
  });
  // A press on a row leaves the focus in the box.
  on("pointerdown", (press) => press.target.closest?.(".op-option") && press.preventDefault());
  on("mousedown", (press) => press.target.closest?.(".op-popup") && press.preventDefault());
  on("click", ({ target }) => {
    const option = target.closest?.("#op-suggestions > .op-option");
    if (option && root.contains(option)) take([...option.parentElement.children].indexOf(option));
    // An article of the list that was found is what a search was for.
    else if (isBox(target) && !target.value) {
      isClosed = false;
      show();
    }
    if (keeps() && root.contains(target) && target.closest?.("a[data-op-position]")) remember(box()?.value ?? "");
  });
  // Another tab has changed what is kept.
  addEventListener("storage", ({ key }) => key === KEY && rows.length > 0 && show(), { signal });
  // While this was on its way, something may have been typed already.
  if (box()?.value !== first) typed();
  else if (!first) show();
}
