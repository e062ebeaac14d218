/**
 * Candidates of the thinning, drawn ahead: uniform points of the area under the bounds (bounds.ts).
 *
 *   0           8 CANDIDATES
 *   ┌───────────┬───────────┐
 *   │ mark ..   │ bond ..   │
 *   └───────────┴───────────┘
 * The mark is the point's height, in units of the rate's scale; the bond is the second half of its slot (state.ts).
 */
import { height, slots } from "./bounds";
import { Random } from "./random";
import { State } from "./state";

/** Drawn at a time, at most. */
export const CANDIDATES: i32 = 128;
/** From a candidate's mark to its bond. */
export const BOND: usize = 8 * <usize>CANDIDATES;

export const BLOCK: usize = memory.data(16 * CANDIDATES, 16);
const UNIFORMS: usize = memory.data(8 * CANDIDATES, 16);

/** 2^48: added to a whole number below 2^28, leaves 16 times that number in the low word. In memory, as tables.ts says. */
const SIXTEENTHS: usize = memory.data<f64>([281474976710656]);

/** The next candidate, and where those drawn end. */
export let candidate: usize = 0;
export let endOfCandidates: usize = 0;

export class Candidates {
  /**
   * Draws `count` candidates at the present bounds. One uniform names the slot by its whole part, after stretching to
   * [0, slots), and the height in that by the rest, which has 52 - log2(slots) bits.
   */
  static draw(count: i32): void {
    candidate = BLOCK;
    endOfCandidates = BLOCK + ((<usize>count) << 3);
    Random.uniforms(UNIFORMS, ((count + 3) >> 2) << 1);
    const stretch = f64x2.splat(<f64>slots);
    const h = f64x2.splat(height);
    const sixteenths = v128.load64_splat(SIXTEENTHS);
    const table = State.slots;
    for (let to = BLOCK; to < endOfCandidates; to += 16) {
      const place = f64x2.mul(v128.load(to - BLOCK + UNIFORMS), stretch);
      const slot = f64x2.floor(place);
      const offsets = f64x2.add(slot, sixteenths);
      const first = v128.load(table + <usize>i32x4.extract_lane(offsets, 0));
      const second = v128.load(table + <usize>i32x4.extract_lane(offsets, 2));
      const mark = f64x2.add(i64x2.shuffle(first, second, 0, 2), f64x2.mul(f64x2.sub(place, slot), h));
      v128.store(to, mark);
      v128.store(to, i64x2.shuffle(first, second, 1, 3), BOND);
    }
  }

  /** The next candidate is the one at this address. */
  static goOn(at: usize): void {
    candidate = at;
  }

  /** Leaves the candidates that are still to come: they were drawn at lower bounds. */
  static forget(): void {
    candidate = endOfCandidates;
  }
}
