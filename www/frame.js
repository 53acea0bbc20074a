/**
 * For a page with `<iframe data-offprint src="…/embed.html?…">`: gives each such frame the height of its content, so that the page
 * scrolls and not the frame. It may come before or after the frames; a frame that is put in later is found as well.
 *
 * A height is believed if it comes from that very frame's window, and from the origin that its `src` has: a page that the frame has
 * gone on to changes nothing. No frame becomes higher than `data-offprint-max` (100,000 pixels where it is left out).
 */
(() => {
  /** In pixels. */
  const LOWEST = 40;
  const HIGHEST = 100_000;

  const frames = () => /** @type {NodeListOf<HTMLIFrameElement>} */ (document.querySelectorAll("iframe[data-offprint]"));

  /** @param {HTMLIFrameElement} frame */
  const originOf = ({ src, sandbox }) => {
    if (sandbox.length && !sandbox.contains("allow-same-origin")) return "null";
    try {
      return new URL(src).origin;
    } catch {
      return undefined;
    }
  };

  addEventListener("message", ({ source, origin, data }) => {
    if (data?.offprint !== 1 || !Number.isFinite(data.height)) return;
    for (const frame of frames()) {
      if (frame.contentWindow !== source || origin !== originOf(frame)) continue;
      const highest = Number(frame.dataset.offprintMax) || HIGHEST;
      frame.style.boxSizing = "content-box";
      frame.style.height = `${Math.min(Math.max(data.height, LOWEST), highest)}px`;
    }
  });

  // Those that are there already may have told theirs. There is nothing in the question that another page may not read.
  for (const frame of frames()) frame.contentWindow?.postMessage({ offprint: 1 }, "*");
})();
