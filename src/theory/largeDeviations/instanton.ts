/**
 * The most likely path to a rare event at a finite time, and how unlikely it is as M grows (THEORY 12.5):
 *
 *   P(E_k(t) > x) = e^{-M A + o(M)},   A = min ∫ (θ·dE - H dt) + w(E(0))
 *
 * over the paths from the model's start with E_k(t) = x. On the one that it takes,
 *
 *   dE/dt = H_θ,   dθ/dt = -H_E,   θ_j(t) = 0 for j ≠ k,   θ_k(t) = dA/dx
 *
 * and likewise for the energy Q that a bond carries, with θ(t) = 0 and λ = dA/dx constant. Found by following the path
 * from the limit equation's, on which momenta vanish, to the threshold.
 */
import { MesofluxError } from "../../errors.ts";
import { defineModel, type Model, type ModelInput } from "../../model.ts";
import { exp, log } from "../../rate/elementary.ts";
import { limit } from "../limit.ts";
import { timesIn, type Units, unitsOf } from "../units.ts";
import { followPath, lost, limitingPath, type Path, resampled, solvePath } from "./boundary.ts";
import { type Course, energyRows, type MomentumCourse, momentumRows, rows } from "./courses.ts";
import { type RareEvent, thresholdOf } from "./event.ts";
import { flowOf } from "./flow.ts";
import { costOf, startCondition, startOf } from "./start.ts";

/** The result of `instanton`. */
export interface Instanton extends MomentumCourse {
  /** The event it leads to. */
  readonly event: RareEvent;
  /** A, the limit of -(1/M) log P as M grows; 0 where the event is typical. */
  readonly action: number;
  /** dA/dx by the threshold x: θ_k at the end, or λ. In 1/energy. */
  readonly slope: number;
  /** λ, the momentum of the energy that the event's bond carries, constant along the path; 0 where a cell is meant. */
  readonly currentMomentum: number;
  /** Q, the energy that the event's bond has carried up to these times; absent where a cell is meant. */
  readonly carried?: Float64Array;
  /** The way down: the limit equation from the last energies on, over as long a time. It is not the way up reversed. */
  readonly relaxation: Course;
}

/** Steps at least, and for each time in which the fastest bond at the start rings M times. */
const STEPS = { least: 200, unit: 4 };
const MOST_STEPS = 20_000;
/** The first and the last step, in those that steps of the same length would be. */
const END = 0.02;
/** The path is followed to the threshold in steps this many times as long as those it has at last. */
const COARSENING = 4;

/**
 * The most likely path to an event at a finite time, from the model's start: fixed energies, or energies that are drawn,
 * which then are part of what the path chooses. Right to about 1e-10 of A, relative, for times up to 10/f. A threshold
 * on the side where the limit equation ends anyway is no rare event: the path is then the limit's, its momenta and A are 0.
 * A tenth of a second for three cells and a time of a few 1/f, seconds for ten; the work grows as N³ and as the time.
 * @throws InvalidInputError for an event that is none of this model, or a bath without large deviations at speed M: an
 *   "exponential" one unless M = 1; MesofluxError if the time is too long or the path cannot be followed to the event.
 */
export function instanton(input: ModelInput, event: RareEvent): Instanton {
  const model = defineModel(input);
  const { coordinate, bond, value, isAbove, time } = thresholdOf(model, event);
  const N = model.cells;
  const start = startOf(model);
  const units = unitsOf(model, start.energies);
  const flow = flowOf(model, units, bond);
  const n = flow.coordinates;
  const [duration] = timesIn(units, model, [time]);
  const S = stepsFor(duration);
  const begin = startCondition(start, n, units.energy);
  const momenta = Array.from({ length: n }, (_, c) => n + c);

  // The limit's path, of Q as well, on which all momenta vanish.
  const first = new Float64Array(2 * n);
  for (let c = 0; c < N; c++) first[c] = log(start.energies[c] / units.energy);
  const path = limitingPath(flow, first, timesOf(duration, Math.ceil(S / COARSENING)));
  const last = path.nodes.length - 2 * n + coordinate;
  const from = path.nodes[last];
  const to = bond === undefined ? log(value / units.energy) : value / units.energy;
  if (isAbove ? to <= from : to >= from) {
    return resultOf(model, event, units, limitingPath(flow, first, timesOf(duration, S)), 0);
  }

  const held = momenta.map((entry, c) => (c === coordinate ? coordinate : entry));
  const conditions = { start: begin, held };
  const valuesAt = (r: number) =>
    held.map((entry) => (entry !== coordinate ? 0 : r === 1 ? to : from + r * (to - from)));
  const coarse = followPath(flow, conditions, valuesAt, path);
  const fine = resampled(flow, coarse, timesOf(duration, S));
  const action = solvePath(flow, conditions, valuesAt(1), fine);
  if (action === undefined) throw lost();
  const chosen = fine.nodes.subarray(0, N).map((y) => exp(y) * units.energy);
  return resultOf(model, event, units, fine, action + costOf(start, chosen));
}

function stepsFor(duration: number): number {
  const S = Math.max(STEPS.least, Math.ceil(STEPS.unit * duration));
  if (S <= MOST_STEPS) return S;
  throw new MesofluxError(
    `the most likely path is not followed for ${duration.toPrecision(2)} times the time in which the hottest bond rings ` +
      `M times, but for ${MOST_STEPS / STEPS.unit} at most; ask for an earlier time, or for the quasi-potential`,
  );
}

/**
 * S+1 times from 0 on, closer towards both ends: the start may be far from what the limit equation makes of it, and at the end
 * the momenta of the cells beside the event go to 0.
 */
function timesOf(duration: number, S: number): Float64Array {
  return Float64Array.from({ length: S + 1 }, (_, i) => {
    const x = i / S;
    return i === S ? duration : duration * x * (END + (1 - END) * x * (3 - 2 * x));
  });
}

function resultOf(model: Model, event: RareEvent, units: Units, path: Path, action: number): Instanton {
  const N = model.cells;
  const S = path.times.length - 1;
  const hasCarried = event.cell === undefined;
  const times = path.times.map((time) => (time / path.times[S]) * event.time);
  times[S] = event.time;
  const energies = energyRows(model, units, path);
  const momenta = momentumRows(model, units, path);
  const currentMomentum = hasCarried ? path.nodes[2 * N + 1] / units.energy : 0;
  const slope = event.cell === undefined ? currentMomentum : momenta[S * N + event.cell - 1];
  const after = times.map((_, i) => event.time - times[S - i]);
  const relaxed = limit({ ...model, initial: energies.subarray(S * N) }, after);
  return {
    ...{ times, energies, momenta, event, action, slope, currentMomentum },
    ...(hasCarried && { carried: rows(1, path, (nodes, state) => nodes[state + N] * units.energy) }),
    relaxation: { times: after, energies: relaxed },
  };
}
