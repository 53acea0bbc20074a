/**
 * What is offered at times, and comes only then: to save again what the browser has cleared, and to install the site as an app.
 */
import { stored } from "./keeper.js";
import { whenQuiet } from "./offline.js";
import { counted, isWhole, said } from "./save.js";

/** @typedef {import("./offline.js").Tray} Tray */

const INSTALL = "offprint-install";

/** What was saved and has gone. @param {import("./keeper.js").Keeper} keeper @param {Tray} tray @param {string[]} names */
export function regain(keeper, tray, names) {
  const again = async () => {
    try {
      tray.show("lost", `Saving ${counted(names)} again …`);
      const states = await keeper.save(names, () => {}, new AbortController().signal);
      const whole = names.filter((name) => isWhole(states[name]));
      const rest = whole.length < names.length ? ` Not, or not wholly: ${counted(names.filter((name) => !whole.includes(name)))}. Saved has more on it.` : "";
      tray.show("lost", `${whole.length ? counted(whole) : "Nothing"} saved again.${rest}`, ["All right", () => {}]);
    } catch (error) {
      tray.show("lost", said(error), ["Try again", again], ["Later", () => {}]);
    }
  };
  const text = `The browser has cleared what you had saved: ${counted(names)}.`;
  whenQuiet(() => tray.show("lost", text, ["Save again", again], ["Forget them", () => keeper.forget(names)], ["Later", () => {}]));
}

/** Once in a visit, and never again once it was turned down. @param {Tray} tray @param {any} prompt what the browser has given for it */
export function install(tray, prompt) {
  if (stored((storage) => storage.getItem(INSTALL) ?? sessionStorage.getItem(INSTALL))) return;
  stored(() => sessionStorage.setItem(INSTALL, "told"));
  const never = () => stored((storage) => storage.setItem(INSTALL, "no"));
  const install = async () => {
    await prompt.prompt();
    const { outcome } = await prompt.userChoice;
    if (outcome !== "accepted") never();
  };
  whenQuiet(() => tray.show("install", "As an app on this device, this edition opens without a network, and browsers keep its articles longer.", ["Install", install], ["No, thanks", never]));
  addEventListener("appinstalled", () => tray.hide("install"));
}
