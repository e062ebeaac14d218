/**
 * The moments of J, the energy that one ring of a bond carries from left to right, at any number of particles
 * (THEORY 2.1; Lemma 6.4 has the second):
 *
 *   E[J^n] = (1/(n+1)) Σ_j (-1)^j c^X_{n-j} c^Y_j a^(n-j) b^j,   c_m = s_m / M^m
 *
 * with a and b the energies, or temperatures, that the bond joins. Units: energy^n.
 */
import { defineModel, type ModelInput } from "../model.ts";
import { integer, read, strict } from "../validate.ts";
import { checkEnergies } from "./arguments.ts";
import { packetMomentsOf } from "./baths.ts";
import { checkExpansion } from "./smoothness.ts";

/**
 * E[J], E[J²], E[J³], E[J⁴] for one ring of a bond at the given energies, exactly at `model.particles`; the rate does
 * not enter. E[J] = (a - b)/(2M) on every bond. Right to rounding, of the largest term where terms cancel.
 * @param bond 0..N; bond k joins cells k and k + 1, and bonds 0 and N join the chain to its baths.
 * @param energies E_1..E_N, positive.
 * @returns 4 entries.
 * @throws InvalidInputError unless there is such a bond and one positive energy for each cell; NotExpandedError for disks
 * that collide.
 */
export function exchangeMoments(input: ModelInput, bond: number, energies: ArrayLike<number>): Float64Array {
  const model = defineModel(input);
  checkExpansion(model);
  const { cells: N, particles: M, temperatures, bath } = model;
  read("arguments", strict({ bond: integer(0, N) }), { bond });
  checkEnergies(model, energies);
  const a = bond > 0 ? energies[bond - 1] : temperatures[0];
  const b = bond < N ? energies[bond] : temperatures[1];
  const moments = packetMomentsOf(bath, M);
  const X = bond > 0 ? moments.cell : moments.bath;
  const Y = bond < N ? moments.cell : moments.bath;
  return Float64Array.of(1, 2, 3, 4).map((n) => exchangeMoment(n, X, a / M, Y, b / M));
}

/** E[J^n] from s_0..s_n of both sides and their energies divided by M. */
function exchangeMoment(n: number, X: readonly number[], a: number, Y: readonly number[], b: number): number {
  let sum = 0;
  // From both ends inwards, so that the odd moments of two equal sides are exactly zero.
  for (let j = 0; 2 * j <= n; j++) {
    const i = n - j;
    const outer = X[i] * Y[j] * power(a, i) * power(b, j);
    const inner = i === j ? 0 : X[j] * Y[i] * power(a, j) * power(b, i);
    const term = n % 2 === 0 ? outer + inner : outer - inner;
    sum += j % 2 === 0 ? term : -term;
  }
  return sum / (n + 1);
}

function power(base: number, exponent: number): number {
  let product = 1;
  for (let i = 0; i < exponent; i++) product *= base;
  return product;
}
