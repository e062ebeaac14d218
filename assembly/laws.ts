/**
 * The rate laws by name (paper, remark after (c)): f = s √g with g the square of a law. Erratum B10 corrects the paper's
 * printed forms. Every law is positive, symmetric and non-decreasing in both energies, which the thinning needs.
 *
 * These three functions are all that the engine knows of a rate. The host replaces them by code for the model's own, at each
 * place where they are called (src/rate/specialise.ts); as they stand, they serve where code cannot be compiled, and the law
 * is chosen anew in each call: an event takes 1.2 to 1.5 times as long, a step of a bond 1.3. noInline.mjs keeps their calls.
 *
 * `place` is 16 k on bond k, or in the hot loop the address of cell k, of which the laws have no need: code for a rate that
 * differs from bond to bond finds its numbers there (state.ts).
 */
import { LAW_CONSTANT, LAW_SQRT_HARMONIC, LAW_SQRT_MIN, LAW_SQRT_SUM } from "./abi";

let law: i32 = LAW_CONSTANT;
/** s/K, or 0: the part of the cap that a rate in units of s feels. */
let scale: f64 = 1;
let inverseCap: f64 = 0;

export class Law {
  /** Returns whether there is such a law. */
  static choose(code: i32, newScale: f64, newInverseCap: f64): bool {
    law = code;
    scale = newScale;
    inverseCap = newInverseCap;
    return LAW_CONSTANT <= code && code <= LAW_SQRT_MIN;
  }
}

/** f/s without its cap. */
export function ownRate(a: f64, b: f64, place: usize): f64 {
  switch (law) {
    case LAW_SQRT_SUM:
      return sqrt(a + b);
    case LAW_SQRT_HARMONIC:
      return sqrt((a * b) / (a + b));
    case LAW_SQRT_MIN:
      return sqrt(min(a, b));
    default:
      return 1;
  }
}

/** f/s of two pairs of energies, without its cap. */
export function ownRates(a: v128, b: v128, place: usize): v128 {
  switch (law) {
    case LAW_SQRT_SUM:
      return f64x2.sqrt(f64x2.add(a, b));
    case LAW_SQRT_HARMONIC:
      return f64x2.sqrt(f64x2.div(f64x2.mul(a, b), f64x2.add(a, b)));
    case LAW_SQRT_MIN:
      return f64x2.sqrt(f64x2.pmin(a, b));
    default:
      return f64x2.splat(1);
  }
}

/**
 * True if s y < f(a, b), f with its cap, without a square root or a division:
 * y < √g / (1 + √g s/K) <=> y² < g (1 - y s/K)², where the bracket is positive.
 */
export function exceeds(y: f64, a: f64, b: f64, place: usize): bool {
  const room = max(1 - y * scale * inverseCap, 0);
  const y2 = y * y;
  const r = room * room;
  switch (law) {
    case LAW_SQRT_SUM:
      return y2 < (a + b) * r;
    case LAW_SQRT_HARMONIC:
      return y2 * (a + b) < a * b * r;
    case LAW_SQRT_MIN:
      return y2 < min(a, b) * r;
    default:
      return y2 < r;
  }
}
