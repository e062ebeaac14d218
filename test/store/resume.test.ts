/** A run ends in the same bits however it is cut, shared out, stopped and resumed. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { loadKernel } from "../../src/engine.ts";
import { runPlan } from "../../src/ensemble/simulate.ts";
import {
  AbortedError,
  defineModel,
  LeftConeError,
  replay,
  simulate,
  type Certificate,
  type Ensemble,
  type SimulateOptions,
} from "../../src/index.ts";
import { ChunkStore } from "../../src/store/chunkStore.ts";
import { RunFolder, type Merged, type Request } from "../../src/store/index.ts";
import { planOf } from "../../src/store/plan.ts";
import { MAIN, mesoflux, ran, start } from "../support/commandLine.ts";
import {
  certificateOf,
  chunkPath,
  copied,
  fingerprintOf,
  finished,
  LEVEL,
  namesIn,
  SMALL,
  temporary,
} from "../support/runFolders.ts";

const model = defineModel({ cells: 2, particles: 4, temperatures: [1, 2] });
const frail = defineModel({ cells: 2, particles: 200, temperatures: [1, 2] });
/** 4095, then 4096 to 8191, which a single chunk may be, then three more. */
const first = { firstReplica: 4095, replicas: 4100, seed: 3n };
const steady = { times: "stationary", stationary: { burnIn: 1, looks: 4, spacing: 0.5 } } as const;

const RUNS: [string, Request][] = [
  ["an ensemble", { model, options: { ...first, times: [0.5, 1] } }],
  ["one that keeps samples", { model, options: { ...first, times: [0.5, 1], samples: true } }],
  ["the mesoscopic equation", { model: frail, options: { ...first, times: [0.5], method: "mesoscopic" } }],
  ["a steady state", { model, options: { ...first, ...steady } }],
];
const LEVELS = Array.from({ length: 13 }, (_, level) => level);

describe.each(RUNS)("%s", (_, request) => {
  let certified: string;
  beforeAll(async () => {
    certified = (await certificateOf({ model: request.model, options: { ...request.options, workers: 1 } } as Request))
      .result;
  });

  test("in chunks of 1 to 4096 replicas, in memory", async () => {
    for (const level of LEVELS) {
      const kernel = await loadKernel();
      const result = await runPlan(kernel, planOf(kernel, request, level), { workers: 1 });
      expect(result.certificate.result, `chunks of ${2 ** level}`).toBe(certified);
    }
  });

  test("on 1, 2, 3 and 7 workers", async () => {
    for (const workers of [1, 2, 3, 7]) {
      const kernel = await loadKernel();
      const result = await runPlan(kernel, planOf(kernel, request, 6), { workers });
      expect(result.certificate.result, `${workers} workers`).toBe(certified);
    }
  });

  test("in a folder, in chunks of 64 to 4096 replicas, on workers and off them", async () => {
    for (const level of LEVELS.slice(6)) {
      const folder = await RunFolder.create(join(temporary(), "run"), request, level);
      await folder.compute({ workers: level === 6 ? 3 : 1 });
      const { result, status } = await folder.merge();
      expect(status).toMatchObject({ finished: 4100, missing: [], refused: [] });
      expect(result.certificate.result, `chunks of ${2 ** level}`).toBe(certified);
    }
  });

  test("in 1, 2 and 5 shards, in any order", async () => {
    for (const order of [[1], [2, 1], [4, 2, 5, 1, 3]]) {
      const folder = await RunFolder.create(join(temporary(), "run"), request, 8);
      const all = [...folder.chunks()].length;
      for (const [done, index] of order.entries()) {
        const before = (await folder.status()).finishedChunks;
        await folder.compute({ workers: 1, shard: { index, count: order.length } });
        const made = (await folder.status()).finishedChunks - before;
        expect(Math.abs(made - all / order.length)).toBeLessThan(1);
        expect((await fingerprintOf(folder.path)) === certified).toBe(done === order.length - 1);
      }
    }
  });
});

test("in a folder of many files, down to one a replica", async () => {
  const request: Request = { model, options: { ...first, replicas: 300, times: [0.5] } };
  const { result } = await certificateOf(request);
  for (const level of LEVELS.slice(0, 6)) {
    const folder = await finished(undefined, request, level);
    expect(await fingerprintOf(folder.path), `chunks of ${2 ** level}`).toBe(result);
  }
});

test("samples come back replica by replica, and keeping them changes no bit of the rest", async () => {
  const options = { ...SMALL.options, samples: true } as SimulateOptions;
  const { samples, transferredSamples, certificate } = await simulate(SMALL.model, options);
  expect(certificate).toEqual(await certificateOf(SMALL));
  for (const level of [0, 2, 4]) {
    const folder = await finished(undefined, { model: SMALL.model, options }, level);
    const batches = [...folder.samples()];
    expect(batches[0].first).toBe(3);
    expect(batches.flatMap(({ energies }) => [...energies])).toEqual([...samples!]);
    expect(batches.flatMap(({ transferred }) => [...transferred])).toEqual([...transferredSamples!]);
    expect(await fingerprintOf(folder.path)).toBe(certificate.result);
  }
});

/** Chunks of a tenth of a second, in whose course others have their turn. */
const LONG: Request = {
  model: defineModel({ cells: 8, particles: 100_000, temperatures: [1, 2] }),
  options: { replicas: 20, times: [0.5, 1], seed: 1n },
};
const LONG_LEVEL = 2;

describe("several that work on the same run", () => {
  let certified: string;
  beforeAll(async () => {
    certified = (await certificateOf(LONG)).result;
  });

  test("two processes that begin it at the same time", async () => {
    const path = join(temporary(), "run");
    const line = `run --cells 8 --particles 100000 --temperatures 1,2 --replicas 20 --times 0.5,1 --seed 1 --workers 1`;
    const args = [...line.split(" "), "--out", path, "--chunk", "1", "--resume", "--json", "--quiet"];
    const outcomes = await Promise.all([ran(args), ran(args)]);
    for (const { code, out, err } of outcomes) {
      expect([code, err]).toEqual([0, ""]);
      const { complete, certificate } = JSON.parse(out) as { complete: boolean; certificate: Certificate };
      expect([complete, certificate.result]).toEqual([true, certified]);
    }
    expect(namesIn(path)).toHaveLength(20);
  });

  test("two that begin different runs in the same folder at the same time: none computes the other's", async () => {
    const requests = [7n, 8n].map((seed): Request => ({ ...SMALL, options: { ...SMALL.options, seed } as never }));
    for (let round = 0; round < 20; round++) {
      const path = join(temporary(), "run");
      const begun = await Promise.allSettled(requests.map((request) => RunFolder.create(path, request, LEVEL)));
      for (const [i, outcome] of begun.entries()) {
        if (outcome.status === "fulfilled") expect(outcome.value.request.options.seed).toBe(requests[i].options.seed);
        else expect((outcome.reason as Error).message).toContain("holds another run:\n  seed: ");
      }
    }
  });

  test("two that write the same chunk", async () => {
    const path = join(temporary(), "run");
    const folder = await RunFolder.create(path, LONG, LONG_LEVEL);
    const [chunk] = folder.chunks();
    const others = await Promise.all([1, 2, 3].map(() => RunFolder.open(path)));
    expect(await Promise.all(others.map((other) => other.ensure(chunk)))).toEqual([true, true, true]);
    expect(namesIn(path)).toHaveLength(1);
    await folder.compute({ workers: 1 });
    expect(await fingerprintOf(path)).toBe(certified);
  });

  test("one that finishes chunks while another is looking round: they are left where they are", async () => {
    const whole = await finished();
    const folder = await RunFolder.create(join(temporary(), "run"), SMALL, LEVEL);
    const survey = vi.spyOn(ChunkStore.prototype, "survey");
    survey.mockImplementationOnce(async function (this: ChunkStore) {
      const found = await this.survey();
      copied(whole, folder.path);
      return found;
    });
    await folder.compute({ workers: 1 });
    survey.mockRestore();
    expect(namesIn(folder.path)).toEqual(namesIn(whole.path));
    expect(await fingerprintOf(folder.path)).toBe(await fingerprintOf(whole.path));
  });

  test("one that has finished everything, and tidied up, while another is writing", async () => {
    const whole = await finished();
    const folder = await RunFolder.create(join(temporary(), "run"), SMALL, LEVEL);
    let removed = 0;
    const write = vi.spyOn(ChunkStore.prototype, "write");
    write.mockImplementation(async function (this: ChunkStore, ...args) {
      write.mockRestore();
      const writing = this.write(...args);
      copied(whole, folder.path);
      removed += await removeUnfinished(folder.path);
      await writing;
    });
    await folder.compute({ workers: 1 });
    expect(removed).toBe(1);
    expect(namesIn(folder.path)).toEqual(namesIn(whole.path));
  });

  test("chunks that are run side by side in one process, and merged meanwhile", async () => {
    const folder = await RunFolder.create(join(temporary(), "run"), LONG, LONG_LEVEL);
    const chunks = [...folder.chunks()];
    await folder.ensure(chunks[0]);
    const merged: Promise<Merged>[] = [];
    const running = folder.compute({ workers: 1, onProgress: () => merged.push(folder.merge()) });
    await Promise.all([running, ...chunks.slice(3).map((chunk) => folder.ensure(chunk))]);
    for (const { result } of await Promise.all(merged)) {
      expect(await replay(result.certificate)).toMatchObject({ same: true });
    }
    expect(await fingerprintOf(folder.path)).toBe(certified);
  });
});

test("parts that there cannot be are refused before anything is done", async () => {
  const path = join(temporary(), "run");
  for (const level of [-1, 1.5, 25, NaN]) {
    await expect(RunFolder.create(path, SMALL, level)).rejects.toThrow(
      `"level" expected a whole number from 0 to 24, got ${level}`,
    );
  }
  expect(existsSync(path)).toBe(false);
  const folder = await RunFolder.create(path, SMALL, LEVEL);
  for (const shard of [
    { index: 0, count: 2 },
    { index: 3, count: 2 },
    { index: 1.5, count: 2 },
    { index: 1, count: NaN },
  ]) {
    await expect(folder.compute({ shard })).rejects.toThrow('"shard" expected an index from 1 to count');
  }
  for (const chunk of [
    { first: 8, level: 1 },
    { first: 0, level: 4 },
    { first: 20, level: 2 },
  ]) {
    await expect(folder.ensure(chunk)).rejects.toThrow('"chunk" expected a chunk of this run');
  }
  expect(existsSync(join(path, "chunks"))).toBe(false);
});

describe("a run that is stopped", () => {
  test("by its signal goes on where it was", async () => {
    const folder = await RunFolder.create(join(temporary(), "run"), LONG, 0);
    const { write } = ChunkStore.prototype;
    for (const workers of [1, 2]) {
      const controller = new AbortController();
      const before = (await folder.status()).finished;
      let left = 3;
      const writes = vi.spyOn(ChunkStore.prototype, "write").mockImplementation(function (this: ChunkStore, ...args) {
        if (--left === 0) controller.abort();
        return write.apply(this, args);
      });
      const error = await folder.compute({ workers, signal: controller.signal }).then(
        () => undefined,
        (error: unknown) => error as AbortedError,
      );
      writes.mockRestore();
      expect(error).toBeInstanceOf(AbortedError);
      const { finished } = await folder.status();
      expect(finished).toBeGreaterThan(before);
      expect(error!.message).toBe(`aborted after ${finished} of 20 replicas; what was finished is in ${folder.path}`);
      expect(namesIn(folder.path)).toHaveLength(finished);
    }
    await folder.compute({ workers: 1 });
    expect(await fingerprintOf(folder.path)).toBe((await certificateOf(LONG)).result);
  });

  test("by Ctrl-C exits 130, leaves nothing half-written, and prints the line that completes it", async () => {
    const home = temporary();
    const path = join(home, "a run's folder");
    const line =
      "run --cells 8 --particles 100000 --temperatures 1,2 --replicas 100 --times 0.5,1 --seed 1 --workers 2";
    const { child, outcome } = mesoflux([...line.split(" "), "--chunk", "1", "--out", path, "--json", "--quiet"]);
    await until(() => existsSync(join(path, "chunks")) && namesIn(path).filter(isChunk).length > 3);
    child.kill("SIGINT");
    const { code, out, err } = await outcome;
    expect([code, out]).toEqual([130, ""]);
    const names = namesIn(path);
    expect(names.filter(isChunk)).toEqual(names);
    const said = new RegExp(`^interrupted after (\\d+) of 100 replicas; go on with: mesoflux (run .*)\\n$`).exec(err)!;
    expect(Number(said[1])).toBe(names.length);
    expect(names.length).toBeLessThan(100);

    // The path quoted for a shell.
    const resumed = await start("sh", ["-c", `"$0" "$1" ${said[2]} --json --quiet`, process.execPath, MAIN]).outcome;
    expect([resumed.code, resumed.err]).toEqual([0, ""]);
    const { complete, certificate } = JSON.parse(resumed.out) as { complete: boolean; certificate: Certificate };
    expect(complete).toBe(true);
    const options = { ...LONG.options, replicas: 100 } as SimulateOptions;
    expect(certificate).toEqual(await certificateOf({ model: LONG.model, options }));
    expect(namesIn(path).filter(isChunk)).toHaveLength(100);
  });

  test("by a replica that leaves the cone keeps what is below it, and says so again", async () => {
    const frail = defineModel({ cells: 2, particles: 16, temperatures: [1, 2], rate: "sqrt-harmonic" });
    const options = { replicas: 20_000, times: [0.5, 1], method: "mesoscopic", seed: 1n } as const;
    const inMemory = await simulate(frail, options).catch((error: unknown) => error as LeftConeError<Ensemble>);
    expect(inMemory).toBeInstanceOf(LeftConeError);
    const folder = await RunFolder.create(join(temporary(), "run"), { model: frail, options }, 7);
    for (const workers of [2, 1]) {
      const error = await folder.compute({ workers }).catch((error: unknown) => error as LeftConeError);
      expect(error).toMatchObject({ message: (inMemory as LeftConeError).message });
      const { missing } = await folder.status();
      expect(missing[0].first).toBe(128 * Math.floor((inMemory as LeftConeError).replica / 128));
    }
  });
});

const isChunk = (name: string) => name.endsWith(".chunk");

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Removes the temporary files that come up, and says how many. */
async function removeUnfinished(path: string): Promise<number> {
  for (;;) {
    const names = namesIn(path).filter((name) => name.endsWith(".tmp"));
    for (const name of names) rmSync(chunkPath(path, name));
    if (names.length > 0) return names.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
