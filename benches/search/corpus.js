/**
 * The corpus, and what is asked of it: all drawn from it without chance, so that every run asks the same.
 */
/** The fields that are searched, everywhere. */
export const FIELDS = /** @type {const} */ (["title", "subtitle", "summary", "key_points", "body"]);
/** Words that some engines leave out, and no query of ours is about. */
const FUNCTION_WORDS = new Set("the of to and in a an for on at by as is it its be was were will has have had with from that this which or not are but he she they their his her said would than more after also into about up out over if no we who can could may been other all its one two there".split(" "));

/** Markdown's marks before punctuation, taken away. @param {string} text */
const plain = (text) => text.replace(/\\([!-/:-@[-`{-~])/g, "$1");

/**
 * The articles of a collection as other engines get them: plain texts under the names of fields.
 * @param {any} collection
 */
export function documents(collection) {
  return collection.articles.map((/** @type {any} */ article, /** @type {number} */ id) => ({
    id,
    title: article.title,
    subtitle: article.subtitle ?? "",
    summary: plain(article.summary ?? ""),
    key_points: plain((article.key_points ?? []).join("\n\n")),
    body: plain((article.sections ?? []).map((/** @type {any} */ section) => [section.heading, section.body].filter(Boolean).join("\n\n")).join("\n\n")),
    category: article.category,
    published: article.published,
  }));
}

/** The numbers that a built edition gives the articles: by date, those without first, those of one date against the order of the file. @param {any} collection @returns {number[]} the place in the file, by number */
export function byDate(collection) {
  const order = collection.articles.map((/** @type {any} */ article, /** @type {number} */ ix) => ({ ix, at: article.published ? Date.parse(article.published) : -Infinity }));
  order.sort((/** @type {any} */ one, /** @type {any} */ other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : other.ix - one.ix));
  return order.map(({ ix }) => ix);
}

/** The words of a text that every engine takes for words: letters alone, between spaces and the commonest punctuation. @param {string} text */
function* words(text) {
  for (const run of text.split(/\s+/)) {
    const word = run.replace(/^[("]+|[.,;:!?)"]+$/g, "").toLowerCase();
    if (/^[a-z]{2,20}$/.test(word)) yield word;
  }
}

export class Queries {
  /** The documents of each word. @type {Map<string, number[]>} */
  postings = new Map();

  /** @param {any[]} docs */
  constructor(docs) {
    this.docs = docs;
    for (const doc of docs) {
      for (const word of new Set(FIELDS.flatMap((field) => [...words(doc[field])]))) {
        const list = this.postings.get(word);
        if (list) list.push(doc.id);
        else this.postings.set(word, [doc.id]);
      }
    }
  }

  /** Words that so many to so many documents have, in the order of the alphabet. @param {number} from @param {number} to */
  #band(from, to) {
    return [...this.postings].filter(([word, list]) => list.length >= from && list.length <= to && word.length > 2 && !FUNCTION_WORDS.has(word)).map(([word]) => word).sort();
  }

  /** Two words of one document, by bands of how many documents have them: rare with common, middling with middling, … @param {number} n */
  twoWords(n) {
    const total = this.docs.length;
    const bands = [[5, 25], [26, 250], [251, Math.max(252, total / 4)]];
    const pairs = [[0, 1], [0, 2], [1, 1], [1, 2], [2, 2]];
    const found = [];
    for (let step = 0; found.length < n && step < 20 * n; step++) {
      const doc = this.docs[Math.floor((step * 0.6180339887 * total) % total)];
      const own = [...new Set([...words(doc.title), ...words(doc.body)])].filter((word) => !FUNCTION_WORDS.has(word) && word.length > 2);
      const inBand = (/** @type {number} */ band) => own.filter((word) => {
        const df = this.postings.get(word)?.length ?? 0;
        return df >= bands[band][0] && df <= bands[band][1];
      });
      const [one, other] = pairs[found.length % pairs.length];
      const first = inBand(one)[0];
      const second = inBand(other).find((word) => word !== first);
      if (first && second) found.push(`${first} ${second}`);
    }
    return found;
  }

  /** The first three words of some titles, letter by letter, as they are typed. @param {number} n at least so many */
  typed(n) {
    const prefixes = new Set();
    for (let step = 0; prefixes.size < n && step < this.docs.length; step++) {
      const { title } = this.docs[Math.floor((step * 0.6180339887 * this.docs.length) % this.docs.length)];
      const query = title.split(/\s+/).slice(0, 3).join(" ");
      for (let end = 1; end <= query.length; end++) if (!/\s$/.test(query.slice(0, end))) prefixes.add(query.slice(0, end).toLowerCase());
    }
    return [...prefixes];
  }

  /** Whole words, and beginnings of 1 to 5 letters, with the documents that a scan of all texts finds. @param {number} n of each */
  scanned(n) {
    const spread = (/** @type {string[]} */ list, /** @type {number} */ count) => Array.from({ length: Math.min(count, list.length) }, (_, ix) => list[Math.floor((ix * list.length) / count)]);
    const total = this.docs.length;
    const whole = [[1, 5], [6, 50], [51, 500], [501, total / 4]].flatMap(([from, to]) => spread(this.#band(from, to), n / 4));
    const all = [...this.postings.keys()].sort();
    const beginnings = [1, 2, 3, 4, 5].flatMap((length) => spread([...new Set(all.filter((word) => word.length > length).map((word) => word.slice(0, length)))], n / 5));
    const starting = (/** @type {string} */ prefix) => [...new Set(all.filter((word) => word.startsWith(prefix)).flatMap((word) => this.postings.get(word) ?? []))];
    return {
      whole: whole.map((query) => ({ query, docs: this.postings.get(query) ?? [] })),
      beginnings: beginnings.map((query) => ({ query, docs: starting(query) })),
    };
  }
}

/** How much of what a scan finds was found, on average over the queries. @param {{ query: string, docs: number[] }[]} scanned @param {Map<string, Set<number>>} found */
export function completeness(scanned, found) {
  const shares = scanned.map(({ query, docs }) => docs.filter((doc) => found.get(query)?.has(doc)).length / docs.length);
  return { mean: shares.reduce((sum, share) => sum + share, 0) / shares.length, worst: Math.min(...shares) };
}
