/**
 * Rare events: what an event of a guided path costs, with its weight, over a plain one of the exact method on the same chain (three
 * cells of a hundred particles, "thermal" baths), on one core and in turns.
 */
import { defineModel } from "../dist/src/index.js";
import { guideAlong } from "../dist/src/rare/guide.js";
import { expectedEvents } from "../dist/src/rare/cost.js";
import { RareKernel } from "../dist/src/rare/kernel.js";
import { rareModule } from "../dist/src/rare/module.js";
import { instanton } from "../dist/src/theory/largeDeviations/instanton.js";
import { startOf } from "../dist/src/theory/largeDeviations/start.js";
import { coreNanoseconds, prepareRun, SEED, timeRun } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";

const EVENT = { cell: 2, above: 3, time: 2 };

/** @returns for each rate nanoseconds of either event, and their ratio within a round. */
export async function measureRare(rates, { rounds, seconds }) {
  const cases = [];
  for (const rate of rates) cases.push(await prepareCase(rate, seconds));
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "rare events, round ${round} of ${rounds}"...`);
    for (const each of cases) each.measure();
  }
  return cases.map((each) => each.result());
}

async function prepareCase(rate, seconds) {
  const chain = { cells: 3, particles: 100, temperatures: [1, 2], bath: "thermal", rate, initial: "equilibrium" };
  const plain = await prepareRun(chain, seconds);
  const model = defineModel(chain);
  const kernel = await RareKernel.of(await rareModule(model));
  kernel.setChain(model, []);
  const start = startOf(model);
  const events = expectedEvents(model, start.energies, EVENT.time);
  kernel.setGuide(start, guideAlong(model, instanton(model, EVENT), events));
  /** Paths of about as many events as the plain run has. */
  let paths = 1;
  const run = () => {
    let events = 0;
    for (let replica = 0; replica < paths; replica++) {
      kernel.start(SEED, replica);
      while (!kernel.advance());
      events += kernel.result.events;
    }
    return events;
  };
  paths = Math.ceil(plain.events / run() / 3);
  run();
  const [ofPlain, ofTilted] = [[], []];
  return {
    measure() {
      ofPlain.push(timeRun(plain) / plain.events);
      let events;
      const nanoseconds = coreNanoseconds(() => (events = run()));
      ofTilted.push(nanoseconds / events);
    },
    result: () => ({
      rate,
      nanoseconds: { plain: rangeOf(ofPlain), tilted: rangeOf(ofTilted) },
      ratio: rangeOf(ofTilted.map((tilted, i) => tilted / ofPlain[i])),
    }),
  };
}
