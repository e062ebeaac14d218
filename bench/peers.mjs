/** The engine against other programs of the same process (peers/), on one core, in turns: peer, engine, peer... */
import { execFileSync } from "node:child_process";
import { build, CC, CXX, withFolder } from "./compile.mjs";
import { growUntil, prepareRun, timeRun } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";

const THINNING = [CC, "-O3", "-ffp-contract=fast", "-fno-math-errno", "-fno-trapping-math"];

const PEERS = [
  { name: "C++ textbook", source: "direct.cpp", compiler: [CXX, "-O3", "-march=native"], needs: [] },
  { name: "C thinning, SSE4", source: "thinning.c", compiler: [...THINNING, "-msse4.2"], needs: ["sse4_2"] },
  {
    name: "C thinning, AVX2",
    source: "thinning.c",
    compiler: [...THINNING, "-mavx2", "-mfma"],
    needs: ["avx2", "fma"],
  },
  { name: "C thinning, AVX-512", source: "thinning.c", compiler: [...THINNING, "-march=native"], needs: ["avx512f"] },
  { name: "plain JavaScript", source: "direct.mjs", needs: [] },
];
const PARTICLES = 1e5;

/**
 * Measures every peer beside the engine at each number of cells. Each ratio is of two runs in a row, one of either, so
 * that a machine that is slow for a while slows both. Neither counts its set-up.
 * @returns the pairs measured, and the peers skipped with the reason.
 */
export function comparePeers(cellNumbers, { rounds, seconds }) {
  return withFolder(async (folder) => {
    const built = PEERS.map((peer) => ({ peer: peer.name, ...build(peer, folder) }));
    const pairs = [];
    for (const cells of cellNumbers) {
      const run = await prepareRun({ cells, particles: PARTICLES }, seconds);
      for (const { peer, command } of built) {
        if (command) pairs.push(await preparePair({ peer, command, cells, run }, seconds));
      }
    }
    for (let round = 1; round <= rounds; round++) {
      console.log(`Running "peers, round ${round} of ${rounds}"...`);
      for (const pair of pairs) pair.measure(round);
    }
    return {
      pairs: pairs.map((pair) => pair.result()),
      skipped: built.filter(({ why }) => why).map(({ peer, why }) => ({ peer, why })),
    };
  });
}

/** Sizing the peer's run is its warm-up. */
async function preparePair({ peer, command, cells, run }, seconds) {
  const events = await growUntil(seconds, (events) => events * runPeer(command, cells, events, 0).nanoseconds);
  const native = [];
  const engine = [];
  const ratios = [];
  const eventRates = [];
  return {
    measure(seed) {
      const { nanoseconds, time } = runPeer(command, cells, events, seed);
      const own = timeRun(run) / run.events;
      native.push(nanoseconds);
      engine.push(own);
      ratios.push(nanoseconds / own);
      eventRates.push(events / time / (run.events / run.time));
    },
    result: () => ({
      peer,
      cells,
      particles: PARTICLES,
      events: { peer: events, engine: run.events },
      nanoseconds: { peer: rangeOf(native), engine: rangeOf(engine) },
      ratio: rangeOf(ratios),
      ratios,
      /** Events per unit of model time, peer over engine: 1 when both simulate the same process. */
      eventRate: rangeOf(eventRates),
    }),
  };
}

/** One run of a peer: nanoseconds per event, and the model time it reached. */
function runPeer([program, ...file], cells, events, seed) {
  const numbers = [cells, PARTICLES, 1, 2, events, seed].map(String);
  const output = execFileSync(program, [...file, ...numbers], { encoding: "utf8" });
  const [nanoseconds, , time] = output.trim().split(" ").map(Number);
  return { nanoseconds, time };
}
