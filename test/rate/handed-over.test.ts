/**
 * An engine that the program has compiled and handed over, because its host does not let ours be compiled: it runs the four
 * laws, by name or by text, and says of any other rate what to do.
 */
import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { join } from "node:path";
import { refuseToCompile } from "../support/refusal.ts";
import { root } from "../support/served.ts";

const WASM = readFileSync(join(root, "dist/mesoflux.wasm"));
const run = { replicas: 8, times: [0.1], seed: 3n, workers: 1 } as const;
const chain = { cells: 2, particles: 1000, temperatures: [1, 2] } as const;

/** The package before anything has been configured. */
async function fresh() {
  vi.resetModules();
  return import("../../src/index.ts");
}

afterEach(() => void vi.unstubAllGlobals());

const OTHERS = ["1-exp(-sqrt(a*b/(a+b)))", "2*sqrt(a+b)", "sqrt(b+a)", { law: "sqrt-sum", scales: [1, 2, 3] }] as const;

const METHODS = ["exact", "direct", "mesoscopic"] as const;

test.each(METHODS)(
  "%s: laws, by name and as they are written there, run with the bits of the engine made here",
  async (method) => {
    const { simulate } = await fresh();
    const options = { ...run, method, ...(method === "mesoscopic" && { step: 0.01 }) };
    const { LAWS, RATE_LAWS } = await import("../../src/rate/rate.ts");
    const rates = RATE_LAWS.flatMap((law) => [
      law,
      LAWS[law],
      { law, scale: 2, cap: 3 },
      { expression: LAWS[law], cap: 3 },
    ]);
    const here: string[] = [];
    for (const rate of rates) here.push((await simulate({ ...chain, rate }, options)).certificate.result);
    const given = await fresh();
    given.configure({ engine: new WebAssembly.Module(WASM) });
    refuseToCompile();
    for (const [i, rate] of rates.entries()) {
      for (const workers of [1, 2]) {
        expect((await given.simulate({ ...chain, rate }, { ...options, workers })).certificate.result).toBe(here[i]);
      }
    }
  },
);

test.each(OTHERS)("another rate is refused by every entry, whether code could be compiled or not: %j", async (rate) => {
  const { configure, follow, HostError, simulate, trajectory } = await fresh();
  configure({ engine: new WebAssembly.Module(WASM) });
  const model = { ...chain, rate } as Parameters<typeof simulate>[0];
  for (const may of [true, false]) {
    if (!may) refuseToCompile();
    for (const enter of [
      () => simulate(model, run),
      () => simulate(model, { ...run, workers: 2 }),
      () => simulate(model, { replicas: 2, times: "stationary" }),
      () => trajectory(model, { times: [1] }),
      () => follow(model),
    ]) {
      const error = await enter().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error).toBeInstanceOf(HostError);
      expect((error as Error).message).toMatch(
        /^the engine that was handed over has the laws constant, .*, and the model's rate is .*; make one for it by `mesoflux engine`, or let the host compile/,
      );
    }
  }
});

test("a host that lets nothing be compiled and was handed nothing says so for expressions as for laws, and not for good", async () => {
  const { HostError, simulate } = await fresh();
  for (const rate of ["1-exp(-a*b)", "sqrt-sum"]) {
    refuseToCompile();
    const error = await simulate({ ...chain, rate }, run).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(HostError);
    expect((error as Error).message).toMatch(/CompileError: Refused.*'wasm-unsafe-eval'.*configure\(\{ engine \}\)$/);
    vi.unstubAllGlobals();
    expect((await simulate({ ...chain, rate }, run)).replicas).toBe(8);
  }
});
