/** The command line on pseudo-terminals of 40, 80 and 200 columns, without colours, and in pipes. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { widthOf } from "../../src/report/text.ts";
import { MAIN, ran } from "../support/commandLine.ts";
import { onTerminal } from "../support/terminal.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "mesoflux-terminal-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const COLOURS = /\x1b\[3[12]m/;
const chain = "--cells 3 --particles 300 --temperatures 1,2";
const VERIFY = "verify lln --quick --particles 100,1000 --replicas 512 --times 0.5 --no-figures";

describe.each([40, 80, 200])("%i columns", (columns) => {
  test.each([
    VERIFY,
    `theory ${chain}`,
    "check --rate '1-exp(-sqrt(a*b/(a+b)))' --temperatures 1,2",
    `run ${chain} --replicas 100 --times 0.5,1`,
    `run ${chain} --times stationary --replicas 20`,
    // Long enough for a forecast, of which the first line is read, and for progress.
    `run ${chain} --particles 20000 --replicas 2000 --times 1`,
  ])("hold every line of %s", async (line) => {
    const { code, lines } = await onTerminal(line, columns, folder);
    expect(code).toBe(0);
    expect(lines.length).toBeGreaterThan(12);
    for (const shown of lines) expect(widthOf(shown), shown).toBeLessThanOrEqual(columns);
  });

  test("hold what is said of a run folder, of faults and of a replay", async () => {
    const lines = await Promise.all(
      [
        `run ${chain} --replicas 300 --out ${columns}-columns --chunk 64 --shard 2/4`,
        "run --temperatures 1,2,3 --particles 0 --method exact --replicas 1,2",
        "run --temperatures 1,2,3 --particles 0 --method exact --step 3",
        `run ${chain} --rate '${"a+".repeat(30)}c'`,
      ].map((line) => onTerminal(line, columns, folder)),
    );
    lines.push(await onTerminal(`status ${columns}-columns`, columns, folder));
    lines.push(await onTerminal(`merge ${columns}-columns`, columns, folder));
    expect(lines.map(({ code }) => code)).toEqual([0, 2, 2, 2, 0, 1]);
    // The caret stands below what is wrong.
    const caret = lines[3].lines.findIndex((line) => /^ +\^$/.test(line));
    expect(lines[3].lines[caret - 1][lines[3].lines[caret].length - 1]).toBe("c");
    const { out } = await ran(`run ${chain} --json`.split(" "), { cwd: folder });
    writeFileSync(join(folder, "certificate.json"), out);
    lines.push(await onTerminal("replay certificate.json", columns, folder));
    for (const { lines: shown } of lines) {
      for (const line of shown) expect(widthOf(line), line).toBeLessThanOrEqual(columns);
    }
  });

  test("show progress in one line, which is gone at the end", async () => {
    const { raw, lines } = await onTerminal(VERIFY, columns, folder);
    const progress = lines.filter((line) => line.includes("░") || line.includes("█"));
    expect(progress.length).toBeGreaterThan(1);
    for (const line of progress) expect(line).toMatch(/^█*░* \d+%, /);
    // Erased, and the cursor shown, before the report begins.
    expect(raw).toMatch(/\x1b\[2K[^█░]*Law of large numbers/);
  });

  test("hold every line of the helps", async () => {
    for (const command of ["", "run ", "verify ", "theory "]) {
      const { lines } = await onTerminal(`${command}--help`, columns, folder);
      for (const shown of lines) expect(widthOf(shown), shown).toBeLessThanOrEqual(columns);
    }
  });
});

test("a terminal that has no size is taken for a file's 100 columns", async () => {
  const { code, lines } = await onTerminal(VERIFY, 0, folder);
  expect(code).toBe(0);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(100);
  expect((await onTerminal("run --cells 0", 0, folder)).lines.join("\n")).toContain("--cells: expected an integer");
});

test("a command that is longer than the screen can be pasted", async () => {
  const { lines } = await onTerminal(`theory ${chain}`, 40, folder);
  const from = lines.findIndex((line) => line.startsWith("mesoflux run"));
  const command = lines.slice(from).join("\n").trim();
  expect(command).toContain("\\\n");
  const { stdout } = await promisify(execFile)("bash", ["-c", `mesoflux() { echo "$@"; }; ${command}`]);
  expect(stdout).toBe(`run ${chain} --times stationary --replicas 256 --method mesoscopic\n`);
});

describe("colours", () => {
  test("are on terminals", async () => {
    const { raw } = await onTerminal(VERIFY, 80, folder);
    expect(raw).toContain("\x1b[32mPASS\x1b[39m");
    expect(raw).toContain("\x1b[32mall 4 checks passed\x1b[39m");
  });

  test.each([{ NO_COLOR: "1" }, { TERM: "dumb" }])("are not where %j", async (env) => {
    expect((await onTerminal(VERIFY, 80, folder, env)).raw).not.toMatch(COLOURS);
  });

  test("are not in pipes and files, whose lines have 100 columns whatever COLUMNS says", async () => {
    const { out, err } = await ran(VERIFY.split(" "), { cwd: folder, env: { ...process.env, COLUMNS: "40" } });
    expect(out + err).not.toContain("\x1b");
    const widths = out.split("\n").map(widthOf);
    expect(Math.max(...widths)).toBeLessThanOrEqual(100);
    expect(Math.max(...widths)).toBeGreaterThan(80);
  });
});

test("a reader that leaves early, such as head, is no failure", async () => {
  const pipeline = `set -o pipefail; '${process.execPath}' '${MAIN}' run ${chain} --particles 1 --cells 200 --json --quiet | head -n 2`;
  const { stdout, stderr } = await promisify(execFile)("bash", ["-c", pipeline], { cwd: folder });
  expect(stdout.split("\n")).toHaveLength(3);
  expect(stderr).toBe("");
});
