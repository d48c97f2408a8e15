// The figures page: its tables as charts.
import { pageData } from "./api";
import { bars, redrawn, token } from "./charts";

type Range = [name: string, low: number, best: number, high: number];

interface Data {
  weeks: [start: string, civilians: number, armed: number, unknown: number, low: number, best: number, high: number][];
  sides: Range[];
  units: Range[];
  say: Record<string, string>;
}

const data = pageData<Data>("figures-data");
const words = (key: string): string => data.say[key] ?? key;
const canvas = (id: string): HTMLCanvasElement | null => document.querySelector<HTMLCanvasElement>(`canvas#${id}`);
const range = (low: number, best: number, high: number): string => `${words("low")} ${low} · ${words("best")} ${best} · ${words("high")} ${high}`;

for (const holder of document.querySelectorAll<HTMLElement>(".chart[data-rows]")) holder.style.blockSize = `${Number(holder.dataset["rows"]) * 30 + 50}px`;

redrawn(() => {
  const drawn = [];
  const weeks = canvas("weeks");
  if (weeks) {
    drawn.push(
      bars(weeks, {
        labels: data.weeks.map(([start]) => start),
        stacked: true,
        series: [
          { label: words("civilians"), colour: token("toll"), values: data.weeks.map((week) => week[1]) },
          { label: words("armed"), colour: token("where"), values: data.weeks.map((week) => week[2]) },
          { label: words("unknown"), colour: token("line-strong"), values: data.weeks.map((week) => week[3]) },
        ],
        title: (index) => `${words("week")} ${data.weeks[index]?.[0] ?? ""}`,
        tip: (index) => {
          const week = data.weeks[index];
          return week ? range(week[4], week[5], week[6]) : "";
        },
      }),
    );
  }
  for (const [id, rows, colour] of [["sides", data.sides, "who"], ["units", data.units, "source"]] as const) {
    const where = canvas(id);
    if (!where) continue;
    drawn.push(
      bars(where, {
        labels: rows.map(([name]) => name),
        lying: true,
        series: [{ label: words("best"), colour: token(colour), values: rows.map((row) => row[2]) }],
        tip: (index) => {
          const row = rows[index];
          return row ? range(row[1], row[2], row[3]) : "";
        },
      }),
    );
  }
  return drawn;
});
