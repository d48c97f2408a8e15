// The report page: fields light their words, words show their fields, selected words are assigned, every field is corrected.
import { ApiError, pageData } from "./api";
import { decide, type Deciding } from "./decide";
import { type Choice, make, need } from "./dom";
import { type Choices, type Editor, EDITORS } from "./editors";
import { listenForKeys } from "./keys";
import { say } from "./messages";
import { rangesOf, selectedSpan, type Span, wordsOf } from "./text";

interface Cell {
  part: string;
  path: string;
  field: string;
  editor: string;
  value: unknown;
  words: [number, number][];
  fresh: boolean;
}

interface Data {
  cells: Record<string, Cell>;
  choices: Choices;
  actors: Record<string, string>;
  events: Choice[];
  fields: Record<string, string>;
  parts: Record<string, string>;
  say: Record<string, string>;
}

interface Open {
  name: string;
  editor: Editor;
  evidence: Span | null;
  showEvidence: () => void;
}

let data = pageData<Data>("report-data");
let editing: Open | null = null;
let chosen: Span | null = null;
const write = document.body.dataset["write"] === "true";

const text = (): HTMLElement => need("#text");
const words = (key: string): string => data.say[key] ?? key;
const cellElement = (name: string): HTMLElement | null => document.querySelector(`[data-cell="${CSS.escape(name)}"]`);
const details = (name: string): HTMLDetailsElement | null => cellElement(name)?.querySelector("details") ?? null;
const partOf = (element: Element | null): HTMLElement | null => element?.closest<HTMLElement>("[data-part]") ?? null;

// --- lighting ---------------------------------------------------------------------------------------------------------------

/** Light the words of cells, and these cells alone. */
function light(names: string[], scroll: boolean): void {
  const wanted = new Set(names);
  let first: HTMLElement | null = null;
  for (const mark of text().querySelectorAll<HTMLElement>("mark[data-cells]")) {
    const lit = (mark.dataset["cells"] ?? "").split(" ").some((name) => wanted.has(name));
    mark.classList.toggle("lit", lit);
    if (lit) first ??= mark;
  }
  text().classList.toggle("has-lit", first !== null);
  for (const cell of document.querySelectorAll<HTMLElement>("[data-cell]")) cell.classList.toggle("lit", wanted.has(cell.dataset["cell"] ?? ""));
  if (scroll && first && !isSeen(first)) first.scrollIntoView({ block: "center", behavior: "smooth" });
}

function isSeen(element: Element): boolean {
  const box = element.getBoundingClientRect();
  return box.top >= 60 && box.bottom <= window.innerHeight - 20;
}

function closeOthers(names: string[]): void {
  for (const open of document.querySelectorAll<HTMLDetailsElement>("[data-cell] details[open]")) {
    const name = open.closest<HTMLElement>("[data-cell]")?.dataset["cell"] ?? "";
    if (!names.includes(name) && name !== editing?.name) open.open = false;
  }
}

/** Open the cells that words are evidence of, close all others, and show the first. */
function showCells(names: string[]): void {
  closeOthers(names);
  for (const name of names) {
    const box = details(name);
    if (box) box.open = true;
  }
  light(names, false);
  const first = names[0] ? cellElement(names[0]) : null;
  if (first && !isSeen(first)) first.scrollIntoView({ block: "center", behavior: "smooth" });
}

function paint(span: Span | null): void {
  if (!("highlights" in CSS)) return;
  if (span) CSS.highlights.set("chosen", new Highlight(...rangesOf(text(), span)));
  else CSS.highlights.delete("chosen");
}

// --- deciding ---------------------------------------------------------------------------------------------------------------

async function run(deciding: Deciding, done: string, after?: () => void): Promise<void> {
  try {
    const decided = await decide(deciding);
    await refresh();
    after?.();
    if (deciding.what === "undo") say(done);
    else say(done, "ok", { label: words("undo"), run: () => void run({ what: "undo", decision: decided.hash }, words("undone")) });
  } catch (error) {
    if (error instanceof ApiError) say(error.message, "error");
    else throw error;
  }
}

/** Read the page anew and put it in the place of what is shown; what was open stays open. */
async function refresh(): Promise<void> {
  const open = [...document.querySelectorAll<HTMLElement>("[data-cell]:has(> details[open])")].map((cell) => cell.dataset["cell"] ?? "");
  const history = document.querySelector<HTMLDetailsElement>("#decisions")?.open ?? false;
  const response = await fetch(location.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("#report");
  if (!response.ok || !fresh) {
    location.reload();
    return;
  }
  const scroll = window.scrollY;
  need("#report").replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("sijill:new", { detail: fresh }));
  data = pageData<Data>("report-data");
  editing = null;
  chosen = null;
  paint(null);
  for (const name of open) {
    const box = details(name);
    if (box) box.open = true;
  }
  const decisions = document.querySelector<HTMLDetailsElement>("#decisions");
  if (decisions) decisions.open = history;
  setUp();
  light(open, false);
  window.scrollTo({ top: scroll });
}

// --- correcting -------------------------------------------------------------------------------------------------------------

function label(name: string): string {
  const cell = data.cells[name];
  if (!cell) return name;
  const index = /\[(\d+)\]$/.exec(cell.path);
  return `${data.fields[cell.field] ?? cell.field}${index ? ` ${Number(index[1]) + 1}` : ""}`;
}

function siblings(name: string): Choice[] {
  const cell = data.cells[name];
  if (!cell || cell.field !== "casualties") return [];
  return Object.entries(data.cells).flatMap(([other, sibling]) => {
    const index = /\[(\d+)\]$/.exec(sibling.path)?.[1];
    if (other === name || sibling.fresh || sibling.part !== cell.part || sibling.field !== cell.field || index === undefined) return [];
    const shown = cellElement(other)?.querySelector(".cell-text .value")?.textContent ?? "";
    return [{ value: Number(index), label: `${Number(index) + 1}: ${shown}` }];
  });
}

/** Open the editor of a cell; `evidence` are words that were selected for it. */
function edit(name: string, evidence: Span | null = null): void {
  const cell = data.cells[name];
  if (!write || !cell) return;
  stopEditing();
  let element = cellElement(name);
  if (!element && cell.fresh) {
    element = make("li", { class: "cell fresh-cell", "data-cell": name }, make("div", { class: "cell-more" }, make("strong", {}, label(name)), make("div", { class: "editor", "data-editor": "" })));
    need(`#${CSS.escape(cell.part)} .cells`).append(element);
  }
  const holder = element?.querySelector<HTMLElement>("[data-editor]");
  const builder = EDITORS[cell.editor];
  if (!element || !holder || !builder) return;
  const box = element.querySelector("details");
  if (box) box.open = true;
  const editor = builder(cell.value, { ...data, siblings: siblings(name) }, label(name));
  const chip = make("p", { class: "evidence small" });
  const opened: Open = { name, editor, evidence, showEvidence: () => undefined };
  opened.showEvidence = () => {
    const span = opened.evidence;
    if (!span) {
      chip.replaceChildren(make("span", { class: "soft" }, cell.words.length ? words("evidence_kept") : ""));
      return;
    }
    chip.replaceChildren(
      make("span", { class: "soft" }, `${words("evidence_new")}: `),
      make("q", { class: "given", dir: "auto" }, wordsOf(text(), span)),
      " ",
      make("button", { type: "button", class: "quiet small", "aria-label": words("remove"), click: () => {
        opened.evidence = null;
        paint(null);
        opened.showEvidence();
      } }, "×"),
    );
  };
  const entry = /^(\w+)\[(\d+)\]$/.exec(cell.path);
  const form = make(
    "form",
    { class: "stack tight", submit: (event) => {
      event.preventDefault();
      void save(opened);
    }, keydown: (event) => {
      if (event instanceof KeyboardEvent && event.key === "Escape") stopEditing(true);
    } },
    editor.element,
    chip,
    make(
      "p",
      { class: "row" },
      make("button", { type: "submit", class: "primary" }, words("save")),
      make("button", { type: "button", click: () => stopEditing(true) }, words("cancel")),
      entry && !cell.fresh ? make("button", { type: "button", class: "danger", click: () => void remove(name) }, words("remove")) : null,
    ),
  );
  holder.replaceChildren(form);
  holder.hidden = false;
  editing = opened;
  opened.showEvidence();
  if (evidence) {
    paint(evidence);
    editor.suggest?.(wordsOf(text(), evidence));
  }
  light([name], false);
  form.querySelector<HTMLElement>("input, select, textarea")?.focus();
  if (!isSeen(form)) form.scrollIntoView({ block: "center" });
}

function stopEditing(focus = false): void {
  if (!editing) return;
  const element = cellElement(editing.name);
  const holder = element?.querySelector<HTMLElement>("[data-editor]");
  editing = null;
  paint(null);
  if (element?.classList.contains("fresh-cell")) element.remove();
  else if (holder) showEditButton(holder);
  if (focus) element?.querySelector("summary")?.focus();
}

async function save(opened: Open): Promise<void> {
  const cell = data.cells[opened.name];
  if (!cell) return;
  const deciding: Deciding = { what: "correct", part: cell.part, path: cell.path, value: opened.editor.read() };
  if (opened.evidence) deciding.evidence = [opened.evidence];
  const name = opened.name;
  await run(deciding, words("saved"), () => cellElement(name)?.querySelector("summary")?.focus());
}

/** Take an entry out of a list; what was a part of a later entry, or of this one, follows. */
async function remove(name: string): Promise<void> {
  const cell = data.cells[name];
  const entry = cell && /^(\w+)\[(\d+)\]$/.exec(cell.path);
  if (!cell || !entry) return;
  const gone = Number(entry[2]);
  const kept = Object.values(data.cells)
    .filter((other) => other.part === cell.part && other.field === cell.field && !other.fresh && other !== cell)
    .map((other) => {
      const value = { ...(other.value as Record<string, unknown>) };
      const whole = value["part_of"];
      if (typeof whole === "number") value["part_of"] = whole === gone ? null : whole > gone ? whole - 1 : whole;
      return value;
    });
  await run({ what: "correct", part: cell.part, path: cell.field, value: kept }, words("saved"));
}

function showEditButton(holder: HTMLElement): void {
  const name = holder.closest<HTMLElement>("[data-cell]")?.dataset["cell"] ?? "";
  holder.replaceChildren(make("button", { type: "button", class: "small", "data-edit": "", click: () => edit(name) }, words("edit")));
  holder.hidden = false;
}

// --- selected words -----------------------------------------------------------------------------------------------------------

function onSelection(): void {
  if (!write) return;
  const span = selectedSpan(text());
  const bar = need<HTMLElement>("#assign");
  if (!span) return;
  chosen = span;
  text().dataset["selectedStart"] = String(span.start);
  text().dataset["selectedEnd"] = String(span.end);
  paint(span);
  if (editing) {
    editing.evidence = span;
    editing.showEvidence();
    editing.editor.suggest?.(wordsOf(text(), span));
    return;
  }
  showAssign(bar, span);
}

function showAssign(bar: HTMLElement, span: Span): void {
  const control = make("select", { "aria-label": words("assign") });
  for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
    const title = part.querySelector("h3")?.textContent?.trim() ?? "";
    const options = Object.entries(data.cells).filter(([, cell]) => cell.part === part.dataset["part"]);
    if (!options.length) continue;
    control.append(make("optgroup", { label: title }, ...options.map(([name, cell]) => make("option", { value: name }, cell.fresh ? `+ ${label(name)}` : label(name)))));
  }
  const current = partOf(document.querySelector("[data-cell].lit"))?.dataset["short"];
  const preferred = /[\d٠-٩۰-۹]/.test(wordsOf(text(), span)) ? "casualties" : "";
  const pick = [...control.options].find((option) => option.value.startsWith(`${current ?? "e"}`) && option.value.includes(`:${preferred}`));
  if (pick) control.value = pick.value;
  bar.replaceChildren(
    make("p", { class: "small" }, make("span", { class: "soft" }, `${words("selected")}: `), make("q", { class: "given", dir: "auto" }, wordsOf(text(), span))),
    make(
      "p",
      { class: "row" },
      control.options.length ? control : null,
      control.options.length ? make("button", { type: "button", class: "primary", click: () => {
        bar.hidden = true;
        edit(control.value, span);
      } }, words("assign_go")) : null,
      ...Object.entries(data.parts).map(([kind, name]) => make("button", { type: "button", class: "small", click: () => void addPart(kind, span) }, `+ ${name}`)),
      make("button", { type: "button", class: "quiet small", click: () => closeAssign() }, words("cancel")),
    ),
  );
  bar.hidden = false;
}

function closeAssign(): void {
  need<HTMLElement>("#assign").hidden = true;
  chosen = null;
  paint(null);
  delete text().dataset["selectedStart"];
  delete text().dataset["selectedEnd"];
}

const BEGINNINGS: Record<string, { values: Record<string, unknown>; field: string }> = {
  events: { values: { type: "other" }, field: "type" },
  tallies: { values: {}, field: "since" },
  control: { values: { place: null }, field: "place" },
  persons: { values: { name: "…" }, field: "name" },
};

/** Add a part that the machine did not find; it rests on the selected words, if any. */
async function addPart(kind: string, span: Span | null): Promise<void> {
  const beginning = BEGINNINGS[kind];
  if (!beginning) return;
  const said = span ? wordsOf(text(), span) : "";
  const values: Record<string, unknown> = { ...beginning.values };
  if (kind === "persons" && said) values["name"] = said;
  if (span) values["evidence"] = [{ field: beginning.field, start: span.start, end: span.end, text: said, rule: "person" }];
  const before = new Set([...document.querySelectorAll<HTMLElement>("[data-part]")].map((part) => part.id));
  await run({ what: "add", report: need<HTMLElement>("#report").dataset["report"] ?? "", kind, values }, words("saved"), () => {
    const added = [...document.querySelectorAll<HTMLElement>("[data-part]")].find((part) => !before.has(part.id));
    const first = added && Object.keys(data.cells).find((name) => data.cells[name]?.part === added.id);
    if (first) edit(first);
  });
}

// --- keys -------------------------------------------------------------------------------------------------------------------

let focusedPart = "";

function currentPart(): HTMLElement | null {
  return partOf(document.activeElement) ?? document.getElementById(focusedPart) ?? document.querySelector("[data-part]");
}

function step<T extends HTMLElement>(all: T[], now: T | null, by: number): void {
  const at = now ? all.indexOf(now) : -1;
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function stepCell(by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-cell] summary")];
  const now = document.activeElement instanceof HTMLElement && document.activeElement.matches("[data-cell] summary") ? document.activeElement : null;
  if (!now) {
    const inside = currentPart()?.querySelector<HTMLElement>("[data-cell] summary");
    if (inside) {
      inside.focus();
      return;
    }
  }
  step(all, now, by);
}

function stepPart(by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>("[data-part] h3")];
  step(all, currentPart()?.contains(document.activeElement) ? (currentPart()?.querySelector("h3") ?? null) : null, by);
}

function act(what: "accept" | "reject" | "skip"): void {
  const part = currentPart();
  if (!write || !part || part.classList.contains("rejected")) return;
  const done = { accept: "accepted", reject: "rejected", skip: "skipped" }[what];
  const order = [...document.querySelectorAll<HTMLElement>("[data-part]")].map((each) => each.id);
  const id = part.id;
  void run({ what, part: id }, words(done), () => {
    const later = order.slice(order.indexOf(id) + 1).map((next) => document.getElementById(next));
    const next = later.find((each) => each?.classList.contains("machine"));
    (next?.querySelector<HTMLElement>("h3") ?? document.getElementById("next-report"))?.focus();
  });
}

function toEvent(anchor: string): void {
  const link = currentPart()?.querySelector<HTMLAnchorElement>("[data-event]");
  if (link) location.href = `${link.href}#${anchor}`;
}

function undoLast(): void {
  const button = document.querySelector<HTMLElement>("#decisions [data-undo]");
  if (button) void run({ what: "undo", decision: button.dataset["undo"] ?? "" }, words("undone"));
}

function correctHere(): void {
  const cell = document.activeElement?.closest<HTMLElement>("[data-cell]") ?? document.querySelector<HTMLElement>("[data-cell].lit") ?? currentPart()?.querySelector<HTMLElement>("[data-cell]");
  if (cell?.dataset["cell"]) edit(cell.dataset["cell"], chosen);
}

// --- setting up -------------------------------------------------------------------------------------------------------------

function setUp(): void {
  for (const box of document.querySelectorAll<HTMLDetailsElement>("[data-cell] details")) {
    const name = box.closest<HTMLElement>("[data-cell]")?.dataset["cell"] ?? "";
    box.addEventListener("toggle", () => {
      if (box.open) light([name], true);
    });
    box.querySelector("summary")?.addEventListener("click", () => {
      if (!box.open) closeOthers([name]); // the click itself opens it
    });
    box.querySelector("summary")?.addEventListener("focus", () => light([name], true));
  }
  if (!write) return;
  for (const holder of document.querySelectorAll<HTMLElement>("[data-editor]")) showEditButton(holder);
  for (const hidden of document.querySelectorAll<HTMLElement>(".actions[hidden], .fresh[hidden], #add-part, [data-undo][hidden]")) hidden.hidden = false;
  for (const button of document.querySelectorAll<HTMLElement>("[data-do]")) {
    button.addEventListener("click", () => {
      focusedPart = partOf(button)?.id ?? "";
      act(button.dataset["do"] as "accept" | "reject" | "skip");
    });
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-undo]")) {
    button.addEventListener("click", () => void run({ what: "undo", decision: button.dataset["undo"] ?? "" }, words("undone")));
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-add]")) button.addEventListener("click", () => edit(button.dataset["add"] ?? "", chosen));
  for (const button of document.querySelectorAll<HTMLElement>("[data-add-part]")) button.addEventListener("click", () => void addPart(button.dataset["addPart"] ?? "", chosen));
}

setUp();

document.addEventListener("click", (event) => {
  const mark = event.target instanceof Element ? event.target.closest<HTMLElement>("#text mark[data-cells]") : null;
  if (mark && document.getSelection()?.isCollapsed !== false) showCells((mark.dataset["cells"] ?? "").split(" "));
});
document.addEventListener("focusin", (event) => {
  const part = partOf(event.target as Element);
  if (part) focusedPart = part.id;
});
let settling = 0;
document.addEventListener("selectionchange", () => {
  window.clearTimeout(settling);
  settling = window.setTimeout(onSelection, 120);
});

const showKeys = listenForKeys(
  [
    { code: "KeyJ", label: "J", says: words("key_next_cell"), run: () => stepCell(1) },
    { code: "KeyK", label: "K", says: words("key_previous_cell"), run: () => stepCell(-1) },
    { code: "KeyJ", shift: true, label: "⇧ J", says: words("key_next_part"), run: () => stepPart(1) },
    { code: "KeyK", shift: true, label: "⇧ K", says: words("key_previous_part"), run: () => stepPart(-1) },
    { code: "KeyA", label: "A", says: words("key_accept"), run: () => act("accept") },
    { code: "KeyE", label: "E", says: words("key_correct"), run: correctHere },
    { code: "KeyR", label: "R", says: words("key_reject"), run: () => act("reject") },
    { code: "KeyS", label: "S", says: words("key_skip"), run: () => act("skip") },
    { code: "KeyM", label: "M", says: words("key_merge"), run: () => toEvent("merge") },
    { code: "KeyX", label: "X", says: words("key_split"), run: () => toEvent("split") },
    { code: "KeyU", label: "U", says: words("key_undo"), run: undoLast },
    { code: "KeyN", label: "N", says: words("key_next_report"), run: () => {
      const link = document.querySelector<HTMLAnchorElement>("#next-report");
      if (link) location.href = link.href;
    } },
  ],
  words("keys"),
  words("cancel"),
);
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("#show-keys")) showKeys();
});
need<HTMLElement>("#show-keys").hidden = false;

if (location.hash.length > 1) {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  target?.querySelector<HTMLElement>("h3")?.focus();
}
