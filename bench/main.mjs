/**
 * Measures the engine: nanoseconds per event on one core against other programs and over sizes, laws, temperatures and
 * methods; a model's own rate against the laws; what comes before the first event; what an ensemble adds; what a second thread gives; what a browser leaves of
 * the speed; how the lab plays in it; what a step of the mesoscopic equation costs, and what it costs at equal weak error;
 * what a collision of the billiards costs, and an event of a path that is guided to a rare event.
 *
 * node bench/main.mjs [--quick] [--json]        (after npm run build)
 *   --quick   few and short rounds: about a minute, for a first look
 *   --json    the numbers on stdout, everything for people on stderr
 * The numbers are also written to report/bench.json, a chart to report/bench.svg.
 * Exit code 3 when a stated bound is not met, so that a script can tell it from a failure to run; a bound that could
 * not be measured is skipped.
 * Bounds are judged by medians over interleaved rounds: those on other programs, the ensemble, the mesoscopic equation
 * and the billiards by the time on a core, the rest by the clock on the wall. On a busy machine run it again before you conclude.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { engineBytes } from "../dist/src/engine.js";
import { measureBilliards } from "./billiards.mjs";
import { measureBrowser } from "./browser.mjs";
import { measureOverhead, measureTiny } from "./ensemble.mjs";
import { measureLab } from "./lab.mjs";
import { measureMesoscopic } from "./mesoscopic.mjs";
import { comparePeers } from "./peers.mjs";
import { measureRare } from "./rare.mjs";
import { measureRates } from "./rates.mjs";
import { chart, print } from "./report.mjs";
import { measureSetup } from "./setup.mjs";
import { runSuites } from "./suites.mjs";
import { judge } from "./verdicts.mjs";
import { measureWorkers } from "./workers.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, json: { type: "boolean" } } });
// benny talks through console.log too.
if (options.json) console.log = console.error;

/** `seconds`: of one run of a pair, of one round of a case. */
const effort = options.quick
  ? {
      peers: { rounds: 3, seconds: 0.1 },
      suites: { rounds: 2, seconds: 0.1 },
      rates: { rounds: 3, seconds: 0.05 },
      setup: { rounds: 3 },
      overhead: { rounds: 3, seconds: 0.2 },
      tiny: { rounds: 3, seconds: 0.5 },
      workers: { rounds: 3, replicas: 4096 },
      browser: { rounds: 5, seconds: 0.3 },
      lab: { rounds: 3, seconds: 2 },
      mesoscopic: { rounds: 3, seconds: 0.025 },
      billiards: { rounds: 3, seconds: 0.1 },
      rare: { rounds: 3, seconds: 0.05 },
    }
  : {
      peers: { rounds: 15, seconds: 0.25 },
      suites: { rounds: 9, seconds: 0.3 },
      rates: { rounds: 15, seconds: 0.1 },
      setup: { rounds: 9 },
      overhead: { rounds: 15, seconds: 0.4 },
      tiny: { rounds: 9, seconds: 1 },
      workers: { rounds: 5, replicas: 4096 },
      browser: { rounds: 15, seconds: 0.5 },
      lab: { rounds: 5, seconds: 5 },
      mesoscopic: { rounds: 15, seconds: 0.1 },
      billiards: { rounds: 15, seconds: 0.25 },
      rare: { rounds: 15, seconds: 0.1 },
    };

const before = loadavg()[0];
const measured = {
  peers: await comparePeers([10, 1000], effort.peers),
  suites: await runSuites(effort.suites),
  rates: await measureRates(effort.rates),
  setup: await measureSetup(effort.setup),
  overhead: await measureOverhead([1, 4], effort.overhead),
  tiny: await measureTiny(effort.tiny),
  workers: await measureWorkers(effort.workers),
  browser: await measureBrowser(effort.browser),
  lab: await measureLab(effort.lab),
  mesoscopic: await measureMesoscopic(effort.mesoscopic),
  billiards: await measureBilliards([1, 10, 100, 1000, 1e4], [10, 1e4], effort.billiards),
  rare: await measureRare(["constant", "sqrt-sum"], effort.rare),
};
const engine = engineBytes();
const host = {
  date: new Date().toISOString(),
  cpu: `${cpus().length} x ${cpus()[0].model.trim()}`,
  node: process.version,
  engine: createHash("sha256").update(engine).digest("hex"),
  bytes: engine.length,
  load: [before, loadavg()[0]],
};
const results = { host, quick: options.quick ?? false, ...measured };
results.verdicts = judge(results);

print(results);
const folder = new URL("../report/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("bench.json", folder), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(new URL("bench.svg", folder), chart(results));
if (options.json) process.stdout.write(`${JSON.stringify(results)}\n`);
process.exitCode = results.verdicts.some(({ met }) => met === false) ? 3 : 0;
