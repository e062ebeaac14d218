import { describe, expect, it } from "vitest";
import { logLowerGamma, logTail, logUpperGamma } from "../../../src/theory/largeDeviations/gamma.ts";

/** M, x, log Q, log P by mpmath's incomplete gamma functions and, from M = 10^6 on, its quadrature, in 60 digits. */
const EXACT = [
  [18, 3.0, -3.571551640328729e-9, -19.450265704220964],
  [18, 18.0, -0.7579040304781272, -0.6323299552792631],
  [18, 19.0, -0.9719061837241402, -0.4753959407882437],
  [18, 60.0, -23.576691195325193, -5.7646522306220355e-11],
  [1000, 700.0, -1.0158583345333217e-26, -59.85147851292524],
  [1000, 1000.0, -0.7015932366459725, -0.6847718632903101],
  [1000, 1001.0, -0.727348334897787, -0.6600771655174552],
  [1000, 1200.0, -20.470050520898305, -1.2881606094578222e-9],
  [1000, 2500.0, -588.4887415153545, 0.0],
  [1000000, 990000.0, -5.446644693010809e-24, -53.56704246543243],
  [1000000, 999000.0, -0.1727537310560113, -1.8410218993793996],
  [1000000, 1000000.0, -0.6934131774557283, -0.692881254399696],
  [1000000, 1001000.0, -1.8410218990178857, -0.17275373112418319],
  [1000000, 1200000.0, -17684.66049202636, 0.0],
  [1000000000, 990000000.0, 0.0, -50342.52891260671],
  [1000000000, 999900000.0, -0.0007827524107144211, -7.153085468637396],
  [1000000000, 1000000000.0, -0.6931555910370534, -0.6931387701535727],
  [1000000000, 1000100000.0, -7.152433850822648, -0.0007832628322174623],
  [1000000000, 1100000000.0, -4689829.173661609, 0.0],
] as const;

/** Q(M, x) as the probability of fewer than M events of a Poisson process, smallest terms first. */
function byPoisson(M: number, x: number): number {
  const terms = [Math.exp(-x)];
  for (let n = 1; n < M; n++) terms.push((terms[n - 1] * x) / n);
  return terms.sort((a, b) => a - b).reduce((sum, term) => sum + term, 0);
}

describe("tails of the gamma law", () => {
  it("are those of sixty digits, up to a thousand million particles", () => {
    for (const [M, x, upper, lower] of EXACT) {
      // The relative error of the smaller probability, in units of its logarithm, is that of both.
      const bound = 5e-15 * Math.max(1, -upper, -lower);
      // A 0 among them is less than 1e-60.
      const error = (value: number, exact: number) =>
        exact === 0 ? Math.abs(value) / 1e-60 : Math.abs(value - exact) / Math.min(1, -exact);
      expect(error(logUpperGamma(M, x), upper)).toBeLessThan(bound);
      expect(error(logLowerGamma(M, x), lower)).toBeLessThan(bound);
    }
  });

  it("are the counts of a Poisson process", () => {
    for (const M of [1, 2, 3, 7, 17, 18, 40, 100])
      for (const of of [0.02, 0.5, 0.9, 0.999, 1, 1.001, 1.2, 2, 5]) {
        const exact = byPoisson(M, of * M);
        expect(Math.abs(Math.exp(logTail(M, of * M, "above")) / exact - 1)).toBeLessThan(3e-13);
        expect(Math.exp(logTail(M, of * M, "below")) + exact).toBeCloseTo(1, 13);
      }
  });

  it("are certain or impossible at the ends", () => {
    expect([logUpperGamma(3, 0), logLowerGamma(3, 0)]).toEqual([0, -Infinity]);
    expect([logUpperGamma(3, Infinity), logLowerGamma(3, Infinity)]).toEqual([-Infinity, 0]);
    expect(logLowerGamma(3, 1e-200)).toBeCloseTo(3 * Math.log(1e-200) - Math.log(6), 10);
    expect(logUpperGamma(1, 700)).toBe(-700);
  });
});
