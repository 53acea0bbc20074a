// What libraries of 2005 to 2010 did to the natives, as far as it meets code that was written later.
(() => {
  const stop = {};
  const own = (iterable) => {
    if (!iterable) return [];
    const list = new Array(iterable.length || 0);
    for (let ix = 0; ix < list.length; ix += 1) list[ix] = iterable[ix];
    return list;
  };
  // Knows neither iterators nor a second argument.
  Array.from = own;
  // Ends by an exception, and takes no array for a third argument.
  const each = function (run, context) {
    try {
      for (let ix = 0; ix < this.length; ix += 1) run.call(context, this[ix], ix);
    } catch (error) {
      if (error !== stop) throw error;
    }
    return this;
  };
  const collect = function (run, context) {
    const list = [];
    each.call(this, (item, ix) => list.push(run ? run.call(context, item, ix) : item));
    return list;
  };
  const select = function (run, context) {
    const list = [];
    each.call(this, (item, ix) => run.call(context, item, ix) && list.push(item));
    return list;
  };
  const detect = function (run, context) {
    for (let ix = 0; ix < this.length; ix += 1) if (run.call(context, this[ix], ix)) return this[ix];
    return undefined;
  };
  Object.assign(Array.prototype, {
    each,
    collect,
    map: collect,
    select,
    filter: select,
    findAll: select,
    detect,
    find: detect,
    toArray() {
      return own(this);
    },
    // Gives a copy, and no pairs.
    entries() {
      return own(this);
    },
    // Shortens a list of one to that one.
    reduce() {
      return this.length > 1 ? this : this[0];
    },
    clear() {
      this.length = 0;
      return this;
    },
    first() {
      return this[0];
    },
    last() {
      return this[this.length - 1];
    },
    compact() {
      return this.filter((item) => item != null);
    },
    without(...items) {
      return this.filter((item) => !items.includes(item));
    },
    inspect() {
      return `[${this.join(", ")}]`;
    },
  });
  Object.assign(String.prototype, {
    strip() {
      return this.replace(/^\s+/, "").replace(/\s+$/, "");
    },
    sub(pattern, replacement) {
      return this.replace(pattern, replacement);
    },
    times(n) {
      return n < 1 ? "" : new Array(n + 1).join(this);
    },
  });
  Function.prototype.bind = function (context, ...first) {
    const run = this;
    return function (...rest) {
      return run.apply(context, [...first, ...rest]);
    };
  };
  Object.assign(Element.prototype, {
    remove() {
      this.parentNode.removeChild(this);
      return this;
    },
    update(content) {
      this.textContent = content;
      return this;
    },
    show() {
      this.style.display = "";
      return this;
    },
    hide() {
      this.style.display = "none";
      return this;
    },
    replace(content) {
      this.parentNode.replaceChild(content, this);
      return this;
    },
  });
  window.$ = (id) => document.getElementById(id);
  window.$A = own;
  window.$break = stop;
})();
