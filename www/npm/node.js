/**
 * The package in Node (and Deno and Bun): api.js, with the files read from the package's folder.
 */
import { readFile } from "node:fs/promises";

import { FILES } from "./element.js";

for (const [name, url] of Object.entries(FILES)) {
  const type = name.endsWith(".css") ? "text/css" : "application/wasm";
  FILES[name] = async () => new Response(await readFile(/** @type {URL} */ (url)), { headers: { "content-type": type } });
}

export * from "./api.js";
