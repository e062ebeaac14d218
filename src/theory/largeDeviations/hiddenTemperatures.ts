/**
 * The hidden temperatures of the chain at rate "constant", exact for both baths and every M and N (THEORY 12.4): in the
 * stationary state, and at all times after a start of that kind,
 *
 *   E_k = T_k G_k/M,   G_k ~ Gamma(M) independent of each other and of the T_k
 *
 * where a ring of bond k mixes temperatures as it does energies, without a law of its own for the packets: with U uniform and
 * B_1, B_2 ~ Beta(1, M-1), T' = U T_k + (1-U) T_{k+1},
 *
 *   T_k -> T_k + B_1 (T' - T_k),   T_{k+1} -> T_{k+1} + B_2 (T' - T_{k+1})
 *
 * because a Gamma(M) variable times a Beta(M-1, 1) one is a Gamma(M-1) one. A "thermal" bath has a fixed temperature, an
 * "exponential" one M B T with a B ~ Beta(1, M-1) drawn anew for each exchange. So P(E_k > x) is the mean of Q(M, M x/T_k).
 * Units: those of the temperatures.
 */
import { describe, InvalidInputError } from "../../errors.ts";
import { defineModel, type Model, type ModelInput } from "../../model.ts";
import { exp, log } from "../../rate/elementary.ts";
import { nameOf } from "../../rate/rate.ts";
import { positive, read, strict, word } from "../../validate.ts";
import { keepsDetailedBalance } from "../baths.ts";
import { exactMoments } from "../exactMoments.ts";
import { rateOf } from "../rates.ts";
import { logTail, type Side } from "./gamma.ts";
import type { GaussRule } from "./gauss.ts";
import { hiddenRules } from "./hiddenLaw.ts";

/** The result of `hiddenTemperatures`. */
export interface HiddenTemperatures {
  /** The mean of T_1..T_N, which is that of the energies: N entries. */
  readonly mean: Float64Array;
  /** The covariance of T_1..T_N: N×N, row-major. 0 at equal temperatures of "thermal" baths, where T_k is no variable. */
  readonly covariance: Float64Array;
  /** The law of T_1 in a chain of one cell, else undefined. */
  readonly law: HiddenLaw | undefined;
}

/** The stationary law of one cell's hidden temperature. */
export interface HiddenLaw {
  /** The places of Gauss's rule of the law, increasing: 40, or one where the temperature is no variable. */
  readonly temperatures: Float64Array;
  /** Their weights, which add up to 1. They average polynomials of degree 79 exactly. */
  readonly weights: Float64Array;
  /**
   * P(E > x), or P(E < x), in the stationary state.
   * @param energy x, in the unit of the temperatures.
   * @param side "above" or "below".
   * @throws InvalidInputError for an energy or a side that is none, and for a tail so far out that `uncertainty` would be
   * more than 0.01.
   */
  readonly tail: (energy: number, side: Side) => EnergyTail;
}

/** The probability of an energy beyond some x. */
export interface EnergyTail {
  /** P; 0 where it is below the least number there is. */
  readonly probability: number;
  /** log P. */
  readonly logProbability: number;
  /**
   * The relative difference of P from that of a rule with three quarters of the places: below 1e-11 in most cases, after
   * which no larger rule than one of 160 places is tried. It is larger far out at M >= 1000, where no rule averages what
   * changes by e^{M V} over the law, and at M >= 100 under "exponential" baths: 1e-10 to 1e-5 at M = 400.
   */
  readonly uncertainty: number;
}

/** Places of the first rule and of the largest. */
const [FIRST_RULE, LARGEST_RULE] = [40, 160];
/** A larger rule is tried until two differ by less. */
const GOOD_ENOUGH = 1e-11;
/** A tail is refused if the last two differ by more. */
const MOST_UNCERTAIN = 0.01;

/**
 * The stationary hidden temperatures: mean and covariance, and for one cell their law with exact tails of the energy, to
 * 1e-110 and beyond. Five milliseconds for one cell; a tail takes one, or a second where rules of 160 places are needed.
 * @throws InvalidInputError for any rate but a constant of all bonds, and for disks that collide; OutOfMemoryError.
 */
export function hiddenTemperatures(input: ModelInput): HiddenTemperatures {
  const model = defineModel(input);
  const { cells: N, particles: M } = model;
  const { isConstant, isUniform } = rateOf(model);
  if (!isConstant || !isUniform) {
    const expected =
      '"constant" or a number, the same on all bonds: no other rate leaves temperatures hidden in the energies';
    throw new InvalidInputError("model", [{ field: "rate", expected, got: describe(nameOf(model.rate)) }]);
  }
  // Between baths of fixed temperatures the hidden ones scale with their difference, however small beside T²/M it is.
  const isFixed = keepsDetailedBalance(model.bath, M);
  const [T_L, T_R] = model.temperatures;
  const unit = isFixed ? T_R - T_L : 1;
  const { mean, covariance } = exactMoments(isFixed ? { ...model, temperatures: [1, 2] } : model, "stationary");
  // E_k² = T_k² G²/M², whose mean has the factor 1 + 1/M.
  for (let k = 0; k < N; k++) {
    const at = k * N + k;
    covariance[at] = (covariance[at] - (mean[k] / M) * mean[k]) / (1 + 1 / M);
  }
  for (let at = 0; at < N * N; at++) covariance[at] *= unit * unit;
  if (isFixed) for (let k = 0; k < N; k++) mean[k] = T_L + unit * (mean[k] - 1);
  return { mean, covariance, law: N === 1 ? lawOf(model) : undefined };
}

function lawOf(model: Model): HiddenLaw {
  const rules = hiddenRules(model);
  const { places, weights } = rules(FIRST_RULE)(FIRST_RULE);
  const schema = strict({ energy: positive("an energy"), side: word(["above", "below"]) });
  return {
    temperatures: places,
    weights,
    tail: (energy, side) => {
      read("arguments", schema, { energy, side });
      for (let n = FIRST_RULE; ; n *= 2) {
        const rule = rules(n);
        const logProbability = logMeanTail(model.particles, rule(n), energy, side);
        const uncertainty = Math.abs(
          exp(logMeanTail(model.particles, rule((3 * n) / 4), energy, side) - logProbability) - 1,
        );
        if (uncertainty < GOOD_ENOUGH || (n === LARGEST_RULE && uncertainty < MOST_UNCERTAIN)) {
          return { probability: exp(logProbability), logProbability, uncertainty };
        }
        if (n < LARGEST_RULE) continue;
        const expected = `one whose tail ${n} places of the hidden temperature resolve: nearer to the temperatures`;
        throw new InvalidInputError("arguments", [{ field: "energy", expected, got: describe(energy) }]);
      }
    },
  };
}

/** log Σ_i w_i P(G/M > x/T_i). */
function logMeanTail(M: number, { places, weights }: GaussRule, x: number, side: Side): number {
  const logs = places.map((T, i) => log(weights[i]) + logTail(M, (x / T) * M, side));
  const largest = logs.reduce((most, entry) => Math.max(most, entry), -Infinity);
  let sum = 0;
  for (const entry of logs) sum += exp(entry - largest);
  return largest + log(sum);
}
