/** A page that has the package from its bundler, or from none. */
import * as offprint from "offprint";

import { start } from "./app.js";

start(offprint, document.querySelector("#articles"));
