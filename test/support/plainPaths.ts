/**
 * Paths of Hamilton's equations once more, in the plainest way (THEORY 12.5): H from its formula, slopes by differences, steps
 * of Runge and Kutta. Shares no code with src/theory.
 */

export interface PlainChain {
  readonly temperatures: readonly [number, number];
  readonly f: (a: number, b: number) => number;
}

/** H(E, θ), with λ added on the bond that is observed. */
export function hamiltonian(
  { temperatures: [T_L, T_R], f }: PlainChain,
  energies: readonly number[],
  momenta: readonly number[],
  lambda = 0,
  observed = -1,
): number {
  const E = [T_L, ...energies, T_R];
  const theta = [0, ...momenta, 0];
  let sum = 0;
  for (let k = 0; k + 1 < E.length; k++) {
    const s = theta[k + 1] - theta[k] + (k === observed ? lambda : 0);
    const sigma = s * (E[k] - E[k + 1]) + s * s * E[k] * E[k + 1];
    const L = Math.abs(sigma) < 1e-300 ? 1 : -Math.log1p(-sigma) / sigma;
    sum += f(E[k], E[k + 1]) * (L - 1);
  }
  return sum;
}

/** ∂H/∂E and ∂H/∂θ: central differences of two sizes, extrapolated. */
function slopes(chain: PlainChain, E: number[], theta: number[], lambda: number, observed: number) {
  const by = (values: number[], i: number) => {
    const half = (h: number) => {
      const kept = values[i];
      values[i] = kept + h;
      const above = hamiltonian(chain, E, theta, lambda, observed);
      values[i] = kept - h;
      const below = hamiltonian(chain, E, theta, lambda, observed);
      values[i] = kept;
      return (above - below) / (2 * h);
    };
    return (4 * half(5e-4) - half(1e-3)) / 3;
  };
  return { byE: E.map((_, i) => by(E, i)), byTheta: theta.map((_, i) => by(theta, i)) };
}

/** The state after a time, and ∫ θ dE - H dt up to there. */
export function carried(
  chain: PlainChain,
  energies: readonly number[],
  momenta: readonly number[],
  time: number,
  steps: number,
  lambda = 0,
  observed = -1,
): { energies: number[]; momenta: number[]; action: number } {
  const N = energies.length;
  const derivative = (state: readonly number[]) => {
    const [E, theta] = [state.slice(0, N), state.slice(N, 2 * N)];
    const { byE, byTheta } = slopes(chain, E, theta, lambda, observed);
    const H = hamiltonian(chain, E, theta, lambda, observed);
    return [...byTheta, ...byE.map((x) => -x), theta.reduce((sum, x, i) => sum + x * byTheta[i], 0) - H];
  };
  const along = (state: readonly number[], h: number, slope: readonly number[]) =>
    state.map((x, i) => x + h * slope[i]);
  let state = [...energies, ...momenta, 0];
  const h = time / steps;
  for (let i = 0; i < steps; i++) {
    const one = derivative(state);
    const two = derivative(along(state, h / 2, one));
    const three = derivative(along(state, h / 2, two));
    const four = derivative(along(state, h, three));
    state = state.map((x, j) => x + (h / 6) * (one[j] + 2 * two[j] + 2 * three[j] + four[j]));
  }
  return { energies: state.slice(0, N), momenta: state.slice(N, 2 * N), action: state[2 * N] };
}
