/**
 * Measures the engine: nanoseconds per event on one core, against a native peer and over sizes, laws and methods.
 *
 * node bench/main.mjs [--quick] [--json]        (after npm run build)
 *   --quick   few and short rounds: below 30 seconds, for a first look
 *   --json    the numbers on stdout, everything for people on stderr
 * The numbers are also written to report/bench.json.
 * Exit code 3 when a stated bound is not met, so that a script can tell it from a failure to run; a bound that could not
 * be measured is skipped.
 * Bounds are judged by medians over interleaved rounds. On a busy machine run it again before you conclude.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { engineBytes } from "../dist/src/kernel.js";
import { comparePeer } from "./peer.mjs";
import { runSuites, SUITES } from "./suites.mjs";

const { values: options } = parseArgs({ options: { quick: { type: "boolean" }, json: { type: "boolean" } } });
// benny talks through console.log too.
if (options.json) console.log = console.error;

/** `seconds`: of one run against the peer, of one round of a case. */
const effort = options.quick
  ? { peer: { rounds: 3, seconds: 0.3 }, suites: { rounds: 2, seconds: 0.1 } }
  : { peer: { rounds: 15, seconds: 0.4 }, suites: { rounds: 9, seconds: 0.3 } };

const host = {
  date: new Date().toISOString(),
  cpu: `${cpus().length} x ${cpus()[0].model.trim()}`,
  node: process.version,
  engine: createHash("sha256").update(engineBytes()).digest("hex"),
};
const load = { before: loadavg()[0] };
const peer = await comparePeer([10, 1000], effort.peer);
const suites = await runSuites(effort.suites);
load.after = loadavg()[0];

const verdicts = [fasterThanPeer(10, 3), fasterThanPeer(1000, 15), sameProcess(0.02), evenOverCells(2)];
const results = { host: { ...host, load }, quick: options.quick ?? false, peer, suites, verdicts };

print();
const folder = new URL("../report/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("bench.json", folder), `${JSON.stringify(results, null, 2)}\n`);
if (options.json) process.stdout.write(`${JSON.stringify(results)}\n`);
process.exitCode = verdicts.some(({ met }) => met === false) ? 3 : 0;

function fasterThanPeer(cells, bound) {
  const claim = `at least ${bound}x at N = ${cells}`;
  const pair = peer?.find((pair) => pair.cells === cells);
  if (!pair) return { claim, met: null, measured: "no C++ compiler" };
  const { min, median, max } = pair.ratio;
  return { claim, met: median >= bound, measured: `${median.toFixed(2)}x (${min.toFixed(2)} to ${max.toFixed(2)})` };
}

/** Or the comparison would say nothing. */
function sameProcess(bound) {
  const claim = `as many events per unit of time as the peer, within ${100 * bound}%`;
  if (!peer) return { claim, met: null, measured: "no C++ compiler" };
  const rates = peer.map(({ eventRate }) => eventRate.median);
  const met = rates.every((rate) => Math.abs(rate - 1) <= bound);
  return { claim, met, measured: rates.map((rate) => rate.toFixed(4)).join(", ") };
}

function evenOverCells(bound) {
  const worst = Math.max(...suites.cells.map(({ ratio }) => ratio));
  return { claim: `within a factor ${bound} from N = 10 to 1e5`, met: worst <= bound, measured: worst.toFixed(2) };
}

function print() {
  console.log(
    `\n${host.cpu}, Node ${host.node}, engine ${host.engine.slice(0, 12)}, load ${load.before} to ${load.after}`,
  );
  console.log("ns per event on one core; median (min to max) over rounds\n");
  if (peer) {
    table(
      ["Exact engine and C++ textbook (M = 1e5)", "C++", "engine", "ratio of a pair"],
      peer.map((pair) => [
        `N = ${pair.cells}`,
        range(pair.nanoseconds.peer, 1),
        range(pair.nanoseconds.engine, 2),
        range(pair.ratio, 2),
      ]),
    );
  } else {
    console.log("Exact engine and C++ textbook: skipped, no C++ compiler (g++, or the one named by CXX)\n");
  }
  for (const [suite, { title }] of Object.entries(SUITES)) {
    table(
      [title, "ns/event", "to the cheapest"],
      suites[suite].map(({ name, nanoseconds, ratio }) => [name, range(nanoseconds, 2), ratio.toFixed(2)]),
    );
  }
  const words = new Map([
    [true, "met"],
    [false, "NOT met"],
    [null, "skipped"],
  ]);
  for (const { claim, met, measured } of verdicts) console.log(`${words.get(met).padEnd(7)}  ${claim}: ${measured}`);
}

function range({ min, median, max }, digits) {
  return `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}

function table(header, rows) {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  for (const row of [header, ...rows]) {
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
  }
  console.log();
}
