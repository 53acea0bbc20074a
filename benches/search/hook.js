/**
 * Runs in the search worker before its own script: tells the page, over a channel of their own, when each message came
 * and when each answer went, and how much memory the worker's WebAssembly modules have.
 */
const channel = new BroadcastChannel("offprint-bench");
/** @type {{ url: string, memory: WebAssembly.Memory }[]} */
const memories = [];
/** @type {Map<number, { query: string, began: number }>} */
const asked = new Map();
/** @type {{ kind: string, at: number }[]} */
const others = [];

/** @param {MessageEvent} event */
function hear({ data, ports }) {
  const at = performance.now();
  if (data?.kind === "search") asked.set(data.seq, { query: data.query, began: at });
  else if (data?.kind) others.push({ kind: `to:${data.kind}`, at });
  // The page may hand over a channel for all that follows.
  for (const port of ports) port.addEventListener("message", hear);
}
addEventListener("message", hear);

/** @param {any} message */
function tell(message) {
  const at = performance.now();
  const question = asked.get(message?.seq);
  if (message?.kind === "found" && question) {
    const { docs, total } = message;
    channel.postMessage({ kind: "answer", query: question.query, ms: at - question.began, n: total ?? docs.length, docs: docs.slice() });
  } else if (message?.kind && message.kind !== "progress") others.push({ kind: `from:${message.kind}`, at });
}
for (const sender of [globalThis, MessagePort.prototype]) {
  const post = /** @type {any} */ (sender).postMessage;
  /** @type {any} */ (sender).postMessage = function (/** @type {any[]} */ ...all) {
    tell(all[0]);
    return post.apply(this ?? globalThis, all);
  };
}

for (const name of /** @type {const} */ (["instantiate", "instantiateStreaming"])) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (/** @type {any} */ source, /** @type {any} */ imports) => {
    const response = await source;
    const result = await original(response, imports);
    const memory = (result.instance ?? result).exports.memory;
    if (memory) memories.push({ url: response.url ?? "", memory });
    return result;
  };
}

channel.onmessage = ({ data }) => {
  if (data === "state") {
    const wasm = memories.map(({ url, memory }) => ({ url: url.split("/").pop(), bytes: memory.buffer.byteLength }));
    channel.postMessage({ kind: "state", wasm, others });
  }
};
