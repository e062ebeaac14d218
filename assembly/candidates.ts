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

/** The most candidates that are drawn at a time. */
export const CANDIDATES: i32 = 128;
/** Bytes from a candidate's mark to its bond. */
export const BOND: usize = 8 * <usize>CANDIDATES;

export const BLOCK: usize = memory.data(16 * CANDIDATES, 16);
const UNIFORMS: usize = memory.data(8 * CANDIDATES, 16);

/** 2^48: added to a whole number below 2^28, leaves 16 times that number in the low word. In memory, as tables.ts says. */
const SIXTEENTHS: usize = memory.data<f64>([281474976710656]);

/** Address of the next candidate, and of the end of those drawn. */
export let candidate: usize = 0;
export let endOfCandidates: usize = 0;

export class Candidates {
  /**
   * Draws `count` candidates at the present bounds. One uniform, multiplied by the number of slots, names the slot by
   * its whole part and the height in that by the rest, which has 52 - log2(slots) bits.
   */
  static draw(count: i32): void {
    candidate = BLOCK;
    endOfCandidates = BLOCK + ((<usize>count) << 3);
    Random.uniforms(UNIFORMS, ((count + 3) >> 2) << 1);
    const factor = f64x2.splat(<f64>slots);
    const h = f64x2.splat(height);
    const sixteenths = v128.load64_splat(SIXTEENTHS);
    const table = State.slots;
    for (let to = BLOCK; to < endOfCandidates; to += 16) {
      const place = f64x2.mul(v128.load(to - BLOCK + UNIFORMS), factor);
      const slot = f64x2.floor(place);
      const offsets = f64x2.add(slot, sixteenths);
      const first = v128.load(table + <usize>i32x4.extract_lane(offsets, 0));
      const second = v128.load(table + <usize>i32x4.extract_lane(offsets, 2));
      const mark = f64x2.add(i64x2.shuffle(first, second, 0, 2), f64x2.mul(f64x2.sub(place, slot), h));
      v128.store(to, mark);
      v128.store(to, i64x2.shuffle(first, second, 1, 3), BOND);
    }
  }

  /** Makes the candidate at this address the next one. */
  static goOn(at: usize): void {
    candidate = at;
  }

  /** Discards the candidates that are still to come, because they were drawn at lower bounds. */
  static forget(): void {
    candidate = endOfCandidates;
  }
}
