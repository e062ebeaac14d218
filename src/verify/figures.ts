/** The pictures of a verification as plain data: theory drawn over simulation. */
import type { Figure, Series } from "../report/data.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { initialEnergies } from "../theory/initial.ts";
import type { Distance, Entry } from "./check.ts";
import type { Ladder, Rung } from "./ladder.ts";

/** Error bars show two standard errors. */
const BARS = 2;

export function rmsFigure(distances: readonly Distance[], time: number): Figure {
  const x = distances.map(({ particles }) => particles);
  const rms = (square: number, i: number) => Math.sqrt(Math.max(square, 0) / x[i]);
  const bar = (side: number) => distances.map((d, i) => rms(d.measured + side * BARS * d.standardError, i));
  return {
    name: "lln-distance",
    title: "Law of large numbers: the distance falls as M^(-1/2)",
    caption: `RMS distance of Θ^M to the limit equation at t = ${time}; bars are two standard errors.`,
    x: { label: "particles per cell M", log: true },
    y: { label: "RMS distance to the limit equation", log: true },
    series: [
      { name: "predicted √(tr C / M)", kind: "line", x, y: distances.map((d, i) => rms(d.predicted, i)) },
      {
        name: "simulation",
        kind: "dots",
        x,
        y: distances.map((d, i) => rms(d.measured, i)),
        low: bar(-1),
        high: bar(1),
      },
    ],
  };
}

export function profileFigure({ model, times, limit, rungs }: Ladder): Figure {
  const N = model.cells;
  const cells = Array.from({ length: N }, (_, i) => i + 1);
  const finest = rungs.at(-1)!;
  const withBaths = (energies: ArrayLike<number>) => [
    model.temperatures[0],
    ...Array.from(energies),
    model.temperatures[1],
  ];
  const places = [0, ...cells, N + 1];
  const at = (values: Float64Array, t: number) => values.slice(t * N, (t + 1) * N);
  return {
    name: "lln-profile",
    title: "The energy profile on its way to equilibrium",
    caption: `Lines: limit equation (3.1). Dots: mean of ${finest.replicas} replicas at M = ${finest.particles}.`,
    x: { label: "cell k (0 and N+1 are the baths)" },
    y: { label: "energy" },
    series: [
      { name: "start", kind: "line", x: cells, y: Array.from(initialEnergies(model)) },
      ...times.flatMap((time, t): Series[] => [
        { name: "limit equation", kind: "line", x: cells, y: Array.from(at(limit, t)), group: `t = ${time}` },
        {
          name: "simulation",
          kind: "dots",
          x: cells,
          y: Array.from(at(finest.ensemble.mean, t)),
          group: `t = ${time}`,
        },
      ]),
      { name: "equilibrium E*", kind: "line", x: places, y: withBaths(equilibrium(model).energies) },
    ],
  };
}

export function varianceFigure(
  snapshots: readonly { time: number; entries: readonly Entry[] }[],
  { particles, replicas }: Rung,
): Figure {
  return {
    name: "clt-variance",
    title: "Central limit theorem: the size of the fluctuations",
    caption: `Lines: (3.2). Dots: M times the variance over ${replicas} replicas at M = ${particles}; bars are two standard errors.`,
    x: { label: "cell k" },
    y: { label: "variance of √M(Θ - Θ̄)" },
    series: snapshots.flatMap(({ time, entries }): Series[] => {
      const diagonal = entries.filter(({ i, j }) => i === j);
      const x = diagonal.map(({ i }) => i + 1);
      return [
        { name: "C_kk(t)", kind: "line", x, y: diagonal.map(({ predicted }) => predicted), group: `t = ${time}` },
        { name: "simulation", kind: "dots", x, ...withBars(diagonal), group: `t = ${time}` },
      ];
    }),
  };
}

export function covarianceFigure(entries: readonly Entry[], { particles, replicas }: Rung, time: number): Figure {
  const predicted = entries.map((entry) => entry.predicted);
  const ends = [Math.min(...predicted), Math.max(...predicted)];
  const groups = [
    { name: "variances", of: entries.filter(({ i, j }) => i === j) },
    { name: "neighbours", of: entries.filter(({ i, j }) => i === j + 1) },
    { name: "others", of: entries.filter(({ i, j }) => i > j + 1) },
  ];
  return {
    name: "clt-covariance",
    title: "Central limit theorem: every covariance against C(t)",
    caption: `M times the covariances of ${replicas} replicas at M = ${particles}, t = ${time}; bars are two standard errors.`,
    x: { label: "predicted C_ij" },
    y: { label: "measured M cov(E_i, E_j)" },
    series: [
      { name: "measured = predicted", kind: "line", x: ends, y: ends },
      ...groups
        .filter(({ of }) => of.length > 0)
        .map(({ name, of }): Series => ({ name, kind: "dots", x: of.map((e) => e.predicted), ...withBars(of) })),
    ],
  };
}

/** What was measured, with its error bars. */
function withBars(entries: readonly Entry[]): Pick<Series, "y" | "low" | "high"> {
  const at = (side: number) => entries.map(({ measured, standardError }) => measured + side * BARS * standardError);
  return { y: at(0), low: at(-1), high: at(1) };
}
