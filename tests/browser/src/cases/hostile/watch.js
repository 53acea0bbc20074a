// Runs first in the page of the hostile cases: whatever a payload could do if it came to life is noted here.
//
// `watch.seen` is the list of what happened that must not; a case fails unless it is empty. What the reader itself needs
// (its style sheet, its modules, its worker, the editions handed to it) passes. `watch.files` are the editions: they are
// given to `fetch` from memory, so that thousands of them cost no request.
(() => {
  const seen = [];
  const files = new Map();
  const note = (what, ...details) => {
    seen.push(`${what}: ${details.map((detail) => String(detail).slice(0, 200)).join(" ")}`);
  };
  const watch = { seen, files, n_held: 0, source: "", title: document.title };
  const noting = (name, result) => (...parts) => {
    note(name, ...parts);
    return result;
  };

  if (location.search.startsWith("?visit=plain")) {
    delete window.WebAssembly;
    // That there is none is an error to the reader.
    console.error = () => {};
  }
  // Every refused address is a line of the reader's on the console: thousands of them would cost more than the reader.
  console.warn = () => {};

  // What a script shows or asks.
  for (const name of ["alert", "confirm", "prompt", "print", "open", "postMessage"]) window[name] = noting(name, null);
  addEventListener("message", (event) => note("message", event.data));

  // What leaves the page. Of the fetches only the reader's own go out.
  const original = window.fetch;
  const own = [/^offprint\.css$/, /^offprint(-articles)?_bg\.wasm$/, /^payloads\.json$/];
  window.fetch = (input, init) => {
    const address = new URL(String(input?.url ?? input), document.baseURI).href;
    if (files.has(address)) return Promise.resolve(new Response(files.get(address)));
    const name = address.startsWith(watch.home) ? address.slice(watch.home.length) : "";
    if (own.some((pattern) => pattern.test(name))) return original(input, init);
    // The address that the page's author gave, and the reader has to try: a server that has nothing there.
    if (address === watch.source) return Promise.resolve(new Response("", { status: 404 }));
    note("fetch", address);
    return Promise.reject(new TypeError("not in this page"));
  };
  watch.home = new URL(".", document.baseURI).href;
  navigator.sendBeacon = noting("sendBeacon", false);
  const worker = `${watch.home}search-worker.js`;
  const constructed = (name, isFine = () => false) => {
    if (!window[name]) return;
    window[name] = new Proxy(window[name], {
      construct(target, parts, made) {
        if (!isFine(...parts)) note(`new ${name}`, ...parts);
        return Reflect.construct(target, parts, made);
      },
    });
  };
  constructed("Worker", (address) => String(address) === worker);
  for (const name of ["SharedWorker", "XMLHttpRequest", "WebSocket", "EventSource", "Image", "Audio", "RTCPeerConnection", "BroadcastChannel"]) constructed(name);

  // What makes code or markup of a text.
  // `Function` stays, since Chromium's driver calls it; of any other call the policy speaks.
  window.eval = noting("eval");
  for (const name of ["setTimeout", "setInterval"]) {
    const before = window[name];
    window[name] = (handler, ...rest) => (typeof handler === "function" ? before(handler, ...rest) : note(name, handler));
  }
  for (const name of ["write", "writeln", "open"]) document[name] = noting(`document.${name}`);
  const sinks = [[Element.prototype, "innerHTML"], [Element.prototype, "outerHTML"], [ShadowRoot.prototype, "innerHTML"]];
  for (const [prototype, name] of sinks) {
    const before = Object.getOwnPropertyDescriptor(prototype, name);
    if (before) Object.defineProperty(prototype, name, { ...before, set: noting(name) });
  }
  for (const name of ["insertAdjacentHTML", "setHTMLUnsafe"]) Element.prototype[name] = noting(name);
  Range.prototype.createContextualFragment = noting("createContextualFragment");
  DOMParser.prototype.parseFromString = noting("parseFromString");

  // What it takes, and where it goes.
  Object.defineProperty(document, "cookie", { get: () => note("cookie") ?? "", set: noting("cookie") });
  addEventListener("beforeunload", () => {
    if (!watch.isDone) note("left the page", location.href);
  });

  // What the browser says of it. An image on another host is content that the format allows, and this page's policy
  // holds it back, so that nothing goes out: the one violation that is no fault.
  document.addEventListener("securitypolicyviolation", (event) => {
    const { effectiveDirective, blockedURI, sample } = event;
    if (effectiveDirective === "img-src" && /^https?:/.test(blockedURI)) watch.n_held += 1;
    else note("policy", effectiveDirective, blockedURI, sample);
  });
  addEventListener("error", (event) => {
    if (event instanceof ErrorEvent) note("error", event.message);
  });
  addEventListener("unhandledrejection", (event) => note("rejection", event.reason));
  new PerformanceObserver((list) => {
    for (const { name, initiatorType } of list.getEntries()) {
      const isWeb = /^https?:/.test(name) && !name.startsWith(watch.home);
      // Some browsers list what the policy held back.
      if (isWeb && initiatorType !== "img") note("request", initiatorType, name);
    }
  }).observe({ type: "resource", buffered: true });
  // Everything the reader shows is behind its shadow root.
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      const isOurs = !(node instanceof Element) || ["OFFPRINT-READER", "HEAD", "BODY", "META", "TITLE", "LINK", "SCRIPT"].includes(node.tagName);
      if (!isOurs || (watch.isReady && ["META", "LINK", "SCRIPT"].includes(node.tagName))) note("element", node.outerHTML);
    }
  }).observe(document, { childList: true, subtree: true });

  let names;
  // What is kept of the page's state: names on the window, the title, the address. Called again, it notes what is new.
  watch.compare = () => {
    const now = Object.getOwnPropertyNames(window);
    const before = new Set(names ?? now);
    for (const name of now) if (!before.has(name)) note("global", name);
    names ??= now;
    if (document.title !== watch.title) note("title", document.title);
  };
  window.watch = watch;
})();
