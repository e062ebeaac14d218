/** The same replica in headless Chromium and in Node, in turns: what the browser leaves of the engine's speed. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { prepareRun } from "./engine.mjs";
import { prepareReplica } from "./replica.mjs";
import { rangeOf } from "./statistics.mjs";

const CHAINS = [10, 100].map((cells) => ({ cells, particles: 1e5 }));

/**
 * @returns for each chain nanoseconds per event of both and the speed of Chromium over Node's, pair by pair; or why there
 *   is nothing.
 */
export async function measureBrowser({ rounds, seconds }) {
  // Node 20 does not read TypeScript; Vite does.
  const support = fileURLToPath(new URL("../test/support/browser.ts", import.meta.url));
  const { openPage } = (await runnerImport(support)).module;
  let opened;
  try {
    opened = await openPage({ entry: "bench/replica.mjs" });
  } catch (error) {
    return { why: error.message, cases: [] };
  }
  const { page, close } = opened;
  const cases = [];
  for (const chain of CHAINS) cases.push(await prepareCase(page, chain, seconds));
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "Chromium, round ${round} of ${rounds}"...`);
    for (const each of cases) await each.measure(round);
  }
  const agent = await page.evaluate(() => navigator.userAgent);
  await close();
  return { agent, cases: cases.map((each) => each.result()) };
}

async function prepareCase(page, chain, seconds) {
  const { time } = await prepareRun(chain, seconds);
  const inNode = await prepareReplica(chain, time);
  const handle = await page.evaluateHandle(({ chain, time }) => globalThis.mesoflux.prepareReplica(chain, time), {
    chain,
    time,
  });
  const inPage = () => handle.evaluate((run) => run());
  // The first run is made while the compiler still works.
  const { events: expected } = inNode();
  const { events: got } = await inPage();
  if (got !== expected) throw new Error(`"events" in Chromium expected those of Node, ${expected}, got ${got}`);
  const costs = { node: [], chromium: [] };
  const speeds = [];
  return {
    async measure(round) {
      const measured = {};
      const sides = [
        ["node", inNode],
        ["chromium", inPage],
      ];
      // The first measurement may have the colder processor.
      for (const [name, run] of round % 2 ? sides : sides.reverse())
        costs[name].push((measured[name] = (await run()).cost));
      speeds.push(measured.node / measured.chromium);
    },
    result: () => ({
      ...chain,
      nanoseconds: { node: rangeOf(costs.node), chromium: rangeOf(costs.chromium) },
      speed: rangeOf(speeds),
      speeds,
    }),
  };
}
