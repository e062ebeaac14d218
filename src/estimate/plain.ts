/** What a plain simulation would estimate from the same replicas, to set the estimates against. */
import type { Units } from "../theory/units.ts";
import type { Known } from "./known.ts";
import type { Batch } from "./pool.ts";

/**
 * Gives the function that takes means over `replicas` replicas at each observation, about Θ̄ and what it carries, in units
 * of units.ts.
 * @param at where the observations stand in the times of the samples, of which there are `simulated`.
 */
export function plainMeansOf(
  units: Units,
  known: readonly Known[],
  at: readonly number[],
  simulated: number,
): (energies: Float64Array, carried: Float64Array, replicas: number) => Batch[] {
  const N = known[0].energies.length;
  const x = new Float64Array(N);
  return (energies, carried, replicas) =>
    at.map((place, t) => {
      const mean = new Float64Array(N);
      const second = new Float64Array(N * N);
      const current = new Float64Array(N + 1);
      for (let r = 0; r < replicas; r++) {
        const observation = r * simulated + place;
        for (let i = 0; i < N; i++) {
          x[i] = energies[observation * N + i] / units.energy - known[t].energies[i];
          mean[i] += x[i] / replicas;
          for (let j = 0; j <= i; j++) second[i * N + j] += (x[i] * x[j]) / replicas;
        }
        for (let k = 0; k <= N; k++) {
          const beyond = carried[observation * (N + 1) + k] / units.energy - known[t].carried[k];
          current[k] += beyond / replicas;
        }
      }
      for (let i = 0; i < N; i++) for (let j = 0; j < i; j++) second[j * N + i] = second[i * N + j];
      return { replicas, mean, second, current };
    });
}
