/**
 * What every project here does with the package: an article in a node, as HTML, and found by a search. `result` waits for all three, and
 * what comes of it stands in the page's `data-result` for run.js.
 */
export const articles = [
  { id: "tides", title: "The clockwork sea", published: "2026-02-02", summary: "How *tides* are foretold.", sections: [{ heading: "Harbours", body: "A gauge at every wall." }] },
  { id: "shade", title: "Shade is infrastructure", published: "2026-02-01", summary: "Trees beside tram stops." },
];

/** @param {any} offprint what the package exports @param {Element} node */
export async function start({ createSearch, init, mount, render }, node) {
  const result = {};
  try {
    await mount(node, { articles }).ready;
    result.isMounted = true;
    const search = await createSearch(articles);
    const { total, results } = await search.search("tide");
    result.found = [total, ...results.map(({ id, text }) => `${id}: ${text}`)];
    search.close();
    await init();
    result.html = render(articles[0]);
  } catch (error) {
    result.error = `${error?.name}: ${error?.message}\n${error?.stack}`;
  }
  document.body.dataset.result = JSON.stringify(result);
}
