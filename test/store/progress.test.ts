/** How far a run is and how fast it goes, by hand: rates and times left, of runs that go on with what was there before. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AbortedError } from "../../src/index.ts";
import { ProgressMeter, type Progress } from "../../src/progress.ts";
import { RunFolder } from "../../src/store/index.ts";
import { statusOf } from "../../src/store/status.ts";
import { LEVEL, SMALL, temporary } from "../support/runFolders.ts";

describe("a run that begins with 60 of its 100 replicas", () => {
  test("goes at the rate of those it makes itself, chunks side by side", () => {
    const reports: Progress[] = [];
    let now = 0;
    const meter = new ProgressMeter(
      100,
      (progress) => reports.push(progress),
      60,
      () => now,
    );
    const after = (seconds: number, act: () => void) => {
      now += 1000 * seconds;
      act();
      return reports.at(-1);
    };
    const report = (finished: number, events: number, seconds: number, secondsLeft: number) => {
      return { finished, replicas: 100, events, seconds, secondsLeft };
    };
    expect(after(0, () => meter.report())).toEqual(report(60, 0, 0, Infinity));
    expect(after(2, () => meter.advance(64, { replicas: 4, events: 30 }))).toEqual(report(64, 30, 2, 18));
    // The same chunk further on.
    expect(after(2, () => meter.advance(64, { replicas: 5, events: 50 }))).toEqual(report(65, 50, 4, 28));
    expect(after(1, () => meter.advance(72, { replicas: 5, events: 20 }))).toEqual(report(70, 70, 5, 15));
    expect(after(5, () => meter.finish(64, { replicas: 8, events: 80 }))).toEqual(report(73, 100, 10, (10 / 13) * 27));
    expect(meter.finished).toBe(68);
    expect(reports).toHaveLength(5);
    after(0.099, () => meter.finish(72, { replicas: 8, events: 90 }));
    expect(reports).toHaveLength(5);
    expect(after(0.101, () => meter.advance(80, { replicas: 4, events: 10 }))).toEqual(report(80, 180, 10.2, 10.2));
    expect(meter.finished).toBe(76);
  });
});

describe("the status of a run", () => {
  const chunk = (first: number, level: number, events: number, written: number) => {
    return { chunk: { first, level }, events, written };
  };

  test("has the rate of what was made since the first chunk was written", () => {
    const finished = [chunk(0, 2, 40, 100), chunk(4, 1, 10, 130), chunk(8, 3, 90, 110)];
    const missing = [
      { first: 6, level: 1 },
      { first: 16, level: 3 },
      { first: 24, level: 3 },
    ];
    expect(statusOf({ finished, missing, refused: [] }, 150)).toEqual({
      finished: 14,
      replicas: 32,
      finishedChunks: 3,
      chunks: 6,
      events: 140,
      // 10 replicas and 100 events in the 30 s after the first chunk.
      replicasPerSecond: 10 / 30,
      eventsPerSecond: 100 / 30,
      secondsLeft: expect.closeTo(54, 12) as number,
      secondsSinceLast: 20,
      missing: [
        { first: 6, replicas: 2 },
        { first: 16, replicas: 16 },
      ],
      refused: [],
    });
  });

  test("has the rate of the last 32 chunks, not of those long ago", () => {
    const finished = Array.from({ length: 40 }, (_, i) => chunk(i, 0, i, i < 8 ? i : 1000 + 2 * i));
    const { eventsPerSecond, replicasPerSecond } = statusOf({ finished, missing: [], refused: [] }, 2000);
    // 31 chunks in 62 s, of 9 to 39 events: 24 on average.
    expect([eventsPerSecond, replicasPerSecond]).toEqual([12, 0.5]);
  });

  test("has no rate with a single chunk", () => {
    const status = statusOf({ finished: [chunk(0, 0, 5, 100)], missing: [{ first: 1, level: 0 }], refused: [] }, 101);
    expect(status).toMatchObject({
      eventsPerSecond: NaN,
      replicasPerSecond: NaN,
      secondsLeft: NaN,
      secondsSinceLast: 1,
    });
  });
});

describe("a folder in which some chunks are there", () => {
  /** Of the chunks of 1, 4, 4, 4, 2 and 1 replicas the second and the fifth. */
  async function begun(): Promise<RunFolder> {
    const folder = await RunFolder.create(join(temporary(), "run"), SMALL, LEVEL);
    const chunks = [...folder.chunks()];
    for (const chunk of [chunks[1], chunks[4]]) await folder.ensure(chunk);
    return folder;
  }

  test.each([
    ["all of it", { index: 1, count: 1 }, 16],
    ["its second half", { index: 2, count: 2 }, 7],
  ])("tells their replicas as finished, and as events those it makes itself: %s", async (_, shard, replicas) => {
    const folder = await begun();
    const before = await folder.status();
    const reports: Progress[] = [];
    await folder.compute({ workers: 1, shard, onProgress: (progress) => reports.push(progress) });
    const { events } = await folder.status();
    expect(reports.at(-1)).toMatchObject({
      finished: replicas,
      replicas,
      events: events - before.events,
      secondsLeft: 0,
    });
  });

  test("tells them when it is stopped before it began", async () => {
    const folder = await begun();
    const reports: Progress[] = [];
    const options = {
      workers: 1,
      signal: AbortSignal.abort(),
      onProgress: (progress: Progress) => reports.push(progress),
    };
    const error = await folder.compute(options).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ finished: 6, replicas: 16 });
    expect(reports).toMatchObject([{ finished: 6, replicas: 16, events: 0, secondsLeft: Infinity }]);
  });
});
