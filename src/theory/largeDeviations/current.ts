/**
 * Large deviations of the current (THEORY 12.3): with Q_t the energy that a bond carries in a fast time t,
 *
 *   ψ(λ) = lim lim (1/(M t)) log E[e^{λ M Q_t}],   P(Q_t ≈ q t) ~ e^{-M t I(q)},   I(q) = sup_λ (λ q - ψ(λ))
 *
 * M growing before t. ψ is the Hamiltonian at its fixed point (fixedPoint.ts), which takes for granted that the cheapest way
 * to a current is steady (additivity). ψ(λ) = ψ(A - λ), whatever f.
 *
 * A rate that vanishes with the energy of a cell, as those of "sqrt-harmonic" and "sqrt-min" do, freezes the chain: a cell
 * without energy stays so, which costs a power of t alone. So in a time that is long beside e^{cM} ψ is max(0, ψ of the
 * fixed point): 0 from 0 to A, and I = 0 for every current from 0 to the mean one.
 * Units: ψ and I per unit of fast time, λ 1/energy, q energy per unit of fast time, left to right.
 */
import { describe, InvalidInputError, type Problem } from "../../errors.ts";
import { defineModel, type Model, type ModelInput } from "../../model.ts";
import { allocate } from "../arguments.ts";
import { rateOf } from "../rates.ts";
import { NotSmoothError } from "../smoothness.ts";
import { affinity } from "./affinity.ts";
import { type FixedPoint, type Follower, followerOf, PathEnd } from "./fixedPoint.ts";

/** ψ and its derivatives at each λ. */
export interface CurrentGenerating {
  /** ψ(λ), per unit of fast time; infinite outside -1/T_R < λ < 1/T_L. */
  readonly psi: Float64Array;
  /** q = ψ'(λ), the current that the tilt makes the typical one: the mean current at λ = 0. NaN outside the domain. */
  readonly current: Float64Array;
  /** ψ''(λ): `currentVariance` at λ = 0. NaN outside the domain. */
  readonly variance: Float64Array;
  /** I(q) = λ q - ψ at that current. NaN outside the domain. */
  readonly rate: Float64Array;
}

/** The result of `currentLargeDeviations`: L numbers of each kind. */
export interface CurrentLargeDeviations extends CurrentGenerating {
  /** A = 1/T_L - 1/T_R. */
  readonly affinity: number;
  /** λ, as given. */
  readonly lambdas: Float64Array;
  /** L×N: the energies at which the chain carries that current. NaN outside the domain. */
  readonly energies: Float64Array;
  /** L×N: θ_1..θ_N, with θ_0 = 0 and θ_{N+1} = λ. NaN outside the domain. */
  readonly momenta: Float64Array;
  /**
   * True where the chain rather freezes: ψ is 0 instead of its value at the fixed point, which is less, and so are current,
   * variance and rate. The energies and momenta are those of the fixed point.
   */
  readonly frozen: readonly boolean[];
  /** What the fixed point says where the chain freezes in the end: of times short beside e^{cM}. Else the same numbers. */
  readonly fixedPoint: CurrentGenerating;
}

/** The result of `currentRateFunction`: one number for each current. */
export interface CurrentRateFunction {
  /** q, as given. */
  readonly currents: Float64Array;
  /** I(q), per unit of fast time. 0 at the mean current, positive elsewhere or, of a chain that freezes, not negative. */
  readonly rate: Float64Array;
  /** λ at which ψ' = q, or the slope of I where the chain freezes. */
  readonly lambdas: Float64Array;
}

/**
 * The scaled cumulant generating function ψ(λ) of the current and its rate function, with the steady profile that carries
 * each current, as M grows. About 1e-14 of each; a hundred cells take some milliseconds for each λ.
 * @param lambdas in any order; outside of -1/T_R < λ < 1/T_L ψ is infinite.
 * @throws InvalidInputError for "exponential" baths at M >= 2, from which a current has no large deviations at this speed, and
 * for a λ to which the fixed point cannot be followed; NotSmoothError if it leads to a kink of the rate;
 * SeveralEquilibriaError; OutOfMemoryError.
 */
export function currentLargeDeviations(input: ModelInput, lambdas: ArrayLike<number>): CurrentLargeDeviations {
  const model = defineModel(input);
  checkNumbers("lambdas", lambdas);
  const N = model.cells;
  const [T_L, T_R] = model.temperatures;
  const L = lambdas.length;
  const follower = followerOf(model);
  const energies = allocate(L * N).fill(NaN);
  const momenta = allocate(L * N).fill(NaN);
  const fixedPoint = nothingOf(L);
  const isInside = (lambda: number) => lambda * T_L < 1 && lambda * T_R > -1;
  // Outwards from 0 in either direction, so that every point is followed from its neighbour.
  const outwards = Array.from({ length: L }, (_, i) => i)
    .filter((i) => isInside(lambdas[i]))
    .sort((i, j) => Math.abs(lambdas[i]) - Math.abs(lambdas[j]));
  const last = { up: follower.start, down: follower.start };
  for (const i of outwards) {
    const lambda = lambdas[i];
    const side = lambda > 0 ? "up" : "down";
    const point = followed(model, follower, last[side], lambda, `lambdas[${i}]`, lambda);
    last[side] = point;
    energies.set(point.energies, i * N);
    momenta.set(point.momenta, i * N);
    fixedPoint.psi[i] = point.psi;
    fixedPoint.current[i] = point.current;
    fixedPoint.variance[i] = point.variance;
    fixedPoint.rate[i] = lambda * point.current - point.psi;
  }
  const freezes = isFreezing(model);
  const frozen = Array.from(fixedPoint.psi, (psi) => freezes && psi < 0);
  const inTheEnd = (numbers: Float64Array) => numbers.map((value, i) => (frozen[i] ? 0 : value));
  return {
    affinity: affinity(model),
    lambdas: Float64Array.from(lambdas),
    psi: inTheEnd(fixedPoint.psi),
    current: inTheEnd(fixedPoint.current),
    variance: inTheEnd(fixedPoint.variance),
    rate: inTheEnd(fixedPoint.rate),
    ...{ energies, momenta, frozen, fixedPoint },
  };
}

/**
 * I(q) of given currents, as M and then the time grow: the probability to carry q for a long time t is about e^{-M t I(q)}. I
 * obeys I(q) - I(-q) = A q. About 1e-13.
 * @param currents q, finite, energy per unit of fast time, left to right.
 * @throws as `currentLargeDeviations`.
 */
export function currentRateFunction(input: ModelInput, currents: ArrayLike<number>): CurrentRateFunction {
  const model = defineModel(input);
  checkNumbers("currents", currents);
  const follower = followerOf(model);
  const freezes = isFreezing(model);
  const A = affinity(model);
  const mean = follower.start.current;
  const rate = allocate(currents.length);
  const lambdas = allocate(currents.length);
  for (let i = 0; i < currents.length; i++) {
    const q = currents[i];
    // Where ψ is 0 between 0 and A, λ q - ψ is largest at one of its two ends.
    if (freezes && Math.abs(q) <= Math.abs(mean)) {
      lambdas[i] = A * q > 0 ? A : 0;
      rate[i] = Math.max(0, lambdas[i] * q);
      continue;
    }
    const { lambda, psi } = carrying(model, follower, q, `currents[${i}]`);
    lambdas[i] = lambda;
    // At the maximum over λ the error of λ counts by its square.
    rate[i] = Math.max(0, lambda * q - psi);
  }
  return { currents: Float64Array.from(currents), rate, lambdas };
}

/** Steps of Newton's method for λ that may be tried: more than any current takes whose λ is not at the edge of the domain. */
const MOST_STEPS = 200;

/** The fixed point that carries the current q: ψ' rises with λ, from -∞ to ∞. */
function carrying(model: Model, follower: Follower, q: number, field: string): FixedPoint {
  const [T_L, T_R] = model.temperatures;
  let [low, high] = [-1 / T_R, 1 / T_L];
  let here = follower.start;
  for (let step = 0; step < MOST_STEPS && here.current !== q; step++) {
    if (here.current < q) low = here.lambda;
    else high = here.lambda;
    const newton = here.lambda + (q - here.current) / here.variance;
    const next = newton > low && newton < high ? newton : (here.lambda + (here.current < q ? high : low)) / 2;
    if (!(next > low && next < high)) break;
    const move = Math.abs(next - here.lambda);
    here = followed(model, follower, here, next, field, q);
    if (next === newton && move < 1e-12 * (high - low + Math.abs(next))) break;
  }
  return here;
}

function followed(
  model: Model,
  { follow }: Follower,
  from: FixedPoint,
  lambda: number,
  field: string,
  asked: number,
): FixedPoint {
  try {
    return follow(from, lambda);
  } catch (error) {
    if (!(error instanceof PathEnd)) throw error;
    const { last } = error;
    if (rateOf(model).kinks !== "none") throw new NotSmoothError(model, nearestToKink(model, last));
    const expected =
      `one nearer to the steady state, which cannot be followed in double precision beyond λ = ${last.lambda}, ` +
      `where the current is ${last.current}`;
    throw new InvalidInputError("arguments", [{ field, expected, got: describe(asked) }]);
  }
}

/** The bond whose energies differ least; undefined where kinks are elsewhere too. */
function nearestToKink(model: Model, { energies }: FixedPoint): number | undefined {
  if (rateOf(model).kinks === "elsewhere") return undefined;
  const [T_L, T_R] = model.temperatures;
  const all = [T_L, ...energies, T_R];
  let nearest = 0;
  const gap = (k: number) => Math.abs(all[k + 1] - all[k]);
  for (let k = 1; k <= model.cells; k++) if (gap(k) < gap(nearest)) nearest = k;
  return nearest;
}

/** Energies this small, and their square, are still numbers. */
const [SMALL, SMALLER] = [1e-75, 1e-150];

/** True if the rates of both baths' bonds vanish with the energy of the cell, so that the chain may stop. */
export function isFreezing(model: Model): boolean {
  const { f } = rateOf(model);
  const [T_L, T_R] = model.temperatures;
  const vanishes = (rateAt: (energy: number) => number) => {
    const least = rateAt(SMALLER);
    // As any power of the energy; a floor below f(T)·1e-9 would be taken for none.
    return least === 0 || (least < 0.5 * rateAt(SMALL) && least < 1e-9 * rateAt(T_L));
  };
  return vanishes((E) => f(0, T_L, E)) && vanishes((E) => f(model.cells, E, T_R));
}

function nothingOf(L: number): CurrentGenerating {
  const NaNs = () => allocate(L).fill(NaN);
  return { psi: allocate(L).fill(Infinity), current: NaNs(), variance: NaNs(), rate: NaNs() };
}

/** @throws InvalidInputError unless it is a list of finite numbers. */
function checkNumbers(field: string, numbers: ArrayLike<number>): void {
  const problems: Problem[] = [];
  if (!(numbers?.length > 0) || typeof numbers === "string") {
    problems.push({ field, expected: "one finite number at least", got: describe(numbers) });
  } else {
    for (let i = 0; i < numbers.length; i++) {
      if (typeof numbers[i] === "number" && Math.abs(numbers[i]) < Infinity) continue;
      problems.push({ field: `${field}[${i}]`, expected: "a finite number", got: describe(numbers[i]) });
    }
  }
  if (problems.length > 0) throw new InvalidInputError("arguments", problems);
}
