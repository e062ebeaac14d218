/** Charts: uPlot in the page's colours, as wide as there is room, drawn anew when the page turns dark or light. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** Colours by their meaning: custom properties of style.css. */
export type Ink = "measured" | "theory" | "reference" | "band" | "faint" | "left" | "right";

export interface Curve {
  readonly label: string;
  readonly ink: Ink;
  /** "dots" have no line, "bars" stand side by side. */
  readonly shape?: "line" | "dashes" | "dots" | "bars";
  /** Of a line, or of a dot: CSS pixels. */
  readonly width?: number;
}

export interface ChartSpec {
  readonly x: string;
  readonly y: string;
  readonly curves: readonly Curve[];
  /** A band between two curves, by their places in `curves`: upper and lower. */
  readonly band?: readonly [number, number];
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Ranges from those of the data; otherwise these themselves, with some room. */
  readonly rangeX?: (least: number, most: number) => [number, number];
  readonly rangeY?: (least: number, most: number) => [number, number];
  /** CSS pixels. Default 220. */
  readonly height?: number;
  /** Draws more onto the canvas, above the curves. */
  readonly draw?: (plot: uPlot, ink: (name: Ink) => string) => void;
}

const darkness = matchMedia("(prefers-color-scheme: dark)");

export class Chart {
  private plot: uPlot | undefined;
  private data: uPlot.AlignedData;

  /** @param place an element of the page that is to hold it; what it says to those who cannot see it is the caller's. */
  constructor(
    private readonly place: HTMLElement,
    private readonly spec: ChartSpec,
  ) {
    this.data = [[], ...spec.curves.map(() => [])];
    // A hidden tab has no width.
    new ResizeObserver(() => this.fit()).observe(place);
    darkness.addEventListener("change", () => this.rebuild());
  }

  /** @param columns x, then a column for each curve; NaN is a gap. */
  set(...columns: ArrayLike<number>[]): void {
    this.data = columns.map((column) => Array.from(column, (value) => (Number.isNaN(value) ? null : value))) as never;
    this.plot?.setData(this.data);
  }

  private fit(): void {
    const width = this.place.clientWidth;
    if (width === 0) return;
    if (this.plot) this.plot.setSize({ width, height: this.plot.height });
    // A task for each chart, since to make several at once takes too long for one.
    else setTimeout(() => this.rebuild());
  }

  private rebuild(): void {
    this.plot?.destroy();
    this.plot = new uPlot(this.options(), this.data, this.place);
  }

  private options(): uPlot.Options {
    const { x, y, curves, band, logX, logY, rangeX, rangeY, height = 220, draw } = this.spec;
    const style = getComputedStyle(document.documentElement);
    const ink = (name: Ink | "text" | "grid") => style.getPropertyValue(`--${name}`).trim();
    const axis = {
      stroke: ink("text"),
      font: "12px system-ui, sans-serif",
      labelFont: "12px system-ui, sans-serif",
      labelSize: 18,
      grid: { stroke: ink("grid"), width: 1 },
      ticks: { stroke: ink("grid"), width: 1 },
    };
    return {
      width: this.place.clientWidth,
      height,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 20, 0, 0],
      scales: {
        x: { time: false, distr: logX ? 3 : 1, ...(rangeX && { range: (_, least, most) => rangeX(least, most) }) },
        y: { distr: logY ? 3 : 1, ...(rangeY && { range: (_, least, most) => rangeY(least, most) }) },
      },
      axes: [
        { ...axis, label: x, size: 34 },
        { ...axis, label: y, size: 52 },
      ],
      series: [
        {},
        ...curves.map(({ label, ink: name, shape = "line", width = shape === "dots" ? 6 : 1.5 }): uPlot.Series => ({
          label,
          // Else lines are bent to whole pixels.
          pxAlign: 0,
          stroke: ink(name),
          width: shape === "dots" ? 1 : width,
          ...(shape === "dashes" && { dash: [6, 4] }),
          ...(shape === "dots" && { paths: () => null }),
          ...(shape === "bars" && { paths: uPlot.paths.bars!({ size: [0.9] }), fill: ink(name) }),
          points: { show: shape === "dots", size: width, fill: ink(name) },
        })),
      ],
      ...(band && { bands: [{ series: [band[0] + 1, band[1] + 1], fill: ink("band") }] }),
      ...(draw && { hooks: { draw: [(plot: uPlot) => draw(plot, ink)] } }),
    };
  }
}
