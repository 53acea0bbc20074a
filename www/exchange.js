/**
 * The file `.offprint`: what somebody has saved, to be taken elsewhere.
 *
 *   one line of JSON   {"format": "offprint", "version": 1, "articles": [an article as docs/format.md has it, …],
 *                       "files": [[path, hash, length, type, [which of the articles have it, from 0, …]], …], "local": {"read": {ID: a place (positions.js), …}, "theme": "dark", "searches": ["…"]}}
 *   a line feed
 *   the bytes of the files, one after the other
 *
 * Files are pictures, and nothing else: no page, style sheet or script goes in or comes out. What is read is data, whoever wrote it: articles go to the reader of
 * collections, pictures into `<img>`. A picture that is not as its hash says is left out and named; the rest is taken.
 */
import { nameOf } from "./edition.js";
import { parsed } from "./positions.js";
import { count, number } from "./save.js";

const VERSION = 1;
/** The longest first line, and how much of it is read at once. */
const LONGEST = 1 << 26;
const PIECE = 1 << 20;
/** The most articles, and the most pictures. */
const MOST = 20_000;
/** What is written into one file at most: no more than is read. @typedef {{bytes: number, line: number, articles: number, pictures: number}} Limits @type {Limits} */
const LIMITS = { bytes: 1 << 30, line: LONGEST, articles: MOST, pictures: MOST };
/** How far ahead of this one the clock may be by which a place was noted. */
const AHEAD = 86_400_000;
/** Pictures by the endings of their files. @type {Record<string, string>} */
const TYPES = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp", avif: "image/avif", apng: "image/apng", svg: "image/svg+xml", bmp: "image/bmp", ico: "image/x-icon" };
const PICTURES = [...Object.values(TYPES), "image/vnd.microsoft.icon"];

/** @typedef {{path: string, hash: string, type: string, blob: Blob, of?: Set<unknown>}} Picture `of`: the names of the articles that have it, where the file says so */
/** @typedef {{id: string, title?: unknown}} Article */
/** @typedef {{read: Record<string, import("./positions.js").Read>, theme?: string, searches?: string[]}} Local */

const isPicture = (/** @type {string | null | undefined} */ type) => PICTURES.includes(type ?? "");

/** The type of a picture, by its header or by its address; nothing where it is none. @param {string} path @param {string | null | undefined} header */
function typeOf(path, header) {
  const type = header?.split(";")[0].trim().toLowerCase();
  return isPicture(type) ? type : TYPES[/\.(\w+)(?:[?#]|$)/.exec(path)?.[1].toLowerCase() ?? ""];
}

/** @typedef {{article: Article, pictures: Picture[]}} Entry */

/**
 * One file, or as many as it takes: none has more than is read of one. `nLeft` are articles that none can have.
 * @param {Entry[]} entries @param {Local} local
 */
export function written(entries, local, limits = LIMITS) {
  const bytesOf = (/** @type {unknown} */ value) => new TextEncoder().encode(JSON.stringify(value)).length;
  const begun = (/** @type {object} */ rest) => ({ head: { format: "offprint", version: VERSION, articles: /** @type {Article[]} */ ([]), ...rest }, files: /** @type {Map<string, [any[], Blob]>} */ (new Map()), line: 100 + bytesOf(rest), bytes: 0 });
  let part = begun({ local });
  const parts = [part];
  let nLeft = 0;
  for (const { article, pictures } of entries) {
    // Behind each there is a comma, and in each the number of the article.
    const line = pictures.reduce((sum, { path, hash, type, blob }) => sum + bytesOf([path, hash, blob.size, type, []]) + 10, bytesOf(article) + 1);
    const bytes = pictures.reduce((sum, { blob }) => sum + blob.size, line);
    if (line + 200 > limits.line) {
      nLeft += 1;
      continue;
    }
    const isFull = part.line + line > limits.line || part.bytes + bytes > limits.bytes || part.head.articles.length >= limits.articles || part.files.size + pictures.length > limits.pictures;
    if (isFull) parts.push((part = begun({})));
    for (const { path, hash, type, blob } of pictures) {
      const key = `${hash} ${path}`;
      const file = part.files.get(key) ?? [[path, hash, blob.size, type, []], blob];
      file[0][4].push(part.head.articles.length);
      part.files.set(key, file);
    }
    part.head.articles.push(article);
    part.line += line;
    part.bytes += bytes;
  }
  const files = parts.map(({ head, files }) => {
    const all = [...files.values()];
    // JSON has no line feeds of its own.
    return new Blob([JSON.stringify({ ...head, files: all.map(([file]) => file) }), "\n", ...all.map(([, blob]) => blob)], { type: "application/x-offprint" });
  });
  return { files, nLeft };
}

/**
 * What is saved, for a name: its articles and pictures, read from the worker's store (www/sw.js) by their hashes. What an address gives now may be something else: another
 * edition's picture of the same name, or, of another host, nothing at all.
 * @param {string} root @param {string} scope @returns {Promise<(name: string) => Promise<{articles: Article[], pictures: Picture[], nMissing: number}>>}
 */
export async function savedIn(root, scope) {
  const store = await caches.open(`offprint:${scope}`);
  const at = (/** @type {string} */ name) => store.match(`${root}.offprint/${name}`);
  /** @type {Record<string, {files: [string, string | null, number | null][]}>} */
  const all = (await (await at("saved"))?.json().catch(() => undefined)) ?? (await (await at("saved-before"))?.json().catch(() => undefined)) ?? {};
  return async (name) => {
    /** @type {Picture[]} */
    const pictures = [];
    /** @type {Article[]} */
    let articles = [];
    let nMissing = 0;
    for (const [path, hash] of all[name]?.files ?? []) {
      const isArticle = path === `${name}/article.json`;
      if (!isArticle && /^(data|article)\//.test(path) && !typeOf(path, null)) continue;
      const response = hash ? await at(`file/${hash}`) : undefined;
      const bytes = await response?.arrayBuffer().catch(() => undefined);
      const type = typeOf(path, response?.headers.get("content-type"));
      if (!bytes || !hash || (await nameOf(bytes)) !== hash || !(isArticle || type)) nMissing += 1;
      else if (isArticle) {
        const { articles: own, language } = JSON.parse(new TextDecoder().decode(bytes));
        articles = own.map((/** @type {Article} */ article) => ({ ...(language && { language }), ...article }));
      } else pictures.push({ path, hash, type: type ?? "", blob: new Blob([bytes], { type }) });
    }
    return { articles, pictures, nMissing: nMissing + (articles.length || nMissing ? 0 : 1) };
  };
}

/** The first line. @param {Blob} file @returns {Promise<Uint8Array>} */
async function firstLine(file) {
  const parts = [];
  const wrong = "it is no .offprint file: its first line is not JSON, or longer than 64 MiB. Choose a file that Export has made";
  if (!file.size) throw new Error("it is empty. Copy or export it again");
  for (let at = 0; at < Math.min(file.size, LONGEST); at += PIECE) {
    const part = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    const end = part.indexOf(10);
    parts.push(end < 0 ? part : part.subarray(0, end));
    if (end >= 0) return new Uint8Array(await new Blob(parts).arrayBuffer());
    // What does not begin with an object is none of ours, however long it is.
    if (at === 0 && part[0] !== 0x7b) throw new Error(wrong);
  }
  throw new Error(file.size > LONGEST ? wrong : `it is cut short: it ends after ${count(file.size, "byte")}, within its first line. Copy or export it again`);
}

const found = (/** @type {unknown} */ value) => (value === null ? "null" : Array.isArray(value) ? "a list" : typeof value);

/**
 * Reads such a file. Fails where nothing of it can be used; `problems` are what was left out, each with its place.
 * @param {Blob} file @returns {Promise<{articles: Article[], pictures: Picture[], local: Local, problems: string[]}>}
 */
export async function read(file) {
  let head;
  const line = await firstLine(file);
  try {
    head = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
  } catch {
    throw new Error("its first line is damaged, or it is none that Export has made. Copy or export it again");
  }
  if (head?.format !== "offprint") throw new Error("it is no .offprint file: expected \"format\": \"offprint\" in its first line");
  if (head.version !== VERSION) throw new Error(`version: expected ${VERSION}, found ${String(head.version).slice(0, 20)}: a newer Offprint wrote it; load this page again once you are online`);
  if (!Array.isArray(head.articles)) throw new Error(`articles: expected a list, found ${found(head.articles)}`);
  if (head.articles.length > MOST) throw new Error(`articles: ${number(head.articles.length)} are more than the ${number(MOST)} that are read`);
  /** @type {string[]} */
  const problems = [];
  /** @type {Map<string, Article>} */
  const articles = new Map();
  for (const [ix, article] of head.articles.entries()) {
    const id = article?.id;
    if (typeof id !== "string" || !id || id.length > 500) problems.push(`articles[${ix}].id: expected a text of up to 500 letters, found ${found(id)}`);
    else if (articles.has(id)) problems.push(`articles[${ix}].id: there is another article ${id}`);
    else articles.set(id, article);
  }
  const pictures = await picturesOf(file, line.length + 1, head, problems);
  return { articles: [...articles.values()], pictures, local: localOf(head.local), problems };
}

/** @param {Blob} file @param {number} at where they begin @param {{articles: (Article | undefined)[], files: unknown}} head @param {string[]} problems */
async function picturesOf(file, at, { articles, files }, problems) {
  /** @type {Picture[]} */
  const pictures = [];
  if (!Array.isArray(files)) return pictures;
  if (files.length > MOST) problems.push(`files: ${number(files.length)} are more than the ${number(MOST)} that are read`);
  for (const [ix, entry] of files.slice(0, MOST).entries()) {
    const [path, hash, length, type, of] = Array.isArray(entry) ? entry : [];
    const place = `files[${ix}]${typeof path === "string" ? ` (${path.slice(0, 100)})` : ""}`;
    const rest = `this file and the ${count(files.length - ix - 1, "file")} after it are left out`;
    // Without a length, nothing behind it can be found.
    if (!Number.isSafeInteger(length) || length < 0) {
      problems.push(`${place}: expected a length in bytes, found ${found(length)}; ${rest}`);
      break;
    }
    if (at + length > file.size) {
      problems.push(`${place}: cut short, ${number(Math.max(file.size - at, 0))} of ${count(length, "byte")} are there; ${rest}. Copy or export it again, and import it once more`);
      break;
    }
    const start = at;
    at += length;
    if (typeof path !== "string" || !path || path.length > 2000 || typeof hash !== "string") problems.push(`${place}: expected a path and a hash`);
    else if (!isPicture(type)) problems.push(`${place}: expected a picture, found ${String(type).slice(0, 50)}`);
    else {
      const blob = file.slice(start, at, type);
      const bytes = await blob.arrayBuffer();
      // A copy: the file may be gone tomorrow.
      if ((await nameOf(bytes)) === hash) pictures.push({ path, hash, type, blob: new Blob([bytes], { type }), ...(Array.isArray(of) && { of: new Set(of.map((ix) => articles[ix]?.id)) }) });
      else problems.push(`${place}: damaged, its bytes are not those that were saved`);
    }
  }
  return pictures;
}

/** @param {any} local @returns {Local} */
function localOf(local) {
  /** @type {Local} */
  const taken = { read: Object.create(null) };
  for (const [id, value] of Object.entries(local?.read ?? {}).slice(0, MOST)) {
    const read = id.length <= 500 ? parsed(JSON.stringify(value)) : undefined;
    // One that is to be the latest for ever was noted by no clock.
    if (read && read.when >= 0 && read.when < Date.now() + AHEAD) taken.read[id] = { ...read, when: Math.min(read.when, Date.now()) };
  }
  if (["light", "dark", "auto"].includes(local?.theme)) taken.theme = local.theme;
  if (Array.isArray(local?.searches)) taken.searches = local.searches.filter((/** @type {unknown} */ text) => typeof text === "string" && text.length <= 200).slice(0, 20);
  return taken;
}
