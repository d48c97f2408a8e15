// The page of territory: a slider over the days moves the map and the table.
import { ask, pageData } from "./api";
import { openMap } from "./basemap";
import { make, need } from "./dom";
import { addTerritory, boundsOf, COLOURS, dayNumber, dayOf, spellOn, type Territory, territoryOn } from "./territory";

interface Data {
  on: string;
  first: string | null;
  last: string | null;
  states: Record<string, string>;
  say: Record<string, string>;
}

const data = pageData<Data>("control-data");
const words = (key: string): string => data.say[key] ?? key;

async function start(first: string, last: string): Promise<void> {
  const told = await ask<Territory>("/control/places.json");
  const slider = need<HTMLInputElement>("#day");
  const play = need<HTMLButtonElement>("#play");
  const field = need<HTMLInputElement>("#on");
  slider.min = String(dayNumber(first) - 1);
  slider.max = String(Math.max(dayNumber(last), dayNumber(data.on || last)));
  slider.value = String(dayNumber(data.on || last));
  need<HTMLElement>("#slider").hidden = false;
  play.hidden = false;
  let paint: (collection: GeoJSON.FeatureCollection) => void = () => undefined;

  function draw(): void {
    const day = dayOf(Number(slider.value));
    field.value = day;
    need("#held-on").textContent = day;
    slider.setAttribute("aria-valuetext", day);
    for (const row of document.querySelectorAll<HTMLElement>("#held [data-place]")) {
      const place = told.places[Number(row.dataset["place"])];
      const spell = place ? spellOn(place.spells, day) : null;
      const holders = spell?.holders.map((number) => make("span", { class: `kind h-${Math.min(number, COLOURS)}` }, told.holders[number]?.name ?? "")) ?? [];
      need("[data-holder]", row).replaceChildren(...(holders.length ? holders : [spell ? words("nobody") : make("span", { class: "soft" }, words("not_told"))]));
      need("[data-state]", row).textContent = spell ? (data.states[spell.state] ?? spell.state) : "";
    }
    paint(territoryOn(told, day));
  }
  let timer = 0;
  function stop(): void {
    window.clearInterval(timer);
    timer = 0;
    play.textContent = words("plays");
    play.setAttribute("aria-pressed", "false");
  }
  play.addEventListener("click", () => {
    if (timer) {
      stop();
      return;
    }
    play.textContent = words("stops");
    play.setAttribute("aria-pressed", "true");
    if (slider.value === slider.max) slider.value = slider.min;
    const step = Math.max(1, Math.round((Number(slider.max) - Number(slider.min)) / 120));
    timer = window.setInterval(() => {
      slider.value = String(Number(slider.value) + step);
      draw();
      if (slider.value === slider.max) stop();
    }, 120);
  });
  slider.addEventListener("input", draw);
  draw();
  const map = await openMap(need("#map"), { center: [40, 31], zoom: 4 });
  paint = addTerritory(map);
  const bounds = boundsOf(told.places.flatMap((place) => (place.lat === null || place.lon === null ? [] : [[place.lon, place.lat] as [number, number]])));
  if (bounds) map.fitBounds(bounds, { padding: 110, maxZoom: 7.5, animate: false });
  draw();
  document.addEventListener("sijill:theme", draw);
  need<HTMLElement>("#map").dataset["ready"] = String(told.places.length);
}

if (data.first && data.last) void start(data.first, data.last);
