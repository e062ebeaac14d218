/** Batches of one replica each are a plain sample: what is pooled of them are the plain formulas of samples. */
import { expect, test } from "vitest";
import { pool } from "../../src/estimate/pool.ts";
import { deviation } from "../support/closeness.ts";

/** Numbers far from zero beside their scatter, as displacements at small M are. */
const samples = Array.from({ length: 40 }, (_, r) => [
  5 + Math.sin(7 * r),
  -3 + Math.sin(7 * r) / 2 + Math.cos(11 * r) ** 3,
]);
const average = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
/** The standard error of the mean of some values. */
const errorOf = (values: readonly number[]) => {
  const mean = average(values);
  return Math.sqrt(average(values.map((y) => (y - mean) ** 2)) / (values.length - 1));
};

test("means, unbiased covariances, and their errors, with means far from zero", () => {
  const { estimate, standardError } = pool(
    samples.map((x) => ({
      replicas: 1,
      mean: Float64Array.from(x),
      second: Float64Array.from({ length: 4 }, (_, at) => x[at >> 1] * x[at & 1]),
      transferred: Float64Array.of(x[0], x[1], x[0] - x[1]),
    })),
  );
  const column = (i: number) => samples.map((x) => x[i]);
  const means = [0, 1].map((i) => average(column(i)));
  const products = Array.from({ length: 4 }, (_, at) =>
    samples.map((x) => (x[at >> 1] - means[at >> 1]) * (x[at & 1] - means[at & 1])),
  );
  expect(deviation(estimate.mean, means)).toBeLessThan(1e-14);
  expect(
    deviation(
      estimate.covariance,
      products.map((values) => (average(values) * 40) / 39),
    ),
  ).toBeLessThan(1e-12);
  expect(
    deviation(
      standardError.mean,
      [0, 1].map((i) => errorOf(column(i))),
    ),
  ).toBeLessThan(1e-13);
  expect(deviation(standardError.covariance, products.map(errorOf))).toBeLessThan(1e-12);
  expect(standardError.transferred[2]).toBeCloseTo(errorOf(samples.map((x) => x[0] - x[1])), 13);
});
