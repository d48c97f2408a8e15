// What a cell is corrected with: the codebook's own choices, search for actors and places, numbers, dates.
import { type Choice, labelled, make, select } from "./dom";
import { findActors, findPlaces, searchField, type Actor, type Found, type Point } from "./search";

export interface Choices {
  [field: string]: Choice[];
}

export interface EditorContext {
  choices: Choices;
  fields: Record<string, string>;
  say: Record<string, string>;
  actors: Record<string, string>;
  events: Choice[];
  /** Labels of the other entries of the list, for `part_of`. */
  siblings: Choice[];
}

export interface Editor {
  element: HTMLElement;
  read: () => unknown;
  /** Words were pointed at: take from them what can be taken. */
  suggest?: (words: string) => void;
}

type Make = (value: unknown, context: EditorContext, name: string) => Editor;

const word = (context: EditorContext, key: string): string => context.fields[key] ?? key;

function choice(field: string, numeric = false): Make {
  return (value, context, name) => {
    const control = select(context.choices[field] ?? [], value);
    return { element: labelled(name, control), read: () => (numeric ? Number(control.value) : control.value) };
  };
}

/** Numbers in either kind of Arabic digits, or in Latin ones; null where there is none. */
export function numberIn(words: string): number | null {
  const latin = words.replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x0660)).replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x06f0));
  const found = /\d[\d,٬]*/.exec(latin);
  return found ? Number(found[0].replace(/[,٬]/g, "")) : null;
}

const date: Make = (value, _context, name) => {
  const control = make("input", { type: "date", value: (value as string | null) ?? "", dir: "ltr" });
  return { element: labelled(name, control), read: () => control.value || null };
};

const text: Make = (value, _context, name) => {
  const control = make("input", { type: "text", value: (value as string | null) ?? "", dir: "auto" });
  return {
    element: labelled(name, control),
    read: () => control.value.trim() || null,
    suggest: (words) => {
      if (!control.value) control.value = words;
    },
  };
};

const list: Make = (value, context, name) => {
  const control = make("input", { type: "text", value: ((value as string[] | null) ?? []).join(", ").replaceAll("_", " "), dir: "auto" });
  const element = labelled(name, control);
  element.append(make("span", { class: "hint" }, context.say["means_hint"] ?? ""));
  return { element, read: () => control.value.split(/[,،]/).map((part) => part.trim().replaceAll(" ", "_")).filter(Boolean) };
};

function chips(value: string[], context: EditorContext, name: string, one: boolean): Editor {
  let ids = [...value];
  const names = new Map(Object.entries(context.actors));
  const box = make("div", { class: "row chips" });
  const draw = (): void => {
    box.replaceChildren(
      ...ids.map((id) =>
        make(
          "span",
          { class: "chip" },
          make("bdi", {}, names.get(id) ?? id),
          make("button", { type: "button", class: "chip-remove", "aria-label": `${context.say["remove"] ?? ""}: ${names.get(id) ?? id}`, click: () => {
            ids = ids.filter((other) => other !== id);
            draw();
          } }, "×"),
        ),
      ),
    );
  };
  draw();
  const find = async (typed: string, signal: AbortSignal): Promise<Found<Actor>[]> => {
    const found = await findActors(typed, signal);
    const slug = typed.toLowerCase();
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && !found.some((entry) => entry.value.id === slug)) {
      found.push({ label: (context.say["new_actor"] ?? "{id}").replace("{id}", slug), detail: "", value: { id: slug, name: slug } });
    }
    return found;
  };
  const field = searchField(context.say["search_actors"] ?? "", context.say["no_result"] ?? "", find, ({ value: actor }) => {
    names.set(actor.id, actor.name);
    ids = one ? [actor.id] : [...ids.filter((id) => id !== actor.id), actor.id];
    draw();
  });
  return { element: make("div", { class: "field", role: "group", "aria-label": name }, make("span", { class: "label" }, name), box, field), read: () => ids };
}

const actors: Make = (value, context, name) => chips((value as string[] | null) ?? [], context, name, false);

const place: Make = (value, context, name) => {
  const now = value as Point | null;
  let none = now === null;
  const input = (label: string, initial: string, attributes: Record<string, string> = {}): HTMLInputElement =>
    make("input", { type: "text", value: initial, "aria-label": label, ...attributes });
  const placeName = input(name, now?.name ?? "", { dir: "auto" });
  const country = input(word(context, "country"), now?.country ?? "", { maxlength: "2", dir: "ltr", autocapitalize: "characters" });
  const degrees = { type: "number", step: "any", dir: "ltr" };
  const lat = input(word(context, "lat"), now?.lat?.toString() ?? "", { ...degrees, min: "-90", max: "90" });
  const lon = input(word(context, "lon"), now?.lon?.toString() ?? "", { ...degrees, min: "-180", max: "180" });
  const precision = select(context.choices["precision"] ?? [], now?.precision ?? 1);
  const take = (point: Partial<Point>): void => {
    none = false;
    if (point.name !== undefined) placeName.value = point.name;
    if (point.country !== undefined) country.value = point.country ?? "";
    if (point.lat !== undefined) lat.value = point.lat === null ? "" : String(point.lat);
    if (point.lon !== undefined) lon.value = point.lon === null ? "" : String(point.lon);
    if (point.precision !== undefined) precision.value = String(point.precision);
  };
  const field = searchField(context.say["search_places"] ?? "", context.say["no_result"] ?? "", findPlaces, ({ value: point }) => {
    take(point);
    moved(point);
  });
  const canvas = make("div", { class: "map small-map", hidden: true });
  let moved: (point: Partial<Point>) => void = () => undefined;
  const open = make("button", { type: "button", class: "small", "aria-expanded": "false", click: () => void openMap() }, context.say["map_place"] ?? "");
  async function openMap(): Promise<void> {
    open.setAttribute("aria-expanded", "true");
    open.hidden = true;
    canvas.hidden = false;
    const { pointPicker } = await import("./basemap");
    const start = lat.value && lon.value ? { lat: Number(lat.value), lon: Number(lon.value) } : null;
    const picker = pointPicker(canvas, start, (point) => take({ lat: Number(point.lat.toFixed(5)), lon: Number(point.lon.toFixed(5)) }));
    moved = (point) => {
      if (typeof point.lat === "number" && typeof point.lon === "number") picker.move({ lat: point.lat, lon: point.lon });
    };
  }
  for (const control of [placeName, country, lat, lon]) control.addEventListener("input", () => (none = false));
  const clear = make("button", { type: "button", class: "quiet small", click: () => {
    take({ name: "", country: "", lat: null, lon: null, precision: 1 });
    none = true;
  } }, context.say["no_place"] ?? "");
  const element = make(
    "div",
    { class: "stack tight" },
    field,
    make("div", { class: "fields" }, labelled(name, placeName), labelled(word(context, "country"), country), labelled(word(context, "precision"), precision), labelled(word(context, "lat"), lat), labelled(word(context, "lon"), lon)),
    make("div", { class: "row" }, open, clear),
    canvas,
  );
  const number = (control: HTMLInputElement): number | null => (control.value === "" ? null : Number(control.value));
  return {
    element,
    read: () =>
      none || !placeName.value.trim()
        ? null
        : { name: placeName.value.trim(), country: country.value.trim().toUpperCase() || null, lat: number(lat), lon: number(lon), precision: Number(precision.value) },
  };
};

interface Figure {
  outcome: string;
  side?: string;
  actor?: string[];
  n: number | null;
  bound: string;
  part_of: number | null;
  n_high: number | null;
}

function casualty(ofTally: boolean): Make {
  return (value, context) => {
    const now = (value as Figure | null) ?? { outcome: "killed", side: "unknown", actor: [], n: null, bound: "exact", part_of: null, n_high: null };
    const outcome = select(context.choices["outcome"] ?? [], now.outcome);
    const side = select(context.choices["side"] ?? [], now.side);
    const who = ofTally ? chips(now.actor ?? [], context, word(context, "actor"), false) : null;
    const whole = { type: "number", min: "0", step: "1", inputmode: "numeric", dir: "ltr" };
    const n = make("input", { ...whole, value: now.n ?? "" });
    const high = make("input", { ...whole, value: now.n_high ?? "" });
    const bound = select(context.choices["bound"] ?? [], now.bound);
    const partOf = select(context.siblings, now.part_of ?? "", "—");
    n.addEventListener("input", () => {
      if (n.value && bound.value === "vague") bound.value = "exact";
      if (!n.value) bound.value = "vague";
    });
    const element = make(
      "div",
      { class: "stack tight" },
      make(
        "div",
        { class: "fields" },
        labelled(word(context, "n"), n),
        labelled(word(context, "bound"), bound),
        labelled(word(context, "outcome"), outcome),
        who ? null : labelled(word(context, "side"), side),
        labelled(word(context, "n_high"), high),
        context.siblings.length ? labelled(word(context, "part_of"), partOf) : null,
      ),
      who?.element,
    );
    return {
      element,
      read: () => ({
        outcome: outcome.value,
        ...(who ? { actor: who.read() } : { side: side.value }),
        n: n.value === "" ? null : Number(n.value),
        bound: n.value === "" ? "vague" : bound.value,
        part_of: partOf.value === "" ? null : Number(partOf.value),
        n_high: high.value === "" ? null : Number(high.value),
      }),
      suggest: (words) => {
        const found = numberIn(words);
        if (found !== null) {
          n.value = String(found);
          if (bound.value === "vague") bound.value = "exact";
        }
      },
    };
  };
}

const source: Make = (value, context) => {
  const now = (value as { name: string; actor: string | null; kind: string } | null) ?? { name: "", actor: null, kind: "media" };
  const name = text(now.name, context, word(context, "name"));
  const kind = select(context.choices["source_kind"] ?? [], now.kind);
  const actor = chips(now.actor ? [now.actor] : [], context, word(context, "actor"), true);
  return {
    element: make("div", { class: "stack tight" }, make("div", { class: "fields" }, name.element, labelled(word(context, "kind"), kind)), actor.element),
    read: () => ({ name: name.read() ?? "", kind: kind.value, actor: (actor.read() as string[])[0] ?? null }),
    suggest: (words) => name.suggest?.(words),
  };
};

const detail: Make = (value, context) => {
  const now = (value as { what: string; n: number | null; bound: string; unit: string | null } | null) ?? { what: "", n: null, bound: "exact", unit: null };
  const what = make("input", { type: "text", value: now.what.replaceAll("_", " "), dir: "auto" });
  const n = make("input", { type: "number", step: "any", value: now.n ?? "", dir: "ltr" });
  const bound = select(context.choices["bound"] ?? [], now.bound);
  const unit = make("input", { type: "text", value: (now.unit ?? "").replaceAll("_", " "), dir: "auto" });
  const id = (control: HTMLInputElement): string => control.value.trim().replaceAll(" ", "_");
  return {
    element: make("div", { class: "fields" }, labelled(word(context, "what"), what), labelled(word(context, "n"), n), labelled(word(context, "bound"), bound), labelled(word(context, "unit"), unit)),
    read: () => ({ what: id(what), n: n.value === "" ? null : Number(n.value), bound: n.value === "" ? "vague" : bound.value, unit: id(unit) || null }),
    suggest: (words) => {
      const found = numberIn(words);
      if (found !== null) n.value = String(found);
    },
  };
};

const event: Make = (value, context, name) => {
  const control = select(context.events, value ?? "", "—");
  return { element: labelled(name, control), read: () => (control.value === "" ? null : Number(control.value)) };
};

export const EDITORS: Record<string, Make> = {
  type: choice("type"),
  status: choice("status"),
  date_precision: choice("date_precision", true),
  extent: choice("extent"),
  manner: choice("manner"),
  fate: choice("fate"),
  date,
  text,
  words: list,
  actors,
  place,
  casualty: casualty(false),
  tally_casualty: casualty(true),
  source,
  detail,
  event,
};
