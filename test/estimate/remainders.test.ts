/** The measured remainders, bond by bond, against their definitions, for any numbers in the place of flux and noise. */
import { expect, test } from "vitest";
import { addRemainders, toMeans, zeroSources } from "../../src/estimate/remainders.ts";
import { deviation } from "../support/closeness.ts";

const [N, M, REPLICAS] = [2, 7, 3];
const W = N + 2;
let state = 1;
/** Numbers from -1 to 1. */
const numbers = (count: number) =>
  Array.from({ length: count }, () => ((state = (state * 48271) % 2147483647) / 2147483647) * 2 - 1);

test("sources are M or M² times means of what Taylor's polynomials leave", () => {
  const bonds = [0, 1, 2];
  const expansion = {
    flux: bonds.map(() => numbers(10)),
    noise: bonds.map(() => numbers(10)),
    skewness: Float64Array.from(numbers(N + 1)),
  };
  const replicas = Array.from({ length: REPLICAS }, () => ({
    x: Float64Array.of(0, ...numbers(N), 0),
    flux: Float64Array.from(numbers(N + 1)),
    noise: Float64Array.from(numbers(N + 1)),
    skewness: Float64Array.from(numbers(N + 1)),
  }));
  const sources = zeroSources(N);
  for (const { x, ...values } of replicas) addRemainders(sources, expansion, values, x);
  toMeans(sources, REPLICAS, M);

  /** The polynomial of this degree at the ends of bond k. */
  const polynomial = (jet: readonly number[], x: Float64Array, k: number, degree: number) => {
    const [u, v] = [x[k], x[k + 1]];
    const terms = [1, u, v, u * u, u * v, v * v, u ** 3, u * u * v, u * v * v, v ** 3];
    const count = ((degree + 1) * (degree + 2)) / 2;
    return jet.slice(0, count).reduce((sum, c, i) => sum + c * terms[i], 0);
  };
  type Replica = (typeof replicas)[number];
  const mean = (of: (replica: Replica) => number) => replicas.reduce((sum, replica) => sum + of(replica), 0) / REPLICAS;
  const left = (kind: "flux" | "noise", k: number, degree: number) => (replica: Replica) =>
    replica[kind][k] - polynomial(expansion[kind][k], replica.x, k, degree);

  for (const k of bonds) {
    expect(sources.flux[k]).toBeCloseTo(M * mean(left("flux", k, 3)), 12);
    expect(sources.noise[k]).toBeCloseTo(mean(left("noise", k, 2)), 12);
    expect(sources.skewness[k]).toBeCloseTo(mean((r) => r.skewness[k]) - expansion.skewness[k], 12);
    for (let j = 1; j <= N; j++) {
      const at = k * W + j;
      expect(sources.fluxOne[at]).toBeCloseTo(M * mean((r) => left("flux", k, 2)(r) * r.x[j]), 12);
      expect(sources.noiseOne[at]).toBeCloseTo(M * mean((r) => left("noise", k, 1)(r) * r.x[j]), 12);
      for (let l = j; l <= N; l++) {
        const two = M * M * mean((r) => left("flux", k, 1)(r) * r.x[j] * r.x[l]);
        expect(deviation([sources.fluxTwo[at * W + l]], [two])).toBeLessThan(1e-12);
      }
    }
  }
});
