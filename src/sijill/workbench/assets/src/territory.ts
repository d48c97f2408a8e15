// Who held what on a day, on a map: the same for the page of territory and for the map of events.
import type { GeoJSONSource, Map as GlMap } from "maplibre-gl";

import { token } from "./charts";

export interface Spell {
  start: string | null;
  end: string | null;
  state: string;
  holders: number[];
}

export interface Territory {
  holders: { id: string; name: string }[];
  places: { name: string; lat: number | null; lon: number | null; spells: Spell[] }[];
}

export const COLOURS = 8;

/** The spell of a place on a day (ISO date); null before anything is told. */
export function spellOn(spells: Spell[], day: string): Spell | null {
  return spells.filter((spell) => (spell.start ?? "") <= day && (spell.end === null || day < spell.end)).at(-1) ?? null;
}

export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
export const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);

export function holderColour(number: number): string {
  return token(`holder-${Math.min(number, COLOURS)}`);
}

/** The places that are told of on a day as points with the colour of their first holder and the names of all. */
export function territoryOn(territory: Territory, day: string): GeoJSON.FeatureCollection {
  const colours = Array.from({ length: COLOURS + 1 }, (_, number) => holderColour(number));
  const nobody = token("line-strong");
  return {
    type: "FeatureCollection",
    features: territory.places.flatMap((place, index) => {
      const spell = spellOn(place.spells, day);
      if (!spell || place.lat === null || place.lon === null) return [];
      const [first, second] = spell.holders;
      return [
        {
          type: "Feature" as const,
          geometry: { type: "Point" as const, coordinates: [place.lon, place.lat] },
          properties: {
            index,
            name: place.name,
            colour: first === undefined ? nobody : (colours[Math.min(first, COLOURS)] ?? nobody),
            ring: second === undefined ? token("surface") : (colours[Math.min(second, COLOURS)] ?? nobody),
            state: spell.state,
            holders: spell.holders.map((number) => territory.holders[number]?.name ?? "").join(" / "),
          },
        },
      ];
    }),
  };
}

/** Layers for the places held, under whatever comes after. */
export function addTerritory(map: GlMap, before?: string): (data: GeoJSON.FeatureCollection) => void {
  map.addSource("territory", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer(
    {
      id: "territory",
      type: "circle",
      source: "territory",
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 4, 7, 9, 15],
        "circle-color": ["get", "colour"],
        "circle-opacity": ["match", ["get", "state"], "partial", 0.65, "contested", 0.5, 0.85],
        "circle-stroke-width": 3,
        "circle-stroke-color": ["get", "ring"],
      },
    },
    before,
  );
  return (data) => void (map.getSource("territory") as GeoJSONSource | undefined)?.setData(data);
}

/** The middle of some points and a zoom that shows them. */
export function boundsOf(points: [number, number][]): [[number, number], [number, number]] | null {
  if (!points.length) return null;
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return [
    [Math.min(...lons), Math.min(...lats)],
    [Math.max(...lons), Math.max(...lats)],
  ];
}
