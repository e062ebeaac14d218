/** What a run costs is told before it begins; what the theory predicts, and the errors to be expected. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defineModel, simulate, theory } from "../../src/index.ts";
import { interrupted, ran } from "../support/commandLine.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "mesoflux-forecast-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const mesoflux = (line: string) => ran(line.split(" "), { cwd: folder });
const stopped = (line: string) => interrupted(line.split(" "), { cwd: folder });

describe("run", () => {
  const long = "run --cells 30 --particles 2000 --temperatures 1,2 --rate sqrt-sum --times stationary --replicas 256";

  test("warns of a run of minutes, and offers the equation that has the same law", async () => {
    const { code, err } = await stopped(long);
    expect(code).toBe(130);
    const said = err.replace(/\n/g, " ");
    // The bound of the plan is 4.8e10; E* is colder than the hotter bath.
    expect(said).toMatch(/^about 4\.[2-4]e\+10 events: .* on \d+ threads? That is more than a minute; Ctrl-C/);
    expect(said).toMatch(
      /--method mesoscopic takes about .* up to a part of 1\/M = 5\.000e-4, and this run can tell 0\.02210/,
    );
  });

  test.each([
    ["where its law differs by what can be seen", "--particles 100 --replicas 100000"],
    ["where energies could fall below zero", "--particles 5 --replicas 1000000"],
    ["where it is asked for", "--method mesoscopic --replicas 1e6"],
  ])("offers no equation %s", async (_, more) => {
    const { err } = await stopped(`${long} ${more}`);
    expect(err).toMatch(/^about /);
    expect(err).toContain("more than a minute");
    expect(err).not.toContain("--method");
  });

  test("counts the events that there will be", async () => {
    const line =
      "run --cells 10 --particles 2000 --temperatures 1,2 --initial equilibrium --times 40 --replicas 64 --json --quiet";
    const { events } = JSON.parse((await mesoflux(line)).out) as { events: number };
    const { err } = await mesoflux(`${line} --budget 1`);
    const told = Number(/about (\S+), got 1/.exec(err)![1]);
    // Told from one path's beginning, with two digits.
    expect(told / events).toBeGreaterThan(0.9);
    expect(told / events).toBeLessThan(1.1);
  });

  test("--budget refuses what takes more, and only that", async () => {
    const line = "run --cells 10 --particles 2000 --temperatures 1,2 --times 1 --replicas 64 --quiet";
    const { code, out, err } = await mesoflux(`${line} --budget 1e5`);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^--budget: expected as many events as the run takes, about 1\.\de\+6, got 100000\n$/);
    expect(await mesoflux(`${line} --budget 2e6`)).toMatchObject({ code: 0, err: "" });
    const inFolder = await mesoflux(`${line} --budget 1e5 --out refused`);
    expect([inFolder.code, inFolder.out]).toEqual([2, ""]);
    expect(existsSync(join(folder, "refused"))).toBe(false);
    // The direct method's events take longer; no pace is known where the equation leaves the cone.
    const direct = "run --cells 1000 --particles 100 --temperatures 1,2 --times 1 --method direct --replicas 64";
    expect((await stopped(direct)).err).toMatch(/^about \d\.\de\+6 events: /);
    const outside = "run --cells 10 --particles 3 --temperatures 1,2 --method mesoscopic --replicas 1e6 --times 10";
    const refused = await mesoflux(`${outside} --budget 1e3`);
    expect(refused.err).toMatch(/^--budget: expected as many events as the run takes, about \d\.\de\+\d+, got 1000\n$/);
  });

  test("a run in a folder is told of, too, and what is left of it", async () => {
    const line = `${long} --out long`;
    expect((await stopped(line)).err).toMatch(/^about 4\.[2-4]e\+10 events/);
    expect((await stopped("run --resume --out long")).err).toMatch(/^about 4\.[1-4]e\+10 events/);
    // Three of four parts of 256 replicas.
    expect((await stopped(`${line} --shard 1/4`)).err).toMatch(/^about 1\.\de\+10 events/);
  });

  test("a small run makes few files", async () => {
    const { code } = await mesoflux("run --cells 3 --particles 100 --temperatures 1,2 --out few --quiet");
    expect(code).toBe(0);
    const { out } = await mesoflux("status few --json");
    expect((JSON.parse(out) as { chunks: number }).chunks).toBe(1);
  });
});

describe("theory", () => {
  const constant = { cells: 9, particles: 400, temperatures: [1, 2], rate: "constant" } as const;
  const flags = "--cells 9 --particles 400 --temperatures 1,2 --rate constant";
  interface Told {
    conductivity: number;
    current: number;
    relaxationTime: number;
    equilibrium: number[];
    deviation: number[];
    measurements: { method: string; events: number; window: number; conductivityError: number; currentError: number }[];
  }
  const told = async (line: string) => JSON.parse((await mesoflux(`theory ${line} --json`)).out) as Told;

  test("has the closed form at rate constant, on either timescale", async () => {
    for (const [more, unit] of [
      ["", 1],
      [" --timescale slow", 400],
    ] as const) {
      const { conductivity, current, relaxationTime, equilibrium } = await told(flags + more);
      expect(conductivity * unit).toBeCloseTo(1 / 2, 12);
      expect(current * unit).toBeCloseTo(-1 / 20, 12);
      expect(relaxationTime / unit).toBeCloseTo(1 / (1 - Math.cos(Math.PI / 10)), 9);
      equilibrium.forEach((E, i) => expect(E).toBeCloseTo(1 + (i + 1) / 10, 12));
    }
  });

  test("foretells the standard errors that the runs then have", async () => {
    // A standard error from 256 replicas has a standard deviation of 4.4%: 25% are missed with P < 2e-8.
    const { deviation, measurements } = await told(flags);
    for (const { method, window, conductivityError, currentError } of measurements) {
      const state = await simulate(defineModel(constant), {
        ...{ replicas: 256, times: "stationary", method: method as "exact" },
      });
      expect(state.plan.window).toBeCloseTo(window, 9);
      expect(Math.abs(conductivityError / state.conductivityError - 1)).toBeLessThan(0.25);
      expect(Math.abs(currentError / state.currentError - 1)).toBeLessThan(0.25);
      // 4096 measurements that are half as many independent ones: a standard deviation of 1.6%.
      deviation.forEach((sd, i) => expect(Math.abs(sd / Math.sqrt(state.covariance[i * 10]) - 1)).toBeLessThan(0.15));
    }
  });

  test("prints what a physicist asks first, and says where heat flows", async () => {
    const { code, out, err } = await mesoflux(`theory ${flags}`);
    expect([code, err]).toEqual([0, ""]);
    for (const pattern of [
      /conductivity κ +0\.5000 /,
      /current j +-0\.05000 .*left to right: heat\s/,
      /flows to\s+the left/,
    ]) {
      expect(out).toMatch(pattern);
    }
    expect(out).toMatch(/\n +1 +1\.100 +0\.0\d+\n/);
    expect(out).toMatch(/\nexact +\S+ +.* s +0\.0\d+ +0\.0\d+\nmesoscopic /);
    expect(out).toContain("(the burn-in)");
  });

  test("of equal temperatures, of one particle, and of a chain too long to be measured", async () => {
    const { out } = await mesoflux("theory --cells 2 --particles 1 --temperatures 1,1");
    expect(out).toContain("no heat flows");
    expect(out).not.toContain("conductivity");
    expect(out).toMatch(/"mesoscopic": energies could fall below zero; it needs M >= \d+\n/);
    const long = await mesoflux("theory --cells 200000 --particles 10 --temperatures 1,2");
    expect(long.code).toBe(0);
    expect(long.out).toMatch(/conductivity κ +0\.4310 /);
    expect(long.out).toContain("It cannot be measured here: the run needs");
    const model = defineModel({ cells: 200000, particles: 10, temperatures: [1, 2] });
    expect(long.out).toContain((1 / theory.slowestRate(model)).toExponential(3).replace("+", ""));
  });
});
