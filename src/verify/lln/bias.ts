/**
 * The bias E Θ^M(t) - Θ̄(t), measured without its noise (THEORY 6). At every M, exactly,
 *
 *   E Θ^M(t) - Θ̄(t) = E ∫_0^t Φ(t,s) [F(Θ_s) - F(Θ̄_s) - DF(Θ̄_s)(Θ_s - Θ̄_s)] ds,
 *
 * Φ the propagator of DF(Θ̄), and the integrand is of order 1/M on every path: an estimate of M times the bias whose error
 * does not grow with M. The integral is taken by quadrature over the nodes' times, at which the mean of the integrand is
 * smooth. `expectations` knows the bias better by orders of magnitude, but adds back second and third derivatives of the
 * flux with moments of the theory's own; here Θ̄ and Φ are all that is taken from it, so that m1 is put to the test.
 */
import type { Model } from "../../model.ts";
import { drift, jacobian } from "../../theory/drift.ts";
import { limit } from "../../theory/limit.ts";
import { multiply } from "../../theory/matrix.ts";
import { propagator } from "../../theory/propagator.ts";
import type { Ladder, Rung } from "../evidence/ladder.ts";
import type { Comparison } from "../measure/check.ts";

/** M times the bias at the last time, at one M. */
export interface Bias {
  readonly particles: number;
  readonly replicas: number;
  /** One a cell, against m1. */
  readonly cells: readonly Comparison[];
  /** (bias · m1)/(m1 · m1): 1 where the bias is m1/M, and its standard error. */
  readonly share: number;
  readonly shareError: number;
}

/** The bias of every rung in turn; `m1` is the prediction at the last time. */
export function biasesOf({ model, nodes, times, rungs }: Ladder, m1: Float64Array): Bias[] {
  const passages = passagesOf(model, nodes, times.at(-1)!);
  return rungs.map((rung) => measure(model, passages, rung, m1));
}

/** The contribution of one node: weight · Φ(t,s), the same times DF, and F at Θ̄_s. */
interface Passage {
  readonly at: number;
  readonly energies: Float64Array;
  readonly drift: Float64Array;
  readonly carry: Float64Array;
  readonly linear: Float64Array;
}

function passagesOf(model: Model, nodes: Ladder["nodes"], end: number): Passage[] {
  const N = model.cells;
  const times = [...nodes.map(({ time }) => time), end];
  const path = limit(model, times);
  const carries = propagator(model, times);
  return nodes.map(({ weight, at }, q) => {
    const energies = path.slice(q * N, (q + 1) * N);
    const carry = carries.slice(q * N * N, (q + 1) * N * N).map((entry) => weight * entry);
    return {
      at,
      energies,
      drift: drift(model, energies),
      carry,
      linear: multiply(carry, jacobian(model, energies), N),
    };
  });
}

function measure(model: Model, passages: readonly Passage[], rung: Rung, m1: Float64Array): Bias {
  const { particles, replicas, ensemble } = rung;
  const N = model.cells;
  const samples = ensemble.samples!;
  const T = ensemble.times.length;
  const size = m1.reduce((sum, m) => sum + m * m, 0);
  const sums = new Float64Array(N + 1);
  const squares = new Float64Array(N + 1);
  const bias = new Float64Array(N + 1);
  for (let r = 0; r < replicas; r++) {
    bias.fill(0);
    for (const { at, energies, drift: mean, carry, linear } of passages) {
      const from = (r * T + at) * N;
      const sample = samples.subarray(from, from + N);
      const F = drift(model, sample);
      for (let i = 0; i < N; i++) {
        let sum = 0;
        for (let j = 0; j < N; j++) {
          sum += carry[i * N + j] * (F[j] - mean[j]) - linear[i * N + j] * (sample[j] - energies[j]);
        }
        bias[i] += particles * sum;
      }
    }
    for (let i = 0; i < N; i++) bias[N] += (bias[i] * m1[i]) / size;
    for (let i = 0; i <= N; i++) {
      sums[i] += bias[i];
      squares[i] += bias[i] * bias[i];
    }
  }
  const mean = sums.map((sum) => sum / replicas);
  const error = squares.map((square, i) => Math.sqrt((square / replicas - mean[i] * mean[i]) / (replicas - 1)));
  const cells = Array.from(m1, (predicted, i) => ({ predicted, measured: mean[i], standardError: error[i] }));
  return { particles, replicas, cells, share: mean[N], shareError: error[N] };
}
