/**
 * The measured part of the moments, for a number of replicas together: the equations of moments.ts driven by what was
 * measured at the nodes of each panel, with its cubic in between. It is a small correction to what the theory knows, and
 * statistical errors are its own size over the square root of the replicas: the classical Runge-Kutta rule with steps of
 * 1/8 of a unit is off by less than 1/100 of the error of 64 replicas.
 */
import type { Method } from "../kernel.ts";
import type { Model } from "../model.ts";
import { limit } from "../theory/limit.ts";
import { timesIn, type Units } from "../theory/units.ts";
import { type BondExpansion, bondEvaluator, bondExpander } from "./bonds.ts";
import { layoutOf, momentBalance } from "./moments.ts";
import { cubicWeights, type Panel } from "./panels.ts";
import { addRemainders, sourcesOf, type Sources, toMeans } from "./remainders.ts";

/** The least number of Runge-Kutta steps in a unit of time, and in a panel: early moments are powers of the time. */
const STEPS = 8;
const STEPS_IN_PANEL = 4;

/** Θ̄ at a moment, in units of units.ts, and the expansion there. */
interface Moment {
  readonly energies: Float64Array;
  readonly expansion: BondExpansion;
}

interface Stage {
  readonly expansion: BondExpansion;
  /** Of the nodes of its panel. */
  readonly weights: readonly number[];
}

/** One Runge-Kutta step: its length, in units of units.ts, and its beginning, middle and end. */
interface Step {
  readonly length: number;
  readonly stages: readonly Stage[];
  /** The number of the observation at its end. */
  readonly observation: number | undefined;
}

/** A panel prepared once for all replicas. */
interface Leg {
  readonly nodes: readonly { readonly at: number; readonly moment: Moment }[];
  readonly steps: readonly Step[];
}

/** Energies of replicas in the model's unit, R×T×N, at the times of the simulation. */
export type Energies = Float64Array;

/**
 * Gives the function that turns energies of `replicas` replicas into the measured part at each observation, a state of
 * moments.ts.
 * @param simulated the times of the samples.
 */
export function courseOf(
  model: Model,
  units: Units,
  method: Method,
  panels: readonly Panel[],
  times: readonly number[],
  simulated: readonly number[],
): (samples: Energies, replicas: number) => Float64Array[] {
  const N = model.cells;
  const M = model.particles;
  const legs = legsOf(model, units, method, panels, times, simulated);
  const evaluate = bondEvaluator(model, units, method);
  const values = { flux: new Float64Array(N + 1), noise: new Float64Array(N + 1), skewness: new Float64Array(N + 1) };
  const x = new Float64Array(N + 2);
  const measured = [0, 1, 2, 3].map(() => sourcesOf(N));
  const advance = runge(N, M);

  return (samples, replicas) => {
    const state = new Array<number>(layoutOf(N).end).fill(0);
    // An observation at time 0 is in no panel: nothing has happened.
    const observed = times.map(() => Float64Array.from(state));
    for (const { nodes, steps } of legs) {
      nodes.forEach(({ at, moment }, q) => {
        measured[q].data.fill(0);
        for (let r = 0; r < replicas; r++) {
          const from = (r * simulated.length + at) * N;
          const energies = samples.subarray(from, from + N);
          for (let k = 0; k < N; k++) x[k + 1] = energies[k] / units.energy - moment.energies[k];
          evaluate(energies, values);
          addRemainders(measured[q], moment.expansion, values, x);
        }
        toMeans(measured[q], replicas, M);
      });
      for (const step of steps) {
        advance(step, measured, state);
        if (step.observation !== undefined) observed[step.observation].set(state);
      }
    }
    return observed;
  };
}

function legsOf(
  model: Model,
  units: Units,
  method: Method,
  panels: readonly Panel[],
  times: readonly number[],
  simulated: readonly number[],
): Leg[] {
  const N = model.cells;
  const [perTime] = timesIn(units, model, [1]);
  const expand = bondExpander(model, units, method);
  const timeOf = new Map(simulated.map((time, at) => [time, at]));
  const plans = panels.map((panel) => ({ panel, steps: stepsOf(panel, times, perTime) }));
  const every = plans.flatMap(({ panel, steps }) => [
    ...panel.nodes,
    ...steps.flatMap(({ from, to }) => [from, (from + to) / 2, to]),
  ]);
  const moments = momentsAt([...new Set(every)].sort((a, b) => a - b));
  return plans.map(({ panel, steps }) => {
    const stageAt = (time: number): Stage => ({
      expansion: moments.get(time)!.expansion,
      weights: cubicWeights(panel.nodes, time),
    });
    let end = stageAt(panel.start);
    return {
      nodes: panel.nodes.map((time) => ({ at: timeOf.get(time)!, moment: moments.get(time)! })),
      steps: steps.map(({ from, to, observation }) => {
        const stages = [end, stageAt((from + to) / 2), stageAt(to)];
        end = stages[2];
        return { length: (to - from) * perTime, stages, observation };
      }),
    };
  });

  function momentsAt(instants: readonly number[]): Map<number, Moment> {
    const path = instants.length > 0 ? limit(model, instants) : [];
    return new Map(
      instants.map((time, i) => {
        const energies = Float64Array.from(path.slice(i * N, (i + 1) * N));
        return [time, { energies: energies.map((E) => E / units.energy), expansion: expand(energies) }];
      }),
    );
  }
}

/** The panel in steps that end at its observations. */
function stepsOf(panel: Panel, times: readonly number[], perTime: number) {
  const stops: { time: number; observation: number | undefined }[] = panel.observations.map((i) => ({
    time: times[i],
    observation: i,
  }));
  if (stops.at(-1)?.time !== panel.end) stops.push({ time: panel.end, observation: undefined });
  const longest = Math.min(1 / (STEPS * perTime), (panel.end - panel.start) / STEPS_IN_PANEL);
  let start = panel.start;
  return stops.flatMap(({ time, observation }) => {
    const [begin, duration] = [start, time - start];
    const count = Math.ceil(duration / longest);
    start = time;
    return Array.from({ length: count }, (_, i) => {
      const last = i === count - 1;
      return {
        from: begin + (duration * i) / count,
        to: last ? time : begin + (duration * (i + 1)) / count,
        observation: last ? observation : undefined,
      };
    });
  });
}

/** Gives the function that makes one step of the state, with sources interpolated between four nodes. */
function runge(N: number, M: number): (step: Step, nodes: readonly Sources[], state: number[]) => void {
  const { end } = layoutOf(N);
  const balance = momentBalance(N, M);
  const sources = sourcesOf(N);
  const trial = new Array<number>(end).fill(0);
  const slopes = [0, 1, 2, 3].map(() => new Array<number>(end).fill(0));
  let present: Stage | undefined;
  /** Where in the step each slope is taken, and how much of the one before leads there. */
  const tableau = [
    { stage: 0, share: 0 },
    { stage: 1, share: 1 / 2 },
    { stage: 1, share: 1 / 2 },
    { stage: 2, share: 1 },
  ];
  return ({ length, stages }, nodes, state) => {
    tableau.forEach(({ stage, share }, s) => {
      const before = slopes[Math.max(s - 1, 0)];
      for (let i = 0; i < end; i++) trial[i] = share === 0 ? state[i] : state[i] + share * length * before[i];
      // The middle serves twice, and the end is where the next step of the panel begins.
      if (stages[stage] !== present) interpolate(nodes, stages[stage].weights, sources);
      present = stages[stage];
      balance(stages[stage].expansion, sources, trial, slopes[s]);
    });
    const [first, second, third, fourth] = slopes;
    for (let i = 0; i < end; i++) {
      state[i] += (length / 6) * (first[i] + 2 * (second[i] + third[i]) + fourth[i]);
    }
  };
}

function interpolate(nodes: readonly Sources[], weights: readonly number[], into: Sources): void {
  const [p, q, r, s] = nodes.map(({ data }) => data);
  const [a, b, c, d] = weights;
  const { data } = into;
  for (let i = 0; i < data.length; i++) data[i] = a * p[i] + b * q[i] + c * r[i] + d * s[i];
}
