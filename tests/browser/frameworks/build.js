/** Makes one script of each framework's page: `node build.js FOLDER` writes `FOLDER/react.js` and the others. `cargo xtask test` runs it. */
import fs from "node:fs/promises";
import { build } from "esbuild";
import { compile } from "svelte/compiler";

const svelte = {
  name: "svelte",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[.]svelte$/ }, async ({ path }) => ({ contents: compile(await fs.readFile(path, "utf8"), { filename: path, generate: "client" }).js.code })),
};

const [outdir] = process.argv.slice(2);
const options = {
  absWorkingDir: import.meta.dirname,
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  conditions: ["browser"],
  plugins: [svelte],
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
};
await build({ ...options, entryPoints: ["react.jsx", "vue.js", "svelte.js", "lit.js"] });
await build({ ...options, entryPoints: ["preact.jsx"], jsxImportSource: "preact" });
