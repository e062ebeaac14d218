/** The exact engine against the textbook in C++ (peers/direct.cpp), on one core, in turns: peer, engine, peer, engine... */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { growUntil, prepareRun, timeRun } from "./engine.mjs";
import { spread } from "./statistics.mjs";

const SOURCE = fileURLToPath(new URL("peers/direct.cpp", import.meta.url));
const COMPILER = process.env.CXX ?? "g++";
const FLAGS = ["-O3", "-march=native"];
const PARTICLES = 1e5;

/**
 * Measures both at each number of cells. A round is one run of each, and the ratio of a round is one number of the
 * spread, so that what slows the machine for a while slows both. Neither counts its set-up.
 * @returns one entry for each number of cells, or null when there is no compiler.
 */
export async function comparePeer(cellNumbers, { rounds, seconds }) {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-bench-"));
  try {
    const program = join(folder, "direct");
    if (!compile(program)) return null;
    const pairs = [];
    for (const cells of cellNumbers) pairs.push(await preparePair(program, cells, seconds));
    for (let round = 1; round <= rounds; round++) {
      console.log(`Running "peer, round ${round} of ${rounds}"...`);
      for (const pair of pairs) pair.measure(round);
    }
    return pairs.map((pair) => pair.result());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether there is a compiler. */
function compile(program) {
  try {
    execFileSync(COMPILER, [...FLAGS, SOURCE, "-o", program]);
    return true;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

/** Sizing the runs is their warm-up. */
async function preparePair(program, cells, seconds) {
  const run = await prepareRun({ cells, particles: PARTICLES }, seconds);
  const events = await growUntil(seconds, (events) => events * runPeer(program, cells, events, 0).nanoseconds);
  const peer = [];
  const engine = [];
  const ratios = [];
  const eventRates = [];
  return {
    measure(seed) {
      const native = runPeer(program, cells, events, seed);
      const nanoseconds = timeRun(run) / run.events;
      peer.push(native.nanoseconds);
      engine.push(nanoseconds);
      ratios.push(native.nanoseconds / nanoseconds);
      eventRates.push(events / native.time / (run.events / run.time));
    },
    result: () => ({
      cells,
      particles: PARTICLES,
      events: { peer: events, engine: run.events },
      nanoseconds: { peer: spread(peer), engine: spread(engine) },
      ratio: spread(ratios),
      ratios,
      /** Events per unit of model time, peer over engine: 1 when both simulate the same process. */
      eventRate: spread(eventRates),
    }),
  };
}

/** One run of the peer: nanoseconds per event, and the model time it reached. */
function runPeer(program, cells, events, seed) {
  const output = execFileSync(program, [cells, PARTICLES, 1, 2, events, seed].map(String), { encoding: "utf8" });
  const [nanoseconds, , time] = output.trim().split(" ").map(Number);
  return { nanoseconds, time };
}
