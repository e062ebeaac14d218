/** Defects planted in the billiards' engine: each check that a right engine passes, and those that name each defect. */
import { describe, expect, test } from "vitest";
import { BilliardsKernel } from "../../src/billiards/kernel.ts";
import { defineBilliards, type BilliardsInput } from "../../src/billiards/table.ts";
import { BatchMoments } from "../../src/billiards/batchMoments.ts";
import { difference, energiesOf, leastGaps } from "../support/billiards.ts";
import { engine, type Edit } from "../support/mutants.ts";
import { PlainBilliards } from "../support/plainBilliards.ts";

/** Whether an engine passes. */
const CHECKS: Record<string, (kernel: BilliardsKernel) => boolean> = {
  "the bits of the plain simulation": (kernel) =>
    [1, 4, 20].every((particles) => {
      const table = started(kernel, { cells: 2, particles }, 0);
      const plain = new PlainBilliards(table, kernel.state);
      plain.run(2000);
      for (let steps = 0; steps < 1e5 && kernel.batchCollisions < 2000; steps++) kernel.step();
      return difference(kernel.state, plain.snapshot()) === 0;
    }),

  "nothing overlaps": (kernel) =>
    [1, 4, 20].every((particles) => {
      const table = started(kernel, { cells: 2, particles }, 1);
      return Array.from({ length: 100 }, (_, k) => {
        reach(kernel, 10 * (k + 1));
        return leastGaps(table, kernel.state);
      }).every(({ gap, clearance }) => gap > -1e-12 && clearance > -1e-12);
    }),

  "energy is conserved": (kernel) => {
    const table = started(kernel, { cells: 2, particles: 10 }, 2);
    reach(kernel, 1000);
    return Math.abs(energiesOf(table, kernel.state).reduce((sum, energy) => sum + energy) - 2) < 1e-10;
  },

  "cells have the energies of their disks": (kernel) => {
    const table = started(kernel, { cells: 3, particles: 2 }, 3);
    reach(kernel, 3000);
    return difference(energiesOf(table, kernel.state), kernel.energies) < 1e-10;
  },

  // The native simulation has 2.177(25)e-3, and 2.715(32)e-3 where a bath keeps its positions. 64 replicas, 5 sigma.
  "the flux between the paper's baths": (kernel) => {
    const table = defineBilliards({ cells: 1, particles: 2, temperatures: [1, 2] });
    const moments = new BatchMoments(3);
    const blocks = Array.from({ length: 64 }, (_, replica) => {
      kernel.setTable(table);
      kernel.start(table, 50n, replica);
      reach(kernel, 2000);
      kernel.takeBatch();
      reach(kernel, 62_000);
      return moments.leaf(kernel.takeBatch());
    });
    const { flux, fluxError } = moments.read(blocks.reduce((left, right) => moments.merge(left, right)));
    return Math.abs(-flux[0] - 2.177e-3) < 5 * Math.hypot(fluxError[0], 2.5e-5);
  },
};

/** Goes on to a time. A defect may make a table that never gets there. */
function reach(kernel: BilliardsKernel, time: number): void {
  for (let calls = 0; calls < 200; calls++) if (kernel.advance(time)) return;
  throw new Error(`expected to come to t = ${time}, got stuck at ${kernel.time}`);
}

function passes(check: (kernel: BilliardsKernel) => boolean, kernel: BilliardsKernel): boolean {
  try {
    return check(kernel);
  } catch {
    return false;
  }
}

function started(kernel: BilliardsKernel, input: BilliardsInput, replica: number) {
  const table = defineBilliards(input);
  kernel.setTable(table);
  kernel.start(table, 51n, replica);
  return table;
}

const DEFECTS: readonly { name: string; edits: Edit[]; culprits: string[] }[] = [
  { name: "none", edits: [], culprits: [] },
  {
    name: "a missed edge",
    edits: [
      {
        file: "assembly/billiards/predictions.ts",
        from: "    meet(Time.ofPoint(at, halfLength, holeHalf, edgeReach), RIGHT_EDGE_ABOVE);\n",
        to: "",
      },
    ],
    culprits: ["the bits of the plain simulation", "nothing overlaps"],
  },
  {
    name: "a wall's normal off by 1e-3",
    edits: [
      {
        file: "assembly/billiards/walls.ts",
        from: "f64x2.sub(Vector.of(centreX, centreY), Disk.place(at));",
        to: "f64x2.mul(f64x2.sub(Vector.of(centreX, centreY), Disk.place(at)), Vector.of(1.001, 1));",
      },
    ],
    culprits: ["the bits of the plain simulation"],
  },
  {
    name: "a bath's positions that are not redrawn",
    edits: [
      {
        file: "assembly/billiards/events.ts",
        from: "  shuffleBath(cell, now);\n",
        to:
          "  for (let disk = cell * particles; disk < (cell + 1) * particles; disk++) " +
          "Disk.moveTo(Disk.at(disk), now);\n",
      },
    ],
    culprits: ["the flux between the paper's baths"],
  },
  {
    name: "an event popped out of order",
    edits: [
      {
        file: "assembly/billiards/queue.ts",
        from: "while (after >= 0 && (Times.event(after) < time",
        to: "while (after >= 0 && (Times.event(after) > time",
      },
    ],
    culprits: ["the bits of the plain simulation", "nothing overlaps"],
  },
  {
    name: "bins narrower than two disks",
    edits: [
      {
        file: "assembly/billiards/state.ts",
        from: "const edge = isOneBin ? Infinity : max(",
        to: "const edge = isOneBin ? Infinity : 0.5 * max(",
      },
    ],
    culprits: ["the bits of the plain simulation"],
  },
  {
    name: "a robbed disk that collides all the same",
    edits: [
      {
        file: "assembly/billiards/events.ts",
        from: "if (Disk.partner(other) == disk && Disk.collision(other) == collision) return collide(",
        to: "if (Disk.partner(other) != NOBODY) return collide(",
      },
    ],
    culprits: ["the bits of the plain simulation"],
  },
  {
    name: "a hundredth of a collision's energy lost",
    edits: [
      {
        file: "assembly/billiards/events.ts",
        from: "Disk.setVelocity(other, Vector.sum(u, w, d));",
        to: "Disk.setVelocity(other, Vector.sum(u, 0.99 * w, d));",
      },
    ],
    culprits: ["the bits of the plain simulation", "energy is conserved"],
  },
  {
    name: "energies of cells that change places at a barrier",
    edits: [
      {
        file: "assembly/billiards/observe.ts",
        from: "Energy.set(barrier + 1, E2 + (after2 - e2));",
        to: "Energy.set(barrier + 1, E2 + (after1 - e1));",
      },
    ],
    culprits: ["cells have the energies of their disks"],
  },
];

describe("the engine with a defect", () => {
  test.each(DEFECTS)("$name", async ({ edits, culprits }) => {
    const kernel = await BilliardsKernel.of(new WebAssembly.Module(await engine(edits, "billiards")));
    // A check that is not concerned may never end.
    const names = edits.length === 0 ? Object.keys(CHECKS) : culprits;
    expect(names.filter((name) => !passes(CHECKS[name], kernel))).toEqual(culprits);
  });
});
