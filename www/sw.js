/**
 * The service worker of a site: what is kept on the device, and what pages get of it. docs/offline.md says what it promises.
 *
 * A site has versions. A version is a list of files with the digest of each (`data/HASH.json`, written by `offprint build`), and is used wholly or
 * not at all: all files are here before the pointer to it is written. A tab keeps the version it was answered from, and so do
 * its workers. What a person saves is a list of files of its own, and stays until it is removed.
 *
 * Everything is in one cache for a scope, `offprint:/path/of/scope/`, under addresses that no server has, below `.offprint/`:
 *   file/HASH        a file, by its content: base 32 of the first ten bytes of SHA-256
 *   version/HASH     a version: {app, more, search, articles}
 *   current          {version, before}: the pointer, and the version before
 *   saved            what was saved: {NAME: {name, id, title, path, version, saved, bytes, files}}; NAME is `article/ID` or `search`
 *   saved-before     the same once more, written after it, for when it cannot be read
 *   pin/CLIENT       the version of a tab
 *   check            {time, next, fails, code}: when a newer version was last looked for, how that ended, and when it will be again
 *
 * A file is [path, hash, length]: the path from the scope, or a whole address; `data/P.pack#0-99` is a range. It is held against its hash when it comes, and when given.
 * Pages send {kind, …} with a port, and get over it any number of {kind: "progress", done, files, bytes, total}, then {kind: "done", …} or
 * {kind: "failed", code, message}; `{kind: "cancel"}` over the port ends a save. The kinds are the methods of `kinds`. All tabs are told
 * {kind: "edition", version} when a newer one is whole, and {kind: "full"} when what was kept without being asked had to go.
 */
"use strict";

/** What pages and this worker say to each other (a page that knows another number does not go on), and the format of versions. */
const [PROTOCOL, FORMAT] = [1, 1];
const worker = /** @type {any} */ (self);
const SCOPE = worker.registration.scope;
const STORE = `offprint:${new URL(SCOPE).pathname}`;
/** Files that are fetched at once. */
const AT_ONCE = 6;
/** Milliseconds without a byte before a file is given up. */
const PATIENCE = 30_000;
/** Milliseconds from a page to a look for a newer version, as what the page needs comes first; and between two looks, at least and at most. */
const [PAUSE, SOON, LATE] = [3_000, 60_000, 86_400_000];
/** Bytes of a search that is kept without being asked. */
const SMALL_SEARCH = 1 << 20;
/** The file that names the newest version. */
const POINTER = "data/edition.json";
/** The types of files, whatever a server said when they came. @type {Record<string, string>} */
const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", wasm: "application/wasm", svg: "image/svg+xml" };
/** What else of their headers is kept. */
const HEADERS = /^(cache-control|content-(type|language)|.*-policy|x-content-type-options)$/;

/** @typedef {[string, string | null, number | null]} File path, hash and length; an image of another host has no hash until it is here */
/** @typedef {{name: string, id: string, title: string, path: string, version: string, saved: number, bytes: number, files: File[]}} Saved */

/** What a store that is full throws. */
const FULL = "QuotaExceededError";
/** What else could not be done. @param {"network" | "changed" | "cancelled" | "gone"} code @param {string} message */
const failure = (code, message) => Object.assign(new Error(message), { code });

const at = (/** @type {string} */ name) => `${SCOPE}.offprint/${name}`;
const store = () => caches.open(STORE);
const textOf = (/** @type {BufferSource} */ bytes) => new TextDecoder().decode(bytes);
/** What JSON says. @param {BufferSource} bytes */
const jsonOf = (bytes) => JSON.parse(textOf(bytes));

/** @param {string} name @returns {Promise<any>} */
async function read(name) {
  const found = await (await store()).match(at(name));
  // What cannot be read is as good as not there.
  return found?.json().catch(() => undefined);
}
/** @param {string} name @param {unknown} value */
const write = (name, value) => put(at(name), new Response(JSON.stringify(value)));

/** The names of what the store has, by their part. @returns {Promise<Record<string, string[]>>} */
async function contentsOfStore() {
  /** @type {Record<string, string[]>} */
  const parts = { file: [], version: [], pin: [] };
  for (const { url } of await (await store()).keys()) {
    const [part, name] = url.slice(at("").length).split("/");
    if (name) parts[part]?.push(name);
  }
  return parts;
}

/** All that is saved. @returns {Promise<Record<string, Saved>>} */
const allSaved = async () => (await read("saved")) ?? (await read("saved-before")) ?? {};
/** Changes what is saved. @param {Record<string, Saved | undefined>} changes nothing for what is removed */
async function remember(changes) {
  const all = { ...(await allSaved()), ...changes };
  // One is whole whenever this ends, and when one is damaged the other says the same.
  for (const name of ["saved", "saved-before"]) await write(name, all);
  known.delete("saved");
}

/** Puts into the store; where that is full, what nobody has asked to be kept goes first. @param {string} url @param {Response} response */
async function put(url, response) {
  const cache = await store();
  const again = response.clone();
  await cache.put(url, response).catch(async (error) => {
    if (error.name !== FULL) throw error;
    await evict();
    await cache.put(url, again);
  });
}

/** The name of bytes. @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
async function nameOf(bytes) {
  let bits = "";
  for (const byte of new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).subarray(0, 10)) bits += byte.toString(2).padStart(8, "0");
  return bits.replace(/.{5}/g, (five) => "abcdefghijklmnopqrstuvwxyz234567"[parseInt(five, 2)]);
}

/** Files that have just come, to which nothing leads yet. @type {Set<string | null>} */
const fresh = new Set();
/** One thing at a time that writes, over all workers of the scope. @template T @param {() => Promise<T>} run @returns {Promise<T>} */
const alone = (run) => /** @type {Promise<any>} */ (navigator.locks.request(STORE, () => run().finally(() => fresh.clear())));

/** Each of them, a few at a time. The first failure is the last that is begun, and told when nothing is under way. @template T @param {T[]} items @param {(item: T) => Promise<unknown>} run */
async function each(items, run) {
  const left = [...items].reverse();
  /** @type {unknown} */
  let failed;
  const work = async () => {
    while (left.length && !failed) await run(/** @type {T} */ (left.pop())).catch((error) => (failed ??= error));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failed) throw failed;
}

/** The path of an address, as files have it. @param {string} address */
function pathOf(address) {
  const url = new URL(address);
  const whole = url.origin + url.pathname;
  return whole.startsWith(SCOPE) ? whole.slice(SCOPE.length).replace(/(^|\/)index\.html$/, "$1") : url.href;
}
/** Whether the name is made of the content. @param {string} path */
const isFixed = (path) => /^(assets\/|data\/(?!edition\.json))/.test(path);

/**
 * Fetches a file, and gives its bytes, its hash and its headers if it is what it is to be.
 * @param {File} file @param {AbortSignal} [signal] @param {(bytes: number) => void} [came]
 */
async function fetched([path, hash, length], signal, came) {
  const [, address, range] = /^(.*?)(?:#(\d+-\d+))?$/s.exec(path) ?? [];
  const url = new URL(address, SCOPE);
  const isForeign = url.origin !== location.origin;
  let last;
  for (const cache of /** @type {const} */ ([isFixed(path) ? "default" : "no-cache", "reload"])) {
    signal?.throwIfAborted();
    const patience = new AbortController();
    const end = () => patience.abort();
    signal?.addEventListener("abort", end, { signal: patience.signal });
    let timer = setTimeout(end, PATIENCE);
    let n = 0;
    try {
      const how = isForeign ? /** @type {const} */ ({ mode: "cors", credentials: "omit" }) : {};
      const response = await fetch(url, { ...how, cache, signal: patience.signal, headers: range ? { Range: `bytes=${range}` } : {} });
      if (!response.ok) throw failure(response.status === 404 || response.status === 410 ? "gone" : "network", `${url}: answered ${response.status}`);
      if (isForeign && !response.headers.get("content-type")?.startsWith("image/")) throw failure("changed", `${url}: is no picture`);
      /** @type {Uint8Array<ArrayBuffer>[]} */
      const parts = [];
      const reader = response.body?.getReader();
      for (let part; reader && !(part = await reader.read()).done; ) {
        clearTimeout(timer);
        timer = setTimeout(end, PATIENCE);
        parts.push(part.value);
        n += part.value.length;
        came?.(part.value.length);
        // A server that does not know ranges gives all of it; any other file that is too long is another one.
        if (length !== null && n > length && !range) break;
      }
      let bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      if (range && response.status !== 206) bytes = bytes.slice(Number(range.split("-")[0])).subarray(0, length ?? undefined);
      const name = await nameOf(bytes);
      if (hash !== null && name !== hash) throw failure("changed", `${url}: is another file`);
      const headers = new Headers([...response.headers].filter(([header]) => HEADERS.test(header)));
      const type = TYPES[/\.(\w+)$/.exec(url.pathname)?.[1] ?? "html"];
      if (type && !isForeign) headers.set("content-type", type);
      return { bytes, name, headers };
    } catch (/** @type {any} */ error) {
      came?.(-n);
      last = typeof error.code === "string" ? error : failure("network", `${url}: ${error}`);
      // What is not that file may be in the browser's cache: the second time that is passed by.
      if (last.code !== "changed" || isForeign) break;
    } finally {
      clearTimeout(timer);
      end();
    }
  }
  signal?.throwIfAborted();
  throw last;
}

/** Puts a file into the store, unless it is there; gives it with its hash. @param {File} file @param {AbortSignal} [signal] @param {(bytes: number, isHere?: boolean) => void} [came] @returns {Promise<File>} */
async function keep(file, signal, came) {
  fresh.add(file[1]);
  signal?.throwIfAborted();
  if (file[1] !== null && (await kept(file))) {
    came?.(file[2] ?? 0, true);
    return file;
  }
  const { bytes, name, headers } = await fetched(file, signal, came);
  fresh.add(name);
  await put(at(`file/${name}`), new Response(bytes, { headers }));
  return [file[0], name, bytes.length];
}

/** A file of the store, if it is there and as it was. @param {File | undefined} file */
async function kept(file) {
  const [cache, key] = [await store(), at(`file/${file?.[1]}`)];
  const found = await cache.match(key);
  const bytes = await found?.arrayBuffer().catch(() => new ArrayBuffer(0));
  if (!bytes) return;
  if ((await nameOf(bytes)) === file?.[1]) return { bytes, headers: found?.headers };
  await cache.delete(key);
}

/** What is known of versions and of what is saved, by the paths of files. @type {Map<string, Promise<Map<string, File>>>} */
const known = new Map();
/** @param {string} name @param {() => Promise<File[]>} files */
function byPath(name, files) {
  const map = known.get(name) ?? files().then((files) => new Map(files.map((file) => [file[0], file])));
  known.set(name, map);
  map.catch(() => known.delete(name));
  return map;
}
/** @param {{files: File[]}[]} articles */
const ofArticles = (articles) => articles.flatMap(({ files }) => files);

/** The files of a version, by their paths; or, as `saved`, what is saved, and the scripts and style sheets of the versions it is of: it opens with these. @param {string | undefined} version */
const filesOf = async (version) =>
  version &&
  byPath(version, async () => {
    if (version !== "saved") {
      const { app, more = [], search, articles = [] } = (await read(`version/${version}`)) ?? {};
      return [...app, ...more, ...(await smallSearch(search, false)), ...ofArticles(articles)];
    }
    const all = Object.values(await allSaved());
    const versions = await Promise.all([...new Set(all.map(({ version }) => version))].map((version) => filesOf(version).catch(() => {})));
    const looks = versions.flatMap((files) => [...(files?.values() ?? [])].filter(([path]) => path.startsWith("assets/")));
    const own = all.flatMap(({ path: of, files }) => files.map(([path, ...rest]) => /** @type {File} */ ([`${of} ${path}`, ...rest])));
    return [...looks, ...ofArticles(all), ...own];
  });

/** The version that is whole and the newest, and whether updates have failed so often, though there is a network, that this is asked for pages first. @type {Promise<{version?: string, before?: string, isStuck: boolean}> | undefined} */
let currently;
function current() {
  currently ??= Promise.all([read("current"), read("check")]).then(([current, check]) => ({ ...current, isStuck: check?.fails > 4 && check.code !== "network" }));
  currently.catch(() => (currently = undefined));
  return currently;
}

/** The versions of tabs and their workers, by their clients. @type {Map<string, string>} */
const pins = new Map();
/** Tabs whose edition the server has not any more: they go on with the newest. @type {Set<string>} */
const orphans = new Set();
/** @param {string} client @returns {Promise<string | undefined>} */
async function pinOf(client) {
  const found = (!pins.has(client) && client && (await read(`pin/${client}`))) || "";
  if (!pins.has(client)) pins.set(client, found);
  return pins.get(client) || undefined;
}
/** @param {any} event @param {string | undefined} version */
function pin(event, version) {
  const client = event.resultingClientId;
  if (!client || !version) return;
  pins.set(client, version);
  // Where there is no room for it, it lasts as long as this worker.
  event.waitUntil(write(`pin/${client}`, version).catch(() => {}));
}

addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, url, destination } = event.request;
  if (method === "GET" && /^https?:/.test(url) && (url.startsWith(SCOPE) || destination === "image")) event.respondWith(answer(event));
});

/** @param {any} event */
async function answer(event) {
  const { request, clientId } = event;
  const isPage = request.mode === "navigate";
  const range = request.headers.get("range")?.slice(6);
  const path = pathOf(request.url) + (range ? `#${range}` : "");
  if (isPage) event.waitUntil(new Promise((done) => setTimeout(done, PAUSE)).then(check).catch(() => {}));
  /** @type {string | undefined} */
  let version;
  /** Where a file may be: the first list that has it is right, as it is held against its hash. @type {(string | undefined)[]} */
  let lists = [];
  try {
    const now = await current();
    version = isPage ? now.version : await pinOf(clientId);
    // The worker of a page is of its version.
    if (!isPage) pin(event, version);
    if (path !== POINTER || !orphans.has(clientId)) lists = [version, "saved", ...(isFixed(path) ? [now.version, now.before] : [])];
    // Of saved articles with pictures of one name each has its own, unless the version has the article.
    const from = pathOf(request.referrer || SCOPE);
    const own = (await filesOf(version))?.has(from) ? [] : ["saved"];
    const here = (await first(own, `${from} ${path}`)) || (!(isPage && now.isStuck) && (await first(lists, path)));
    if (here) {
      if (isPage) pin(event, version);
      return responseOf(here, range);
    }
    // What has gone, or is not as it was, comes again for the next time.
    for (const list of lists) {
      const file = (await filesOf(list))?.get(path);
      if (file) event.waitUntil(keep(file).catch(() => {}));
    }
  } catch {
    // Nothing can be read: it is as if there were no worker.
  }
  const instead = async () => {
    const { version } = await current();
    const here = await first([...lists, version], path);
    if (!here) return isPage ? offlinePage() : undefined;
    if (isPage) pin(event, version);
    return responseOf(here, range);
  };
  try {
    const response = await fetch(request);
    if (response.status === 404 && path.startsWith("data/")) orphans.add(clientId);
    return (response.status >= 500 && (await instead().catch(() => {}))) || response;
  } catch {
    return (await instead().catch(() => {})) || Response.error();
  }
}

/** The first file of lists that is here. @param {(string | undefined)[]} lists @param {string} path */
async function first(lists, path) {
  for (const list of lists) {
    const here = await kept((await filesOf(list).catch(() => {}))?.get(path));
    if (here) return here;
  }
}

/** @param {{bytes: BodyInit, headers: Headers}} file @param {string} [range] */
function responseOf({ bytes, headers }, range) {
  const response = new Response(bytes, { status: range ? 206 : 200, headers });
  if (range) response.headers.set("content-range", `bytes ${range}/*`);
  return response;
}

/** What is shown in the place of a page that is nowhere to be had. It stands at any address: what is relative in it is not any more. */
async function offlinePage() {
  const { version } = await current();
  const here = await first([version], "offline.html");
  if (!here) return;
  const html = textOf(here.bytes).replace(/\b(href|src)="(?![a-z]+:|[/#])/g, `$1="${SCOPE}`);
  return new Response(html, { status: 503, headers: here.headers });
}

// A site that is here already does not depend on a newer one's coming. What another worker has kept is this one's too, and tabs keep their
// versions: there is nothing to wait for.
const install = async () => (await current()).version || (await update().catch(notAtAll));
/** WebKit loses what a worker has put that was never installed, and tells nobody. @param {unknown} error */
async function notAtAll(error) {
  await caches.delete(STORE);
  throw error;
}
addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install().then(() => worker.skipWaiting())));
addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));

/** Whether all has been forgotten: then nothing is asked for any more. */
let isOver = false;
/** Looks for a newer version when it is time. */
async function check() {
  const [now, { time = 0, next = 0, fails = 0 }] = [Date.now(), (await read("check")) ?? {}];
  // A clock that was set back says nothing.
  if (isOver || (time <= now && now < next)) return;
  const later = (/** @type {number} */ fails, /** @type {string} */ code, wait = SOON * 2 ** fails) => write("check", { time: now, next: now + Math.min(Math.max(wait, SOON), LATE), fails, code });
  // If the worker is ended meanwhile, it is tried again, and not at once; what is here is as good as before.
  await later(fails + 1, "network");
  await update().then(({ age }) => later(0, "", age * 1000), ({ code }) => later(fails + 1, code));
  currently = undefined;
}

/** Fetches what a newer version has that is not here. Nothing of it is used before all is; what has come stays for the next time. */
const update = () => alone(updated);
async function updated() {
  const { bytes, name, headers } = await fetched([POINTER, null, null]);
  // A page of somebody else's may come in its place.
  const [, version] = /^\{.*"offline":"([a-z2-7]{16})"/s.exec(textOf(bytes)) ?? [];
  if (!version) throw failure("changed", `${POINTER} names no version`);
  const { version: before } = (await read("current")) ?? {};
  const isNew = version !== before;
  let manifest = isNew ? undefined : await read(`version/${version}`);
  if (!manifest) {
    manifest = jsonOf((await fetched([`data/${version}.json`, version, null])).bytes);
    if (manifest.format !== FORMAT) throw failure("changed", `format ${manifest.format}`);
    manifest.app.push([POINTER, name, bytes.length]);
  }
  // What has been lost since comes again, too.
  await put(at(`file/${name}`), new Response(bytes, { headers }));
  await each(manifest.app, (file) => keep(file));
  await write(`version/${version}`, manifest);
  if (isNew) {
    await write("current", { version, before });
    known.clear();
    currently = undefined;
  }
  // What is saved comes along, as far as the new version has it; what it has not stays as it is.
  const old = Object.values(await allSaved()).filter((saved) => saved.version !== version);
  for (const saved of old) {
    const { id, title, files } = await contents(saved.name, manifest).catch(() => ({ ...saved, files: undefined }));
    const here = files && (await taken(files, saved.files).catch(() => undefined));
    if (here) await remember({ [saved.name]: { ...saved, id, title, version, files: here, bytes: sum(here) } });
  }
  await fill(version).catch(() => {});
  if (isNew) {
    await collect();
    if (before) await tell({ kind: "edition", version });
  }
  return { isNew, version, age: Number(/max-age=(\d+)/.exec(headers.get("cache-control") ?? "")?.[1] ?? 0) };
}
/** @param {string} type @returns {Promise<any[]>} */
const clientsOf = async (type) => (await worker.clients.matchAll({ includeUncontrolled: true, type })).filter((/** @type {any} */ { url }) => url.startsWith(SCOPE));
/** Tells all tabs. @param {object} message */
const tell = async (message) => (await clientsOf("window")).forEach((client) => client.postMessage({ scope: SCOPE, ...message }));

/** The rest of a version, without which it works: as much as comes. @param {string} version */
async function fill(version) {
  const { more = [], search, articles = [] } = (await read(`version/${version}`)) ?? {};
  const isSaved = Object.keys(await allSaved()).length > 0;
  const files = [...(isSaved ? more : []), ...(await smallSearch(search).catch(() => [])), ...ofArticles(articles)];
  await each(files, (file) =>
    keep(file).catch((error) => {
      // Where there is no room, the others have none either.
      if (error.name === FULL) throw error;
    }),
  ).finally(() => known.delete(version));
}

/** The files of a version's search, by their list, which is kept as they are. @param {{list: string}} search @param {boolean} [fetches] @returns {Promise<File[]>} */
async function searchFiles({ list }, fetches = true) {
  const file = /** @type {File} */ ([`data/${list}.json`, list, null]);
  if (fetches) await keep(file);
  const here = await kept(file);
  return here ? [file, ...jsonOf(here.bytes)] : [];
}
/** The same where it is small enough to be kept without being asked. @param {{list: string, bytes: number} | null} search @param {boolean} [fetches] */
const smallSearch = async (search, fetches) => (search && search.bytes <= SMALL_SEARCH ? searchFiles(search, fetches) : []);

/** What belongs to a name that is saved, or is to be, in a version. @param {string} name @param {any} manifest @returns {Promise<{id: string, title: string, files: File[]}>} */
async function contents(name, manifest) {
  if (name === "search" && manifest?.search) return { id: "", title: "", files: await searchFiles(manifest.search) };
  // A name of another kind is no path of the site.
  if (!/^article\/[^/?#\\]+$/.test(name) || new URL(`${name}/`, SCOPE).href !== `${SCOPE}${name}/`) throw failure("gone", name);
  const of = manifest?.articles?.find((/** @type {{files: File[]}} */ { files }) => files.some(([path]) => path === `${name}/`));
  // What is here needs no network to be saved.
  const here = await kept(of?.files.find((/** @type {File} */ [path]) => path === `${name}/article.json`));
  if (here) return { ...of, title: jsonOf(here.bytes).articles?.[0]?.title ?? "" };
  const { bytes } = await fetched([`${name}/files.json`, null, null]);
  try {
    const { id, title, files } = jsonOf(bytes);
    return { id, title, files: files.filter((/** @type {File} */ [path]) => typeof path === "string") };
  } catch {
    throw failure("changed", `${name}/files.json`);
  }
}

/** Without these an article does not open; a picture may be missing. @param {File} file */
const isNeeded = ([path]) => /^(article|data|assets)\//.test(path);
/** The files of what is saved, as they are here; of a picture that does not come the one that was there before. @param {File[]} files @param {File[]} before @param {AbortSignal} [signal] @param {(bytes: number, isHere?: boolean) => void} [came] @param {() => void} [done] */
async function taken(files, before, signal, came, done) {
  const here = [...files];
  await each([...files.keys()], async (ix) => {
    here[ix] = await keep(files[ix], signal, came).catch((error) => {
      if (isNeeded(files[ix]) || !["network", "gone", "changed"].includes(error.code)) throw error;
      const old = before.find(([path, hash]) => path === files[ix][0] && hash);
      fresh.add(old?.[1] ?? null);
      return old ?? files[ix];
    });
    done?.();
  });
  return here;
}
const sum = (/** @type {File[]} */ files) => files.reduce((bytes, [, , length]) => bytes + (length ?? 0), 0);

/**
 * Deletes what nothing leads to any more, or nothing where that cannot be told; gives the hashes of files that went.
 * @param {boolean} [isAll] whether what nobody has asked for stays
 */
async function collect(isAll = true) {
  const cache = await store();
  const parts = await contentsOfStore();
  const { version, before } = (await read("current")) ?? {};
  const saved = Object.values(await allSaved());
  const open = (await clientsOf("all")).map(({ id }) => id);
  const used = new Set([version, before, ...pins.values()]);
  for (const client of parts.pin) if (open.includes(client)) used.add(await pinOf(client));
  const hashes = new Set([...fresh, ...ofArticles(saved).map(([, hash]) => hash)]);
  const versions = new Set([...used, ...saved.map(({ version }) => version)]);
  for (const name of parts.version) {
    if (!versions.has(name)) continue;
    const { app, more = [], search, articles = [] } = (await read(`version/${name}`)) ?? {};
    if (!app) throw new Error("the store cannot be read");
    const isUsed = used.has(name);
    const own = [...app, ...more].filter(([path]) => isUsed || path.startsWith("assets/"));
    if (isAll && isUsed) own.push(...ofArticles(articles), ...(await smallSearch(search, false)));
    for (const [, hash] of own) hashes.add(hash);
  }
  const gone = parts.file.filter((hash) => !hashes.has(hash));
  const old = parts.version.filter((name) => !versions.has(name)).map((name) => `version/${name}`);
  const closed = parts.pin.filter((client) => !open.includes(client) && !pins.has(client)).map((client) => `pin/${client}`);
  for (const name of [...gone.map((hash) => `file/${hash}`), ...old, ...closed]) await cache.delete(at(name));
  return new Set(gone);
}
/** Makes room: what was saved stays. */
const evict = async () => (await collect(false)).size && tell({ kind: "full" });

/** What is here of what was saved: each file is read, and held against its hash. @param {string[]} names */
async function statesOf(names) {
  const all = await allSaved();
  /** @type {Record<string, unknown>} */
  const states = {};
  for (const name of names.filter((name) => Object.hasOwn(all, name))) {
    const { files, title, bytes } = all[name];
    const missing = [];
    for (const file of files) if (!(await kept(file))) missing.push(file[0]);
    states[name] = { files: files.length, here: files.length - missing.length, bytes, missing, title };
  }
  return states;
}

async function manifestNow() {
  const { version = "" } = (await read("current")) ?? {};
  return { version, manifest: await read(`version/${version}`) };
}

/** What belongs to names, of those that the site has: an older article may have left it, or have no page. @param {string[]} names */
async function theirs(names) {
  const now = await manifestNow();
  /** @type {Record<string, {id: string, title: string, files: File[]}>} */
  const all = {};
  await each(names, async (name) => {
    await contents(name, now.manifest).then((its) => (all[name] = its)).catch((error) => {
      if (error.code !== "gone") throw error;
    });
  });
  return { ...now, all };
}

/** What pages can ask for. @type {Record<string, (message: any, signal: AbortSignal, progress: (progress: object) => void) => Promise<object>>} */
const kinds = {
  async hello() {
    const { version, manifest } = await manifestNow();
    return { protocol: PROTOCOL, version, search: manifest?.search };
  },
  state: async ({ names }) => ({ states: await statesOf(names) }),
  async sizes({ names }) {
    const { all } = await theirs(names);
    const [files, here] = [[...new Map(ofArticles(Object.values(all)).map((file) => [file[1] ?? file[0], file])).values()], new Set((await contentsOfStore()).file)];
    return { bytes: sum(files), gone: names.length - Object.keys(all).length, have: sum(files.filter(([, hash]) => here.has(hash ?? ""))) };
  },
  save({ names }, signal, progress) {
    progress({ kind: "progress", done: 0, files: 0, bytes: 0, total: 0 });
    return alone(async () => {
      const here = await filesOf((await manifestNow()).version);
      // What is saved is of one version with what it is shown by.
      if (!names.every((/** @type {string} */ name) => name === "search" || (here && here.has(`${name}/`)))) await updated();
      const { version, manifest, all } = await theirs(names);
      const every = ofArticles(Object.values(all));
      let [done, bytes, saved] = [0, 0, 0];
      const told = (n = 0) => progress({ kind: "progress", done, files: every.length, bytes: (bytes += n), total: sum(every), saved });
      signal.throwIfAborted();
      for (const [name, { id, title, files }] of Object.entries(all)) {
        const here = await taken(files, (await allSaved())[name]?.files ?? [], signal, told, () => ((done += 1), told()));
        signal.throwIfAborted();
        await remember({ [name]: { name, id, title, path: `${name}/`, version, saved: Date.now(), bytes: sum(here), files: here } });
        saved += 1;
        told();
      }
      // With these it is shown among the others.
      if (manifest) await fill(version).catch(() => {});
      return { states: await statesOf(names) };
    });
  },
  remove: ({ names }) =>
    alone(async () => {
      const all = await allSaved();
      const files = names.flatMap((/** @type {string} */ name) => all[name]?.files ?? []);
      await remember(Object.fromEntries(names.map((/** @type {string} */ name) => [name, undefined])));
      const gone = await collect();
      return { bytes: sum(files.filter((/** @type {File} */ [, hash]) => gone.has(hash ?? ""))) };
    }),
  async list() {
    return { records: Object.values(await allSaved()).map(({ files, ...saved }) => saved) };
  },
  update,
  async forget() {
    isOver = true;
    await alone(() => caches.delete(STORE));
    for (const map of [known, pins]) map.clear();
    currently = undefined;
    return {};
  },
};

addEventListener("message", (/** @type {any} */ event) => {
  const { data, ports: [port] } = event;
  if (!port || !Object.hasOwn(kinds, data?.kind)) return;
  const end = new AbortController();
  port.onmessage = (/** @type {MessageEvent} */ { data }) => data.kind === "cancel" && end.abort(failure("cancelled", ""));
  const say = (/** @type {object} */ answer) => port.postMessage(answer);
  const codeOf = (/** @type {any} */ { code, name }) => (typeof code === "string" ? code : name === FULL ? "quota" : name === "SecurityError" ? "denied" : "unknown");
  const answered = kinds[data.kind](data, end.signal, say).then((answer) => say({ ...answer, kind: "done" }), (error) => say({ kind: "failed", code: codeOf(error), message: String(error.message) }));
  event.waitUntil(answered);
});
