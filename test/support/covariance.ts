/** Integrates the limit equation and its covariance by plain Runge-Kutta from given F, DF and H: where defects go in. */
import type { Model } from "../../src/model.ts";

type Field = (model: Model, energies: ArrayLike<number>) => Float64Array;

/** C(time) of dC/dt = DF C + C DF^T + H H^T along dE/dt = F(E), from `model.initial`, one number. N x N. */
export function covarianceFrom(
  model: Model,
  time: number,
  { drift, jacobian, diffusion }: { drift: Field; jacobian: Field; diffusion: Field },
): number[][] {
  const N = model.cells;
  const steps = 400;
  const derivative = (state: number[]): number[] => {
    const E = state.slice(0, N);
    const C = (i: number, j: number) => state[N + i * N + j];
    const [J, H] = [jacobian(model, E), diffusion(model, E)];
    const out = [...drift(model, E)];
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) {
        let sum = 0;
        for (let k = 0; k < N; k++) sum += J[i * N + k] * C(k, j) + C(i, k) * J[j * N + k];
        for (let k = 0; k <= N; k++) sum += H[i * (N + 1) + k] * H[j * (N + 1) + k];
        out.push(sum);
      }
    }
    return out;
  };
  const along = (state: number[], slope: number[], h: number) => state.map((value, i) => value + h * slope[i]);
  let state = [...new Array<number>(N).fill(model.initial as number), ...new Array<number>(N * N).fill(0)];
  const h = time / steps;
  for (let step = 0; step < steps; step++) {
    const k1 = derivative(state);
    const k2 = derivative(along(state, k1, h / 2));
    const k3 = derivative(along(state, k2, h / 2));
    const k4 = derivative(along(state, k3, h));
    state = state.map((value, i) => value + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
  }
  return Array.from({ length: N }, (_, i) => state.slice(N + i * N, N + (i + 1) * N));
}
