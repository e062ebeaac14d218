/**
 * The mesoscopic limit equation (3.3), dZ = F(Z) dt + M^{-1/2} H(Z) dW, two replicas at a time.
 *
 * Bond k carries φ_k dt + M^{-1/2} V_k dW_k from cell k to cell k+1 (THEORY 5, 7), so that what one cell loses the next one
 * gains, to rounding:
 *
 *   φ(a, b) = f(a, b) (a - b)/2,   V² = f(a, b) (2/3 a² - 1/3 a b + 2/3 b²), at a bath of kind "exponential" 4/3 T² for 2/3 T²
 *
 * A small-noise scheme (Milstein and Tretyakov, SIAM J. Numer. Anal. 34, 1997, have others). Flow of the drift and kicks of
 * the noise take turns, a kick being H(Z) times a normal of variance h/M. The drift flows by Runge and Kutta's classical
 * step of order 4. To order 1/M the law depends on the kicks through a sum over them of a smooth function of their time
 * alone, (h/2M) Σ tr[H H^T D²u], so the kicks stand at the nodes of Gauss's rule: two of them in each 2h, at (1 ± 1/√3) h.
 *
 *   time     0        h        2h        3h        4h
 *   kicks    ├──┊───────┊──┼──┊───────┊──┤     drift 0.42 h, 1.15 h, 0.85 h, 1.15 h, .., 0.42 h
 *
 * Weak error O(h⁴ + h⁴/M + h/M²): the step does not shrink with M. The last term is that kicks of the same time do not see
 * each other.
 */
import { LAW_CONSTANT, LAW_SQRT_HARMONIC, LAW_SQRT_MIN, LAW_SQRT_SUM } from "./abi";
import { BATH_EXPONENTIAL } from "./abi";
import { BATCH, Lanes } from "./lanes";
import { Normal } from "./normal";
import { Random } from "./random";
import { capped, crowding, law, Rate } from "./rates";
import {
  bath,
  begin,
  cells,
  leftTemperature,
  nextObservation,
  observations,
  particles,
  rightTemperature,
  seed,
  speed,
  State,
} from "./state";

/** Bonds that are passed between two returns, about. */
const STRETCH: i32 = 1024;

/** h, at most, on the model's timescale; whether energies may be negative. */
let longestStep: f64 = 1;
let anywhere: bool = false;

/** The interval up to the next observation: its kicks that are to come, and h on the fast timescale. */
let kicks: f64 = 0;
let step: f64 = 0;
/** The drift before the next kick, in units of h; and how much of the interval has passed, in the same. */
let drift: f64 = 0;
let passed: f64 = 0;
/** The next normals, and where those drawn end. */
let normal: usize = 0;
let endOfNormals: usize = 0;

/** When each replica left the cone of positive energies, or -1. */
let firstLeft: f64 = -1;
let secondLeft: f64 = -1;

/** 1 - 1/√3 and 2/√3: from the start of 2h to its first kick, and from that to the second. */
const TO_KICK: f64 = 0.42264973081037424;
const BETWEEN_KICKS: f64 = 1.1547005383792515;

export function setStep(newLongest: f64, newAnywhere: i32): void {
  longestStep = newLongest;
  anywhere = newAnywhere != 0;
}

export class Mesoscopic {
  /** Begins two replicas, the first at this place in its chunk. */
  static begin(first: u64, second: u64, place: u64): void {
    begin(place);
    Lanes.begin(place);
    Random.startPair(seed, first, second);
    normal = endOfNormals;
    firstLeft = -1;
    secondLeft = -1;
    Mesoscopic.beginInterval(State.time(0));
  }

  /** Goes on for some steps, or up to the next observation if that is nearer. Returns the work: a bond is a candidate's. */
  static advance(): f64 {
    const most = 1 + STRETCH / (cells + 1);
    let made = 0;
    const strength = sqrt(step / particles);
    for (; kicks > 0 && made < most; made++) {
      Mesoscopic.move(drift, strength);
      normal += (<usize>(cells + 1)) << 4;
      kicks--;
      drift = drift == BETWEEN_KICKS ? 2 * TO_KICK : BETWEEN_KICKS;
    }
    State.countEvents(made);
    const work = <f64>(made * (cells + 1));
    if (kicks > 0) return work;
    const now = State.time(nextObservation);
    if (step > 0) Mesoscopic.move(TO_KICK, 0);
    Lanes.observe();
    if (nextObservation < observations) Mesoscopic.beginInterval(State.time(nextObservation) - now);
    return work;
  }

  /** When the replica in this lane left the cone, or -1. */
  static leftAt(lane: i32): f64 {
    return lane == 0 ? firstLeft : secondLeft;
  }

  /** Cuts the time up to the next observation into an even number of steps. */
  private static beginInterval(interval: f64): void {
    kicks = 2 * ceil(interval / (2 * longestStep));
    step = kicks > 0 ? (interval * (speed / particles)) / kicks : 0;
    drift = TO_KICK;
    passed = 0;
  }

  /** Drift for a time of so many h, then a kick of this strength, √(h/M). */
  private static move(length: f64, strength: f64): void {
    if (normal == endOfNormals) Mesoscopic.drawNormals();
    const inside = unchecked(moves[capped ? 4 + law : law])(length * step, strength, normal);
    passed += length;
    if (!anywhere && !i64x2.all_true(inside)) Mesoscopic.note(inside);
  }

  private static drawNormals(): void {
    const bonds = cells + 1;
    // Whole kicks; a row that is odd is drawn and left.
    const rows = bonds * max(1, BATCH / bonds);
    normal = Lanes.normals;
    endOfNormals = normal + ((<usize>rows) << 4);
    Random.uniforms(normal, (rows + 1) & ~1);
    Normal.fromUniforms(normal, endOfNormals);
  }

  /** Notes the replicas of which some energy is not positive, or is no number. */
  private static note(inside: v128): void {
    const start = nextObservation > 0 ? State.time(nextObservation - 1) : 0;
    const now = start + (passed * step * particles) / speed;
    if (firstLeft < 0 && i64x2.extract_lane(inside, 0) == 0) firstLeft = now;
    if (secondLeft < 0 && i64x2.extract_lane(inside, 1) == 0) secondLeft = now;
  }
}

/** One loop for each law, as in exchange.ts. */
const moves: StaticArray<(time: f64, strength: f64, normals: usize) => v128> = [
  (time: f64, strength: f64, normals: usize): v128 => Move.make(LAW_CONSTANT, false, time, strength, normals),
  (time: f64, strength: f64, normals: usize): v128 => Move.make(LAW_SQRT_SUM, false, time, strength, normals),
  (time: f64, strength: f64, normals: usize): v128 => Move.make(LAW_SQRT_HARMONIC, false, time, strength, normals),
  (time: f64, strength: f64, normals: usize): v128 => Move.make(LAW_SQRT_MIN, false, time, strength, normals),
  (time: f64, strength: f64, normals: usize): v128 => Move.make(LAW_CONSTANT, true, time, strength, normals),
  (time: f64, strength: f64, normals: usize): v128 => Move.make(LAW_SQRT_SUM, true, time, strength, normals),
  (time: f64, strength: f64, normals: usize): v128 => Move.make(LAW_SQRT_HARMONIC, true, time, strength, normals),
  (time: f64, strength: f64, normals: usize): v128 => Move.make(LAW_SQRT_MIN, true, time, strength, normals),
];

/** E += τ (F_1 + 2 F_2 + 2 F_3 + F_4)/6 + √(h/M) H ξ, summed up bond by bond. */
class Move {
  /** Returns ones in the lanes in which every energy is positive. */
  @inline static make(law: i32, capped: bool, time: f64, strength: f64, normals: usize): v128 {
    const whole = (Rate.unit * time) / 2; // φ τ = (s τ/2) (f/s)(a - b)
    Move.first(law, capped, whole / 2);
    Move.middle(law, capped, whole / 2);
    Move.middle(law, capped, whole);
    return Move.last(law, capped, whole / 6, strength * sqrt((2.0 / 3) * Rate.unit), normals);
  }

  /** flows = (f/s)(a - b), Y = E + c F. */
  @inline private static first(law: i32, capped: bool, c: f64): void {
    const weight = f64x2.splat(c);
    const full = f64x2.splat(crowding);
    const toStage = Lanes.stage - Lanes.energies;
    let flow = Lanes.flows;
    let at = Lanes.energies;
    const end = at + ((<usize>cells) << 4);
    let a = v128.load(at);
    let b = v128.load(at, 16);
    let before = Bond.flux(law, capped, a, b, full);
    v128.store(flow, before);
    while (at < end) {
      at += 16;
      flow += 16;
      a = b;
      b = v128.load(at, 16);
      const after = Bond.flux(law, capped, a, b, full);
      v128.store(flow, after);
      v128.store(at + toStage, f64x2.add(a, f64x2.mul(weight, f64x2.sub(before, after))));
      before = after;
    }
  }

  /** flows += 2 (f/s)(a - b) at Y, Y = E + c F(Y). */
  @inline private static middle(law: i32, capped: bool, c: f64): void {
    const weight = f64x2.splat(c);
    const full = f64x2.splat(crowding);
    const toStage = Lanes.stage - Lanes.energies;
    let flow = Lanes.flows;
    let at = Lanes.energies;
    const end = at + ((<usize>cells) << 4);
    let a = v128.load(at + toStage);
    let b = v128.load(at + toStage, 16);
    let before = Bond.flux(law, capped, a, b, full);
    v128.store(flow, f64x2.add(v128.load(flow), f64x2.add(before, before)));
    while (at < end) {
      at += 16;
      flow += 16;
      a = b;
      b = v128.load(at + toStage, 16);
      const after = Bond.flux(law, capped, a, b, full);
      v128.store(flow, f64x2.add(v128.load(flow), f64x2.add(after, after)));
      v128.store(at + toStage, f64x2.add(v128.load(at), f64x2.mul(weight, f64x2.sub(before, after))));
      before = after;
    }
  }

  /** E_k += q_{k-1} - q_k, q = c (flows + (f/s)(a - b)) + noise V ξ, all but the flows at Y. */
  @inline private static last(law: i32, capped: bool, c: f64, noise: f64, normals: usize): v128 {
    const weight = f64x2.splat(c);
    const strength = f64x2.splat(noise);
    const full = f64x2.splat(crowding);
    const half = f64x2.splat(0.5);
    const zero = f64x2.splat(0);
    const toStage = Lanes.stage - Lanes.energies;
    let inside = f64x2.eq(zero, zero);
    let flow = Lanes.flows;
    let at = Lanes.energies;
    const end = at + ((<usize>(cells - 1)) << 4);
    let a = v128.load(at + toStage);
    let b = v128.load(at + toStage, 16);
    let f = Rate.lanes(law, capped, a, b, full);
    let drift = Bond.drift(f, a, b, v128.load(flow), weight);
    let before = f64x2.add(drift, Bond.noise(f, a, b, bathExcess(leftTemperature), half, strength, v128.load(normals)));
    Lanes.addInflow(before);
    while (at < end) {
      at += 16;
      flow += 16;
      normals += 16;
      a = b;
      b = v128.load(at + toStage, 16);
      f = Rate.lanes(law, capped, a, b, full);
      drift = Bond.drift(f, a, b, v128.load(flow), weight);
      const after = f64x2.add(drift, Bond.noise(f, a, b, zero, half, strength, v128.load(normals)));
      const energy = f64x2.add(v128.load(at), f64x2.sub(before, after));
      v128.store(at, energy);
      inside = v128.and(inside, f64x2.gt(energy, zero));
      before = after;
    }
    a = b;
    b = v128.load(at + toStage, 32);
    f = Rate.lanes(law, capped, a, b, full);
    drift = Bond.drift(f, a, b, v128.load(flow, 16), weight);
    const excess = bathExcess(rightTemperature);
    const after = f64x2.add(drift, Bond.noise(f, a, b, excess, half, strength, v128.load(normals, 16)));
    const energy = f64x2.add(v128.load(at, 16), f64x2.sub(before, after));
    v128.store(at, energy, 16);
    return v128.and(inside, f64x2.gt(energy, zero));
  }
}

/** What a bath adds to a² + b² - ab/2: the paper's has E[packet²] = 4 T²/M² where a cell has 2 E²/M². */
function bathExcess(temperature: f64): v128 {
  return f64x2.splat(bath == BATH_EXPONENTIAL ? temperature * temperature : 0);
}

class Bond {
  /** φ/(s/2) = (f/s)(a - b). */
  @inline static flux(law: i32, capped: bool, a: v128, b: v128, full: v128): v128 {
    const difference = f64x2.sub(a, b);
    if (law == LAW_CONSTANT && !capped) return difference;
    return f64x2.mul(Rate.lanes(law, capped, a, b, full), difference);
  }

  /** c (flow + (f/s)(a - b)). */
  @inline static drift(f: v128, a: v128, b: v128, flow: v128, c: v128): v128 {
    return f64x2.mul(c, f64x2.add(flow, f64x2.mul(f, f64x2.sub(a, b))));
  }

  /** strength · V ξ/√(2s/3), V²/(2s/3) = (f/s)(a² + b² - ab/2 + excess). */
  @inline static noise(f: v128, a: v128, b: v128, excess: v128, half: v128, strength: v128, normal: v128): v128 {
    const rest = f64x2.mul(b, f64x2.sub(b, f64x2.mul(half, a)));
    const square = f64x2.add(f64x2.add(f64x2.mul(a, a), rest), excess);
    return f64x2.mul(f64x2.mul(strength, normal), f64x2.sqrt(f64x2.mul(f, square)));
  }
}
