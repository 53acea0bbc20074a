/**
 * The service worker of a page that was put together by hand, for `<offprint-reader src="articles.json" offline>`: it stands beside the page. A
 * built site has another (sw.js). docs/offline.md says what can be relied on.
 *
 * Nobody has made a list of what such a page is made of, so the page tells it itself once it is drawn (`keep` in keep.js):
 * {kind: "keep", files, pictures}, addresses, with a port, which gets {kind: "done"} or {kind: "failed", code, message}. All files, and as many pictures as come, are
 * fetched into a cache of their own, `offprint-page:SCOPE:TIME PAGE`; once they are there, the ones before it are deleted. PAGE is without its query: whatever a link has behind
 * it, the page is kept once.
 *
 * The network comes first. What is kept is given where it does not answer, and a tab that began with what is kept goes on with it.
 */
"use strict";

const worker = /** @type {any} */ (self);
const SCOPE = worker.registration.scope;
const START = `offprint-page:${SCOPE}:`;
/** Files that are fetched at once. */
const AT_ONCE = 6;
/** Milliseconds after which a page that is kept is not waited for any longer. */
const PATIENCE = 4_000;

const plain = (/** @type {string} */ url) => url.split("#")[0];
/** The caches of all pages, the newest last. */
const kept = async () => (await caches.keys()).filter((name) => name.startsWith(START)).sort();

/** What is kept of an address; a page's query is nothing to it. @param {Request} request */
async function found(request) {
  const how = { ignoreVary: true, ignoreSearch: request.mode === "navigate" };
  for (const name of (await kept()).reverse()) {
    const cache = await caches.open(name);
    const response = await cache.match(request, how);
    // Half of it may be there of one that was not finished.
    if (response && (await cache.match(`${SCOPE}.offprint/whole`))) return response;
  }
}

/** Tabs that began with what is kept. @type {Set<string>} */
const offline = new Set();

addEventListener("install", () => worker.skipWaiting());
addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(worker.clients.claim()));
addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, url, headers } = event.request;
  if (method === "GET" && /^https?:/.test(url) && !headers.has("range")) event.respondWith(answer(event));
});

/** @param {any} event */
async function answer({ request, clientId, resultingClientId }) {
  const isPage = request.mode === "navigate";
  const here = await found(request).catch(() => undefined);
  if (!here) return fetch(request);
  if (!isPage && offline.has(clientId)) return here;
  const late = new Promise((resolve) => setTimeout(resolve, isPage ? PATIENCE : 2 * PATIENCE));
  const response = await Promise.race([fetch(request).catch(() => undefined), late]);
  if (response && response.status < 500) return response;
  if (isPage) offline.add(resultingClientId);
  return here;
}

addEventListener("message", (/** @type {any} */ event) => {
  const { data, ports, source } = event;
  if (data?.kind !== "keep" || !ports[0]) return;
  // One after the other, as each deletes what was kept before it.
  const done = navigator.locks.request(START, () => keep(plain(source.url), data.files, data.pictures)).then(
    () => ports[0].postMessage({ kind: "done" }),
    (error) => ports[0].postMessage({ kind: "failed", code: error.name === "QuotaExceededError" ? "quota" : "network", message: String(error.message) }),
  );
  event.waitUntil(done);
});

/** @param {string} page @param {string[]} files @param {string[]} pictures */
async function keep(page, files, pictures) {
  const needed = new Set([page, ...files].map(plain));
  const left = [...new Set([...needed, ...pictures.map(plain)])].reverse();
  const name = `${START}${Date.now()} ${page.split("?")[0]}`;
  const cache = await caches.open(name);
  /** @type {unknown[]} */
  const failed = [];
  const fetchOne = async (/** @type {string} */ url) => {
    const isForeign = new URL(url).origin !== location.origin;
    const response = await fetch(url, { cache: "no-cache", ...(isForeign && { mode: "cors", credentials: "omit" }) });
    // A page for signing in to a network is not what was asked for.
    if (!response.ok || (response.redirected && new URL(response.url).origin !== new URL(url).origin)) throw new Error(`${url}: the server answered ${response.status}`);
    // One that was redirected cannot be given for a page.
    await cache.put(url, new Response(await response.blob(), { headers: response.headers }));
  };
  const work = async () => {
    for (let url; !failed.length && (url = left.pop()); ) await fetchOne(url).catch((error) => needed.has(url) && failed.push(error));
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (failed.length) throw failed[0];
    await cache.put(`${SCOPE}.offprint/whole`, new Response(""));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  // Of other pages in the folder what they have kept stays.
  for (const old of await kept()) if (old !== name && old.split("?")[0].endsWith(name.slice(START.length + 13))) await caches.delete(old);
}
