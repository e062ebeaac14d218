/**
 * The lab's theorems on a short chain, small enough for seconds, at fixed seeds: the package's verifications within the
 * events of a page, with the limits and false-alarm rates that these state; planted defects must be seen beyond them.
 */
import { expect, test } from "vitest";
import type { Certificate, Check, Report } from "../../src/index.ts";
import { rateOf } from "../../src/theory/rates.ts";
import { DEFAULTS, type Settings } from "../../web/src/settings.ts";
import { findingOf, nameOf, verdictOf } from "../../web/src/theorems/results.ts";
import { TEXTS } from "../../web/src/theorems/texts.ts";
import { EVENTS, runTheorem, type Theorem } from "../../web/src/theorems/theorems.ts";

const SHORT: Partial<Settings> = { cells: 3 };

const run = (name: Theorem, part: Partial<Settings> = SHORT, told: (share: number) => void = () => {}) =>
  runTheorem(name, { ...DEFAULTS, ...part }, new AbortController().signal, told);

const reports = new Map<Theorem, Promise<Report>>();
const shared = (name: Theorem) => {
  if (!reports.has(name)) reports.set(name, run(name));
  return reports.get(name)!;
};
const failed = ({ checks }: Report) => checks.filter(({ passed }) => !passed);
const named = ({ checks }: Report, words: string): Check => checks.find(({ name }) => name.startsWith(words))!;
/** True if a check of the same measurement fails where the prediction is so many times as large. */
const sees = ({ measured, predicted, standardError, limit }: Check, factor: number) =>
  Math.abs(measured - factor * predicted) / standardError > limit;
const certificates = (report: Report) => report.certificates as readonly Certificate[];
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

test("equal baths have no current, and gaps open from their temperature", async () => {
  const report = await run("fourier", { ...SHORT, left: 3, right: 3 });
  expect(failed(report)).toEqual([]);
  expect(named(report, "the current between 3 and 3").predicted).toBeCloseTo(0, 12);
  expect(certificates(report).map(({ model }) => model.temperatures[1])).toContain(3.75);
});

test("a chain that is hotter on the left carries its heat to the right", async () => {
  const report = await run("fourier", { ...SHORT, left: 2, right: 1 });
  expect(failed(report)).toEqual([]);
  expect(named(report, "the current between 2 and 1").measured).toBeGreaterThan(0);
});

test("the kink of √min blames no theory for what it leaves out, and is named", async () => {
  const report = await run("fourier", { ...SHORT, rate: "sqrt-min", left: 1.5, right: 1.5 });
  expect(failed(report)).toEqual([]);
  expect(report.notes.join()).toContain('"sqrt-min" is not smooth where neighbours are equally hot');
});

test("the equation is tried where it may be trusted, whatever the chain's own M; few particles are told how many it takes", async () => {
  const few = { ...SHORT, particles: 2 };
  const report = await run("mesoscopic", few);
  expect(failed(report)).toEqual([]);
  expect(Math.min(...certificates(report).map(({ model }) => model.particles))).toBeGreaterThan(50);
  expect((await run("clt", few)).notes.join()).toMatch(/own M = 2 is too small for the Gaussian.*from M = \d+ on/);
});

test.each(["lln", "clt", "fourier", "mesoscopic"] as const)(
  "%s: 200 cells take no more events than a short chain, and what there is no time for is named",
  async (name) => {
    const report = await run(name, { cells: 200, right: 10 });
    expect(failed(report)).toEqual([]);
    expect(report.checks.length).toBeGreaterThan(0);
    expect(report.notes.join()).toMatch(/up to \d+ cells|too slow to reach|more than 24 cells/);
    // About: all cells at the mean of their baths.
    const events = certificates(report).reduce((sum, { model, replicas, times, method }) => {
      const T = (model.temperatures[0] + model.temperatures[1]) / 2;
      const pace = 201 * rateOf(model).f(T, T);
      return method === "mesoscopic" ? sum : sum + replicas * model.particles * pace * Number(times.at(-1));
    }, 0);
    expect(events).toBeLessThan(1.5 * EVENTS);
  },
);

test("a cancelled run ends as one that was aborted", async () => {
  const stop = new AbortController();
  const told = () => stop.abort();
  await expect(runTheorem("lln", { ...DEFAULTS, ...SHORT }, stop.signal, told)).rejects.toMatchObject({
    name: "AbortedError",
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
