/**
 * Collisions through the hole of two cells, drawn one by one from the equilibrium law, without any dynamics: velocities uniform
 * on the sphere of the total energy, pairs in proportion to the speed (x - y)_+ at which they approach, x and y swapped; at
 * times that have nothing to do with each other. Other weights and exchanges plant a defect.
 */
import { defineBilliards } from "../../src/billiards/index.ts";
import { microcanonicalRelativeSpeed } from "../../src/theory/billiards/relativeSpeed.ts";
import { TOTAL, type TwoCells } from "../../src/verify/billiards/twoCells.ts";
import { uniforms } from "./sfc32.ts";

/** A candidate: velocities of the two disks along the line of centres and across, and the energies of the cells. */
export interface Pair {
  readonly x: number;
  readonly y: number;
  readonly across: readonly [number, number];
  readonly energies: readonly [number, number];
}

export interface Law {
  /** The probability that a candidate collides, up to a factor, in proportion to a speed of TOTAL particles. */
  readonly weight: (pair: Pair) => number;
  /** The part of the pair's energy that the left disk has afterwards. */
  readonly shareAfter: (pair: Pair, u: number) => number;
  /** Collisions over those that the rate has. */
  readonly rate: number;
}

export const DISKS: Law = {
  weight: ({ x, y }) => Math.max(0, x - y),
  shareAfter: ({ x, y, across: [a, b] }) => (y * y + a * a) / (x * x + a * a + y * y + b * b),
  rate: 1,
};

const REPLICAS = 512;

/** @param collisions expected in each replica. */
export function collidingDisks(
  particles: number,
  collisions: number,
  changes: Partial<Law> = {},
  radius = 1,
): TwoCells {
  const law = { ...DISKS, ...changes };
  const M = particles;
  const random = uniforms(M, collisions, 1000 * radius);
  const table = defineBilliards({ cells: 2, particles: M, radius, energy: TOTAL });
  const constant = { value: 0.01, error: 0 };
  const time = collisions / (constant.value * microcanonicalRelativeSpeed(2, M, TOTAL));
  const rows: number[][] = [];
  for (let replica = 0; replica < REPLICAS; replica++) {
    const times = Array.from({ length: poisson(collisions * law.rate, random) }, () => time * random());
    for (const at of times.sort((a, b) => a - b)) rows.push([replica, at, ...collisionOf(M, law, random)]);
  }
  const column = (at: number) => Float64Array.from(rows, (row) => row[at]);
  const pair = (at: number) => Float64Array.from(rows.flatMap((row) => [row[at], row[at + 1]]));
  const events = {
    ...{ count: rows.length, replica: column(0), time: column(1), barrier: new Float64Array(rows.length) },
    ...{ energies: pair(2), before: pair(4), after: pair(6) },
  };
  return { table, constant, time, replicas: REPLICAS, parts: 1, first: 0, events, certificate: {} as never };
}

/** E1, E2, e1, e2, e1', e2'. */
function collisionOf(M: number, law: Law, random: () => number): number[] {
  // No component is larger than the radius of the sphere, and no two that meet are faster than √2 times it.
  const most = Math.sqrt(2 * M * TOTAL);
  for (;;) {
    const v = Array.from({ length: 4 * M }, () => normal(random));
    const size = Math.sqrt((M * TOTAL) / v.reduce((sum, each) => sum + each * each, 0));
    const [x, a] = [size * v[0], size * v[1]];
    const [y, b] = [size * v[2 * M], size * v[2 * M + 1]];
    const E1 = v.slice(0, 2 * M).reduce((sum, each) => sum + (size * each) ** 2, 0) / M;
    const pair: Pair = { x, y, across: [a, b], energies: [E1, TOTAL - E1] };
    if (random() * most >= law.weight(pair)) continue;
    const e1 = (x * x + a * a) / M;
    const e2 = (y * y + b * b) / M;
    const after = (e1 + e2) * law.shareAfter(pair, random());
    return [E1, TOTAL - E1, e1, e2, after, e1 + e2 - after];
  }
}

const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let left = mean + Math.log(1 - random()); left > 0; left += Math.log(1 - random())) count++;
  return count;
}
