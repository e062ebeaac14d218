/** The propagator of the linearised limit equation (THEORY 6). */
import { expect, test } from "vitest";
import { InvalidInputError, OutOfMemoryError } from "../../src/errors.ts";
import { defineModel, type ModelInput } from "../../src/model.ts";
import { limit } from "../../src/theory/limit.ts";
import { propagator } from "../../src/theory/propagator.ts";
import { deviation } from "../support/closeness.ts";
import { rates } from "../support/goldens.ts";

const N = 4;
const times = [0, 0.2, 0.7, 1.5, 4];
const base: ModelInput = { cells: N, particles: 50, temperatures: [2.4, 0.6], initial: [1.1, 0.4, 2.9, 1.8] };
const blockOf = (values: Float64Array, i: number) => values.subarray(i * N * N, (i + 1) * N * N);

function product(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.from(a, (_, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    return [0, 1, 2, 3].reduce((sum, k) => sum + a[i * N + k] * b[k * N + j], 0);
  });
}

test.each(rates)("$law, cap $cap: a small displacement of the start arrives as Φ times it", (rate) => {
  const end = 0.9;
  const initial = base.initial as number[];
  const arriving = (start: number[]) => limit(defineModel({ ...base, rate, initial: start }), [end]);
  const step = 1e-5;
  const measured = new Float64Array(N * N);
  for (let j = 0; j < N; j++) {
    const [up, down] = [step, -step].map((by) => arriving(initial.with(j, initial[j] + by)));
    for (let i = 0; i < N; i++) measured[i * N + j] = (up[i] - down[i]) / (2 * step);
  }
  const Phi = propagator(defineModel({ ...base, rate }), [0, end]);
  // Central differences: about step², but step where the course crosses the kink of "sqrt-min".
  expect(deviation(blockOf(Phi, 0), measured, 1)).toBeLessThan(rate.law === "sqrt-min" ? 1e-5 : 1e-8);
});

test.each(rates)("$law, cap $cap: what is carried on from between is what is carried from the start", (rate) => {
  const model = defineModel({ ...base, rate });
  const all = propagator(model, times);
  const identity = Float64Array.from({ length: N * N }, (_, at) => (at % (N + 1) === 0 ? 1 : 0));
  expect(blockOf(all, times.length - 1)).toEqual(identity);
  for (let i = 1; i < times.length; i++) {
    const first = propagator(model, times.slice(0, i + 1));
    expect(deviation(product(blockOf(all, i), blockOf(first, 0)), blockOf(all, 0), 1)).toBeLessThan(1e-11);
    expect(deviation(blockOf(propagator(model, times.slice(i)), 0), blockOf(all, i), 1)).toBeLessThan(1e-11);
  }
});

test("rate constant: Φ is the heat kernel of the chain", () => {
  const t = 0.8;
  const Phi = propagator(defineModel({ ...base, rate: "constant" }), [0.3, 0.3 + t]);
  // exp(At) of A = -L/2 by its sine modes, of rates 1 - cos(pi p/(N+1)).
  const kernel = Float64Array.from({ length: N * N }, (_, at) => {
    const [i, j] = [Math.floor(at / N) + 1, (at % N) + 1];
    return [1, 2, 3, 4].reduce((sum, p) => {
      const q = (Math.PI * p) / (N + 1);
      return sum + (2 / (N + 1)) * Math.sin(q * i) * Math.sin(q * j) * Math.exp(-t * (1 - Math.cos(q)));
    }, 0);
  });
  expect(deviation(blockOf(Phi, 0), kernel)).toBeLessThan(1e-12);
});

test("energy spreads and leaves through the baths: no entry is negative, no column sums to more than one", () => {
  const Phi = propagator(defineModel({ ...base, rate: "sqrt-sum" }), times);
  for (let i = 0; i < times.length; i++) {
    const block = blockOf(Phi, i);
    expect(block.every((entry) => entry >= 0)).toBe(true);
    for (let j = 0; j < N; j++)
      expect([0, 1, 2, 3].reduce((sum, k) => sum + block[k * N + j], 0)).toBeLessThanOrEqual(1);
  }
});

test("neither M nor the slow timescale matters, one time gives the identity, and times out of order are refused", () => {
  const model = defineModel(base);
  const slow = defineModel({ ...base, timescale: "slow" });
  const later = propagator(
    slow,
    times.map((t) => 50 * t),
  );
  expect(deviation(later, propagator(model, times), 1)).toBeLessThan(1e-12);
  expect([...propagator(defineModel({ ...base, cells: 1, initial: 1 }), [2])]).toEqual([1]);
  expect(() => propagator(model, [1, 0])).toThrow(InvalidInputError);
  expect(() => propagator(defineModel({ ...base, cells: 1_000_000, initial: 1 }), [1])).toThrow(OutOfMemoryError);
});
