/**
 * The package for npm, packed and installed into one small project after the other, and used there: `node run.js FOLDER PACKAGE [NAME…]`.
 *
 * FOLDER is where the projects are copied to and built, PACKAGE the folder of the package. Of each project an article must be seen in
 * Chromium and a search must find it, with nothing said on the console; the one for Node prints what it found. `cargo xtask bundlers`
 * runs this.
 */
import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const [folder, source, ...wanted] = process.argv.slice(2);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };

/** What is done with each project: by the way it is called a command that builds it, and how it is served. */
const PROJECTS = {
  vite: {
    dev: { serve: (port) => ["npx", "vite", "--port", port, "--strictPort"] },
    build: { build: ["npx", "vite", "build"], files: "dist" },
  },
  webpack: {
    development: { build: ["npx", "webpack", "--mode", "development"], files: "." },
    production: { build: ["npx", "webpack", "--mode", "production"], files: "." },
  },
  parcel: {
    dev: { serve: (port) => ["npx", "parcel", "serve", "--port", port] },
    build: { build: ["npx", "parcel", "build", "--public-url", "./"], files: "dist" },
  },
  esbuild: {
    build: { build: ["sh", "-c", "npx esbuild main.js --bundle --minify --format=esm --splitting --outdir=dist && cp node_modules/offprint/*.wasm node_modules/offprint/offprint.css node_modules/offprint/worker.js dist/"], files: "." },
  },
  // One file, and nothing beside it.
  inline: {
    build: { build: ["npx", "esbuild", "main.js", "--bundle", "--minify", "--format=esm", "--outdir=dist"], files: ".", isWithoutWorker: true },
  },
  next: {
    dev: { serve: (port) => ["npx", "next", "dev", "--port", port], isMadeOnServer: true },
    build: { build: ["npx", "next", "build"], serve: (port) => ["npx", "next", "start", "--port", port], isMadeOnServer: true },
  },
  "import-map": { files: { files: "." } },
  node: { run: {} },
};

const run = async (/** @type {string[]} */ [program, ...rest], /** @type {string} */ cwd) => {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
  try {
    return (await promisify(execFile)(program, rest, { cwd, env, maxBuffer: 1 << 26 })).stdout;
  } catch (error) {
    const { stdout, stderr } = /** @type {any} */ (error);
    throw new Error(`${program} ${rest.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
};

/** Copies what a project is made of, and installs what it needs. @param {string} name @param {string} tarball */
async function prepare(name, tarball) {
  const project = path.join(folder, name);
  fs.mkdirSync(project, { recursive: true });
  fs.cpSync(path.join(here, name), project, { recursive: true });
  fs.copyFileSync(path.join(here, "app.js"), path.join(project, "app.js"));
  for (const made of ["dist", ".next", ".parcel-cache", "node_modules/.vite", "node_modules/offprint"]) fs.rmSync(path.join(project, made), { recursive: true, force: true });
  const lock = path.join(project, "package-lock.json");
  const installed = path.join(project, "node_modules", ".package-lock.json");
  if (fs.existsSync(lock) && !fs.existsSync(installed)) await run(["npm", "ci", "--no-audit", "--no-fund"], project);
  await run(["npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline", tarball], project);
  return project;
}

/** A port that nobody has. @returns {Promise<string>} */
const freePort = () =>
  new Promise((resolve) => {
    const probe = http.createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {any} */ (probe.address());
      probe.close(() => resolve(String(port)));
    });
  });

/** Serves a folder. @param {string} root @param {string} port */
function serveFiles(root, port) {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname).replace(/\/$/, "/index.html");
    const file = path.join(root, path.normalize(name));
    if (!fs.existsSync(file)) return response.writeHead(name.endsWith("favicon.ico") ? 204 : 404).end();
    response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(fs.readFileSync(file));
  });
  server.listen(Number(port), "127.0.0.1");
  return () => server.close();
}

/** Starts a bundler's own server. @param {string[]} command @param {string} cwd */
function serveBy([program, ...rest], cwd) {
  const child = spawn(program, rest, { cwd, env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (told += text));
  return { end: () => process.kill(-(/** @type {number} */ (child.pid))), told: () => told };
}

/** Waits until a server answers. @param {string} url @param {() => string} told */
async function answered(url, told) {
  for (const end = Date.now() + 120_000; Date.now() < end; ) {
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} does not answer:\n${told()}`);
}

/** What is wrong with a page; nothing where all is well. @param {any} browser @param {string} url @param {any} way */
async function wrong(browser, url, { isMadeOnServer, isWithoutWorker }) {
  const found = [];
  if (isMadeOnServer && !(await (await fetch(url)).text()).includes("<h1>The clockwork sea</h1>")) found.push("the article is not in the page that the server makes");
  const page = await browser.newPage();
  const said = [];
  let n_workers = 0;
  page.on("workercreated", () => (n_workers += 1));
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && said.push(`${message.text()} ${message.location()?.url ?? ""}`));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("response", (response) => response.status() >= 400 && said.push(`${response.status()} ${response.url()}`));
  try {
    await page.goto(url);
    await page.waitForFunction("document.body.dataset.result", { timeout: 90_000 });
    const { result, shown } = await page.evaluate(`(() => {
      const title = document.querySelector("offprint-reader")?.shadowRoot?.querySelector(".op-card-title");
      const { width, height } = title?.getBoundingClientRect() ?? {};
      return { result: JSON.parse(document.body.dataset.result), shown: width > 0 && height > 0 && title.textContent };
    })()`);
    if (result.error) found.push(result.error);
    if (shown !== "The clockwork sea") found.push(`no article is seen: ${shown}`);
    found.push(...missing(result));
    if (!n_workers && !isWithoutWorker) found.push("the search did not run in a worker");
  } catch (error) {
    found.push(String(error));
  }
  await page.close();
  return [...found, ...said];
}

/** What a search and the HTML should have. @param {any} result */
function missing({ found, html }) {
  const what = [];
  if (found?.[0] !== 1 || !found[1]?.startsWith("tides: How tides are foretold.")) what.push(`the search found ${JSON.stringify(found)}`);
  if (!html?.includes("<h1>The clockwork sea</h1>") || !html.includes("<em>tides</em>") || !html.includes(">February 2, 2026</time>")) what.push(`the HTML is ${html}`);
  return what;
}

/** The package itself: what it says of itself, and its types. @param {string} tools @param {string} tarball */
async function lint(tools, tarball) {
  await run(["npx", "publint", "run", tarball, "--strict"], tools);
  // Not for import: they are looked at as files.
  const files = ["./embed.html", "./frame.js", "./sw-page.js", "./wasm", "./wasm/articles", "./wasm/index", "./wasm/search", "./schema.json", "./custom-elements.json", "./integrity.json"];
  await run(["npx", "attw", tarball, "--profile", "esm-only", "--exclude-entrypoints", ...files], tools);
  await run(["npx", "tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--skipLibCheck", "false", "types.ts"], tools);
}

async function main() {
  const tools = path.join(folder, "tools");
  fs.mkdirSync(tools, { recursive: true });
  for (const name of ["package.json", "package-lock.json", "types.ts"]) fs.copyFileSync(path.join(here, name), path.join(tools, name));
  if (!fs.existsSync(path.join(tools, "node_modules", ".package-lock.json"))) await run(["npm", "ci", "--no-audit", "--no-fund"], tools);
  const packed = JSON.parse(await run(["npm", "pack", "--json", "--pack-destination", folder, path.resolve(source)], folder));
  const tarball = path.join(path.resolve(folder), packed[0].filename);
  console.log(`${packed[0].filename}: ${packed[0].entryCount} files, ${Math.ceil(packed[0].size / 1000)} kB packed, ${Math.ceil(packed[0].unpackedSize / 1000)} kB`);

  const all = Object.keys(PROJECTS);
  for (const name of wanted) if (name !== "lint" && !all.includes(name)) throw new Error(`no project is called ${name}: there are lint, ${all.join(", ")}`);
  const names = wanted.length ? wanted : ["lint", ...all];
  const { default: puppeteer } = await import(path.join(path.resolve(tools), "node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js"));
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
  let n_passed = 0;
  let n_failed = 0;
  const tell = (/** @type {string} */ name, /** @type {string[]} */ problems) => {
    if (problems.length) n_failed += 1;
    else n_passed += 1;
    console.log(`${problems.length ? "FAILED" : "ok    "}  ${name}${problems.map((problem) => `\n        ${problem}`).join("")}`);
  };
  const attempt = (/** @type {string} */ name, /** @type {() => Promise<string[]>} */ work) => work().catch((error) => [String(error.message ?? error)]).then((problems) => tell(name, problems));
  for (const name of names) {
    if (name === "lint") {
      await attempt("publint, are the types wrong, tsc", async () => {
        fs.rmSync(path.join(tools, "node_modules/offprint"), { recursive: true, force: true });
        await run(["npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline", tarball], tools);
        await lint(tools, tarball);
        return [];
      });
      continue;
    }
    let project = "";
    await prepare(name, tarball).then((prepared) => (project = prepared), (error) => tell(name, [error.message]));
    if (!project) continue;
    for (const [way, { build, files, serve, ...rest }] of Object.entries(/** @type {Record<string, any>} */ (PROJECTS)[name])) {
      await attempt(`${name} ${way}`, async () => {
        if (name === "node") {
          const result = JSON.parse(await run(["node", "main.js"], project));
          return [...missing(result), ...(result.isSame ? [] : ["inline.js renders something else"]), ...(result.related?.join() === '<li><a href="read.html#shade">Shade is infrastructure</a></li>' ? [] : [`related articles are ${result.related}`]), ...(result.refused?.length === 2 ? [] : ["what is called too early is not refused"])];
        }
        if (build) await run(build, project);
        const port = await freePort();
        const url = `http://127.0.0.1:${port}/`;
        if (files) {
          const end = serveFiles(path.join(project, files), port);
          return wrong(browser, url, rest).finally(end);
        }
        const { end, told } = serveBy(serve(port), project);
        try {
          await answered(url.replace("127.0.0.1", "localhost"), told);
          return await wrong(browser, url.replace("127.0.0.1", "localhost"), rest);
        } finally {
          end();
        }
      });
    }
  }
  await browser.close();
  console.log(`\n${n_passed} passed, ${n_failed} failed`);
  process.exitCode = n_failed ? 1 : 0;
}

await main();
