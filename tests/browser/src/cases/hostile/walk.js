/**
 * The walk over what the reader built, through its shadow root: every element and every attribute must be on these lists,
 * which follow the content tree and the reader's own components. `walk(root)` gives what is not.
 */

/** Attributes that any element of the reader may have. */
const ANY = ["class", "id", "dir", "lang", "part", "tabindex", "role", "aria-label", "aria-labelledby", "aria-hidden", "aria-selected"];

/** The elements, with the attributes that each may have besides. */
const ELEMENTS = {
  a: ["href", "rel", "title", "data-op-anchor", "data-op-position"],
  abbr: ["title"],
  article: ["aria-posinset", "aria-setsize", "data-op-position", "data-op-id"],
  blockquote: [],
  br: [],
  button: ["type", "title", "hidden", "aria-haspopup"],
  code: [],
  details: ["open"],
  div: ["data-theme", "data-op-block", "data-op-list", "data-op-spacer", "style", "hidden", "aria-busy"],
  em: [],
  figcaption: [],
  figure: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  header: [],
  hr: [],
  img: ["src", "srcset", "sizes", "alt", "title", "width", "height", "loading", "decoding", "fetchpriority"],
  input: ["type", "value", "checked", "disabled", "autocomplete", "spellcheck", "enterkeyhint", "aria-autocomplete", "aria-expanded", "aria-controls", "aria-activedescendant"],
  kbd: [],
  label: ["for"],
  li: ["value"],
  main: [],
  mark: [],
  nav: [],
  ol: ["start"],
  option: ["value", "selected"],
  p: [],
  pre: [],
  s: [],
  search: [],
  section: [],
  select: [],
  slot: [],
  span: [],
  strong: [],
  sub: [],
  summary: [],
  sup: [],
  table: [],
  tbody: [],
  td: [],
  th: ["scope"],
  thead: [],
  time: ["datetime"],
  tr: [],
  ul: [],
};

/** The icons, all of them the reader's own. */
const DRAWINGS = { svg: ["viewBox", "width", "height", "aria-hidden"], path: ["d"], circle: ["cx", "cy", "r"] };

const ofWords = (...words) => (value) => words.includes(value);
const like = (pattern) => (value) => pattern.test(value);
const anyText = () => true;
const isNumber = like(/^\d{1,10}$/);
const isEmpty = ofWords("");

/** What the value of each attribute may be. An attribute that is not here is not allowed anywhere. */
const VALUES = {
  "aria-activedescendant": like(/^op-option-\d$/),
  "aria-autocomplete": ofWords("list"),
  "aria-busy": ofWords("true", "false"),
  "aria-controls": ofWords("op-suggestions"),
  "aria-expanded": ofWords("true", "false"),
  "aria-haspopup": ofWords("dialog"),
  "aria-hidden": ofWords("true"),
  "aria-label": anyText,
  "aria-labelledby": like(/^op-[a-z0-9-]+$/),
  "aria-posinset": isNumber,
  "aria-selected": ofWords("true", "false"),
  "aria-setsize": isNumber,
  "data-op-anchor": anyText,
  "data-op-block": isNumber,
  "data-op-id": anyText,
  "data-op-list": isEmpty,
  "data-op-position": isNumber,
  "data-op-spacer": isNumber,
  "data-theme": ofWords("auto", "light", "dark"),
  alt: anyText,
  autocomplete: ofWords("off"),
  checked: ofWords("", "checked"),
  class: like(/^(op-[a-z-]+( op-[a-z-]+)*|language-[a-z0-9+#-]{1,32})?$/),
  cx: isNumber,
  cy: isNumber,
  d: like(/^[\d a-zA-Z.-]*$/),
  datetime: like(/^[\d:TZ+-]+$/),
  decoding: ofWords("async"),
  dir: ofWords("auto", "ltr", "rtl"),
  disabled: ofWords("", "disabled"),
  enterkeyhint: ofWords("search"),
  fetchpriority: ofWords("high"),
  for: like(/^op-[a-z-]+$/),
  height: isNumber,
  hidden: ofWords("", "hidden"),
  href: (value, element) => isSafe(element.href, ["http:", "https:", "mailto:", "tel:"]) && isPlain(value),
  // A slug: letters, digits and hyphens of every script, and what numbers the notes.
  id: like(/^op-[^\s"'`<>&=/\\(){}[\];:,]+$/),
  lang: like(/^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$/),
  loading: ofWords("lazy", "eager"),
  open: ofWords("", "open", "true"),
  part: like(/^[a-z-]+$/),
  r: isNumber,
  rel: ofWords("noopener noreferrer", "author noopener noreferrer", "prev", "next"),
  role: ofWords("article", "feed", "status", "alert", "group", "doc-noteref", "combobox", "listbox", "option"),
  scope: ofWords("col", "row"),
  selected: ofWords("", "selected"),
  sizes: like(/^\(min-width: \d+rem\) \d+rem, 100vw$/),
  spellcheck: ofWords("false"),
  src: (value, element) => isImage(element.src) && isPlain(value),
  srcset: (value) => candidates(value).every(isImage),
  start: isNumber,
  // Set through the object model, on the two empty elements of a list alone.
  style: (value, element) => element.hasAttribute("data-op-spacer") && /^height: calc\([\d.]+px( \/ \d+ \* 1000)?\);$/.test(value),
  tabindex: ofWords("-1", "0"),
  title: anyText,
  type: ofWords("button", "search", "checkbox", "date"),
  value: anyText,
  viewBox: like(/^0 0 \d+ \d+$/),
  width: isNumber,
};

/**
 * Whether an address, as this browser resolved it, has one of these schemes. What is no URL for the browser stays as it was
 * written and leads nowhere.
 */
function isSafe(address, schemes) {
  if (!URL.canParse(address)) return /^https?:\/\//.test(address);
  return schemes.includes(new URL(address).protocol);
}

/** An address without what browsers strip in silence, which is where filters go wrong. */
function isPlain(value) {
  return !/[\u0000-\u0020\u007f-\u009f\u2028\u2029]/.test(value);
}

function isImage(address) {
  if (isSafe(address, ["http:", "https:", "blob:"])) return true;
  return /^data:image\/(png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=]*$/i.test(address);
}

/** The addresses of a `srcset`, as HTML §4.8.4.2.1 parses it, resolved. */
function candidates(srcset) {
  const found = [];
  for (let rest = srcset.replace(/^[\s,]+/, ""); rest; rest = rest.replace(/^[\s,]+/, "")) {
    const [word] = rest.match(/^\S+/);
    rest = rest.slice(word.length);
    if (!word.endsWith(",")) rest = rest.replace(/^[^,]*/, "");
    const address = word.replace(/,+$/, "");
    found.push(URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI).href : address);
  }
  return found;
}

/** Where an element stands, for a message. */
function place(element) {
  const steps = [];
  for (let node = element; node && steps.length < 5; node = node.parentElement) {
    steps.unshift(node.localName + (node.className && typeof node.className === "string" ? `.${node.className.split(" ").at(-1)}` : ""));
  }
  return steps.join(" > ");
}

/** Everything below `root` that is not on the lists. @param {ParentNode} root */
export function walk(root) {
  const faults = [];
  for (const element of root.querySelectorAll("*")) {
    const isDrawing = element.namespaceURI === "http://www.w3.org/2000/svg";
    const isHtml = element.namespaceURI === "http://www.w3.org/1999/xhtml";
    const table = isDrawing ? DRAWINGS : isHtml ? ELEMENTS : {};
    const own = Object.hasOwn(table, element.localName) ? table[element.localName] : undefined;
    if (!own) {
      faults.push(`element ${place(element)}`);
      continue;
    }
    for (const { name, value } of element.attributes) {
      const isListed = own.includes(name) || (isHtml && ANY.includes(name));
      if (!isListed || !VALUES[name](value, element)) faults.push(`attribute ${place(element)} ${name}="${value}"`);
    }
    if (element.shadowRoot) faults.push(`root in ${place(element)}`);
  }
  return faults;
}
