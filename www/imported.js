/**
 * Articles that came out of a file. They are kept in a database of their own, `offprint:SCOPE`, and not in the store of the service worker: what somebody else wrote is never
 * answered under an address of the site.
 *
 * A record is {id, title, article, pictures, bytes, when}. Pictures are shown from `blob:` addresses, which live as long as the page.
 */

/** @typedef {import("./exchange.js").Article} Article */
/** @typedef {import("./exchange.js").Picture} Picture */
/** @typedef {{id: string, title: string, article: Article, pictures: Picture[], bytes: number, when: number}} Imported */

const STORE = "articles";

/** How browsers refuse a database; the last two are of those that have none. Any other failure may be over tomorrow. */
const DENIED = ["SecurityError", "InvalidStateError", "TypeError", "ReferenceError"];

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {string} scope */
const nameOf = (scope) => `offprint:${scope}`;

/** @template T @param {string} scope @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => T} run @returns {Promise<T>} */
async function within(scope, mode, run) {
  const open = async () => {
    const opening = indexedDB.open(nameOf(scope), 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
    return done(opening);
  };
  const database = await open().catch((error) => {
    throw DENIED.includes(error?.name) ? Object.assign(new Error(String(error)), { code: "denied" }) : error;
  });
  try {
    const transaction = database.transaction(STORE, mode);
    const result = run(transaction.objectStore(STORE));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("the browser does not keep it"));
    });
    return result;
  } finally {
    database.close();
  }
}

/** All of them; where storage is denied, nothing was ever put there. @param {string} scope @returns {Promise<Imported[]>} */
export async function all(scope) {
  try {
    const found = (await within(scope, "readonly", (store) => store.getAll())).result;
    return found.map((record) => ({ ...record, pictures: record.pictures.map((/** @type {any} */ { bytes, ...picture }) => ({ ...picture, blob: new Blob([bytes], picture) })) }));
  } catch (error) {
    const { code } = /** @type {any} */ (error);
    if (code === "denied") return [];
    throw Object.assign(new Error(`What was imported cannot be read now (${error}). Load this page again.`), { code: "unread" });
  }
}

/** Keeps one; of pictures their bytes, as WebKit keeps no blobs in a private window. One after the other, so that the bytes of all are never there at once. @param {string} scope @param {Imported} record */
export async function keep(scope, record) {
  const pictures = await Promise.all(record.pictures.map(async ({ blob, ...picture }) => ({ ...picture, bytes: await blob.arrayBuffer() })));
  await within(scope, "readwrite", (store) => store.put({ ...record, pictures }));
}

/** @param {string} scope @param {string} id */
export const remove = (scope, id) => within(scope, "readwrite", (store) => store.delete(id));

/** @param {string} scope */
export const forget = (scope) => done(indexedDB.deleteDatabase(nameOf(scope)));

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Where an address stands in Markdown and HTML: behind one of these. */
const ADDRESS = /(\]\(<?|src=["']?)([^\s"'<>)]+)/g;

/** Each text of a value. @param {any} value @param {(text: string) => void} run */
function texts(value, run) {
  if (typeof value === "string") run(value);
  else if (value && typeof value === "object") for (const part of Object.values(value)) texts(part, run);
}

/** Which pictures belong to which article: those of which the file says so, else those that it names. @param {Article[]} articles @param {Picture[]} pictures @returns {Imported[]} */
export function records(articles, pictures) {
  /** @type {Map<unknown, Set<Picture>>} */
  const byId = new Map();
  /** @type {Map<string, Picture>} */
  const byPath = new Map();
  for (const picture of pictures) {
    for (const id of picture.of ?? []) byId.set(id, (byId.get(id) ?? new Set()).add(picture));
    if (!picture.of) for (const path of [picture.path, decoded(picture.path)]) if (!byPath.has(path)) byPath.set(path, picture);
  }
  return articles.map((article) => {
    const own = new Set(byId.get(article.id));
    const add = (/** @type {string} */ path) => byPath.has(path) && own.add(/** @type {Picture} */ (byPath.get(path)));
    if (byPath.size) {
      texts(article, (text) => {
        add(text);
        for (const [, , path] of text.matchAll(ADDRESS)) add(path);
      });
    }
    const bytes = [...own].reduce((sum, { blob }) => sum + blob.size, new TextEncoder().encode(JSON.stringify(article)).length);
    return { id: article.id, title: typeof article.title === "string" ? article.title : article.id, article, pictures: [...own].map(({ of, ...picture }) => picture), bytes, when: Date.now() };
  });
}

/** When an article was last changed, as it says. @param {any} article */
const changed = ({ updated, published }) => Date.parse(updated ?? published) || -Infinity;

/**
 * What of a file is to be kept, where some of it is here from an earlier one: `fresh` is, `later` are those whose like is here as it was before, `same` are here,
 * and of `older` what is here stays. An imported article cannot be fetched again.
 * @param {Imported[]} records @param {Imported[]} before
 */
export function compared(records, before) {
  const here = new Map(before.map((record) => [record.id, record]));
  /** @type {Record<"fresh" | "later" | "same" | "older", Imported[]>} */
  const parts = { fresh: [], later: [], same: [], older: [] };
  for (const record of records) {
    const had = here.get(record.id);
    const isSame = had && JSON.stringify(had.article) === JSON.stringify(record.article);
    // A picture that came with it before is not lost to a file that lacks it.
    const more = had?.pictures.filter(({ path }) => record.pictures.every((picture) => picture.path !== path)) ?? [];
    const pictures = [...record.pictures, ...more];
    const bytes = more.reduce((sum, { blob }) => sum + blob.size, record.bytes);
    const which = !had || (isSame && pictures.length > had.pictures.length) ? "fresh" : isSame ? "same" : changed(record.article) > changed(had.article) ? "later" : "older";
    parts[which].push({ ...record, pictures, bytes });
  }
  return parts;
}

/** By hash. @type {Map<string, string>} */
const addresses = new Map();

/** The article with its pictures from here. @param {{article: Article, pictures: Picture[]}} record @returns {Article} */
export function shown({ article, pictures }) {
  /** @type {Map<string, string>} */
  const own = new Map();
  for (const { path, hash, blob } of pictures) {
    let address = addresses.get(hash);
    if (!address) addresses.set(hash, (address = URL.createObjectURL(blob)));
    own.set(path, address).set(decoded(path), address);
  }
  const within = (/** @type {string} */ text) => text.replace(ADDRESS, (whole, before, path) => (own.has(path) ? before + own.get(path) : whole));
  const walk = (/** @type {any} */ value) => {
    if (typeof value === "string") return own.get(value) ?? within(value);
    if (Array.isArray(value)) return value.map(walk);
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, value]) => [key, walk(value)]));
    return value;
  };
  return pictures.length ? walk(article) : article;
}
