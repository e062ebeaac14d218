/** Workers that crash, that cannot be had, that are stopped: the bits are the same, or an error says what happened. */
import { execFile } from "node:child_process";
import { describe, expect, test } from "vitest";
import { loadKernel } from "../../src/engine.ts";
import { CHAIN_SCRIPT } from "../../src/ensemble/chainWork.ts";
import { run as simulateOn } from "../../src/ensemble/simulate.ts";
import {
  AbortedError,
  defineModel,
  LeftConeError,
  replay,
  simulate,
  WorkerError,
  type Ensemble,
  type SimulateOptions,
} from "../../src/index.ts";
import { NOTHING } from "../../src/ensemble/work.ts";
import type { Answer, Order } from "../../src/ensemble/workerLoop.ts";
import { WorkerPool } from "../../src/ensemble/workerPool.ts";
import { type OpenWorker, waysToOpen } from "../../src/platform.ts";

/** Eight replicas, each a chunk of its own that takes a tenth of a second: it looks up a few times in its course. */
const model = defineModel({ cells: 8, particles: 400_000, temperatures: [1, 2] });
const run = { replicas: 8, times: [0.5, 1], seed: 11n } as const;
/** Replicas of a hundredth of a second, without end. */
const endless = { model: defineModel({ ...model, particles: 20_000 }), options: { ...run, replicas: 1e6 } } as const;

const [openWorker] = waysToOpen(undefined);

/** The engine, and two workers that are opened in this way. */
async function places(open: OpenWorker) {
  const kernel = await loadKernel();
  return { kernel, pool: new WorkerPool(CHAIN_SCRIPT.source, kernel.module, [open], () => 2) };
}

async function simulated(open: OpenWorker, options: Partial<SimulateOptions> = {}): Promise<Ensemble> {
  const { kernel, pool } = await places(open);
  return simulateOn(kernel, model, { ...run, workers: 2, ...options }, { pool });
}

async function failure<E = Error>(of: Promise<unknown>): Promise<E> {
  return of.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error as E,
  );
}

let hash: string | undefined;
/** The fingerprint of the run in one thread. */
const inOneThread = async () => (hash ??= (await simulate(model, { ...run, workers: 1 })).certificate.result);

/** Workers of which the nth, from 0 on, has this script before its own; and how many were opened. */
function workersWith(scriptOf: (n: number) => string) {
  const opened = { count: 0 };
  const open: OpenWorker = (source) => openWorker(`${scriptOf(opened.count++)};${source}`);
  return { open, opened };
}

/** Code that a worker runs when it begins the chunk of that first replica, a BigInt for the engine. */
const atChunk = (test: string, what: string) => `globalThis.BigInt = new Proxy(BigInt, {
  apply(target, self, [first]) {
    if (${test}) { ${what} }
    return target(first);
  },
})`;
/** In the middle of its first chunk, when it looks up. */
const THROWS = atChunk("true", 'setTimeout(() => { throw new Error("planted"); })');
const EXITS = atChunk("true", "setTimeout(() => process.exit(3))");

describe("a worker that crashes is replaced, and its chunks run again: the same bits", () => {
  test.each([
    ["the first, which throws", (n: number) => (n === 0 ? THROWS : "")],
    ["the second, which exits", (n: number) => (n === 1 ? EXITS : "")],
    ["both", (n: number) => (n < 2 ? THROWS : "")],
    ["and the one in its place", (n: number) => (n === 1 ? EXITS : n === 2 ? THROWS : "")],
  ])("%s", async (_, scriptOf) => {
    const { open, opened } = workersWith(scriptOf);
    const lost = [0, 1, 2].filter((n) => scriptOf(n) !== "").length;
    expect((await simulated(open)).certificate.result).toBe(await inOneThread());
    expect(opened.count).toBe(2 + lost);
  });

  test("one that its platform ends, without a word of its own", async () => {
    let opened = 0;
    const open: OpenWorker = (source) => {
      const worker = openWorker(source);
      // The first word of the first worker's that is not "ready" is of the middle of a chunk.
      if (opened++ === 0) worker.onMessage((message) => (message as Answer).kind === "done" && worker.close());
      return worker;
    };
    expect((await simulated(open)).certificate.result).toBe(await inOneThread());
    expect(opened).toBe(3);
  });

  test("what it said before its end, and comes after it, is left aside", async () => {
    const { open: openCrashing, opened } = workersWith((n) => (n === 0 ? THROWS : ""));
    const open: OpenWorker = (source) => {
      const worker = openCrashing(source);
      let tell!: (answer: Answer) => void;
      return {
        ...worker,
        onMessage: (listener) => worker.onMessage((tell = listener)),
        onEnd: (listener) =>
          worker.onEnd((...why) => {
            listener(...why);
            tell({ kind: "done", done: { replicas: 1, events: 1 } });
            tell({ kind: "result", result: NOTHING });
          }),
      };
    };
    expect((await simulated(open)).certificate.result).toBe(await inOneThread());
    expect(opened.count).toBe(3);
  });

  test("samples come once", async () => {
    const { open } = workersWith((n) => (n === 0 ? THROWS : ""));
    const { samples } = await simulated(open, { samples: true });
    expect(samples).toEqual((await simulate(model, { ...run, workers: 1, samples: true })).samples);
  });
});

describe("a chunk that crashes every worker", () => {
  test("ends the run after three, and is named by its replicas", async () => {
    const { open, opened } = workersWith(() => atChunk("first === 5", 'throw new Error("planted")'));
    const error = await failure(simulated(open));
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toBe("3 workers have crashed over replicas 5 to 5: planted");
    // Two to begin with, and one in the place of each lost. An answer that is lost with its worker counts for its own chunk.
    expect(opened.count).toBeGreaterThanOrEqual(4);
    expect(opened.count).toBeLessThanOrEqual(6);
  });

  /** The first `lost` workers throw, and there are two in all. */
  const twoOfWhich = (lost: number): OpenWorker => {
    let opened = 0;
    return (source) => {
      if (opened === 2) throw new Error("no more threads");
      return openWorker(`${opened++ < lost ? THROWS : ""};${source}`);
    };
  };

  test("a worker that has no successor leaves its chunks to the others", async () => {
    expect((await simulated(twoOfWhich(1))).certificate.result).toBe(await inOneThread());
  });

  test("the last worker that has no successor ends the run", async () => {
    const error = await failure(simulated(twoOfWhich(2)));
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toBe("workers cannot be started here: no more threads; run with workers: 1");
  });
});

describe("workers that cannot be had", () => {
  /** Some 4·10^7 events, for which "auto" would like two. */
  const long = { times: [2] };
  const ways: [string, OpenWorker, string][] = [
    [
      "are refused",
      () => {
        throw new Error("forbidden by the page");
      },
      "forbidden by the page",
    ],
    ["do not start", () => openWorker('throw new Error("no such thing")'), "no such thing"],
  ];

  test.each(ways)("%s: said, if their number was asked for", async (_, open, why) => {
    const error = await failure(simulated(open));
    expect(error).toBeInstanceOf(WorkerError);
    expect(error.message).toBe(`workers cannot be started here: ${why}; run with workers: 1`);
  });

  test.each(ways)('%s: "auto" does without', async (_, open) => {
    const [alone, auto] = [
      await simulated(open, { ...long, workers: 1 }),
      await simulated(open, { ...long, workers: "auto" }),
    ];
    expect(auto.certificate).toEqual(alone.certificate);
  });
});

describe("an AbortSignal", () => {
  /** Aborts as soon as so many replicas are finished. */
  async function aborted(workers: number, options: Partial<SimulateOptions> = {}, after = 1) {
    const controller = new AbortController();
    const onProgress = ({ finished }: { finished: number }) => finished >= after && controller.abort();
    const more = { workers, signal: controller.signal, onProgress, ...options };
    return failure<AbortedError<Ensemble>>(simulate(endless.model, { ...endless.options, ...more }));
  }

  test.each([1, 2, 3])(
    "leaves what was finished, gaps and all, and its replay finds the same bits: %i workers",
    async (workers) => {
      const stop = (after: number) => aborted(workers, { samples: true, replicas: 1e5 }, after);
      let error = await stop(1);
      // Each worker is in the middle of a chunk, if it has come to anything.
      for (let after = 20; workers > 1 && !error.partial!.certificate.spans && after < 500; after *= 2) {
        error = await stop(after);
      }
      expect(error).toBeInstanceOf(AbortedError);
      const { partial, finished } = error;
      expect(partial!.replicas).toBe(finished);
      expect(error.message).toBe(`aborted after ${finished} of 100000 replicas; \`partial\` holds what was finished`);
      const { certificate, samples } = partial!;
      expect(await replay(certificate)).toMatchObject({ same: true });
      if (workers > 1) expect(certificate.spans!.length).toBeGreaterThan(1);
      const spans = certificate.spans ?? [{ first: 0, replicas: finished }];
      expect(spans.reduce((sum, { replicas }) => sum + replicas, 0)).toBe(finished);
      // The samples are those of the spans.
      expect(samples!.length).toBe(finished * 16);
      const { first, replicas } = spans.at(-1)!;
      const last = await simulate(endless.model, { ...run, firstReplica: first, replicas, samples: true });
      expect(samples!.slice(-replicas * 16)).toEqual(last.samples);
    },
  );

  test.each([1, 2])("of before the run: nothing is run; %i workers", async (workers) => {
    const error = await aborted(workers, { signal: AbortSignal.abort() });
    expect(error).toBeInstanceOf(AbortedError);
    expect(error).toMatchObject({ finished: 0, partial: undefined });
    expect(error.message).toBe("aborted after 0 of 1000000 replicas; nothing was finished");
  });

  test("while a worker crashes: what the others finished is kept", async () => {
    const controller = new AbortController();
    const { open } = workersWith((n) => (n === 0 ? THROWS : ""));
    const onProgress = ({ finished }: { finished: number }) => finished > 2 && controller.abort();
    const error = await failure<AbortedError<Ensemble>>(
      simulated(open, { replicas: 1e6, signal: controller.signal, onProgress }),
    );
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.partial!.replicas).toBeGreaterThan(2);
    expect(await replay(error.partial!.certificate)).toMatchObject({ same: true });
  });
});

const frail = defineModel({ cells: 2, particles: 16, temperatures: [1, 2], rate: "sqrt-harmonic" });
const equation = { replicas: 20_000, times: [0.5, 1], method: "mesoscopic", seed: 1n } as const;

describe("a replica that leaves the cone of positive energies", () => {
  test("is the same lowest one, with the same ones before it, for 1, 2 and 3 workers", async () => {
    const [one, ...others] = await Promise.all(
      [1, 2, 3].map((workers) => failure<LeftConeError<Ensemble>>(simulate(frail, { ...equation, workers }))),
    );
    expect(one).toBeInstanceOf(LeftConeError);
    // There are chunks before it, and others that leave after it.
    expect(one.replica).toBeGreaterThan(1000);
    expect(one.replica).toBeLessThan(15_000);
    expect(one.partial!.replicas).toBe(one.replica);
    for (const other of others) {
      expect([other.replica, other.time, other.message]).toEqual([one.replica, one.time, one.message]);
      expect(other.partial!.certificate).toEqual(one.partial!.certificate);
    }
    expect(await replay(one.partial!.certificate)).toMatchObject({ same: true });
  });

  test("is the lowest of several that leave it at the same time", async () => {
    const one = await failure<LeftConeError<Ensemble>>(simulate(frail, { ...equation, workers: 1 }));
    // No word of a first replica that leaves before there is one of a second.
    const held: (() => void)[] = [];
    let count = 0;
    const open: OpenWorker = (source) => {
      const worker = openWorker(source);
      let isHeld = false;
      const onMessage = (listener: (message: unknown) => void) =>
        worker.onMessage((message) => {
          const answer = message as Answer;
          const leaves = answer.kind === "result" && answer.result.leftAt !== undefined;
          isHeld ||= leaves;
          if (leaves) count++;
          if (isHeld) held.push(() => listener(message));
          else listener(message);
          if (count >= 2) held.splice(0).forEach((tell) => tell());
        });
      return { ...worker, onMessage };
    };
    const run = { ...equation, workers: 2 };
    const { kernel, pool } = await places(open);
    const other = await failure<LeftConeError<Ensemble>>(simulateOn(kernel, frail, run, { pool }));
    expect(count).toBeGreaterThan(1);
    expect([other.replica, other.time, other.message]).toEqual([one.replica, one.time, one.message]);
    expect(other.partial!.certificate).toEqual(one.partial!.certificate);
  });
});

test("a replica that leaves the cone is not called the lowest when an abort has left out some below it", async () => {
  const controller = new AbortController();
  const open: OpenWorker = (source) => {
    const worker = openWorker(source);
    worker.onMessage((message) => {
      const answer = message as Answer;
      if (answer.kind === "result" && answer.result.leftAt !== undefined) controller.abort();
    });
    // The worker that has the first chunk begins when it is too late.
    const waiting: unknown[] = [];
    return {
      ...worker,
      post(message, transfer) {
        const order = message as Order;
        const isFirst = order.kind === "run" && order.chunk.first === 0;
        if ((isFirst || waiting.length > 0) && !controller.signal.aborted) waiting.push(message);
        else worker.post(message, transfer);
        if (order.kind === "forget") waiting.splice(0).forEach((order) => worker.post(order));
      },
    };
  };
  const run = { ...equation, workers: 2, signal: controller.signal };
  const { kernel, pool } = await places(open);
  const error = await failure<AbortedError<Ensemble>>(simulateOn(kernel, frail, run, { pool }));
  expect(error).toBeInstanceOf(AbortedError);
  expect(error.partial!.certificate.firstReplica).toBeGreaterThan(0);
  expect(await replay(error.partial!.certificate)).toMatchObject({ same: true });
});

describe("an error of the listener's", () => {
  test.each([1, 2])("ends the run and is what it fails with: %i workers", async (workers) => {
    let calls = 0;
    const onProgress = () => {
      if (++calls === 2) throw new RangeError("of the listener's own");
    };
    const error = await failure(simulate(endless.model, { ...endless.options, workers, onProgress }));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe("of the listener's own");
    // A late message would have come by the end of another run.
    await simulate(endless.model, { ...endless.options, replicas: 40, workers });
    expect(calls).toBe(2);
  });
});

test("a program ends by itself after runs on workers, however they end", async () => {
  const index = new URL("../../dist/src/index.js", import.meta.url);
  const program = `
    import { defineModel, simulate } from ${JSON.stringify(index)};
    const model = defineModel({ cells: 8, particles: 1000, temperatures: [1, 2] });
    const run = { replicas: 300, times: [1], workers: 2 };
    const { certificate } = await simulate(model, run);
    const kinds = [];
    const fails = (options) => simulate(model, { ...run, replicas: 1e6, ...options }).catch(({ name }) => kinds.push(name));
    const controller = new AbortController();
    await fails({ signal: controller.signal, onProgress: () => controller.abort() });
    await fails({ onProgress() { throw new RangeError(); } });
    await simulate(model, { ...run, times: "stationary", replicas: 20 });
    process.stdout.write(JSON.stringify([certificate.result.length, ...kinds]));
  `;
  const { error, out } = await new Promise<{ error: Error | null; out: string }>((resolve) => {
    const args = ["--input-type=module", "-e", program];
    execFile(process.execPath, args, { timeout: 60_000 }, (error, out) => resolve({ error, out }));
  });
  expect(error).toBe(null);
  expect(JSON.parse(out)).toEqual([64, "AbortError", "RangeError"]);
});
