// A search field with suggestions as one types: the combobox pattern of ARIA, for actors and places.
import { ask } from "./api";
import { make, newId } from "./dom";

export interface Found<T> {
  label: string;
  detail: string;
  value: T;
}

const PAUSE = 150;

/**
 * A field that asks `find` as one types and hands what is chosen to `chosen`. In either script: what is typed goes to the
 * server as it is.
 */
export function searchField<T>(
  label: string,
  none: string,
  find: (typed: string, signal: AbortSignal) => Promise<Found<T>[]>,
  chosen: (found: Found<T>) => void,
): HTMLElement {
  const listId = newId("suggestions");
  const input = make("input", {
    type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", dir: "auto", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": listId, "aria-label": label, placeholder: label,
  });
  const list = make("ul", { id: listId, role: "listbox", "aria-label": label, hidden: true });
  const status = make("span", { role: "status", class: "visually-hidden" });
  let found: Found<T>[] = [];
  let active = -1;
  let timer = 0;
  let asked: AbortController | null = null;

  function close(): void {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  }
  function activate(index: number): void {
    active = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = list.children[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }
  function choose(index: number): void {
    const picked = found[index];
    if (!picked) return;
    input.value = "";
    close();
    chosen(picked);
  }
  function show(): void {
    list.replaceChildren(
      ...found.map((entry, index) =>
        make(
          "li",
          { role: "option", id: newId("suggestion"), "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => choose(index) },
          make("bdi", {}, entry.label),
          " ",
          make("small", {}, make("bdi", {}, entry.detail)),
        ),
      ),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? String(found.length) : none;
    activate(found.length ? 0 : -1);
  }
  async function search(): Promise<void> {
    asked?.abort();
    const typed = input.value.trim();
    if (!typed) {
      found = [];
      show();
      return;
    }
    asked = new AbortController();
    try {
      found = await find(typed, asked.signal);
      show();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    }
  }
  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void search(), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate((active + step + found.length) % found.length);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      event.stopPropagation();
      choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  input.addEventListener("blur", () => window.setTimeout(close, 100));
  return make("div", { class: "search" }, input, list, status);
}

export interface Actor {
  id: string;
  name: string;
}

export interface Point {
  name: string;
  country: string | null;
  lat: number | null;
  lon: number | null;
  precision: number;
}

interface ActorFound {
  id: string;
  name_en: string;
  name_ar: string;
  country: string | null;
}

interface PlaceFound {
  name: string;
  arabic?: string | null;
  country: string;
  lat: number;
  lon: number;
  kind: string;
  precision: number;
  adm1?: string;
}

const arabic = (): boolean => document.body.dataset["lang"] === "ar";

export async function findActors(typed: string, signal: AbortSignal): Promise<Found<Actor>[]> {
  const found = await ask<{ actors: ActorFound[] }>(`/api/v1/actors?q=${encodeURIComponent(typed)}&limit=12`, { signal });
  return found.actors.map((actor) => {
    const names = arabic() ? [actor.name_ar || actor.name_en, actor.name_en] : [actor.name_en, actor.name_ar];
    return { label: names[0] ?? actor.id, detail: [names[1], actor.country, actor.id].filter(Boolean).join(" · "), value: { id: actor.id, name: names[0] ?? actor.id } };
  });
}

export async function findPlaces(typed: string, signal: AbortSignal): Promise<Found<Point>[]> {
  const found = await ask<{ places: PlaceFound[] }>(`/api/v1/places?q=${encodeURIComponent(typed)}&limit=12`, { signal });
  return found.places.map((place) => {
    const names = arabic() ? [place.arabic || place.name, place.name] : [place.name, place.arabic];
    return {
      label: names[0] ?? place.name,
      detail: [names[1], place.adm1, place.country, place.kind].filter(Boolean).join(" · "),
      value: { name: place.name, country: place.country, lat: place.lat, lon: place.lon, precision: place.precision },
    };
  });
}
