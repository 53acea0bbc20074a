/** Vite would put the scripts of the package into a folder of its own, without the files that they name. */
export default { optimizeDeps: { exclude: ["offprint"] } };
