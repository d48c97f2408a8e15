// On every page: the style sheet, htmx under a strict Content-Security-Policy, light and dark, what was said last.
import htmx from "htmx.org";

import "./styles/main.css";
import { csrfToken } from "./api";
import { listenForItems } from "./items";
import { saidBefore } from "./messages";

htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;

document.addEventListener("htmx:configRequest", (event) => {
  (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["x-csrf-token"] = csrfToken();
});

// What a page's own script put into the page anew.
document.addEventListener("sijill:new", (event) => htmx.process((event as CustomEvent<Element>).detail));

/** Light, dark, or as the system has it: kept in a cookie, so that the server writes it into the page. */
function chooseTheme(theme: string): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  const age = theme === "system" ? 0 : 31_536_000;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
  document.dispatchEvent(new CustomEvent("sijill:theme"));
}

for (const control of document.querySelectorAll<HTMLSelectElement>("select[data-theme-choice]")) {
  control.value = document.documentElement.dataset["theme"] ?? "system";
  control.addEventListener("change", () => chooseTheme(control.value));
}

// A form whose choices take effect at once; without JavaScript it has a button.
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-at-once]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

listenForItems();
saidBefore();
