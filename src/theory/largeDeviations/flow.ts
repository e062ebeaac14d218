/**
 * Hamilton's equations of the energies as M grows, and their linearization (THEORY 12.5):
 *
 *   dE/dt = ∂H/∂θ,   dθ/dt = -∂H/∂E,   H(E, θ) = Σ_k h_k(E_k, E_{k+1}, s_k),   s_k = θ_{k+1} - θ_k
 *
 * in the variables y = log E and π = E θ, which are canonical too, dy π = dE θ. In them no energy becomes negative on the
 * way to a path, and energies of all sizes are resolved alike: near E = 0 momenta go as -1/E, and π as -1.
 *
 * Where the energy Q that a bond carries is observed, Q is one more coordinate after the N of the cells, and its momentum λ is
 * added to the s of that bond: dQ/dt = ∂h/∂s, and λ is constant because H does not depend on Q.
 *
 * A state is [y_1..y_N, (Q), π_1..π_N, (λ)], in units of `Units` (units.ts): energies by `energy`, λ by its inverse, times
 * by 1/`rate`, and so H by `rate`.
 */
import { exp } from "../../rate/elementary.ts";
import type { Model } from "../../model.ts";
import type { Units } from "../units.ts";
import { bondHamiltonian, bondHamiltonianOf } from "./hamiltonian.ts";

/** The equations at one state. */
export interface Motion {
  /** H. */
  value: number;
  /** The derivative of the state by the time: 2n entries. */
  readonly velocity: Float64Array;
  /** The derivative of the velocity by the state: 2n×2n, row-major. */
  readonly slope: Float64Array;
}

export interface Flow {
  /** N. */
  readonly cells: number;
  /** n, the number of coordinates: N, or N + 1 where Q is one. */
  readonly coordinates: number;
  /** Fills `to` at the state that begins at entry `from`; false outside the domain of H. */
  readonly at: (states: Float64Array, from: number, to: Motion) => boolean;
}

/** A motion to be filled. */
export const motionOf = (n: number): Motion => ({
  value: 0,
  velocity: new Float64Array(2 * n),
  slope: new Float64Array(4 * n * n),
});

/**
 * @param observed the bond whose energy is a coordinate, undefined for none.
 * @throws InvalidInputError for baths without large deviations at speed M.
 */
export function flowOf(model: Model, units: Units, observed?: number): Flow {
  const N = model.cells;
  const n = observed === undefined ? N : N + 1;
  const bondAt = bondHamiltonianOf(model);
  const bond = bondHamiltonian();
  const [T_L, T_R] = model.temperatures;
  const { energy, rate } = units;
  const perRate = 1 / rate;
  const perFlux = perRate / energy;
  const perForce = perRate * energy;
  const width = 2 * n;
  /** The momenta that enter s_k, with their signs: entries of the state. */
  const places = [0, 0, 0];
  const signs = [-1, 1, 1];
  /** E and θ; 1 and 0 for Q, which stays as it is. */
  const energies = new Float64Array(n).fill(1);
  const momenta = new Float64Array(n);
  return {
    cells: N,
    coordinates: n,
    at: (states, from, to) => {
      const { velocity, slope } = to;
      velocity.fill(0);
      slope.fill(0);
      for (let c = 0; c < N; c++) {
        energies[c] = exp(states[from + c]);
        momenta[c] = states[from + n + c] / energies[c];
      }
      const lambda = observed === undefined ? 0 : states[from + width - 1];
      let value = 0;
      for (let k = 0; k <= N; k++) {
        const a = k > 0 ? energies[k - 1] * energy : T_L;
        const b = k < N ? energies[k] * energy : T_R;
        places[0] = k > 0 ? n + k - 1 : -1;
        places[1] = k < N ? n + k : -1;
        places[2] = k === observed ? n + N : -1;
        const s = (k < N ? momenta[k] : 0) - (k > 0 ? momenta[k - 1] : 0) + (k === observed ? lambda : 0);
        if (!bondAt(k, a, b, s / energy, bond)) return false;
        value += bond.h;
        const left = k - 1;
        const right = k;
        const flux = bond.hs * perFlux;
        // Rows of the coordinates: the flux, times the sign with which each is moved.
        for (let i = 0; i < 3; i++) {
          if (places[i] < 0) continue;
          const row = places[i] - n;
          const sign = signs[i];
          velocity[row] += sign * flux;
          const start = row * width;
          if (k > 0) slope[start + left] += sign * bond.hsa * perRate;
          if (k < N) slope[start + right] += sign * bond.hsb * perRate;
          const stiffness = sign * bond.hss * (perFlux / energy);
          for (let j = 0; j < 3; j++) if (places[j] >= 0) slope[start + places[j]] += signs[j] * stiffness;
        }
        // Rows of the momenta: less the slopes of h by the energies.
        if (k > 0) {
          velocity[n + left] -= bond.ha * perForce;
          const start = (n + left) * width;
          slope[start + left] -= bond.haa * perForce * energy;
          if (k < N) slope[start + right] -= bond.hab * perForce * energy;
          for (let j = 0; j < 3; j++) if (places[j] >= 0) slope[start + places[j]] -= signs[j] * bond.hsa * perRate;
        }
        if (k < N) {
          velocity[n + right] -= bond.hb * perForce;
          const start = (n + right) * width;
          if (k > 0) slope[start + left] -= bond.hab * perForce * energy;
          slope[start + right] -= bond.hbb * perForce * energy;
          for (let j = 0; j < 3; j++) if (places[j] >= 0) slope[start + places[j]] -= signs[j] * bond.hsb * perRate;
        }
      }
      to.value = value * perRate;
      toLogarithms(N, n, energies, momenta, to);
      return true;
    },
  };
}

/**
 * From the variables E and θ to y and π, where ∂/∂π = (1/E) ∂/∂θ and ∂/∂y = E ∂/∂E - θ ∂/∂θ. Rows of velocity and slope
 * are those of H_θ, then of -H_E.
 */
function toLogarithms(N: number, n: number, E: Float64Array, theta: Float64Array, { velocity, slope }: Motion): void {
  const width = 2 * n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const EE = -slope[(n + i) * width + j];
      const E_theta = -slope[(n + i) * width + n + j];
      const theta_E = slope[i * width + j];
      const both = slope[i * width + n + j];
      const along = E[j] * theta_E - theta[j] * both;
      slope[i * width + j] = along / E[i];
      slope[i * width + n + j] = both / (E[i] * E[j]);
      slope[(n + i) * width + j] = theta[i] * along - E[i] * (E[j] * EE - theta[j] * E_theta);
      slope[(n + i) * width + n + j] = (theta[i] * both - E[i] * E_theta) / E[j];
    }
  }
  for (let i = 0; i < N; i++) {
    const [H_E, H_theta] = [-velocity[n + i], velocity[i]];
    velocity[i] = H_theta / E[i];
    velocity[n + i] = theta[i] * H_theta - E[i] * H_E;
    slope[i * width + i] -= H_theta / E[i];
    slope[(n + i) * width + i] -= E[i] * H_E + theta[i] * H_theta;
    slope[(n + i) * width + n + i] += H_theta / E[i];
  }
}
