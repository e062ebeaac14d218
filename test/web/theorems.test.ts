/**
 * The lab's theorems on a short chain, small enough for seconds, at fixed seeds.
 *
 * Some 25 z in all are to be within 4.5, which a right simulation exceeds with probability 7e-6 each; twins with a planted
 * defect must be seen beyond it.
 */
import { expect, test } from "vitest";
import { DEFAULTS, type Settings } from "../../web/src/settings.ts";
import { verdictOf, zOf, type Row } from "../../web/src/theorems/outcome.ts";
import { histogramOf, momentsOf, slopeOf } from "../../web/src/theorems/statistics.ts";
import { runTheorem, type Outcomes, type Theorem } from "../../web/src/theorems/theorems.ts";

const FAR = 4.5;
const SHORT: Partial<Settings> = { cells: 3 };

const run = <T extends Theorem>(name: T, part: Partial<Settings> = SHORT, report: (share: number) => void = () => {}) =>
  runTheorem(name, { ...DEFAULTS, ...part }, new AbortController().signal, report);

const outcomes = new Map<Theorem, Promise<Outcomes[Theorem]>>();
const shared = (name: Theorem) => {
  if (!outcomes.has(name)) outcomes.set(name, run(name));
  return outcomes.get(name)!;
};
const furthest = (rows: readonly Row[]) => Math.max(...rows.map((row) => Math.abs(zOf(row) ?? 0)));

test.each(["lln", "clt", "fourier", "mesoscopic"] as const)("%s: theory and simulation agree", async (name) => {
  const { rows } = await shared(name);
  expect(rows.filter((row) => zOf(row) !== undefined).length).toBeGreaterThanOrEqual(4);
  expect(furthest(rows)).toBeLessThan(FAR);
});

test("the law of large numbers sees a covariance that is a fifth too large", async () => {
  const { rows } = await shared("lln");
  expect(furthest(rows.map((row) => ({ ...row, predicted: row.predicted * Math.sqrt(1.2) })))).toBeGreaterThan(FAR);
});

test.each(["clt", "mesoscopic"] as const)("%s sees the covariance of the other bath", async (name) => {
  const [own, other] = await Promise.all([shared(name), run(name, { ...SHORT, bath: "thermal" })]);
  const mixed = own.rows.map((row, i) => ({ ...row, predicted: other.rows[i].predicted }));
  expect(furthest(other.rows)).toBeLessThan(FAR);
  expect(furthest(mixed)).toBeGreaterThan(FAR);
});

test("Fourier's law sees a conductivity that is off by a hundredth", async () => {
  const { rows } = await shared("fourier");
  expect(furthest(rows.map((row) => ({ ...row, predicted: row.predicted * 1.01 })))).toBeGreaterThan(FAR);
});

test("a single cell has a histogram and no cloud of two, and its part within 1σ is that of a Gaussian number", async () => {
  const { cells, cloud, rows } = await run("clt", { cells: 1 });
  expect([cells.length, cloud.length]).toEqual([1, 1]);
  expect(rows.find(({ quantity }) => quantity === "part within 1σ")!.predicted).toBeCloseTo(0.6827, 4);
  expect(furthest(rows)).toBeLessThan(FAR);
});

test("where 1/M is too large for the expansion there is no z, and no number is NaN", async () => {
  const { rows } = await run("lln", { cells: 1, left: 0.1, right: 10 });
  expect(zOf(rows[0])).toBeUndefined();
  expect(rows.every(({ measured, predicted, error }) => Number.isFinite(measured + predicted + error))).toBe(true);
});

test("equal baths open gaps about their temperature, on either side of it", async () => {
  const { conductions, rows } = await run("fourier", { ...SHORT, left: 3, right: 3 });
  expect(conductions.at(-1)!.gap).toBeCloseTo(1.5, 12);
  expect(furthest(rows)).toBeLessThan(FAR);
});

test("a chain that is hotter on the left carries its heat to the right", async () => {
  const { conductions } = await run("fourier", { ...SHORT, left: 2, right: 1 });
  expect(conductions.every(({ gap, current }) => gap < 0 && current > 0)).toBe(true);
});

test("the kink of √min has no z that blames the theory for what it leaves out", async () => {
  const { rows, finding } = await run("fourier", { ...SHORT, rate: "sqrt-min", left: 1.5, right: 1.5 });
  expect(zOf(rows.at(-1)!)).toBeUndefined();
  expect(finding).toContain("kink");
});

test("few particles are told from which M on the equation may be trusted", async () => {
  await expect(run("mesoscopic", { ...SHORT, particles: 2 })).rejects.toThrow(/below zero.*take particles >= \d+/);
});

test("a cancelled run ends as one that was aborted", async () => {
  const stop = new AbortController();
  const report = () => stop.abort();
  await expect(runTheorem("lln", { ...DEFAULTS, ...SHORT }, stop.signal, report)).rejects.toMatchObject({
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
  expect(again.rows).toEqual(once.rows);
  expect(again.certificates.map(({ certificate }) => certificate.result)).toEqual(
    once.certificates.map(({ certificate }) => certificate.result),
  );
  expect(again.certificates.map(({ certificate }) => certificate.model.particles)).toEqual([10, 100, 1000, 10_000]);
});

test("the verdict names the largest z, and says why some have none", () => {
  const row = { quantity: "x", measured: 1, error: 0.1, predicted: 1.2, missing: 0 };
  expect(verdictOf([row, { ...row, predicted: 0.9 }])).toBe("The largest of 2 z is −2.0.");
  expect(verdictOf([row, { ...row, missing: 1 }])).toMatch(/^The largest of 1 z is −2.0. Where there is none/);
  expect(verdictOf([{ ...row, missing: 1 }])).toMatch(/^No z/);
});

test("small statistics", () => {
  const { mean, variance, third } = momentsOf(Float64Array.of(1, 2, 6));
  expect([mean, variance, third]).toEqual([3, 7, 27]);
  const { slope, error } = slopeOf([1, 2, 3].map((x) => ({ x, y: 5 - 2 * x, error: 0.5 })));
  expect([slope, error]).toEqual([-2, 0.5 / Math.sqrt(2)]);
  const { middles, density } = histogramOf(Float64Array.of(0.1, 0.2, 0.9, 7), 0, 1, 2);
  expect([...middles, ...density]).toEqual([0.25, 0.75, 1, 0.5]);
});
