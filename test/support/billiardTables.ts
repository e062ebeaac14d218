/** Random tables of billiards, the same for the same seed. */
import { CONDITIONS } from "../../src/billiards/conditions.ts";
import type { BilliardsInput, Shape } from "../../src/billiards/table.ts";
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
