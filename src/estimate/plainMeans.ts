/** Plain means over the same replicas, as `simulate` takes them: what the gain of `expectations` is measured against. */
import type { Units } from "../theory/units.ts";
import type { KnownPart } from "./knownPart.ts";
import type { BatchMeans } from "./pool.ts";

/**
 * Gives the function that takes means over some replicas at each observation, of energies less Θ̄ and of transferred
 * energies less those along Θ̄, in units of units.ts.
 * @param at the index of each observation in the times of the samples, of which there are `simulated`.
 */
export function plainMeansOf(
  units: Units,
  known: readonly KnownPart[],
  at: readonly number[],
  simulated: number,
): (energies: Float64Array, flows: Float64Array, replicas: number) => BatchMeans[] {
  const N = known[0].energies.length;
  const x = new Float64Array(N);
  return (energies, flows, replicas) =>
    at.map((place, t) => {
      const mean = new Float64Array(N);
      const second = new Float64Array(N * N);
      const transferred = new Float64Array(N + 1);
      for (let r = 0; r < replicas; r++) {
        const row = r * simulated + place;
        for (let i = 0; i < N; i++) {
          x[i] = energies[row * N + i] / units.energy - known[t].energies[i];
          mean[i] += x[i] / replicas;
          for (let j = 0; j <= i; j++) second[i * N + j] += (x[i] * x[j]) / replicas;
        }
        for (let k = 0; k <= N; k++) {
          const excess = flows[row * (N + 1) + k] / units.energy - known[t].transferred[k];
          transferred[k] += excess / replicas;
        }
      }
      for (let i = 0; i < N; i++) for (let j = 0; j < i; j++) second[j * N + i] = second[i * N + j];
      return { replicas, mean, second, transferred };
    });
}
