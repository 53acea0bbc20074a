/**
 * What a framework does with elements, tried with ours: the list of custom-elements-everywhere.com (children, attributes, properties,
 * events), and what beside it happens to an element in an application: it is drawn again, moved, taken out and put back.
 *
 * A page of a framework (react.jsx and the others) gives `mount(node)`, which gives `render(shown)` and `unmount()`. It shows the elements of
 * `shown.order`, each in a `<section>` with the name as its key. `run` gives what is wrong, by case; nothing where all is well.
 */
const ARTICLES = [
  { id: "a", title: "First", category: "One", published: "2026-03-01" },
  { id: "b", title: "Second", category: "Two", published: "2026-02-01" },
  { id: "c", title: "Third", category: "One", published: "2026-01-01" },
];
const TITLES = ["First", "Second", "Third"];

/** Longer than anything here takes; the machine may be busy. */
const LONGEST = 60_000;

/** @param {unknown} value */
const shownAs = (value) => JSON.stringify(value);

/** Waits until a value is this one. @param {string} what @param {() => unknown} value @param {unknown} expect */
async function becomes(what, value, expect) {
  let is;
  for (const end = performance.now() + LONGEST; performance.now() < end; ) {
    is = value();
    if (shownAs(is) === shownAs(expect)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${what} is ${shownAs(is)} instead of ${shownAs(expect)}`);
}

/** @param {string} what @param {unknown} is @param {unknown} expect */
function equals(what, is, expect) {
  if (shownAs(is) !== shownAs(expect)) throw new Error(`${what} is ${shownAs(is)} instead of ${shownAs(expect)}`);
}

/** @param {Element | undefined | null} element */
const titles = (element) => [...(element?.shadowRoot?.querySelectorAll(".op-card-title, h1.op-title") ?? [])].map((title) => title.textContent);

/** A page of the framework, and what it shows. */
class Stage {
  node = document.body.appendChild(document.createElement("div"));
  /** What it was told by listeners that the framework set. @type {any[]} */
  heard = [];
  nReady = 0;
  shown = {
    order: ["reader"],
    articles: ARTICLES,
    article: undefined,
    articleId: "b",
    text: "1",
    theme: "light",
    limit: 2,
    category: undefined,
    listens: true,
    onNavigate: (/** @type {any} */ event) => this.heard.push(event.detail.id),
    element: (/** @type {any} */ element) => void element,
  };

  /** @param {(node: Element) => any} mount */
  constructor(mount) {
    this.node.addEventListener("offprint-ready", () => (this.nReady += 1));
    this.page = mount(this.node);
  }

  /** @param {Record<string, unknown>} changes */
  show(changes = {}) {
    this.shown = { ...this.shown, ...changes };
    return this.page.render(this.shown);
  }

  /** @param {string} name @returns {any} */
  find(name) {
    return this.node.querySelector(`offprint-${name}`);
  }

  root(/** @type {string} */ name) {
    return this.find(name)?.shadowRoot?.querySelector(".op-root");
  }

  ready(/** @type {number} */ n) {
    return becomes("the number of elements that were drawn", () => this.nReady, n);
  }
}

/** @type {Record<string, (stage: Stage, framework: string) => Promise<void>>} */
const CASES = {
  async "a property that is set before the element is defined"(stage, framework) {
    equals("the element", customElements.get("offprint-reader"), undefined);
    // Both set an attribute where the element does not have the property yet: it is set by a reference, as docs/embedding.md says.
    const isByReference = framework === "react" || framework === "preact";
    const element = (/** @type {any} */ node) => void (node && (node.articles = ARTICLES));
    await stage.show(isByReference ? { articles: undefined, element } : {});
    await import("/element.js");
    await becomes("what is shown", () => titles(stage.find("reader")), TITLES);
  },
  async "arrays, numbers and words"(stage) {
    await stage.show({ order: ["reader", "list", "article"], category: "One", limit: 1 });
    await stage.ready(3);
    equals("the reader", titles(stage.find("reader")), TITLES);
    equals("the list", titles(stage.find("list")), ["First"]);
    equals("the article", titles(stage.find("article")), ["Second"]);
    equals("the array", stage.find("reader").articles.map((article, ix) => article === ARTICLES[ix]), [true, true, true]);
    equals("attributes", [stage.find("list").getAttribute("limit"), stage.find("article").getAttribute("article-id"), stage.find("reader").getAttribute("theme")], ["1", "b", "light"]);
  },
  async "an object"(stage) {
    await stage.show({ order: ["article"], article: { id: "x", title: "Alone" }, articleId: undefined });
    await stage.ready(1);
    equals("the article", titles(stage.find("article")), ["Alone"]);
    await stage.show({ article: { id: "y", title: "Another" } });
    await becomes("the article", () => titles(stage.find("article")), ["Another"]);
  },
  async "values that change"(stage) {
    await stage.show({ order: ["reader", "list", "article"], category: "Two" });
    await stage.ready(3);
    await stage.show({ theme: "dark", limit: 1, category: "One", articleId: "c" });
    await becomes("the theme", () => stage.root("reader").dataset.theme, "dark");
    await becomes("the list", () => titles(stage.find("list")), ["First"]);
    await becomes("the article", () => titles(stage.find("article")), ["Third"]);
    await stage.show({ category: undefined, limit: 3 });
    await becomes("the list", () => titles(stage.find("list")), TITLES);
    await stage.show({ articles: [{ id: "c", title: "New" }] });
    for (const name of stage.shown.order) await becomes(name, () => titles(stage.find(name)), ["New"]);
  },
  async "children"(stage) {
    await stage.show();
    await stage.ready(1);
    for (const text of ["1", "2", "2", "3"]) {
      await stage.show({ text });
      equals("the children", [...stage.find("reader").children].map(({ localName, textContent }) => [localName, textContent]), [["p", text]]);
    }
    equals("what is shown", titles(stage.find("reader")), TITLES);
  },
  async "drawn again with the same values"(stage) {
    await stage.show({ order: ["reader", "list", "article"] });
    await stage.ready(3);
    const roots = stage.shown.order.map((name) => stage.root(name));
    stage.find("reader").goTo("b");
    await becomes("what is shown", () => titles(stage.find("reader")), ["Second"]);
    for (const text of ["1", "2", "3"]) await stage.show({ text });
    equals("where the reader is", titles(stage.find("reader")), ["Second"]);
    equals("the nodes", stage.shown.order.map((name, ix) => stage.root(name) === roots[ix]), [true, true, true]);
    equals("the number of elements that were drawn", stage.nReady, 3);
  },
  async "events that are listened to by markup"(stage) {
    await stage.show();
    await stage.ready(1);
    stage.find("reader").goTo("b");
    await becomes("what was heard", () => stage.heard, ["b"]);
    await stage.show({ listens: false });
    stage.find("reader").goTo("c");
    await becomes("what is shown", () => titles(stage.find("reader")), ["Third"]);
    await stage.show({ listens: true });
    stage.find("reader").goTo("a");
    await becomes("what was heard", () => stage.heard, ["b", "a"]);
  },
  async "events that are listened to by a script, on an element that is referred to"(stage) {
    /** @type {string[]} */
    const heard = [];
    /** @type {any} */
    let given;
    const element = (/** @type {any} */ node) => {
      if (!node || given) return;
      given = node;
      for (const name of ["offprint-ready", "offprint-navigate"]) node.addEventListener(name, (/** @type {any} */ { type }) => heard.push(type));
    };
    await stage.show({ element });
    await stage.ready(1);
    equals("what is referred to", given === stage.find("reader"), true);
    given.goTo("b");
    await becomes("what was heard", () => heard, ["offprint-ready", "offprint-navigate"]);
  },
  async "moved"(stage) {
    await stage.show({ order: ["reader", "list", "article"] });
    await stage.ready(3);
    const names = ["reader", "list", "article"];
    const roots = names.map((name) => stage.root(name));
    for (const order of [["article", "reader", "list"], ["list", "article", "reader"], ["reader", "list", "article"]]) {
      await stage.show({ order });
      equals("the order", [...stage.node.querySelectorAll("section > *")].map(({ localName }) => localName), order.map((name) => `offprint-${name}`));
    }
    // What is done with who left is done in the microtasks of this task.
    await new Promise((resolve) => setTimeout(resolve));
    equals("the nodes", names.map((name, ix) => stage.root(name) === roots[ix]), [true, true, true]);
    equals("the number of elements that were drawn", stage.nReady, 3);
    equals("what is shown", titles(stage.find("reader")), TITLES);
  },
  async "taken out and put back"(stage) {
    await stage.show({ order: ["reader", "list"] });
    await stage.ready(2);
    for (const n of [1, 2, 3]) {
      const gone = stage.find("reader");
      await stage.show({ order: ["list"] });
      equals("the reader", [stage.find("reader"), gone.isConnected], [null, false]);
      await becomes("what is left of it", () => titles(gone), []);
      await stage.show({ order: ["reader", "list"] });
      await stage.ready(2 + n);
      equals("what is shown", titles(stage.find("reader")), TITLES);
    }
    equals("the list", titles(stage.find("list")), ["First", "Second"]);
  },
  async "taken out before it is drawn"(stage) {
    await stage.show();
    const gone = stage.find("reader");
    await stage.show({ order: [] });
    await stage.show({ order: ["reader"] });
    await stage.ready(1);
    equals("what is shown", [titles(gone), titles(stage.find("reader"))], [[], TITLES]);
  },
  async "the end of the application"(stage) {
    await stage.show({ order: ["reader", "list", "article"] });
    await stage.ready(3);
    const gone = stage.shown.order.map((name) => stage.find(name));
    await stage.page.unmount();
    equals("what is left", stage.node.querySelectorAll("*").length, 0);
    await becomes("what is left of the elements", () => gone.flatMap(titles), []);
  },
};

/** @param {string} framework */
export async function run(framework) {
  const { mount } = await import(`./${framework}.js`);
  const wrong = [];
  for (const [name, act] of Object.entries(CASES)) {
    const stage = new Stage(mount);
    try {
      await act(stage, framework);
    } catch (error) {
      wrong.push(`${name}: ${error}`);
    }
    try {
      stage.page.unmount();
    } catch (error) {
      if (name !== "the end of the application") wrong.push(`${name}: cannot be ended: ${error}`);
    }
    stage.node.remove();
  }
  return { wrong, n: Object.keys(CASES).length };
}
