/** Claims of the paper that no single number replaces: what is found instead, each with its evidence. */
import type { Table } from "../../report/data.ts";
import { type Equilibrium, equilibriaOf } from "../../theory/equilibrium.ts";
import type { Rate } from "../../theory/rates.ts";
import { flux } from "../../theory/rates.ts";
import { finiteSize } from "../../theory/finiteSize.ts";
import { wassersteinConstant } from "../../theory/wasserstein.ts";
import { zOf } from "../measure/check.ts";
import type { Evidence } from "./trials.ts";
import type { Ladder } from "../evidence/ladder.ts";
import { reversalComparisons, type Reversals } from "../evidence/reversal.ts";
import { skewnessOf } from "../clt/skewness.ts";

export function findings({ ladder, reversals }: Evidence): Table[] {
  return [equilibriaTable(), reversalTable(reversals), ...distanceTables(ladder), coneTable(ladder)];
}

/**
 * f(a, b) = 1 + 4.5 (1 + s/√(1 + s²)), s = (a + b - 1.7)/0.02: symmetric, smooth, bounded, positive and non-decreasing, all
 * that (a) to (c) ask for.
 */
const STEEP: Rate = (() => {
  const s = (a: number, b: number) => (a + b - 1.7) / 0.02;
  const slope = (a: number, b: number) => {
    const square = 1 + s(a, b) ** 2;
    return 4.5 / 0.02 / (square * Math.sqrt(square));
  };
  return {
    f: (a, b) => 1 + 4.5 * (1 + s(a, b) / Math.sqrt(1 + s(a, b) ** 2)),
    f1: slope,
    f2: slope,
    cooperativeRatio: 1,
    isSmooth: true,
    isConstant: false,
  };
})();
const STEEP_BATHS = [0.001, 1] as const;

/** B7: Lemma 5.6 has one equilibrium; here are three, two of them stable. */
function equilibriaTable(): Table {
  const [T_L, T_R] = STEEP_BATHS;
  return {
    title:
      "B7, Lemma 5.6 (a unique equilibrium): not from (a)-(c) alone. One cell between 0.001 and 1 with f = 1 + 4.5 (1 + s/√(1+s²)), s = (a+b-1.7)/0.02, has",
    columns: ["equilibrium E*", "net flux there", "dF/dE", "", "current -c/2"],
    rows: equilibriaOf(STEEP, T_L, T_R, 1).map(({ energies: [E], flux: current }: Equilibrium) => {
      const step = 1e-6;
      const F = (x: number) => flux(STEEP, T_L, x) - flux(STEEP, x, T_R);
      const slope = (F(E + step) - F(E - step)) / (2 * step);
      return [E, F(E), slope, slope < 0 ? "stable" : "unstable", current];
    }),
  };
}

/** B14: T_L = T_R is not an equilibrium with the paper's bath. */
function reversalTable(reversals: Reversals): Table {
  return {
    title:
      "B14, detailed balance at T_L = T_R: three cells, f = 1, M = 10, the asymmetry M [Cov(E_1(s+1), E_2(s)) - Cov(E_2(s+1), E_1(s))], which is 0 if time can be reversed",
    columns: ["", "measured", "std. error", "exact", "z", "z of reversibility"],
    rows: reversalComparisons(reversals).map(({ comparison }, i) => [
      i === 0 ? '"exponential" bath, the paper\'s' : '"thermal" bath',
      comparison.measured,
      comparison.standardError,
      comparison.predicted,
      zOf(comparison),
      comparison.measured / comparison.standardError,
    ]),
  };
}

/**
 * B15: Lemma 6.6 bounds a mean difference, not a distance. At fixed t the laws of Θ^M and of Z, (3.3), differ by their third
 * cumulants, which makes M W1 tend to a constant (THEORY 7).
 */
function distanceTables(ladder: Ladder): Table[] {
  const { model, times, expansion } = ladder;
  const tested = skewnessOf(ladder).filter(({ checked }) => checked);
  if (!expansion.next || tested.length === 0) return [];
  const N = model.cells;
  const last = times.length - 1;
  const constant = wassersteinConstant(model, [times[last]]);
  const { K3 } = finiteSize(model, [times[last]], { of: "mesoscopic" });
  return [
    {
      title: `B15, Lemma 6.6 and Corollary 6.8: at fixed t the distance of Θ^M to the mesoscopic equation is in their third cumulants, M·W1 → 0.1613 |K3 - K3'|/C. At t = ${times[last]}, all cells together:`,
      columns: [
        "M",
        "replicas",
        "measured/K3",
        "std. error",
        "z of Θ^M (1)",
        "K3'/K3 of (3.3)",
        "z of (3.3)",
        "largest M·W1",
      ],
      rows: tested.map(({ rung, share, shareError, comparisons }) => {
        const ofEquation = comparisons.map(({ predicted }, i) => {
          const variance = expansion.covariance[last * N * N + i * (N + 1)];
          return { predicted, rival: K3[(i * N + i) * N + i] / (variance * Math.sqrt(variance * rung.particles)) };
        });
        const size = ofEquation.reduce((sum, { predicted }) => sum + predicted ** 2, 0);
        const rival = ofEquation.reduce((sum, one) => sum + one.predicted * one.rival, 0) / size;
        return [
          rung.particles,
          rung.replicas,
          share,
          shareError,
          (share - 1) / shareError,
          rival,
          (share - rival) / shareError,
          Math.max(...constant),
        ];
      }),
    },
  ];
}

/** B16: H does not vanish at E_k = 0, so Z leaves the positive cone sooner or later; Θ^M never does. */
function coneTable({ model, times, rungs, at }: Ladder): Table {
  const N = model.cells;
  const last = times.length - 1;
  return {
    title: `B16, (3.3): H does not vanish at zero energy, so Z can leave the positive cone, while every energy of Θ^M stays positive. At t = ${times[last]}:`,
    columns: ["M", "replicas", "zero is so many deviations from the mean", "least energy seen"],
    rows: rungs.map(({ particles, replicas, ensemble, predictions }) => {
      const { covariance } = predictions[last];
      let nearest = Infinity;
      for (let i = 0; i < N; i++) {
        const deviation = Math.sqrt(covariance[i * (N + 1)] / particles);
        nearest = Math.min(nearest, ensemble.mean[at[last] * N + i] / deviation);
      }
      const least = ensemble.samples ? ensemble.samples.reduce((a, b) => Math.min(a, b)) : "";
      return [particles, replicas, nearest, least];
    }),
  };
}
