/** Vue 3, with templates as they are written in a page. */
import { createApp, nextTick, shallowRef } from "vue/dist/vue.esm-bundler.js";

const template = `
  <section v-for="name in shown.order" :key="name">
    <offprint-reader v-if="name === 'reader'" :ref="shown.element" :theme="shown.theme" :articles.prop="shown.articles" storage="none"
      @offprint-navigate="(event) => shown.listens && shown.onNavigate(event)"><p>{{ shown.text }}</p></offprint-reader>
    <offprint-list v-else-if="name === 'list'" :articles.prop="shown.articles" :limit="shown.limit" :category="shown.category" />
    <offprint-article v-else-if="shown.article" :article.prop="shown.article" :article-id="shown.articleId" />
    <offprint-article v-else :articles.prop="shown.articles" :article-id="shown.articleId" />
  </section>`;

export function mount(node) {
  const shown = shallowRef({ order: [] });
  const app = createApp({ template, setup: () => ({ shown }) });
  app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith("offprint-");
  app.mount(node);
  const render = (now) => {
    shown.value = now;
    return nextTick();
  };
  return { render, unmount: () => app.unmount() };
}
