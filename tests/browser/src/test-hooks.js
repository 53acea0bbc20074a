// Runs in every page before anything else: keeps what goes wrong, and finds elements behind open shadow roots.
(() => {
  const complaints = [];
  const keep = (kind) => (...parts) => complaints.push(`${kind}: ${parts.map(String).join(" ")}`);
  for (const level of ["error", "warn"]) {
    const original = console[level];
    const kept = keep(`console.${level}`);
    console[level] = (...parts) => {
      kept(...parts);
      original.apply(console, parts);
    };
  }
  addEventListener("error", (event) => {
    const source = event.target?.src ?? event.target?.href;
    keep("error")(event.message ?? `cannot load ${source}`);
  }, true);
  addEventListener("unhandledrejection", (event) => keep("rejection")(event.reason));
  document.addEventListener("securitypolicyviolation", (event) => {
    keep("policy")(event.violatedDirective, event.blockedURI);
  });

  const all = (selector, root = document) => {
    const found = [...root.querySelectorAll(selector)];
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) found.push(...all(selector, element.shadowRoot));
    }
    return found;
  };
  const isVisible = (element) => element.checkVisibility?.() ?? element.getClientRects().length > 0;
  // The text that a person sees: one line for each run of white space.
  const text = (selector) => {
    const element = all(selector)[0];
    return element ? element.innerText.replace(/\s+/g, " ").trim() : null;
  };
  const hosts = () => performance.getEntriesByType("resource").map((entry) => new URL(entry.name).host);
  const active = (root = document) => {
    const element = root.activeElement;
    return element?.shadowRoot?.activeElement ? active(element.shadowRoot) : element;
  };
  Object.assign(window, { complaints, all, find: (selector) => all(selector)[0], isVisible, text, hosts, active });
})();
