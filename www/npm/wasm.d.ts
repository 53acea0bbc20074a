/** What a bundler makes of an imported file, as a rule its address. */
declare const wasm: any;
export default wasm;
