// Lists that are worked through with keys: `data-item` is an entry, `data-key="a"` what the key A does in it ("M" with Shift).

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input:not([type=checkbox]), select, textarea, dialog[open], [contenteditable]") !== null;
}

/** The key as `data-key` names it, from where it is on the keyboard: the same under an Arabic and a Latin layout. */
function keyName(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (!letter) return event.key;
  return event.shiftKey ? letter : letter.toLowerCase();
}

export function listenForItems(): void {
  const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-item]")];
  if (!items().length && !document.querySelector("[data-key]")) return;
  const move = (by: number): void => {
    const all = items();
    const at = all.findIndex((item) => item.getAttribute("aria-current") === "true");
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return;
    for (const item of all) item.removeAttribute("aria-current");
    next.setAttribute("aria-current", "true");
    if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const name = keyName(event);
    if (name === "ArrowDown" || name === "j") move(1);
    else if (name === "ArrowUp" || name === "k") move(-1);
    else {
      const wanted = `[data-key="${CSS.escape(name)}"]`;
      const target = document.querySelector<HTMLElement>(`[data-item][aria-current="true"] ${wanted}`) ?? document.querySelector<HTMLElement>(wanted);
      if (!target) return;
      target.click();
    }
    event.preventDefault();
  });
}
