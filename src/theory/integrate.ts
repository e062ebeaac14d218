/**
 * Carries the state of an autonomous equation dy/dt = g(y) to given times: Dormand and Prince's method of order 5(4)
 * with error control, from the library `dopri`.
 *
 * Every time is met by a step that ends there, because the library's dense output is one order less accurate than its
 * steps. Units are the caller's; `absolute` is in those of y.
 */
import { Dopri } from "dopri";

const RELATIVE = 1e-13;
/** The library squares errors over tolerance; below this the squares would overflow. */
const SMALLEST_ABSOLUTE = 1e-30;

/** g: reads the state, writes its derivative. */
export type Derivative = (state: readonly number[], derivative: number[]) => void;

/**
 * Calls `visit(i, y(times[i]))` for each time in turn, with y(0) = `start`.
 * @param times nonnegative and increasing.
 * @param absolute the error allowed in an entry that is near zero.
 */
export function integrate(
  g: Derivative,
  start: readonly number[],
  times: ArrayLike<number>,
  absolute: number,
  visit: (i: number, state: readonly number[]) => void,
): void {
  let state = start.slice();
  let now = 0;
  for (let i = 0; i < times.length; i++) {
    if (times[i] > now) state = new Passage(g, state.length, times[i] - now, absolute).carry(state);
    now = times[i];
    visit(i, state);
  }
}

/** One integration over a given duration. */
class Passage extends Dopri {
  readonly #duration: number;

  constructor(g: Derivative, size: number, duration: number, absolute: number) {
    super((_time, state, derivative) => g(state, derivative), size, {
      rtol: RELATIVE,
      atol: Math.max(RELATIVE * absolute, SMALLEST_ABSOLUTE),
      // Once the chain has settled, stability bounds the step: a long time takes as many steps as it takes.
      maxSteps: Infinity,
      stepSizeMin: 0,
      tcrit: [duration],
    });
    this.#duration = duration;
  }

  /** The state after the duration. Steps one by one and forgets each: the library would keep them all. */
  carry(state: number[]): number[] {
    this.initialise(0, state);
    for (let time = 0; time < this.#duration;) {
      this._history = [];
      this.run(time === 0 ? Number.MIN_VALUE : time * (1 + Number.EPSILON));
      const { t, h } = this._history[0];
      time = t + h;
    }
    return this._stepper.yNext.slice();
  }
}
