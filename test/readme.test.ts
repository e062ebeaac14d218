/** The README is a promise: its code runs and prints what it shows, its commands are run here or by .ci/run. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocksOf, readme } from "./support/readme.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const ci = readFileSync(join(root, ".ci/run"), "utf8");
let folder: string;

beforeAll(() => {
  // A project that has installed the package.
  folder = mkdtempSync(join(tmpdir(), "mesoflux-readme-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "mesoflux"), "dir");
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (file: string, ...args: string[]) =>
  execFileSync(process.execPath, [file, ...args], { cwd: folder, encoding: "utf8" });

describe("every code block prints what it shows", () => {
  const programs = blocksOf(readme).filter(({ language }) => language === "js");
  test("there are some", () => expect(programs.length).toBeGreaterThan(0));

  test.each(programs)("$code", ({ code, output }) => {
    writeFileSync(join(folder, "program.mjs"), code);
    expect(run("program.mjs")).toBe(output);
  });
});

describe("every command is run", () => {
  const commands = blocksOf(readme)
    .filter(({ language }) => language === "sh")
    .flatMap(({ code, output }) => {
      const lines = code.trim().split("\n");
      return lines.map((line) => ({
        line: line.replace(/\s+#.*/, ""),
        output: lines.length === 1 ? output : undefined,
      }));
    });

  test.each(commands)("$line", ({ line, output }) => {
    if (line.startsWith("npx mesoflux ")) {
      const printed = run(join(root, "dist/src/cli/main.js"), ...line.split(" ").slice(2));
      // Of a verification the README shows a part.
      if (line.includes(" verify ")) expect(printed).toContain(output);
      else if (output !== undefined) expect(printed).toBe(output);
    } else {
      const isRun = ci.split("\n").some((command) => command === line || command.startsWith(`${line} `));
      expect(isRun, `.ci/run runs: ${line}`).toBe(true);
    }
  });
});

test("its first screen shows how to run and how to test", () => {
  const firstScreen = readme.split("\n").slice(0, 40).join("\n");
  expect(firstScreen).toContain("npm ci && npm start");
  expect(firstScreen).toContain("npm ci && npm test");
});

test("its figure is the one that the main job draws", () => {
  expect(readme).toContain("](docs/lln-profile.svg)");
});
