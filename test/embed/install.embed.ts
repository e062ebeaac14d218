/** The package alone in an empty folder: what it weighs and what it does; then with the packages that draw figures. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { start } from "../support/commandLine.ts";
import { tenLines } from "../support/documents.ts";
import { npm } from "../support/installed.ts";

const { tarball } = inject("installed");
const INSTALL = /npm (install @observablehq\/plot linkedom @resvg\/resvg-js dejavu-fonts-ttf)\n$/;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mesoflux-alone-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  await npm(folder, ["install", "--no-audit", "--no-fund", tarball]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const mesoflux = (line: string) =>
  start(join(folder, "node_modules/.bin/mesoflux"), line.split(" "), { cwd: folder }).outcome;

/** Sizes of files in bytes, by their paths. */
function filesIn(folder: string): Map<string, number> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  const files = paths.map((path) => [path, statSync(path)] as const).filter(([, stats]) => stats.isFile());
  return new Map(files.map(([path, { size }]) => [path, size]));
}

test("it weighs 5 MB at most, in 2 packages, with the licences of what it brings", () => {
  const sizes = filesIn(join(folder, "node_modules"));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThan(5e6);
  const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as { packages: object };
  expect(Object.keys(packages).sort()).toEqual(["", "node_modules/@assemblyscript/loader", "node_modules/mesoflux"]);
  const licences = readFileSync(join(folder, "node_modules/mesoflux/dist/THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const name of [
    "zod",
    "@noble/hashes",
    "dopri",
    "fflate",
    "ml-matrix",
    "commander",
    "sirv",
    "comlink",
    "uplot",
  ]) {
    expect(licences, name).toMatch(new RegExp(`^${name} [\\d.]+, \\S+\n`, "m"));
  }
});

test("a program imports it", async () => {
  writeFileSync(join(folder, "main.mjs"), tenLines.code);
  const { out } = await start(process.execPath, ["main.mjs"], { cwd: folder }).outcome;
  expect(out).toBe(tenLines.output);
});

test("the command line predicts, runs and exports", async () => {
  const theory = await mesoflux("theory --cells 3 --particles 100 --temperatures 1,2");
  expect([theory.code, theory.err]).toEqual([0, ""]);
  expect(theory.out).toContain("conductivity κ");
  const run = await mesoflux("run --cells 3 --particles 100 --temperatures 1,2 --replicas 100 --quiet --out run");
  expect([run.code, run.err]).toEqual([0, ""]);
  expect(run.out).toContain("100 replicas");
  for (const format of ["csv", "npz", "parquet"]) {
    expect(await mesoflux(`export run --format ${format} --to ${format}`), format).toMatchObject({ code: 0, err: "" });
  }
});

test("verify prints and writes all but the figures, then, with what it says to install, the figures", async () => {
  const line = "verify lln --quick --particles 100,1000 --replicas 512 --times 0.5 --quiet";
  const without = await mesoflux(line);
  expect([without.code, without.err]).toEqual([0, ""]);
  expect(without.out).toContain("all 4 checks passed");
  expect(without.out).toMatch(INSTALL);
  const numbers = ["bias", "distance", "profile", "residuals"].map((name) => `lln-${name}.csv`);
  expect(readdirSync(join(folder, "report"))).toEqual(["index.html", ...numbers]);
  await npm(folder, [...INSTALL.exec(without.out)![1].split(" "), "--no-audit", "--no-fund"]);
  const withFigures = await mesoflux(line);
  expect(withFigures.out).toContain("with 4 figures beside it");
  expect(readdirSync(join(folder, "report"))).toHaveLength(1 + 3 * 4 + 1);
});
