/** The normals: accuracy against the tail of the normal law, symmetry, and their law, with planted twins. */
import { expect, test } from "vitest";
import { collect, loadProbe, numbersAt } from "../support/probe.ts";
import { kolmogorovSmirnov, KS_LIMIT, SIX_SIGMA, zOfMean } from "../support/statistics.ts";

const probe = loadProbe();
const normalsOf = (u: number) => numbersAt(probe, probe.normalOf(u), 2);
const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** P(normal > z), z >= 0: a series in z below 3, the continued fraction of Laplace above. Right to 1e-15 of itself. */
function upperTail(z: number): number {
  if (z > 3) {
    let fraction = z;
    for (let n = 200; n > 0; n--) fraction = z + n / fraction;
    return density(z) / fraction;
  }
  let [term, sum] = [z, z];
  for (let n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) sum += term *= (z * z) / n;
  return 0.5 - density(z) * sum;
}

test("a normal is right within 4e-12, in every interval of the table and at its ends", () => {
  let worst = 0;
  for (let octave = -53; octave <= -2; octave++) {
    // 32 intervals an octave: their ends, their middles, and between.
    for (let i = 0; i < 256; i++) {
      const u = 2 ** octave * (1 + i / 256);
      const z = -normalsOf(u)[0];
      // One step of Newton from z to the place with this tail: its own error is of second order.
      worst = Math.max(worst, Math.abs((upperTail(z) - u) / density(z)));
    }
  }
  expect(worst).toBeLessThan(4e-12);
  expect(worst).toBeGreaterThan(1e-13);
});

test("u and 1 - u have opposite normals, bit for bit; all are finite", () => {
  for (const place of [2 ** -53, 3 * 2 ** -53, 1e-9, 0.1, 0.25, 0.4999, 0.5 - 2 ** -53, 0.75]) {
    // Uniforms are odd multiples of 2^-53, whose complements are exact.
    const u = (2 * Math.floor(place * 2 ** 52) + 1) * 2 ** -53;
    const [z, mirrored] = normalsOf(u);
    expect(mirrored).toBe(-z);
    expect(Math.sign(z)).toBe(Math.sign(u - 0.5));
  }
  expect(normalsOf(2 ** -53)[1]).toBeCloseTo(8.209536151601387, 10);
});

test("they are normal: KS at n = 1e6 and moments to the sixth at n = 2e6, and a variance of 1.01 is rejected", () => {
  probe.startVector(5n, 0n);
  const cdf = (z: number) => (z > 0 ? 1 - upperTail(z) : upperTail(-z));
  const some = collect(probe, 1e6, probe.normals);
  expect(kolmogorovSmirnov(some, cdf)).toBeLessThan(KS_LIMIT);
  const many = collect(probe, 2e6, probe.normals);
  const moments = [0, 1, 0, 3, 0, 15];
  moments.forEach((moment, i) => {
    const z = zOfMean(
      many.map((x) => x ** (i + 1)),
      moment,
    );
    expect(Math.abs(z), `E z^${i + 1}`).toBeLessThan(SIX_SIGMA);
  });
  const wider = many.map((x) => 1.01 * x * x);
  expect(zOfMean(wider, 1)).toBeGreaterThan(SIX_SIGMA);
});
