/** Paths of the rare events' engine along guides that a test makes, and the same by plain code that can be checked by hand. */
import { defineModel, type ModelInput } from "../../src/index.ts";
import { expressionOf } from "../../src/rate/expression.ts";
import { RareKernel, type Guide, type PathResult } from "../../src/rare/kernel.ts";
import { rareModule } from "../../src/rare/module.ts";
import { initialEnergies } from "../../src/theory/initial.ts";
import { startOf } from "../../src/theory/largeDeviations/start.ts";
import { rateOf } from "../../src/theory/rates.ts";

/** A guide of S equal intervals with momenta θ(t, k), k from 0 on, and one gain for each cell's own deviation from the start. */
export function guideOf(
  input: ModelInput,
  time: number,
  S: number,
  momentum: (t: number, k: number) => number,
  gain = 0,
): Guide {
  const model = defineModel(input);
  const N = model.cells;
  const start = initialEnergies(model);
  const times = Float64Array.from({ length: S + 1 }, (_, j) => (time * j) / S);
  const gains = new Float64Array((S + 1) * N * N);
  for (let row = 0; row < (S + 1) * N; row++) gains[row * N + (row % N)] = gain;
  return {
    times,
    momenta: Float64Array.from({ length: (S + 1) * N }, (_, i) => momentum(times[Math.floor(i / N)], i % N)),
    path: Float64Array.from({ length: (S + 1) * N }, (_, i) => start[i % N]),
    gains,
    ...{ bond: undefined, bondMomentum: 0 },
  };
}

/** What so many guided paths leave. */
export async function guidedPaths(input: ModelInput, guide: Guide, count: number, seed = 1n): Promise<PathResult[]> {
  const model = defineModel(input);
  const kernel = await RareKernel.of(await rareModule(model));
  kernel.setChain(model, expressionOf(model).tables);
  kernel.setGuide(startOf(model), guide);
  return Array.from({ length: count }, (_, replica) => {
    kernel.start(seed, replica);
    while (!kernel.advance());
    return kernel.result;
  });
}

/** The mean of numbers and its standard error. */
export function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const square = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  return { mean, error: Math.sqrt(square / (values.length - 1) / values.length) };
}

/** What may be wrong with the plain code: packets of baths that are weighed as if tilted, or the weight of a neighbouring bond. */
export type Defect = "untilted packet" | "weight of another bond";

/**
 * The logarithm of one path's weight by plain code, of thermal baths and M >= 2: the exchange as kernel.ts in the engine describes
 * it, with constant momenta.
 */
export function plainLogWeight(
  input: ModelInput,
  momenta: readonly number[],
  time: number,
  random: () => number,
  defect?: Defect,
): number {
  const model = defineModel(input);
  const { cells: N, particles: M, temperatures } = model;
  const { f } = rateOf(model);
  const E = [temperatures[0], ...initialEnergies(model), temperatures[1]];
  const theta = [0, ...momenta, 0];
  const exponential = () => -Math.log(random());
  let log = 0;
  for (let t = 0; ;) {
    const bonds = Array.from({ length: N + 1 }, (_, k) => {
      const scaled = (i: number) => (i === 0 || i === N + 1 ? E[i] : (E[i] * M) / (M - 1));
      const s = Math.max(Math.min(theta[k + 1] - theta[k], 0.95 / scaled(k)), -0.95 / scaled(k + 1));
      const [alpha, beta] = [s * scaled(k), s * scaled(k + 1)];
      return { alpha, beta, rate: f(k, E[k], E[k + 1]), c: 1 / Math.sqrt((1 - alpha) * (1 + beta)) };
    });
    const total = bonds.reduce((sum, { rate, c }) => sum + rate * c, 0);
    const excess = bonds.reduce((sum, { rate, c }) => sum + rate * (c - 1), 0);
    const wait = exponential() / (M * total);
    log += M * excess * Math.min(wait, time - t);
    t += wait;
    if (t >= time) return log;
    let target = random() * total;
    const k = bonds.findIndex(({ rate, c }) => (target -= rate * c) < 0);
    const { alpha, beta, c } = bonds[k];
    const U = random();
    const gamma = (1 + beta) * c - 1;
    const u = U / (1 + gamma * (1 - U));
    const isBath = [k === 0, k === N];
    const q = [1 - alpha * (1 - u), 1 + beta * u];
    const e = q.map((qi, i) => exponential() / (defect === "untilted packet" && isBath[i] ? 1 : qi));
    const given = e.map((ei, i) => (isBath[i] ? (temperatures[i] * ei) / M : E[k + i] * (1 - Math.exp(-ei / (M - 1)))));
    const J = (1 - u) * given[0] - u * given[1];
    const weighed = defect === "weight of another bond" ? bonds[(k + 1) % bonds.length] : bonds[k];
    const [r1, r2] = [1 - weighed.alpha * (1 - u), 1 + weighed.beta * u];
    const h = 1 / ((1 - weighed.alpha) * (1 + ((1 + weighed.beta) * weighed.c - 1) * u) ** 2);
    log += e[0] * (r1 - 1) + e[1] * (r2 - 1) - Math.log(h * r1 * r2);
    if (k > 0) E[k] -= J;
    if (k < N) E[k + 1] += J;
  }
}
