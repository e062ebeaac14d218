/** A check: its limit, and the false alarms that it declares. */
import { describe, expect, test } from "vitest";
import { check, type Comparison, limitOf } from "../../src/verify/measure/check.ts";
import { exponentOf, fitLine, meanOf } from "../../src/verify/measure/statistics.ts";

const comparison = (z: number): Comparison => ({ predicted: 2, measured: 2 + 0.1 * z, standardError: 0.1 });
const quiet = (count: number) => Array.from({ length: count }, () => comparison(1));

describe("a check", () => {
  test("is decided by its worst comparison, on either side", () => {
    for (const z of [-7, 7]) {
      const { passed, z: worst, limit } = check("c", "mean", 600, [...quiet(3), comparison(z), ...quiet(3)]);
      expect(passed).toBe(false);
      expect(worst).toBeCloseTo(z, 10);
      expect(limit).toBe(6.5);
    }
    expect(check("c", "mean", 600, [comparison(6.4)]).passed).toBe(true);
  });

  test("fails where a comparison is not a number", () => {
    expect(check("c", "mean", 600, [...quiet(3), comparison(NaN), comparison(3)]).passed).toBe(false);
  });

  test("detects twice its limit, with the least standard error of its comparisons", () => {
    expect(check("c", "square", 600, quiet(2)).detects).toBeCloseTo(1.5, 10);
  });
});

test("the false alarms of many comparisons do not add up: their limit grows", () => {
  expect([1, 300, 301, 3000, 3001].map((count) => limitOf("square", count))).toEqual([7.5, 7.5, 8, 8, 8.5]);
  const { falseAlarm, limit } = check("c", "mean", 600, quiet(200_000));
  expect(limit).toBe(8);
  expect(falseAlarm).toBeLessThan(1e-7);
  // P(|t| > 8) at 511 degrees of freedom, as tables have it.
  expect(200_000 * 8.4e-15).toBeLessThan(falseAlarm);
});

test("small statistics: a line through three points, an exponent, a mean", () => {
  const line = fitLine([1, 2, 3].map((x) => ({ x, y: 5 - 2 * x, error: 0.5 })));
  expect([line.slope, line.intercept]).toEqual([-2, 5]);
  expect(line.slopeError).toBeCloseTo(0.5 / Math.sqrt(2), 12);
  // The intercept is mean y - slope · mean x, the two of them independent: 0.5² (1/3 + 2²/2).
  expect(line.interceptError).toBeCloseTo(0.5 * Math.sqrt(7 / 3), 12);
  const rungs = [1, 10, 100].map((particles, i) => ({ particles, share: 1 + 0.1 * i, shareError: 0.02 }));
  const { predicted, measured, standardError } = exponentOf(rungs, -1, Math.log10);
  expect([predicted, measured, standardError].map((value) => Number(value.toFixed(6)))).toEqual([-1, -0.9, 0.014142]);
  expect(meanOf([1, 2, 6]).mean).toBe(3);
  expect(meanOf([1, 2, 6]).error).toBeCloseTo(Math.sqrt(7 / 3), 12);
});
