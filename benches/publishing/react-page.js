/**
 * The page of React and react-markdown: it shows an article that is given as Markdown.
 */
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";

/** @param {string} article */
export function show(article) {
  const root = document.getElementById("root");
  if (root) createRoot(root).render(createElement(Markdown, { remarkPlugins: [remarkGfm] }, article));
}
