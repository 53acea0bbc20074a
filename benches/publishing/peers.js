/**
 * The pages that are measured: ours, ours without scripts, and the same article as Markdown in a page of docsify and in one
 * of React and react-markdown. Each peer is set up as its own introduction says, and all are served compressed.
 */
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

/** The folder of a package. @param {string} name @param {string} file one that it has */
const packaged = (name, file) => createRequire(import.meta.url).resolve(`${name}/${file}`);

/**
 * A page to measure.
 * @typedef {object} Subject
 * @property {string} name
 * @property {string} url
 * @property {string} text how the first section of the article begins
 * @property {boolean} hasReader whether our reader comes to it
 * @property {number} [weight] HTML and style sheet, compressed, in bytes
 */

/** @param {import("./run.js").Given} given @param {string} id the article @returns {Promise<Subject[]>} */
export async function peers({ origin, site, peers, peersOrigin }, id) {
  const [article] = JSON.parse(await readFile(join(site, "article", id, "article.json"), "utf8")).articles;
  const text = article.sections[0].body.split(/[*_`[\]()<>\n]/)[0].slice(0, 60).trim();
  const markdown = asMarkdown(article);
  const plain = await withoutScripts(site, id);
  for (const name of ["docsify", "react"]) await cp(join(site, "images"), join(peers, name, "images"), { recursive: true });
  await docsify(join(peers, "docsify"), article.title, markdown);
  await react(join(peers, "react"), article.title, markdown);
  await compress(peers);
  const subject = (/** @type {string} */ name, /** @type {string} */ url, hasReader = false) => ({ name, url, text, hasReader });
  return [
    { ...subject("Offprint", `${origin}article/${id}/`, true), weight: await weight(site, `article/${id}/index.html`) },
    subject("Offprint, all scripts removed", origin + plain),
    subject("docsify", `${peersOrigin}docsify/`),
    subject("React, react-markdown", `${peersOrigin}react/`),
  ];
}

/** The article as a writer would keep it for the peers. @param {any} article */
export function asMarkdown(article) {
  const { image } = article;
  const parts = [`# ${article.title}`, article.subtitle];
  if (image) parts.push(`![${image.alt}](${image.src})`, `*${image.credit}*`);
  parts.push(article.summary);
  parts.push((article.key_points ?? []).map((/** @type {string} */ point) => `- ${point}`).join("\n"));
  for (const { heading, body } of article.sections) parts.push(heading && `## ${heading}`, body);
  parts.push(article.disclosure);
  return parts.filter(Boolean).join("\n\n");
}

/** Our own page without any `<script>`; gives its address. @param {string} site @param {string} id */
async function withoutScripts(site, id) {
  // As deep in the site as the page itself: the addresses in it are relative.
  const address = `bench/${id}-plain/`;
  const html = await readFile(join(site, "article", id, "index.html"), "utf8");
  await mkdir(join(site, address), { recursive: true });
  await writeFile(join(site, address, "index.html"), html.replace(/<script\b[^>]*>.*?<\/script>\n?/gs, ""));
  await compress(join(site, address));
  return address;
}

/** A page of docsify as its quick start has it, but for the files' being here. @param {string} folder @param {string} title @param {string} markdown */
export async function docsify(folder, title, markdown) {
  await cp(packaged("docsify", "dist/docsify.min.js"), join(folder, "docsify.min.js"));
  await cp(packaged("docsify", "dist/themes/core.min.css"), join(folder, "core.min.css"));
  await writeFile(join(folder, "README.md"), markdown);
  await writeFile(
    join(folder, "index.html"),
    page(title, '<link rel="stylesheet" href="core.min.css">', '<div id="app"></div>\n<script>window.$docsify = {};</script>\n<script src="docsify.min.js"></script>'),
  );
}

/** The article within the bundle: a request less than if it was fetched. @param {string} folder @param {string} title @param {string} markdown */
async function react(folder, title, markdown) {
  await build({
    stdin: { contents: `import { show } from "./react-page.js"; show(${JSON.stringify(markdown)});`, resolveDir: dirname(fileURLToPath(import.meta.url)) },
    outfile: join(folder, "page.js"),
    bundle: true,
    minify: true,
    format: "esm",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  const style = "<style>body { max-width: 40rem; margin: auto; padding: 1rem; font: 1.125rem/1.6 Georgia, serif } img { max-width: 100% }</style>";
  await writeFile(join(folder, "index.html"), page(title, `${style}\n<script type="module" src="page.js"></script>`, '<div id="root"></div>'));
}

/** @param {string} title @param {string} head @param {string} body */
export const page = (title, head, body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;

/** Compressed copies, as `offprint build` writes them. @param {string} folder */
export async function compress(folder) {
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || !/\.(html|css|js|json|md|svg|wasm)$/.test(file.name)) continue;
    const path = join(file.parentPath, file.name);
    const bytes = await readFile(path);
    await writeFile(`${path}.br`, brotliCompressSync(bytes));
    await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** HTML and style sheets of a page, compressed. @param {string} site @param {string} file */
async function weight(site, file) {
  const html = await readFile(join(site, file), "utf8");
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => join(dirname(file), href));
  let total = 0;
  for (const name of [file, ...sheets]) total += (await readFile(join(site, `${name}.br`))).length;
  return total;
}
