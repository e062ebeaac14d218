/** Many runs at once: one pool of workers, one clock for turns of the event loop, the same certificates. */
import { describe, expect, test, vi } from "vitest";
import { configure, defineModel, simulate, type AbortedError } from "../../src/index.ts";
import { loadKernel } from "../../src/engine.ts";
import { CHAIN_SCRIPT } from "../../src/ensemble/chainWork.ts";
import { run as simulateOn } from "../../src/ensemble/simulate.ts";
import type { Order } from "../../src/ensemble/workerLoop.ts";
import { WorkerPool } from "../../src/ensemble/workerPool.ts";
import { Kernel } from "../../src/kernel.ts";
import { cores, type OpenWorker, waysToOpen } from "../../src/platform.ts";

const model = defineModel({ cells: 5, particles: 1000, temperatures: [1, 2] });
const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);
const tick = () => new Promise((resolve) => setImmediate(resolve));

const RUN = { replicas: 16, times: [0.5] };
const ENDLESS = { replicas: 1e9, times: [1] };
/** Each of its replicas takes hours. */
const SLOW = { model: defineModel({ ...model, particles: 1e9 }), options: { replicas: 64, times: [100] } };

const alone = async (seed: number) => (await simulate(model, { ...RUN, seed, workers: 1 })).certificate.result;

describe("on this thread", () => {
  test("fifty runs take no more of a turn of the event loop than one", async () => {
    const advance = vi.spyOn(Kernel.prototype, "advance");
    try {
      let isOver = false;
      const running = Promise.all(
        seeds(50).map((seed) => simulate(model, { ...RUN, replicas: 100, seed, workers: 1 })),
      ).finally(() => (isOver = true));
      let most = 0;
      let turns = 0;
      for (; !isOver; turns++) {
        advance.mockClear();
        await tick();
        most = Math.max(most, advance.mock.calls.length);
      }
      await running;
      // 64 looks at the clock, and a call for each run that ends in the same turn.
      expect(most).toBeLessThanOrEqual(64 + 2);
      expect(turns).toBeGreaterThan(20);
    } finally {
      advance.mockRestore();
    }
  });

  test("fifty runs end a few turns after their abort", async () => {
    const controller = new AbortController();
    let ended = 0;
    const running = seeds(50).map((seed) =>
      simulate(model, { replicas: 1e9, times: [1], seed, workers: 1, signal: controller.signal }).catch(
        (error: AbortedError) => {
          ended++;
          return error.name;
        },
      ),
    );
    for (let i = 0; i < 60; i++) await tick();
    expect(ended).toBe(0);
    controller.abort();
    for (let i = 0; i < 10; i++) await tick();
    expect(ended).toBe(50);
    expect(new Set(await Promise.all(running))).toEqual(new Set(["AbortError"]));
  });
});

/** A pool of two workers that notes how many are opened, which of them keep the process alive, and who is given chunks. */
async function watchedPool() {
  const kernel = await loadKernel();
  const [openHere] = waysToOpen(undefined);
  const opened = { count: 0 };
  const held = new Set<number>();
  const given: number[] = [];
  const open: OpenWorker = (source) => {
    const worker = opened.count++;
    held.add(worker);
    const port = openHere(source);
    return {
      ...port,
      hold(isHolding) {
        if (isHolding) held.add(worker);
        else held.delete(worker);
        port.hold(isHolding);
      },
      post(message, transfer) {
        const order = message as Order;
        if (order.kind === "run") given.push(order.run);
        port.post(message, transfer);
      },
    };
  };
  return { pool: new WorkerPool(CHAIN_SCRIPT.source, kernel.module, [open], () => 2), opened, held, given };
}

describe("on workers", () => {
  test("forty runs share two workers, in turns, and have the certificates of runs alone", async () => {
    const { pool, opened, held, given } = await watchedPool();
    const results = await Promise.all(
      seeds(40).map(async (seed) => simulateOn(await loadKernel(), model, { ...RUN, seed, workers: 2 }, { pool })),
    );
    expect(opened.count).toBe(2);
    expect(held.size).toBe(0);
    for (const [seed, { certificate, ran }] of results.entries()) {
      expect(ran).toEqual({ threads: 2 });
      expect(certificate.result).toBe(await alone(seed));
    }
    // Each has 16 chunks. By the time that any has had its last one, all others have had some.
    const counts = new Map<number, number>();
    for (const run of given) {
      counts.set(run, (counts.get(run) ?? 0) + 1);
      if (counts.get(run) === 16) break;
    }
    expect(counts.size).toBe(40);
  });

  test("a run that waits for the workers of another ends at its abort, not when they are free", async () => {
    const { pool, given } = await watchedPool();
    const [long, short] = [new AbortController(), new AbortController()];
    const start = async ({ signal }: AbortController) =>
      simulateOn(await loadKernel(), model, { ...ENDLESS, workers: 2, signal }, { pool }).catch(
        (error: AbortedError) => error,
      );
    const holding = start(long);
    while (given.length < 4) await tick();
    const waiting = start(short);
    for (let i = 0; i < 5; i++) await tick();
    short.abort();
    expect(await waiting).toMatchObject({ name: "AbortError" });
    // The other goes on.
    const before = given.length;
    while (given.length < before + 1) await tick();
    long.abort();
    expect((await holding) as AbortedError).toMatchObject({ name: "AbortError" });
  });

  test("so it does where no chunk ever ends, and so does one in the middle of such chunks", async () => {
    const { pool, held, given } = await watchedPool();
    const [long, short] = [new AbortController(), new AbortController()];
    let over = 0;
    const start = async ({ signal }: AbortController) =>
      simulateOn(await loadKernel(), SLOW.model, { ...SLOW.options, workers: 2, signal }, { pool }).catch(
        (error: AbortedError) => (over++, error),
      );
    const holding = start(long);
    while (given.length < 4) await tick();
    const waiting = start(short);
    for (let i = 0; i < 5; i++) await tick();
    short.abort();
    expect(await waiting).toMatchObject({ name: "AbortError" });
    // The other goes on.
    for (let i = 0; i < 5; i++) await tick();
    expect(over).toBe(1);
    expect(held.size).toBe(2);
    long.abort();
    expect(await holding).toMatchObject({ name: "AbortError" });
    expect(held.size).toBe(0);
  });

  test("configure sets how many there are at most; by default as many as cores", async () => {
    const share = async () => (await simulate(model, { ...RUN, workers: 8 })).ran.threads;
    expect(await share()).toBe(Math.min(8, cores()));
    try {
      configure({ maxWorkers: 3 });
      expect(await share()).toBe(3);
      configure({ maxWorkers: 1 });
      expect(await share()).toBe(1);
    } finally {
      configure({ maxWorkers: cores() });
    }
  });
});
