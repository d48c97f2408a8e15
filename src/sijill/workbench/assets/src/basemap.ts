// The map that ships: countries of world-atlas (Natural Earth), names of the gazetteer, fonts of this page. Nothing is asked of
// another machine, unless the workbench was started with a tile server of its own.
import { AttributionControl, type GeoJSONSource, Map as GlMap, Marker, NavigationControl, setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import coarseUrl from "world-atlas/countries-50m.json?url";
import fineUrl from "world-atlas/countries-10m.json?url";

import { ask } from "./api";

setWorkerUrl(workerUrl);

const FINE_FROM = 5;
const FONT = ["IBM Plex Sans Arabic"];
const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

export const colours = (): Record<string, string> =>
  Object.fromEntries(["map-sea", "map-land", "map-line", "map-label", "ink", "surface", "accent", "what", "when", "where", "who", "toll", "source"].map((name) => [name, colour(name)]));

function style(tiles: string | undefined): StyleSpecification {
  const c = colours();
  const label = c["map-label"] ?? "#000";
  const halo = c["map-land"] ?? "#fff";
  const lang = document.body.dataset["lang"] === "ar" ? "ar" : "en";
  const names = (kind: string, minzoom: number, size: number, least: number, maxzoom = 24): StyleSpecification["layers"][number] => ({
    id: `names-${kind}-${minzoom}`,
    type: "symbol",
    source: "names",
    minzoom,
    maxzoom,
    filter: ["all", ["==", ["get", "kind"], kind], [">=", ["get", "population"], least]],
    layout: {
      "text-field": ["get", lang],
      "text-font": FONT,
      "text-size": size,
      "text-anchor": kind === "town" ? "top" : "center",
      "text-offset": kind === "town" ? [0, 0.25] : [0, 0],
      "text-max-width": 9,
      "symbol-sort-key": ["-", 0, ["get", "population"]],
    },
    paint: { "text-color": label, "text-halo-color": halo, "text-halo-width": 1.4, "text-opacity": kind === "governorate" ? 0.75 : 1 },
  });
  const dots = (minzoom: number, least: number): StyleSpecification["layers"][number] => ({
    id: `dots-${minzoom}`,
    type: "circle",
    source: "names",
    minzoom,
    filter: ["all", ["==", ["get", "kind"], "town"], [">=", ["get", "population"], least]],
    paint: { "circle-radius": 1.8, "circle-color": label, "circle-opacity": 0.6 },
  });
  const lines = (source: string, minzoom: number, maxzoom: number): StyleSpecification["layers"][number] => ({
    id: source, type: "line", source, minzoom, maxzoom, paint: { "line-color": c["map-line"] ?? "#999", "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.6, 8, 1.6] },
  });
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: EMPTY, maxzoom: 5 },
      borders: { type: "geojson", data: EMPTY, maxzoom: 5 },
      "fine-land": { type: "geojson", data: EMPTY, maxzoom: 9 },
      "fine-borders": { type: "geojson", data: EMPTY, maxzoom: 9 },
      names: { type: "geojson", data: EMPTY },
      ...(tiles ? { tiles: { type: "raster" as const, tiles: [tiles], tileSize: 256 } } : {}),
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": c["map-sea"] ?? "#ddd" } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": c["map-land"] ?? "#fff", "fill-antialias": true } },
      { id: "fine-land", type: "fill", source: "fine-land", minzoom: FINE_FROM, paint: { "fill-color": c["map-land"] ?? "#fff" } },
      ...(tiles ? [{ id: "tiles", type: "raster" as const, source: "tiles" }] : []),
      lines("borders", 0, FINE_FROM),
      lines("fine-borders", FINE_FROM, 24),
      dots(5.5, 200_000),
      dots(7, 30_000),
      dots(8.5, 0),
      names("country", 2.5, 12, 0, 6.5),
      names("governorate", 5.6, 11.5, 0, 8.5),
      names("town", 4.6, 11, 900_000),
      names("town", 6.4, 11, 120_000),
      names("town", 7.6, 11, 20_000),
      names("town", 8.8, 11, 0),
    ],
  };
}

type Atlas = Topology<{ countries: GeometryCollection }>;
type Box = [west: number, south: number, east: number, north: number];

async function atlas(url: string): Promise<Atlas> {
  return (await (await fetch(url)).json()) as Atlas;
}

/** Where a shape lies. One that crosses the 180th meridian lies everywhere along its latitudes, which does no harm. */
function boxOf(shape: GeoJSON.Geometry | null): Box {
  const box: Box = [180, 90, -180, -90];
  const walk = (at: unknown): void => {
    if (!Array.isArray(at)) return;
    const [lon, lat] = at as [unknown, unknown];
    if (typeof lon === "number" && typeof lat === "number") {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    } else for (const inner of at) walk(inner);
  };
  if (shape && "coordinates" in shape) walk(shape.coordinates);
  return box;
}

/** Draw the countries in sight with finer lines, from the time that one looks closely; only those, so that it stays quick. */
function refine(map: GlMap, set: (source: string, data: GeoJSON.GeoJSON) => void): void {
  let fine: Promise<{ atlas: Atlas; boxes: Box[] }> | null = null;
  let drawn = new Set<number>();
  const draw = async (): Promise<void> => {
    if (map.getZoom() < FINE_FROM) return;
    fine ??= atlas(fineUrl).then((read) => ({ atlas: read, boxes: feature(read, read.objects.countries).features.map((each) => boxOf(each.geometry)) }));
    const { atlas: detailed, boxes } = await fine;
    const view = map.getBounds();
    const margin = (view.getEast() - view.getWest()) / 3;
    const seen = boxes.flatMap(([west, south, east, north], index) =>
      west < view.getEast() + margin && east > view.getWest() - margin && south < view.getNorth() + margin && north > view.getSouth() - margin ? [index] : [],
    );
    if (seen.every((index) => drawn.has(index))) return;
    drawn = new Set(seen);
    const some: GeometryCollection = { type: "GeometryCollection", geometries: seen.flatMap((index) => detailed.objects.countries.geometries[index] ?? []) };
    set("fine-land", feature(detailed, some));
    set("fine-borders", mesh(detailed, some));
  };
  map.on("moveend", () => void draw());
  void draw();
}

export interface View {
  center: [number, number];
  zoom: number;
}

/** A map with the land and its names, in the colours and the language of the page. */
export async function openMap(container: HTMLElement, view: View): Promise<GlMap> {
  await document.fonts.load('12px "IBM Plex Sans Arabic"', "أب ab").catch(() => []);
  const map = new GlMap({
    container,
    style: style(container.dataset["tiles"] || undefined),
    center: view.center,
    zoom: view.zoom,
    minZoom: 1,
    maxZoom: 15,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: JSON.parse(container.dataset["locale"] ?? "{}") as Record<string, string>,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), document.documentElement.dir === "rtl" ? "top-left" : "top-right");
  map.addControl(new AttributionControl({ compact: false, customAttribution: container.dataset["attribution"] ?? "Natural Earth · GeoNames" }), "bottom-right");
  const set = (source: string, data: GeoJSON.GeoJSON): void => (map.getSource(source) as GeoJSONSource | undefined)?.setData(data) as unknown as void;
  await new Promise<void>((resolve) => map.once("load", () => resolve()));
  const coarse = await atlas(coarseUrl);
  set("land", feature(coarse, coarse.objects.countries));
  set("borders", mesh(coarse, coarse.objects.countries));
  map.once("idle", () => {
    void ask<GeoJSON.FeatureCollection>("/map/names.json").then((names) => {
      set("names", names);
      map.once("idle", () => (container.dataset["drawn"] = "true"));
    });
    refine(map, set);
  });
  return map;
}

export interface LatLon {
  lat: number;
  lon: number;
}

/** A small map on which a point is set by a click or by dragging its marker. */
export function pointPicker(container: HTMLElement, start: LatLon | null, picked: (point: LatLon) => void): { move: (point: LatLon) => void } {
  const marker = new Marker({ draggable: true, color: colour("toll") });
  let map: GlMap | null = null;
  const place = (point: LatLon): void => {
    marker.setLngLat([point.lon, point.lat]);
    if (map) marker.addTo(map);
  };
  if (start) place(start);
  void openMap(container, { center: start ? [start.lon, start.lat] : [40, 32], zoom: start ? 8 : 4 }).then((opened) => {
    map = opened;
    if (start) marker.addTo(opened);
    opened.on("click", (event) => {
      const point = { lat: event.lngLat.lat, lon: event.lngLat.lng };
      place(point);
      picked(point);
    });
  });
  marker.on("dragend", () => {
    const at = marker.getLngLat();
    picked({ lat: at.lat, lon: at.lng });
  });
  return {
    move: (point) => {
      place(point);
      map?.flyTo({ center: [point.lon, point.lat], zoom: Math.max(map.getZoom(), 8) });
    },
  };
}
