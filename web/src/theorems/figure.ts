/** A chart with its title and the keys of its curves; to those who cannot see it, it says what is found in it. */
import type uPlot from "uplot";
import { Chart, type ChartSpec, type Ink } from "../chart.ts";
import { make } from "../dom.ts";

/** Draws an outcome, a figure at a time: all at once would hold up the page. */
export type Draw<O> = (outcome: O) => Iterator<void>;

export class Figure {
  readonly element = make("figure");
  private readonly title = make("b");
  private readonly place = make("div");
  private chart: Chart | undefined;

  /** @param keys classes of style.css, with what they stand for. */
  constructor(
    keys: readonly (readonly [classes: string, text: string])[],
    private readonly spec: ChartSpec,
  ) {
    const spans = keys.map(([classes, text]) => make("span", { className: `key ${classes}` }, text));
    this.element.append(make("figcaption", {}, this.title, ...spans), this.place);
    this.place.setAttribute("role", "img");
    this.place.style.minHeight = `${spec.height ?? 220}px`;
  }

  show(title: string, finding: string, ...columns: ArrayLike<number>[]): void {
    this.title.textContent = title;
    this.place.setAttribute("aria-label", `${title}. ${finding}`);
    this.chart ??= new Chart(this.place, this.spec);
    this.chart.set(...columns);
  }
}

/** A range of these bounds and some room. */
export function roomy(least: number, most: number, share = 0.06): [number, number] {
  const room = share * (most - least) || 0.5;
  return [least - room, most + room];
}

/** A curve through points on the canvas, in the units of the axes. */
export function stroke(plot: uPlot, colour: string, points: Iterable<readonly [number, number]>): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (const [x, y] of points) ctx.lineTo(plot.valToPos(x, "x", true), plot.valToPos(y, "y", true));
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

/** Two standard errors on either side of every point. */
export function errorBars(
  plot: uPlot,
  ink: (name: Ink) => string,
  points: readonly { x: number; y: number; error: number }[],
): void {
  for (const { x, y, error } of points) {
    stroke(plot, ink("measured"), [
      [x, y - 2 * error],
      [x, y + 2 * error],
    ]);
  }
}
