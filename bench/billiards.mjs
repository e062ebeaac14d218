/**
 * The billiards: what a collision costs over M, beside the same algorithm in C++ (peers/billiards.cpp), on one core and in
 * turns. Both start from the same positions and velocities; where C++ may not fuse operations, both must end at the same
 * bits, or they would not do the same work. At M = 1e4 the disks do not fit into a core's own cache, so that programs which
 * share the caches slow this case alone: its ratios need a quiet machine.
 */
import { execFileSync } from "node:child_process";
import { cornerHeight, diskRadius, holeHalfWidth } from "../dist/src/billiards/geometry.js";
import { prepareCollisions } from "./collisions.mjs";
import { build, CXX, withFolder } from "./compile.mjs";
import { timeRun } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";

const PEER = { source: "billiards.cpp", needs: [] };
/** The faster of the two is what the engine is measured by. */
const PEERS = [
  { ...PEER, name: "C++ as it rounds", compiler: [CXX, "-O3", "-march=native", "-ffp-contract=off"] },
  { ...PEER, name: "C++ fused", compiler: [CXX, "-O3", "-march=native"] },
];
const CELLS = 2;

/**
 * Measures every number of disks in a cell, each round one run of the engine and one of either peer.
 * @returns the cases; the cost at each M over that at the first of `compared`, of runs of the same round; and why the peers
 *   were skipped, if they were.
 */
export function measureBilliards(particleNumbers, compared, { rounds, seconds }) {
  return withFolder(async (folder) => {
    const built = PEERS.map((peer) => build(peer, folder));
    const why = built.find(({ why }) => why)?.why;
    const cases = [];
    for (const particles of particleNumbers) cases.push(await prepareCase(particles, why ? [] : built, seconds));
    for (let round = 1; round <= rounds; round++) {
      console.log(`Running "billiards, round ${round} of ${rounds}"...`);
      for (const each of cases) each.measure();
    }
    const [few, many] = compared.map((particles) => cases[particleNumbers.indexOf(particles)].costs);
    const growth = { from: compared[0], to: compared[1], ratio: rangeOf(many.map((cost, i) => cost / few[i])) };
    return { why, cases: cases.map((each) => each.result()), growth };
  });
}

async function prepareCase(particles, peers, seconds) {
  const run = await prepareCollisions({ cells: CELLS, particles }, seconds);
  const costs = [];
  const native = peers.map(() => []);
  const ratios = [];
  let isSame = true;
  return {
    costs,
    measure() {
      costs.push(timeRun(run) / run.events);
      if (peers.length === 0) return;
      const found = peers.map((peer) => runPeer(peer, run));
      for (const [i, { nanoseconds }] of found.entries()) native[i].push(nanoseconds);
      ratios.push(Math.min(...found.map(({ nanoseconds }) => nanoseconds)) / costs.at(-1));
      isSame &&= found[0].checksum === checksum(run.state());
    },
    result: () => ({
      cells: CELLS,
      particles,
      collisions: run.events,
      nanoseconds: { engine: rangeOf(costs), peers: native.map(rangeOf) },
      ...(peers.length > 0 && { ratio: rangeOf(ratios), ratios, isSame }),
    }),
  };
}

/** One run of a peer from the engine's start: nanoseconds per collision, and the checksum of its end. */
function runPeer({ command: [program] }, { table, start, from, until }) {
  const { cells, particles, shape } = table;
  const { neck, arc, length } = shape;
  const numbers = [cells, particles, neck, arc, cornerHeight(shape), length, diskRadius(table), holeHalfWidth(table)];
  const input = new Uint8Array(start.buffer, start.byteOffset, start.byteLength);
  const output = execFileSync(program, [...numbers, from, until].map(String), { input, encoding: "utf8" });
  const [collisions, nanoseconds, checksum] = output.trim().split(" ");
  return { nanoseconds: nanoseconds / collisions, checksum };
}

/** FNV-1a, a number at a time, as in peers/billiards.cpp. */
function checksum(numbers) {
  let sum = 0xcbf29ce484222325n;
  for (const bits of new BigUint64Array(numbers.buffer, numbers.byteOffset, numbers.length))
    sum = BigInt.asUintN(64, (sum ^ bits) * 0x100000001b3n);
  return sum.toString(16).padStart(16, "0");
}
