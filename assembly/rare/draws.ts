/**
 * The random numbers of events, drawn ahead for many: a row for each of those that one event takes, of uniforms and, from the
 * third row on, of variables Exp(1) with the sign reversed, log u.
 *
 *   ┌────────────┬────────────┬────────────┬────────────┬────────────┬────────────┐
 *   │ part       │ bond       │ wait       │ left       │ right      │ packet     │   EVENTS each; the last one
 *   │ U          │ U          │ log U      │ log U      │ log U      │ log U      │   where baths need it
 *   └────────────┴────────────┴────────────┴────────────┴────────────┴────────────┘
 * All logarithms of a batch are taken two at a time in one loop: 1.3 ns each, 9 on their own.
 */
import { Elementary } from "../elementary";
import { Random } from "../random";

const EVENTS: usize = 64;
const ROW: usize = 8 * EVENTS;
const DRAWS: usize = memory.data(6 * 8 * 64, 16);
const END: usize = DRAWS + ROW;

/** Address of the event's first number. */
let next: usize = END;
let rows: usize = 5;

export class Draws {
  /** Forgets what is left of an earlier stream; `packets` where the last row is needed. */
  static begin(packets: bool): void {
    rows = packets ? 6 : 5;
    next = END;
    Draws.advance();
  }

  /** Goes on to the numbers of the next event. */
  @inline static advance(): void {
    next += 8;
    if (next >= END) Draws.fill();
  }

  private static fill(): void {
    Random.uniforms(DRAWS, <i32>(rows * (EVENTS >> 1)));
    Elementary.logUniforms(DRAWS + 2 * ROW, DRAWS + rows * ROW);
    next = DRAWS;
  }

  /** The uniform that divides what both sides put up. */
  @inline static get part(): f64 {
    return load<f64>(next);
  }
  /** The uniform that chooses the bond. */
  @inline static get bond(): f64 {
    return load<f64>(next, 8 * 64);
  }
  /** The time, Exp(1) in units of all rates, to the event. */
  @inline static get wait(): f64 {
    return -load<f64>(next, 2 * 8 * 64);
  }
  /** -Exp(1) of what the left and the right side put up. */
  @inline static get sides(): v128 {
    return v128.load64_lane(next + 4 * ROW, v128.load64_splat(next + 3 * ROW), 1);
  }
  /** Exp(1) of a packet that is a share of such a number. */
  @inline static get packet(): f64 {
    return -load<f64>(next, 5 * 8 * 64);
  }
}
