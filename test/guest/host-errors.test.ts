/** Where the platform lacks or forbids something, no user meets its bare error: ours says what it means and what to do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as mesofluxHere from "../../src/index.ts";
import {
  AbortedError,
  configure,
  EngineMismatchError,
  HostError,
  InvalidInputError,
  replay,
  simulate,
  theory,
  type Configuration,
  type Ensemble,
} from "../../src/index.ts";
import { start } from "../support/commandLine.ts";
import { refusal, refuseToCompile } from "../support/refusal.ts";
import { root } from "../support/served.ts";
import { entries, simulationEntries, verifyEntries } from "./entries.ts";

type Mesoflux = typeof mesofluxHere;

const model = { cells: 2, particles: 10, temperatures: [1, 2] } as const;
const run = { replicas: 8, times: [0.1], seed: 3n };
const WASM = readFileSync(join(root, "dist/mesoflux.wasm"));
const engine = new WebAssembly.Module(WASM);

/** The error of a call. */
async function failure(call: () => unknown): Promise<Error> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
}

describe("a host that does not let WebAssembly be compiled", () => {
  // The engine has been compiled neither here nor by any test above.
  afterEach(() => void vi.unstubAllGlobals());

  const simulating = [...simulationEntries, ...verifyEntries];

  test("no WebAssembly: every entry that simulates says so, and predictions are made", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    for (const { name, call } of simulating) {
      const error = await failure(() => call(model));
      expect(error, name).toBeInstanceOf(HostError);
      expect(error.message, name).toMatch(/^there is no WebAssembly here.*start node without --jitless/);
    }
    for (const { name, call } of entries.filter((entry) => !simulating.includes(entry))) {
      // The constants of Theorem 1.1 are for other rates, which is said for that reason; large deviations for thermal baths.
      const answer = await Promise.resolve(call({ ...model, rate: "constant", bath: "thermal" })).catch(
        (error: unknown) => error,
      );
      expect(answer, name).not.toBeInstanceOf(HostError);
    }
  });

  test("a policy against compiling: every entry that simulates says so, with the remedy", async () => {
    refuseToCompile();
    for (const { name, call } of simulating) {
      const error = await failure(() => call(model));
      expect(error, name).toBeInstanceOf(HostError);
      expect(error.message, name).toMatch(/CompileError: Refused.*'wasm-unsafe-eval'.*configure\(\{ engine \}\)$/);
      expect(error.cause, name).toBe(refusal);
    }
  });

  test("a refusal is not for good", async () => {
    refuseToCompile();
    expect(await failure(() => simulate(model, run))).toBeInstanceOf(HostError);
    vi.unstubAllGlobals();
    expect((await simulate(model, run)).replicas).toBe(8);
  });

  test("the compiled engine, handed over: every entry works", async () => {
    vi.resetModules();
    const fresh = await import("../../src/index.ts");
    const { simulationEntries, verifyEntries } = await import("./entries.ts");
    refuseToCompile();
    expect(await failure(() => fresh.simulate(model, run))).toBeInstanceOf(fresh.HostError);
    fresh.configure({ engine });
    for (const { name, call } of simulationEntries) expect(await call(model), name).toBeDefined();
    for (const { name, call } of verifyEntries) {
      const error = await failure(() => call(model, () => AbortSignal.abort()));
      expect(error, name).toBeInstanceOf(fresh.AbortedError);
    }
  });

  test.each([
    ["CompileError", "invalid opcode 0xfd, enable simd with --experimental-wasm-simd", /WebAssembly's SIMD/],
    ["RangeError", "Out of memory: Cannot allocate Wasm memory for new instance", /--disable-wasm-trap-handler/],
  ])("%s: %s", async (name, message, remedy) => {
    const cause = Object.assign(new Error(message), { name });
    const instantiate = () => Promise.reject(cause);
    vi.stubGlobal("WebAssembly", Object.create(WebAssembly, { instantiate: { value: instantiate } }));
    const error = await failure(() => simulate(model, run));
    expect(error).toBeInstanceOf(HostError);
    expect(error.message).toContain(`(${name}: ${message})`);
    expect(error.message).toMatch(remedy);
    expect(error.cause).toBe(cause);
  });
});

describe("configure({ engine })", () => {
  afterEach(() => configure({ engine }));

  /** The engine with the stamp of another build, which is its last 64 bytes. */
  const restamped = Buffer.concat([WASM.subarray(0, -64), Buffer.from("f".repeat(64))]);

  test.each([
    ["another module", new WebAssembly.Module(WASM.subarray(0, 8)), "another module"],
    ["another build", new WebAssembly.Module(restamped), "that of another build (ffffffff)"],
    ["a promise of another build", Promise.resolve(new WebAssembly.Module(restamped)), "(ffffffff)"],
    [
      "a promise of something else",
      Promise.resolve({ instance: 1, module: 2 } as never),
      "an object with keys instance",
    ],
    ["a promise of nothing", Promise.resolve(undefined as never), "undefined"],
    ["what says that it is a module", { [Symbol.toStringTag]: "WebAssembly.Module" }, "an object"],
  ])("%s is refused, until it is the right one", async (_, engine, got) => {
    configure({ engine });
    for (let again = 0; again < 2; again++) {
      const error = await failure(() => simulate(model, run));
      expect(error).toBeInstanceOf(EngineMismatchError);
      expect(error.message).toMatch(/^"engine" expected the mesoflux\.wasm of this package/);
      expect(error.message).toContain(`got ${got.startsWith("(") ? `that of another build ${got}` : got}`);
    }
    configure({ engine: Promise.resolve(new WebAssembly.Module(WASM)) });
    expect((await simulate(model, run)).replicas).toBe(8);
  });

  test.each([
    ["an error", new TypeError("Failed to fetch")],
    ["a word", "gone"],
    ["nothing", undefined],
  ])("a promise that is rejected with %s says so in words, until another comes", async (_, cause) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a promise may be rejected with anything
    configure({ engine: Promise.reject(cause) });
    const error = await failure(() => simulate(model, run));
    expect(error).toBeInstanceOf(HostError);
    expect(error.message).toContain(`configure({ engine }) promised is not to be had (${String(cause)}); see that`);
    expect(error.cause).toBe(cause);
    configure({ engine });
    expect((await simulate(model, run)).replicas).toBe(8);
  });

  test("runs that wait for a promise can be aborted", { timeout: 20_000 }, async () => {
    const { certificate } = await simulate(model, run);
    const calls = [...simulationEntries, ...verifyEntries].filter(({ name }) => /^(sim|exp|ver)/.test(name));
    calls.push({ name: "replay", call: (_, signal) => replay(certificate, { signal: signal?.() }) });
    configure({ engine: new Promise(() => undefined) });
    for (const { name, call } of calls) {
      const controller = new AbortController();
      const answer = failure(() => call(model, () => controller.signal));
      setImmediate(() => controller.abort("enough"));
      const error = await answer;
      expect(error, name).toBeInstanceOf(AbortedError);
      expect(error, name).toMatchObject({ cause: "enough", finished: 0, partial: undefined });
    }
  });

  test("every fault is listed, and nothing is changed", async () => {
    const error = await failure(() =>
      configure({ engine: WASM, maxWorkers: 0, workerUrl: "", workers: 2 } as unknown as Configuration),
    );
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({
      subject: "configuration",
      problems: [
        { field: "engine", expected: "a WebAssembly.Module, or a promise of one" },
        { field: "maxWorkers", expected: "an integer from 1 to 1024", got: "0" },
        { field: "workerUrl", expected: "the address of mesoflux/worker.js", got: '""' },
        { field: "workers", expected: "one of the fields engine, maxWorkers, workerUrl" },
      ],
    });
    const bad: [keyof Configuration, unknown][] = [
      ...[null, 5, "mesoflux.wasm", {}, new Response()].map(
        (value) => ["engine", value] as [keyof Configuration, unknown],
      ),
      ...[-1, 1.5, NaN, 1025, "2", null].map((value) => ["maxWorkers", value] as [keyof Configuration, unknown]),
      ...[7, null, {}, ["/worker.js"]].map((value) => ["workerUrl", value] as [keyof Configuration, unknown]),
    ];
    for (const [field, value] of bad) {
      const error = await failure(() => configure({ [field]: value }));
      expect(error, `${field}: ${String(value)}`).toMatchObject({ name: "InvalidInputError", problems: [{ field }] });
    }
    for (const value of [undefined, null, 5])
      expect(await failure(() => configure(value as never))).toMatchObject({ name: "InvalidInputError" });
    expect((await simulate(model, run)).replicas).toBe(8);
  });
});

/** What a process tells of its calls, by their names: an answer, or the classes, message and cause of an error. */
type Told = Record<string, { answer?: unknown; kinds?: string[]; message?: string; cause?: string }>;

/** Makes calls in a process of its own, to which their sources are sent. @param limit addresses that it may have, in KB. */
async function inProcess(
  flags: readonly string[],
  calls: Record<string, string | ((mesoflux: Mesoflux) => unknown)>,
  limit?: number,
): Promise<Told> {
  const list = Object.entries(calls).map(([name, call]) => `${JSON.stringify(name)}: ${String(call)}`);
  const source = `
    const mesoflux = await import("${pathToFileURL(join(root, "dist/mesoflux.min.js")).href}");
    const told = {};
    for (const [name, call] of Object.entries({ ${list.join(",\n")} })) {
      try {
        told[name] = { answer: await call(mesoflux) };
      } catch (error) {
        const kinds = Object.keys(mesoflux).filter((key) => key.endsWith("Error") && error instanceof mesoflux[key]);
        told[name] = { kinds: kinds.sort(), message: error.message, cause: error.cause && String(error.cause) };
      }
    }
    process.stdout.write(JSON.stringify(told));`;
  const args = [...flags, "--no-warnings", "--input-type=module", "-"];
  const limited = ["-c", `ulimit -v ${limit}; exec "$0" "$@"`, process.execPath, ...args];
  const [program, all] = limit === undefined ? [process.execPath, args] : ["bash", limited];
  const { out, err, code } = await start(program, all, { input: source }).outcome;
  // Node itself has a word to say of some flags.
  expect({ code, out }, err).toEqual({ code: 0, out: expect.stringMatching(/^\{/) });
  return JSON.parse(out) as Told;
}

const calls = {
  alone: async ({ simulate }: Mesoflux) => {
    const model = { cells: 2, particles: 10, temperatures: [1, 2] } as const;
    return (await simulate(model, { replicas: 8, times: [0.1], seed: 3n, workers: 1 })).certificate.result;
  },
  two: async ({ simulate }: Mesoflux) => {
    const model = { cells: 2, particles: 10, temperatures: [1, 2] } as const;
    return (await simulate(model, { replicas: 8, times: [0.1], seed: 3n, workers: 2 })).certificate.result;
  },
  /** A run that is worth workers, where there is more than one core. */
  auto: async ({ simulate, configure }: Mesoflux) => {
    configure({ maxWorkers: 2 });
    const controller = new AbortController();
    const onProgress = ({ finished }: { finished: number }) => finished > 0 && controller.abort();
    const model = { cells: 3, particles: 1e5, temperatures: [1, 2] } as const;
    const run = { replicas: 1e5, times: [1], signal: controller.signal, onProgress };
    const error: unknown = await simulate(model, { ...run, workers: "auto" }).catch((error: unknown) => error);
    return (error as AbortedError<Ensemble & mesofluxHere.WhereRan>).partial!.ran;
  },
};

test("node --jitless: no WebAssembly, and the theory all the same", async () => {
  const { certificate } = await simulate(model, run);
  const told = await inProcess(["--jitless"], {
    ...calls,
    follow: (m) => m.follow({ cells: 2, particles: 10, temperatures: [1, 2] }),
    trajectory: (m) => m.trajectory({ cells: 2, particles: 10, temperatures: [1, 2] }, { times: [1] }),
    expectations: (m) => m.expectations({ cells: 2, particles: 10, temperatures: [1, 2] }, { replicas: 8, times: [1] }),
    verify: (m) => m.verify.lln({ cells: 2, particles: 10, temperatures: [1, 2] }, { quick: true }),
    replay: `(m) => m.replay(${JSON.stringify(certificate)})`,
    theory: (m) => Array.from(m.theory.equilibrium({ cells: 2, particles: 10, temperatures: [1, 2] }).energies),
    auto: (m) =>
      m.simulate({ cells: 2, particles: 10, temperatures: [1, 2] }, { replicas: 8, times: [1], workers: "auto" }),
  });
  const { theory: predicted, ...simulated } = told;
  expect(predicted).toEqual({ answer: Array.from(theory.equilibrium(model).energies) });
  for (const [name, { kinds, message }] of Object.entries(simulated)) {
    expect(kinds, name).toEqual(["HostError", "MesofluxError"]);
    expect(message, name).toMatch(/--jitless.*`theory` does without/);
  }
});

/** Node 20 calls it an experiment. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has("--permission")
  ? "--permission"
  : "--experimental-permission";

test(`node ${PERMISSION}, without --allow-worker: workers that were asked for are refused, "auto" does without`, async () => {
  const { result } = (await simulate(model, run)).certificate;
  const { alone, two, auto } = await inProcess([PERMISSION, "--allow-fs-read=*"], calls);
  expect(alone).toEqual({ answer: result });
  expect(two.kinds).toEqual(["MesofluxError", "WorkerError"]);
  expect(two.message).toMatch(/^workers cannot be started here: .*; run with workers: 1$/);
  expect(two.cause).toMatch(/^Error: Access to this API has been restricted/);
  expect(auto).toEqual({ answer: { threads: 0, why: two.message } });
});

describe.runIf(process.platform === "linux")("a limit of addresses", () => {
  const FLAG = "--disable-wasm-trap-handler";
  const REMEDY =
    /some 10 GB of addresses aside: raise the limit of the process \(ulimit -v\), start node with --disable/;

  test("below those of one engine: an error with the remedy, which helps", async () => {
    const { alone, two } = await inProcess([], calls, 8e6);
    for (const { kinds, message, cause } of [alone, two]) {
      expect(kinds).toEqual(["HostError", "MesofluxError"]);
      expect(message).toMatch(REMEDY);
      expect(cause).toMatch(/^RangeError: /);
    }
  });

  test("with the flag of the remedy, the same limit is enough, for workers too", async () => {
    const { result } = (await simulate(model, run)).certificate;
    const { alone, two, auto } = await inProcess([FLAG], calls, 8e6);
    expect([alone, two]).toEqual([{ answer: result }, { answer: result }]);
    expect(auto).toEqual({ answer: { threads: 2 } });
  });

  test('enough for one engine: workers are refused in words, and "auto" does without', async () => {
    const { result } = (await simulate(model, run)).certificate;
    // One engine and Node need 11 to 12 GB, two engines more than 22; and a process for each call, since V8 may not yet have
    // let go of the engine of the call before.
    const [{ alone }, { two }, { auto }] = await Promise.all(
      Object.entries(calls).map(([name, call]) => inProcess([], { [name]: call }, 16e6)),
    );
    expect(alone).toEqual({ answer: result });
    expect(two.kinds).toEqual(["MesofluxError", "WorkerError"]);
    expect(two.message).toMatch(REMEDY);
    expect(two.cause).toMatch(/RangeError: /);
    expect(auto).toEqual({ answer: { threads: 0, why: two.message } });
  });
});
