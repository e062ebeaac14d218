/**
 * Walks the chain bond by bond: bond k = 0..N joins cell k to cell k + 1, where cells 0 and N + 1 are the baths,
 * E_0 = T_L and E_{N+1} = T_R (THEORY 0).
 */
import type { Model } from "../model.ts";

/**
 * Calls `visit(k, E_k, E_{k+1})` for every bond from left to right. In an array of the N cells, bond k takes energy
 * from entry k - 1 (unless k = 0) and gives it to entry k (unless k = N).
 */
export function forEachBond(
  model: Model,
  energies: ArrayLike<number>,
  visit: (k: number, left: number, right: number) => void,
): void {
  const N = model.cells;
  const [T_L, T_R] = model.temperatures;
  let left = T_L;
  for (let k = 0; k <= N; k++) {
    const right = k < N ? energies[k] : T_R;
    visit(k, left, right);
    left = right;
  }
}
