/**
 * The errors that a verification states, of a line's slope and of a sample covariance, against many sets of samples. A
 * variance over S sets has the relative standard error √(2/S): 7 z in all at |z| < 6, false alarm 2e-9 each for a normal
 * law. An error off by 5% is found.
 */
import { expect, test } from "vitest";
import { covarianceError } from "../../src/verify/measure/prediction.ts";
import { extentOf, fitLine } from "../../src/verify/measure/statistics.ts";
import { collect, loadProbe } from "../support/probe.ts";
import { meanOf, SIX_SIGMA, zOfMean } from "../support/statistics.ts";

const SETS = 2e4;
const probe = loadProbe();

/** z of the variance of values, one a set, against a stated one. */
function zOfVariance(values: readonly number[], stated: number): number {
  return ((meanOf(values).error ** 2 * SETS) / stated - 1) / Math.sqrt(2 / SETS);
}

const perSet = <T>(of: (set: number) => T) => Array.from({ length: SETS }, (_, set) => of(set));

test("a line through three points of equal errors, by hand", () => {
  const line = fitLine([0, 1, 2].map((x) => ({ x, y: 1 + 2 * x, error: 1 })));
  expect(line).toEqual({
    slope: 2,
    slopeError: expect.closeTo(Math.sqrt(1 / 2), 15) as number,
    intercept: 1,
    interceptError: expect.closeTo(Math.sqrt(5 / 6), 15) as number,
  });
});

test("lines through scattered points scatter by the errors stated; those of equal weights are rejected", () => {
  probe.startVector(1n, 0n);
  const places = [1, 2, 4, 7, 11];
  const errors = [0.5, 1, 0.2, 2, 0.7];
  const normals = collect(probe, SETS * 5, probe.normals);
  const fits = perSet((set) =>
    fitLine(places.map((x, i) => ({ x, y: 3 - x / 2 + errors[i] * normals[5 * set + i], error: errors[i] }))),
  );
  const [slopes, intercepts] = [fits.map(({ slope }) => slope), fits.map(({ intercept }) => intercept)];
  const [{ slopeError, interceptError }] = fits;
  expect(Math.abs(zOfMean(slopes, -1 / 2))).toBeLessThan(SIX_SIGMA);
  expect(Math.abs(zOfMean(intercepts, 3))).toBeLessThan(SIX_SIGMA);
  expect(Math.abs(zOfVariance(slopes, slopeError ** 2))).toBeLessThan(SIX_SIGMA);
  expect(Math.abs(zOfVariance(intercepts, interceptError ** 2))).toBeLessThan(SIX_SIGMA);
  const equal = fitLine(places.map((x) => ({ x, y: 0, error: meanOf(errors).mean })));
  expect(Math.abs(zOfVariance(slopes, equal.slopeError ** 2))).toBeGreaterThan(SIX_SIGMA);
});

/** Sample covariances of x and y, set by set, times √(n - 1) for sets of n. */
function scaledCovariances(x: Float64Array, y: Float64Array): number[] {
  const n = x.length / SETS;
  return perSet((set) => {
    const [a, b] = [x, y].map((all) => all.subarray(set * n, (set + 1) * n));
    const [meanA, meanB] = [meanOf(a).mean, meanOf(b).mean];
    return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0) / Math.sqrt(n - 1);
  });
}

test("covariances over 50 gamma numbers scatter by the error stated; that of a normal law is rejected", () => {
  probe.startVector(2n, 0n);
  const size = SETS * 50;
  const exponentials = collect(probe, 4 * size, probe.exponentials);
  // A gamma law of shape 4 has variance 4 and skewness 1.
  const x = Float64Array.from({ length: size }, (_, i) =>
    exponentials.subarray(4 * i, 4 * i + 4).reduce((a, b) => a + b),
  );
  const y = x.map((value) => -3 * value);
  const prediction = {
    mean: new Float64Array(2),
    covariance: Float64Array.of(4, -12, -12, 36),
    skewness: Float64Array.of(1, -1),
  };
  const squares = scaledCovariances(x, x);
  expect(Math.abs(zOfVariance(squares, covarianceError(prediction, 0, 0) ** 2))).toBeLessThan(SIX_SIGMA);
  expect(Math.abs(zOfVariance(scaledCovariances(x, y), covarianceError(prediction, 0, 1) ** 2))).toBeLessThan(
    SIX_SIGMA,
  );
  expect(covarianceError(prediction, 1, 1)).toBeCloseTo(9 * covarianceError(prediction, 0, 0), 12);
  const normal = { ...prediction, skewness: new Float64Array(2) };
  expect(Math.abs(zOfVariance(squares, covarianceError(normal, 0, 0) ** 2))).toBeGreaterThan(SIX_SIGMA);
});

test("covariances over 50 correlated normal numbers scatter by the error stated; that of independent ones is rejected", () => {
  probe.startVector(3n, 0n);
  const size = SETS * 50;
  const normals = collect(probe, 2 * size, probe.normals);
  const x = normals.slice(0, size);
  const y = x.map((value, i) => 1.2 * value + 1.6 * normals[size + i]);
  const covariances = scaledCovariances(x, y);
  const prediction = {
    mean: new Float64Array(2),
    covariance: Float64Array.of(1, 1.2, 1.2, 4),
    skewness: new Float64Array(2),
  };
  expect(Math.abs(zOfVariance(covariances, covarianceError(prediction, 0, 1) ** 2))).toBeLessThan(SIX_SIGMA);
  const independent = { ...prediction, covariance: Float64Array.of(1, 0, 0, 4) };
  expect(Math.abs(zOfVariance(covariances, covarianceError(independent, 0, 1) ** 2))).toBeGreaterThan(SIX_SIGMA);
});

test("the extent of as many values as covariances of 500 cells", () => {
  const values = Float64Array.from({ length: 300_000 }, (_, i) => Math.abs(i - 100_000));
  expect(extentOf(values)).toEqual([0, 199_999]);
});
