/**
 * The server that everything is measured from: static files, compressed as a host with prepared copies serves them, a fixed
 * time to the answer, and a log of what went over the wire and when.
 */
import { createHash } from "node:crypto";
import { readFile, readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** What a browser has open to one host at a time over HTTP/1.1. */
const AT_ONCE = 6;

/** Files of the same content are compressed once for all servers. @type {Map<string, Promise<Buffer>>} */
const compressed = new Map();

/** @param {Buffer} plain */
function compress(plain) {
  const key = createHash("sha256").update(plain).digest("hex");
  let made = compressed.get(key);
  if (!made) {
    // The best there is, but for files that would take minutes.
    const quality = plain.length > 4e6 ? 6 : 11;
    made = promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
    compressed.set(key, made);
  }
  return made;
}

/** @typedef {{ url: string, start: number, end: number, bytes: number, status: number }} Entry one answered request, times in ms */

export class Server {
  /** @type {Entry[]} What was answered, in the order of the answers. */
  log = [];
  /** Requests that have no answer yet. */
  n_open = 0;

  /** @param {string} root @param {{ latency: number, prepare?: boolean }} options whether files are compressed before the first is asked for */
  static async start(root, options) {
    const server = new Server();
    server.root = root;
    server.options = options;
    const files = options.prepare ? await readdir(root, { recursive: true, withFileTypes: true }) : [];
    for (const file of files) if (file.isFile() && TYPES[extname(file.name)]) await compress(await readFile(join(file.parentPath, file.name)));
    server.http = createServer((request, response) => void server.#answer(request, response));
    await new Promise((resolve) => server.http.listen(0, "127.0.0.1", () => resolve(undefined)));
    server.origin = `http://127.0.0.1:${server.http.address().port}/`;
    return server;
  }

  stop() {
    this.http.closeAllConnections();
    this.http.close();
  }

  /** Waits until nothing was asked for during a while. */
  async quiet() {
    for (let calm = performance.now(), seen = this.log.length; performance.now() - calm < 250; ) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      if (this.n_open > 0 || this.log.length !== seen) [calm, seen] = [performance.now(), this.log.length];
    }
  }

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  async #answer(request, response) {
    const start = performance.now();
    const url = new URL(request.url ?? "/", "http://host");
    this.n_open++;
    const found = await this.#file(url).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, this.options.latency));
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.setHeader("Cache-Control", found ? "max-age=3600" : "no-store");
    response.setHeader("Content-Type", TYPES[extname(found?.path ?? "")] ?? "application/octet-stream");
    if (found?.encoding) response.setHeader("Content-Encoding", found.encoding);
    response.writeHead(found ? 200 : 404);
    response.end(found?.bytes, () => {
      this.n_open--;
      // What the measurement itself brings is not counted.
      if (found?.isOurs) return;
      this.log.push({ url: url.pathname, start, end: performance.now(), bytes: found?.bytes.length ?? 0, status: response.statusCode });
    });
  }

  /** @param {URL} url */
  async #file(url) {
    const name = decodeURIComponent(url.pathname);
    if (name.endsWith("/search-worker.js") && url.search !== "?real") {
      // The real one follows the hook that tells its times.
      const bytes = Buffer.from('import "/bench/hook.js";\nexport * from "./search-worker.js?real";\n');
      return { path: name, bytes, encoding: "", isOurs: true };
    }
    if (name === "/bench/hook.js") {
      return { path: name, bytes: await readFile(join(import.meta.dirname, "hook.js")), encoding: "", isOurs: true };
    }
    let path = join(this.root, normalize(name));
    if ((await stat(path)).isDirectory()) path = join(path, "index.html");
    const prepared = await readFile(`${path}.br`).catch(() => undefined);
    if (prepared) return { path, bytes: prepared, encoding: "br", isOurs: false };
    if (!TYPES[extname(path)]) return { path, bytes: await readFile(path), encoding: "", isOurs: false };
    return { path, bytes: await compress(await readFile(path)), encoding: "br", isOurs: false };
  }
}

/** All bytes of some requests. @param {Entry[]} entries */
export const bytes = (entries) => entries.reduce((sum, entry) => sum + entry.bytes, 0);

/**
 * How many requests had to wait for one another: the longest row in which each began after the one before had ended. A
 * request that may only have waited for one of the browser's connections is no such wait.
 * @param {Entry[]} entries
 */
export function depth(entries) {
  const isOpenAt = (/** @type {Entry} */ entry, /** @type {number} */ time) => entry.start < time && entry.end >= time;
  const sorted = [...entries].sort((one, other) => one.start - other.start);
  /** @type {Map<Entry, number>} */
  const depths = new Map();
  for (const entry of sorted) {
    const before = sorted.filter((other) => other.end <= entry.start && sorted.filter((one) => isOpenAt(one, other.end)).length < AT_ONCE);
    depths.set(entry, 1 + Math.max(0, ...before.map((other) => depths.get(other) ?? 0)));
  }
  return Math.max(0, ...depths.values());
}
