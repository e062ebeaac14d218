/**
 * What keeping the stationary state costs, as entropy per unit of fast time (THEORY 8.6):
 *
 *   of the fluctuations dΓ = J Γ dt + H dW:   σ = tr(D^-1 J S J^T) + tr J,   D = H H^T/2
 *   of the bonds, each a Gaussian channel:    Σ_k 2 j²/V_k²   for every particle
 *   of the jumps:                             M κ (T_R - T_L)²/((N+1) T_L T_R)
 *
 * The last is exact for a rate that is constant on each bond, such as "constant" with κ = λ/2, and baths whose packets are
 * those of a cell at their temperature: "thermal" ones, and "exponential" ones at M = 1, where they are the same. Since
 * J S + S J^T = -2D, the first is
 *
 *   σ = tr(D^-1 A J^T),   A = (J S - S J^T)/2
 *
 * without the difference of two traces of order N. A = 0 is detailed balance.
 * Units: 1/time.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { allocate } from "./arguments.ts";
import { keepsDetailedBalance } from "./baths.ts";
import { forEachBond } from "./bonds.ts";
import { bondVarianceOf } from "./diffusion.ts";
import { equilibrium } from "./equilibrium.ts";
import { linearize } from "./linearization.ts";
import { lyapunov } from "./lyapunov.ts";
import { rateOf } from "./rates.ts";
import { dense, solveShifted, type Tridiagonal } from "./tridiagonal.ts";

/** The result of `entropyProduction`, per unit of fast time whatever `model.timescale`. */
export interface EntropyProduction {
  /** σ of the Gaussian fluctuations, seen as energies alone. No M in it. Zero for one cell, and in detailed balance. */
  readonly fluctuations: number;
  /** Σ 2 j²/V² over the bonds, as M → ∞, for every particle: the production that currents show, over M. */
  readonly channelsPerParticle: number;
  /** The production of the process itself, at `model.particles`; undefined where no exact number is known. */
  readonly process: number | undefined;
}

/**
 * The entropy produced in the stationary state. Relative accuracy about 1e-12; where `fluctuations` vanishes it comes
 * out below 1e-15 f. A thousand cells take about two seconds.
 * @throws OutOfMemoryError if there is no room.
 */
export function entropyProduction(input: ModelInput): EntropyProduction {
  const model = defineModel(input);
  const { energies, flux, conductivity } = equilibrium(model);
  const bondVariance = bondVarianceOf(model);
  let channelsPerParticle = 0;
  forEachBond(model, energies, (k, left, right) => {
    channelsPerParticle += ((2 * flux) / bondVariance(k, left, right)) * flux;
  });
  return {
    fluctuations: ofFluctuations(model, energies),
    channelsPerParticle,
    process: ofProcess(model, conductivity),
  };
}

function ofFluctuations(model: Model, energies: Float64Array): number {
  const { jacobian, noise } = linearize(model, energies);
  const N = model.cells;
  const S = lyapunov(jacobian, dense(noise));
  const JS = times(jacobian, S);
  // (H H^T)^-1 (J S - S J^T), which is D^-1 A.
  const circulation = allocate(N * N);
  for (let i = 0; i < N; i++) for (let j = 0; j < N; j++) circulation[i * N + j] = JS[i * N + j] - JS[j * N + i];
  const negative = (entries: Float64Array) => entries.map((entry) => -entry);
  const { below, diagonal, above } = noise;
  solveShifted({ below: negative(below), diagonal: negative(diagonal), above: negative(above) }, 0, circulation);
  let sum = 0;
  for (let i = 0; i < N; i++) {
    const at = i * N + i;
    if (i > 0) sum += circulation[at - 1] * jacobian.below[i];
    sum += circulation[at] * jacobian.diagonal[i];
    if (i < N - 1) sum += circulation[at + 1] * jacobian.above[i];
  }
  return sum;
}

/** A S; S is N×N, row-major. */
function times({ below, diagonal, above }: Tridiagonal, S: Float64Array): Float64Array {
  const N = diagonal.length;
  const product = allocate(N * N);
  for (let i = 0; i < N; i++) {
    for (let at = i * N; at < (i + 1) * N; at++) {
      product[at] = diagonal[i] * S[at];
      if (i > 0) product[at] += below[i] * S[at - N];
      if (i < N - 1) product[at] += above[i] * S[at + N];
    }
  }
  return product;
}

function ofProcess(model: Model, conductivity: number): number | undefined {
  const { cells: N, particles: M, temperatures, bath } = model;
  if (!rateOf(model).isConstant || !keepsDetailedBalance(bath, M)) return undefined;
  const [T_L, T_R] = temperatures;
  return (((M * conductivity) / (N + 1)) * ((T_R - T_L) / T_L) * (T_R - T_L)) / T_R;
}
