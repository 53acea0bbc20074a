/**
 * Puts together the lines for a page, what its policy has to allow, and a preview, of what the form says.
 *
 * The preview needs the reader's files on the same host: those in `dist/` beside the docs folder, or in the folder that this page itself
 * was put into; `?base=…` names another one. `offprint embed` prints the same lines.
 */

const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
const preview = /** @type {HTMLElement} */ (document.querySelector("#preview"));
const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The folder of the reader's files for the preview. Other hosts are refused by this page's policy. */
const base = new URL(new URLSearchParams(location.search).get("base") ?? (location.pathname.includes("/docs/") ? "../dist/" : "./"), location.href);

const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/** What the form says. */
function chosen() {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  const shown = text("shown");
  const forReader = (/** @type {string} */ name, /** @type {string[]} */ ...of) => (of.includes(shown) ? text(name) : "");
  const url = text("url") || "./";
  return {
    shown,
    url: url.endsWith("/") ? url : `${url}/`,
    src: text("src") || "articles.json",
    article: forReader("article", "reader", "article"),
    category: forReader("category", "reader", "list"),
    query: forReader("query", "reader"),
    limit: forReader("limit", "list"),
    theme: text("theme") === "auto" ? "" : text("theme"),
    isFrame: data.has("frame"),
    isLazy: data.has("lazy"),
    isForgetful: data.has("forgetful"),
    hasDigest: data.has("integrity"),
  };
}

/** @typedef {ReturnType<typeof chosen>} Chosen */

/** The attributes of the element. @param {Chosen} it @returns {[string, string][]} */
const attributes = (it) =>
  /** @type {[string, string][]} */ ([
    ["src", it.src],
    ["article-id", it.article],
    ["category", it.category],
    ["query", it.query],
    ["limit", it.limit],
    ["theme", it.theme],
    ["loading", it.isLazy ? "lazy" : ""],
    ["storage", it.isForgetful ? "none" : ""],
  ]).filter(([, value]) => value);

/** The query of the page for frames. @param {Chosen} it @param {string} src */
function query(it, src) {
  const given = new URLSearchParams({ src });
  if (it.article || it.shown === "article") given.set("article", it.article);
  if (it.shown === "list") given.set("list", it.limit || "5");
  for (const name of /** @type {const} */ (["category", "query", "theme"])) if (it[name]) given.set(name, it[name]);
  return given;
}

const escaped = (/** @type {string} */ text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const written = (/** @type {[string, string][]} */ list) => list.map(([name, value]) => (value ? ` ${name}="${escaped(value)}"` : ` ${name}`)).join("");

/** The digest of one of the reader's files. @type {Map<string, Promise<string>>} */
const digests = new Map();
function digest(/** @type {string} */ name) {
  const make = async () => {
    const response = await fetch(new URL(name, base));
    if (!response.ok) throw new Error(`${response.url}: the server answered ${response.status}`);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-384", await response.arrayBuffer()));
    return `sha384-${btoa(String.fromCharCode(...hash))}`;
  };
  if (!digests.has(name)) digests.set(name, make());
  return /** @type {Promise<string>} */ (digests.get(name));
}

/** @param {Chosen} it */
async function lines(it) {
  const script = it.isFrame ? "frame.js" : "element.js";
  /** @type {[string, string][]} */
  const pinned = it.hasDigest ? [["integrity", await digest(script)], ["crossorigin", ""]] : [];
  const tag = `<script${written([...(it.isFrame ? [["async", ""]] : [["type", "module"]]), ["src", it.url + script], ...pinned])}></script>`;
  if (!it.isFrame) {
    const name = `offprint-${it.shown}`;
    return `${tag}\n<${name}${written(attributes(it))}><a href="${escaped(it.src)}">Articles</a></${name}>\n`;
  }
  const frame = written([
    ["data-offprint", ""],
    ["src", `${it.url}embed.html?${query(it, it.src)}`],
    ["title", it.shown === "article" ? "Article" : "Articles"],
    ["width", "100%"],
    ["height", "600"],
    ["frameborder", "0"],
    ["loading", "lazy"],
    ["referrerpolicy", "strict-origin"],
    ["sandbox", SANDBOX],
  ]);
  return `<iframe${frame}></iframe>\n${tag}\n`;
}

/** An address as a policy names it. @param {string} address */
function source(address) {
  if (!URL.canParse(address)) return "'self'";
  const { origin, pathname } = new URL(address);
  return origin + pathname.replaceAll(";", "%3B").replaceAll(",", "%2C");
}

/** @param {Chosen} it */
function policy(it) {
  if (it.isFrame) return [`frame-src ${source(`${it.url}embed.html`)}`, `script-src ${source(`${it.url}frame.js`)}`];
  const reader = source(it.url);
  const connections = [...new Set([reader, source(it.src)])].join(" ");
  const pictures = URL.canParse(it.src) ? new URL(it.src).origin : "'self'";
  return [
    `script-src ${reader} 'wasm-unsafe-eval'`,
    `connect-src ${connections}`,
    `img-src ${pictures}  (and wherever else the articles have their pictures)`,
    ...(reader === "'self'" ? ["worker-src 'self'"] : []),
    "trusted-types offprint  (where it has require-trusted-types-for 'script')",
  ];
}

/** What is shown already: it is made anew only for other values. */
let last = "";

/** @param {Chosen} it */
async function show(it) {
  const src = new URL(it.src, base).href;
  const now = JSON.stringify([it.isFrame, it.shown, src, attributes(it)]);
  if (now === last) return;
  last = now;
  byId("trouble").textContent = "";
  try {
    if (it.isFrame) {
      await import(new URL("frame.js", base).href);
      const frame = document.createElement("iframe");
      frame.title = "Preview";
      frame.dataset.offprint = "";
      frame.src = new URL(`embed.html?${query(it, src)}`, base).href;
      preview.replaceChildren(frame);
    } else {
      await import(new URL("element.js", base).href);
      const element = document.createElement(`offprint-${it.shown}`);
      for (const [name, value] of attributes(it)) element.setAttribute(name, name === "src" ? src : value);
      preview.replaceChildren(element);
    }
  } catch (error) {
    last = "";
    byId("trouble").textContent = `There is no reader at ${base.href}: make it by “cargo xtask dist”, or name its folder by ?base=… (${error})`;
  }
}

/** Only what concerns the chosen element is asked for. @param {Chosen} it */
function arrange(it) {
  for (const label of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-for], [data-not]"))) {
    const { for: of, not } = label.dataset;
    label.hidden = Boolean((of && !of.split(" ").includes(it.shown)) || (not && it.isFrame));
  }
}

async function update() {
  const it = chosen();
  byId("policy").textContent = policy(it).join("\n");
  try {
    byId("lines").textContent = await lines(it);
  } catch (error) {
    byId("lines").textContent = await lines({ ...it, hasDigest: false });
    byId("trouble").textContent = `No digest can be made: ${error}`;
  }
  byId("copied").textContent = "";
  await show(it);
}

/** The preview waits until somebody has finished typing. */
let timer = 0;
form.addEventListener("input", () => {
  arrange(chosen());
  clearTimeout(timer);
  timer = setTimeout(update, 300);
});
form.addEventListener("submit", (event) => event.preventDefault());
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(byId("lines").textContent ?? "");
    byId("copied").textContent = "Copied";
  } catch {
    getSelection()?.selectAllChildren(byId("lines"));
    byId("copied").textContent = "Selected: copy it with your keyboard";
  }
});
arrange(chosen());
update();
