/** The exact moments of one exchange, held against draws from the exact method's own loop. */
import { defineModel, type Model, type ModelInput } from "../../src/model.ts";
import goldens from "../goldens.json" with { type: "json" };
import { loadProbe, numbersAt, placeModel } from "./probe.ts";

export const probe = loadProbe();

/** A chain of three cells at unequal energies. */
export function chain(changes: Partial<ModelInput> = {}): Model {
  return defineModel({ cells: 3, particles: 10, temperatures: [1, 2], initial: [1.3, 0.4, 2.1], ...changes });
}

/**
 * z of E[J], E[J^2], E[J^3] of one golden, standard errors from the empirical sixth moments. 2e7 draws resolve E[J^2] to
 * 5e-4.
 */
export function momentZ(
  golden: (typeof goldens.J_moments)[number],
  particles: number,
  seed: bigint,
  draws: number,
): number[] {
  const { kind, a, b, M } = golden;
  const bond = kind.startsWith("bulk") ? 1 : kind.startsWith("left") ? 0 : 2;
  const temperatures: [number, number] = bond === 0 ? [a, 1] : bond === 1 ? [1, 1] : [1, b];
  const initial = bond === 0 ? [b, 1] : bond === 1 ? [a, b] : [1, a];
  placeModel(probe, chain({ cells: 2, particles, temperatures, initial, rate: "constant" }), seed);
  const sums = numbersAt(probe, probe.exchangeSums(bond, draws), 6).map((sum) => sum / draws);
  // The probe sums powers of (particles x J).
  return [golden.EJ, golden.EJ2, golden.EJ3].map((moment, i) => {
    const n = i + 1;
    const variance = sums[2 * n - 1] - sums[n - 1] ** 2;
    return (sums[n - 1] - moment * M ** n * (particles / M) ** n) / Math.sqrt(variance / draws);
  });
}
