/** The command line as a person or a script meets it: output, errors, exit codes, Ctrl-C. Runs the built package. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { interrupted, mesoflux as start, ran } from "../support/commandLine.ts";
import { mutant, remove, run } from "../support/mutants.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mesoflux-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const mesoflux = (line: string, options = {}) => ran(line.split(" "), { cwd: folder, ...options });

const small = "--cells 3 --particles 100 --temperatures 1,2 --replicas 100";

describe("verify", () => {
  const quick = "--quick --particles 100,1000 --replicas 512 --times 0.5";

  test("prints tables and verdicts, writes a page with its figures, exits 0", async () => {
    const { code, out, err } = await mesoflux(`verify lln ${quick} --out figures`);
    expect(code).toBe(0);
    expect(out).toContain("RMS distance of Θ^M to the limit equation Θ̄ at t = 0.5");
    expect(out).toContain("all 4 checks passed");
    expect(out).toMatch(
      /verified in [\d.]+ s\nreport: figures\/index.html, with 4 figures beside it \(.*figures\/paper\)\n$/,
    );
    expect(err).toContain("M = 1000");
    const names = ["lln-bias", "lln-distance", "lln-profile", "lln-residuals"];
    const files = ["index.html", ...names.flatMap((name) => [`${name}.csv`, `${name}.png`, `${name}.svg`]), "paper"];
    expect(readdirSync(join(folder, "figures")).sort()).toEqual(files);
    for (const name of names) {
      expect(readFileSync(join(folder, "figures", `${name}.svg`), "utf8")).toMatch(/^<svg .*<\/svg>\s*$/s);
      expect(
        readFileSync(join(folder, "figures", `${name}.png`))
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
    }
    const page = readFileSync(join(folder, "figures", "index.html"), "utf8");
    expect(page).toContain("10 cells between 1 and 2, rate &quot;sqrt-harmonic&quot;");
    // What it takes to make the page again.
    for (const fact of ["Seed", "Version", "Date", `mesoflux verify lln ${quick} --out figures`]) {
      expect(page).toContain(fact);
    }
  });

  test("--json is one JSON document on standard output and nothing else; --quiet is silent", async () => {
    const { code, out, err } = await mesoflux(`verify clt ${quick} --json --quiet --no-figures`);
    expect([code, err]).toEqual([0, ""]);
    const result = JSON.parse(out) as { passed: boolean; reports: { checks: unknown[]; certificates: unknown[] }[] };
    expect(result.passed).toBe(true);
    expect(result.reports).toHaveLength(1);
    expect(result.reports[0].checks).toHaveLength(12);
    expect(existsSync(join(folder, "report"))).toBe(false);
    const [certificate] = result.reports[0].certificates;
    expect(await mesoflux("replay - --quiet", { input: JSON.stringify(certificate) })).toMatchObject({ code: 0 });
  });

  test("takes a model of the user's", async () => {
    writeFileSync(
      join(folder, "model.json"),
      '{ "cells": 2, "particles": 1, "temperatures": [2, 1], "rate": "sqrt-sum" }',
    );
    const { code, out } = await mesoflux(`verify lln --model model.json ${quick} --json --no-figures`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ model: { cells: 2, rate: { law: "sqrt-sum" } } });
  });

  test("exits 1 when a check fails, and names it", async () => {
    const defect = {
      file: "dist/src/theory/rates.js",
      from: "rate.f(k, x, y) * (x - y) * rate.share",
      to: "(rate.f(k, x, y) * (x - y)) / 1.2",
    };
    const copy = await mutant([defect]);
    const { code, output } = await run(copy, "verify", "lln", ...quick.split(" "), "--no-figures", "--quiet");
    remove(copy);
    expect(code).toBe(1);
    expect(output).toMatch(/^FAIL {2}M E\|Θ-Θ̄\|² at M = 1000/m);
    expect(output).toMatch(/checks FAILED: .*NOT verified in/s);
  });
});

describe("run and replay", () => {
  test("run prints means beside the limit equation; a file's fields give way to flags", async () => {
    writeFileSync(join(folder, "chain.json"), '{ "cells": 5, "particles": 100, "temperatures": [1, 2] }');
    const { code, out } = await mesoflux("run chain.json --cells 2 --replicas 50 --times 0.5,1 --initial 1,1.5");
    expect(code).toBe(0);
    expect(out).toContain("t = 0.5\ncell k");
    expect(out).toMatch(/\n50 replicas, \d+ events\ncertificate: seed 0, result [0-9a-f]{64}\n$/);
    expect(out.match(/^ +[12] /gm)).toHaveLength(4);
  });

  test("a rate of one's own: on the command line, and in a file whose parameters give way to flags", async () => {
    const fingerprint = async (line: string) => {
      const { code, out } = await mesoflux(`run ${small} ${line}`);
      expect(code).toBe(0);
      return /result (\w+)/.exec(out)![1];
    };
    const law = await fingerprint("--rate sqrt-sum");
    expect(await fingerprint("--rate sqrt(a+b)")).toBe(law);
    const model = { rate: { expression: "s*sqrt(a+b)/(1+sqrt(a+b)/K)", parameters: { s: 1, K: 5 } } };
    writeFileSync(join(folder, "rate.json"), JSON.stringify(model));
    const stored = await fingerprint("rate.json");
    const given = `--rate ${model.rate.expression} --parameter s=1 --parameter K=5`;
    expect(await fingerprint(given)).toBe(stored);
    expect(await fingerprint("rate.json --parameter K=6")).not.toBe(stored);
    expect((await mesoflux(`theory ${small.replace(/ --replicas.*/, "")} ${given}`)).out).toContain(
      '"s*sqrt(a+b)/(1+sqrt(a+b)/K)" with s = 1, K = 5',
    );
  });

  test("a single replica, and means alone: no NaN and no empty column", async () => {
    for (const line of [
      `${small} --replicas 1`,
      `${small} --moments mean`,
      `${small} --times stationary --replicas 2`,
      "--cells 1 --particles 1 --temperatures 1,2 --replicas 1",
    ]) {
      const { code, out } = await mesoflux(`run ${line}`);
      expect(code).toBe(0);
      expect(out).not.toContain("NaN");
      // A number or a word in the first row below every dash.
      const [, head, rule, row] = /\n(cell k.*)\n([- ]+)\n(.*)\n/.exec(out)!;
      for (const { 0: dashes, index } of rule.matchAll(/-+/g)) {
        const at = index + dashes.length - 1;
        expect([head, row].map((text) => text[at] ?? " ")).not.toContain(" ");
      }
      expect(out).toMatch(/\n1 replica, |\n\d+ replicas, /);
    }
  });

  test("what run certifies, replay finds again; what was tampered with, not", async () => {
    const { out } = await mesoflux(`run ${small} --json --seed 18446744073709551615`);
    expect(JSON.parse(out)).toMatchObject({
      complete: true,
      replicas: 100,
      certificate: { seed: "18446744073709551615" },
    });
    expect(await mesoflux("replay -", { input: out })).toMatchObject({
      code: 0,
      out: expect.stringContaining("the same bits"),
    });
    const tampered = out.replace('"seed": "18446744073709551615"', '"seed": "1"');
    expect(await mesoflux("replay - --json", { input: tampered })).toMatchObject({ code: 1 });
  });
});

describe("run --times stationary", () => {
  test("prints the steady state beside the theory, and certifies it", async () => {
    const line = `run ${small} --times stationary --looks 4 --spacing 2 --burn-in 10`;
    const { code, out } = await mesoflux(line);
    expect(code).toBe(0);
    expect(out).toContain("The steady state, seen 4 times, 2 apart, from t = 10 on\ncell k");
    for (const word of ["E* + m1/M", "S_kk", "conductivity ", "third cumulant "]) expect(out).toContain(word);
    const { out: json } = await mesoflux(`${line} --json`);
    expect(JSON.parse(json)).toMatchObject({ complete: true, plan: { looks: 4, window: 6 } });
    expect(await mesoflux("replay -", { input: json })).toMatchObject({ code: 0 });
  });

  test("at equal temperatures there is no conductivity, and E* alone where the rate is not smooth", async () => {
    const { code, out } = await mesoflux(`run ${small} --temperatures 1,1 --rate sqrt-min --times stationary`);
    expect(code).toBe(0);
    expect(out).not.toContain("conductivity");
    expect(out).not.toContain("m1/M");
  });
});

describe("bad input exits 2 and says what is wrong", () => {
  test.each([
    ["nonsense", "unknown command 'nonsense'"],
    [
      "verify everything",
      "Allowed choices are all, lln, clt, fourier, mesoscopic, ness, fluctuations, largeDeviations, beta, errata, billiards, large-numbers",
    ],
    [
      "verify billiards --model chain.json",
      "--model: expected nothing beside billiards, which has tables and samples of",
    ],
    ["verify billiards --budget 1e9 --times 1", "--times: expected nothing beside billiards"],
    ["run --colour red", "unknown option '--colour'"],
    ["run --cells ten", "argument 'ten' is invalid"],
    ["run --cells 0 --particles 10 --temperatures 1", "--cells: expected an integer from 1 to 1000000, got 0"],
    [`run ${small} --times 1,0`, "--times (number 2): expected a finite time after 1, got 0"],
    [`run ${small} --times stationry`, "argument 'stationry' is invalid"],
    [`run ${small} --times stationary --looks 1`, "--looks: expected an integer from 2"],
    [`run ${small} --looks 4`, '--looks: expected nothing unless times is "stationary"'],
    [`run ${small} --workers 0`, '--workers: expected "auto" or an integer from 1 to 1024, got 0'],
    [`run ${small} --workers -2`, '--workers: expected "auto" or an integer from 1 to 1024, got -2'],
    [`run ${small} --figure out.jpg`, "--figure: expected a file that ends in .svg or .png"],
    [`run ${small} --shard 1/2`, "--out: expected a run folder, since there is --shard"],
    [`run ${small} --figure out.svg --out parts --shard 1/2`, "--figure: expected nothing beside --shard"],
    ["run --particles 10 --temperatures 1,2", "--cells is missing: expected an integer from 1 to 1000000\n"],
    [
      "theory --cells 10",
      "--particles is missing: expected an integer from 1 to 1000000000\n--temperatures is missing",
    ],
    [`run ${small} --seed -1`, "whole number >= 0"],
    [`run ${small} --rate sqrt(a+c)`, '--rate: expected a, b, k, N, pi or a function, got "c"; '],
    [`run ${small} --rate sqrt(a+b) --parameter s`, "It is not of the form name=number."],
    [`run ${small} --rate sqrt(a+b) --parameter s=x`, "It is not a number."],
    [`run ${small} --rate sqrt-sum --parameter s=2`, '--parameter: expected nothing beside a "law"'],
    [`run ${small} --parameter s=2`, "--rate is missing: expected one of "],
    ["run missing.json", '"missing.json" expected a readable JSON file'],
    ["verify --particles 10", "--particles: expected two numbers of particles at least"],
    ["replay missing.json", "expected a readable JSON file"],
    ["run --cells 100000 --particles 1 --temperatures 1,2", "74.5 GiB"],
  ])("%s", async (line, message) => {
    const { code, out, err } = await mesoflux(line);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(err).not.toContain("    at ");
  });

  test("verify takes its model from the file alone", async () => {
    const { code, err } = await mesoflux("verify lln --model - --particles 100,1000", { input: '{ "particles": 0 }' });
    expect(code).toBe(2);
    expect(err).toMatch(
      /^standard input has no "cells": expected .*\nstandard input: "particles" expected .*, got 0\n/,
    );
  });

  test("a file that is not JSON, and one that is not a model", async () => {
    expect(await mesoflux("run -", { input: "{" })).toMatchObject({ code: 2, out: "" });
    const { code, err } = await mesoflux("run -", { input: "[3]" });
    expect(code).toBe(2);
    expect(err).toContain('--cells is missing, and standard input has no "cells": expected an integer');
    expect((await mesoflux("replay -", { input: "{}" })).err).toContain('"model" expected a model');
  });
});

describe("Ctrl-C", () => {
  // Many replicas are finished by the first line of progress, and far from all.
  const long = "--cells 10 --particles 1000 --temperatures 1,2 --replicas 10000000 --times 0.1";

  test("ends a run with exit code 130 and prints what was finished, marked as incomplete", async () => {
    const { code, out, err } = await interrupted(`run ${long} --json`.split(" "));
    expect(code).toBe(130);
    const result = JSON.parse(out) as { complete: boolean; replicas: number };
    expect(result.complete).toBe(false);
    expect(result.replicas).toBeGreaterThan(0);
    expect(err).toContain(`interrupted after ${result.replicas} of 10000000 replicas`);
  });

  test("ends a verification with exit code 130", async () => {
    expect(await interrupted(["verify", "--no-figures"])).toMatchObject({ code: 130, out: "" });
  });

  test("keeps the theorems that are done, in print and in the page", async () => {
    const { child, outcome } = start("verify --quick --quiet --out kept".split(" "), { cwd: folder });
    child.stdout!.once("data", () => child.kill("SIGINT"));
    const { code, out, err } = await outcome;
    expect([code, err]).toEqual([130, ""]);
    expect(out).toContain("all 7 checks passed");
    expect(out).toMatch(/\nverified in [\d.]+ s, INTERRUPTED after [1-8] of 9 reports\nreport: kept\/index.html/);
    const page = readFileSync(join(folder, "kept", "index.html"), "utf8");
    expect(page).toContain("all 7 checks passed");
    expect(page).toMatch(/Not complete<\/dt><dd>INTERRUPTED after [1-8] of 9 reports/);
  });
});

describe("output that cannot be written", () => {
  test("a folder for the figures: said before the run", async () => {
    writeFileSync(join(folder, "taken"), "");
    const { code, out, err } = await mesoflux("verify --out taken/figures");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain('"taken/figures" expected a folder that can be written to, got ENOTDIR');
  });

  test("a reader that leaves early", async () => {
    const { child, outcome } = start("run --cells 300 --particles 1 --temperatures 1,2 --json".split(" "));
    child.stdout!.once("data", () => child.stdout!.destroy());
    const { code, err } = await outcome;
    expect(code).toBe(0);
    expect(err).not.toContain("    at ");
  });
});

test("help and version", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(await mesoflux("--version")).toMatchObject({ code: 0, out: `${version}\n` });
  const { code, out, err } = await mesoflux("--help");
  expect([code, err]).toEqual([0, ""]);
  const commands = [...out.matchAll(/^ {2}(\w+) \[options\]/gm)].map(([, name]) => name);
  expect(commands).toEqual([
    "check",
    "theory",
    "run",
    "verify",
    "rare",
    "status",
    "merge",
    "export",
    "replay",
    "engine",
    "lab",
  ]);
  for (const command of commands) {
    const { code, out, err } = await mesoflux(`${command} --help`);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(new RegExp(`\\nExamples?:\\n(.*\\n)?  mesoflux ${command} `));
  }
});
