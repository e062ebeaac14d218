import {
  configure,
  defineModel,
  expectations,
  follow,
  replay,
  simulate,
  theory,
  trajectory,
  verify,
  type Ensemble,
  type Model,
} from "mesoflux";

const model: Model = defineModel({ cells: 4, particles: 1000, temperatures: [1, 2], initial: 1 });
configure({ maxWorkers: 2, workerUrl: "/worker.js" });
const { ran, ...rest } = await simulate(model, { replicas: 1000, times: [1, 5], seed: 42 });
const ensemble: Ensemble = rest;
export const threads: number = ran.threads;
export const arrays: Float64Array[] = [ensemble.mean, theory.limit(model, [1, 5])];
export const error: number | undefined = ensemble.standardError?.[0];
export const functions = [expectations, follow, replay, trajectory, verify.lln];
