/**
 * The quasi-potential of the steady state and the path of a fluctuation (Freidlin and Wentzell; THEORY 12.5): the stationary
 * density at E is e^{-M V(E) + o(M)},
 *
 *   V(E) = min ∫_{-∞}^0 (θ·dE - H dt)   over the paths from E* at -∞ to E at 0,   ∂V/∂E = θ(0),   H = 0 along the path
 *
 * Near E* the paths leave it on θ = S^{-1} (E - E*), where V = (E - E*)·S^{-1} (E - E*)/2 with the S of section 8.2. A path is
 * followed from a start on that plane, at a time when all that is left of the deviation is about 1e-4 of it: the part of V
 * that the plane misses is of third order in what is left. Steps grow with the time left, as the modes die out.
 */
import { describe, InvalidInputError } from "../../errors.ts";
import { defineModel, type Model, type ModelInput } from "../../model.ts";
import { exp, log, log1p } from "../../rate/elementary.ts";
import { checkEnergies } from "../arguments.ts";
import { equilibrium } from "../equilibrium.ts";
import { limit } from "../limit.ts";
import { linearize } from "../linearization.ts";
import { lyapunov } from "../lyapunov.ts";
import { decayRates, dense } from "../tridiagonal.ts";
import { timesIn, unitsOf } from "../units.ts";
import { checkLargeDeviations } from "./bath.ts";
import { followPath, lost, pathOf, resampled, solvePath, type StartCondition } from "./boundary.ts";
import { solveFull } from "./elimination.ts";
import { flowOf } from "./flow.ts";
import { type Course, type MomentumCourse, momentumRows, energyRows } from "./courses.ts";

/** The result of `quasiPotential`. */
export interface QuasiPotential {
  /** V(E), from 0 at E*. */
  readonly value: number;
  /** ∂V/∂E, the momenta at the end of the way up: N entries, in 1/energy. */
  readonly gradient: Float64Array;
  /** The way up, the most likely course of a fluctuation: times from about -9 slowest relaxation times to 0. */
  readonly up: MomentumCourse;
  /** The way down, by the limit equation: times from 0 on, as long. Where T_L ≠ T_R it is not the way up reversed. */
  readonly down: Course;
}

/** A path of more cells would take minutes: the work grows as their cube. */
const MOST_CELLS = 30;
/** The part of a deviation that is left where a path begins. */
const LEFT = 1e-4;
/** The last step in fastest relaxation times, and the growth of a step from one to the next before it. */
const STEPS = { last: 0.02, growth: 0.15 };
/** The path is followed to E in steps that are cut in this many at last. */
const REFINEMENT = 3;

/**
 * V at some energies, with the way up to them from E* and the way down. To about 1e-9 where energies are within a
 * factor of ten of E*. At T_L = T_R = T it is Σ (E_k/T - 1 - log(E_k/T)), whatever the rate. It follows one path from E*, which
 * is taken for the least: none that is not has been met. A tenth of a second for three cells, a few seconds for ten.
 * @param energies E_1..E_N, positive.
 * @throws InvalidInputError unless there is one positive energy for each cell, and for a bath without large deviations at
 *   speed M: an "exponential" one unless M = 1; or for more than 30 cells; SeveralEquilibriaError; MesofluxError if the path
 *   cannot be followed to E.
 */
export function quasiPotential(input: ModelInput, energies: ArrayLike<number>): QuasiPotential {
  const model = defineModel(input);
  checkEnergies(model, energies);
  checkLargeDeviations(model);
  checkCells(model);
  const N = model.cells;
  const { energies: E_star } = equilibrium(model);
  const units = unitsOf(model, E_star);
  const flow = flowOf(model, units);
  // At M = 1 an "exponential" bath is this one too; as M grows their fluctuations differ.
  const { jacobian, noise } = linearize(defineModel({ ...model, bath: "thermal" }), E_star);
  const [slowest, fastest] = decayRates(jacobian);
  const duration = (log(1 / LEFT) / slowest) * units.rate;
  const last = (STEPS.last / fastest) * units.rate;

  const precision = new Float64Array(N * N);
  for (let k = 0; k < N; k++) precision[k * N + k] = units.energy * units.energy;
  solveFull(lyapunov(jacobian, dense(noise)), precision, N);
  const start = planeThrough(
    E_star.map((E) => E / units.energy),
    precision,
  );
  const y_star = E_star.map((E) => log(E / units.energy));
  const y = Float64Array.from({ length: N }, (_, k) => log(energies[k] / units.energy));
  const conditions = { start, held: Array.from({ length: N }, (_, k) => k) };
  const valuesAt = (r: number) => Array.from(y, (end, k) => (r === 1 ? end : y_star[k] + r * (end - y_star[k])));
  const resting = pathOf(growing(duration, last, STEPS.growth), 2 * N, (_, states, from) => states.set(y_star, from));
  const coarse = followPath(flow, conditions, valuesAt, resting);
  const path = resampled(flow, coarse, growing(duration, last, STEPS.growth / REFINEMENT));
  const action = solvePath(flow, conditions, valuesAt(1), path);
  if (action === undefined) throw lost();

  const S = path.times.length - 1;
  const perTime = timesIn(units, model, [1])[0];
  const down = path.times.map((_, i) => (duration - path.times[S - i]) / perTime);
  const up = down.map((_, i) => 0 - down[S - i]);
  const momenta = momentumRows(model, units, path);
  const first = path.nodes.subarray(0, N).map((start, k) => exp(start) - E_star[k] / units.energy);
  let left = 0;
  for (let j = 0; j < N; j++) for (let k = 0; k < N; k++) left += (first[j] * precision[j * N + k] * first[k]) / 2;
  return {
    value: action + left,
    gradient: momenta.slice(S * N),
    up: { times: up, energies: energyRows(model, units, path), momenta },
    down: { times: down, energies: limit({ ...model, initial: energies }, down) },
  };
}

/** @throws InvalidInputError if there are too many cells. */
function checkCells({ cells }: Model): void {
  if (cells <= MOST_CELLS) return;
  const expected = `at most ${MOST_CELLS} for a path of all their energies, the work for which grows as their cube`;
  throw new InvalidInputError("model", [{ field: "cells", expected, got: describe(cells) }]);
}

/** Times from 0 to the end, in steps that shrink towards it in geometric progression, to about `last` for the same growth. */
function growing(duration: number, last: number, growth: number): Float64Array {
  const span = log1p((duration * STEPS.growth) / last);
  const S = Math.ceil(span / growth);
  const most = exp(span) - 1;
  return Float64Array.from({ length: S + 1 }, (_, i) => {
    return i === 0 ? 0 : duration * (1 - (exp((span * (S - i)) / S) - 1) / most);
  });
}

/** θ = S^{-1} (E - E*) at the start: π_k = E_k Σ_j (S^{-1})_kj (E_j - E*_j). */
function planeThrough(E_star: Float64Array, precision: Float64Array): StartCondition {
  const N = E_star.length;
  return (state, missing, slope) => {
    for (let k = 0; k < N; k++) {
      const E_k = exp(state[k]);
      let theta = 0;
      for (let j = 0; j < N; j++) {
        const E_j = exp(state[j]);
        theta += precision[k * N + j] * (E_j - E_star[j]);
        slope[k * 2 * N + j] -= E_k * precision[k * N + j] * E_j;
      }
      missing[k] = state[N + k] - E_k * theta;
      slope[k * 2 * N + k] -= E_k * theta;
      slope[k * 2 * N + N + k] = 1;
    }
  };
}
