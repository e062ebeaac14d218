/** The central limit theorem, drawn: the cloud of two cells in the ellipses of C(t), and one cell's histogram. */
import { make } from "../dom.ts";
import type { Clt } from "./clt.ts";
import { type Draw, Figure, stroke } from "./figure.ts";

const symmetric = (least: number, most: number): [number, number] => {
  const reach = 1.05 * Math.max(Math.abs(least), Math.abs(most)) || 1;
  return [-reach, reach];
};

export function viewClt(place: HTMLElement): Draw<Clt> {
  let shown: Clt | undefined;
  const cloud = new Figure(
    [
      ["measured dots", "replicas"],
      ["theory", "1σ, 2σ, 3σ of C(t)"],
    ],
    {
      x: "first cell",
      y: "second cell",
      height: 320,
      curves: [{ label: "replicas", ink: "measured", shape: "dots", width: 3 }],
      rangeX: symmetric,
      rangeY: symmetric,
      draw: (plot, ink) => {
        for (const k of [1, 2, 3]) stroke(plot, ink("theory"), ellipse(shown?.covariance ?? [], k));
      },
    },
  );
  const histogram = new Figure(
    [
      ["faint bar", "replicas"],
      ["theory", "Gaussian of variance C(t)"],
    ],
    {
      x: "first cell",
      y: "density",
      height: 320,
      curves: [
        { label: "replicas", ink: "faint", shape: "bars" },
        { label: "Gaussian", ink: "theory", width: 2 },
      ],
      rangeY: (_, most) => [0, 1.08 * most || 1],
    },
  );
  place.append(make("div", { className: "halves" }, cloud.element, histogram.element));

  return function* (outcome) {
    shown = outcome;
    const [first, second] = outcome.cells;
    const rowOf = (part: string) => outcome.rows.find(({ quantity }) => quantity.startsWith(part));
    cloud.element.hidden = second === undefined;
    if (second !== undefined) {
      cloud.show(
        `√M (Θ − Θ̄) of cell ${first} across, of cell ${second} upwards`,
        `${percent(rowOf("part within the 1σ")!.measured)} of the replicas are in the first ellipse, ` +
          `${percent(rowOf("part within the 2σ")!.measured)} in the second, ${percent(rowOf("part within the 3σ")!.measured)} in the third; ` +
          "a Gaussian has 39.3%, 86.5% and 98.9%.",
        ...outcome.cloud,
      );
      yield;
    }
    histogram.show(
      `√M (Θ − Θ̄) of cell ${first}`,
      outcome.finding,
      outcome.histogram.middles,
      outcome.histogram.density,
      outcome.gaussian,
    );
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

const CORNERS = 90;

/** Where a Gaussian of covariance [xx, xy, yx, yy] has fallen to e^(-k²/2) of its top. */
function* ellipse([xx, xy, , yy]: readonly number[], k: number): Generator<readonly [number, number]> {
  const along = Math.sqrt(xx);
  const across = Math.sqrt(yy - (xy * xy) / xx);
  for (let i = 0; i <= CORNERS; i++) {
    const angle = (2 * Math.PI * i) / CORNERS;
    yield [k * along * Math.cos(angle), k * ((xy / along) * Math.cos(angle) + across * Math.sin(angle))];
  }
}
