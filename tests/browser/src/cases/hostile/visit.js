/**
 * Goes with each payload wherever a person would: the list, an article, its neighbour, addresses, found passages. Each
 * function gives `{ pairs, faults }`: how many pairs of payload and field were on the page, and what was wrong, with the
 * payload. What happened on the quiet is in `watch.seen` (watch.js).
 */
import { IN_THE_ARTICLE, NAMES, ON_THE_LIST, SHOWN_PLAIN, editionOf, plain } from "./fields.js";
import { walk } from "./walk.js";
import "./element.js";

/** Readers on the page at once: their waits overlap. */
const AT_ONCE = 12;
/** Milliseconds until something that has to happen counts as not happening. */
const LIMIT = 60_000;

const { watch } = window;
/** @type {{ payload: string, what: string }[]} */
let faults = [];
const fault = (payload, what) => faults.push({ payload, what });

/** A turn of the event loop, by a timer: no browser serves it before what is already waiting. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

/** What is waited for. One loop asks all of it, since a loop for each would cost more than what it waits for. */
const waiting = new Set();

async function ask() {
  while (waiting.size) {
    await turn();
    for (const one of waiting) if (one()) waiting.delete(one);
  }
}

/** @template T @param {() => T} condition @param {string} what @returns {Promise<T>} */
function until(condition, what) {
  const end = performance.now() + LIMIT;
  return new Promise((resolve, reject) => {
    const one = () => {
      const value = condition();
      if (value) resolve(value);
      else if (performance.now() > end) reject(new Error(`waited for ${what}`));
      else return false;
      return true;
    };
    if (one()) return;
    waiting.add(one);
    if (waiting.size === 1) ask();
  });
}

/** A reader of an edition, in the page. The other attributes are as given. */
function reader(edition, attributes) {
  const element = document.createElement("offprint-reader");
  const address = new URL(`edition-${watch.files.size}.json`, watch.home).href;
  watch.files.set(address, JSON.stringify(edition));
  for (const [name, value] of Object.entries({ ...attributes, src: address })) element.setAttribute(name, value);
  document.body.append(element);
  return element;
}

const find = (element, selector) => element.shadowRoot?.querySelector(selector);

/** The walk over what a reader shows now. */
function look(payload, element, where) {
  for (const what of walk(element.shadowRoot)) fault(payload, `${where}: ${what}`);
}

/** Plain texts stand where they belong, letter by letter. */
function compare(payload, element, table) {
  const text = plain(payload);
  if (!text) return;
  for (const [selector, attribute, expected] of table) {
    const found = find(element, selector);
    const is = attribute ? found?.getAttribute(attribute) : found?.textContent;
    if (is !== expected(text)) fault(payload, `${selector} ${attribute} is ${JSON.stringify(is ?? null)}`);
  }
}

/** A payload in every field of an edition, and in the element's own attributes. */
async function inEveryField(payload) {
  const element = reader(editionOf(payload), { routing: payload, theme: payload });
  try {
    await until(() => find(element, ".op-card") && find(element, "#op-search"), "the list");
    look(payload, element, "list");
    compare(payload, element, ON_THE_LIST);
    find(element, ".op-card-title a").click();
    await until(() => find(element, ".op-article") && find(element, ".op-neighbour-next"), "the article");
    look(payload, element, "article");
    compare(payload, element, IN_THE_ARTICLE);
    find(element, ".op-neighbour-next").click();
    await until(() => find(element, "h1.op-title")?.textContent === "Second", "the second article");
    look(payload, element, "second article");
  } catch (error) {
    fault(payload, error.message);
  }
  element.remove();
  return NAMES.length + 2;
}

/** A payload as the address of the edition: there is none, and the reader says so. */
async function asTheSource(payload) {
  const element = document.createElement("offprint-reader");
  watch.source = URL.canParse(payload, document.baseURI) ? new URL(payload, document.baseURI).href : payload;
  element.setAttribute("src", payload);
  document.body.append(element);
  try {
    await until(() => find(element, ".op-empty[role=alert]"), "the failure");
    look(payload, element, "failure");
    if (!find(element, ".op-detail").textContent.includes(watch.source)) fault(payload, "the failure does not name the address");
  } catch (error) {
    fault(payload, error.message);
  }
  element.remove();
  return 1;
}

/** How often the page's address was followed. */
let n_arrived = 0;
addEventListener("popstate", () => (n_arrived += 1));

/**
 * Goes to an address after `#`, in place of the present one, and waits until it is shown. To write it into the history costs a
 * tenth of following a link; where the browser has had enough of that (WebKit, after a hundred), a link is followed.
 */
async function go(address) {
  const [before, n_before] = [location.href, n_arrived];
  try {
    history.replaceState(null, "", `#${address}`);
    dispatchEvent(new PopStateEvent("popstate"));
  } catch {
    location.replace(`#${address}`);
    if (location.href !== before) await until(() => n_arrived > n_before, `the address #${address}`);
  }
  await shown();
}

/** What was sent so far is drawn. */
function shown() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(null);
  });
}

/** A payload in each part of the page's address. */
async function inTheAddress(element, payload) {
  const t0 = performance.now();
  try {
    await follow(element, payload);
  } catch (error) {
    fault(payload, error.message);
  }
  return 8;
}

async function follow(element, payload) {
  const one = encodeURIComponent(payload);
  const texts = [[".op-chip > span", `#${payload}`], ["#op-category option:checked", `${payload} (0)`]];
  const isThere = ([selector, text]) => find(element, selector)?.textContent === text;
  const isSettled = () => find(element, ".op-feed")?.ariaBusy !== "true" && !find(element, ".op-waiting");
  // A search box has no line ends.
  const isAsked = () => find(element, "#op-search")?.value === payload.replace(/[\r\n]/g, "");
  await go(`/?q=${one}&category=${one}&tag=${one}&sort=${one}&at=${one}`);
  await until(() => isAsked() && texts.every(isThere) && isSettled(), "the filters");
  look(payload, element, "filters in the address");
  await go(`/article/${one}/${one}?q=${one}`);
  await until(() => isAsked() && find(element, ".op-back"), "that there is no such article");
  look(payload, element, "article in the address");
  await go(`/article/first/${one}`);
  await until(() => find(element, "h1.op-title"), "the article");
  look(payload, element, "anchor in the address");
  await go(payload);
  await until(() => !find(element, "h1.op-title") && isSettled(), "the list");
  look(payload, element, "whole address");
}

/** Scrolls through a list of what was found and looks at every card. */
async function inFoundPassages(payloads) {
  const articles = payloads.map((payload, ix) => {
    const title = `Needle ${payload}`;
    return { id: `n${ix}`, title, sections: [{ body: `Needle ${payload}` }] };
  });
  const element = reader({ version: 1, articles }, {});
  const box = await until(() => find(element, "#op-search"), "the search box");
  box.focus();
  box.value = "needle";
  box.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  const seen = new Set();
  let n_passes = 0;
  const cards = () => [...element.shadowRoot.querySelectorAll(".op-card")];
  while (seen.size < payloads.length) {
    await until(() => cards().length > 0 && cards().every((card) => card.querySelector(".op-card-title mark")), "the passages");
    look("(one of those in view)", element, "passages");
    for (const card of cards()) {
      const ix = Number(card.querySelector("a").getAttribute("href").match(/\/article\/n(\d+)/)[1]);
      const title = card.querySelector(".op-card-title a").textContent;
      if (!seen.has(ix) && title !== plain(articles[ix].title)) fault(payloads[ix], `the title of a passage is ${title}`);
      seen.add(ix);
    }
    // Three screens are built, so by two at once; what a change of the heights above has moved out of sight is there when
    // the list is gone through again.
    const isAtEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
    if (isAtEnd && (n_passes += 1) > 5) throw new Error(`${seen.size} of ${payloads.length} cards were seen`);
    scrollTo({ top: isAtEnd ? 0 : scrollY + innerHeight * 2, behavior: "instant" });
    await new Promise(requestAnimationFrame);
    await turn();
  }
  element.remove();
  return 2 * seen.size;
}

/** Where WebAssembly is refused, element.js shows the texts itself. */
async function withoutWebAssembly(payloads) {
  const articles = payloads.map((payload) => editionOf(payload).articles[0]);
  const element = reader({ version: 1, title: payloads[0], articles }, {});
  await until(() => find(element, ".op-notice"), "the plain texts");
  look("(one of these)", element, "without WebAssembly");
  [...element.shadowRoot.querySelectorAll("h2.op-title")].forEach((title, ix) => {
    if (title.textContent !== payloads[ix]) fault(payloads[ix], `the title is ${title.textContent}`);
  });
  const n_shown = element.shadowRoot.querySelectorAll("h2.op-title").length;
  if (n_shown !== payloads.length) fault("(one of these)", `${n_shown} articles are shown`);
  element.remove();
  return n_shown * SHOWN_PLAIN.length;
}

/** Runs one payload after another, some at a time. */
async function each(payloads, visit, atOnce = AT_ONCE) {
  let pairs = 0;
  for (let from = 0; from < payloads.length && faults.length === 0; from += atOnce) {
    const done = await Promise.all(payloads.slice(from, from + atOnce).map(visit));
    pairs += done.reduce((sum, n) => sum + n, 0);
    watch.files.clear();
    const stranger = [...document.body.children].find((child) => child.localName !== "offprint-reader");
    if (stranger) fault("(one of these)", `the page has got ${stranger.outerHTML}`);
  }
  return pairs;
}

const VISITS = {
  /** Drawn, but not laid out, which takes most of the time and decides nothing. */
  fields(payloads) {
    document.body.hidden = true;
    return each(payloads, inEveryField);
  },
  laidOut: (payloads) => each(payloads, inEveryField, 3),
  sources(payloads) {
    document.body.hidden = true;
    return each(payloads, asTheSource, 1);
  },
  async addresses(payloads) {
    document.body.hidden = true;
    const articles = [{ id: "first", title: "First", tags: ["t"], category: "c", sections: [{ heading: "A heading", body: "Words" }] }];
    const element = reader({ version: 1, title: "Addresses", articles }, { routing: "hash" });
    await until(() => find(element, ".op-card"), "the list");
    const pairs = await each(payloads, (payload) => inTheAddress(element, payload), 1);
    await go("/");
    element.remove();
    watch.title = document.title;
    return pairs;
  },
  passages: inFoundPassages,
  plain: withoutWebAssembly,
  none: () => 0,
};

/** How many faults the walk finds in one element. @param {[string, Record<string, string>]} made */
window.walked = ([name, attributes]) => {
  const parent = document.createElement("div");
  const element = name.startsWith("svg:") ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4)) : document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  parent.append(element);
  return walk(parent).length;
};

/** Runs a visit with the payloads that the server has. @param {keyof typeof VISITS} name */
window.visit = async (name) => {
  const payloads = await (await fetch("payloads.json")).json();
  faults = [];
  let pairs = 0;
  try {
    watch.isReady = true;
    watch.compare();
    pairs = await VISITS[name](payloads);
    await turn();
    watch.compare();
  } catch (error) {
    fault("(one of these)", `${error.message} ${error.stack}`);
  }
  watch.isDone = true;
  return { pairs, faults: faults.slice(0, 20), seen: watch.seen.slice(0, 20), held: watch.n_held };
};
