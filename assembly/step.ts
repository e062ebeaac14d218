/**
 * One step of the mesoscopic equation, bond by bond, so that what one cell loses the next one gains, to rounding:
 *
 *   q_k = τ (φ_k(E) + 2 φ_k(Y_2) + 2 φ_k(Y_3) + φ_k(Y_4))/6 + √(h/M) V_k(Y_4) ξ_k,   E_k += q_{k-1} - q_k
 *
 *   φ(a, b) = f(a, b) (a - b)/2
 *   V²(a, b) = f(a, b) (2/3 a² - 1/3 a b + 2/3 b²), more for a bath (baths.ts)   (THEORY 5)
 *
 * or, in a kinetic exchange, f (a - b) and f (2 a² - 2 a b + 2 b²) (collision.ts).
 *
 * The first part is Runge and Kutta's classical step of order 4 with its stages Y_2, Y_3, Y_4. The last of them is within
 * O(τ³) of the end of the flow, and has its rates at hand: reading V there and not at the end saves 1.4 ns of 12.5 a cell
 * (N = 100, "sqrt-harmonic") and costs less of the weak error than the flow does.
 */
import { excess } from "./baths";
import { cross, share, spread } from "./collision";
import { Lanes } from "./lanes";
import { ownRates } from "./laws";
import { capped, Rate, saturation } from "./rates";
import { cells, leftTemperature, rightTemperature } from "./state";

/**
 * Lets the energies flow for a time and kicks them with this strength, √(h/M), from normals at this address.
 * Returns ones in the lanes in which every energy is then positive.
 */
export function makeStep(time: f64, strength: f64, normals: usize): v128 {
  const whole = Rate.unit * time * share; // φ τ = (s τ share) (f/s)(a - b)
  Step.stage(true, whole / 2);
  Step.stage(false, whole / 2);
  Step.stage(false, whole);
  return Step.last(whole / 6, strength * sqrt(spread * Rate.unit), normals);
}

class Step {
  /**
   * Y = E + c F, F at E for the first stage and at Y for others; flows = (f/s)(a - b) there, of which others add twice.
   * `isFirst` is a literal.
   */
  @inline static stage(isFirst: bool, c: f64): void {
    const weight = f64x2.splat(c);
    const full = f64x2.splat(saturation);
    const toStage = Lanes.stage - Lanes.energies;
    const toSource: usize = isFirst ? 0 : toStage;
    let flow = Lanes.flows;
    const energies = Lanes.energies;
    let at = energies;
    const end = at + ((<usize>cells) << 4);
    let a = v128.load(at + toSource);
    let b = v128.load(at + toSource, 16);
    let before = Bond.flux(a, b, at - energies, full);
    Bond.addFlow(isFirst, flow, before);
    while (at < end) {
      at += 16;
      flow += 16;
      a = b;
      b = v128.load(at + toSource, 16);
      const after = Bond.flux(a, b, at - energies, full);
      Bond.addFlow(isFirst, flow, after);
      const energy = isFirst ? a : v128.load(at);
      v128.store(at + toStage, f64x2.add(energy, f64x2.mul(weight, f64x2.sub(before, after))));
      before = after;
    }
  }

  /** E_k += q_{k-1} - q_k, q = c (flows + (f/s)(a - b)) + noise V ξ, all but the flows at Y. */
  static last(c: f64, noise: f64, normals: usize): v128 {
    const weight = f64x2.splat(c);
    const strength = f64x2.splat(noise);
    const full = f64x2.splat(saturation);
    const crossed = f64x2.splat(cross);
    const zero = f64x2.splat(0);
    const toStage = Lanes.stage - Lanes.energies;
    let inside = f64x2.eq(zero, zero);
    let flow = Lanes.flows;
    const energies = Lanes.energies;
    let at = energies;
    const end = at + ((<usize>(cells - 1)) << 4);
    let a = v128.load(at + toStage);
    let b = v128.load(at + toStage, 16);
    let f = Bond.rate(a, b, at - energies, full);
    let drift = Bond.drift(f, a, b, v128.load(flow), weight);
    let before = f64x2.add(
      drift,
      Bond.noise(f, a, b, bathExcess(leftTemperature), crossed, strength, v128.load(normals)),
    );
    Lanes.addInflow(before);
    while (at < end) {
      at += 16;
      flow += 16;
      normals += 16;
      a = b;
      b = v128.load(at + toStage, 16);
      f = Bond.rate(a, b, at - energies, full);
      drift = Bond.drift(f, a, b, v128.load(flow), weight);
      const after = f64x2.add(drift, Bond.noise(f, a, b, zero, crossed, strength, v128.load(normals)));
      const energy = f64x2.add(v128.load(at), f64x2.sub(before, after));
      v128.store(at, energy);
      inside = v128.and(inside, f64x2.gt(energy, zero));
      before = after;
    }
    a = b;
    b = v128.load(at + toStage, 32);
    f = Bond.rate(a, b, at + 16 - energies, full);
    drift = Bond.drift(f, a, b, v128.load(flow, 16), weight);
    const ofBath = bathExcess(rightTemperature);
    const after = f64x2.add(drift, Bond.noise(f, a, b, ofBath, crossed, strength, v128.load(normals, 16)));
    const energy = f64x2.add(v128.load(at, 16), f64x2.sub(before, after));
    v128.store(at, energy, 16);
    return v128.and(inside, f64x2.gt(energy, zero));
  }
}

/** The part of a bath in a² + b² - cross a b that a cell does not have, in both lanes. */
function bathExcess(temperature: f64): v128 {
  return f64x2.splat(excess * (temperature * temperature));
}

class Bond {
  /** f/s with its cap, s/K in both lanes of `full`; `place` is 16 k on bond k. */
  @inline static rate(a: v128, b: v128, place: usize, full: v128): v128 {
    const f = ownRates(a, b, place);
    return capped ? f64x2.div(f, f64x2.add(f64x2.splat(1), f64x2.mul(f, full))) : f;
  }

  /** φ/(s share) = (f/s)(a - b). */
  @inline static flux(a: v128, b: v128, place: usize, full: v128): v128 {
    return f64x2.mul(Bond.rate(a, b, place, full), f64x2.sub(a, b));
  }

  /** The first stage's part of a flow, or twice that of another. */
  @inline static addFlow(isFirst: bool, flow: usize, flux: v128): void {
    v128.store(flow, isFirst ? flux : f64x2.add(v128.load(flow), f64x2.add(flux, flux)));
  }

  /** c (flow + (f/s)(a - b)). */
  @inline static drift(f: v128, a: v128, b: v128, flow: v128, c: v128): v128 {
    return f64x2.mul(c, f64x2.add(flow, f64x2.mul(f, f64x2.sub(a, b))));
  }

  /** strength · V ξ/√(s spread), V²/(s spread) = (f/s)(a² + b² - cross a b + ofBath). */
  @inline static noise(f: v128, a: v128, b: v128, ofBath: v128, cross: v128, strength: v128, normal: v128): v128 {
    const rest = f64x2.mul(b, f64x2.sub(b, f64x2.mul(cross, a)));
    const square = f64x2.add(f64x2.add(f64x2.mul(a, a), rest), ofBath);
    return f64x2.mul(f64x2.mul(strength, normal), f64x2.sqrt(f64x2.mul(f, square)));
  }
}
