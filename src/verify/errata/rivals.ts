/**
 * Formulas that the paper misprints, as rival hypotheses about the covariance of √M (Θ^M - Θ̄): the same
 * equation dC/dt = DF C + C DF^T + H H^T with a printed DF or H in place of the right one.
 */
import type { Model } from "../../model.ts";
import { forEachBond } from "../../theory/bonds.ts";
import { diffusion } from "../../theory/diffusion.ts";
import { drift, jacobian } from "../../theory/drift.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { integrate } from "../../theory/integrate.ts";
import { rateOf } from "../../theory/rates.ts";
import { multiply } from "../../theory/matrix.ts";

type OfEnergies = (model: Model, energies: ArrayLike<number>) => Float64Array;

export interface Rival {
  readonly erratum: string;
  readonly printed: string;
  readonly right: string;
  readonly jacobian: OfEnergies;
  /** N×(N+1). */
  readonly diffusion: OfEnergies;
}

export const RIVALS: readonly Rival[] = [
  {
    erratum: "B5",
    printed: "H without minus signs, (3.2) and (6.1)",
    right: "H = [V_0 v_0, .., V_N v_N]",
    jacobian,
    diffusion: (model, energies) => diffusion(model, energies).map(Math.abs),
  },
  {
    erratum: "B6",
    printed: "V² with 1/4, 1/6, 1/4 and 3/4 (Theorem 6.1)",
    right: "2/3, -1/3, 2/3 and 4/3",
    jacobian,
    diffusion: theorem61,
  },
  {
    erratum: "B9",
    printed: "DF without its factor 1/2 (Lemma 5.7)",
    right: "DF = ∂F/∂E",
    jacobian: (model, energies) => jacobian(model, energies).map((entry) => 2 * entry),
    diffusion,
  },
];

/** H with V_k² = f (x²/4 + xy/6 + y²/4), 3/4 for a bath's square: as Theorem 6.1 prints it. */
function theorem61(model: Model, energies: ArrayLike<number>): Float64Array {
  const N = model.cells;
  const { f } = rateOf(model);
  const H = new Float64Array(N * (N + 1));
  forEachBond(model, energies, (k, x, y) => {
    const V = Math.sqrt(f(k, x, y) * ((k === 0 ? 0.75 : 0.25) * x * x + (x * y) / 6 + (k === N ? 0.75 : 0.25) * y * y));
    if (k > 0) H[(k - 1) * (N + 1) + k] = -V;
    if (k < N) H[k * (N + 1) + k] = V;
  });
  return H;
}

/** C at one time under a hypothesis: N×N. */
export function rivalCovariance(model: Model, time: number, { jacobian, diffusion }: Rival): Float64Array {
  const N = model.cells;
  const start = initialEnergies(model);
  const state = [...start, ...new Array<number>(N * N).fill(0)];
  const C = new Float64Array(N * N);
  integrate(
    (now, derivative) => {
      const energies = Float64Array.from(now.slice(0, N));
      const covariance = Float64Array.from(now.slice(N));
      const product = multiply(jacobian(model, energies), covariance, N);
      const H = diffusion(model, energies);
      drift(model, energies).forEach((F, i) => (derivative[i] = F));
      for (let at = 0; at < N * N; at++) {
        const [i, j] = [Math.floor(at / N), at % N];
        let noise = 0;
        for (let k = 0; k <= N; k++) noise += H[i * (N + 1) + k] * H[j * (N + 1) + k];
        derivative[N + at] = product[at] + product[j * N + i] + noise;
      }
    },
    state,
    [time],
    1e-6,
    (_, reached) => C.set(reached.slice(N)),
  );
  return C;
}
