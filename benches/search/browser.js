/**
 * The browser that measures.
 */
import puppeteer from "puppeteer-core";

/** Chromium without a window. @param {string} executablePath */
export function launch(executablePath) {
  // The sandbox does not work for root, whom containers often run as; only our own pages are opened.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  // Memory is measured when it is asked for, and not when the browser finds the time.
  const args = [...sandbox, "--disable-dev-shm-usage", "--enable-blink-features=ForceEagerMeasureMemory"];
  return puppeteer.launch({ executablePath, args, protocolTimeout: 900_000 });
}

/** Opens a page of its own, with empty caches, and closes it. @template T @param {import("puppeteer-core").Browser} browser @param {(page: import("puppeteer-core").Page) => Promise<T>} use */
export async function withPage(browser, use) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(600_000);
    return await use(page);
  } finally {
    await context.close();
  }
}
