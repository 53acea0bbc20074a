/** Preact. */
import { render as draw } from "preact";

const PARTS = {
  reader: ({ text, theme, articles, listens, onNavigate, element }) => (
    <offprint-reader ref={element} theme={theme} articles={articles} storage="none" onoffprint-navigate={listens ? onNavigate : undefined}>
      <p>{text}</p>
    </offprint-reader>
  ),
  list: ({ articles, limit, category }) => <offprint-list articles={articles} limit={limit} category={category} />,
  article: ({ article, articles, articleId }) => <offprint-article {...(article ? { article } : { articles })} articleId={articleId} />,
};

function Page({ shown }) {
  return shown.order.map((name) => {
    const Part = PARTS[name];
    return (
      <section key={name}>
        <Part {...shown} />
      </section>
    );
  });
}

export function mount(node) {
  return { render: (shown) => draw(<Page shown={shown} />, node), unmount: () => draw(null, node) };
}
