/** Random rates that are proven to rise, and simulations of them compared in law. */
import { type Kernel, transferredBy } from "../../src/kernel.ts";
import { defineModel, type Model, type ModelInput } from "../../src/model.ts";
import { expressionOf, setupOf } from "../../src/rate/expression.ts";
import { initialEnergies } from "../../src/theory/initial.ts";
import { pick, randomNumbers, randomRate } from "./randomRates.ts";
import { exchange, rate as plainRate } from "./reference.ts";

const SIZES = [1, 2, 5, 8, 20, 64, 100, 1e3, 1e4];

/** Some rates that differ from bond to bond, and all that could be wrong with those that call no function and those that do. */
const FACTORS = ["(1+0.5*sin(k))*", "(k+1)/(N+1)*", "1/(1+k)*", "2^(k/N)*"];

/**
 * So many random models, with rates that are proven not to fall, cheap and costly, symmetric or not, some with tables, scales,
 * caps; M from 1 to 10^4, N from 1 to 6.
 */
export function randomModels(count: number, seed: number): Model[] {
  const random = randomNumbers(seed);
  const models: Model[] = [];
  while (models.length < count) {
    const cells = 1 + Math.floor(6 * random());
    const particles = SIZES[(models.length + Math.floor(3 * random())) % SIZES.length];
    const factor = random() < 0.25 ? pick(random, FACTORS) : "";
    const expression = `${factor}(${randomRate(random, 2 + Math.floor(3 * random()))})`;
    const scales = Array.from({ length: cells + 1 }, () => 0.3 + 3 * random());
    const input: ModelInput = {
      ...{ cells, particles, temperatures: [0.5, 2], bath: random() < 0.5 ? "thermal" : "exponential" },
      initial: Array.from({ length: cells }, () => 0.3 + 2 * random()),
      rate: {
        ...{ expression, scale: 1 + random() },
        ...(random() < 0.2 && { cap: 0.5 + 3 * random() }),
        ...(random() < 0.2 && { scales }),
      },
    };
    let model: Model;
    try {
      model = defineModel(input);
    } catch {
      continue;
    }
    const { graph } = expressionOf(model);
    // Constants are many, and rates that are steeper than a^8 have no moments that could be compared.
    if (!graph.some(({ kind }) => kind === "a" || kind === "b")) continue;
    if (!expressionOf(model).proof.largest.every((elasticity) => elasticity <= 4)) continue;
    models.push(model);
  }
  return models;
}

/** Means over replicas with their standard errors: the events, and energies, currents and products of them at the end. */
export interface Means {
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly error: readonly number[];
}

/** A time in which a replica has so many events, about. */
export function timeOf(kernel: Kernel, model: Model, events: number): number {
  kernel.setModel(model, setupOf(model), 0n);
  const { particles, temperatures, initial } = model;
  const energies = [temperatures[0], ...(initial as readonly number[]), temperatures[1]];
  const total = energies.slice(1).reduce((sum, b, k) => sum + kernel.rate(energies[k], b, k), 0);
  return events / (particles * total);
}

/** Batches of 2^level replicas on a given engine, under no watch: of rates that no `defineModel` lets through, too. */
export function meansOf(
  kernel: Kernel,
  model: Model,
  method: "exact" | "direct",
  seed: bigint,
  time: number,
  level: number,
): Means {
  kernel.setModel(model, { ...setupOf(model), isGuarded: false }, seed);
  const initial = initialEnergies(model);
  kernel.allocate(initial, { times: [time], moments: "mean", level, samples: true });
  const rows: Float64Array[] = [];
  const events: number[] = [];
  const { cells: N } = model;
  for (let i = 0; i < BATCHES; i++) {
    kernel.beginChunk(method, i * 2 ** level, level);
    while (!kernel.advance(1e6));
    events.push(kernel.finishedEvents / 2 ** level);
    const observed = kernel.observed(2 ** level);
    for (let at = 0; at < observed.length; at += N + 1) {
      const row = new Float64Array(2 * N + 1);
      row.set(observed.subarray(at, at + N));
      transferredBy(observed.subarray(at, at + N + 1), initial, row.subarray(N));
      rows.push(row);
    }
  }
  return summary(events, rows, N);
}

/** The same of a plain simulation, textbook Gillespie over reference.ts, by JavaScript's own reading of the expression. */
export function plainMeansOf(model: Model, seed: number, time: number, level: number): Means {
  const next = randomNumbers(seed);
  // Never 0.
  const uniform = () => (next() * 2 ** 32 + 0.5 + next() / 4) * 2 ** -32;
  const { cells: N, particles, temperatures, initial, rate } = model;
  // JavaScript does not read -x ** 2.
  const text = "expression" in rate ? rate.expression.replaceAll(/sin|cos/g, "Math.$&").replaceAll("(-", "(0-") : "";
  const plain = { ...model, rate: { ...rate, expression: text } } as Model;
  const rows: Float64Array[] = [];
  const events: number[] = [];
  for (let i = 0; i < BATCHES; i++) {
    let made = 0;
    for (let r = 0; r < 2 ** level; r++) {
      const E = [temperatures[0], ...(initial as readonly number[]), temperatures[1]];
      const row = new Float64Array(2 * N + 1);
      for (let t = 0; ; made++) {
        let total = 0;
        for (let k = 0; k <= N; k++) total += plainRate(plain, E[k], E[k + 1], k);
        t -= Math.log(uniform()) / (particles * total);
        if (t > time) break;
        const { clock, flux } = exchange(plain, E, uniform(), uniform(), uniform(), uniform(), uniform());
        row[N + clock] += flux;
      }
      row.set(E.slice(1, N + 1));
      rows.push(row);
    }
    events.push(made / 2 ** level);
  }
  return summary(events, rows, N);
}

/** Batches of a run, of whose events the variance is taken. */
export const BATCHES = 40;

/** Means of batches' events, of E_k and Q_k of rows, and of the products of the first two energies, ends, currents about them. */
export function summary(events: readonly number[], rows: readonly Float64Array[], N: number): Means {
  const names: string[] = ["events"];
  const [mean, error] = [[], []] as [number[], number[]];
  const add = (name: string, values: ArrayLike<number>) => {
    const found = momentOf(values);
    if (name !== "events") names.push(name);
    mean.push(found.mean);
    error.push(found.error);
    return found.mean;
  };
  add("events", events);
  const columns = Array.from({ length: 2 * N + 1 }, (_, i) => Float64Array.from(rows, (row) => row[i]));
  const centres = columns.map((values, i) => add(i < N ? `E${i + 1}` : `Q${i - N}`, values));
  const pairs = [0, N - 1, N, 2 * N].flatMap((i, at, all) => all.slice(at).map((j) => [i, j]));
  const distinct = new Map(pairs.map((pair) => [pair.join(), pair]));
  for (const [i, j] of distinct.values()) {
    add(
      `C${i},${j}`,
      columns[i].map((x, r) => (x - centres[i]) * (columns[j][r] - centres[j])),
    );
  }
  return { names, mean, error };
}

function momentOf(values: ArrayLike<number>) {
  const n = values.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) sum += values[i];
  for (let i = 0; i < n; i++) squares += (values[i] - sum / n) ** 2;
  return { mean: sum / n, error: Math.sqrt(squares / (n - 1) / n) };
}

/**
 * The largest |z| of all comparisons. Events come from 40 batches, whose Student's t of 78 degrees of freedom has wider tails
 * than a normal number: the limits say so.
 */
export function largestZ(one: Means, other: Means): { z: number; name: string } {
  let worst = { z: 0, name: "none" };
  one.mean.forEach((mean, i) => {
    const error = Math.hypot(one.error[i], other.error[i]);
    const difference = Math.abs(mean - other.mean[i]);
    // What is the same in every replica is the same to rounding.
    const z = difference <= 1e-12 * Math.abs(mean) ? 0 : difference / error;
    if (z > worst.z) worst = { z, name: one.names[i] };
  });
  return worst;
}
