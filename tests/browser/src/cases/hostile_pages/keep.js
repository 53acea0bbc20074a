// Keeps what the elements of a page tell, in the order in which they do.
window.told = [];
for (const name of ["ready", "navigate", "search", "error"]) {
  addEventListener(`offprint-${name}`, ({ target, detail }) => told.push({ name, of: target.localName ?? "document", id: target.id, detail }));
}
