/** Lit. */
import { html, nothing, render as draw } from "lit";
import { ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";

const PARTS = {
  reader: ({ text, theme, articles, listens, onNavigate, element }) =>
    html`<offprint-reader ${ref(element)} theme=${theme} .articles=${articles} storage="none" @offprint-navigate=${listens ? onNavigate : null}><p>${text}</p></offprint-reader>`,
  list: ({ articles, limit, category }) => html`<offprint-list .articles=${articles} limit=${limit} category=${category ?? nothing}></offprint-list>`,
  article: ({ article, articles, articleId }) =>
    article
      ? html`<offprint-article .article=${article} .articleId=${articleId}></offprint-article>`
      : html`<offprint-article .articles=${articles} .articleId=${articleId}></offprint-article>`,
};

export function mount(node) {
  const render = (shown) => draw(repeat(shown.order, (name) => name, (name) => html`<section>${PARTS[name](shown)}</section>`), node);
  return { render, unmount: () => draw(nothing, node) };
}
