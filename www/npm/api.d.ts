import type { Article, Collection, OffprintElement } from "./element.js";

export type { Article, Collection } from "./element.js";

/** Where a file is, or what it holds: its address, an answer of `fetch`, its bytes, or the compiled module. */
export type Code = string | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOptions {
  /**
   * Where the WebAssembly is, if it is not where the script is: the address of a folder with the files of the package, or, by a file's name
   * (`"offprint-articles_bg.wasm"`), the file.
   */
  wasm?: string | URL | Record<string, Code>;
}

/** Loads what `render` needs. May be called more than once. */
export function init(options?: InitOptions): Promise<void>;

export interface RenderOptions {
  /** What relative addresses start from; without it they stay as they are. */
  base?: string | URL;
  /** The language of dates in an article that names none; `en` without it. */
  language?: string;
  /** Others of the collection: related articles that are named by `id` alone get their titles from there. */
  articles?: Article[];
  /** The address of an article, with `{id}` in it, for those links; `article/{id}/` without it. */
  href?: string;
}

/**
 * An article as HTML: one `<article>`, safe wherever markup may stand.
 *
 * @throws {OffprintError} before `init` is done (`OP-E20`), and where no article can be read (`OP-E13`)
 */
export function render(article: Article, options?: RenderOptions): string;

export interface MountOptions {
  /** Which element: `offprint-reader` (default), `offprint-article` or `offprint-list`. */
  as?: "reader" | "article" | "list";
  /** The address of a collection. */
  src?: string | null;
  /** The articles themselves, instead of an address. */
  articles?: Article[] | Collection | null;
  /** One article, for `as: "article"`. */
  article?: Article | null;
  theme?: "auto" | "light" | "dark" | null;
  loading?: "eager" | "lazy" | null;
  storage?: "local" | "none" | null;
  routing?: "memory" | "hash" | "path" | null;
  articleId?: string | null;
  category?: string | null;
  query?: string | null;
  limit?: number | null;
  href?: string | null;
  for?: string | null;
  /** The page is to be read without a network once it was visited. */
  offline?: boolean | null;
}

export interface Mounted {
  element: OffprintElement;
  /** The element, once it is drawn. */
  ready: Promise<OffprintElement>;
  /** Changes some options; `null` takes one away. */
  update(changes: Omit<MountOptions, "as">): void;
  /** Takes the element out and lets go of everything. */
  destroy(): void;
}

/**
 * Puts a reader into a node of the page.
 *
 * @throws {OffprintError} where `node`, `as` or the articles cannot be what they are (`OP-E20`)
 */
export function mount(node: Node, options?: MountOptions): Mounted;

export interface SearchOptions {
  /** How many results; 10 without it. */
  limit?: number;
  /** Whether the last word is still being typed, and so stands for all that begin with it. */
  typing?: boolean;
}

/** A piece of text, and whether it was matched. */
export interface Part {
  text: string;
  isMatch: boolean;
}

export interface Result {
  /** The article's id. */
  id: string;
  title: string;
  /** The passage that matches best. */
  text: string;
  titleParts: Part[];
  textParts: Part[];
}

export interface Found {
  /** How many articles match. */
  total: number;
  /** Words that no article has, each with the one that was searched for in its place. */
  repaired: [typed: string, used: string][];
  /** The best first. */
  results: Result[];
}

export interface Search {
  /** Finds articles; docs/search.md describes what can be asked. */
  search(query: string, options?: SearchOptions): Promise<Found>;
  /** Lets go of everything. In Node, a search that is not closed keeps the process alive. */
  close(): void;
}

/** A search over articles: the address of a collection, its bytes, a list of articles, or the object that a file would have. */
export function createSearch(collection: string | URL | ArrayBuffer | Uint8Array | Article[] | Collection): Promise<Search>;

/** What keeps Offprint from its work: docs/errors.md lists the codes, and the message says what to do. Those of the elements are instances, too. */
export class OffprintError extends Error {
  code: string;
}
