// Loads the page again when the site was built again; `offprint serve --watch` adds it to pages that it serves.
new EventSource("/.offprint/changes").addEventListener("change", () => location.reload());
