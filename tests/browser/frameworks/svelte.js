/** Svelte 5. */
import { flushSync, mount as begin, unmount } from "svelte";
import { writable } from "svelte/store";
import Page from "./Page.svelte";

export function mount(node) {
  const shown = writable({ order: [] });
  const page = begin(Page, { target: node, props: { shown } });
  const render = (now) => {
    shown.set(now);
    flushSync();
  };
  return { render, unmount: () => unmount(page) };
}
