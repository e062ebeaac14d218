/**
 * Fails when the engine has become slower: its events per second over those of a fixed yardstick (yardstick.ts) that is
 * compiled to WASM beside it and run in turns, so that the speed of the machine and of its WASM compiler drops out. For
 * "mesoscopic" a step of a cell stands for an event, for the billiards a collision.
 *
 * node bench/guard.mjs        (after npm run build; below 20 seconds where a core is free)
 * Exit code 1 when the median ratio of a case is below its floor, twice: cases that fail are measured again for longer.
 */
import { readFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { prepareCollisions } from "./collisions.mjs";
import { coreNanoseconds, growUntil, prepareRun, timeRun } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";
import { prepareSteps } from "./steps.mjs";

/** `floor`: the least of the engine's speed over the yardstick's on a chain of as many cells. */
const FLOORS = [
  { name: "N = 10, M = 1e5", cells: 10, particles: 1e5, rate: "sqrt-harmonic", floor: 2.8 },
  { name: "N = 1000, M = 1e5", cells: 1000, particles: 1e5, rate: "sqrt-harmonic", floor: 3.4 },
  { name: "N = 100, M = 1, sqrt-sum", cells: 100, particles: 1, rate: "sqrt-sum", floor: 1 },
  { name: "billiards, M = 10", method: "billiards", cells: 2, particles: 10, floor: 0.15 },
  { name: "billiards, M = 1000", method: "billiards", cells: 2, particles: 1000, floor: 0.1 },
  { name: "mesoscopic, N = 100", method: "mesoscopic", cells: 100, particles: 1e5, rate: "sqrt-harmonic", floor: 2.9 },
];
const PREPARATIONS = { exact: prepareRun, mesoscopic: prepareSteps, billiards: prepareCollisions };
/** Seconds of one run. */
const RUN = 0.05;
const ROUNDS = { first: 11, again: 21 };

const yardstick = await compileYardstick();
const cases = [];
for (const each of FLOORS) cases.push(await prepareCase(each));
const slow = measureAll(cases, ROUNDS.first);
const slower = slow.length > 0 ? measureAll(slow, ROUNDS.again) : [];
for (const { name, floor, ratio } of slower) {
  console.error(
    `"${name}" expected at least ${floor} times the speed of the yardstick, got ${ratio.median.toFixed(2)}`,
  );
}
if (slower.length > 0) {
  console.error("The engine has become slower, or the floors in bench/guard.mjs are of another machine.");
  process.exitCode = 1;
}

/** The function `run(cells, events)` of the yardstick. */
async function compileYardstick() {
  const source = readFileSync(new URL("yardstick.ts", import.meta.url), "utf8");
  // Compiled from its text alone: asconfig.json does not apply.
  const { binary, error, stderr } = await asc.compileString(source, {
    optimizeLevel: 3,
    noAssert: true,
    runtime: "stub",
    use: "abort=",
  });
  if (error) throw new Error(`yardstick.ts does not compile: ${stderr.toString()}`);
  const { instance } = await WebAssembly.instantiate(binary);
  return instance.exports.run;
}

/** Sizing both runs is their warm-up. */
async function prepareCase({ name, floor, ...chain }) {
  const run = await PREPARATIONS[chain.method ?? "exact"](chain, RUN);
  const timeYardstick = (events) => coreNanoseconds(() => yardstick(chain.cells, events));
  const events = await growUntil(RUN, timeYardstick);
  return { name, floor, measure: () => timeYardstick(events) / events / (timeRun(run) / run.events) };
}

/** Prints the ratios of these cases over interleaved rounds; returns those below their floors. */
function measureAll(cases, rounds) {
  const ratios = new Map(cases.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const each of cases) ratios.get(each.name).push(each.measure());
  }
  const measured = cases.map((each) => ({ ...each, ratio: rangeOf(ratios.get(each.name)) }));
  for (const { name, floor, ratio } of measured) {
    const [min, median, max] = [ratio.min, ratio.median, ratio.max].map((value) => value.toFixed(2));
    console.log(
      `${name}: ${median} times the yardstick's speed (${min} to ${max} in ${rounds} rounds), floor ${floor}`,
    );
  }
  return measured.filter(({ floor, ratio }) => ratio.median < floor);
}
