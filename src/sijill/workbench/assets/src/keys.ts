// Keys that work on a page outside of its fields. Keys are named by where they are on the keyboard, so that they are the same
// under an Arabic and a Latin layout.
import { make } from "./dom";

export interface Key {
  code: string;
  shift?: boolean;
  label: string;
  says: string;
  run: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, select, textarea, dialog, [contenteditable]") !== null;
}

/** Listen for keys; `?` (Shift and slash, or the Arabic question mark) opens their list. Returns what opens it. */
export function listenForKeys(keys: Key[], title: string, close: string): () => void {
  const dialog = make(
    "dialog",
    { "aria-label": title },
    make("h2", {}, title),
    make("table", { class: "keys" }, make("tbody", {}, ...keys.map((key) => make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key.label)), make("td", {}, key.says))))),
    make("p", { class: "row end" }, make("button", { type: "button", click: () => dialog.close() }, close)),
  );
  document.body.append(dialog);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "?" || event.key === "؟") {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const key = keys.find((known) => known.code === event.code && Boolean(known.shift) === event.shiftKey);
    if (!key) return;
    if (event.code === "Enter" && event.target instanceof HTMLElement && event.target.closest("a, button")) return;
    event.preventDefault();
    key.run();
  });
  return () => dialog.showModal();
}
