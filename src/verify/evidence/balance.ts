/**
 * Detailed balance: disks that collide with each other and with Maxwellian baths of one temperature T have a stationary law
 * that is known at every N and M, independent energies of a Gamma law of shape M and mean T each. Their sum is then of
 * shape N M.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Certificate } from "../../ensemble/runSpec.ts";
import { defineModel, type Model } from "../../model.ts";
import { exp } from "../../rate/elementary.ts";
import { slowestRate } from "../../theory/stationary.ts";
import type { Comparison } from "../measure/check.ts";
import { distanceOf } from "../measure/statistics.ts";
import type { Setting, Study } from "../simulations.ts";

const CELLS = 5;
const PARTICLES = [1, 2, 10];
/** In units of the slowest mode's time as M grows: at M = 1, which is slower, e^-14 of the start is left. */
const WAIT = 21;

/** √n sup |F_n - F| of every cell's energy, and of their sum, at one M. */
export interface Balance {
  readonly model: Model;
  readonly distances: readonly Comparison[];
  readonly replicas: number;
  readonly certificate: Certificate;
}

/** None in the paper's exchange. */
export function balances({ model, options }: Setting): Study<Balance[]> {
  const [T_L, T_R] = model.temperatures;
  const T = (T_L + T_R) / 2;
  const common = { ...model, cells: CELLS, temperatures: [T, T], initial: "equilibrium" } as const;
  const models = model.exchange ? PARTICLES.map((particles) => defineModel({ ...common, particles })) : [];
  return {
    experiments: models.map((model) => ({
      ...{ stage: `detailed balance at M = ${model.particles}`, model, samples: true },
      ...{ replicas: options.effort.reversals, times: [WAIT / slowestRate(model)] },
    })),
    conclude: (ensembles: readonly Ensemble<"covariance">[]) =>
      ensembles.map(({ samples, replicas, certificate }, i) => {
        return { model: models[i], distances: distancesOf(models[i], samples!), replicas, certificate };
      }),
  };
}

/** From the energies of all replicas, row by row, between baths of one temperature. */
export function distancesOf({ cells: N, particles: M, temperatures: [T] }: Model, samples: Float64Array): Comparison[] {
  const replicas = samples.length / N;
  const columns = Array.from({ length: N }, (_, k) =>
    Float64Array.from({ length: replicas }, (_, r) => samples[r * N + k]),
  );
  const sums = Float64Array.from({ length: replicas }, (_, r) => columns.reduce((sum, column) => sum + column[r], 0));
  return [...columns.map((column) => ({ column, shape: M })), { column: sums, shape: N * M }].map(
    ({ column, shape }) => ({
      predicted: 0,
      measured: distanceOf(column, (E) => gamma(shape, (M * E) / T)),
      standardError: 1,
    }),
  );
}

/** The probability that a Gamma variable of a whole shape is below x: 1 - e^-x Σ_{k < shape} x^k/k!. */
function gamma(shape: number, x: number): number {
  let [term, sum] = [1, 0];
  for (let k = 0; k < shape; term *= x / ++k) sum += term;
  return 1 - exp(-x) * sum;
}
