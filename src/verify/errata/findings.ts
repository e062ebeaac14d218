/** Claims of the paper that no single number replaces: the findings in their place, as tables of their evidence. */
import type { Table } from "../../report/data.ts";
import { meanCollidingEnergy, pairShareVariance } from "../../theory/billiards/collidingEnergies.ts";
import { redistributionCorrelation, transferCoefficient } from "../../theory/billiards/redistribution.ts";
import { meanRelativeSpeed } from "../../theory/billiards/relativeSpeed.ts";
import { equilibriaOf } from "../../theory/equilibrium.ts";
import { finiteSize } from "../../theory/finiteSize.ts";
import { flux, type Rate } from "../../theory/rates.ts";
import { wassersteinConstant } from "../../theory/wasserstein.ts";
import { skewnessOf } from "../clt/skewness.ts";
import type { Ladder } from "../evidence/ladder.ts";
import type { Reversal } from "../evidence/reversal.ts";
import { entriesWithError } from "../measure/present.ts";

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
    f: (_k, a, b) => 1 + 4.5 * (1 + s(a, b) / Math.sqrt(1 + s(a, b) ** 2)),
    f1: (_k, a, b) => slope(a, b),
    f2: (_k, a, b) => slope(a, b),
    share: 0.5,
    cooperativeRatio: 1,
    isUniform: true,
    kinks: "none",
    isConstant: false,
  };
})();
const STEEP_BATHS = [0.001, 1] as const;

/** B7: Lemma 5.6 has one equilibrium; here are three, two of them stable. */
export function equilibriaTable(): Table {
  const [T_L, T_R] = STEEP_BATHS;
  return {
    title:
      "B7, Lemma 5.6 (a unique equilibrium): not from (a)-(c) alone. One cell between 0.001 and 1 with f = 1 + 4.5 (1 + s/√(1+s²)), s = (a+b-1.7)/0.02, has",
    columns: ["equilibrium E*", "net flux there", "dF/dE", "", "current -c/2"],
    rows: equilibriaOf(STEEP, T_L, T_R, 1).map(({ energies: [E], flux: current }) => {
      const step = 1e-6;
      const F = (x: number) => flux(STEEP, 0, T_L, x) - flux(STEEP, 1, x, T_R);
      const slope = (F(E + step) - F(E - step)) / (2 * step);
      return [E, F(E), slope, slope < 0 ? "stable" : "unstable", current];
    }),
  };
}

/** B14: T_L = T_R is not an equilibrium with the paper's bath. */
export function reversalTable(reversals: readonly Reversal[]): Table {
  return {
    title:
      "B14, detailed balance at T_L = T_R: three cells, f = 1, M = 10, the asymmetry M [Cov(E_1(s+1), E_2(s)) - Cov(E_2(s+1), E_1(s))], which is 0 if time can be reversed",
    columns: ["", "measured", "std. error", "exact", "z", "z of reversibility"],
    rows: reversals.map(({ bath, asymmetry }) => [
      bath === "exponential" ? '"exponential" bath, the paper\'s' : '"thermal" bath',
      ...entriesWithError(asymmetry),
      asymmetry.measured / asymmetry.standardError,
    ]),
  };
}

/**
 * B15: Lemma 6.6 bounds a mean difference, not a distance. At fixed t the laws of Θ^M and of Z, (3.3), differ by their third
 * cumulants, which makes M W1 tend to a constant (THEORY 7). None where no skewness can be checked.
 */
export function distanceTables(ladder: Ladder): Table[] {
  const { model, times, expansion } = ladder;
  const tested = skewnessOf(ladder).filter(({ checked }) => checked);
  if (tested.length === 0) return [];
  const N = model.cells;
  const last = times.length - 1;
  const constant = Math.max(...wassersteinConstant(model, [times[last]]));
  const { K3 } = finiteSize(model, [times[last]], { of: "mesoscopic" });
  return [
    {
      title: `B15, Lemma 6.6 and Corollary 6.8: at fixed t the distance of Θ^M to the mesoscopic equation is in their third cumulants, M·W1 → 0.1613 |K3 - K3'|/C. At t = ${times[last]}, all cells together:`,
      columns: [
        ...["M", "replicas", "measured/K3", "std. error", "z of Θ^M (1)"],
        ...["K3'/K3 of (3.3)", "z of (3.3)", "largest M·W1"],
      ],
      rows: tested.map(({ particles, replicas, share, shareError, cells }) => {
        const printed = cells.map((_, i) => {
          const variance = expansion.covariance[last * N * N + i * (N + 1)];
          return K3[(i * N + i) * N + i] / (variance * Math.sqrt(variance * particles));
        });
        const size = cells.reduce((sum, { predicted }) => sum + predicted ** 2, 0);
        const rival = cells.reduce((sum, { predicted }, i) => sum + predicted * printed[i], 0) / size;
        const z = [(share - 1) / shareError, (share - rival) / shareError];
        return [particles, replicas, share, shareError, z[0], rival, z[1], constant];
      }),
    },
  ];
}

/** B19 to B21: what section 2.1 says of disks; no disk moves here. */
export function billiardsTable(): Table {
  const coldOverEven = meanRelativeSpeed(Infinity, 0.01, 1) / meanRelativeSpeed(Infinity, 1, 1);
  const cold = "rate at E_1 = E_2/100, over that at E_1 = E_2";
  return {
    title:
      "B19 to B21, section 2.1: what its claims and kinetic theory say of disks that collide through a hole, M → ∞; `mesoflux verify billiards` holds both against disks in motion",
    columns: ["", "claim", "quantity", "by the claim", "by kinetic theory"],
    rows: [
      [
        "B19",
        "energy of the colliding disk: Beta(1, M-1)",
        "its mean, times M, over E",
        1,
        meanCollidingEnergy(Infinity),
      ],
      ["B20", "redistribution: uniform", "correlation of shares before and after", 0, redistributionCorrelation],
      ["B20", "redistribution: uniform", "variance of the share after", 1 / 12, pairShareVariance],
      ["B19, B20", "both", "energy handed over, times M, over E_1 - E_2", 0.5, transferCoefficient(Infinity)],
      ["B21", "rate: min{E_1, E_2}", cold, 0.01, coldOverEven],
      ["B21", "rate: its root (remark)", cold, 0.1, coldOverEven],
    ],
  };
}

/** B16: H does not vanish at E_k = 0, so Z leaves the positive cone sooner or later; Θ^M never does. */
export function coneTable({ model, times, rungs, at }: Ladder): Table {
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
