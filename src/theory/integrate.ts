/**
 * Carries the state of an autonomous equation dy/dt = g(y) to given times: Dormand and Prince's method of order 5(4)
 * with error control, from the library `dopri`.
 *
 * Every time is met by a step that ends there, because the library's dense output is one order less accurate than its
 * steps. Units are the caller's; `absolute` is in those of y.
 */
import { Dopri } from "dopri";
import { MesofluxError, OutOfMemoryError } from "../errors.ts";

const RELATIVE = 1e-13;
/** The library squares errors over tolerance; below this the squares would overflow. */
const SMALLEST_ABSOLUTE = 1e-30;
/** Doubles that the library keeps for each entry of the state, among them the history of the last step, twice. */
const DOUBLES_PER_ENTRY = 22;
/** They lie on the engine's own heap, where too many cannot be refused but end the process: 1.4 GiB are let through. */
const MOST_ENTRIES = 0x800000;

/**
 * The longest time, in the units of units.ts. Once the chain has settled, stability bounds the step to about one of them, so
 * that more is a program that hangs.
 */
const LONGEST = 1e8;
/**
 * The most steps, for the passage from the start and for each unit of time. Steps of the tolerance are some 200 a decade
 * of energies, of which there can be 60, and 100 a unit at most. Where an entry is the small difference of terms that are
 * some 10^20 times as large, their rounding errors would have the steps grow shorter and shorter.
 */
const MOST_STEPS = { start: 20_000, unit: 200 };

/** g: reads the state, writes its derivative. */
export type Derivative = (state: readonly number[], derivative: number[]) => void;

/**
 * A state of zeros.
 * @throws OutOfMemoryError if there is no room to integrate so many entries.
 */
export function zeroState(entries: number): number[] {
  if (entries > MOST_ENTRIES) throw new OutOfMemoryError(8 * DOUBLES_PER_ENTRY * entries, "use fewer cells");
  return new Array<number>(entries).fill(0);
}

/**
 * Calls `visit(i, y(times[i]))` for each time in turn, with y(0) = `start`.
 * @param times nonnegative and increasing.
 * @param absolute the error allowed in an entry that is near zero.
 * @param watch is called after each step with its time and state, which the next step overwrites.
 * @throws MesofluxError if g overflows, no steps are short enough, or the times are out of reach.
 */
export function integrate(
  g: Derivative,
  start: readonly number[],
  times: ArrayLike<number>,
  absolute: number,
  visit: (i: number, state: readonly number[]) => void,
  watch: (time: number, state: readonly number[]) => void = () => {},
): void {
  if (times[times.length - 1] > LONGEST) throw tooLong(times[times.length - 1]);
  let state = start.slice();
  let now = 0;
  for (let i = 0; i < times.length; i++) {
    const since = now;
    if (times[i] > now) {
      const passage = new Passage(g, state.length, times[i] - now, absolute);
      state = passage.carry(state, (time, reached) => watch(since + time, reached));
    }
    now = times[i];
    visit(i, state);
  }
}

/** One integration over a given duration. */
class Passage extends Dopri {
  readonly #duration: number;

  constructor(g: Derivative, size: number, duration: number, absolute: number) {
    const derivative = (time: number, state: readonly number[], slope: number[]) => {
      // Numbers that overflow make a step of no length, with which the library would go on for ever.
      if (Number.isNaN(time)) throw tooFast();
      g(state, slope);
    };
    super(derivative, size, {
      rtol: RELATIVE,
      atol: Math.max(RELATIVE * absolute, SMALLEST_ABSOLUTE),
      maxSteps: MOST_STEPS.start + MOST_STEPS.unit * duration,
      stepSizeMin: 0,
      tcrit: [duration],
    });
    this.#duration = duration;
    // Only the last step is ever looked at: the library need not copy it.
    const { history } = this._stepper;
    history.clone = () => history;
  }

  /** The state after the duration. Steps one by one and forgets each: the library would keep them all. */
  carry(state: number[], watch: (time: number, state: readonly number[]) => void): number[] {
    this.initialise(0, state);
    for (let time = 0; time < this.#duration;) {
      this._history = [];
      this.#step(time === 0 ? Number.MIN_VALUE : time * (1 + Number.EPSILON));
      const { t, h } = this._history[0];
      time = t + h;
      watch(time, this._stepper.yNext);
    }
    return this._stepper.yNext.slice();
  }

  /** One step, if `until` is no further than its end. */
  #step(until: number): void {
    try {
      this.run(until);
    } catch (error) {
      // The library's own: too many steps, or one without length beside the time.
      if (error instanceof Error && error.message.startsWith("Integration failure")) throw tooFast();
      throw error;
    }
  }
}

function tooLong(time: number): MesofluxError {
  return new MesofluxError(
    `the equations cannot be followed for ${time.toPrecision(2)} times the time in which the hottest bond rings M times, ` +
      `but for ${LONGEST} at most; ask for earlier times, or for the steady state`,
  );
}

function tooFast(): MesofluxError {
  return new MesofluxError(
    "the equations vary faster than numbers can follow; bring temperatures and initial energies closer together",
  );
}
