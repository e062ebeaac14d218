/**
 * The stationary point of the tilted Hamiltonian, by which the current's generating function is known (THEORY 12.3):
 *
 *   ∂H/∂θ_k = h_s(k-1) - h_s(k) = 0,   ∂H/∂E_k = h_b(k-1) + h_a(k) = 0,   θ_0 = 0, θ_{N+1} = λ,   ψ(λ) = H there
 *
 * At λ = 0 it is E*, θ = 0. From there Newton's method follows it in λ: a step along the tangent, then corrections, and a
 * shorter step where these fail. The Jacobian couples neighbours alone. All bonds carry the same current ψ' = h_s, and
 * ψ'' = dh_s/dλ along the tangent. Units: ψ per unit of fast time, λ and θ 1/energy.
 */
import type { Model } from "../../model.ts";
import { equilibrium } from "../equilibrium.ts";
import { addTo, banded, solveBanded } from "./banded.ts";
import { bondHamiltonian, bondHamiltonianOf } from "./hamiltonian.ts";

/** The stationary point at some λ. */
export interface FixedPoint {
  readonly lambda: number;
  readonly energies: Float64Array;
  readonly momenta: Float64Array;
  /** ψ. */
  readonly psi: number;
  /** ψ'. */
  readonly current: number;
  /** ψ''. */
  readonly variance: number;
}

/** A point with its derivatives by λ. */
interface PointOnPath extends FixedPoint {
  /** dE_1/dλ·U^-2, dθ_1/dλ, dE_2/dλ .. */
  readonly tangent: Float64Array;
}

/** Corrections after which a step is given up: from a good start they halve their digits four times. */
const MOST_CORRECTIONS = 8;
/** The error after a correction this small, of numbers that are about 1, is below rounding: its square. */
const LAST_CORRECTION = 1e-9;
/** The first step in λ, and the least, in units of the width of the domain. */
const FIRST_STEP = 0.1;
const LEAST_STEP = 1e-9;
/** Entries of the Jacobian lie within this distance of its diagonal, E_k and θ_k taking turns. */
const WIDTH = 3;

/** Where the path of fixed points ends: Newton's method follows it no further. */
export class PathEnd extends Error {
  constructor(
    /** The last point that was reached. */
    readonly last: FixedPoint,
  ) {
    super();
  }
}

/** Moves from fixed point to fixed point. */
export interface Follower {
  /** The fixed point at λ = 0. */
  readonly start: FixedPoint;
  /** The fixed point at λ, inside the domain, followed from another. @throws PathEnd */
  readonly follow: (from: FixedPoint, lambda: number) => FixedPoint;
}

/** @throws InvalidInputError for baths without large deviations at speed M; SeveralEquilibriaError. */
export function followerOf(model: Model): Follower {
  const { cells: N, temperatures } = model;
  const [T_L, T_R] = temperatures;
  const hamiltonian = bondHamiltonianOf(model);
  // Numbers are made about 1: E/U and θU.
  const U = Math.max(T_L, T_R);
  const span = 1 / T_L + 1 / T_R;
  const h = bondHamiltonian();

  /**
   * Corrections of E/U and θU and the tangent at (E, θ, λ), undefined outside the domain. `currentBy` is the derivative of
   * the last bond's current by what it depends on.
   */
  const linearized = (energies: Float64Array, momenta: Float64Array, lambda: number) => {
    const jacobian = banded(2 * N, WIDTH);
    const correction = new Float64Array(2 * N);
    const tangent = new Float64Array(2 * N);
    let [psi, current, byE, byS] = [0, 0, 0, 0];
    for (let k = 0; k <= N; k++) {
      const a = k === 0 ? T_L : energies[k - 1];
      const b = k === N ? T_R : energies[k];
      const s = (k === N ? lambda : momenta[k]) - (k === 0 ? 0 : momenta[k - 1]);
      if (!hamiltonian(k, a, b, s, h)) return undefined;
      psi += h.h;
      const hsU = h.hss / U / U;
      // Unknowns of cell k, on the left, and k + 1: rows ∂H/∂θ·1/U and ∂H/∂E·U, columns E/U and θU.
      const [E, theta] = [2 * k - 2, 2 * k - 1];
      if (k > 0) {
        correction[E] += h.hs / U;
        correction[theta] -= h.ha * U;
        addTo(jacobian, E, E, -h.hsa);
        addTo(jacobian, E, theta, hsU);
        addTo(jacobian, theta, E, h.haa * U * U);
        addTo(jacobian, theta, theta, -h.hsa);
      }
      if (k < N) {
        correction[E + 2] -= h.hs / U;
        correction[theta + 2] -= h.hb * U;
        addTo(jacobian, E + 2, E + 2, h.hsb);
        addTo(jacobian, E + 2, theta + 2, hsU);
        addTo(jacobian, theta + 2, E + 2, h.hbb * U * U);
        addTo(jacobian, theta + 2, theta + 2, h.hsb);
      }
      if (k > 0 && k < N) {
        addTo(jacobian, E, E + 2, -h.hsb);
        addTo(jacobian, E, theta + 2, -hsU);
        addTo(jacobian, E + 2, E, h.hsa);
        addTo(jacobian, E + 2, theta, -hsU);
        addTo(jacobian, theta, E + 2, h.hab * U * U);
        addTo(jacobian, theta, theta + 2, h.hsa);
        addTo(jacobian, theta + 2, E, h.hab * U * U);
        addTo(jacobian, theta + 2, theta, -h.hsb);
      }
      if (k === N) {
        current = h.hs;
        [byE, byS] = [h.hsa, h.hss];
        // -∂/∂(λU) of the rows of cell N.
        tangent[E] = hsU;
        tangent[theta] = -h.hsa;
      }
    }
    solveBanded(jacobian, correction, tangent);
    const variance = byE * tangent[2 * N - 2] * U * U + byS * (1 - tangent[2 * N - 1]);
    return { correction, tangent, psi, current, variance };
  };

  /** The fixed point near the given one, which is used up; undefined if Newton's method does not find it. */
  const corrected = (energies: Float64Array, momenta: Float64Array, lambda: number): PointOnPath | undefined => {
    let isLast = false;
    for (let i = 0; i < MOST_CORRECTIONS; i++) {
      const here = linearized(energies, momenta, lambda);
      if (!here) return undefined;
      const { correction, ...point } = here;
      if (isLast) return { lambda, energies, momenta, ...point };
      let largest = 0;
      for (let k = 0; k < N; k++) {
        const [dE, dTheta] = [correction[2 * k] * U, correction[2 * k + 1] / U];
        largest = Math.max(largest, Math.abs(dE / energies[k]), Math.abs(dTheta * energies[k]));
        energies[k] += dE;
        momenta[k] += dTheta;
      }
      if (!(largest < 1)) return undefined;
      isLast = largest < LAST_CORRECTION;
    }
    return undefined;
  };

  const follow = (from: FixedPoint, lambda: number): FixedPoint => {
    let here = from as PointOnPath;
    let step = FIRST_STEP * span;
    while (here.lambda !== lambda) {
      const way = lambda - here.lambda;
      const next = Math.abs(way) <= step ? lambda : here.lambda + Math.sign(way) * step;
      const move = next - here.lambda;
      const { tangent } = here;
      const there = corrected(
        here.energies.map((E, k) => E + move * tangent[2 * k] * U * U),
        here.momenta.map((theta, k) => theta + move * tangent[2 * k + 1]),
        next,
      );
      if (there) {
        here = there;
        step *= 1.5;
      } else {
        step = Math.min(step, Math.abs(way)) / 3;
        if (step < LEAST_STEP * span) throw new PathEnd(here);
      }
    }
    return here;
  };

  const start = corrected(equilibrium(model).energies, new Float64Array(N), 0);
  return { start: start!, follow };
}
