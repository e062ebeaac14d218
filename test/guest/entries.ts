/** Every public entry that takes a model, as something that can be called with one. The list is complete: models.test.ts. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectations, follow, replay, simulate, theory, trajectory, verify } from "../../src/index.ts";
import type { AbortSignalLike, Certificate, Model, ModelInput } from "../../src/index.ts";
import { exportResult, RunFolder } from "../../src/store/index.ts";

export interface Entry {
  /** As a program writes it. */
  readonly name: string;
  /** Calls it with a model and small arguments besides. @param signal a fresh one, which aborts soon. */
  call(model: ModelInput, signal?: () => AbortSignalLike): unknown;
}

const TIMES = [0.01, 0.02];
const RUN = { replicas: 2, times: TIMES };

/** One energy for each cell, as far as there are any: entries refuse a bad model before they look at these. */
function energiesFor(model: ModelInput): number[] {
  let cells: unknown;
  try {
    ({ cells } = model);
  } catch {
    // It throws when it is read, for the entry too.
  }
  return Array.from({ length: [1, 2, 3, 4, 5, 6].includes(cells as number) ? (cells as number) : 1 }, () => 1);
}

const simulations: Record<string, Entry["call"]> = {
  "simulate, on this thread": (model, signal) => simulate(model, { ...RUN, workers: 1, signal: signal?.() }),
  "simulate, on workers": (model, signal) => simulate(model, { ...RUN, workers: 2, signal: signal?.() }),
  "simulate, steady state": (model, signal) =>
    simulate(model, {
      replicas: 2,
      times: "stationary",
      stationary: { looks: 2, burnIn: 0, spacing: 0.01 },
      signal: signal?.(),
    }),
  "simulate, direct": (model, signal) => simulate(model, { ...RUN, method: "direct", signal: signal?.() }),
  trajectory: (model, signal) => trajectory(model, { times: TIMES, signal: signal?.() }),
  follow: async (model) => {
    const path = await follow(model);
    path.advance(0.01);
    return path.events;
  },
  expectations: (model, signal) => expectations(model, { ...RUN, signal: signal?.() }),
  "replay, of a certificate with this model": async (model, signal) => {
    const { certificate } = await simulate({ cells: 2, particles: 10, temperatures: [1, 2] }, RUN);
    return replay({ ...certificate, model } as Certificate, { signal: signal?.() });
  },
  "store: RunFolder.create, compute and merge": (model, signal) =>
    inFolder(async (path) => {
      const folder = await RunFolder.create(path, { model: model as Model, options: RUN });
      await folder.compute({ signal: signal?.() });
      return (await folder.merge()).result;
    }),
  "store: exportResult, of a result with this model": async (model) => {
    const result = await simulate({ cells: 2, particles: 10, temperatures: [1, 2] }, RUN);
    return inFolder((folder) => exportResult({ model: model as Model, result, samples: undefined }, "csv", folder));
  },
};

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-guest-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a prediction takes besides the model. Those of billiards take tables. */
const predictions: Record<Exclude<keyof typeof theory, "billiards">, (model: ModelInput) => unknown> = {
  affinity: (model) => theory.affinity(model),
  bias: (model) => theory.bias(model, TIMES),
  conductivityExpansion: (model) => theory.conductivityExpansion(model),
  continuum: (model) => theory.continuum(model, [0, 0.5, 1]),
  covariance: (model) => theory.covariance(model, TIMES),
  currentLargeDeviations: (model) => theory.currentLargeDeviations(model, [0, 0.1]),
  currentRateFunction: (model) => theory.currentRateFunction(model, [0, 0.1]),
  currentVariance: (model) => theory.currentVariance(model),
  diffusion: (model) => theory.diffusion(model, energiesFor(model)),
  drift: (model) => theory.drift(model, energiesFor(model)),
  entropyProduction: (model) => theory.entropyProduction(model),
  equilibrium: (model) => theory.equilibrium(model),
  exactMoments: (model) => theory.exactMoments(model, TIMES),
  exchangeGenerating: (model) => theory.exchangeGenerating(model, 0, energiesFor(model), -0.1),
  exchangeMoments: (model) => theory.exchangeMoments(model, 0, energiesFor(model)),
  finiteSize: (model) => theory.finiteSize(model, TIMES),
  hiddenTemperatures: (model) => theory.hiddenTemperatures(model).mean,
  instanton: (model) => theory.instanton(model, { cell: 1, below: 0.9, time: 0.01 }),
  jacobian: (model) => theory.jacobian(model, energiesFor(model)),
  limit: (model) => theory.limit(model, TIMES),
  limitPath: (model) => theory.limitPath(model, 0.01)(0.005),
  longRangeCorrelations: (model) => theory.longRangeCorrelations(model, 3),
  propagator: (model) => theory.propagator(model, TIMES),
  quasiPotential: (model) => theory.quasiPotential(model, energiesFor(model)),
  rate: (model) => theory.rate(model)(1, 2),
  slowestRate: (model) => theory.slowestRate(model),
  stationaryBias: (model) => theory.stationaryBias(model),
  stationaryCovariance: (model) => theory.stationaryCovariance(model),
  wassersteinConstant: (model) => theory.wassersteinConstant(model, TIMES),
};

/** Verifications take seconds: they are called for what they refuse, and aborted in what they begin. */
const verifications: Record<Exclude<keyof typeof verify, "NAMES" | "standardChain">, Entry["call"]> = {
  all: (model, signal) => verify.all(model, { quick: true, signal: signal?.() }),
  beta: (model, signal) => verify.beta(model, { quick: true, signal: signal?.() }),
  clt: (model, signal) => verify.clt(model, { quick: true, signal: signal?.() }),
  errata: (model, signal) => verify.errata(model, { quick: true, signal: signal?.() }),
  fluctuations: (model, signal) => verify.fluctuations(model, { quick: true, signal: signal?.() }),
  fourier: (model, signal) => verify.fourier(model, { quick: true, signal: signal?.() }),
  largeDeviations: (model, signal) => verify.largeDeviations(model, { quick: true, signal: signal?.() }),
  lln: (model, signal) => verify.lln(model, { quick: true, signal: signal?.() }),
  mesoscopic: (model, signal) => verify.mesoscopic(model, { quick: true, signal: signal?.() }),
  ness: (model, signal) => verify.ness(model, { quick: true, signal: signal?.() }),
};

const named = (prefix: string, calls: Record<string, Entry["call"]>): Entry[] =>
  Object.entries(calls).map(([name, call]) => ({ name: `${prefix}${name}`, call }));

export const simulationEntries = named("", simulations);
export const theoryEntries = named("theory.", predictions);
export const verifyEntries = named("verify.", verifications);
export const entries = [...simulationEntries, ...theoryEntries, ...verifyEntries];
