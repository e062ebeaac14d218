/**
 * The mesoscopic limit equation (3.3), dZ = F(Z) dt + M^{-1/2} H(Z) dW, two replicas at a time (lanes.ts, step.ts).
 *
 * A small-noise scheme (Milstein and Tretyakov, SIAM J. Numer. Anal. 34, 1997, have others): flow of the drift and kicks of
 * the noise take turns. To order 1/M the law depends on the kicks through a sum over them of a smooth function of their
 * time alone, (h/2M) Σ tr[H H^T D²u], so they stand at the nodes of Gauss's rule, two in each 2h, at (1 ± 1/√3) h:
 *
 *   time     0        2h       4h       6h
 *   kicks    ├──┊────┊──┼──┊────┊──┼──┊────┊──┤     flow for 0.42 h, 1.15 h, 0.85 h, 1.15 h, .., 0.42 h
 *
 * Weak error O(h⁴ + h³/M + h/M²): the step does not shrink as M grows. In order of the terms: the flow's; where a kick reads
 * its strength (step.ts), small against h⁴ itself in practice; and kicks of one time do not see each other.
 */
import { STATUS_DONE, STATUS_INVALID } from "./abi";
import { Check } from "./check";
import { BATCH, Lanes } from "./lanes";
import { Normal } from "./normal";
import { Random } from "./random";
import { Start } from "./start";
import { begin, cells, nextObservation, observations, particles, seed, speed, State } from "./state";
import { makeStep } from "./step";

/** The number of bonds that are stepped over between two returns, about. */
const BONDS_AT_A_TIME: i32 = 1024;

/** h, at most, on the model's timescale; whether energies may be negative. */
let longestStep: f64 = 1;
let anywhere: bool = false;

/** In the interval up to the next observation: the number of kicks to come, and h on the fast timescale. */
let kicks: f64 = 0;
let step: f64 = 0;
/** The flow before the next kick, and the part of the interval that has passed, both in units of h. */
let flow: f64 = 0;
let passed: f64 = 0;
/** Address of the next normals, and of the end of those drawn. */
let normal: usize = 0;
let endOfNormals: usize = 0;

/** The time at which each replica left the cone of positive energies, or -1. */
let firstLeft: f64 = -1;
let secondLeft: f64 = -1;

/** 1 - 1/√3 and 2/√3: from the start of 2h to its first kick, and from that to the second. */
const TO_KICK: f64 = 0.42264973081037424;
const BETWEEN_KICKS: f64 = 1.1547005383792515;

/** Returns STATUS_DONE or STATUS_INVALID. */
export function setStep(newLongest: f64, newAnywhere: i32): i32 {
  if (!Check.isPositive(newLongest)) return STATUS_INVALID;
  longestStep = newLongest;
  anywhere = newAnywhere != 0;
  return STATUS_DONE;
}

export class Mesoscopic {
  /** Begins two replicas, the first at this place in its chunk. */
  static begin(first: u64, second: u64, place: u64): void {
    Normal.prepare();
    Start.draw(first, place);
    Start.draw(second, place + 1);
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
    const most = 1 + BONDS_AT_A_TIME / (cells + 1);
    let made = 0;
    const strength = sqrt(step / particles);
    for (; kicks > 0 && made < most; made++) {
      Mesoscopic.move(flow, strength);
      normal += (<usize>(cells + 1)) << 4;
      kicks--;
      flow = flow == BETWEEN_KICKS ? 2 * TO_KICK : BETWEEN_KICKS;
    }
    State.countEvents(made);
    const work = <f64>(made * (cells + 1));
    if (kicks > 0) return work;
    if (step > 0) Mesoscopic.move(TO_KICK, 0);
    Lanes.observe();
    if (nextObservation < observations) Mesoscopic.aim();
    return work;
  }

  /** Makes the next observation the one to run to. */
  static aim(): void {
    Mesoscopic.beginInterval(State.interval);
  }

  /** The time at which the replica in this lane left the cone, or -1. */
  static leftAt(lane: i32): f64 {
    return lane == 0 ? firstLeft : secondLeft;
  }

  /** Cuts the time up to the next observation into an even number of steps. */
  private static beginInterval(interval: f64): void {
    kicks = 2 * ceil(interval / (2 * longestStep));
    step = kicks > 0 ? (interval * (speed / particles)) / kicks : 0;
    flow = TO_KICK;
    passed = 0;
  }

  /** Flow for a time of so many h, then a kick of this strength, √(h/M). */
  private static move(length: f64, strength: f64): void {
    if (normal == endOfNormals) Mesoscopic.drawNormals();
    const inside = makeStep(length * step, strength, normal);
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

  /** Keeps the time for each replica of which some energy is not positive, or is no number. */
  private static note(inside: v128): void {
    const start = nextObservation > 0 ? State.time(nextObservation - 1) : 0;
    const now = start + (passed * step * particles) / speed;
    if (firstLeft < 0 && i64x2.extract_lane(inside, 0) == 0) firstLeft = now;
    if (secondLeft < 0 && i64x2.extract_lane(inside, 1) == 0) secondLeft = now;
  }
}
