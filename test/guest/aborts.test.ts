/** Aborting by the platform's conventions, in every entry that takes a signal. */
import { describe, expect, test, vi } from "vitest";
import { AbortedError, defineModel, expectations, simulate, verify, type Ensemble } from "../../src/index.ts";
import { Kernel } from "../../src/kernel.ts";
import { entries, type Entry } from "./entries.ts";

const model = defineModel({ cells: 3, particles: 100, temperatures: [1, 2] });
/** Replicas without end. */
const ENDLESS = { replicas: 1e9, times: [1] };

/** As a polyfill has it, or another realm: of no class that this one knows. It counts its listeners. */
class Signal {
  aborted = false;
  reason: unknown;
  readonly listeners = new Set<() => void>();
  most = 0;

  addEventListener(_: "abort", listener: () => void): void {
    this.listeners.add(listener);
    this.most = Math.max(this.most, this.listeners.size);
  }
  removeEventListener(_: "abort", listener: () => void): void {
    this.listeners.delete(listener);
  }
  abort(reason: unknown): void {
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.listeners) listener();
  }
}

const failure = (of: unknown) =>
  Promise.resolve(of).then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error as AbortedError<Ensemble>,
  );

/** Entries that run nothing once they have their first answer. */
const WITHOUT_SIGNAL = ["follow", "store: exportResult, of a result with this model"];
const abortable = entries.filter(({ name }) => !name.startsWith("theory.") && !WITHOUT_SIGNAL.includes(name));

describe("a signal that has aborted ends every entry that takes one", () => {
  test.each(abortable.map(({ name, call }): [string, Entry["call"]] => [name, call]))("%s", async (_, call) => {
    const reason = new Error("of the caller's own");
    const signal = new Signal();
    signal.abort(reason);
    const error = await failure(call(model, () => signal));
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.name).toBe("AbortError");
    expect(error.cause).toBe(reason);
    expect(signal.listeners.size).toBe(0);
  });
});

test("a call that comes after its abort loads no engine: its memory would stay for a while", async () => {
  const load = vi.spyOn(Kernel, "of");
  try {
    const signal = AbortSignal.abort();
    const run = { replicas: 2, times: [1], signal };
    const calls = [() => simulate(model, run), () => expectations(model, run), () => verify.beta(model, { signal })];
    for (const call of calls) expect(await failure(call())).toBeInstanceOf(AbortedError);
    expect(load).not.toHaveBeenCalled();
  } finally {
    load.mockRestore();
  }
});

test("an engine that is long in coming does not hold up an abort", async () => {
  // A copy of the package of its own, since an engine is handed over for good.
  vi.resetModules();
  const fresh = await import("../../src/index.ts");
  fresh.configure({ engine: new Promise(() => undefined) });
  const run = { replicas: 2, times: [1] };
  const calls = [
    (signal: AbortSignal) => fresh.simulate(model, { ...run, signal }),
    (signal: AbortSignal) => fresh.expectations(model, { ...run, signal }),
    (signal: AbortSignal) => fresh.verify.beta(model, { signal }),
  ];
  for (const call of calls) {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    expect((await failure(call(controller.signal))).name).toBe("AbortError");
  }
});

describe("a signal that aborts in the course of a run", () => {
  test.each([1, 2])("keeps what was finished: workers %i", async (workers) => {
    const signal = new Signal();
    const onProgress = ({ finished }: { finished: number }) => finished > 0 && signal.abort("enough");
    const error = await failure(simulate(model, { ...ENDLESS, workers, signal, onProgress }));
    expect(error.cause).toBe("enough");
    expect(error.partial!.replicas).toBe(error.finished);
    expect(signal.listeners.size).toBe(0);
  });

  test("has one listener however many runs share it", async () => {
    const signal = new Signal();
    const runs = [1, 2, 1, 2, 1, 2].map((workers) => failure(simulate(model, { ...ENDLESS, workers, signal })));
    const tick = () => new Promise((resolve) => setImmediate(resolve));
    while (signal.listeners.size === 0) await tick();
    for (let i = 0; i < 20; i++) await tick();
    signal.abort(undefined);
    for (const error of await Promise.all(runs)) expect(error.name).toBe("AbortError");
    expect(signal.most).toBe(1);
    expect(signal.listeners.size).toBe(0);
  });

  test("of the platform gives its reason: a timeout says so", async () => {
    const reason = new DOMException("too late", "TimeoutError");
    const controller = new AbortController();
    const running = failure(simulate(model, { ...ENDLESS, workers: 1, signal: controller.signal }));
    setImmediate(() => controller.abort(reason));
    expect((await running).cause).toBe(reason);
  });
});

test.each([null, undefined])("%s is no signal", async (signal) => {
  const { replicas } = await simulate(model, { replicas: 2, times: [0.1], signal });
  expect(replicas).toBe(2);
});

describe("what was finished survives being posted, and JSON", () => {
  test("the partial result of an abort", async () => {
    const signal = new Signal();
    const onProgress = ({ finished }: { finished: number }) => finished > 0 && signal.abort("enough");
    const error = await failure(simulate(model, { ...ENDLESS, workers: 1, signal, onProgress }));
    const partial = error.partial!;
    expect(structuredClone(partial)).toEqual({ ...partial });
    const posted = structuredClone({ ...error });
    expect(posted).toMatchObject({ name: "AbortError", finished: error.finished, replicas: 1e9 });
    expect(posted.partial!.mean).toEqual(partial.mean);
    expect((JSON.parse(JSON.stringify(partial)) as { mean: number[] }).mean).toEqual(Array.from(partial.mean));
  });

  test("all results", async () => {
    for (const { name, call } of entries) {
      if (/^(theory|verify|follow|replay|store: exp)/.test(name)) continue;
      const result = (await call(model)) as Record<string, unknown>;
      const read = JSON.parse(JSON.stringify(result)) as Record<string, unknown>;
      const arrays = Object.entries(result).filter(([, value]) => ArrayBuffer.isView(value));
      expect(arrays.length, name).toBeGreaterThan(1);
      for (const [key, array] of arrays) {
        const finite = Array.from(array as Float64Array, (x) => (Number.isFinite(x) ? x : null));
        expect(read[key], `${name}, ${key}`).toEqual(finite);
      }
      expect(structuredClone(result), name).toEqual({ ...result });
    }
  });
});
