/** Globals that are absent, throw, are frozen or are someone else's: the package leans on none of them. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import * as mesofluxHere from "../../src/index.ts";
import { start } from "../support/commandLine.ts";
import { bundle, root } from "../support/served.ts";

type Mesoflux = typeof mesofluxHere;

/** What is asked of the package in a host: bits, and errors that are its own. It is sent as its source. */
async function asked({ defineModel, simulate, theory, InvalidInputError, AbortedError, MesofluxError }: Mesoflux) {
  const model = defineModel({ cells: 3, particles: 1000, temperatures: [1, 2] });
  const run = { replicas: 8, times: [0.1], seed: 3n };
  const { certificate, ran } = await simulate(model, { ...run, workers: 1 });
  const failed = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: Error) => error,
    );
  const invalid = (await failed(simulate({ ...model, cells: -1 }, { replicas: 0, times: [] }))) as Error;
  const signal = { aborted: true, reason: "enough", addEventListener() {}, removeEventListener() {} };
  const aborted = (await failed(simulate(model, { ...run, workers: 1, signal }))) as Error;
  return {
    result: certificate.result,
    equilibrium: Array.from(theory.equilibrium(model).energies).join(),
    ran,
    invalid: [invalid instanceof InvalidInputError, invalid instanceof MesofluxError, String(invalid)],
    aborted: [aborted instanceof AbortedError, aborted.name, aborted.message, aborted.cause],
  };
}

/** The package in one module, which is the quicker to import; a query makes it another instance. */
const PACKAGE = pathToFileURL(join(root, "dist/mesoflux.min.js")).href;

/** A program: tampers with the globals, imports the package, and asks. */
const program = (tamper: string, ask: unknown, instance = 0) => `(async () => {
  ${tamper};
  return (${String(ask)})(await import("${PACKAGE}?${instance}"));
})().then((answer) => ({ answer }), (error) => ({ error: String(error?.stack ?? error) }))`;

/** Runs programs one after the other, and gives every global back to the next. Its own globals are those of a new thread. */
const PROGRAMS = `
const { parentPort } = require("node:worker_threads");
const places = [globalThis, process, performance, Date, Math, Error];
const before = places.map((place) => Object.getOwnPropertyDescriptors(place));
const { ownKeys, deleteProperty, defineProperty } = Reflect;
parentPort.on("message", async (source) => {
  const said = await eval(source);
  places.forEach((place, i) => {
    for (const key of ownKeys(place)) if (!before[i][key]) deleteProperty(place, key);
    for (const key of ownKeys(before[i])) if (before[i][key].configurable) defineProperty(place, key, before[i][key]);
  });
  parentPort.postMessage(said);
});`;

let shared: Worker;
let programs = 0;

/** What a program says in a thread. */
async function inThread(tamper: string, ask: unknown = asked, thread = shared): Promise<unknown> {
  thread.postMessage(program(tamper, ask, programs++));
  const [said] = (await once(thread, "message")) as [{ answer?: unknown; error?: string }];
  expect(said.error).toBeUndefined();
  return said.answer;
}

/** The same in a thread of its own, for what cannot be given back. */
async function inNewThread(tamper: string): Promise<unknown> {
  const thread = new Worker(PROGRAMS, { eval: true });
  try {
    return await inThread(tamper, asked, thread);
  } finally {
    await thread.terminate();
  }
}

let untouched: Awaited<ReturnType<typeof asked>>;
beforeAll(async () => {
  shared = new Worker(PROGRAMS, { eval: true });
  untouched = await asked(mesofluxHere);
  expect(untouched.invalid).toEqual([true, true, expect.stringContaining("InvalidInputError: model cannot be used")]);
  expect(untouched.aborted).toEqual([true, "AbortError", expect.stringMatching(/^aborted after 0 of 8/), "enough"]);
});
afterAll(() => shared.terminate());

const CODECS = ["TextDecoder", "TextEncoder", "atob", "btoa", "Blob", "URL", "Response", "fetch", "structuredClone"];
const TURNS = ["MessageChannel", "setImmediate", "setTimeout", "clearTimeout", "queueMicrotask"];
const OTHERS = ["performance", "process", "navigator", "Worker", "AbortSignal", "AbortController", "crypto", "Buffer"];
const NAMES = [...CODECS, ...TURNS, ...OTHERS];

const absent = (...names: string[]) => names.map((name) => `delete globalThis.${name};`).join("");
const throwing = (...names: string[]) =>
  names
    .map(
      (name) =>
        `Object.defineProperty(globalThis, "${name}", { get() { throw new Error("${name}"); }, configurable: true });`,
    )
    .join("");
const foreign = (...names: string[]) =>
  names
    .map((name) => `Object.defineProperty(globalThis, "${name}", { value: { env: {} }, configurable: true });`)
    .join("");

describe("a global that is absent", () => {
  test.each(NAMES)("%s", async (name) => expect(await inThread(absent(name))).toEqual(untouched));
});

describe("a global that throws when it is read", () => {
  test.each(NAMES)("%s", async (name) => expect(await inThread(throwing(name))).toEqual(untouched));
});

describe("a global that is someone else's", () => {
  test.each(NAMES)("%s", async (name) => expect(await inThread(foreign(name))).toEqual(untouched));
});

const WAYS_TO_WAIT = ["setImmediate", "MessageChannel", "setTimeout"];
/** Every look at the clock says that a turn is due. */
const FAST = "performance.now = ((now) => () => now += 100)(0)";

describe("many globals at once, where every look at the clock says that a turn is due", () => {
  test.each([
    ["no way to wait", absent(...WAYS_TO_WAIT)],
    ["no way to wait, not even for a microtask", absent(...WAYS_TO_WAIT, "queueMicrotask")],
    ["ways to wait that throw", throwing(...WAYS_TO_WAIT, "queueMicrotask")],
    ["ways to wait that refuse", WAYS_TO_WAIT.map((name) => `globalThis.${name} = () => { throw 1; };`).join("")],
    ...WAYS_TO_WAIT.map((only) => [`${only} alone`, absent(...WAYS_TO_WAIT.filter((name) => name !== only))]),
    ["all that are optional are absent", absent(...NAMES.filter((name) => name !== "performance"))],
    ["all that are optional throw", throwing(...NAMES.filter((name) => name !== "performance"))],
  ] as [string, string][])("%s", async (_, tamper) => expect(await inThread(`${FAST};${tamper}`)).toEqual(untouched));
});

describe("a function of a global that is absent, or throws", () => {
  test.each([
    ["process.getBuiltinModule, absent", "delete process.getBuiltinModule"],
    ["process.getBuiltinModule, which throws", "process.getBuiltinModule = () => { throw new Error('planted'); }"],
    ["process.getBuiltinModule, which has nothing", "process.getBuiltinModule = () => undefined"],
    ["Date.now, which throws", "Date.now = () => { throw new Error('planted'); }"],
    ["Date, absent", absent("Date")],
    ["Math.random, which throws", "Math.random = () => { throw new Error('planted'); }"],
    ["Error.captureStackTrace, absent", "delete Error.captureStackTrace"],
    ["performance.now, absent", "globalThis.performance = { timeOrigin: 0 }"],
  ])("%s", async (_, tamper) => expect(await inThread(tamper)).toEqual(untouched));
});

describe("a run comes round to the event loop, so that it can be aborted", () => {
  /** Some 5·10^7 events, unless the loop comes round. */
  const abortedRun = async ({ simulate }: Mesoflux) => {
    let call = () => {};
    const signal = {
      aborted: false,
      addEventListener: (_: "abort", listener: () => void) => (call = listener),
      removeEventListener() {},
    };
    /** After a few rounds: the first is that of the beginning. */
    const abortAfter = (rounds: number): unknown => {
      if (rounds > 0) return setImmediate(() => abortAfter(rounds - 1));
      signal.aborted = true;
      call();
    };
    abortAfter(5);
    const model = { cells: 3, particles: 1e6, temperatures: [1, 2] } as const;
    return simulate(model, { replicas: 20, times: [1], workers: 1, signal }).then(
      () => "it ended",
      (error: Error) => error.name,
    );
  };

  test.each([
    ["as it is", ""],
    ["no performance", absent("performance")],
    ["a performance that throws", throwing("performance")],
    ["performance.now throws", "performance.now = () => { throw new Error('planted'); }"],
    ["performance.now never advances", "performance.now = () => 0"],
    ["performance.now goes backwards", "performance.now = ((now) => () => now--)(0)"],
    ["performance.now is not a number", "performance.now = () => NaN"],
    ["Date.now throws", "Date.now = () => { throw new Error('planted'); }"],
  ])("%s", async (_, tamper) => expect(await inThread(tamper, abortedRun)).toBe("AbortError"));
});

describe("workers, where the timers that let them rest are no good", () => {
  const onWorkers = async ({ simulate }: Mesoflux) => {
    const model = { cells: 3, particles: 1000, temperatures: [1, 2] } as const;
    const { ran, certificate } = await simulate(model, { replicas: 8, times: [0.1], seed: 3n, workers: 2 });
    return { threads: ran.threads, result: certificate.result };
  };
  test.each([
    ["absent", absent("setTimeout", "clearTimeout")],
    ["throwing", throwing("setTimeout", "clearTimeout")],
    ["refusing", "globalThis.setTimeout = globalThis.clearTimeout = () => { throw new Error('planted'); }"],
  ])("%s", async (_, tamper) =>
    expect(await inThread(tamper, onWorkers)).toEqual({ threads: 2, result: untouched.result }),
  );
});

/** All that the language itself brings, made immutable, as by a hardened host. */
const FREEZE = `for (const of of [Object, Function, Array, Promise, Error, TypeError, RangeError, Map, Set, WeakMap, Symbol,
  String, Number, BigInt, RegExp, Date, JSON, Math, Reflect, Proxy, ArrayBuffer, DataView, Float64Array, Uint8Array,
  WebAssembly, ...(${[...CODECS, ...OTHERS]
    .map((name) => `globalThis.${name}`)
    .join(", ")
    .replace(/^/, "[")
    .concat("]")})]) {
  if (of?.prototype) Object.freeze(of.prototype);
  if (of) Object.freeze(of);
}`;

describe("frozen", () => {
  test.each([
    ["Object", "Object.freeze(Object); Object.freeze(Object.prototype)"],
    ["Array", "Object.freeze(Array); Object.freeze(Array.prototype)"],
    ["Promise", "Object.freeze(Promise); Object.freeze(Promise.prototype)"],
    ["errors", "for (const E of [Error, TypeError, RangeError]) { Object.freeze(E); Object.freeze(E.prototype); }"],
    ["Function", "Object.freeze(Function); Object.freeze(Function.prototype)"],
    ["all of the language", FREEZE],
  ])("%s", async (_, tamper) => expect(await inNewThread(tamper)).toEqual(untouched));

  test("node --frozen-intrinsics", async () => {
    const source = `process.stdout.write(JSON.stringify(await ${program("", asked)}))`;
    const args = ["--frozen-intrinsics", "--input-type=module", "--no-warnings", "-"];
    const { out, err } = await start(process.execPath, args, { input: source }).outcome;
    expect(err).toBe("");
    expect(JSON.parse(out)).toEqual({ answer: untouched });
  });
});

describe("a realm without a platform", () => {
  let script: string;
  beforeAll(async () => {
    const entry = JSON.stringify(join(root, "dist/src/index.js"));
    script = `{ ${await bundle(`import * as mesoflux from ${entry}; globalThis.mesoflux = mesoflux;`)} }`;
  });

  /** What a new realm has of the package. */
  function inRealm(before = ""): Mesoflux {
    const context = createContext({});
    runInContext(`${before};${script}`, context);
    return (context as { mesoflux: Mesoflux }).mesoflux;
  }

  test.each([
    ["as it is", ""],
    ["frozen", FREEZE],
  ])("%s: the language alone is enough, and what is handed over may be of another realm", async (_, before) => {
    expect(await asked(inRealm(before))).toEqual(untouched);
  });

  test("an engine and a signal of another realm", async () => {
    const { configure, simulate } = inRealm();
    configure({ engine: new WebAssembly.Module(readFileSync(join(root, "dist/mesoflux.wasm"))) });
    const controller = new AbortController();
    const model = { cells: 3, particles: 1000, temperatures: [1, 2] } as const;
    const run = { replicas: 8, times: [0.1], seed: 3n, signal: controller.signal };
    expect((await simulate(model, run)).certificate.result).toBe(untouched.result);
    controller.abort();
    await expect(simulate(model, run)).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("false clocks and timers, put in their places by a test of an app", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([1, 2])("a run ends, and has left no timer: workers: %i", async (workers) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance", "Date", "setInterval"] });
    const model = { cells: 3, particles: 1e5, temperatures: [1, 2] } as const;
    const run = { replicas: 40, times: [0.5], workers };
    const { certificate } = await mesofluxHere.simulate(model, run);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    expect(certificate).toEqual((await mesofluxHere.simulate(model, { ...run, workers: 1 })).certificate);
  });
});
