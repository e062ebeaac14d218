/** Charts: uPlot in the page's colours, as wide as there is room, drawn anew when the page turns dark or light. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { make, show, signed } from "./dom.ts";
import { typeset } from "./typeset.ts";

/** Colours by their meaning: custom properties of style.css. */
export type Ink = "measured" | "theory" | "reference" | "band" | "left" | "right" | "good" | "text";

interface Curve {
  readonly label: string;
  readonly ink: Ink;
  /** "dots" have no line. */
  readonly shape?: "line" | "dashes" | "dots";
  /** Width of the line or the dots, in CSS pixels. */
  readonly width?: number;
  /** True if the ground below is filled, as below a histogram. */
  readonly isFilled?: boolean;
}

interface ChartSpec {
  readonly x: string;
  readonly y: string;
  readonly curves: readonly Curve[];
  /** A band between two curves, by their places in `curves`: upper and lower. */
  readonly band?: readonly [number, number];
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** True where x counts: ticks at integers alone. */
  readonly countX?: boolean;
  /** The range of an axis from that of the data. Default: that of the data, with a margin. */
  readonly rangeX?: (least: number, most: number) => [number, number];
  readonly rangeY?: (least: number, most: number) => [number, number];
  /** Height in CSS pixels. Default 220. */
  readonly height?: number;
  /** Draws more onto the canvas, above the curves. */
  readonly draw?: (plot: uPlot, ink: (name: Ink) => string) => void;
}

/** Ticks at 1, 2 and 5 times the powers of ten; at the powers alone, or at all digits, as there is room. */
const LOGARITHMIC: uPlot.Axis = {
  splits({ bbox }, axis, least, most) {
    const powers = Array.from({ length: 400 }, (_, i) => Number(`1e${i - 200}`));
    const ticks = (...digits: number[]) =>
      powers.flatMap((power) => digits.map((digit) => digit * power)).filter((at) => at >= least && at <= most);
    const decade = (axis === 0 ? bbox.width : bbox.height) / devicePixelRatio / Math.log10(most / least);
    const hasRoom = (ratio: number) => decade * Math.log10(ratio) > (axis === 0 ? 50 : 20);
    if (!hasRoom(2)) return ticks(1);
    const inside = ticks(1, 2, 5);
    return inside.length < 3 && hasRoom(10 / 9) ? ticks(1, 2, 3, 4, 5, 6, 7, 8, 9) : inside;
  },
  filter: (_plot, splits) => splits,
  values: (_plot, splits) => splits.map((at) => show(at, 1)),
};

/** Labels with minus signs, and with as many decimals as tell two ticks apart: uPlot's own have three at most. */
const values: uPlot.Axis.Values = (_plot, splits, _axis, _space, distance) => {
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(distance)));
  return splits.map((at) => {
    const value = Number(at.toFixed(decimals));
    const size = Math.abs(value);
    if (size > 0 && size < 1e-4) return show(value, 2);
    return signed(size < 1000 ? String(value) : uPlot.fmtNum(value));
  });
};

/** Distances between ticks that count. */
const COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

const FONT = "12px system-ui, sans-serif";
/** CSS pixels: a tick with its gap to the label, and the least width of all labels, so that charts stand in line. */
const TICK = 16;
const LEAST_WIDTH = 44;

const darkness = matchMedia("(prefers-color-scheme: dark)");

export class Chart {
  private plot: uPlot | undefined;
  private data: uPlot.AlignedData;
  private readonly resized = new ResizeObserver(() => this.fit());

  /** The canvas and its ticks; the titles of the axes stand above and below, where they meet nothing. */
  private readonly canvas = make("div");

  /** @param place the element that holds the chart; its label for screen readers is the caller's. */
  constructor(
    place: HTMLElement,
    private readonly spec: ChartSpec,
  ) {
    const title = (axis: "x" | "y") => make("p", { className: `axis ${axis}` }, ...typeset(spec[axis]));
    place.append(title("y"), this.canvas, title("x"));
    this.data = [[], ...spec.curves.map(() => [])];
    // A hidden tab has no width.
    this.resized.observe(this.canvas);
    darkness.addEventListener("change", this.rebuild);
  }

  /** Forgets the chart, which its place holds no longer. */
  remove(): void {
    this.resized.disconnect();
    darkness.removeEventListener("change", this.rebuild);
    this.plot?.destroy();
  }

  /** @param columns x, then a column for each curve; NaN is a gap. */
  set(...columns: ArrayLike<number>[]): void {
    this.data = columns.map((column) => Array.from(column, (value) => (Number.isNaN(value) ? null : value))) as never;
    this.plot?.setData(this.data);
  }

  private fit(): void {
    const width = this.canvas.clientWidth;
    if (width === 0) return;
    if (this.plot) this.plot.setSize({ width, height: this.plot.height });
    // Each chart is made in a task of its own: several in one take too long.
    else setTimeout(this.rebuild);
  }

  private readonly rebuild = (): void => {
    this.plot?.destroy();
    this.plot = new uPlot(this.options(), this.data, this.canvas);
  };

  private options(): uPlot.Options {
    const { curves, band, logX, logY, countX, rangeX, rangeY, height = 220, draw } = this.spec;
    const style = getComputedStyle(document.documentElement);
    const ink = (name: Ink | "grid") => style.getPropertyValue(`--${name}`).trim();
    const axis = {
      stroke: ink("text"),
      font: FONT,
      grid: { stroke: ink("grid"), width: 1 },
      ticks: { stroke: ink("grid"), width: 1 },
    };
    return {
      width: this.canvas.clientWidth,
      height,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 20, 0, 0],
      scales: {
        x: { time: false, distr: logX ? 3 : 1, ...(rangeX && { range: (_, least, most) => rangeX(least, most) }) },
        y: { distr: logY ? 3 : 1, ...(rangeY && { range: (_, least, most) => rangeY(least, most) }) },
      },
      axes: [
        { ...axis, size: 34, values, ...(logX && LOGARITHMIC), ...(countX && { incrs: COUNTS }) },
        { ...axis, size: widthOfLabels, values, ...(logY && LOGARITHMIC) },
      ],
      series: [
        {},
        ...curves.map(
          ({ label, ink: name, shape = "line", width = shape === "dots" ? 6 : 1.5, isFilled }): uPlot.Series => ({
            label,
            // Without this uPlot rounds lines to whole pixels.
            pxAlign: 0,
            stroke: ink(name),
            width: shape === "dots" ? 1 : width,
            ...(shape === "dashes" && { dash: [6, 4] }),
            ...(isFilled && { fill: `${ink(name)}40` }),
            ...(shape === "dots" && { paths: () => null }),
            points: { show: shape === "dots", size: width, fill: ink(name) },
          }),
        ),
      ],
      ...(band && { bands: [{ series: [band[0] + 1, band[1] + 1], fill: ink("band") }] }),
      ...(draw && { hooks: { draw: [(plot: uPlot) => draw(plot, ink)] } }),
    };
  }
}

/** The width that the labels of the y axis take. */
function widthOfLabels({ ctx }: uPlot, labels: string[] | null): number {
  if (!labels) return LEAST_WIDTH;
  ctx.save();
  ctx.font = FONT;
  const widest = Math.max(...labels.map((label) => ctx.measureText(label).width));
  ctx.restore();
  return Math.max(LEAST_WIDTH, Math.ceil(widest) + TICK);
}
