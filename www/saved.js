/**
 * The page *Saved* (`saved/` of a site): what is saved, to be read, searched, checked, removed, taken elsewhere and brought back, with no network.
 *
 * The articles are the saved `article.json`s, fetched (so they come from the service worker) and joined into one collection, which `<offprint-reader>` shows; those
 * that came out of a file are joined to it (imported.js). Above it stands what can be done with them.
 */
import { THEME_KEY, build } from "./element.js";
import { read, savedIn, written } from "./exchange.js";
import * as imported from "./imported.js";
import { Keeper, keys, stored } from "./keeper.js";
import { Tray, watch } from "./offline.js";
import { Positions, followed } from "./positions.js";
import { count, counted, isPersistent, isWhole as isAllHere, number, persist, said, size, stateOf } from "./save.js";

/** @typedef {import("./keeper.js").Kept} Kept */
/** @typedef {{name: string, id: string, title: string, path: string, version: string, saved: number, bytes: number}} Saved a record of the worker, without its files */
/** @typedef {{name: string, id: string, title: string, bytes: number, when: number, version?: string, record?: import("./imported.js").Imported}} Item */

const SEARCHES = "offprint-searches";
/** Articles that are fetched, and names that are checked, at once. */
const AT_ONCE = 20;

const place = /** @type {HTMLElement} */ (document.querySelector("#op-saved"));
const frame = /** @type {HTMLElement | null} */ (place?.closest(".op-root"));
const root = new URL(frame?.dataset.opRoot ?? "../", document.baseURI).href;
const keeper = new Keeper(root);
const positions = new Positions(keeper.scope);

/** @param {string} label @param {() => void} run */
function button(label, run, className = "op-button") {
  const button = /** @type {HTMLButtonElement} */ (build("button", className, label));
  button.type = "button";
  button.onclick = run;
  return button;
}

/** A paragraph that is read out when it changes. */
function status(className = "") {
  const line = build("p", className);
  line.setAttribute("role", "status");
  return line;
}

const day = (/** @type {number} */ when) => new Date(when).toLocaleDateString(document.documentElement.lang || undefined, { dateStyle: "medium" });

/** Asks before something is lost. @param {string} text @param {string} yes @returns {Promise<boolean>} */
function asked(text, yes) {
  const dialog = /** @type {HTMLDialogElement} */ (build("dialog", "op-ask", build("p", "", text)));
  dialog.setAttribute("aria-label", yes);
  // It stands outside of the page's main part, in which English is spoken, whatever the edition is written in.
  Object.assign(dialog, { lang: "en", dir: "ltr" });
  const answers = build("p", "op-row", button("Keep everything", () => dialog.close()), button(yes, () => dialog.close("yes"), "op-button op-grave"));
  dialog.append(answers);
  (frame ?? document.body).append(dialog);
  return new Promise((resolve) => {
    dialog.onclose = () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    };
    dialog.showModal();
  });
}

/** Some at a time. @template T, U @param {T[]} items @param {(some: T[]) => Promise<U[]>} run */
async function inParts(items, run) {
  /** @type {U[]} */
  const all = [];
  for (let at = 0; at < items.length; at += AT_ONCE) all.push(...(await run(items.slice(at, at + AT_ONCE))));
  return all;
}

/** The parts of the page that change. */
const heading = /** @type {HTMLElement} */ (place?.closest("main")?.querySelector("h1") ?? build("h1", "", "Saved"));
/** What stands around it: the main part of the page, or, where the reader is that, a section before it. */
let around = /** @type {HTMLElement} */ (place?.closest("main") ?? document.body);
const summary = status("op-saved-summary");
const notice = status("op-notice");
const lost = build("div", "op-notice");
const broken = build("div", "op-notice");
const empty = build("div", "op-empty");
const list = build("ul", "op-items");
const storage = build("p", "op-muted");
const promise = build("p", "op-muted");
const search = build("div", "");
const history = build("div", "");
const articles = build("div", "op-saved-articles");
const manage = /** @type {HTMLDetailsElement} */ (build("details", "op-manage", build("summary", "", "Manage"), build("div", "")));
/** Behind the articles: they are what the page is for. */
const foot = build("section", "op-main op-saved-foot", manage);
const head = build("div", "op-saved-head", summary, notice, lost, broken);

/** @type {Item[]} */
let items = [];
/** Whether a part of the reader is not here. */
let isPartial = false;
/** By name. @type {Map<string, Kept>} */
const states = new Map();

/** Where there is nothing to tell it takes no room (site.css): a hidden one is not read out when it begins to. @param {string} text */
function tell(text) {
  // What stands above what somebody sees is told over the page; once is enough.
  const isOut = text !== "" && notice.getBoundingClientRect().bottom < 0;
  notice.setAttribute("role", isOut ? "none" : "status");
  notice.textContent = text;
  if (isOut) tray.show("told", text, ["All right", () => {}]);
  else tray.hide("told");
}

/** The line of the list with this name. @param {string | undefined} name */
const rowOf = (name) => /** @type {HTMLElement | undefined} */ ([...list.children].find((row) => /** @type {HTMLElement} */ (row).dataset.opName === name));

/** Runs what somebody has pressed; what goes wrong is said. @param {() => unknown} run */
const doing = (run) => async () => {
  const pressed = /** @type {HTMLElement} */ (document.activeElement);
  const row = /** @type {HTMLElement | null} */ (pressed.closest(".op-item"));
  const at = [...list.children].findIndex((other) => other === row);
  const part = [search, history, promise, lost, broken].find((part) => part.contains(pressed));
  try {
    await run();
  } catch (error) {
    const { code, message } = /** @type {any} */ (error);
    tell(said(code ? error : { code: "unknown", message: message ?? String(error) }));
  }
  if (pressed === document.body || document.activeElement !== document.body || !isShown()) return;
  // What was pressed has gone: its line, the one in its place, or its part has the focus, or where the page begins.
  const near = rowOf(row?.dataset.opName) ?? list.children[Math.min(at, list.children.length - 1)] ?? part;
  begin([...(near?.querySelectorAll("button") ?? [])].filter((button) => button.getClientRects().length).pop());
};

/** What is saved, from the worker, and what was imported; `failed` is why one of them, or both, cannot be read. @returns {Promise<{all: Item[], failed: any[]}>} */
async function found() {
  const listed = async () => /** @type {Saved[]} */ ((await keeper.isWanted()) ? (await keeper.ask({ kind: "list" })).records : []);
  const read = await Promise.allSettled([listed(), imported.all(keeper.scope)]);
  const [records = [], imports = []] = read.map((part) => (part.status === "fulfilled" ? part.value : undefined));
  for (const { name, title } of records) keeper.remember(name, title);
  const saved = records.filter(({ name }) => name !== "search").map((record) => ({ ...record, when: record.saved }));
  const own = new Set(saved.map(({ id }) => id));
  const foreign = imports.filter(({ id }) => !own.has(id));
  const all = [...saved, ...foreign.map((record) => ({ name: `import/${record.id}`, id: record.id, title: record.title, bytes: record.bytes, when: record.when, record }))];
  return { all: all.sort((one, other) => other.when - one.when), failed: read.flatMap((part) => (part.status === "rejected" ? [part.reason] : [])) };
}

/** The collection that the reader shows. What cannot be read is said in the list below, as missing. */
async function collection() {
  const { version } = items.some(({ record }) => !record) ? await keeper.ask({ kind: "hello", protocol: 1 }).catch(() => ({})) : {};
  const saved = await savedIn(root, keeper.scope).catch(() => undefined);
  const fetched = await inParts(items, (some) =>
    Promise.all(
      some.map(async (item) => {
        if (item.record) return [imported.shown(item.record)];
        try {
          // The address of a picture of an edition before may be that of another one by now.
          const own = saved && item.version !== version ? await saved(item.name) : undefined;
          if (own?.articles.length) return own.articles.map((article) => imported.shown({ article, pictures: own.pictures }));
          const response = await fetch(`${root}${item.name}/article.json`);
          const { articles, language } = await response.json();
          return articles.map((/** @type {object} */ article) => ({ language, ...article }));
        } catch {
          return [];
        }
      }),
    ),
  );
  return { version: 1, title: "Articles to read offline", language: document.documentElement.lang || undefined, base_url: root, articles: fetched.flat() };
}

/** @type {any} */
let reader;
let shown = "";

/** What was there and cannot be read: where storage is denied nothing ever was. @type {any[]} */
let unread = [];

/** Draws everything anew that has changed. */
async function draw() {
  const { all, failed } = await found();
  const had = unread.length;
  items = all;
  unread = failed.filter(({ code }) => code !== "denied" && code !== "none");
  if (!isShown()) return;
  if (failed.length || had) tell(failed.map(said).join(" "));
  empty.hidden = items.length > 0 || unread.length > 0;
  articles.hidden = items.length === 0;
  make(items.length ? "section" : "main");
  list.replaceChildren(...items.map(line));
  drawSummary();
  drawHistory();
  // What one of them cannot tell is no reason for the others to say nothing.
  const drawn = await Promise.allSettled([drawReader(), drawStorage(), drawSearch(), drawLost()]);
  for (const one of drawn) if (one.status === "rejected" && !failed.length) tell(said(one.reason));
}

/** The reader is the main part of a page, of which there is one: then what stands above it is another. @param {"main" | "section"} wanted */
function make(wanted) {
  if (around.localName === wanted || around === document.body) return;
  const other = build(wanted, around.className, ...around.childNodes);
  other.id = around.id;
  if (wanted === "section") other.setAttribute("aria-label", "Saved");
  around.replaceWith(other);
  around = other;
}

/** Until everything is forgotten. */
const isShown = () => place.contains(head);

/** How much there is, and what of it is not whole, as far as that is known. */
function drawSummary() {
  if (!isShown()) return;
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  const isKnown = items.every(({ name, record }) => record || states.has(name));
  const lacking = items.filter(({ name }) => !isWhole(name));
  const how = lacking.length ? `: ${number(items.length - lacking.length)} to be read without a network, ${number(lacking.length)} incomplete.` : isKnown ? ", to be read without a network." : ".";
  const coming = "To show them, a part of the reader has to come over the network once: open this page again when you are connected.";
  const what = !items.length ? "" : isPartial ? `${count(items.length, "article")}. ${coming}` : `${count(items.length, "article")}, ${size(bytes)}${how}`;
  summary.textContent = `${what}${unread.length ? " Not all that is kept here can be read now." : ""}`.trim();
  broken.hidden = !lacking.length;
  const lines = lacking.slice(0, 5).map(({ name, title }) => build("li", "", build("bdi", "", title), ` · ${stateOf(/** @type {Kept} */ (states.get(name)))}`));
  const others = lacking.length > 5 ? [build("li", "", `and ${number(lacking.length - 5)} more`)] : [];
  const again = button("Save again", doing(() => save(lacking.map(({ name }) => name))));
  broken.replaceChildren(build("ul", "", ...lines, ...others), build("p", "op-row", again));
}

/** What is not known to lack anything. @param {string} name */
function isWhole(name) {
  const kept = states.get(name);
  return !kept || isAllHere(kept);
}

/** Puts the focus where the page begins, or to what is nearer: what had it has gone. @param {HTMLElement} [near] */
function begin(near) {
  heading.tabIndex = -1;
  (near ?? heading).focus();
}

async function drawReader() {
  const names = JSON.stringify(items.map(({ name, when }) => [name, when]));
  if (names === shown) return;
  shown = names;
  if (!items.length) return void reader?.remove();
  const value = await collection();
  const isFirst = !reader;
  if (isFirst) {
    reader = document.createElement("offprint-reader");
    reader.setAttribute("routing", "hash");
    reader.className = "op-under";
    new MutationObserver(() => (document.documentElement.dataset.theme = reader.getAttribute("theme"))).observe(reader, { attributeFilter: ["theme"] });
    reader.addEventListener("offprint-navigate", moved);
    reader.addEventListener("offprint-ready", moved);
    reader.addEventListener("offprint-error", (/** @type {CustomEvent} */ { detail }) => ((isPartial ||= detail.code === "OP-E02"), drawSummary()));
  }
  reader.articles = value;
  if (!reader.isConnected) articles.append(reader);
}

/** One line of the list. @param {Item} item */
function line(item) {
  const link = /** @type {HTMLAnchorElement} */ (build("a", "", item.title || item.id));
  link.href = `#/article/${encodeURIComponent(item.id)}`;
  link.dir = "auto";
  const read = positions.get(item.id);
  const how = read ? (read.furthest > 0.98 ? "read" : `${Math.round(read.furthest * 100)} % read`) : "";
  const about = [size(item.bytes), `${item.record ? "imported" : "saved"} ${day(item.when)}`, how].filter(Boolean).join(" · ");
  const state = build("span", "op-item-state");
  const again = button("Try again", doing(() => save([item.name])), "op-keep-other");
  const kept = states.get(item.name);
  if (item.record) state.textContent = `From a file, with ${count(item.record.pictures.length, "image")}`;
  else state.textContent = kept ? stateOf(kept) : "Not checked yet";
  again.hidden = isWhole(item.name);
  state.classList.toggle("op-kept", Boolean(item.record) || isAllHere(kept));
  state.classList.toggle("op-lacks", !again.hidden);
  const remove = button("Remove", doing(() => removed(item)), "op-keep-other");
  remove.setAttribute("aria-label", `Remove ${item.title}`);
  again.setAttribute("aria-label", `Try again: ${item.title}`);
  const row = build("li", "op-item", build("div", "op-item-title", link), build("p", "op-muted", about), build("p", "op-row", state, again, remove));
  row.dataset.opName = item.name;
  return row;
}

/** Checks each file of what is saved against its hash. @param {Item[]} some */
async function check(some) {
  const names = some.filter(({ record }) => !record).map(({ name }) => name);
  await inParts(names, async (part) => {
    const { states: found } = await keeper.ask({ kind: "state", names: part });
    for (const name of part) {
      if (found[name]) states.set(name, found[name]);
      else states.delete(name);
      const item = items.find((item) => item.name === name);
      const row = rowOf(name);
      // A button that has the focus keeps it.
      if (item && row && !row.contains(document.activeElement)) row.replaceWith(line(item));
    }
    return [];
  });
  drawSummary();
  return names.filter((name) => !isWhole(name));
}

async function checkAll() {
  const before = items.filter(({ record }) => !record);
  tell(`Checking ${count(before.length, "article")} …`);
  // What is not even on the worker's list any more is missed first.
  await draw();
  const { length: n } = await check(items);
  const gone = before.filter(({ name }) => !items.some((item) => item.name === name)).length;
  const all = before.length ? "Checked: every file is as it was saved." : "Nothing was saved here: there is nothing to check.";
  tell(gone || n ? `Checked: ${[gone && `${number(gone)} of ${count(before.length, "article")} not here any more`, n && `${count(n, "article")} incomplete`].filter(Boolean).join(", ")}.` : all);
}

/** @param {string[]} names */
async function save(names) {
  tell("Saving …");
  persist();
  // It changes too often to be read out.
  summary.setAttribute("aria-busy", "true");
  /** @type {Record<string, Kept>} */
  let found;
  try {
    found = await keeper.save(names, ({ done, files }) => (summary.textContent = `Saving ${number(done)} of ${count(files, "file")} …`), new AbortController().signal);
    for (const [name, kept] of Object.entries(found)) states.set(name, kept);
  } finally {
    await draw();
    summary.removeAttribute("aria-busy");
  }
  const [gone, lacking] = [names.filter((name) => !found[name]), names.filter((name) => found[name] && !isWhole(name))];
  const less = `${lacking.length ? ` Still incomplete: ${counted(lacking)}.` : ""}${gone.length ? ` Not on the site any more: ${counted(gone)}.` : ""}`.trim();
  tell(less || "Saved: every file is here, verified.");
}

/** Whether it can be had again. @param {Item} item */
async function warning({ record, version }) {
  if (record) return "It came out of a file, and can only be brought back from one.";
  const now = await keeper.ask({ kind: "hello", protocol: 1 }).catch(() => ({}));
  // What the site has comes along with each edition.
  if (version !== now.version) return "It is of an earlier edition, and cannot be saved again if the site has it no more.";
  return navigator.onLine ? "" : "While you are offline it cannot be saved again.";
}

/** Nobody loses by one press what may be the last of it. @param {Item} item */
async function removed(item) {
  if (!(await asked(`Remove “${item.title}” from this device? ${await warning(item)}`.trim(), "Remove"))) return;
  let { bytes } = item;
  if (item.record) await imported.remove(keeper.scope, item.id);
  else ({ bytes } = await keeper.remove([item.name]));
  states.delete(item.name);
  await draw();
  tell(`Removed “${item.title}”: ${size(bytes)} freed.`);
}

async function drawStorage() {
  const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  storage.textContent = usage === undefined || !quota ? "" : `This site uses ${size(usage)} on this device. The browser allows ${size(quota)}.`;
  const is = await isPersistent();
  /** @type {Record<string, string>} */
  const words = {
    true: "The browser has promised not to clear it without asking you.",
    false: "The browser may clear it when the device runs short of room, or when this site has not been opened for some weeks. Installed as an app, it is kept longer; a file from Export is always yours.",
    undefined: "The browser has not been asked yet whether it keeps it for good; it is when you save something.",
  };
  promise.textContent = keeper.obstacle ?? words[String(is)];
  if (is === false && !keeper.obstacle) promise.append(" ", button("Ask again", doing(async () => (await persist(), drawStorage())), "op-keep-other"));
}

async function drawSearch() {
  if (!(await keeper.isWanted())) return search.replaceChildren();
  const { search: its } = await keeper.ask({ kind: "hello", protocol: 1 });
  if (!its?.bytes) return search.replaceChildren();
  const { states: kept } = await keeper.ask({ kind: "state", names: ["search"] });
  const text = build("span", "op-muted");
  const isKept = isAllHere(kept.search);
  const keep = async () => {
    const told = ({ bytes, total }) => (text.textContent = `${size(bytes)} of ${size(total)} …`);
    await keeper.save(["search"], told, new AbortController().signal).finally(drawSearch);
    tell("The search of the whole edition works offline now.");
  };
  const remove = async () => {
    const { bytes } = await keeper.remove(["search"]);
    await Promise.all([drawSearch(), drawStorage()]);
    tell(`The search is not kept any more: ${size(bytes)} freed.`);
  };
  if (isKept) text.textContent = `The search of the whole edition is kept, verified (${size(kept.search.bytes)}).`;
  // A small one is kept without being asked. Whether a large one is here cannot be told without its list.
  else if (its.bytes <= (await keeper.sizes(["search"]).catch(() => ({ have: 0 }))).have) return search.replaceChildren(build("p", "op-muted", `The search of the whole edition is here already (${size(its.bytes)}), and works offline.`));
  const action = isKept ? button("Remove the search", doing(remove), "op-keep-other") : button(`Keep the search for offline use (${size(its.bytes)})`, doing(keep));
  search.replaceChildren(build("p", "op-row", action, text));
}

/** What the browser has cleared (G9 of docs/offline.md). */
async function drawLost() {
  const names = keeper.obstacle ? new Map() : (await keeper.isWanted()) ? await keeper.lost() : keeper.remembered();
  lost.hidden = names.size === 0;
  if (!names.size) return;
  const titles = [...names.values()].filter(Boolean);
  const words = build("p", "", `The browser has cleared what you had saved: ${counted([...names.keys()])}${titles.length ? `, ${titles.slice(0, 5).map((title) => `“${title}”`).join(", ")}${titles.length > 5 ? " …" : ""}` : ""}.`);
  const again = button("Save again", doing(() => save([...names.keys()])));
  const forget = button("Forget them", doing(() => (keeper.forget(names.keys()), drawLost())), "op-keep-other");
  lost.replaceChildren(words, build("p", "op-row", again, forget));
}

/** What was read lately, where it can be opened. */
function drawHistory() {
  const lately = positions.all().slice(0, 10);
  if (!lately.length) return history.replaceChildren();
  const own = new Set(items.map(({ id }) => id));
  const lines = lately.map(([id, { title, furthest, when }]) => {
    const link = /** @type {HTMLAnchorElement} */ (build("a", "", title || id));
    link.href = own.has(id) ? `#/article/${encodeURIComponent(id)}` : `${root}article/${encodeURIComponent(id)}/`;
    link.dir = "auto";
    return build("li", "", link, build("span", "op-muted", ` · ${day(when)} · ${furthest > 0.98 ? "read" : `${Math.round(furthest * 100)} % read`}`));
  });
  const forget = () => {
    for (const [id] of positions.all()) positions.forget(id);
    stored((storage) => storage.removeItem(SEARCHES));
    drawHistory();
    list.replaceChildren(...items.map(line));
    tell("What you have read and searched for is forgotten. What is saved stays.");
  };
  history.replaceChildren(build("h2", "", "Read lately"), build("ul", "op-lately", ...lines), button("Forget what I have read", doing(forget), "op-keep-other"));
}

/** The addresses of the files that were put together last. @type {string[]} */
let exports = [];

async function exported() {
  // Whatever could not be read before may be readable by now.
  await draw();
  if (unread.length && !items.length) return void tell(`Nothing is exported. ${said(unread[0])}`);
  tell("Putting the file together …");
  const saved = await savedIn(root, keeper.scope);
  /** @type {import("./exchange.js").Entry[]} */
  const entries = [];
  let nMissing = 0;
  for (const item of items) {
    if (item.record) entries.push(item.record);
    else {
      const { articles, pictures, nMissing: n } = await saved(item.name);
      nMissing += n;
      entries.push(...articles.map((article) => ({ article, pictures })));
    }
  }
  const local = {
    read: Object.fromEntries(positions.all()),
    theme: stored((storage) => storage.getItem(THEME_KEY)) ?? undefined,
    searches: stored((storage) => JSON.parse(storage.getItem(SEARCHES) ?? "[]")),
  };
  const { files, nLeft } = written(entries, local);
  exports.forEach((address) => URL.revokeObjectURL(address));
  exports = files.map((file) => URL.createObjectURL(file));
  const day = new Date().toISOString().slice(0, 10);
  const links = exports.map((href, ix) => {
    const name = `saved-${day}${files.length > 1 ? `-${ix + 1}-of-${files.length}` : ""}.offprint`;
    const link = /** @type {HTMLAnchorElement} */ (build("a", "", name));
    return Object.assign(link, { href, download: name });
  });
  const nImages = new Set(entries.flatMap(({ pictures }) => pictures.map(({ hash, path }) => `${hash} ${path}`))).size;
  const what = `${count(entries.length - nLeft, "article")}, ${count(nImages, "image")}, ${size(files.reduce((sum, file) => sum + file.size, 0))}`;
  const less = `${nLeft ? ` ${count(nLeft, "article")} too long for a file and not in it.` : ""}${nMissing ? ` ${count(nMissing, "file")} could not be read and are not in it: check what is saved.` : ""}${unread.length ? " What cannot be read now is not in it." : ""}`;
  // Browsers take one file from one press.
  if (files.length === 1) links[0].click();
  tell(files.length === 1 ? `Exported: ${what}.${less}` : `What is saved makes ${number(files.length)} files: ${what}.${less} Take each of them:`);
  if (files.length > 1) notice.append(build("ul", "", ...links.map((link) => build("li", "", link))));
}

/** @param {File} file */
async function importing(file) {
  tell(`Reading ${file.name} …`);
  /** @type {import("./imported.js").Imported[]} */
  let records = [];
  let kept = 0;
  let isBroken = false;
  let told = "";
  /** @type {string[]} */
  let problems = [];
  try {
    const given = await read(file);
    ({ problems } = given);
    records = imported.records(given.articles, given.pictures);
    // Whatever is wrong with them is found before anything is kept.
    records.forEach(imported.shown);
    const { fresh, later, same, older } = imported.compared(records, await imported.all(keeper.scope));
    const others = later.length > 1 ? ` and ${number(later.length - 1)} more` : "";
    const question = `${file.name} has “${later[0]?.title}”${others} in a later version than was imported before. Replace what is here? It cannot be brought back.`;
    const replaced = later.length && (await asked(question, "Replace")) ? later : [];
    for (const record of [...fresh, ...replaced]) {
      await imported.keep(keeper.scope, record);
      kept += 1;
    }
    positions.join(given.local.read);
    const { theme, searches } = given.local;
    stored((storage) => {
      if (theme && !storage.getItem(THEME_KEY)) storage.setItem(THEME_KEY, theme);
      const mine = JSON.parse(storage.getItem(SEARCHES) ?? "[]");
      if (searches?.length) storage.setItem(SEARCHES, JSON.stringify([...new Set([...mine, ...searches])].slice(0, 20)));
    });
    const stay = older.length + later.length - replaced.length;
    told = `Imported from ${file.name}: ${count(kept, "article")}, ${count(given.pictures.length, "image")}.${replaced.length ? ` Of these, ${number(replaced.length)} replaced what was here.` : ""}${same.length ? ` Here already: ${count(same.length, "article")}.` : ""}${stay ? ` Of ${count(stay, "article")} the version stays that was imported before: remove it to have the one of this file.` : ""}`;
  } catch (error) {
    const { name, message, code } = /** @type {any} */ (error);
    // What a browser throws has numbers for codes.
    const why = typeof code === "string" ? said(error) : name === "QuotaExceededError" ? "There is no room left on this device." : `${message}.`;
    told = `${file.name}: ${why} ${kept ? `Of it ${count(kept, "article")} of ${number(records.length)} came` : "Nothing of it was taken"}, and what was here is still here.`;
    problems = [];
    isBroken = true;
  }
  if (kept) persist();
  // What is said of the file comes last, whatever cannot be drawn.
  if (kept || !isBroken) await draw();
  const known = kept ? records.filter(({ id }) => items.some((item) => item.id === id && !item.record)).length : 0;
  tell(`${told}${known ? ` Of these, ${number(known)} ${known === 1 ? "is" : "are"} saved here already, and what is saved is shown.` : ""}${problems.length ? " What was left out:" : ""}`);
  if (problems.length) notice.append(build("ul", "", ...problems.slice(0, 20).map((problem) => build("li", "", problem)), ...(problems.length > 20 ? [build("li", "", `and ${number(problems.length - 20)} more`)] : [])));
}

/** @param {Iterable<File>} files */
async function importAll(files) {
  for (const file of files) await importing(file);
}

async function forget() {
  const text = "Forget everything on this device? All saved and imported articles, what you have read and searched for, your choice of colours, and what makes this site work without a network. Export first what you want to keep.";
  if (!(await asked(text, "Forget everything"))) return;
  const mine = (/** @type {string} */ key) => !/^offprint-(read|saved):/.test(key) || key.startsWith(positions.start) || key.startsWith(`offprint-saved:${keeper.scope}:`);
  for (const key of keys("offprint-").filter(mine)) stored((storage) => storage.removeItem(key));
  await imported.forget(keeper.scope).catch(() => {});
  await keeper.end();
  delete document.documentElement.dataset.theme;
  articles.remove();
  foot.remove();
  tray.clear();
  make("main");
  place.replaceChildren(summary);
  summary.textContent = "Everything is forgotten. The next visit is like the first.";
  begin();
}

/** The reader shows another page: an article has the page for itself. */
function moved() {
  const article = reader.shadowRoot?.querySelector(".op-article[data-op-id]") ?? null;
  const isArticle = /^#\/article\//.test(location.hash);
  around.hidden = foot.hidden = isArticle;
  reading.shown(article);
}

const tray = new Tray();
const reading = followed(positions, tray);

function lay() {
  const field = /** @type {HTMLInputElement} */ (build("input", ""));
  field.type = "file";
  field.accept = ".offprint";
  field.multiple = true;
  field.hidden = true;
  field.onchange = async () => {
    await importAll(field.files ?? []);
    field.value = "";
  };
  const choose = () => field.click();
  const tools = build("p", "op-row", button("Check all", doing(checkAll)), button("Export", doing(exported)), button("Import", choose), field);
  const grave = build("p", "op-row", button("Forget everything", doing(forget), "op-button op-grave"));
  manage.lastElementChild?.append(tools, search, list, storage, promise, history, grave);
  foot.setAttribute("aria-label", "Manage what is saved");
  empty.append(build("h2", "", "Nothing is saved yet"), build("p", "", "Save beside an article, or above a list, keeps it with its images on this device. Then it opens without a network, and stands here."), build("p", "op-row", button("Import a file", choose)));
  lost.hidden = broken.hidden = empty.hidden = true;
  place.replaceChildren(head, empty);
  around.after(articles, foot);
}

function drop() {
  const hasFiles = (/** @type {DragEvent} */ { dataTransfer }) => dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.documentElement.classList.add("op-drop");
  });
  addEventListener("dragleave", ({ relatedTarget }) => relatedTarget ?? document.documentElement.classList.remove("op-drop"));
  addEventListener("drop", (event) => {
    document.documentElement.classList.remove("op-drop");
    if (!hasFiles(event)) return;
    event.preventDefault();
    importAll(event.dataTransfer?.files ?? []);
  });
  /** @type {any} */ (globalThis).launchQueue?.setConsumer(async ({ files = [] }) => importAll(await Promise.all(files.map((/** @type {any} */ file) => file.getFile()))));
}

if (place) {
  lay();
  drop();
  new MutationObserver(() => reader?.shadowRoot && moved()).observe(articles, { childList: true, subtree: true });
  addEventListener("hashchange", () => reader && moved());
  // Another tab may have saved or removed something meanwhile.
  const again = async () => {
    const namesOf = (/** @type {Item[]} */ items) => items.map(({ name }) => name).join();
    if (document.visibilityState === "visible" && isShown() && namesOf((await found()).all) !== namesOf(items)) await draw();
  };
  addEventListener("storage", ({ key }) => key?.startsWith(`offprint-saved:${keeper.scope}:`) && again().catch(() => {}));
  addEventListener("visibilitychange", () => again().catch(() => {}));
  watch(keeper, tray).catch(() => {});
  draw().then(() => check(items)).catch((error) => tell(said(error)));
  // A file may be opened here one day when there is no network.
  if (navigator.onLine) keeper.isWanted().then((isWanted) => isWanted && keeper.complete()).catch(() => {});
}
