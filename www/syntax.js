/**
 * What can be typed into the search box, as a dialog: `show` opens it in a reader's root. Escape, the button and a press beside it close
 * it, and the focus goes back to where it was: all of it the browser's own `<dialog>`.
 */
import { build } from "./element.js";

/** What is typed, and what it finds; docs/search.md says more. */
const ROWS = [
  ["oil prices", "articles with both words first, then those with one of them"],
  ["oil pri", "the last word may be unfinished: price, prices, pricing"],
  ["oil*", "the same for any word"],
  ['"crude oil"', "the words one after the other"],
  ["oil -crude", "without a word"],
  ["cocoa OR coffee", "one of the two; OR in capitals"],
  ["title:cuba", "only in the title"],
  ["category:energy", "only in a category; quoted where its name has several words"],
  ["tag:opec", "only with a tag"],
  ["author:smith", "only by an author"],
  ["after:2026-02", "published in February 2026 or later"],
  ["before:2026-02-15", "published earlier than that day"],
  ["oil sort:date", "the newest first"],
];

const KEYS = [
  ["↓ ↑", "through the suggestions and on to the articles"],
  ["Enter", "takes a suggestion, or opens the first article"],
  ["Esc", "closes the suggestions, then clears the box"],
  ["Delete", "forgets the search that is chosen in the list"],
];

/** @param {HTMLElement} root */
export function show(root) {
  if (root.querySelector(".op-syntax")) return;
  const title = build("h2", "", "What can be typed");
  title.id = "op-syntax-title";
  const table = (/** @type {string[][]} */ rows, /** @type {string} */ head, /** @type {string} */ tag) => {
    const cell = (/** @type {string} */ text) => {
      const cell = build("th", "", text);
      cell.setAttribute("scope", "col");
      return cell;
    };
    const line = ([typed, finds]) => {
      const first = build("th", "", build(tag, "", typed));
      first.setAttribute("scope", "row");
      return build("tr", "", first, build("td", "", finds));
    };
    return build("table", "", build("thead", "", build("tr", "", cell(head), cell("What it does"))), build("tbody", "", ...rows.map(line)));
  };
  const close = build("button", "op-button", "Close");
  close.setAttribute("type", "button");
  const note = build("p", "", "Upper and lower case and accents make no difference. Slips of the fingers are repaired, but not in quotation marks.");
  const inner = build("div", "", build("div", "op-syntax-head", title, close), table(ROWS, "Typed", "code"), note, table(KEYS, "Key", "kbd"));
  const dialog = /** @type {HTMLDialogElement} */ (build("dialog", "op-syntax", inner));
  dialog.setAttribute("aria-labelledby", title.id);
  close.addEventListener("click", () => dialog.close());
  // What is pressed outside of the inner element is the backdrop.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
}
