/**
 * The measured part of the moments: the equations of momentEquations.ts driven by the remainders (remainders.ts) of a
 * batch of replicas, which are measured at the four nodes of each panel (panels.ts) and interpolated by a cubic.
 *
 * It is a small correction to what the theory knows, and its statistical error is its own size over the square root of
 * the replicas: the classical Runge-Kutta rule with steps of 1/8 of a unit is off by less than 1/100 of the error of 64
 * replicas.
 */
import type { Method } from "../kernel.ts";
import type { Model } from "../model.ts";
import { limit } from "../theory/limit.ts";
import { timesIn, type Units } from "../theory/units.ts";
import { type BondExpansion, bondEvaluator, bondExpander } from "./bonds.ts";
import { layoutOf, momentEquations } from "./momentEquations.ts";
import { cubicWeights, type Panel } from "./panels.ts";
import { addRemainders, type Sources, toMeans, zeroSources } from "./remainders.ts";

/** The least number of Runge-Kutta steps in a unit of time, and in a panel: early moments are powers of the time. */
const STEPS = 8;
const STEPS_IN_PANEL = 4;

/** A time at which the equations are evaluated: their coefficients, and the weights of the panel's nodes. */
export interface Stage {
  readonly time: number;
  readonly expansion: BondExpansion;
  readonly weights: readonly number[];
}

/**
 * Gives the function that turns the energies of some replicas into the measured part at each observation, a state of
 * momentEquations.ts. Energies are R×T×N in the model's unit, at the T times of `simulated`.
 */
export function measuredPart(
  model: Model,
  units: Units,
  method: Method,
  panels: readonly Panel[],
  times: readonly number[],
  simulated: readonly number[],
): (samples: Float64Array, replicas: number) => Float64Array[] {
  const { cells: N, particles: M } = model;
  const { end } = layoutOf(N);
  const [perTime] = timesIn(units, model, [1]);
  const stageTimes = panels.map((panel) => stageTimesOf(panel, times, perTime));
  const reference = referenceAt(model, units, method, [...panels.flatMap(({ nodes }) => nodes), ...stageTimes.flat()]);
  const prepared = panels.map(({ nodes }, p) => ({
    nodes: nodes.map((time) => ({ at: simulated.indexOf(time), ...reference.get(time)! })),
    stages: stageTimes[p].map((time): Stage => {
      return { time, expansion: reference.get(time)!.expansion, weights: cubicWeights(nodes, time) };
    }),
  }));
  const evaluate = bondEvaluator(model, units, method);
  const values = { flux: new Float64Array(N + 1), noise: new Float64Array(N + 1), skewness: new Float64Array(N + 1) };
  const x = new Float64Array(N + 2);
  const remainders = [0, 1, 2, 3].map(() => zeroSources(N));
  const advance = rungeKutta(N, M);

  return (samples, replicas) => {
    const state = new Array<number>(end).fill(0);
    // An observation at time 0 is in no panel: all moments are 0.
    const observed = new Map(times.map((time) => [time, new Float64Array(end)]));
    for (const { nodes, stages } of prepared) {
      nodes.forEach(({ at, energies: means, expansion }, q) => {
        remainders[q].data.fill(0);
        for (let r = 0; r < replicas; r++) {
          const from = (r * simulated.length + at) * N;
          const energies = samples.subarray(from, from + N);
          for (let k = 0; k < N; k++) x[k + 1] = energies[k] / units.energy - means[k];
          evaluate(energies, values);
          addRemainders(remainders[q], expansion, values, x);
        }
        toMeans(remainders[q], replicas, M);
      });
      for (let s = 2; s < stages.length; s += 2) {
        const length = (stages[s].time - stages[s - 2].time) * perTime;
        advance(stages.slice(s - 2, s + 1), length, remainders, state);
        observed.get(stages[s].time)?.set(state);
      }
    }
    return [...observed.values()];
  };
}

/** Beginning, middle and end of each step of a panel; steps end at observations. */
function stageTimesOf(panel: Panel, times: readonly number[], perTime: number): number[] {
  const longest = Math.min(1 / (STEPS * perTime), (panel.end - panel.start) / STEPS_IN_PANEL);
  const stops = new Set([...panel.observations.map((i) => times[i]), panel.end]);
  const ends = [panel.start];
  for (const stop of stops) {
    const start = ends.at(-1)!;
    const count = Math.ceil((stop - start) / longest);
    for (let i = 1; i < count; i++) ends.push(start + ((stop - start) * i) / count);
    ends.push(stop);
  }
  return ends.flatMap((time, i) => (i === 0 ? [time] : [(ends[i - 1] + time) / 2, time]));
}

/** Θ̄ at each time, in units of units.ts, and the expansion of the bonds there. */
function referenceAt(model: Model, units: Units, method: Method, times: readonly number[]) {
  const N = model.cells;
  const increasing = [...new Set(times)].sort((a, b) => a - b);
  const path = limit(model, increasing);
  const expand = bondExpander(model, units, method);
  return new Map(
    increasing.map((time, i) => {
      const energies = path.slice(i * N, (i + 1) * N);
      return [time, { energies: energies.map((E) => E / units.energy), expansion: expand(energies) }];
    }),
  );
}

/** Gives the function that makes one step of the state, with sources interpolated between four nodes. */
export function rungeKutta(
  N: number,
  M: number,
): (stages: readonly Stage[], length: number, nodes: readonly Sources[], state: number[]) => void {
  const { end } = layoutOf(N);
  const equations = momentEquations(N, M);
  const sources = zeroSources(N);
  const trial = new Array<number>(end).fill(0);
  const slopes = [0, 1, 2, 3].map(() => new Array<number>(end).fill(0));
  let interpolated: Stage | undefined;
  /** The stage at which each slope is taken, and the share of the slope before that leads there. */
  const tableau = [
    { stage: 0, share: 0 },
    { stage: 1, share: 1 / 2 },
    { stage: 1, share: 1 / 2 },
    { stage: 2, share: 1 },
  ];
  return (stages, length, nodes, state) => {
    tableau.forEach(({ stage, share }, s) => {
      const before = slopes[Math.max(s - 1, 0)];
      for (let i = 0; i < end; i++) trial[i] = share === 0 ? state[i] : state[i] + share * length * before[i];
      // The middle serves twice, and the end is the beginning of the panel's next step.
      if (stages[stage] !== interpolated) interpolate(nodes, stages[stage].weights, sources);
      interpolated = stages[stage];
      equations(stages[stage].expansion, sources, trial, slopes[s]);
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
