/** `mesoflux rare`: what it prints, what it draws, what it refuses, and the replay of what it certifies. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rareEvent } from "../../src/rare/index.ts";
import { interrupted, ran } from "../support/commandLine.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "mesoflux-rare-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const chain = "--cells 2 --particles 50 --temperatures 1,2 --rate constant --bath thermal";
const rare = (line: string, options: { input?: string } = {}) =>
  ran(`rare ${line}`.split(" "), { cwd: folder, ...options });

test("prints the probability that a program gets, beside simpler answers, and the way there", async () => {
  const { code, out, err } = await rare(
    `${chain} --cell 1 --above 2.5 --time 1 --replicas 500 --figure way.svg --quiet`,
  );
  expect({ code, err }).toEqual({ code: 0, err: "figure: way.svg, and its numbers: way.csv\n" });
  const model = { cells: 2, particles: 50, temperatures: [1, 2], rate: "constant", bath: "thermal" } as const;
  const { probability, instanton } = await rareEvent(
    { ...model, temperatures: [1, 2] },
    { cell: 1, above: 2.5, time: 1, replicas: 500 },
  );
  const [, printed] = /guided paths, weighed +(\S+)/.exec(out)!;
  expect(Number(printed)).toBeCloseTo(probability, 3 - Math.floor(Math.log10(probability)) - 1);
  for (const words of [
    "P(E_1 > 2.5 at t = 1)",
    `A = ${instanton!.action.toPrecision(4)}`,
    "Gaussian",
    "Relative error",
  ])
    expect(out).toContain(words);
  expect(readFileSync(join(folder, "way.svg"), "utf8")).toContain("the way down, reversed");
  expect(readFileSync(join(folder, "way.csv"), "utf8")).toContain("the way up");
});

test("what a bond carries has no way back; what it certifies, replay finds again", async () => {
  const { code, out } = await rare(`${chain} --bond 0 --above 0.4 --time 0.5 --replicas 200 --json --quiet`);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    certificate: { event: { bond: 0, above: 0.4, time: 0.5 } },
    warnings: expect.any(Array),
  });
  const again = await ran(["replay", "-", "--quiet"], { cwd: folder, input: out });
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining("the same bits") });
  const { code: tampered } = await ran(["replay", "-", "--quiet"], {
    cwd: folder,
    input: out.replace('"seed": "0"', '"seed": "1"'),
  });
  expect(tampered).toBe(1);
});

test("Ctrl-C prints what the finished paths say, and exits with 130", async () => {
  const line = `rare ${chain} --cell 1 --above 2.5 --time 1 --replicas 100000000 --workers 1 --json`;
  const { code, out, err } = await interrupted(line.split(" "), { cwd: folder });
  expect({ code, err }).toEqual({ code: 130, err: expect.stringContaining("interrupted after") });
  const { complete, replicas, certificate } = JSON.parse(out);
  expect(complete).toBe(false);
  expect(err).toContain(`interrupted after ${replicas} of`);
  // The finished paths are a run of their own.
  const again = await ran(["replay", "-", "--quiet"], { cwd: folder, input: JSON.stringify(certificate) });
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining("the same bits") });
});

test.each([
  [`${chain} --above 2 --time 1`, '"cell" expected a "cell" or a "bond", got neither'],
  [
    `${chain} --cell 3 --above 2`,
    "--cell: expected an integer from 1 to 2, got 3\n--time is missing: expected a time from 1e-60 to 1e+60",
  ],
  [`${chain} --cell 1 --above 2 --below 3 --time 1`, '--above: expected "above" or "below", got both'],
  [`${chain} --cell 1 --above 2 --time 1 --method hidden`, "hidden"],
  [`${chain} --cell 1 --above 2 --time 1 --bath exponential`, "one large packet"],
])("rare %s is refused in words", async (line, words) => {
  const { code, err, out } = await rare(line);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(words);
});
