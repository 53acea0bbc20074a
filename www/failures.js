/**
 * What can keep Offprint from its work: found out, and said. It is loaded only then. Each has a code, a sentence for the reader, and what whoever
 * runs the page can do; docs/errors.md says more of each.
 */
import { OffprintError, breath, build, refused } from "./element.js";

const DOCS = "https://github.com/offprint/offprint/blob/main/docs/errors.md";

/** For the reader, and for whoever runs the page. @type {Record<string, [reader: string, fix: string]>} */
const CODES = {
  "OP-E01": ["This page was opened from a file, where browsers do not load the reader.", "Serve the page over http, for instance by `offprint serve`"],
  "OP-E02": ["A part of the reader could not be loaded.", "Put all files of one release beside element.js, and let the server answer 404 for what it has not got"],
  "OP-E03": ["A part of the reader took longer to load than it should.", "Let the server send .wasm as application/wasm"],
  "OP-E04": ["The articles could not be fetched.", "If they are on another site, that has to send Access-Control-Allow-Origin"],
  "OP-E05": ["This page does not allow the reader to run.", "Add 'wasm-unsafe-eval' to script-src of the page's content security policy"],
  "OP-E06": ["This page does not allow the reader all that it needs.", "Add the origin to the named part of the page's content security policy"],
  "OP-E07": ["This page does not allow the search to run in the background.", "Add `trusted-types offprint` to the page's content security policy; until then the search runs on the page"],
  "OP-E08": ["A part of the reader has been changed on its way.", "Serve the files as they were released: a minifier or an optimiser between the server and the page changes them, or they are of two releases"],
  "OP-E09": ["This browser does not run WebAssembly, or has it switched off.", "Nothing is wrong with the page; a site made by `offprint build` can be read there too"],
  "OP-E10": ["This browser is too old for the reader.", "Nothing is wrong with the page; a site made by `offprint build` can be read there too"],
  "OP-E11": ["Two versions of the reader are on this page.", "Load one version of element.js; the one that came first is used"],
  "OP-E12": ["The articles are not where they should be.", "Check the address in src; it is relative to the page"],
  "OP-E13": ["The articles could not be read.", "Run `offprint check` on the file: it names the line and the cure"],
  "OP-E14": ["These articles are of a newer format than this page can show.", "Update the reader's files; until then titles and links are shown"],
  "OP-E15": ["There is not enough memory to show the articles.", "Divide the collection, or publish it by `offprint build`"],
  "OP-E16": ["The reader has stopped unexpectedly.", "Please report this, with the page and what was done"],
  "OP-E17": ["Nothing can be remembered in this browser.", "Nothing is wrong with the page; choices last as long as it is open"],
  "OP-E18": ["This page is not kept for when there is no network.", "Put sw-page.js of the release into the folder of the page"],
  "OP-E19": ["This article is not here.", "Check article-id, or the id that goTo() was given: it is an `id` of the collection"],
  "OP-E20": ["What this page's script has given cannot be shown.", "Give what docs/javascript.md and docs/embedding.md describe; articles are an array or an object as JSON can hold it"],
  "OP-E21": ["Two parts of this page want its address.", "Give routing to one element of a page"],
};

/** A file of a built edition, at the beginning of what is said of it. */
const DATA = /^\S+\.(bin|pack): /;

/** Where more is known than the code says: the code, what stands in the particulars, the fix that belongs to it, and what the reader is told. @type {[string, RegExp, string, string?][]} */
const PARTICULARS = [
  ["OP-E02", /answered 5\d\d$/, "The server has failed: its log says at what"],
  ["OP-E02", /the edition is of another version/, "All files of a site are of one build"],
  ["OP-E04", /answered 5\d\d$/, "The server has failed, and not the page: its log says at what", "The articles could not be fetched: their server has failed."],
  ["OP-E04", /answered 429$/, "The server had too many requests: it may allow more, or the articles may stand elsewhere", "The articles could not be fetched: their server has too much to do."],
  ["OP-E04", /answered \d+$/, "The server refuses the articles: see that it gives them to everybody, without a login", "The articles could not be fetched: their server refuses them."],
  ["OP-E04", /broke off$/, "Try again; if it stays so, the server or something before it sends less than it promises"],
  ["OP-E04", /no network$/, "Nothing is wrong with the page: it needs a network to fetch the articles"],
  ["OP-E04", /does not answer$/, "Check that the page's own server runs and has this address"],
  ["OP-E12", /is no address$/, "Write an address in src, absolute or relative to the page"],
  ["OP-E12", DATA, "Upload all that `offprint build` has written; the files of the build before are wanted by pages that are still open"],
  ["OP-E13", DATA, "See that nothing between the server and the page changes files, and upload all that `offprint build` has written"],
  ["OP-E13", /^the edition was read/, "Run `offprint check` on the file: it names each mistake, with the cure", "Some of the articles are not shown as they were meant."],
  ["OP-E13", /found a web page/, "Check the address in src, and let the server answer 404 for what it has not got: it sent a page of HTML"],
  ["OP-E13", /^articles: /, "Give an array of articles, or a collection, as docs/format.md has them"],
  ["OP-E20", /^articles: /, "Give what can be written as JSON: nothing that holds itself, and no BigInt"],
];

/** Wherever more is known. @param {string} code @param {string} detail */
const particulars = (code, detail) => PARTICULARS.find(([of, sign]) => of === code && sign.test(detail)) ?? [];

/** What a code means. @param {string} code */
const meaning = (code) => CODES[code] ?? CODES["OP-E02"];

/** What was said already: one line for each, however many elements meet it. */
const said = new Set();

/**
 * Tells whoever runs the page, as `report` in loading.js has it.
 * @param {string} code @param {string} detail the particulars @param {HTMLElement | undefined} element @param {boolean} isFatal
 */
export function tell(code, detail, element, isFatal) {
  // Of a newer format titles are shown, and the mistakes are not the file's.
  if (/expected version \d+, found version/.test(detail)) code = "OP-E14";
  const [usually, usual] = meaning(code);
  const [, , fix = usual, message = usually] = particulars(code, detail);
  const docs = `${DOCS}#${code.toLowerCase()}`;
  (element ?? globalThis.document)?.dispatchEvent(new CustomEvent("offprint-error", { bubbles: true, composed: true, detail: { code, message: detail, reader: message, fix, docs, isFatal } }));
  if (said.has(code + detail)) return;
  said.add(code + detail);
  // Of what holds itself, Chromium draws a picture of several lines.
  const words = code === "OP-E20" ? detail.split("\n")[0] : detail;
  console[isFatal ? "error" : "warn"](`Offprint ${code}: ${words.replace(/[.\s]+$/, "")}${/[?!]$/.test(words) ? "" : "."} ${fix}. ${docs}`);
}

/**
 * What stands in the place of the reader: why, and the texts, as far as there are any.
 * @param {string} code @param {HTMLElement | undefined} texts @param {boolean} hasOther whether something else is there to be read
 */
export function instead(code, texts, hasOther) {
  const [message] = meaning(code);
  const notice = build("p", "op-notice", message, texts ? " The articles stand here as plain text." : hasOther ? "" : " The articles cannot be shown.");
  notice.setAttribute("role", "status");
  const shown = texts ?? build("div", "op-root", build("div", "op-page"));
  shown.firstElementChild?.prepend(notice);
  return shown;
}

/** A refusal of the page's policy that concerns an address: the part of the policy. @param {string} url */
async function policyAgainst(url) {
  // It is told in a task of its own.
  await breath();
  await breath();
  const [origin] = /^https?:[/][/][^/?#]*/.exec(url) ?? [];
  return refused.find(([uri]) => uri === url || uri === origin)?.[1];
}

/** Why one of our own files did not come. @param {URL} url @param {string} [integrity] @param {Response} [answer] */
export async function ofFile(url, integrity, answer) {
  if (answer) return new OffprintError("OP-E02", `${url}: the server answered ${answer.status}`);
  if (location.protocol === "file:") return new OffprintError("OP-E01", `${url} cannot be fetched from a page that is a file`);
  const policy = await policyAgainst(url.href);
  if (policy) return new OffprintError("OP-E06", `${url} is refused by ${policy}`);
  // Without its digest: something else may be there, or an answer that is an error.
  const got = integrity && (await fetch(url).catch(() => undefined));
  if (got && !got.ok) return new OffprintError("OP-E02", `${url}: the server answered ${got.status}`);
  if (got) return what(url, await got.arrayBuffer().catch(() => undefined)) ?? new OffprintError("OP-E08", `${url} is not the file that was released (${integrity})`);
  return new OffprintError("OP-E02", `${url}: no answer, or one for other sites only (Access-Control-Allow-Origin)`);
}

/** What came in the place of a file, where that can be told. @param {URL} url @param {ArrayBuffer | undefined} got */
function what(url, got) {
  if (!got) return new OffprintError("OP-E02", `${url} is not all of it: the connection broke off`);
  return new Uint8Array(got)[0] === 60 ? new OffprintError("OP-E02", `${url} is a page of HTML, not the file of this name`) : undefined;
}

/** @param {string} url */
function isAddress(url) {
  try {
    return Boolean(new URL(url));
  } catch {
    return false;
  }
}

/** Why articles did not come. @param {string} url @param {Response} [answer] */
export async function ofData(url, answer) {
  if (answer?.ok) return new OffprintError("OP-E04", `${url}: the connection broke off`, "unreachable");
  if (answer) {
    const { status } = answer;
    const isGone = status === 404 || status === 410;
    return new OffprintError(isGone ? "OP-E12" : "OP-E04", `${url}: the server answered ${status}`, isGone ? "not-found" : status < 500 ? "denied" : "failed");
  }
  if (location.protocol === "file:") return new OffprintError("OP-E01", `${url} cannot be fetched from a page that is a file`, "unreachable");
  if (!isAddress(url)) return new OffprintError("OP-E12", `src: ${url} is no address`, "not-found");
  const policy = await policyAgainst(url);
  if (policy) return new OffprintError("OP-E06", `${url} is refused by ${policy}`, "unreachable");
  if (!navigator.onLine) return new OffprintError("OP-E04", `${url}: no network`, "offline");
  const isOwn = url.startsWith(`${location.origin}/`);
  return new OffprintError("OP-E04", isOwn ? `${url}: the server does not answer` : `${url}: no answer, or one that this page may not read (Access-Control-Allow-Origin)`, "unreachable");
}

/** A module with what Rust takes for granted: bulk memory operations and the extension of signs. */
const PROBE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, 18, 1, 16, 0, 65, 0, 192, 26, 65, 0, 65, 0, 65, 0, 252, 10, 0, 0, 11);

/** Why a module does not compile. @param {any} error @param {URL} url */
export async function ofModule(error, url) {
  try {
    new WebAssembly.Module(PROBE.slice(0, 8));
  } catch (refusal) {
    return new OffprintError("OP-E05", `WebAssembly is refused (${refusal})`);
  }
  if (error instanceof RangeError) return new OffprintError("OP-E15", `${url}: ${error}`);
  if (!WebAssembly.validate(PROBE)) return new OffprintError("OP-E10", `WebAssembly of this browser lacks what the reader needs (${error})`);
  const got = await fetch(url).then((response) => response.arrayBuffer()).catch(() => undefined);
  return what(url, got) ?? new OffprintError("OP-E02", `${url} is damaged, or not all of it (${error})`);
}

/** Why a compiled module does not start. @param {any} error */
export async function ofStart(error) {
  if (error instanceof RangeError) return new OffprintError("OP-E15", String(error));
  // WebKit compiles what the policy forbids, and refuses to start it.
  if (error instanceof WebAssembly.CompileError) return new OffprintError("OP-E05", `WebAssembly is refused (${error})`);
  return new OffprintError("OP-E02", `the files beside element.js are of different releases (${error})`);
}
