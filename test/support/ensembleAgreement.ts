/** Two ensembles compared moment by moment, and in law. */
import { simulate, type Model } from "../../src/index.ts";
import { disagreement, TIME, type Sampled } from "./agreement.ts";
import { column, SIX_SIGMA } from "./statistics.ts";

interface Moment {
  mean: number;
  error: number;
}

interface Run extends Sampled {
  /** The 2N+1 means, then the (2N+1)(N+1) covariances, of N energies and of what N+1 bonds have carried. */
  moments: Moment[];
}

export async function runOf(model: Model, method: "exact" | "direct", replicas: number): Promise<Run> {
  const { cells } = model;
  const options = { replicas, times: [TIME], seed: 8n, method, samples: true } as const;
  const { samples, currentSamples, events, current, currentVariance } = await simulate(model, options);
  const energies = Array.from({ length: cells }, (_, k) => column(samples!, cells, k));
  const currents = Array.from({ length: cells + 1 }, (_, k) => column(currentSamples!, cells + 1, k));
  const inflow = { mean: current[0], variance: currentVariance[0] };
  return { energies, events, inflow, replicas, moments: momentsOf([...energies, ...currents]) };
}

function momentsOf(columns: Float64Array[]): Moment[] {
  const means = columns.map((x) => momentOf(x));
  const centred = columns.map((x, i) => x.map((value) => value - means[i].mean));
  return [...means, ...centred.flatMap((x, i) => centred.slice(i).map((y) => momentOf(x, y)))];
}

/** The mean of x, or of x y, and its standard error: loops in place of `meanOf`, for 1e7 numbers a run. */
function momentOf(x: Float64Array, y?: Float64Array): Moment {
  const n = x.length;
  let [sum, squares] = [0, 0];
  const values = y ? x.map((value, i) => value * y[i]) : x;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) * (values[i] - mean);
  return { mean, error: Math.sqrt(squares / (n - 1) / n) };
}

/** The worst of all comparisons, as a fraction of its limit. */
export function disagreementOfRuns(a: Run, b: Run): number {
  const zs = a.moments.map(({ mean, error }, i) => (mean - b.moments[i].mean) / Math.hypot(error, b.moments[i].error));
  return Math.max(...zs.map((z) => Math.abs(z) / SIX_SIGMA), disagreement(a, b));
}
