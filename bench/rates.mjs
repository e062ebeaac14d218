/**
 * Rates of a model's own against the laws: what an event costs, what its inequality brings that is pulled apart, tables of the
 * bonds, collisions of disks, and what it takes to get from a text to an engine.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { engineBytes, loadKernel } from "../dist/src/engine.js";
import { expressionOf } from "../dist/src/rate/expression.js";
import { specialise } from "../dist/src/rate/specialise.js";
import { SPLICES } from "../dist/src/wasm.js";
import { prepareRun, timeRun } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";

const START = fileURLToPath(new URL("rateStart.mjs", import.meta.url));

const HARMONIC = "sqrt(a*b/(a+b))";
const COSTLY = `1-exp(-${HARMONIC})`;

/** The engine with its inequality as it stands: |f| is neither a root nor a quotient, of which it could be pulled apart. */
const whole = (model) => {
  const expression = expressionOf(model);
  const graph = [...expression.graph, { kind: "abs", of: expression.graph.length - 1 }];
  const coded = { graph, positive: [...expression.positive, true], sites: 0, cap: undefined };
  return loadKernel(specialise(engineBytes(), SPLICES, coded, ["mesoflux.rate", expression.key]));
};
/** The engine as it is handed over. */
const unspecialised = () => loadKernel();

const scalesFor = (cells) => Array.from({ length: cells + 1 }, (_, k) => 1 + 0.1 * Math.sin(k));

/** Pairs of runs: the second one's time on a core over the first one's. */
const PAIRS = [
  ...[10, 1000].flatMap((cells) => [
    ...[10, 100, 1e3, 1e5].map((particles) => ({
      name: "the law as an expression, to the law",
      ...{ cells, particles, bound: 1.03 },
      of: { rate: "sqrt-harmonic" },
      to: { rate: HARMONIC },
    })),
    ...[10, 1e5].map((particles) => ({
      name: "its inequality as it stands, to pulled apart",
      ...{ cells, particles },
      of: { rate: HARMONIC },
      to: { rate: HARMONIC, load: whole },
    })),
    {
      name: "1 - exp of the law, to the law",
      ...{ cells, particles: 1e5, bound: 1.3 },
      of: { rate: "sqrt-harmonic" },
      to: { rate: COSTLY },
    },
    ...[1e3, 1e5].map((particles) => ({
      name: "factors of bonds, to none",
      ...{ cells, particles, bound: 1.05 },
      of: { rate: "sqrt-harmonic" },
      to: { rate: { law: "sqrt-harmonic", scales: scalesFor(cells) } },
    })),
    {
      name: "the engine without code for the rate, to that with",
      ...{ cells, particles: 1e5 },
      of: { rate: "sqrt-harmonic" },
      to: { rate: "sqrt-harmonic", load: unspecialised },
    },
  ]),
  {
    name: "a kinetic exchange, to a uniform one",
    ...{ cells: 10, particles: 1e5, bound: 2.2 },
    of: { rate: "sqrt-sum" },
    to: { rate: "sqrt-sum", exchange: "kinetic" },
  },
];

/** @returns ratios of time per event, round by round, and milliseconds from a text to an engine: the first time, and warm. */
export async function measureRates({ rounds, seconds }) {
  const pairs = [];
  for (const { of, to, ...pair } of PAIRS) {
    const shape = { cells: pair.cells, particles: pair.particles };
    const runs = [await prepareRun({ ...shape, ...of }, seconds), await prepareRun({ ...shape, ...to }, seconds)];
    pairs.push({ ...pair, runs, ratios: [], nanoseconds: [[], []] });
  }
  const cold = [];
  const warm = [];
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "rates, round ${round} of ${rounds}"...`);
    for (const { runs, ratios, nanoseconds } of pairs) {
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      const times = [];
      for (const i of order) times[i] = timeRun(runs[i]) / runs[i].events;
      ratios.push(times[1] / times[0]);
      times.forEach((time, i) => nanoseconds[i].push(time));
    }
    const start = JSON.parse(execFileSync(process.execPath, [START], { encoding: "utf8" }));
    cold.push(start.cold);
    warm.push(start.warm);
  }
  return {
    pairs: pairs.map(({ name, cells, particles, bound, ratios, nanoseconds }) => ({
      ...{ name, cells, particles, bound, ratio: rangeOf(ratios) },
      nanoseconds: nanoseconds.map((times) => rangeOf(times).median),
    })),
    milliseconds: { cold: rangeOf(cold), warm: rangeOf(warm) },
  };
}
