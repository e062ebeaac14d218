/** The tables and figures of the fluctuation theorem. */
import type { Bath } from "../../model.ts";
import { exp, log } from "../../rate/elementary.ts";
import type { Figure, Table } from "../../report/data.ts";
import type { PathRatios } from "../evidence/pathRatios.ts";
import { type Comparison, worstZ, zOf } from "../measure/check.ts";
import { BARS_IN_WORDS, dots, entriesWithError, line } from "../measure/present.ts";

/** Bins of |Σ|, as wide as this part of its standard deviation; the fewest paths of a bin that is drawn, on either side. */
const WIDTH = 0.4;
const FEWEST = 50;

const inWords = ([{ model, replicas }]: readonly PathRatios[]) =>
  `T_L = ${model.temperatures[0]}, T_R = ${Number(model.temperatures[1].toPrecision(12))}, ${replicas} paths each`;

export function theoremTable(all: readonly PathRatios[]): Table {
  return {
    title: `The fluctuation theorem, "thermal" bath: ${inWords(all)}`,
    columns: [
      "N",
      "M",
      "mean of Σ",
      "mean of e^-Σ",
      "std. error",
      "predicted",
      "z",
      "largest |z| of the means of a/(1 + e^Σ)",
    ],
    rows: all.map(({ model, mean, integral, detailed }) => [
      ...[model.cells, model.particles, mean.mean],
      ...entriesWithError(integral),
      worstZ(detailed),
    ]),
  };
}

export function rivalTable(all: readonly PathRatios[], rejected: number): Table {
  const tried = all.filter(({ withoutRatio }) => withoutRatio);
  return {
    title: "B18: the same without W_f, -M A Q_0 alone, as the rate drops out as M → ∞",
    columns: ["N", "M", "mean of e^(M A Q_0)", "std. error", "z of 1", "verdict"],
    rows: tried.map(({ model, withoutRatio }) => [
      ...[model.cells, model.particles],
      ...verdictOn(withoutRatio!, zOf(withoutRatio!), rejected),
    ]),
  };
}

export function bathTable(all: readonly PathRatios[], rejected: number): Table {
  return {
    title: `B17: the paper's bath, with W_f: ${inWords(all)}. Its packets have tails that heat cannot undo`,
    columns: ["N", "M", "mean of e^-Σ", "std. error", "z of 1, or larger |z| of a mean of a/(1 + e^Σ)", "verdict"],
    rows: all.map(({ model, integral, detailed }) => [
      ...[model.cells, model.particles],
      ...verdictOn(integral, Math.max(worstZ([integral]), worstZ(detailed)), rejected),
    ]),
  };
}

const verdictOn = ({ measured, standardError }: Comparison, z: number, rejected: number) => [
  ...[measured, standardError, z],
  Math.abs(z) >= rejected ? "rejected" : "open",
];

/**
 * log P(bin)/P(-bin) over the bins of Σ > 0. The theorem has P(bin) = Σ over the paths of -bin of e^-Σ, exactly, so that the dots
 * stand over the logarithm of the mean of e^-Σ in -bin, which is about the middle of the bin.
 */
export function entropyFigure(name: string, title: string, bath: Bath, all: readonly PathRatios[]): Figure {
  const drawn = all.map(({ model, entropies }) => ({ model, bins: binsOf(entropies) }));
  const last = Math.max(...drawn.flatMap(({ bins }) => bins.map(({ place }) => place)));
  return {
    name,
    title,
    caption: `How often paths with Σ are met, over how often those with -Σ are, "${bath}" bath, N = ${all[0].model.cells}, ${inWords(all)}; the line is the theorem; ${BARS_IN_WORDS}.`,
    x: { label: "Σ" },
    y: { label: "log P(Σ)/P(-Σ)" },
    series: [
      line("fluctuation theorem", [0, last], [0, last]),
      ...drawn.map(({ model, bins }) =>
        dots(
          `M = ${model.particles}`,
          bins.map(({ place }) => place),
          bins.map(({ ratio }) => ratio),
        ),
      ),
    ],
  };
}

interface Bin {
  readonly place: number;
  readonly ratio: Comparison;
}

function binsOf(entropies: Float64Array): Bin[] {
  const square = entropies.reduce((sum, x) => sum + x * x, 0) / entropies.length;
  const width = WIDTH * Math.sqrt(square);
  const bins: { above: number; below: number; weight: number }[] = [];
  for (const x of entropies) {
    // Paths on which nothing has happened to the left bath may have exactly 0.
    if (x === 0) continue;
    const bin = (bins[Math.floor(Math.abs(x) / width)] ??= { above: 0, below: 0, weight: 0 });
    if (x > 0) bin.above++;
    else {
      bin.below++;
      bin.weight += exp(-x);
    }
  }
  return Object.values(bins)
    .filter(({ above, below }) => Math.min(above, below) >= FEWEST)
    .map(({ above, below, weight }) => {
      const place = log(weight / below);
      return {
        place,
        ratio: { predicted: place, measured: log(above / below), standardError: Math.sqrt(1 / above + 1 / below) },
      };
    });
}
