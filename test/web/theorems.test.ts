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
  expect(findingOf(report, text.headlines)).toContain(text.headlines[0]);
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
  expect(certificates(again).map(nameOf)[2]).toBe("Θ^M at M = 10,000, baths at 1 and 2");
});

test("finding and verdict are computed from z and its limit, and the false alarms are stated", async () => {
  const report = await shared("lln");
  const { headlines } = TEXTS[0];
  expect(findingOf(report, headlines)).toMatch(/^PASS: slope of log RMS.* z = −?\d\.\d\d, limit ±7\.5\.$/);
  expect(verdictOf(report)).toMatch(
    /^All 7 checks passed: nearest .* “.*” \(z = −?\d\.\d\d, limit ±\d\.5\)\. Total .* probability [\d.·⁻⁰-⁹¹²³]+ at/,
  );
  const { measured } = named(report, "slope of log RMS");
  for (const z of [-9, NaN]) {
    // As a check of another theory would have it.
    const wrong = (one: Check): Check => ({ ...one, predicted: -1, z, passed: Math.abs(z) <= one.limit });
    const checks = report.checks.map((one) => (one.name.startsWith("slope of log RMS") ? wrong(one) : one));
    const broken = { ...report, checks, passed: false };
    const said = `z = ${Number.isNaN(z) ? "NaN" : "−9.00"}, limit ±7.5`;
    expect(findingOf(broken, headlines)).toMatch(/^FAIL: slope of log RMS/);
    expect(findingOf(broken, headlines)).toContain(`measured −${(-measured).toPrecision(4)}`);
    expect(findingOf(broken, headlines)).toContain(said);
    expect(verdictOf(broken)).toContain("1 of 7 checks FAILED: “slope of log RMS");
    expect(verdictOf(broken)).toContain(`(${said})`);
  }
  expect(verdictOf({ ...report, checks: [] })).toBe("No checks.");
});

test("the words of a theorem speak of what the theory says, not of what a run found or how long it took", () => {
  for (const { statement } of TEXTS) expect(statement).not.toMatch(/second|fast|cost|agree|cheap|as the theory/);
});
