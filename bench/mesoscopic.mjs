/**
 * The method "mesoscopic": what a step of a cell costs, over sizes and laws and beside Euler and Maruyama's scheme in C++
 * (peers/euler.cpp); what both cost at equal weak error; and what an ensemble costs beside the exact method.
 */
import { execFileSync } from "node:child_process";
import { defineModel, simulate } from "../dist/src/index.js";
import { carry, exactly } from "../dist/src/verify/mesoscopic/stepper.js";
import { build, CXX, withFolder } from "./compile.mjs";
import { growUntil, SEED, timeRun } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";
import { prepareSteps, stepOf } from "./steps.mjs";
import { eulerMoments, weakError } from "./weakError.mjs";

const PEER = { name: "C++ Euler-Maruyama", source: "euler.cpp", compiler: [CXX, "-O3", "-march=native"], needs: [] };
const CHAIN = { particles: 1e5, temperatures: [1, 2], rate: "sqrt-harmonic" };
const SIZES = [10, 100, 1000];
const LAWS = ["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"];

/** Equal weak error: at t = END of a chain of so many cells, from each start, for each target. */
const CELLS = 100;
const END = 1;
const STARTS = ["linear", 1];
const TARGETS = [1e-2, 1e-3];

/** Few steps, so that their error is seen through the noise of so many replicas. */
const CONFIRMED = { cells: 10, initial: 1, replicas: 4e4, steps: { peer: 4, engine: 2 } };

/** The ensemble; and how many replicas of the exact method stand for all of it. */
const ENSEMBLE = { cells: 10, replicas: 1e5, end: 1 };
const EXACT_REPLICAS = 8;

/** @returns what was measured, and why the peer was skipped, if it was. */
export function measureMesoscopic({ rounds, seconds }) {
  return withFolder(async (folder) => {
    const { command, why } = build(PEER, folder);
    const steps = [];
    for (const cells of SIZES) for (const rate of LAWS) steps.push(await prepareCase(cells, rate, command, seconds));
    const equalError = [];
    for (const initial of STARTS) {
      for (const target of TARGETS) equalError.push(await prepareEqualError(initial, target, command, seconds));
    }
    const ensemble = prepareEnsemble();
    for (let round = 1; round <= rounds; round++) {
      console.log(`Running "mesoscopic, round ${round} of ${rounds}"...`);
      for (const each of [...steps, ...equalError, ensemble]) await each.measure(round);
    }
    return {
      peer: PEER.name,
      why,
      steps: steps.map((each) => each.result()),
      equalError: equalError.map((each) => each.result()),
      confirmed: await confirm(command),
      ensemble: ensemble.result(),
    };
  });
}

/** A step of a cell; and of the peer's, in turns, at the law it has. */
async function prepareCase(cells, rate, command, seconds) {
  const run = await prepareSteps({ ...CHAIN, cells, rate }, seconds);
  const peer = rate === CHAIN.rate && command ? await preparePeer(command, { cells }, seconds) : undefined;
  const pair = turns(peer, () => timeRun(run) / run.events);
  return { measure: pair.measure, result: () => ({ cells, rate, ...pair.result() }) };
}

/** A replica of both, each with as many steps as leave the target's weak error. */
async function prepareEqualError(initial, target, command, seconds) {
  const model = defineModel({ ...CHAIN, cells: CELLS, initial });
  const exact = exactly(model, END);
  const errorOf = (moments) => (steps) => weakError(model, moments(model, END, steps), exact);
  const [engineError, peerError] = [errorOf(carry), errorOf(eulerMoments)];
  const engineSteps = leastEven(engineError, target);
  const peerSteps = leastOfFirstOrder(peerError, target);
  const error = { peer: peerError(peerSteps), engine: engineError(engineSteps) };
  const run = await prepareSteps({ ...CHAIN, cells: CELLS, initial, steps: engineSteps, end: END }, seconds);
  const peer = command
    ? await preparePeer(command, { cells: CELLS, initial, end: END, steps: peerSteps }, seconds)
    : undefined;
  // Cost of a replica rather than of a step.
  const replica = peer && ((round) => peer(round) * peerSteps * CELLS);
  const pair = turns(replica, () => timeRun(run) / run.replicas);
  return {
    measure: pair.measure,
    result: () => ({
      initial,
      target,
      steps: { peer: peerSteps, engine: engineSteps },
      error,
      ...pair.result(),
    }),
  };
}

/** Peer, engine, peer..., as in peers.mjs. */
function turns(peer, engine) {
  const costs = { peer: [], engine: [] };
  const ratios = [];
  return {
    measure(round) {
      costs.engine.push(engine());
      if (!peer) return;
      costs.peer.push(peer(round));
      ratios.push(costs.peer.at(-1) / costs.engine.at(-1));
    },
    result: () => ({
      nanoseconds: { engine: rangeOf(costs.engine), ...(peer && { peer: rangeOf(costs.peer) }) },
      ...(peer && { ratio: rangeOf(ratios), ratios }),
    }),
  };
}

/** The peer's nanoseconds per step of a cell, as a function of the seed; sizing the run is its warm-up. */
async function preparePeer(command, { cells, initial = "linear", end = 25, steps = 100 }, seconds) {
  const replicasFor = (events) => Math.ceil(events / (steps * cells));
  const cost = (events, seed) => Number(runPeer(command, cells, initial, end, steps, replicasFor(events), seed)[0][0]);
  const events = await growUntil(seconds, (events) => replicasFor(events) * steps * cells * cost(events, 0));
  return (seed) => cost(events, seed);
}

/** The peer's output as rows of numbers. */
function runPeer([program], cells, initial, end, steps, replicas, seed, ...more) {
  const { particles, temperatures } = CHAIN;
  const words = [cells, particles, ...temperatures, initial, end, steps, replicas, seed, ...more].map(String);
  const output = execFileSync(program, words, { encoding: "utf8" });
  return output
    .trim()
    .split("\n")
    .map((line) => Float64Array.from(line.trim().split(" "), Number));
}

/** The least even number of steps, by trial: its error falls as the fourth power. */
function leastEven(errorOf, target) {
  let steps = 2;
  while (errorOf(steps) > target) steps += 2;
  return steps;
}

/** The least number of steps, about, of a scheme whose error is nearly one over them. */
function leastOfFirstOrder(errorOf, target) {
  let steps = 64;
  for (let i = 0; i < 2; i++) steps = Math.ceil((steps * errorOf(steps)) / target);
  return steps;
}

/**
 * Whether both programs do what weakError.mjs has them do: moments over replicas against computed ones, as the largest
 * deviation in standard errors; and against the theory's, for what the replicas can tell.
 */
async function confirm(command) {
  const { cells, initial, replicas, steps } = CONFIRMED;
  const model = defineModel({ ...CHAIN, cells, initial });
  const exact = exactly(model, END);
  const row = (program, steps, computed, sampled) => ({
    program,
    steps,
    replicas,
    error: weakError(model, computed, exact),
    sampledError: weakError(model, sampled, exact),
    standardErrors: deviation(sampled, computed, cells, replicas),
    fromTheory: deviation(sampled, exact, cells, replicas),
  });
  const rows = [];
  if (command) {
    const [, mean, ...covariance] = runPeer(command, cells, initial, END, steps.peer, replicas, 1, "moments");
    const sampled = { mean, covariance: scaled(covariance.flatMap((line) => [...line])) };
    rows.push(row(PEER.name, steps.peer, eulerMoments(model, END, steps.peer), sampled));
  }
  const step = stepOf(END, steps.engine);
  const { mean, covariance } = await simulate(model, {
    method: "mesoscopic",
    step,
    replicas,
    times: [END],
    seed: SEED,
  });
  const sampled = { mean, covariance: scaled(covariance) };
  rows.push(row("mesoflux", steps.engine, carry(model, END, steps.engine), sampled));
  return rows;
}

const scaled = (covariance) => Float64Array.from(covariance, (entry) => CHAIN.particles * entry);

/** The largest deviation of sampled moments, in standard errors of Gaussian ones. */
function deviation(sampled, computed, N, replicas) {
  const C = computed.covariance;
  let worst = 0;
  for (let i = 0; i < N; i++) {
    const variance = C[i * N + i] / (CHAIN.particles * replicas);
    worst = Math.max(worst, Math.abs(sampled.mean[i] - computed.mean[i]) / Math.sqrt(variance));
    for (let j = 0; j <= i; j++) {
      const ofEntry = (C[i * N + i] * C[j * N + j] + C[i * N + j] ** 2) / replicas;
      worst = Math.max(worst, Math.abs(sampled.covariance[i * N + j] - C[i * N + j]) / Math.sqrt(ofEntry));
    }
  }
  return worst;
}

/** `simulate` with its defaults, on one core, beside the exact method's for the same ensemble. */
function prepareEnsemble() {
  const { cells, replicas, end } = ENSEMBLE;
  const model = defineModel({ ...CHAIN, cells, initial: "linear" });
  const run = async (options) => {
    const start = process.cpuUsage();
    const { events, certificate } = await simulate(model, { times: [end], seed: SEED, workers: 1, ...options });
    const { user, system } = process.cpuUsage(start);
    return { seconds: 1e-6 * (user + system), each: events / options.replicas, step: certificate.step };
  };
  const own = [];
  const exact = [];
  const ratios = [];
  let steps, events, step;
  return {
    async measure() {
      const all = await run({ method: "mesoscopic", replicas });
      const few = await run({ replicas: EXACT_REPLICAS });
      ({ each: steps, step } = all);
      events = few.each;
      own.push(all.seconds);
      exact.push((few.seconds * replicas) / EXACT_REPLICAS);
      ratios.push(exact.at(-1) / all.seconds);
    },
    result: () => ({
      ...ENSEMBLE,
      particles: CHAIN.particles,
      /** Counts for one replica. */
      steps,
      events,
      step,
      seconds: { engine: rangeOf(own), exact: rangeOf(exact) },
      ratio: rangeOf(ratios),
      ratios,
    }),
  };
}
