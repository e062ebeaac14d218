/** The engine with its parts laid open (test/engine/probe.ts), and the debug build. */
import { readFileSync } from "node:fs";
import { instantiateSync } from "@assemblyscript/loader";
import * as abi from "../../assembly/abi.ts";
import type { Model } from "../../src/model.ts";
import { initialEnergies } from "../../src/theory/initial.ts";

type Probe = {
  memory: WebAssembly.Memory;
  setModel(
    particles: number,
    left: number,
    right: number,
    bath: number,
    exchange: number,
    speed: number,
    seed: bigint,
  ): number;
  setRate(law: number, scale: number, inverseCap: number, isCostly: number, isGuarded: number): number;
  rate(a: number, b: number): number;
  allocate(cells: number, observations: number, moments: number, levels: number, samples: number): number;
  region(code: number): number;
  log(x: number): number;
  streamExp(x: number): number;
  streamExpm1(x: number): number;
  logUniform(u: number): number;
  keyBlocks(seed: bigint, replica: bigint, purpose: number, count: number): number;
  startVector(seed: bigint, replica: bigint): void;
  start(seed: bigint, replica: bigint, purpose: number): void;
  uniform(): number;
  uniforms(count: number): number;
  exponentials(count: number): number;
  poissons(mean: number, count: number): number;
  betas(particles: number, count: number): number;
  beta(u: number, particles: number): number;
  betaOfBlock(u: number, particles: number): number;
  exp(x: number): number;
  expm1(x: number): number;
  ln(x: number): number;
  log1p(x: number): number;
  tanh(x: number): number;
  cbrt(x: number): number;
  mapPairs(index: number, count: number): number;
  logFactorial(k: number): number;
  normals(count: number): number;
  normalOf(u: number): number;
  place(replica: bigint): void;
  energy(k: number): number;
  leftInflow(): number;
  waitingTime(q: number): number;
  directExchange(p1: number, p2: number, p3: number, u1: number, u2: number): number;
  exactExchange(k: number): void;
  exchangeSums(k: number, draws: number): number;
  collisionSums(k: number, draws: number, byDirect: boolean): number;
  highestOverBound(intervals: number): number;
  candidateRate(): number;
  acceptances(blocks: number): number;
};

/** Samples that one call of a `...s(count)` function can give. */
export const MOST_SAMPLES = 2 ** 17;

const build = (name: string) => new Uint8Array(readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url)));

export const debugBytes = () => build("debug");

export function loadProbe(): Probe {
  return instantiateSync<Probe>(build("probe")).exports;
}

/** `count` numbers at an address of the probe's memory, copied out. */
export function numbersAt(probe: Probe, address: number, count: number): Float64Array {
  return new Float64Array(probe.memory.buffer, address >>> 0, count).slice();
}

/** The first `count` samples of a sampler that fills the probe's memory piece by piece. */
export function collect(probe: Probe, count: number, draw: (count: number) => number): Float64Array {
  const all = new Float64Array(count);
  for (let i = 0; i < count; i += MOST_SAMPLES) {
    const size = Math.min(MOST_SAMPLES, count - i);
    all.set(numbersAt(probe, draw(size), size), i);
  }
  return all;
}

export const LAWS = {
  constant: abi.LAW_CONSTANT,
  "sqrt-sum": abi.LAW_SQRT_SUM,
  "sqrt-harmonic": abi.LAW_SQRT_HARMONIC,
  "sqrt-min": abi.LAW_SQRT_MIN,
};

const lawIn = (rate: Model["rate"]) => {
  if ("law" in rate) return rate.law;
  throw new Error("the probe has the four laws alone");
};

/** Sets the probe up for a model and places its replica at time 0. */
export function placeModel(probe: Probe, model: Model, seed: bigint, replica = 0n): void {
  const { particles, rate, bath, exchange, cells } = model;
  const [left, right] = model.temperatures;
  const code = bath === "thermal" ? abi.BATH_THERMAL : abi.BATH_EXPONENTIAL;
  const kind = exchange === "kinetic" ? abi.EXCHANGE_KINETIC : abi.EXCHANGE_UNIFORM;
  probe.setModel(particles, left, right, code, kind, particles, seed);
  probe.setRate(LAWS[lawIn(rate)], rate.scale, rate.cap === null ? 0 : 1 / rate.cap, 0, 0);
  probe.allocate(cells, 1, abi.MOMENTS_MEAN, 1, 1);
  new Float64Array(probe.memory.buffer, probe.region(abi.REGION_TIMES) >>> 0, 1)[0] = 1e300;
  new Float64Array(probe.memory.buffer, probe.region(abi.REGION_INITIAL) >>> 0, cells).set(initialEnergies(model));
  probe.place(replica);
}
