// The map of events with its timeline, and who held what on a day.
import type { GeoJSONSource, Map as GlMap, MapGeoJSONFeature } from "maplibre-gl";

import { ask, pageData } from "./api";
import { colours, openMap } from "./basemap";
import { bars, redrawn, token } from "./charts";
import { make, need } from "./dom";
import { findActors, searchField } from "./search";
import { addTerritory, boundsOf, dayNumber, dayOf, type Territory, territoryOn } from "./territory";

interface Data {
  groups: Record<string, string>;
  group_of: Record<string, string>;
  types: Record<string, string>;
  states: Record<string, string>;
  say: Record<string, string>;
}

type Row = [id: string, type: string, status: string, start: string, end: string, place: string, lat: number, lon: number, low: number | null, best: number | null, high: number | null];

const data = pageData<Data>("map-data");
const words = (key: string, values: Record<string, string | number> = {}): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), data.say[key] ?? key);
const query = need<HTMLElement>("#atlas").dataset["query"] ?? "";
const list = need<HTMLElement>("#shown-list");

function show(rows: Row[]): void {
  list.replaceChildren(
    ...rows.slice(0, 60).map((row) => {
      const [id, type, , start, end, place, , , low, best, high] = row;
      return make(
        "li",
        { class: `event-line g-${data.group_of[type] ?? "strategic"}` },
        make("a", { href: `/events/${id}` }, data.types[type] ?? type),
        make("span", {}, make("bdi", {}, place), " · ", make("time", { class: "date" }, start === end ? start : `${start} – ${end}`)),
        best === null ? null : make("span", { class: "toll" }, make("span", { class: "best" }, String(best)), " ", make("span", { class: "bound" }, `${words("killed")}${low === high ? "" : ` (${low ?? 0}–${high ?? 0})`}`)),
      );
    }),
  );
  need("#shown-title").textContent = words("cluster", { n: rows.length });
}

function features(rows: Row[]): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: rows.map((row, index) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [row[7], row[6]] },
      properties: { index, group: data.group_of[row[1]] ?? "strategic", best: row[9] ?? 0 },
    })),
  };
}

const groupColours = (): Record<string, string> => ({
  battles: token("who"),
  explosions: token("toll"),
  violence: token("when"),
  demonstrations: token("what"),
  strategic: token("where"),
});

function drawEvents(map: GlMap, rows: Row[]): void {
  const c = groupColours();
  const base = colours();
  map.addSource("events", { type: "geojson", data: features(rows), cluster: true, clusterRadius: 38, clusterMaxZoom: 11, clusterProperties: { best: ["+", ["get", "best"]] } });
  map.addLayer({
    id: "clusters",
    type: "circle",
    source: "events",
    filter: ["has", "point_count"],
    paint: { "circle-color": base["toll"] ?? "#a00", "circle-opacity": 0.82, "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 13, 50, 20, 1000, 34], "circle-stroke-color": base["surface"] ?? "#fff", "circle-stroke-width": 2 },
  });
  map.addLayer({
    id: "cluster-counts",
    type: "symbol",
    source: "events",
    filter: ["has", "point_count"],
    layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": ["IBM Plex Sans Arabic"], "text-size": 12, "text-allow-overlap": true },
    paint: { "text-color": base["surface"] ?? "#fff" },
  });
  map.addLayer({
    id: "points",
    type: "circle",
    source: "events",
    filter: ["!", ["has", "point_count"]],
    paint: {
      "circle-color": ["match", ["get", "group"], ...Object.entries(c).flat(), base["accent"] ?? "#055"] as unknown as string,
      "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "best"]], 0, 6, 3, 10, 10, 20, 30, 36],
      "circle-opacity": 0.85,
      "circle-stroke-color": base["surface"] ?? "#fff",
      "circle-stroke-width": 1.5,
    },
  });
  map.on("click", "points", (event) => show(rowsOf(event.features ?? [], rows)));
  map.on("click", "clusters", (event) => {
    const cluster = event.features?.[0];
    const source = map.getSource("events") as GeoJSONSource;
    if (!cluster) return;
    void source.getClusterLeaves(Number(cluster.properties["cluster_id"]), 500, 0).then((leaves) => show(rowsOf(leaves, rows)));
    if (map.getZoom() < 11) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 1.5 });
  });
  for (const layer of ["points", "clusters"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
}

function rowsOf(found: (GeoJSON.Feature | MapGeoJSONFeature)[], rows: Row[]): Row[] {
  return [...new Set(found.map((each) => Number(each.properties?.["index"])))].flatMap((index) => {
    const row = rows[index];
    return row ? [row] : [];
  });
}

// --- the timeline -----------------------------------------------------------------------------------------------------------

function timeline(rows: Row[]): void {
  const canvas = need<HTMLCanvasElement>("#timeline");
  if (!rows.length) return;
  const days = rows.map((row) => dayNumber(row[3])).sort((a, b) => a - b);
  const monthly = (days.at(-1) ?? 0) - (days[0] ?? 0) > 3 * 366;
  const bin = (day: string): string => (monthly ? day.slice(0, 7) : dayOf(dayNumber(day) - ((dayNumber(day) + 3) % 7)));
  const bins = new Map<string, { best: number; events: number }>();
  const step = monthly ? 28 : 7;
  for (let day = dayNumber(`${bin(dayOf(days[0] ?? 0))}${monthly ? "-01" : ""}`); day <= (days.at(-1) ?? 0); day += step) bins.set(bin(dayOf(day)), { best: 0, events: 0 });
  for (const row of rows) {
    const key = bin(row[3]);
    const held = bins.get(key) ?? { best: 0, events: 0 };
    held.best += row[9] ?? 0;
    held.events += 1;
    bins.set(key, held);
  }
  const keys = [...bins.keys()].sort();
  need("#timeline-says").textContent = words(monthly ? "per_month" : "per_week");
  redrawn(() => [
    bars(canvas, {
      labels: keys,
      series: [{ label: words("killed"), colour: token("toll"), values: keys.map((key) => bins.get(key)?.best ?? 0) }],
      title: (index) => words(monthly ? "month" : "week", { day: keys[index] ?? "" }),
      tip: (index) => `${bins.get(keys[index] ?? "")?.events ?? 0} ${words("events")}`,
      chosen: (index) => {
        const key = keys[index];
        if (!key) return;
        need<HTMLInputElement>("#since").value = monthly ? `${key}-01` : key;
        need<HTMLInputElement>("#until").value = monthly ? dayOf(dayNumber(nextMonth(key)) - 1) : dayOf(dayNumber(key) + 6);
        need<HTMLFormElement>("#filters").requestSubmit();
      },
    }),
  ]);
}

function nextMonth(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return `${(year ?? 0) + Math.floor((number ?? 1) / 12)}-${String(((number ?? 1) % 12) + 1).padStart(2, "0")}-01`;
}

// --- who held what ----------------------------------------------------------------------------------------------------------

async function territory(map: GlMap): Promise<void> {
  const told = await ask<Territory>("/control/places.json");
  const days = told.places.flatMap((place) => place.spells.flatMap((spell) => (spell.start ? [dayNumber(spell.start)] : []))).sort((a, b) => a - b);
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return;
  const set = addTerritory(map, "clusters");
  const slider = need<HTMLInputElement>("#control-day");
  const box = need<HTMLInputElement>("#show-control");
  const out = need<HTMLOutputElement>("#control-out");
  slider.min = String(first - 1);
  slider.max = String(last);
  slider.value = String(last);
  const draw = (): void => {
    slider.disabled = !box.checked;
    const day = dayOf(Number(slider.value));
    out.textContent = day;
    set(box.checked ? territoryOn(told, day) : { type: "FeatureCollection", features: [] });
  };
  box.addEventListener("change", draw);
  slider.addEventListener("input", draw);
  need<HTMLElement>("#control-slider").hidden = false;
  draw();
}

// The actor's field takes ids; where words are typed, actors of that name are offered.
const actor = need<HTMLInputElement>("input[data-actor]");
actor.closest(".field")?.append(
  searchField(actor.labels?.[0]?.textContent ?? "", "", findActors, ({ value }) => {
    actor.value = value.id;
    need<HTMLFormElement>("#filters").requestSubmit();
  }),
);
actor.type = "hidden";
const search = actor.closest(".field")?.querySelector<HTMLInputElement>("[role=combobox]");
if (search) {
  search.value = actor.value;
  search.placeholder = "";
  search.addEventListener("change", () => (actor.value = search.value));
}

async function start(): Promise<void> {
  const found = await ask<{ events: Row[]; total: number }>(`/map/events.json?${query}`);
  timeline(found.events);
  if (found.total > found.events.length) need("#timeline-says").textContent += ` — ${words("shown", { n: found.events.length, total: found.total })}`;
  const map = await openMap(need("#map"), { center: [40, 31], zoom: 4 });
  const bounds = boundsOf(found.events.map((row) => [row[7], row[6]]));
  if (bounds) map.fitBounds(bounds, { padding: 90, maxZoom: 7, animate: false });
  drawEvents(map, found.events);
  await territory(map);
  need<HTMLElement>("#map").dataset["ready"] = String(found.events.length);
}

void start();
