// What is said to the person for a moment, at the foot of the page; screen readers read it out.

let shown: HTMLElement | null = null;
let timer = 0;

export interface Offer {
  label: string;
  run: () => void;
}

/** Show a message; an error stays until it is closed or followed by another. */
export function say(text: string, kind: "ok" | "error" = "ok", offer?: Offer): void {
  shown?.remove();
  window.clearTimeout(timer);
  const box = document.createElement("div");
  box.className = kind === "error" ? "message error" : "message";
  box.setAttribute("role", kind === "error" ? "alert" : "status");
  const words = document.createElement("span");
  words.dir = "auto";
  words.textContent = text;
  box.append(words);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = offer ? offer.label : "×";
  if (!offer) button.ariaLabel = document.body.dataset["close"] ?? "Close";
  button.addEventListener("click", () => {
    box.remove();
    offer?.run();
  });
  box.append(button);
  document.body.append(box);
  shown = box;
  if (kind !== "error") timer = window.setTimeout(() => box.remove(), offer ? 12000 : 5000);
}

const LATER = "sijill-message";

/** Show a message on the page that is loaded next. */
export function sayNext(text: string): void {
  sessionStorage.setItem(LATER, text);
}

export function saidBefore(): void {
  const text = sessionStorage.getItem(LATER);
  if (text) {
    sessionStorage.removeItem(LATER);
    say(text);
  }
}
