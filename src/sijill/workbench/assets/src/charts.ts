// Charts in the colours, the typeface and the direction of the page.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

export const rtl = document.documentElement.dir === "rtl";

export function token(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

export interface Series {
  label: string;
  colour: string;
  values: number[];
}

export interface Bars {
  labels: string[];
  series: Series[];
  /** Bars that lie along the line of reading. */
  lying?: boolean;
  stacked?: boolean;
  tip?: (index: number) => string;
  title?: (index: number) => string;
  chosen?: (index: number) => void;
}

export function bars(canvas: HTMLCanvasElement, what: Bars): Chart {
  const ink = token("ink-soft");
  const line = token("line");
  const font = { family: '"IBM Plex Sans Arabic", system-ui, sans-serif', size: 12 };
  const amounts = { beginAtZero: true, stacked: what.stacked ?? false, ticks: { color: ink, font, precision: 0, maxTicksLimit: 6 }, grid: { color: line }, border: { display: false } };
  const names = { stacked: what.stacked ?? false, ticks: { color: ink, font, maxRotation: 0, autoSkipPadding: 14 }, grid: { display: false }, border: { color: line } };
  const side = rtl ? ("right" as const) : ("left" as const);
  return new Chart(canvas, {
    type: "bar",
    data: {
      labels: what.labels,
      datasets: what.series.map((series) => ({ label: series.label, data: series.values, backgroundColor: series.colour, borderRadius: 2, maxBarThickness: 28, minBarLength: 0 })),
    },
    options: {
      indexAxis: what.lying ? "y" : "x",
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      locale: "en",
      interaction: { mode: "index", intersect: false, axis: what.lying ? "y" : "x" },
      onClick: (_event, elements) => {
        const first = elements[0];
        if (first && what.chosen) what.chosen(first.index);
      },
      scales: what.lying
        ? { x: { ...amounts, reverse: rtl }, y: { ...names, position: side, ticks: { ...names.ticks, autoSkip: false } } }
        : { x: { ...names, reverse: rtl }, y: { ...amounts, position: side } },
      plugins: {
        legend: { display: what.series.length > 1, rtl, labels: { color: ink, font, boxWidth: 12, boxHeight: 12 } },
        tooltip: {
          rtl,
          textDirection: rtl ? "rtl" : "ltr",
          bodyFont: font,
          titleFont: font,
          callbacks: {
            ...(what.tip ? { afterBody: (items: { dataIndex: number }[]) => what.tip?.(items[0]?.dataIndex ?? 0) ?? "" } : {}),
            ...(what.title ? { title: (items: { dataIndex: number }[]) => what.title?.(items[0]?.dataIndex ?? 0) ?? "" } : {}),
          },
        },
      },
    },
  });
}

/** Draw again when the page turns light or dark. */
export function redrawn(draw: () => Chart[]): void {
  let charts = draw();
  const again = (): void => {
    for (const chart of charts) chart.destroy();
    charts = draw();
  };
  document.addEventListener("sijill:theme", again);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
}
