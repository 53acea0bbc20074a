/**
 * The service worker of a site that no longer wants one: `offprint build` writes it as `sw.js` where `[offline] enabled = false` in
 * offprint.toml, or `--no-offline`, says so. Browsers ask for `sw.js` at the address they know for as long as they know it; so a
 * worker cannot be taken back by deleting its file, only by one that takes itself out.
 *
 * It takes over at once, throws away what the worker before it kept but for what a person has saved, unregisters itself, and answers
 * no request: every page comes from the network from then on. A publisher who switches reading offline on again finds what was saved
 * where it was, as the worker of that site finds its store by the same name.
 */

/** The store of this site: one for each scope, as there may be several sites on one host. */
const STORE = `offprint:${new URL(registration.scope).pathname}`;

/** Addresses in the store begin so. */
const PRIVATE = `${registration.scope}.offprint/`;

// Nobody has to close a tab first: the old worker may be what is broken.
addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  try {
    await empty();
  } finally {
    // Whatever the store says: this worker goes. Tabs that are open have no other until they are loaded anew, and this one answers nothing.
    await registration.unregister();
  }
}

/** Deletes everything but what is saved: the two lists of it, the files that they name, and what those are shown by (see sw.js for the parts of the store). */
async function empty() {
  if (!(await caches.has(STORE))) return;
  const store = await caches.open(STORE);
  const kept = new Set();
  for (const list of ["saved", "saved-before"]) {
    const saved = Object.values((await read(store, list)) ?? {});
    if (saved.length) kept.add(PRIVATE + list);
    for (const { version, files } of saved) {
      const { app = [], more = [] } = (await read(store, `version/${version}`)) ?? {};
      const looks = [...app, ...more].filter(([path]) => path.startsWith("assets/"));
      for (const [, hash] of [...looks, ...files]) kept.add(`${PRIVATE}file/${hash}`);
      kept.add(`${PRIVATE}version/${version}`);
    }
  }
  // Nothing saved: nothing is left behind at all.
  if (!kept.size) return caches.delete(STORE);
  const requests = await store.keys();
  await Promise.all(requests.filter(({ url }) => !kept.has(url)).map((request) => store.delete(request)));
}

/** @param {Cache} store @param {string} name @returns {Promise<any>} */
async function read(store, name) {
  return (await store.match(PRIVATE + name))?.json().catch(() => undefined);
}
