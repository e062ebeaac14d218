/** The quasi-potential and the paths of fluctuations: exact values, a quadrature, shooting, symmetries (THEORY 12.5). */
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../../src/errors.ts";
import { defineModel, type ModelInput } from "../../../src/model.ts";
import { equilibrium, limit, quasiPotential, stationaryCovariance } from "../../../src/theory/index.ts";
import { deviation } from "../../support/closeness.ts";
import { chain as anyChain } from "../../support/models.ts";
import { carried, hamiltonian, type PlainChain } from "../../support/plainPaths.ts";

const chain = (cells: number, temperatures: [number, number], rate: ModelInput["rate"]) =>
  anyChain(cells, temperatures, rate!, "thermal");

const laws = ["constant", "sqrt-sum", "sqrt-harmonic"] as const;
const f = {
  constant: () => 1,
  "sqrt-sum": (a: number, b: number) => Math.sqrt(a + b),
  "sqrt-harmonic": (a: number, b: number) => Math.sqrt((a * b) / (a + b)),
};
const plain = (law: (typeof laws)[number]): PlainChain => ({ temperatures: [1, 2], f: f[law] });

/** Σ (E/T - 1 - log(E/T)). */
const atEqualTemperatures = (energies: readonly number[], T: number) =>
  energies.reduce((sum, E) => sum + E / T - 1 - Math.log(E / T), 0);

describe("one cell", () => {
  // [law, E, θ, V] at T = (1, 2), from an independent quadrature.
  const REFERENCE = [
    ["constant", 0.3, -2.6241307674907652, 0.7850409884801716],
    ["constant", 0.6, -0.9691320456823852, 0.30288903972734904],
    ["constant", 1, -0.31698937956998335, 0.06813085541019805],
    ["constant", 2, 0.1523265435746883, 0.0419851736379183],
    ["constant", 3, 0.29563889192247694, 0.27662666412111997],
    ["constant", 5, 0.39753234536766485, 0.9896063920539088],
    ["sqrt-harmonic", 0.3, -2.631584219073883, 0.8026465433086833],
    ["sqrt-harmonic", 0.6, -0.9812851394648556, 0.31750031665751444],
    ["sqrt-harmonic", 1, -0.3328199765257919, 0.07706819366707797],
    ["sqrt-harmonic", 2, 0.13370376611008702, 0.033191815166548184],
    ["sqrt-harmonic", 3, 0.2776994278429393, 0.24941821567531378],
    ["sqrt-harmonic", 5, 0.3827127082794532, 0.9295900397195336],
  ] as const;

  test.each(REFERENCE)("%s: V(%d) and its slope are those of a quadrature", (law, E, theta, V) => {
    const { value, gradient } = quasiPotential(chain(1, [1, 2], law), [E]);
    expect(Math.abs(value - V)).toBeLessThan(1e-10);
    expect(Math.abs(gradient[0] - theta)).toBeLessThan(1e-8);
  });

  test("sqrt-sum: V is the integral of the θ at which H vanishes", () => {
    // θ by bisection: H is convex in it, negative between 0 and the θ that is sought.
    const { energies } = equilibrium(chain(1, [1, 2], "sqrt-sum"));
    const thetaAt = (E: number) => {
      let [low, high] = [1e-9, 0.5 * (1 - 1e-12)];
      for (let i = 0; i < 60; i++) {
        const middle = (low + high) / 2;
        if (hamiltonian(plain("sqrt-sum"), [E], [middle]) < 0) low = middle;
        else high = middle;
      }
      return low;
    };
    const [from, to, panels] = [energies[0], 3.5, 200];
    let V = 0;
    for (let i = 0; i < panels; i++) {
      const at = (x: number) => from + ((to - from) * (i + x)) / panels;
      const first = i === 0 ? 0 : thetaAt(at(0));
      V += (((to - from) / panels) * (first + 4 * thetaAt(at(0.5)) + thetaAt(at(1)))) / 6;
    }
    expect(Math.abs(quasiPotential(chain(1, [1, 2], "sqrt-sum"), [to]).value - V)).toBeLessThan(1e-9);
  });

  test("at E* the curvature is 1/S", () => {
    const REFERENCE = [0.4137931034482759, 0.3989144678731317, 0.38636924774111175];
    laws.forEach((law, i) => {
      const model = chain(1, [1, 2], law);
      const [E_star] = equilibrium(model).energies;
      const h = 1e-2 * E_star;
      const [below, above] = [-h, h].map((d) => quasiPotential(model, [E_star + d]).gradient[0]);
      // The third derivative of θ adds h²/6 of it.
      expect((above - below) / (2 * h)).toBeCloseTo(REFERENCE[i], 3);
      expect(REFERENCE[i] * stationaryCovariance(model)[0]).toBeCloseTo(1, 12);
    });
  });
});

describe("between baths of one temperature", () => {
  test.each<[string, ModelInput["rate"], Partial<ModelInput>]>([
    ["constant", "constant", {}],
    ["sqrt-sum", "sqrt-sum", {}],
    ["sqrt-harmonic", { law: "sqrt-harmonic", scale: 2, cap: 3 }, {}],
    ["sqrt-min, with its kink at E*", "sqrt-min", {}],
    ["an expression", "1 + tanh(a + 2*b)", {}],
    ["other scales on each bond", { law: "sqrt-sum", scales: [1, 3, 0.4, 2] }, {}],
    ["disks that collide", "sqrt-sum", { exchange: "kinetic" }],
  ])("%s: V is that of independent cells", (_, rate, others) => {
    const model = defineModel({ ...chain(3, [1.3, 1.3], rate), ...others });
    for (const energies of [
      [0.7, 2.4, 1.1],
      [0.2, 4, 0.5],
    ]) {
      const { value, gradient } = quasiPotential(model, energies);
      expect(Math.abs(value - atEqualTemperatures(energies, 1.3))).toBeLessThan(1e-10);
      const theta = energies.map((E) => 1 / 1.3 - 1 / E);
      expect(deviation(gradient, theta, 1)).toBeLessThan(1e-8);
    }
  });

  test("ten cells too", () => {
    const energies = Array.from({ length: 10 }, (_, k) => 0.5 + ((k * 7) % 5) / 2);
    const { value } = quasiPotential(chain(10, [1, 1], "sqrt-sum"), energies);
    expect(Math.abs(value - atEqualTemperatures(energies, 1))).toBeLessThan(1e-10);
  });

  test("the way up is the way down, reversed", () => {
    const { up, down } = quasiPotential(chain(2, [1, 1], "sqrt-sum"), [2, 0.6]);
    const S = up.times.length - 1;
    const reversed = up.energies.map((_, at) => up.energies[(S - (at >> 1)) * 2 + (at & 1)]);
    expect(deviation(reversed, down.energies)).toBeLessThan(1e-6);
    expect(up.times[S]).toBe(0);
    expect(down.times[0]).toBe(0);
  });
});

describe("between baths of two temperatures", () => {
  test("V of two cells is that of an independent computation, to its 1e-6", () => {
    const V = (law: string, energies: number[]) => quasiPotential(chain(2, [1, 2], law), energies).value;
    expect(Math.abs(V("constant", [7 / 3, 8 / 3]) - 0.2953151804)).toBeLessThan(1e-6);
    expect(Math.abs(V("constant", [4 / 3, 10 / 3]) - 0.2924404715)).toBeLessThan(1e-6);
    expect(Math.abs(V("sqrt-sum", [1.66666667, 1.33333333]) - 0.0466547298)).toBeLessThan(1e-6);
    expect(Math.abs(V("sqrt-harmonic", [1.66666667, 1.33333333]) - 0.0461619626)).toBeLessThan(1e-6);
  });

  test.each(laws)("%s: shooting from near E* agrees on V and θ", (law) => {
    // What the plane misses of V is of third order in 1e-3, and of θ of second.
    const model = chain(3, [1, 2], law);
    const E_star = Array.from(equilibrium(model).energies);
    const S = stationaryCovariance(model);
    const theta = [8e-4, -5e-4, 3e-4];
    const rise = [0, 1, 2].map((i) => theta.reduce((sum, x, j) => sum + S[3 * i + j] * x, 0));
    const begin = E_star.map((E, k) => E + rise[k]);
    const plane = theta.reduce((sum, x, j) => sum + (x * rise[j]) / 2, 0);
    // On until an energy has changed by a third.
    let [energies, momenta, V] = [begin, theta, plane];
    while (energies.every((E, k) => Math.abs(E / E_star[k] - 1) < 1 / 3)) {
      const next = carried(plain(law), energies, momenta, 0.25, 25);
      [energies, momenta, V] = [next.energies, next.momenta, V + next.action];
    }
    const { value, gradient } = quasiPotential(model, energies);
    expect(value).toBeGreaterThan(0.02);
    expect(Math.abs(value - V)).toBeLessThan(1e-6 * value);
    expect(deviation(gradient, momenta, 1)).toBeLessThan(1e-3);
  });

  test("θ at the end is the gradient of V", () => {
    const model = chain(3, [1, 2], "sqrt-harmonic");
    const energies = [2.2, 0.8, 3];
    const { gradient } = quasiPotential(model, energies);
    energies.forEach((E, k) => {
      const h = 1e-4 * E;
      const [below, above] = [-h, h].map((d) => quasiPotential(model, energies.with(k, E + d)).value);
      expect((above - below) / (2 * h)).toBeCloseTo(gradient[k], 6);
    });
  });

  test.each(laws)("%s: small fluctuations are Gaussian", (law) => {
    const model = chain(3, [1, 2], law);
    const { energies } = equilibrium(model);
    const S = stationaryCovariance(model);
    const theta = [0.01, -0.02, 0.015];
    const rise = [0, 1, 2].map((i) => theta.reduce((sum, x, j) => sum + S[3 * i + j] * x, 0));
    const gauss = theta.reduce((sum, x, i) => sum + (x * rise[i]) / 2, 0);
    const V = (sign: number) =>
      quasiPotential(
        model,
        energies.map((E, k) => E + sign * rise[k]),
      ).value;
    // Odd orders cancel; the fourth is some rise² of the second.
    expect((V(1) + V(-1)) / 2 / gauss).toBeCloseTo(1, 2);
    expect(V(1) / gauss).not.toBeCloseTo(1, 4);
  });

  test("H vanishes along the way up, whose ends are E and E*", () => {
    const model = chain(3, [1, 2], "sqrt-sum");
    const { up } = quasiPotential(model, [0.5, 3, 1]);
    for (let i = 0; i < up.times.length; i++) {
      const [E, theta] = [up.energies, up.momenta].map((rows) => Array.from(rows.subarray(3 * i, 3 * i + 3)));
      expect(Math.abs(hamiltonian(plain("sqrt-sum"), E, theta))).toBeLessThan(1e-7);
    }
    expect(deviation(up.energies.slice(-3), [0.5, 3, 1])).toBeLessThan(1e-14);
    expect(deviation(up.energies.slice(0, 3), equilibrium(model).energies)).toBeLessThan(1e-3);
  });

  test("the way down is the limit's, and not the way up reversed", () => {
    const model = chain(2, [1, 4], "sqrt-sum");
    const { up, down } = quasiPotential(model, [4, 1]);
    expect(down.energies).toEqual(limit({ ...model, initial: [4, 1] }, down.times));
    const S = up.times.length - 1;
    const reversed = up.energies.map((_, at) => up.energies[(S - (at >> 1)) * 2 + (at & 1)]);
    expect(deviation(reversed, down.energies)).toBeGreaterThan(0.05);
  });

  test("a mirror, other units and the slow timescale change nothing", () => {
    const energies = [2, 0.7, 1.9];
    const { value, up } = quasiPotential(chain(3, [1, 2], "sqrt-sum"), energies);
    const mirror = quasiPotential(chain(3, [2, 1], "sqrt-sum"), energies.toReversed());
    expect(mirror.value).toBeCloseTo(value, 11);
    const large = quasiPotential(
      chain(3, [1e40, 2e40], "sqrt-sum"),
      energies.map((E) => E * 1e40),
    );
    expect(large.value).toBeCloseTo(value, 11);
    const slow = quasiPotential({ ...chain(3, [1, 2], "sqrt-sum"), timescale: "slow" }, energies);
    expect(slow.value).toBe(value);
    expect(slow.up.times[0] / up.times[0]).toBeCloseTo(10, 12);
  });

  test("at E* it is 0", () => {
    const model = chain(3, [1, 2], "sqrt-sum");
    expect(Math.abs(quasiPotential(model, equilibrium(model).energies).value)).toBeLessThan(1e-25);
  });
});

describe("what is refused", () => {
  test("the paper's bath, unless M = 1, where it is thermal", () => {
    const model = anyChain(1, [1, 2], "constant");
    expect(() => quasiPotential(model, [3])).toThrow(/"bath" expected "thermal" where large deviations are asked for/);
    const { value } = quasiPotential({ ...model, particles: 1 }, [3]);
    expect(value).toBeCloseTo(0.27662666412111997, 10);
  });

  test("more cells than can be had, and energies that are none", () => {
    const many = () => quasiPotential(chain(31, [1, 2], "constant"), new Float64Array(31).fill(1));
    expect(many).toThrow(
      '"cells" expected at most 30 for a path of all their energies, the work for which grows as their cube, got 31',
    );
    expect(() => quasiPotential(chain(2, [1, 2], "constant"), [1])).toThrow(InvalidInputError);
    expect(() => quasiPotential(chain(2, [1, 2], "constant"), [1, -1])).toThrow(
      '"energies[1]" expected a positive energy',
    );
  });

  test("energies beyond what a path can be followed to, in words", () => {
    expect(() => quasiPotential(chain(1, [1, 2], "constant"), [1e6])).toThrow(/cannot be followed as far as the event/);
  });
});
