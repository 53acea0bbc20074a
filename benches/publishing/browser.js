/**
 * The browser that measures.
 */
import puppeteer from "puppeteer-core";

/** Chromium without a window. @param {string} executablePath */
export function launch(executablePath) {
  // The sandbox does not work for root, whom containers often run as; only our own pages are opened.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return puppeteer.launch({ executablePath, args: [...args, "--disable-dev-shm-usage"], protocolTimeout: 300_000 });
}

/** Opens a page of its own, with empty caches, and closes it. @template T @param {import("puppeteer-core").Browser} browser @param {(page: import("puppeteer-core").Page) => Promise<T>} use */
export async function withPage(browser, use) {
  const context = await browser.createBrowserContext();
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}
