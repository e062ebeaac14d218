/**
 * The limit equation (3.1) as a function of time. One integration leaves its steps; between two of them stands the
 * polynomial of degree 5 that has the energies, their derivatives and their second derivatives at both ends,
 *
 *   dΘ̄/dt = F,   d²Θ̄/dt² = DF F,
 *
 * whose error over a step h, |y^(6)| h^6/46080 at most, is of the order of the integration's own error in that step.
 * Units: those of the model's temperatures and of its timescale.
 */
import { describe, InvalidInputError, OutOfMemoryError } from "../errors.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { forEachBond } from "./bonds.ts";
import { initialEnergies } from "./initial.ts";
import { integrate } from "./integrate.ts";
import { limitEquation } from "./limit.ts";
import { flux, fluxSlope1, fluxSlope2, type Rate, rateOf } from "./rates.ts";
import { timesIn, unitsOf } from "./units.ts";

/** Bytes that the steps of a path may take. */
const MOST_BYTES = 0x40000000;

/**
 * Θ̄ as a function of time from 0 to `end`, from one integration: a call costs a few passes over the chain and returns
 * N energies. Agrees with `limit` to about 1e-11, relative. Keeps every step: N numbers some hundred times per 1/f.
 * @param end a finite time from 0 on, in units of `model.timescale`, as are the times it is asked for.
 * @throws InvalidInputError if `end` is no such time; OutOfMemoryError if there is no room for the steps up to there; the
 *   function throws InvalidInputError for a time outside [0, end].
 */
export function limitPath(input: ModelInput, end: number): (time: number) => Float64Array {
  const model = defineModel(input);
  if (!(end >= 0 && end < Infinity)) throw outside("end", "a finite time from 0 on", end);
  const start = initialEnergies(model);
  const units = unitsOf(model, start);
  const rate = rateOf(model);
  const duration = timesIn(units, model, [end])[0];
  const path: Step[] = [{ time: 0, energies: start }];
  integrate(
    limitEquation(model, units),
    Array.from(start, (E) => E / units.energy),
    [duration],
    units.least / units.energy,
    () => {},
    (time, state) => {
      path.push({ time, energies: Float64Array.from(state, (E) => E * units.energy) });
      const bytes = path.length * (8 * model.cells + 100);
      if (bytes > MOST_BYTES) throw new OutOfMemoryError(bytes, "end the path earlier");
    },
  );
  return (time) => {
    if (!(time >= 0 && time <= end)) throw outside("time", `a time from 0 to ${end}`, time);
    const within = timesIn(units, model, [time])[0];
    if (within === 0) return start.slice();
    const next = stepAfter(path, within);
    return between(model, rate, units.rate, path[next - 1], path[next], within);
  };
}

/** A point where a step of the integration began or ended. */
interface Step {
  /** In the units of the integration. */
  readonly time: number;
  /** Those of the model. */
  readonly energies: Float64Array;
}

/** The first step from 1 on that ends at the time or later; the last one if rounding has left the time behind it. */
function stepAfter(path: readonly Step[], time: number): number {
  let low = 1;
  let high = path.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (path[middle].time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The energies at a time between two steps. */
function between(model: Model, rate: Rate, unit: number, from: Step, to: Step, time: number): Float64Array {
  const h = to.time - from.time;
  const s = (time - from.time) / h;
  const [before, after] = [motion(model, rate, from.energies), motion(model, rate, to.energies)];
  // In units of h: a derivative by the time s is h/unit times one by the fast time.
  const pace = h / unit;
  return from.energies.map((y0, i) => {
    const v0 = before.velocity[i] * pace;
    const v1 = after.velocity[i] * pace;
    const a0 = before.acceleration[i] * pace * pace;
    const a1 = after.acceleration[i] * pace * pace;
    const rise = to.energies[i] - y0 - v0 - a0 / 2;
    const gain = v1 - v0 - a0;
    const bend = (a1 - a0) / 2;
    const cubic = 10 * rise - 4 * gain + bend;
    const quartic = -15 * rise + 7 * gain - 2 * bend;
    const quintic = 6 * rise - 3 * gain + bend;
    return y0 + s * (v0 + s * (a0 / 2 + s * (cubic + s * (quartic + s * quintic))));
  });
}

/** F and DF F, per unit of fast time. */
function motion(
  model: Model,
  rate: Rate,
  energies: Float64Array,
): { velocity: Float64Array; acceleration: Float64Array } {
  const N = model.cells;
  const velocity = new Float64Array(N);
  forEachBond(model, energies, (k, x, y) => {
    const phi = flux(rate, k, x, y);
    if (k > 0) velocity[k - 1] -= phi;
    if (k < N) velocity[k] += phi;
  });
  const acceleration = new Float64Array(N);
  forEachBond(model, energies, (k, x, y) => {
    const dx = k > 0 ? velocity[k - 1] : 0;
    const dy = k < N ? velocity[k] : 0;
    const change = fluxSlope1(rate, k, x, y) * dx + fluxSlope2(rate, k, x, y) * dy;
    if (k > 0) acceleration[k - 1] -= change;
    if (k < N) acceleration[k] += change;
  });
  return { velocity, acceleration };
}

function outside(field: string, expected: string, got: unknown): InvalidInputError {
  return new InvalidInputError("arguments", [{ field, expected, got: describe(got) }]);
}
