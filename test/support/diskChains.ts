/** Chains of disks that collide, and how far their energies are from equilibrium. */
import { simulate } from "../../src/index.ts";
import { chain } from "./agreement.ts";
import { column, KS_LIMIT, kolmogorovSmirnov } from "./statistics.ts";

export const disks = (particles: number, changes = {}) =>
  chain({ exchange: "kinetic", rate: "sqrt-sum", bath: "thermal", particles, ...changes });

/** F of a Gamma law of a whole shape and mean T. */
const gamma = (shape: number, T: number) => (E: number) => {
  let [term, sum] = [1, 0];
  for (let k = 0; k < shape; k++) [sum, term] = [sum + term, (term * shape * E) / T / (k + 1)];
  return 1 - Math.exp((-shape * E) / T) * sum;
};

/** The largest √n sup |F_n - F| of five cells and of their mean, over the limit. */
export async function offBalance(
  M: number,
  exchange: "kinetic" | "uniform",
  method: "exact" | "direct",
): Promise<number> {
  const T = 1.5;
  const model = disks(M, { exchange, cells: 5, temperatures: [T, T], initial: T });
  const { samples } = await simulate(model, { replicas: 2e4, times: [60], samples: true, method, seed: 4n });
  const cells = [0, 1, 2, 3, 4].map((k) => column(samples!, 5, k));
  const mean = cells[0].map((_, r) => cells.reduce((sum, E) => sum + E[r], 0) / 5);
  const distances = [...cells.map((E) => kolmogorovSmirnov(E, gamma(M, T))), kolmogorovSmirnov(mean, gamma(5 * M, T))];
  return Math.max(...distances) / KS_LIMIT;
}
