/** The pictures of a rare event: the ways up and down, the profiles on them, and the probability as it is counted. */
import type { Figure } from "mesoflux";
import { Chart } from "../chart.ts";
import { make } from "../dom.ts";
import type { Count, Predictions } from "./count.ts";

/** Points of a line at most. */
const POINTS = 200;

/** The energy of the event's cell over time. */
export function pathFigure({ chosen, instanton }: Predictions): Figure {
  const { cell, time, energy } = chosen;
  const { times, relaxation } = instanton;
  const up = thinned(times, column(instanton, cell));
  const down = thinned(relaxation.times, column(relaxation, cell));
  const line = (name: string, x: readonly number[], y: readonly number[]) => ({ name, kind: "line" as const, x, y });
  return {
    name: "path",
    title: "The most likely way up, and the way down",
    caption:
      "Up against the noise, down with the limit equation. Between baths that differ, or from a start that is no " +
      "equilibrium, the way down is not the way up backwards: a film of it tells which way time goes.",
    x: { label: "time t" },
    y: { label: `E_${cell}` },
    series: [
      line("way up", up.x, up.y),
      line(
        "way down",
        down.x.map((t) => time + t),
        down.y,
      ),
      line("way up, backwards", up.x.map((t) => 2 * time - t).reverse(), [...up.y].reverse()),
    ],
    marks: [{ axis: "y", at: energy }],
  };
}

/** The whole chain at the start, where its cell is half-way, at the event, and half-way down. */
export function profileFigure({ chosen, instanton }: Predictions): Figure | undefined {
  const { cell, energy, mean } = chosen;
  const cells = instanton.energies.length / instanton.times.length;
  if (cells === 1) return undefined;
  const half = (energy + mean) / 2;
  const isBefore = (E: number) => (energy >= mean ? E <= half : E >= half);
  const ups = column(instanton, cell);
  const downs = column(instanton.relaxation, cell);
  const rise = ups.findLastIndex(isBefore);
  const fall = downs.findIndex(isBefore);
  const last = instanton.times.length - 1;
  const x = Array.from({ length: cells }, (_, k) => k + 1);
  const profile = (name: string, energies: ArrayLike<number>, row: number) => {
    const y = x.map((k) => energies[row * cells + k - 1]);
    return { name, kind: "line" as const, x, y };
  };
  return {
    name: "profile",
    title: "The chain on its way",
    caption: "All cells when that of the event is half-way up, at its threshold, and half-way down again.",
    x: { label: "cell" },
    y: { label: "E" },
    series: [
      profile("half-way up", instanton.energies, Math.max(0, rise)),
      profile("at the event", instanton.energies, last),
      profile("half-way down", instanton.relaxation.energies, fall < 0 ? last : fall),
    ],
  };
}

function column({ times, energies }: { times: Float64Array; energies: Float64Array }, cell: number): number[] {
  const cells = energies.length / times.length;
  return Array.from(times, (_, i) => energies[i * cells + cell - 1]);
}

function thinned(times: Float64Array, values: readonly number[]): { x: number[]; y: number[] } {
  const stride = Math.ceil(times.length / POINTS);
  const kept = values.flatMap((_, i) => (i % stride === 0 || i === values.length - 1 ? [i] : []));
  return { x: kept.map((i) => times[i]), y: kept.map((i) => values[i]) };
}

/** An error above this part of the probability is drawn, but does not decide the range. */
const ROUGH = 0.2;

/** The probability over the paths that it is counted from, with its standard error. */
export class CountChart {
  readonly element: HTMLElement;
  private readonly chart: Chart;
  private counts: Count[] = [];

  /** @param paths that are counted in all. @param guess what to show before the first: log P. */
  constructor(
    private readonly paths: number,
    private readonly guess: number,
  ) {
    const place = make("div", { className: "chart" });
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", "The probability over the number of paths, with its standard error");
    this.element = make(
      "figure",
      {},
      make(
        "figcaption",
        {},
        make("b", {}, "Probability as it is counted"),
        make("span", { className: "key measured" }, "from the paths so far"),
        make("span", { className: "key band" }, "± standard error"),
      ),
      place,
      make("p", { className: "quiet" }, "In powers of ten: 0.1 more is a quarter more."),
    );
    this.chart = new Chart(place, {
      ...{ x: "paths", y: "log₁₀ P", height: 310 },
      curves: [
        { label: "upper", ink: "band", width: 0 },
        { label: "lower", ink: "band", width: 0 },
        { label: "counted", ink: "measured", width: 2 },
      ],
      band: [0, 1],
      rangeX: () => [0, paths],
      rangeY: () => this.range(),
    });
    this.draw();
  }

  add(count: Count): void {
    if (count.logProbability === -Infinity || this.counts.at(-1)?.paths === count.paths) return;
    this.counts.push(count);
    this.draw();
  }

  remove(): void {
    this.chart.remove();
  }

  private range(): [number, number] {
    const { counts } = this;
    const good = counts.filter(({ relativeError }) => relativeError < ROUGH);
    const shown = good.length > 0 ? good : counts.slice(-1);
    const ends = shown.flatMap((count) => [shifted(count, -2), shifted(count, 2)]);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const center = this.guess / Math.LN10;
    return low < high ? [low, high] : [center - 1, center + 1];
  }

  private draw(): void {
    const { counts, paths } = this;
    const padded = (errors: number) => [NaN, ...counts.map((count) => shifted(count, errors)), NaN];
    this.chart.set([0, ...counts.map((count) => count.paths), paths], padded(1), padded(-1), padded(0));
  }
}

/** log₁₀ of the probability and so many standard errors. */
const shifted = ({ logProbability, relativeError }: Count, errors: number) =>
  (logProbability + Math.log(Math.max(1 + errors * relativeError, 0.1))) / Math.LN10;
