/**
 * The lab's theorems on a short chain, small enough for seconds, at fixed seeds: the package's verifications within the
 * events of a page, with the limits and false-alarm rates that these state; planted defects must be seen beyond them. Other
 * chains, as far as a page lets them go: theorems-chains.slow.ts.
 */
import { expect, test } from "vitest";
import type { Check, Report } from "../../src/index.ts";
import { DEFAULTS } from "../../web/src/settings.ts";
import { findingOf, nameOf, verdictOf } from "../../web/src/theorems/results.ts";
import { TEXTS } from "../../web/src/theorems/texts.ts";
import { runTheorem, type Theorem } from "../../web/src/theorems/theorems.ts";
import { certificates, failed, named, run, SHORT } from "../support/theorems.ts";

const reports = new Map<Theorem, Promise<Report>>();
const shared = (name: Theorem) => {
  if (!reports.has(name)) reports.set(name, run(name));
  return reports.get(name)!;
};
/** True if a check of the same measurement fails where the prediction is so many times as large. */
const sees = ({ measured, predicted, standardError, limit }: Check, factor: number) =>
  Math.abs(measured - factor * predicted) / standardError > limit;
const numbers = ({ checks, tables }: Report) => [
  ...checks.flatMap(({ measured, predicted, standardError, z }) => [measured, predicted, standardError, z]),
  ...tables.flatMap(({ rows }) => rows.flat().filter((value) => typeof value === "number")),
];

test.each(TEXTS)("$title: theory and simulation agree, and the finding is about a check", async (text) => {
  const report = await shared(text.name);
  expect(failed(report)).toEqual([]);
  expect(report.checks.length).toBeGreaterThanOrEqual(4);
  expect(findingOf(report, text.headlines)).toContain(text.headlines[0].slice(1));
});

test("the law of large numbers sees a covariance that is a fifth too large", async () => {
  const report = await shared("lln");
  for (const M of [100, 1000]) expect(sees(named(report, `M E|Θ-Θ̄|² at M = ${M},`), 1.2)).toBe(true);
});

test("the central limit theorem sees the covariance of the other bath", async () => {
  const [own, other] = await Promise.all([shared("clt"), run("clt", { ...SHORT, bath: "thermal" })]);
  expect(failed(other)).toEqual([]);
  const increments = ({ tables }: Report) =>
    tables.find(({ title }) => title.startsWith("Covariance of the first"))!.rows.map((row) => row.map(Number));
  const z = increments(own).map(([, measured, predicted, z], i) => {
    return ((measured - increments(other)[i][2]) * z) / (measured - predicted);
  });
  expect(Math.max(...z.map(Math.abs))).toBeGreaterThan(7.5);
});

test("the mesoscopic equation's covariance is seen where it is a fifth off", async () => {
  expect(sees(named(await shared("mesoscopic"), "M Cov(Z) = C at M = 1e9"), 1.2)).toBe(true);
});

test("Fourier's law sees a conductivity that is off by a hundredth", async () => {
  const { rows } = (await shared("fourier")).tables[0];
  const z = rows
    .map((row) => row.map(Number))
    .map(([, measured, error, predicted]) => (measured - 1.01 * predicted) / error);
  expect(Math.max(...z.map(Math.abs))).toBeGreaterThan(6.5);
});

test("a single cell has no neighbours, and the rest holds", async () => {
  const report = await run("clt", { cells: 1 });
  expect(failed(report)).toEqual([]);
  expect(named(report, "variance of the first increments")).toBeDefined();
  expect(named(report, "first increments of neighbours")).toBeUndefined();
  expect(numbers(report).every(Number.isFinite)).toBe(true);
});

test("where 1/M is too large for the expansion there is no check, a note says so, and no number is NaN", async () => {
  const report = await run("lln", { cells: 1, left: 0.1, right: 10 });
  expect(report.notes.join()).toContain("M = 100 is not checked");
  expect(named(report, "M E|Θ-Θ̄|² at M = 100,")).toBeUndefined();
  expect(failed(report)).toEqual([]);
  expect(numbers(report).every(Number.isFinite)).toBe(true);
});

test("a cancelled run ends as one that was aborted", async () => {
  const stop = new AbortController();
  const told = () => stop.abort();
  await expect(runTheorem("lln", { ...DEFAULTS, ...SHORT }, stop.signal, told)).rejects.toMatchObject({
    name: "AbortError",
  });
});

test("progress grows to the whole", async () => {
  const shares: number[] = [];
  await run("mesoscopic", SHORT, (share) => shares.push(share));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(1, 12);
});

test("the same settings give the same numbers, and the certificates say which run they are of", async () => {
  const [once, again] = await Promise.all([shared("lln"), run("lln")]);
  expect(again).toEqual(once);
  expect(certificates(again).map(({ model }) => model.particles)).toEqual([100, 1000, 10_000]);
  expect(certificates(again).map(nameOf)[2]).toBe("Θᴹ at M = 10,000, baths at 1 and 2");
});

test("the verdict is the report's, names the z nearest to its limit, and states the false alarms", async () => {
  const report = await shared("lln");
  expect(verdictOf(report)).toMatch(
    /^All 7 checks passed\. .* is \d\.\d of \d\.5, in “.*”\. .* probability [\d.·⁻⁰-⁹¹²³]+ at/,
  );
  const [first, ...rest] = report.checks;
  for (const z of [-9, NaN]) {
    const broken = { ...report, checks: [...rest, { ...first, z, passed: false }], passed: false };
    expect(verdictOf(broken)).toContain("1 of 7 checks FAILED");
    expect(verdictOf(broken)).toContain(`${Math.abs(z).toFixed(1)} of 7.5, in “${first.name}”`);
  }
  expect(verdictOf({ ...report, checks: [] })).toBe("No checks.");
});
