// The event page: its place on a map, merging with another event, splitting off tellings, undo.
import { ApiError, pageData } from "./api";
import { decide, type Deciding } from "./decide";
import { need } from "./dom";
import { listenForKeys } from "./keys";
import { say, sayNext } from "./messages";

interface Data {
  account: string;
  tellings: string[];
  point: [number, number] | null;
  precision: number | null;
  say: Record<string, string>;
}

const data = pageData<Data>("event-data");
const words = (key: string): string => data.say[key] ?? key;

async function run(deciding: Deciding, done: string): Promise<void> {
  try {
    const decided = await decide(deciding);
    sayNext(done);
    const account = decided.accounts.includes(data.account) ? data.account : decided.accounts[0];
    location.assign(account ? `/events/${account}` : location.pathname);
  } catch (error) {
    if (error instanceof ApiError) say(error.message, "error");
    else throw error;
  }
}

for (const hidden of document.querySelectorAll<HTMLElement>(".split-choice[hidden], [data-undo][hidden]")) hidden.hidden = false;

const chosen = (form: HTMLFormElement, name: string): string[] => new FormData(form).getAll(name).map(String);

document.querySelector<HTMLFormElement>("#split-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const events = chosen(event.target as HTMLFormElement, "split");
  const others = data.tellings.filter((telling) => !events.includes(telling));
  if (!events.length || !others.length) say(words("choose_first"), "error");
  else void run({ what: "split", events, others }, words("split_done"));
});

document.querySelector<HTMLFormElement>("#merge-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const named = need<HTMLInputElement>("#merge-id").value.trim();
  const others = [...chosen(event.target as HTMLFormElement, "merge"), ...(named ? [named] : [])];
  if (!others.length) say(words("choose_merge"), "error");
  else void run({ what: "merge", events: [data.account, ...others] }, words("merged"));
});

for (const button of document.querySelectorAll<HTMLElement>("[data-undo]")) {
  button.addEventListener("click", () => void run({ what: "undo", decision: button.dataset["undo"] ?? "" }, words("undone")));
}

function focusOn(selector: string): void {
  const target = document.querySelector<HTMLElement>(selector);
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}

listenForKeys(
  [
    { code: "KeyM", label: "M", says: words("keys_merge"), run: () => focusOn("#merge-form input") },
    { code: "KeyX", label: "X", says: words("keys_split"), run: () => focusOn("#split-form input") },
    { code: "KeyU", label: "U", says: words("keys_undo"), run: () => document.querySelector<HTMLElement>("#decisions [data-undo]")?.click() },
  ],
  words("keys"),
  words("cancel"),
);
if (location.hash === "#merge") focusOn("#merge-form input");
if (location.hash === "#split") focusOn("#split-form input");

async function showMap(point: [number, number]): Promise<void> {
  const { openMap, colours } = await import("./basemap");
  const { Marker } = await import("maplibre-gl");
  const map = await openMap(need("#event-map"), { center: point, zoom: [7.5, 8, 7, 6, 5, 4][(data.precision ?? 1) - 1] ?? 6 });
  new Marker({ color: colours()["toll"] ?? "red" }).setLngLat(point).addTo(map);
}

if (data.point) void showMap(data.point);
