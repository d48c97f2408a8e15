// Elements made in one line each. Text is always set as text, never as markup.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

let made = 0;

/** An id that no other element of the page has. */
export function newId(prefix: string): string {
  made += 1;
  return `${prefix}-${made}`;
}

/** A control with its label above it. */
export function labelled(label: string, control: HTMLElement): HTMLElement {
  const id = control.id || newId("control");
  control.id = id;
  return make("div", { class: "field" }, make("label", { for: id }, label), control);
}

export interface Choice {
  value: string | number;
  label: string;
  group?: string;
}

/** A select with choices, in groups where they have any; `none` is the label of an empty first choice. */
export function select(choices: Choice[], value: unknown, none?: string): HTMLSelectElement {
  const control = make("select");
  if (none !== undefined) control.append(make("option", { value: "" }, none));
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const choice of choices) {
    const option = make("option", { value: choice.value, selected: String(choice.value) === String(value) }, choice.label);
    if (choice.group === undefined) {
      control.append(option);
      continue;
    }
    let group = groups.get(choice.group);
    if (!group) {
      group = make("optgroup", { label: choice.group });
      groups.set(choice.group, group);
      control.append(group);
    }
    group.append(option);
  }
  return control;
}

export function need<T extends Element>(selector: string, root: ParentNode = document): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}
