/** An article; `schema.json` and docs/format.md describe all of it. */
export interface Article {
  id: string;
  title: string;
  subtitle?: string;
  /** RFC 3339: `2026-02-02`, or with time and zone. */
  published?: string;
  updated?: string;
  category?: string;
  tags?: string[];
  language?: string;
  authors?: { name: string; url?: string }[];
  source?: { name: string; url?: string };
  canonical_url?: string;
  image?: {
    src: string;
    alt?: string;
    caption?: string;
    credit?: string;
    width?: number;
    height?: number;
    srcset?: { src: string; width: number }[];
  };
  /** Markdown, as all texts from here on. */
  summary?: string;
  key_points?: string[];
  sections?: { heading?: string; body?: string }[];
  risks?: string[];
  disclosure?: string;
  corrections?: { date?: string; text: string }[];
  related?: { id?: string; title?: string; excerpt?: string; url?: string }[];
  extra?: Record<string, unknown>;
}

/** A collection: what a file of articles has. */
export interface Collection {
  version?: 1;
  title?: string;
  description?: string;
  language?: string;
  base_url?: string;
  articles: Article[];
}

/** The release. */
export const VERSION: string;

/** Says that the files are elsewhere than beside this script: in a folder, named by an address with a slash at its end. */
export function configure(where: { base: string | URL }): void;

/** What keeps Offprint from its work; docs/errors.md lists the codes. */
export class OffprintError extends Error {
  code: string;
}

declare const Base: typeof globalThis extends { HTMLElement: infer T extends new (...rest: any[]) => object } ? T : new () => object;

export class OffprintElement extends Base {
  src: string | null;
  theme: string | null;
  loading: string | null;
  storage: string | null;
  routing: string | null;
  articleId: string | null;
  category: string | null;
  query: string | null;
  limit: string | number | null;
  href: string | null;
  htmlFor: string | null;
  /** The articles themselves, instead of an address. */
  articles: Article[] | Collection | null | undefined;
  /** One article. */
  article: Article | null | undefined;
  /** The element, once it is drawn; rejected with an `OffprintError`, and with an `AbortError` where it is taken out of the page before. */
  readonly ready: Promise<this>;
  /** Loads the articles anew. */
  reload(): void;
  /** Shows an article, at a heading of it. */
  goTo(id: string, anchor?: string): void;
  /** Shows what is found of these words. */
  search(words: string): void;
}
/** A list with filters and a search, and the articles. */
export class OffprintReader extends OffprintElement {}
/** One article. */
export class OffprintArticle extends OffprintElement {}
/** Teasers of the newest articles. */
export class OffprintList extends OffprintElement {}

export interface OffprintEvents {
  "offprint-ready": CustomEvent<{ version: string }>;
  "offprint-navigate": CustomEvent<{ page: "list" | "article"; id?: string; category?: string; tag?: string; query?: string; address: string }>;
  "offprint-search": CustomEvent<{ query: string; total: number }>;
  /** The page is kept for when there is no network. */
  "offprint-save": CustomEvent<{ files: number }>;
  /** `message` is for whoever runs the page, `reader` for who reads it; after a fatal one the reader is not shown. */
  "offprint-error": CustomEvent<{ code: string; message: string; reader?: string; fix?: string; docs?: string; isFatal: boolean }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "offprint-reader": OffprintReader;
    "offprint-article": OffprintArticle;
    "offprint-list": OffprintList;
  }
  interface HTMLElementEventMap extends OffprintEvents {}
}
