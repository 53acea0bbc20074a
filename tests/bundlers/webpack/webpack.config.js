/** Nothing but where to begin. */
export default { entry: "./main.js" };
