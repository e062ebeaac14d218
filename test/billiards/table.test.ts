/** The tables of billiards that can be run: every other is refused, with the reason. */
import { describe, expect, test } from "vitest";
import { CONDITIONS, type ConditionName } from "../../src/billiards/conditions.ts";
import { defineBilliards, type BilliardsInput, type Shape } from "../../src/billiards/table.ts";
import { InvalidInputError } from "../../src/index.ts";
import { type ClosedTable, randomTables } from "../support/billiardTables.ts";
import { pick, randomNumbers } from "../support/randomRates.ts";

const good = { cells: 2, particles: 10 } as const;

function faultsOf(input: unknown): string[] {
  try {
    defineBilliards(input as BilliardsInput);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return (error as InvalidInputError).problems.map(
      ({ field, expected, got }) => `"${field}" expected ${expected}, got ${got}`,
    );
  }
}

/** The names of the conditions that are reported. */
const namesOf = (faults: string[]) => faults.map((fault) => /\("(\w+)"\)/.exec(fault)![1]).sort();

test("defaults are filled in and the table is frozen plain data", () => {
  const cell = { particles: 10, radius: 1, hole: 0.05, shape: { length: 5, neck: 1.9, arc: 5 } };
  const closed = defineBilliards(good);
  expect(closed).toStrictEqual({ cells: 2, ...cell, energy: 2 });
  const open = defineBilliards({ ...good, temperatures: new Float64Array([1, 2]) as never, shape: { arc: "flat" } });
  const shape = { ...cell.shape, arc: "flat" };
  expect(open).toStrictEqual({ cells: 2, ...cell, shape, temperatures: [1, 2], bath: "exponential" });
  for (const table of [closed, open]) {
    expect(JSON.parse(JSON.stringify(table))).toStrictEqual(table);
    expect(defineBilliards(table)).toBe(table);
    expect(defineBilliards({ ...table })).toStrictEqual(table);
    for (const part of [table, table.shape, table.temperatures]) expect(Object.isFrozen(part)).toBe(true);
  }
});

test("an edit of the input does not reach the table", () => {
  const input = { ...good, temperatures: [1, 2] as [number, number], shape: { length: 5, neck: 1.9 } };
  const table = defineBilliards(input);
  input.temperatures[0] = -1;
  input.shape.neck = -1;
  expect(table.temperatures).toEqual([1, 2]);
  expect(table.shape.neck).toBe(1.9);
});

describe("a table", () => {
  const LENGTH = "a length from 1e-60 to 1e+60";
  const ENERGY = "an energy from 1e-60 to 1e+60";
  const FIELDS = "cells, particles, radius, hole, shape, energy, temperatures, bath";
  const refused: [object, string[]][] = [
    [{ cells: 0 }, ['"cells" expected an integer from 1 to 100, got 0']],
    [{ cells: 101 }, ['"cells" expected an integer from 1 to 100, got 101']],
    [{ cells: "2" }, ['"cells" expected an integer from 1 to 100, got "2"']],
    [{ particles: 0 }, ['"particles" expected an integer from 1 to 10000, got 0']],
    [{ particles: 10001 }, ['"particles" expected an integer from 1 to 10000, got 10001']],
    [{ particles: 1.5 }, ['"particles" expected an integer from 1 to 10000, got 1.5']],
    [
      { cells: 99, particles: 10000, temperatures: [1, 2] },
      ['"cells, particles" expected at most 1000000 disks, those of the baths included, got 1010000'],
    ],
    [{ radius: 0 }, [`"radius" expected ${LENGTH}, got 0`]],
    [{ radius: Infinity }, [`"radius" expected ${LENGTH}, got Infinity`]],
    [{ hole: 0 }, ['"hole" expected a number between 0 and 1, got 0']],
    [{ hole: 1 }, ['"hole" expected a number between 0 and 1, got 1']],
    [{ hole: NaN }, ['"hole" expected a number between 0 and 1, got NaN']],
    [{ hole: null }, ['"hole" expected a number between 0 and 1, got null']],
    [{ shape: 5 }, ['"shape" expected an object with the fields length, neck, arc, got 5']],
    [{ shape: { width: 5 } }, ['"shape.width" expected one of the fields length, neck, arc, got a field of that name']],
    [{ shape: { length: -5 } }, [`"shape.length" expected ${LENGTH}, got -5`]],
    [{ shape: { neck: "1" } }, [`"shape.neck" expected ${LENGTH}, got "1"`]],
    [{ shape: { arc: 0 } }, ['"shape.arc" expected a radius from 1e-60 to 1e+60, or "flat", got 0']],
    [{ shape: { arc: "round" } }, ['"shape.arc" expected a radius from 1e-60 to 1e+60, or "flat", got "round"']],
    [{ energy: 0 }, [`"energy" expected ${ENERGY}, got 0`]],
    [{ temperatures: [1] }, ['"temperatures" expected two temperatures, [T_L, T_R], got [1]']],
    [{ temperatures: [0, 1] }, ['"temperatures[0]" expected a temperature from 1e-60 to 1e+60, got 0']],
    [{ energy: 1, temperatures: [1, 2] }, ['"billiards" expected "energy" or "temperatures", got both']],
    [{ bath: "maxwell" }, ['"bath" expected nothing without "temperatures", got "maxwell"']],
    [{ temperatures: [1, 2], bath: "thermal" }, ['"bath" expected one of "exponential", "maxwell", got "thermal"']],
    [{ colour: 1 }, [`"colour" expected one of the fields ${FIELDS}, got a field of that name`]],
    [
      { shape: { arc: 2 } },
      [
        '"shape.arc" expected more than length/2 = 2.5, so that an arc spans the cell ("dispersing"): a larger arc, or "flat", got 2',
      ],
    ],
    [
      { particles: 1, radius: 2, shape: { length: 10, arc: 8 } },
      [
        '"radius" expected a disk of radius r = R/√M below the neck 1.9 and below length/2 = 5, so that it fits at mid-cell ("fit"): a smaller radius, or a larger shape, got r = 2',
      ],
    ],
    [
      { particles: 2, shape: { length: 7, neck: 1.4 } },
      [
        '"shape.neck" expected more than 2r = 1.414, so that two disks pass each other from left to right ("pass"): a higher neck, a smaller radius or more particles, got 1.4',
      ],
    ],
    [
      { particles: 2, shape: { length: 2.8, neck: 4 } },
      [
        '"shape.length" expected more than 4r = 2.828, so that two disks pass each other from top to bottom ("turn"): a longer cell, a smaller radius or more particles, got 2.8',
      ],
    ],
    [
      { particles: 1, shape: { length: 3.3 } },
      [
        '"shape.length" expected more than 2(2-τ)r = 3.376, so that no disk is within reach of both holes ("reach"): a longer cell, a smaller radius or a smaller hole, got 3.3',
      ],
    ],
    [
      { particles: 20, radius: 2 },
      [
        '"radius" expected disks that cover less than 0.4 of the area 21.17 of a cell, so that they can be put into it at random ("packing"): a smaller radius, or a larger shape, got πR²/A = 0.5936',
      ],
    ],
    [
      { particles: 1, shape: { neck: 2 } },
      [
        '"shape.neck" expected less than (2-ε)r = 1.95, so that a single disk does not bounce between barriers for ever ("neutral"): a lower neck, a larger radius, or 2 particles at least, got 2',
      ],
    ],
    [
      { particles: 1, shape: { arc: "flat" } },
      [
        '"shape.arc" expected a radius, so that a single disk does not bounce between top and bottom for ever ("curved"): an arc, or 2 particles at least, got "flat"',
      ],
    ],
    [
      { hole: 1e-9 },
      [
        '"hole" expected εr above 1e-9 of the longest length 5, so that rounding lets no disk through ("rounding"): a larger ε or radius, a smaller arc, or "flat", got εr = 3.162e-10',
      ],
    ],
  ];
  test.each(refused.map(([changes, faults]) => ({ changes, faults })))("$faults.0", ({ changes, faults }) => {
    expect(faultsOf({ ...good, ...changes })).toEqual(faults);
  });

  test("lists every fault at once, of the fields and then of the cell", () => {
    const fields = faultsOf({ cells: 0, particles: 0, radius: 0, hole: 0, shape: 0, energy: 0, bath: 0, colour: 0 });
    expect(fields.map((fault) => fault.split('"')[1])).toEqual([
      "cells",
      "particles",
      "radius",
      "hole",
      "shape",
      "energy",
      "bath",
      "colour",
    ]);
    const cell = faultsOf({
      cells: 1,
      particles: 1,
      radius: 3,
      bath: "maxwell",
      shape: { length: 5, neck: 6, arc: 2 },
    });
    expect(cell.map((fault) => fault.split('"')[1])).toEqual([
      "bath",
      "shape.arc",
      "radius",
      "shape.length",
      "shape.neck",
    ]);
  });

  test("as large as can be is accepted", () => {
    expect(faultsOf({ cells: 100, particles: 10000 })).toEqual([]);
    expect(faultsOf({ cells: 98, particles: 10000, temperatures: [1, 2] })).toEqual([]);
  });

  test.each([[null], [undefined], [3], ["table"], [[]]])("%j is refused as a whole", (input) => {
    expect(faultsOf(input)[0]).toMatch(/^"billiards" expected an object with the fields cells,/);
  });
});

/** The names of the conditions that a table breaks, in other words than those of the checker. */
function brokenBy({ particles: M, radius: R, hole, shape: { length, neck, arc } }: ClosedTable): ConditionName[] {
  const r = Math.sqrt((R * R) / M);
  const a = r - hole * r;
  /** How far a disk's centre stays from the barrier when it is deepest in a hole. */
  const tip = Math.sqrt(r * r - a * a);
  const broken: Record<ConditionName, boolean> = {
    dispersing: arc !== "flat" && !(Math.asin(length / arc / 2) < Math.PI / 2),
    fit: M * neck * neck <= R * R || length - 2 * r <= 0,
    pass: M > 1 && neck - r <= r,
    turn: M > 1 && length - 2 * r <= 2 * r,
    // A disk at mid-cell is touched by one in the tip.
    reach: length / 2 + tip <= 2 * r,
    packing: (Math.PI * R * R) / areaOf({ length, neck, arc }) >= 0.4,
    neutral: M === 1 && neck - r >= a,
    curved: M === 1 && arc === "flat",
    rounding: Math.max(length, neck, Number(arc) || 0) >= 1e9 * hole * r,
  };
  return CONDITIONS.map(({ name }) => name)
    .filter((name) => broken[name])
    .sort();
}

/** By Simpson's rule over the angle at the arc's centre. */
function areaOf({ length, neck, arc }: Shape): number {
  if (arc === "flat") return 2 * neck * length;
  const most = Math.asin(length / 2 / arc);
  const n = 200;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const weight = i === 0 || i === n ? 1 : i % 2 ? 4 : 2;
    const angle = most * ((2 * i) / n - 1);
    sum += weight * (neck + 2 * arc * Math.sin(angle / 2) ** 2) * arc * Math.cos(angle);
  }
  return (2 * sum * 2 * most) / n / 3;
}

test("1000 random tables are refused for just the conditions that they break", () => {
  const random = randomNumbers(20);
  const between = (least: number, most: number) => least * (most / least) ** random();
  const alone = new Set<string>();
  let [refused, several, accepted] = [0, 0, 0];
  while (refused < 1000) {
    const particles = pick(random, [1, 1, 2, Math.ceil(50 * random())]);
    const r = between(0.1, 3);
    const length = r * between(1.5, 12);
    const table: ClosedTable = {
      cells: 2,
      particles,
      radius: r * Math.sqrt(particles),
      hole: random() < 0.05 ? between(1e-12, 1e-6) : between(0.01, 0.9),
      shape: {
        length,
        neck: r * between(0.8, 8),
        arc: random() < 0.2 ? "flat" : length * (random() < 0.02 ? between(1e6, 1e10) : between(0.4, 4)),
      },
      energy: 2,
    };
    const names = brokenBy(table);
    expect(namesOf(faultsOf(table)), JSON.stringify(table)).toEqual(names);
    if (names.length === 1) alone.add(names[0]);
    if (names.length > 1) several++;
    if (names.length > 0) refused++;
    else accepted++;
  }
  expect([...alone].sort()).toEqual(CONDITIONS.map(({ name }) => name).sort());
  expect(several).toBeGreaterThan(300);
  expect(accepted).toBeGreaterThan(30);
});

type Place = readonly [x: number, y: number];
const distance = ([x, y]: Place, [u, v]: Place) => Math.hypot(x - u, y - v);

/** How far a disk at a place of a cell is from the walls; below zero where it overlaps one. Holes are on both sides. */
function clearance({ particles, radius, hole, shape: { length, neck, arc } }: ClosedTable, [x, y]: Place): number {
  const r = radius / Math.sqrt(particles);
  const a = (1 - hole) * r;
  const toBarrier = Math.min(
    ...[-length / 2, length / 2].map((wall) => distance([x, y], [wall, y < 0 ? Math.min(y, -a) : Math.max(y, a)])),
  );
  const toArc =
    arc === "flat"
      ? neck - Math.abs(y)
      : Math.min(...[-1, 1].map((side) => distance([x, y], [0, side * (neck + arc)]) - arc));
  return Math.min(toBarrier, toArc, Math.abs(x) < length / 2 ? Infinity : -1) - r;
}

/** Rounding of the places on a grid. */
const SLACK = 1e-9;

/**
 * The sizes of the connected parts of those places of a grid that are free, the largest first. The grid is symmetric, some
 * of its rows and columns touch the walls, and its outermost columns the tips of the holes.
 */
function partsOf(table: ClosedTable, isFree: (place: Place) => boolean, size = 40) {
  const { length, neck, arc } = table.shape;
  const r = table.radius / Math.sqrt(table.particles);
  const tip = length / 2 - r * Math.sqrt(1 - (1 - table.hole) ** 2);
  const top = arc === "flat" ? neck : neck + arc - Math.sqrt(arc ** 2 - length ** 2 / 4);
  const axis = (touching: number, end: number) => {
    const step = touching / Math.ceil((touching * size) / end / 2);
    const n = Math.floor(end / step);
    return Array.from({ length: 2 * n + 1 }, (_, i) => (i - n) * step);
  };
  const xs = [-tip, ...axis(length / 2 - r, tip), tip];
  const ys = axis(neck - r, top);
  const free = xs.map((x) => ys.map((y) => isFree([x, y])));
  const parts: Place[][] = [];
  for (let i = 0; i < xs.length; i++) {
    for (let j = 0; j < ys.length; j++) {
      const stack = [[i, j]];
      const part: Place[] = [];
      while (stack.length > 0) {
        const [k, l] = stack.pop()!;
        if (!free[k]?.[l]) continue;
        free[k][l] = false;
        part.push([xs[k], ys[l]]);
        stack.push([k + 1, l], [k - 1, l], [k, l + 1], [k, l - 1]);
      }
      if (part.length > 0) parts.push(part);
    }
  }
  return parts;
}

/** The part of a grid that one disk can reach is all of it. */
function isConnected(table: ClosedTable): boolean {
  return partsOf(table, (place) => clearance(table, place) >= -SLACK).length === 1;
}

/** A disk gets from one place to another while a second disk stays where it is. */
function getsPast(table: ClosedTable, stays: Place, from: Place, to: Place): boolean {
  const r = table.radius / Math.sqrt(table.particles);
  const isFree = (place: Place) => clearance(table, place) >= -SLACK && distance(place, stays) >= 2 * r - SLACK;
  const isNear = (place: Place) => (other: Place) => distance(place, other) < SLACK;
  return partsOf(table, isFree).some((part) => part.some(isNear(from)) && part.some(isNear(to)));
}

function passes(table: ClosedTable): boolean {
  const { shape, radius, particles } = table;
  const r = radius / Math.sqrt(particles);
  const [h, low] = [shape.length / 2 - r, r - shape.neck];
  return getsPast(table, [0, -low], [-h, low], [h, low]);
}

function turns(table: ClosedTable): boolean {
  const { shape, radius, particles } = table;
  const r = radius / Math.sqrt(particles);
  const [h, low] = [shape.length / 2 - r, r - shape.neck];
  return getsPast(table, [-h, 0], [h, low], [h, -low]);
}

/** No place of a grid is within 2r of places that the disks of both neighbours can have. */
function isOutOfReach(table: ClosedTable): boolean {
  const { length } = table.shape;
  const r = table.radius / Math.sqrt(table.particles);
  const [places] = partsOf(table, (place) => clearance(table, place) >= -SLACK, 24);
  const touches = (place: Place, shift: number) =>
    places.some(([x, y]) => distance(place, [x + shift, y]) < 2 * r - SLACK);
  return places.every((place) => !touches(place, length) || !touches(place, -length));
}

/** Of two disks that touch through a hole, the one nearer to y = 0 can move away from the other. */
function withdraws(table: ClosedTable, random: () => number): boolean {
  const { length } = table.shape;
  const r = table.radius / Math.sqrt(table.particles);
  for (let seen = 0, tries = 0; seen < 100 && tries < 20000; tries++) {
    const place: Place = [length / 2 - r * random(), r * (2 * random() - 1)];
    const angle = Math.PI * (random() - 0.5);
    const other: Place = [place[0] + 2 * r * Math.cos(angle), place[1] + 2 * r * Math.sin(angle)];
    if (clearance(table, place) < 0 || clearance(table, [other[0] - length, other[1]]) < 0) continue;
    seen++;
    const isNearer = Math.abs(place[1]) <= Math.abs(other[1]);
    const [moves, stays] = isNearer ? [place, other] : [other, place];
    const way = Array.from({ length: 200 }, (_, i): Place => {
      const step = 1e-4 * r;
      return [moves[0] + step * Math.cos((Math.PI * i) / 100), moves[1] + step * Math.sin((Math.PI * i) / 100)];
    }).find((next) => {
      return (
        distance(next, stays) >= 2 * r && clearance(table, isNearer ? next : [next[0] - length, next[1]]) > -1e-7 * r
      );
    });
    if (!way) return false;
  }
  return true;
}

describe("by trial on grids, in 120 random tables", () => {
  const tables = randomTables(7, 120);
  const pairs = tables.filter(({ particles }) => particles > 1);

  test("they vary", () => {
    const flat = tables.filter(({ shape }) => shape.arc === "flat");
    expect(flat.length).toBeGreaterThan(10);
    expect(tables.length - pairs.length).toBeGreaterThan(20);
    expect(new Set(tables.map(({ cells }) => cells)).size).toBe(6);
    expect(randomTables(7, 3)).toEqual(tables.slice(0, 3));
    for (const table of tables) expect(faultsOf(table)).toEqual([]);
  });

  test("a disk gets everywhere", () => {
    expect(tables.filter((table) => !isConnected(table))).toEqual([]);
  });

  test("two disks pass each other from left to right and from top to bottom", () => {
    expect(pairs.filter((table) => !passes(table) || !turns(table))).toEqual([]);
  });

  test("no disk is within reach of both holes", () => {
    expect(tables.filter((table) => !isOutOfReach(table))).toEqual([]);
  });

  test("of two disks that touch through a hole one can withdraw", () => {
    const random = randomNumbers(8);
    expect(tables.filter((table) => !withdraws(table, random))).toEqual([]);
  });

  // The half-width of a pocket's tip from the barrier is .87 r at ε = 1/2, so that two disks need a length of 3.73 r.
  test("the trials see a cell that is too low or too short by some per cent", () => {
    const [single] = randomTables(7, 50).filter(({ particles }) => particles === 1);
    const [pair] = pairs;
    const radiusOf = ({ radius, particles }: ClosedTable) => radius / Math.sqrt(particles);
    const changed = (table: ClosedTable, shape: Partial<Shape>): ClosedTable => ({
      ...table,
      shape: { ...table.shape, ...shape },
    });
    expect(isConnected(changed(single, { neck: 0.98 * radiusOf(single) }))).toBe(false);
    expect(passes(changed(pair, { neck: 1.98 * radiusOf(pair) }))).toBe(false);
    const short = changed(pair, { length: 3.65 * radiusOf(pair) });
    expect(turns({ ...short, hole: 0.5 })).toBe(false);
    const tip = Math.sqrt(single.hole * (2 - single.hole));
    expect(isOutOfReach(changed(single, { length: 1.96 * (2 - tip) * radiusOf(single) }))).toBe(false);
  });
});
