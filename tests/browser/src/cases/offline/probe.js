// Runs in a page outside of every scope, which therefore stays as it is while the server is stopped, and looks at what a worker keeps.
(() => {
  const registrationOf = (scope) => navigator.serviceWorker.getRegistration(scope);
  const settled = (worker) =>
    new Promise((done) => {
      const look = () => ["activated", "redundant"].includes(worker.state) && done(worker.state);
      worker.addEventListener("statechange", look);
      look();
    });
  // Has a worker installed, and gives the state that it comes to: "activated" or why not.
  async function install(scope, script = "sw.js") {
    try {
      const registration = await navigator.serviceWorker.register(scope + script, { scope, updateViaCache: "none" });
      const worker = registration.installing ?? registration.waiting ?? registration.active;
      return worker ? await settled(worker) : "redundant";
    } catch (error) {
      return error.name;
    }
  }
  // Has a newer worker installed, if there is one.
  async function renew(scope) {
    const registration = await registrationOf(scope);
    await registration.update().catch(() => {});
    const worker = registration.installing ?? registration.waiting;
    return worker ? settled(worker) : "same";
  }
  async function ask(scope, message, told = () => {}) {
    const worker = (await registrationOf(scope))?.active;
    if (!worker) return { kind: "failed", code: "none", message: "no worker" };
    const { port1, port2 } = new MessageChannel();
    return new Promise((done) => {
      port1.onmessage = ({ data }) => (data.kind === "progress" ? told(data, port1) : done(data));
      worker.postMessage(message, [port2]);
    });
  }
  const digest = async (bytes) =>
    [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  async function open(address) {
    const frame = document.createElement("iframe");
    const loaded = new Promise((done) => frame.addEventListener("load", done, { once: true }));
    frame.src = address;
    document.body.append(frame);
    await loaded;
    return frame;
  }
  // What does not open as it should: pages in frames, which are answered as tabs are, and their files as they ask for them.
  async function wrongOf(scope, pages) {
    const wrong = [];
    for (const { path, title, files } of pages) {
      const frame = await open(scope + path);
      const seen = frame.contentDocument?.title;
      if (!seen?.includes(title)) wrong.push(`${path}: its title is ${seen}, not ${title}`);
      const check = async ([path, expected]) => {
        const [address, range] = path.split("#");
        const headers = range ? { Range: `bytes=${range}` } : {};
        const response = await frame.contentWindow.fetch(scope + address, { headers }).catch(String);
        if (!response.ok) return wrong.push(`${path}: ${response.status ?? response}`);
        if ((await digest(await response.arrayBuffer())) !== expected) wrong.push(`${path}: other bytes`);
      };
      if (seen?.includes(title)) await Promise.all(files.map(check));
      frame.remove();
    }
    return wrong;
  }
  // What is begun here is awaited later, or never.
  const begun = {};
  function begin(name, promise) {
    begun[name] = undefined;
    promise.then((value) => (begun[name] = value), (error) => (begun[name] = String(error)));
  }
  window.offline = { install, renew, ask, wrongOf, open, begin, begun, registrationOf };
})();
