/** Random tables of billiards and disks for them, the same for the same seed. */
import { CONDITIONS } from "../../src/billiards/conditions.ts";
import { cornerHeight } from "../../src/billiards/geometry.ts";
import type { Billiards, BilliardsInput, Shape } from "../../src/billiards/table.ts";
import { clearance } from "./plainBilliards.ts";
import { pick, randomNumbers } from "./randomRates.ts";

/** An input whose numbers are all given, of a closed table. */
export type ClosedTable = Required<Omit<BilliardsInput, "shape" | "temperatures" | "bath">> & { shape: Shape };

/**
 * `count` closed tables that `defineBilliards` accepts: 1 to 6 cells of 1 to 50 disks, ε from 0.01 to 0.5, narrow and wide,
 * with flat walls and with arcs. More than half have one or two disks a cell. No cell is so full that disks which are put
 * into it one by one find no place.
 */
export function randomTables(seed: number, count: number): ClosedTable[] {
  const random = randomNumbers(seed);
  const between = (least: number, most: number) => least * (most / least) ** random();
  const tables: ClosedTable[] = [];
  while (tables.length < count) {
    const particles = pick(random, [1, 2, Math.ceil(50 * random()), Math.ceil(10 * random())]);
    const r = between(0.1, 2);
    const radius = r * Math.sqrt(particles);
    const hole = between(0.01, 0.5);
    const neck = particles === 1 ? r * (1 + (1 - hole) * random()) : r * between(2, 10);
    const area = (Math.PI * radius ** 2) / between(0.03, 0.35);
    const length = between(0.3, 1.2) * (area / (2 * neck));
    const arc: Shape["arc"] = random() < 0.25 && particles > 1 ? "flat" : length * between(0.5, 5);
    const cells = Math.ceil(6 * random());
    const table = { cells, particles, radius, hole, shape: { length, neck, arc }, energy: cells * between(0.1, 10) };
    if (CONDITIONS.every(({ holds }) => holds(table))) tables.push(table);
  }
  return tables;
}

/**
 * Disks for a closed table that do not overlap: x, y, vx, vy of each, those of cell 0 first, its position relative to the centre
 * of its cell. They are put in one by one, which is not quite the uniform law if there are several; velocities are uniform on
 * the sphere of the table's energy.
 */
export function randomDisks(table: Billiards, seed: number): Float64Array {
  const { cells, particles, shape, energy = cells } = table;
  const random = randomNumbers(seed);
  const r = table.radius / Math.sqrt(particles);
  const top = cornerHeight(shape);
  const disks = new Float64Array(4 * cells * particles);
  let placed = 0;
  for (let tries = 0; placed < cells * particles; tries++) {
    // The first ones may leave no room for the last.
    if (tries === 1000 * cells * particles) placed = tries = 0;
    const cell = Math.floor(placed / particles);
    const [x, y] = [shape.length * (random() - 0.5), top * (2 * random() - 1)];
    let isFree = clearance(table, cell, x, y) >= 0;
    for (let i = 0; i < placed && isFree; i++) {
      const shift = (cell - Math.floor(i / particles)) * shape.length;
      isFree = Math.hypot(x + shift - disks[4 * i], y - disks[4 * i + 1]) >= 2 * r;
    }
    if (isFree) disks.set([x, y], 4 * placed++);
  }
  let square = 0;
  for (let i = 0; i < placed; i++) {
    const size = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    disks.set([size * Math.cos(angle), size * Math.sin(angle)], 4 * i + 2);
    square += size * size;
  }
  const scale = Math.sqrt((particles * energy) / square);
  for (let i = 0; i < placed; i++) {
    disks[4 * i + 2] *= scale;
    disks[4 * i + 3] *= scale;
  }
  return disks;
}
