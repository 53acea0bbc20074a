/**
 * What is watched on every page that is measured: tasks that keep it from answering a person, its memory.
 */

/** Begins to watch; before the page's own scripts. @param {import("puppeteer-core").Page} page */
export const watch = (page) =>
  page.evaluateOnNewDocument(() => {
    const watched = { /** @type {number[]} */ tasks: [], /** @type {any[]} */ answers: [], /** @type {any} */ state: undefined };
    globalThis.watched = watched;
    new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });
    const channel = new BroadcastChannel("offprint-bench");
    channel.onmessage = ({ data }) => {
      if (data.kind === "state") watched.state = data;
      else watched.answers.push(data);
    };
    globalThis.askWorker = () => channel.postMessage("state");
  });

/** The longest task since the last time, in ms; 0 where none reached the 50 ms from which on the browser tells. @param {import("puppeteer-core").Page} page */
export const longestTask = (page) =>
  page.evaluate(async () => {
    // The observer is told after the task.
    await new Promise((resolve) => setTimeout(resolve, 60));
    return Math.max(0, ...globalThis.watched.tasks.splice(0));
  });

/** Bytes of the page and its workers, after a collection of what is garbage. @param {import("puppeteer-core").Page} page */
export async function memory(page) {
  const client = await page.createCDPSession();
  await client.send("HeapProfiler.collectGarbage");
  await client.detach();
  return page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes);
}
