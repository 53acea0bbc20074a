import { init, render } from "offprint";

import { articles } from "../app.js";
import Reader from "./reader.jsx";

/** Made on the server: the article is in the page before any script. */
export default async function Page() {
  await init();
  return (
    <>
      <div id="made" dangerouslySetInnerHTML={{ __html: render(articles[0]) }} />
      <Reader />
    </>
  );
}
