/**
 * Pagefind's index: minimal pages, and its own program over them.
 */
import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const escaped = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * A page of nothing but what is searched, and the filter and the order that our index has, too.
 * @param {{ title: string, parts: string[], category?: string, published?: string }} doc @param {string} language
 */
function html({ title, parts, category, published }, language) {
  const filter = category ? `<p data-pagefind-filter="category" data-pagefind-ignore>${escaped(category)}</p>` : "";
  const sort = published ? `<p data-pagefind-sort="date" data-pagefind-ignore>${escaped(published)}</p>` : "";
  const body = parts.flatMap((part) => part.split(/\n{2,}/)).filter(Boolean).map((part) => `<p>${escaped(part)}</p>`);
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>\n<body data-pagefind-body><h1>${escaped(title)}</h1>${body.join("\n")}${filter}${sort}</body></html>\n`;
}

/**
 * Writes the pages and has them indexed; gives how long the indexing took, and the most memory, in kB.
 * @param {string} site @param {{ id: number, title: string, parts: string[], category?: string, published?: string }[]} docs @param {string} language
 */
export async function buildPagefind(site, docs, language) {
  await rm(site, { recursive: true, force: true });
  await mkdir(site, { recursive: true });
  for (const doc of docs) await writeFile(join(site, `${doc.id}.html`), html(doc, language));
  // Opened before anything is searched; not one of the pages.
  const indexed = await indexPagefind(site);
  await writeFile(join(site, "blank.html"), "<!doctype html><title>Search</title>");
  return indexed;
}

/** Indexes pages that are there. @param {string} site */
export async function indexPagefind(site) {
  const program = join(dirname(fileURLToPath(import.meta.resolve("pagefind"))), "runner/bin.cjs");
  await rm(join(site, "pagefind"), { recursive: true, force: true });
  const began = performance.now();
  await promisify(execFile)(process.execPath, [program, "--site", site, "--quiet"], { maxBuffer: 1 << 26 });
  return performance.now() - began;
}
