/** The fluctuations of the current: closed forms, symmetries, and a steady state that was simulated. */
import { expect, test } from "vitest";
import { defineModel, simulate } from "../../src/index.ts";
import { currentVariance, equilibrium } from "../../src/theory/index.ts";
import { chain } from "../support/models.ts";
import { rate } from "../support/reference.ts";

test('in equilibrium between "thermal" baths it is that of Green and Kubo, 2 κ T²/(N+1), for every law', () => {
  for (const law of ["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const) {
    for (const N of [1, 4, 30]) {
      const model = chain(N, [1.5, 1.5], law, "thermal");
      const { conductivity } = equilibrium(model);
      expect(currentVariance(model) / ((2 * conductivity * 1.5 ** 2) / (N + 1))).toBeCloseTo(1, 12);
    }
  }
});

test('at rate "constant" all bonds have the weight 1/(N+1)', () => {
  const model = chain(3, [1, 2], "constant");
  // Energies are linear; V² = (2 x² - x y + 2 y²)/3 with 4 for 2 at a bath.
  const E = [1, 1.25, 1.5, 1.75, 2];
  const V2 = [0, 1, 2, 3].map((k) => {
    const [a, b] = [E[k], E[k + 1]];
    return ((k === 0 ? 4 : 2) * a * a - a * b + (k === 3 ? 4 : 2) * b * b) / 3;
  });
  expect(currentVariance(model)).toBeCloseTo(V2.reduce((sum, v) => sum + v) / 16, 13);
});

test("a mirror changes nothing", () => {
  for (const law of ["sqrt-sum", "sqrt-harmonic"] as const) {
    const [one, other] = [chain(7, [1, 3], law), chain(7, [3, 1], law)].map(currentVariance);
    expect(one / other).toBeCloseTo(1, 11);
  }
});

test("the steady state of the mesoscopic equation has it (8192 replicas, |z| < 6)", async () => {
  // The variance is known to 1.6%. What the ends of the window add is less than the time 1/λ = 2.4 over the window.
  const particles = 1e6;
  const model = defineModel({ cells: 3, particles, temperatures: [1, 10] });
  const { cumulants, cumulantError, plan } = await simulate(model, {
    replicas: 8192,
    times: "stationary",
    method: "mesoscopic",
    stationary: { looks: 2, spacing: 400 },
    seed: 1,
  });
  const [second, error] = [particles * cumulants[1], particles * cumulantError[1]];
  expect(Math.abs(second - currentVariance(model)) / error).toBeLessThan(6);
  expect(plan.window).toBe(400);
  // Even weights, as rate "constant" has them, would be wrong here.
  const E = [1, ...equilibrium(model).energies, 10];
  const even = [0, 1, 2, 3].reduce((sum, k) => {
    const [a, b] = [E[k], E[k + 1]];
    return sum + (rate(model, a, b) * ((k === 0 ? 4 : 2) * a * a - a * b + (k === 3 ? 4 : 2) * b * b)) / 3 / 16;
  }, 0);
  expect(Math.abs(second - even) / error).toBeGreaterThan(6);
});
