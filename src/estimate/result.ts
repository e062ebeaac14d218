/** The result of `expectations`: the batches at each time pooled, in the model's unit of energy, beside the plain means. */
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import type { Certificate } from "../ensemble/runSpec.ts";
import { withJson } from "../json.ts";
import type { KnownPart } from "./knownPart.ts";
import { layoutOf } from "./momentEquations.ts";
import { type BatchMeans, type Estimates, pool } from "./pool.ts";

/** One quantity of each kind at T times, or an error or a ratio for each entry of one. */
export interface Quantities extends Estimates {
  /** @deprecated The same as `transferred`: an energy, not a current. */
  readonly current: Float64Array;
}

/** Expectations at T times, N cells: row-major; energies in the model's unit. */
export interface Expectations extends Quantities {
  /** T: the observation times, in units of the model's timescale. */
  readonly times: Float64Array;
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Exchanges that happened in all of them. */
  readonly events: number;
  /** Standard errors of the three estimates. */
  readonly standardError: Quantities;
  /** Standard errors of plain estimates from the same replicas. */
  readonly plainError: Quantities;
  /** Plain variance over the estimate's: how many times as many replicas the plain estimator would need. */
  readonly gain: Quantities;
  /** Certificates of the ensembles, in order of their replicas: one, unless its samples would not fit in 100 MB. */
  readonly certificates: readonly Certificate[];
}

/** One batch of replicas at each observation: the estimates and the plain means, in units of units.ts. */
export interface Batch {
  readonly estimates: readonly BatchMeans[];
  readonly plain: readonly BatchMeans[];
}

/** Means over a batch at one time: the known and the measured part of the moments (momentEquations.ts) together. */
export function totalMeans(replicas: number, N: number, M: number, known: Float64Array, measured: Float64Array) {
  const W = N + 2;
  const { second } = layoutOf(N);
  const entry = (i: number) => (known[i] + measured[i]) / M;
  const transferred = Float64Array.from({ length: N + 1 }, (_, k) => entry(k));
  return {
    replicas,
    mean: Float64Array.from({ length: N }, (_, i) => transferred[i] - transferred[i + 1]),
    second: Float64Array.from({ length: N * N }, (_, at) =>
      entry(second + (Math.floor(at / N) + 1) * W + (at % N) + 1),
    ),
    transferred,
  };
}

/** Pools the batches of the ensembles. @param unit of energy, in the model's. */
export function expectationsOf(
  batches: readonly Batch[],
  ensembles: readonly Ensemble[],
  times: readonly number[],
  known: readonly KnownPart[],
  unit: number,
): Expectations {
  const pooled = known.map(({ energies, transferred }, t) => {
    const { estimate, standardError } = pool(batches.map(({ estimates }) => estimates[t]));
    const plainError = pool(batches.map(({ plain }) => plain[t])).standardError;
    const mean = estimate.mean.map((m, k) => energies[k] + m);
    const total = estimate.transferred.map((q, k) => transferred[k] + q);
    return { estimate: { ...estimate, mean, transferred: total }, standardError, plainError };
  });
  const inModelUnits = (pick: (at: (typeof pooled)[number]) => Estimates): Quantities => {
    const join = (kind: keyof Estimates, scale: number) =>
      Float64Array.from(
        pooled.flatMap((at) => Array.from(pick(at)[kind])),
        (value) => value * scale,
      );
    return withAlias(join("mean", unit), join("covariance", unit * unit), join("transferred", unit));
  };
  const standardError = inModelUnits((at) => at.standardError);
  const plainError = inModelUnits((at) => at.plainError);
  const gain = (kind: keyof Estimates) =>
    plainError[kind].map((error, i) => {
      const ratio = error / standardError[kind][i];
      return ratio * ratio;
    });
  return withJson({
    ...inModelUnits(({ estimate }) => estimate),
    times: Float64Array.from(times),
    replicas: ensembles.reduce((sum, { replicas }) => sum + replicas, 0),
    events: ensembles.reduce((sum, { events }) => sum + events, 0),
    standardError,
    plainError,
    gain: withAlias(gain("mean"), gain("covariance"), gain("transferred")),
    certificates: ensembles.map(({ certificate }) => certificate),
  });
}

function withAlias(mean: Float64Array, covariance: Float64Array, transferred: Float64Array): Quantities {
  return { mean, covariance, transferred, current: transferred };
}
