/** Ensembles of billiards: the same bits however they are run, and what is told when something is wrong. */
import { describe, expect, test } from "vitest";
import {
  AbortedError,
  CrowdedTableError,
  defineBilliards,
  followBilliards,
  InvalidInputError,
  replayBilliards,
  simulateBilliards,
  type BilliardsOptions,
  type BilliardsResult,
} from "../../src/billiards/index.ts";
import { contactConstant } from "../../src/billiards/index.ts";
import { theory } from "../../src/index.ts";
import { difference } from "../support/billiards.ts";

const closed = defineBilliards({ cells: 2, particles: 5 });
const chain = defineBilliards({ cells: 3, particles: 4, temperatures: [1, 2] });
const maxwell = defineBilliards({ cells: 2, particles: 3, temperatures: [1, 2], bath: "maxwell" });
const TABLES = [
  ["closed", closed],
  ["exponential baths", chain],
  ["maxwell baths", maxwell],
] as const;

/** All numbers of a result. */
const numbers = ({ certificate, events, rate, fluxError, energyVarianceError }: BilliardsResult) => ({
  certificate,
  ...{ rate, fluxError, energyVarianceError, events },
});

describe("the same bits", () => {
  const run = { replicas: 21, time: 300, burnIn: 50, seed: 5n, events: 40 } as const;

  test.each(TABLES)("%s: on 1 to 7 workers", async (_, table) => {
    const alone = numbers(await simulateBilliards(table, { ...run, workers: 1 }));
    expect(alone.events!.count).toBeGreaterThan(21);
    for (const workers of [2, 3, 7]) {
      expect(numbers(await simulateBilliards(table, { ...run, workers }))).toEqual(alone);
    }
  });

  test.each(TABLES)("%s: each replica is the same alone", async (_, table) => {
    const all = await simulateBilliards(table, { ...run, workers: 1 });
    for (const replica of [0, 13]) {
      const one = await simulateBilliards(table, { ...run, replicas: 1, firstReplica: replica, workers: 1 });
      const own = Array.from(all.events!.replica.keys()).filter((i) => all.events!.replica[i] === replica);
      expect([...one.events!.time]).toEqual(own.map((i) => all.events!.time[i]));
    }
  });

  test.each(TABLES)("%s: resumed from a checkpoint", async (_, table) => {
    const common = { replicas: 5, seed: 6n, events: 1000, burnIn: 0, workers: 1 } as const;
    const whole = await simulateBilliards(table, { ...common, time: 600, batches: 2, checkpoint: true });
    const first = await simulateBilliards(table, { ...common, time: 300, batches: 1, checkpoint: true });
    const { checkpoint: resume } = first;
    // A checkpoint is plain data.
    const copy = structuredClone(resume!);
    for (const workers of [1, 2]) {
      const second = await simulateBilliards(table, {
        ...{ ...common, time: 300, batches: 1, checkpoint: true, resume: copy, workers },
      });
      expect(second.checkpoint).toEqual(whole.checkpoint);
      expect(first.events!.count + second.events!.count).toBe(whole.events!.count);
      expect(second.certificate.resumed).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test("a certificate is repeated, and one that was tampered with is found out", async () => {
    const { certificate } = await simulateBilliards(chain, { replicas: 6, time: 200, seed: 2n });
    const copy = JSON.parse(JSON.stringify(certificate)) as typeof certificate;
    expect(await replayBilliards(copy)).toMatchObject({ same: true });
    expect(await replayBilliards({ ...copy, seed: "3" })).toMatchObject({ same: false });
  });

  test("a table that is followed has the collisions of its replica, whatever the steps", async () => {
    const { events } = await simulateBilliards(closed, {
      replicas: 1,
      firstReplica: 3,
      time: 3000,
      seed: 9n,
      events: 1000,
    });
    for (const step of [3000, 7]) {
      const path = await followBilliards(closed, { seed: 9n, replica: 3 });
      const times: number[] = [];
      for (let time = 0; time < 3000;) {
        time = Math.min(time + step, 3000);
        path.advance(time);
        times.push(...path.collisions.map(({ time }) => time));
      }
      expect(times).toEqual([...events!.time]);
    }
  });
});

describe("what is measured", () => {
  test("follows from the collisions that were kept", async () => {
    const { events, rate, flux, certificate, ...result } = await simulateBilliards(chain, {
      ...{ replicas: 3, time: 2000, burnIn: 100, seed: 4n, events: 100_000 },
    });
    const total = result.replicas * result.time;
    for (let barrier = 0; barrier < 4; barrier++) {
      const own = Array.from(events!.barrier.keys()).filter((i) => events!.barrier[i] === barrier);
      expect(rate[barrier]).toBeCloseTo(own.length / total, 12);
      const carried = own.reduce((sum, i) => sum + events!.after[2 * i + 1] - events!.before[2 * i + 1], 0);
      expect(flux[barrier]).toBeCloseTo(carried / total, 12);
      const colliding = own.reduce((sum, i) => sum + 4 * (events!.before[2 * i] + events!.before[2 * i + 1]), 0);
      expect(result.collidingEnergy[barrier]).toBeCloseTo(colliding / (2 * own.length), 10);
    }
    // Energy is exchanged, not made.
    events!.before.forEach((_, i) => {
      if (i % 2) return;
      const { before, after } = events!;
      expect(after[i] + after[i + 1]).toBeCloseTo(before[i] + before[i + 1], 10);
    });
    expect(certificate.batches).toBe(11);
  });

  test("has errors that shrink with the time: those of one long run and of many short ones agree", async () => {
    const long = await simulateBilliards(closed, { replicas: 1, time: 64_000, seed: 1n, batches: 64 });
    const many = await simulateBilliards(closed, { replicas: 64, time: 1000, seed: 2n, batches: 1 });
    // 63 degrees of freedom each: the ratio of variances leaves (0.24, 4.2) once in 10^8.
    const ratio = (long.rateError[0] / many.rateError[0]) ** 2;
    expect(ratio).toBeGreaterThan(0.24);
    expect(ratio).toBeLessThan(4.2);
    const z = (long.rate[0] - many.rate[0]) / Math.hypot(long.rateError[0], many.rateError[0]);
    expect(Math.abs(z)).toBeLessThan(5.5);
  });

  test("C(M) by contacts: that of theory where it is exact, M = 1", async () => {
    // |z| < 5.5, 32 parts: false alarms 1e-6; a percent more would be 6 sigma away.
    const { constant, error } = await contactConstant({ cells: 2, particles: 1 }, { sweeps: 2 ** 17 });
    const { value } = theory.billiards.rateConstant(closedOf(1));
    expect(Math.abs(constant - value) / error).toBeLessThan(5.5);
    expect(error / constant).toBeLessThan(0.006);
  });
});

const closedOf = (particles: number) => defineBilliards({ cells: 2, particles });

describe("what is told", () => {
  const faults = async (options: object): Promise<string> =>
    simulateBilliards(closed, options as BilliardsOptions).then(
      () => "nothing",
      (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`,
    );

  test("every wrong option at once", async () => {
    expect(await faults({ replicas: 0, time: -1, seed: 1.5, batches: 0, events: -1, burnin: 3 })).toBe(
      `InvalidInputError: options cannot be used:
  "replicas" expected an integer from 1 to 9007199254740991, got 0
  "time" expected a time above 0, got -1
  "seed" expected an integer from 0 to 2^64 - 1, got 1.5
  "batches" expected an integer from 1 to 1048576, got 0
  "events" expected an integer from 0 to 16777216, got -1
  "burnin" expected one of the fields replicas, time, burnIn, seed, firstReplica, batches, events, checkpoint, resume, workers, signal, onProgress, got a field of that name`,
    );
  });

  test("a checkpoint of another run", async () => {
    const { checkpoint } = await simulateBilliards(closed, { replicas: 2, time: 10, checkpoint: true });
    expect(await faults({ replicas: 3, time: 10, seed: 1, resume: checkpoint })).toBe(
      `InvalidInputError: options cannot be used:
  "seed" expected "0", as in the checkpoint, got "1"
  "replicas" expected 2, as in the checkpoint, got 3
  "resume" expected 3 states of 35 numbers, got others`.replace(/3 states of \d+/, (text) =>
        text.replace(/\d+$/, String(checkpoint!.states[0].length)),
      ),
    );
    expect(await faults({ replicas: 2, time: 10, resume: checkpoint, burnIn: 3 })).toContain(
      '"burnIn" expected none where a run goes on',
    );
  });

  test("an abort, with what was finished", async () => {
    const controller = new AbortController();
    const running = simulateBilliards(closed, {
      ...{ replicas: 1e6, time: 50, seed: 1n, signal: controller.signal, workers: 1 },
      onProgress: ({ finished }) => finished > 100 && controller.abort(),
    });
    const error = await running.catch((reason: unknown) => reason as AbortedError<BilliardsResult>);
    expect(error).toBeInstanceOf(AbortedError);
    const { partial, finished } = error as AbortedError<BilliardsResult>;
    expect(partial!.replicas).toBe(finished);
    // It is the run of those replicas.
    const again = await simulateBilliards(closed, { replicas: finished, time: 50, seed: 1n, batches: 1 });
    expect(again.certificate.result).toBe(partial!.certificate.result);
  });

  test("an abort on workers leaves a certificate that is repeated, gaps and all", async () => {
    const controller = new AbortController();
    const error = await simulateBilliards(closed, {
      ...{ replicas: 1e6, time: 50, seed: 1n, signal: controller.signal, workers: 2, checkpoint: true },
      onProgress: ({ finished }) => finished > 100 && controller.abort(),
    }).catch((reason: unknown) => reason as AbortedError<BilliardsResult>);
    const { partial, finished } = error as AbortedError<BilliardsResult>;
    const { certificate, replicas, checkpoint } = partial!;
    expect([replicas, certificate.replicas]).toEqual([finished, finished]);
    expect(checkpoint === undefined).toBe(certificate.spans !== undefined);
    expect(await replayBilliards(certificate)).toMatchObject({ same: true });
    // Gaps for certain.
    const spans = [
      { first: 0, replicas: 3 },
      { first: 5, replicas: 1 },
    ];
    const found = await Promise.all(
      [1, 2].map((workers) => replayBilliards({ ...certificate, replicas: 4, spans }, { workers })),
    );
    expect(found[0].found).toBe(found[1].found);
    const [head, tail] = await Promise.all(
      spans.map(({ first, replicas }) =>
        simulateBilliards(closed, { replicas, firstReplica: first, time: 50, seed: 1n, batches: 1 }),
      ),
    );
    expect([head, tail].map(({ certificate: { result } }) => result)).not.toContain(found[0].found);
    await expect(replayBilliards({ ...certificate, spans: [...spans].reverse() })).rejects.toThrow(
      '"spans" expected spans one after the other',
    );
  });

  test("a path that is asked to go back", async () => {
    const path = await followBilliards(closed);
    path.advance(3);
    expect(() => path.advance(2)).toThrow(InvalidInputError);
    expect(() => path.advance(Infinity)).toThrow('"time" expected a finite time from 3 on, got Infinity');
  });

  test("disks that find no place at random", async () => {
    // Close to the densest that a checked table can be, in a channel no wider than two disks: the start is found.
    const narrow = { cells: 1, particles: 30, radius: 1, shape: { length: 30, neck: 0.3662, arc: "flat" } } as const;
    await expect(followBilliards(narrow)).resolves.toBeDefined();
    expect(new CrowdedTableError(7).message).toContain("no free places were found for 7 disks a cell");
  });
});

test("positions are those of the table, cell by cell", async () => {
  const path = await followBilliards(chain, { seed: 1 });
  path.advance(20);
  const { disks, radius } = path;
  expect(disks).toHaveLength(4 * 5 * 4);
  const { length } = chain.shape;
  for (let disk = 0; disk < 20; disk++) {
    const cell = Math.floor(disk / 4) - 1;
    expect(disks[4 * disk]).toBeGreaterThan(cell * length);
    expect(disks[4 * disk]).toBeLessThan((cell + 1) * length);
  }
  expect(radius).toBeCloseTo(0.5, 15);
  const sums = Array.from({ length: 5 }, (_, cell) => {
    let sum = 0;
    for (let i = 4 * cell; i < 4 * (cell + 1); i++) sum += (disks[4 * i + 2] ** 2 + disks[4 * i + 3] ** 2) / 4;
    return sum;
  });
  expect(difference(sums, path.energies)).toBeLessThan(1e-12);
});
