/**
 * Paths of Hamilton's equations between conditions at both ends, by Newton's method on all steps at once, which no growth
 * of errors along the path can hurt: half of the modes grow, and shooting would lose as many digits as they grow by.
 * Steps are those of collocation.ts. Far from its conditions a path is had by moving them there bit by bit.
 */
import { MesofluxError } from "../../errors.ts";
import { linearizer, type LinearStep, linearStepOf, PLACES, STAGES } from "./collocation.ts";
import { addTo, banded, solveBanded } from "./banded.ts";
import { type Flow, motionOf } from "./flow.ts";

/** A path cut in S steps. */
export interface Path {
  /** Where the steps begin and end: S + 1. */
  readonly times: Float64Array;
  /** The states there: (S+1)×2n. */
  readonly nodes: Float64Array;
  /** The states inside the steps: S×3×2n. */
  readonly stages: Float64Array;
}

/** The n conditions at the start: fills what they miss at a state, and n×2n slopes, which are zero before. */
export type StartCondition = (state: Float64Array, missing: Float64Array, slope: Float64Array) => void;

export interface Conditions {
  readonly start: StartCondition;
  /** The n entries of the last state that are given. */
  readonly held: readonly number[];
}

/** Newton's error after a step this small is below rounding: its square. */
const LAST_STEP = 1e-9;
/** No step changes the logarithm of an energy by more than this, nor π by more than this part of 1 + |π|. */
const MOST_CHANGE = 0.7;
const MOST_STEPS = 25;
/** Steps longer than the one before, after which Newton's method is not expected to find a path. */
const MOST_FAILURES = 2;
const MOST_HALVINGS = 8;
/** The least part of the way that is tried at once. */
const LEAST_STRIDE = 1 / 512;
/** The moves, and the attempts at one, that are made at most. */
const MOST_MOVES = 100;

/**
 * Brings a path to its conditions, in place.
 * @param values of the entries held at the end.
 * @returns the path's ∫ θ dE - H dt; undefined if Newton's method fails, which leaves the path in disorder.
 */
export function solvePath(
  flow: Flow,
  conditions: Conditions,
  values: readonly number[],
  path: Path,
): number | undefined {
  const { times, nodes, stages } = path;
  const n = flow.coordinates;
  const width = 2 * n;
  const S = times.length - 1;
  const linearize = linearizer(flow);
  const steps = Array.from({ length: S }, () => linearStepOf(n));
  const change = new Float64Array(nodes.length);
  const stageChange = new Float64Array(stages.length);
  const everyStep = () =>
    steps.every((step, i) => {
      return linearize(times[i + 1] - times[i], nodes, i * width, stages, i * STAGES * width, step);
    });
  const move = (part: number) => {
    for (let at = 0; at < nodes.length; at++) nodes[at] += part * change[at];
    for (let at = 0; at < stages.length; at++) stages[at] += part * stageChange[at];
  };
  if (!everyStep()) return undefined;
  let before = Infinity;
  for (let [count, failures] = [0, 0]; count < MOST_STEPS; count++) {
    newtonStep(n, steps, conditions, values, nodes, change);
    stagesFollow(n, steps, change, stageChange);
    const size = sizeOf(flow, nodes, change);
    if (!(size < before) && (!(size < Infinity) || ++failures > MOST_FAILURES)) return undefined;
    before = size;
    let part = Math.min(1, MOST_CHANGE / size);
    move(part);
    for (let halvings = 0; !everyStep(); halvings++) {
      if (halvings === MOST_HALVINGS) return undefined;
      part /= 2;
      move(-part);
    }
    if (size <= LAST_STEP) return steps.reduce((sum, { action }) => sum + action, 0);
  }
  return undefined;
}

/** The change of the nodes that fulfils the linearized equations. */
function newtonStep(
  n: number,
  steps: readonly LinearStep[],
  { start, held }: Conditions,
  values: readonly number[],
  nodes: Float64Array,
  change: Float64Array,
): void {
  const width = 2 * n;
  const S = steps.length;
  const matrix = banded(nodes.length, 3 * n - 1);
  const missing = new Float64Array(n);
  const slope = new Float64Array(n * width);
  start(nodes, missing, slope);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < width; c++) addTo(matrix, r, c, slope[r * width + c]);
    change[r] = -missing[r];
  }
  steps.forEach(({ map, offset }, i) => {
    for (let r = 0; r < width; r++) {
      const row = n + i * width + r;
      for (let c = 0; c < width; c++) addTo(matrix, row, i * width + c, -map[r * width + c]);
      addTo(matrix, row, (i + 1) * width + r, 1);
      change[row] = offset[r];
    }
  });
  held.forEach((entry, r) => {
    const row = n + S * width + r;
    addTo(matrix, row, S * width + entry, 1);
    change[row] = values[r] - nodes[S * width + entry];
  });
  solveBanded(matrix, change);
}

/** The change of the stages with that of the nodes. */
function stagesFollow(n: number, steps: readonly LinearStep[], change: Float64Array, stageChange: Float64Array): void {
  const width = 2 * n;
  const columns = width + 1;
  steps.forEach(({ stages }, i) => {
    for (let row = 0; row < STAGES * width; row++) {
      let sum = stages[row * columns + width];
      for (let c = 0; c < width; c++) sum += stages[row * columns + c] * change[i * width + c];
      stageChange[i * STAGES * width + row] = sum;
    }
  });
}

/** The largest change of log E, or of π and λ in parts of 1 + |π|; Q has no scale. */
function sizeOf({ coordinates: n, cells }: Flow, nodes: Float64Array, change: Float64Array): number {
  let size = 0;
  for (let from = 0; from < nodes.length; from += 2 * n) {
    for (let c = 0; c < n; c++) {
      const momentum = from + n + c;
      size = Math.max(size, Math.abs(change[momentum]) / (1 + Math.abs(nodes[momentum])));
      if (c < cells) size = Math.max(size, Math.abs(change[from + c]));
    }
  }
  return size;
}

/**
 * The limit equation's path from a state without momenta, step by step: momenta stay 0, and are held there, because those that
 * rounding makes would grow as fast as deviations of energies decay.
 * @throws MesofluxError if the equation varies faster than the steps can follow.
 */
export function limitingPath(flow: Flow, first: Float64Array, times: Float64Array): Path {
  const n = flow.coordinates;
  const width = 2 * n;
  const path = pathOf(times, width, (_, states, from) => states.set(first, from));
  const { nodes, stages } = path;
  const linearize = linearizer(flow);
  const step = linearStepOf(n);
  const change = new Float64Array(STAGES * width);
  for (let i = 0; i + 1 < times.length; i++) {
    const [node, stage] = [i * width, i * STAGES * width];
    for (let j = 0; j < STAGES; j++) stages.set(nodes.subarray(node, node + width), stage + j * width);
    for (let [count, size] = [0, Infinity]; size > LAST_STEP; count++) {
      const isInside = linearize(times[i + 1] - times[i], nodes, node, stages, stage, step);
      if (!isInside || count === MOST_STEPS) throw tooFast();
      for (let row = 0; row < change.length; row++)
        change[row] = row % width < n ? step.stages[row * (width + 1) + width] : 0;
      size = sizeOf(flow, stages.subarray(stage, stage + change.length), change);
      if (Number.isNaN(size)) throw tooFast();
      const part = Math.min(1, MOST_CHANGE / size);
      for (let row = 0; row < change.length; row++) stages[stage + row] += part * change[row];
    }
    for (let c = 0; c < n; c++) nodes[node + width + c] += step.offset[c];
  }
  return path;
}

/**
 * Moves the values held at the end from those that a path has, r = 0, to those at r = 1, and the path with them: each time
 * by as much as Newton's method can follow, from where the last two paths point to.
 * @throws MesofluxError if it can follow no further.
 */
export function followPath(flow: Flow, conditions: Conditions, valuesAt: (r: number) => number[], start: Path): Path {
  let path = start;
  let before: { at: number; path: Path } | undefined;
  let reached = 0;
  let stride = 1;
  for (let count = 0; stride >= LEAST_STRIDE && count < MOST_MOVES; count++) {
    const next = Math.min(1, reached + stride);
    const values = valuesAt(next);
    let trial = before ? pointed(path, before.path, (next - reached) / (reached - before.at)) : copyOf(path);
    let isSolved = solvePath(flow, conditions, values, trial) !== undefined;
    if (!isSolved && before) {
      trial = copyOf(path);
      isSolved = solvePath(flow, conditions, values, trial) !== undefined;
    }
    if (!isSolved) {
      stride = (next - reached) / 2;
      continue;
    }
    before = { at: reached, path };
    path = trial;
    if (next === 1) return path;
    stride = 2 * (next - reached);
    reached = next;
  }
  throw lost();
}

/** The path that lies beyond a path as far from it, times `part`, as it is from one before. */
function pointed(path: Path, before: Path, part: number): Path {
  const beyond = (one: Float64Array, other: Float64Array) => one.map((value, at) => value + part * (value - other[at]));
  return { ...path, nodes: beyond(path.nodes, before.nodes), stages: beyond(path.stages, before.stages) };
}

const copyOf = ({ times, nodes, stages }: Path): Path => ({ times, nodes: nodes.slice(), stages: stages.slice() });

/**
 * The path with other steps of the same time: a start for Newton's method. Between two nodes stands the polynomial of degree 5
 * with the states, dz/dt = F and d²z/dt² = DF F of both.
 */
export function resampled(flow: Flow, path: Path, times: Float64Array): Path {
  const width = 2 * flow.coordinates;
  const motion = motionOf(flow.coordinates);
  const { nodes } = path;
  const velocity = new Float64Array(nodes.length);
  const acceleration = new Float64Array(nodes.length);
  for (let from = 0; from < nodes.length; from += width) {
    // A node outside the domain of H is left without them.
    if (!flow.at(nodes, from, motion)) continue;
    for (let r = 0; r < width; r++) {
      velocity[from + r] = motion.velocity[r];
      for (let c = 0; c < width; c++) acceleration[from + r] += motion.slope[r * width + c] * motion.velocity[c];
    }
  }
  let step = 0;
  return pathOf(times, width, (time, states, from) => {
    const last = path.times.length - 2;
    if (time < path.times[step]) step = 0;
    while (step < last && path.times[step + 1] < time) step++;
    const h = path.times[step + 1] - path.times[step];
    const x = (time - path.times[step]) / h;
    for (let c = 0; c < width; c++) {
      const [one, two] = [step * width + c, (step + 1) * width + c];
      const [v0, v1, a0, a1] = [
        h * velocity[one],
        h * velocity[two],
        h * h * acceleration[one],
        h * h * acceleration[two],
      ];
      const rise = nodes[two] - nodes[one] - v0 - a0 / 2;
      const gain = v1 - v0 - a0;
      const bend = (a1 - a0) / 2;
      const [cubic, quartic, quintic] = [
        10 * rise - 4 * gain + bend,
        -15 * rise + 7 * gain - 2 * bend,
        6 * rise - 3 * gain + bend,
      ];
      states[from + c] = nodes[one] + x * (v0 + x * (a0 / 2 + x * (cubic + x * (quartic + x * quintic))));
    }
  });
}

/** The path with the states that `fill` writes for each time, from an entry of an array on. */
export function pathOf(
  times: Float64Array,
  width: number,
  fill: (time: number, states: Float64Array, from: number) => void,
): Path {
  const S = times.length - 1;
  const nodes = new Float64Array((S + 1) * width);
  const stages = new Float64Array(S * STAGES * width);
  for (let i = 0; i <= S; i++) {
    fill(times[i], nodes, i * width);
    if (i === S) break;
    PLACES.forEach((place, j) => {
      fill(times[i] + place * (times[i + 1] - times[i]), stages, (i * STAGES + j) * width);
    });
  }
  return { times, nodes, stages };
}

export function lost(): MesofluxError {
  return new MesofluxError(
    "the most likely path cannot be followed as far as the event: it comes too near an edge of what momenta there can be, or " +
      "it is no longer the only one; ask for an event less far from the typical course, or a later time",
  );
}

function tooFast(): MesofluxError {
  return new MesofluxError(
    "the limit equation varies faster from this start than the steps of a path can follow; bring temperatures and initial " +
      "energies closer together",
  );
}
