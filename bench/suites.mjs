/** The engine against itself: sizes, laws, temperatures, methods. benny times the cases; rounds are interleaved. */
import benny from "benny";
import { prepareRun } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";

/** Seconds of one run. benny times runs whole, with the return to time 0: a copy of N numbers, below 1% of it. */
const RUN = 0.1;

const power = (x) => (x < 1000 ? String(x) : `1e${Math.log10(x)}`);

export const SUITES = {
  cells: {
    title: "Cost per event over N (M = 1e5)",
    cases: [10, 100, 1e3, 1e4, 1e5].map((cells) => ({ name: `N = ${power(cells)}`, cells, particles: 1e5 })),
  },
  particles: {
    title: "Cost per event over M (N = 10)",
    cases: [1, 2, 10, 100, 1e3, 1e4, 1e5].map((particles) => ({
      name: `M = ${power(particles)}`,
      cells: 10,
      particles,
    })),
  },
  laws: {
    title: "Rate laws (N = 10, M = 1e5)",
    cases: ["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"].map((rate) => ({
      name: rate,
      cells: 10,
      particles: 1e5,
      rate,
    })),
  },
  temperatures: {
    title: "Temperatures (N = 100, M = 1e3)",
    cases: [2, 100].map((right) => ({
      name: `T = (1, ${right})`,
      cells: 100,
      particles: 1e3,
      temperatures: [1, right],
    })),
  },
  "one particle": {
    title: "The case of the model's author (M = 1, sqrt-sum)",
    cases: [{ name: "N = 100", cells: 100, particles: 1, rate: "sqrt-sum" }],
  },
  "methods at 10": methods(10),
  "methods at 1000": methods(1000),
};

function methods(cells) {
  return {
    title: `Methods (N = ${power(cells)}, M = 1e3)`,
    cases: ["exact", "direct"].map((method) => ({ name: method, cells, particles: 1e3, method })),
  };
}

/**
 * Runs every case of every suite once a round, for about `seconds`.
 * @returns { suite: [{ name, cells, particles, ..., nanoseconds: { min, median, max }, rounds, ratio }] }: nanoseconds
 *   per event over the rounds, each round's being the median of its runs; `ratio` of the median to the cheapest one.
 */
export async function runSuites({ rounds, seconds }) {
  const prepared = {};
  for (const [suite, { cases }] of Object.entries(SUITES)) {
    prepared[suite] = [];
    for (const { name, ...chain } of cases)
      prepared[suite].push({ name, chain, run: await prepareRun(chain, RUN), rounds: [] });
  }
  for (let round = 1; round <= rounds; round++) {
    for (const [suite, cases] of Object.entries(prepared))
      await runRound(`${suite}, round ${round} of ${rounds}`, cases, seconds);
  }
  return Object.fromEntries(Object.entries(prepared).map(([suite, cases]) => [suite, summarize(cases)]));
}

async function runRound(title, cases, seconds) {
  await benny.suite(
    title,
    benny.configure({ cases: { minTime: RUN / 2, minSamples: 3, maxTime: seconds } }),
    // benny calls a case once to see what it returns; given a function it times that.
    ...cases.map(({ name, run }) =>
      benny.add(name, () => () => {
        run.begin();
        run.simulate();
      }),
    ),
    benny.complete(({ results }) => {
      for (const [i, { run, rounds }] of cases.entries()) {
        if (!results[i].completed) throw new Error(`case "${cases[i].name}" expected samples, got none`);
        rounds.push((1e9 * results[i].details.median) / run.events);
      }
    }),
  );
}

function summarize(cases) {
  const rows = cases.map(({ name, chain, run, rounds }) => ({
    name,
    ...chain,
    events: run.events,
    nanoseconds: rangeOf(rounds),
    rounds,
  }));
  const cheapest = Math.min(...rows.map(({ nanoseconds }) => nanoseconds.median));
  return rows.map((row) => ({ ...row, ratio: row.nanoseconds.median / cheapest }));
}
