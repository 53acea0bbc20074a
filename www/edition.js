/**
 * The files of a built edition, which pages and the search worker fetch: each is named by its content, so that what arrives
 * can be told from what was meant.
 */
import { OffprintError, bytes } from "./element.js";

/**
 * A file: one of its own, or a part of a pack. What arrives is held against its name.
 * @param {string} data @param {string} name @param {number} length @param {string} [pack] @param {number} [start]
 */
export async function file(data, name, length, pack, start = 0) {
  const url = `${data}${pack ?? name}.${pack ? "pack" : "bin"}`;
  const how = pack ? { headers: { Range: `bytes=${start}-${start + length - 1}` } } : {};
  // What is not that file may be in the browser's cache, and would stay there for a year: the second time it is passed by.
  for (const cache of /** @type {const} */ (["default", "reload"])) {
    let got = await bytes(url, { ...how, cache });
    // A server that does not know ranges gives the whole pack.
    if (pack && got.length > length) got = got.subarray(start, start + length);
    if (got.length === length && (await isNamed(got, name))) return got;
  }
  throw new OffprintError("OP-E13", `${url}: what arrived is not the file of this name; something between the server and this page has changed it`, "unreadable");
}

/** Whether bytes hash to a name. @param {Uint8Array} got @param {string} name */
// Only secure pages can hash.
const isNamed = async (got, name) => !crypto.subtle || name === (await nameOf(got));

/** The name of bytes: base 32 of the first ten bytes of SHA-256. @param {BufferSource} bytes */
export async function nameOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).subarray(0, 10);
  let bits = "";
  for (const byte of hash) bits += byte.toString(2).padStart(8, "0");
  return bits.replace(/.{5}/g, (five) => "abcdefghijklmnopqrstuvwxyz234567"[parseInt(five, 2)]);
}
