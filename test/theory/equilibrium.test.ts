/** The equilibrium: Fourier's law, symmetry, and chains that are long, steep or nearly flat (THEORY 8.1, 9). */
import { expect, test } from "vitest";
import { SeveralEquilibriaError } from "../../src/errors.ts";
import { forEachBond } from "../../src/theory/bonds.ts";
import { equilibriaOf, theEquilibriumOf } from "../../src/theory/equilibrium.ts";
import { equilibrium } from "../../src/theory/index.ts";
import { flux, type Rate, rateOf } from "../../src/theory/rates.ts";
import { deviation } from "../support/closeness.ts";
import { rates } from "../support/goldens.ts";
import { chain } from "../support/models.ts";

const spans: [number, number][] = [
  [1, 2],
  [2, 1],
  [1, 1 + 1e-9],
  [1e-3, 1e3],
  [1e3, 1e-3],
  [1e-60, 1e60],
];

test.each(rates)(
  "$law, cap $cap: energies rise from the colder to the hotter bath, all bonds carrying one current",
  (rate) => {
    for (const temperatures of spans) {
      for (const cells of [1, 2, 7, 1000]) {
        const model = chain(cells, temperatures, rate);
        const { energies, flux } = equilibrium(model);
        const { f } = rateOf(model);
        const downhill = Math.sign(temperatures[0] - temperatures[1]);
        expect(Math.sign(flux)).toBe(downhill);
        let monotone = true;
        let worst = 0;
        forEachBond(model, energies, (k, left, right) => {
          monotone &&= (left - right) * downhill >= 0;
          const carried = (f(k, left, right) * (left - right)) / 2;
          // A few units in the last place of the flux, and of the energies it is the difference of.
          const rounding = 4e-15 * Math.abs(flux) + 1e-15 * f(k, left, right) * Math.max(left, right);
          worst = Math.max(worst, Math.abs(carried - flux) / rounding);
        });
        expect({ temperatures, cells, monotone, worst: worst < 1 }).toEqual({
          temperatures,
          cells,
          monotone: true,
          worst: true,
        });
      }
    }
  },
);

test.each(rates)("$law, cap $cap: the chain seen from the other end is the same chain", (rate) => {
  const ahead = equilibrium(chain(9, [0.4, 3], rate));
  const behind = equilibrium(chain(9, [3, 0.4], rate));
  expect(behind.energies.toReversed()).toEqual(ahead.energies);
  expect(behind.flux / ahead.flux).toBeCloseTo(-1, 14);
  expect(behind.conductivity / ahead.conductivity).toBeCloseTo(1, 14);
});

test.each(["sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const)("%s: the unit of energy sets only the scale", (law) => {
  const one = equilibrium(chain(6, [1, 3], law));
  const s = 9e20;
  const other = equilibrium(chain(6, [s, 3 * s], law));
  expect(
    deviation(
      other.energies,
      one.energies.map((E) => s * E),
    ),
  ).toBeLessThan(1e-15);
  expect(other.flux / one.flux / (s * Math.sqrt(s))).toBeCloseTo(1, 14);
  expect(other.conductivity / one.conductivity / Math.sqrt(s)).toBeCloseTo(1, 14);
});

test.each(rates)("$law, cap $cap: between equal baths nothing flows, and the conductivity is f(T, T)/2", (rate) => {
  const model = chain(5, [1.5, 1.5], rate);
  const { energies, flux, conductivity } = equilibrium(model);
  expect([...energies]).toEqual([1.5, 1.5, 1.5, 1.5, 1.5]);
  expect(Object.is(flux, 0)).toBe(true);
  expect(conductivity).toBeCloseTo(rateOf(model).f(0, 1.5, 1.5) / 2, 14);
});

test("at a small gradient the conductivity grows as f/2 + (f_1 + f_2)(T_R - T_L)/4", () => {
  const slope = (law: "sqrt-sum" | "sqrt-harmonic") => {
    const dT = 1e-6;
    const { conductivity } = equilibrium(chain(8, [1, 1 + dT], law));
    return (conductivity - equilibrium(chain(8, [1, 1], law)).conductivity) / dT;
  };
  expect(slope("sqrt-sum")).toBeCloseTo(Math.SQRT2 / 8, 6);
  expect(slope("sqrt-harmonic")).toBeCloseTo(Math.SQRT2 / 16, 6);
});

// κ_∞ = C(T_R^{3/2} - T_L^{3/2})/(T_R - T_L) and E^{3/2} linear; the distance shrinks as 1/(N+1)² (THEORY 8.1).
test.each([
  { law: "sqrt-sum", C: Math.SQRT2 / 3, profile: 1.437e-3, conductivity: 4.716e-3 },
  { law: "sqrt-harmonic", C: 1 / (3 * Math.SQRT2), profile: 1.58e-2, conductivity: -2.594e-2 },
] as const)("$law: a long chain tends to Fourier's law of the continuum at the known pace", ({ law, C, ...gap }) => {
  const N = 2000;
  const found = equilibrium(chain(N, [1, 2], law));
  const hot = 2 * Math.SQRT2;
  let furthest = 0;
  found.energies.forEach((E, k) => {
    const E32 = 1 + ((hot - 1) * (k + 1)) / (N + 1);
    furthest = Math.max(furthest, Math.abs(E - Math.cbrt(E32) ** 2));
  });
  expect((furthest * (N + 1) ** 2) / gap.profile).toBeCloseTo(1, 2);
  expect(((found.conductivity - C * (hot - 1)) * (N + 1) ** 2) / gap.conductivity).toBeCloseTo(1, 2);
});

test("a million cells: the conductivity of the continuum, to its twelfth digit", () => {
  const { energies, conductivity } = equilibrium(chain(1_000_000, [1, 2], "sqrt-sum"));
  expect(conductivity).toBeCloseTo((Math.SQRT2 / 3) * (2 * Math.SQRT2 - 1), 12);
  expect(energies[499_999]).toBeCloseTo(Math.cbrt((1 + 2 * Math.SQRT2) / 2) ** 2, 6);
});

test.each(rates)("$law, cap $cap: cells that are neighbours differ by a factor below 2 whatever the baths", (rate) => {
  for (const temperatures of spans) {
    for (const cells of [2, 3, 20]) {
      const { energies } = equilibrium(chain(cells, temperatures, rate));
      const [cold, hot] = [Math.min(...temperatures), Math.max(...temperatures)];
      const upwards = [...energies.toSorted(), hot];
      for (let k = 0; k < cells; k++) expect(upwards[k + 1] / upwards[k]).toBeLessThan(2 + 1e-15);
      expect(upwards[0]).toBeGreaterThan(cold);
    }
  }
});

test.each(rates)("$law, cap $cap: a search over all currents finds the one equilibrium there is", (rate) => {
  for (const temperatures of spans) {
    for (const cells of [1, 2, 7]) {
      const model = chain(cells, temperatures, rate);
      // A rate that promises nothing is searched.
      const found = equilibriaOf({ ...rateOf(model), cooperativeRatio: 1 }, ...temperatures, cells);
      expect(found).toEqual([equilibrium(model)]);
    }
  }
});

// f rises tenfold within 0.04 of a + b = 1.7: smooth, bounded, nowhere falling, and no equilibrium alone [B7].
const steep: Rate = (() => {
  const level = (a: number, b: number) => Math.tanh((a + b - 1.7) / 0.02);
  const slope = (_k: number, a: number, b: number) => (4.5 * (1 - level(a, b) ** 2)) / 0.02;
  const properties = { share: 0.5, cooperativeRatio: 1, isUniform: true, kinks: "none", isConstant: false } as const;
  return { f: (_k, a, b) => 1 + 4.5 * (1 + level(a, b)), f1: slope, f2: slope, ...properties };
})();

test("a rate that switches on has three equilibria, two of them stable, and none is passed off as the one", () => {
  const found = equilibriaOf(steep, 0.001, 1, 1);
  const roots = found.map(({ energies }) => energies[0]);
  expect(roots.map((E) => E.toFixed(6))).toEqual(["0.500500", "0.680565", "0.909182"]);

  const F = (E: number) => flux(steep, 0, 0.001, E) - flux(steep, 1, E, 1);
  const slopes = roots.map((E) => (F(E + 1e-7) - F(E - 1e-7)) / 2e-7);
  expect(slopes.map((slope) => slope.toFixed(1))).toEqual(["-1.0", "14.2", "-5.5"]);

  expect(() => theEquilibriumOf(steep, 0.001, 1, 1)).toThrow(SeveralEquilibriaError);
  try {
    theEquilibriumOf(steep, 0.001, 1, 1);
  } catch (error) {
    expect((error as SeveralEquilibriaError).equilibria).toEqual(found);
    for (const { energies, flux } of found) {
      expect((error as Error).message).toContain(String(energies[0]));
      expect((error as Error).message).toContain(String(flux));
    }
  }
});

test.each([1, 2, 3, 10])("%i cells: each of several equilibria carries one current, from either end", (N) => {
  const ahead = equilibriaOf(steep, 0.001, 1, N);
  const behind = equilibriaOf(steep, 1, 0.001, N);
  expect(ahead.length).toBe(3);
  expect(behind.map(({ energies }) => energies.toReversed())).toEqual(ahead.map(({ energies }) => energies));
  for (const { energies, flux: carried } of ahead) {
    const ends = [0.001, ...energies, 1];
    for (let k = 0; k <= N; k++) {
      // f turns one rounding of an energy into up to 225 of the flux.
      expect(Math.abs(flux(steep, k, ends[k], ends[k + 1]) - carried)).toBeLessThan(1e-14);
    }
  }
});

test("bonds that differ have several equilibria too, and a scan finds the same ones from either end", () => {
  const factors = [1, 1.3];
  const rate: Rate = {
    ...steep,
    f: (k, a, b) => factors[k] * steep.f(k, a, b),
    f1: (k, a, b) => factors[k] * steep.f1(k, a, b),
    f2: (k, a, b) => factors[k] * steep.f2(k, a, b),
    isUniform: false,
  };
  const F = (E: number) => flux(rate, 0, 0.001, E) - flux(rate, 1, E, 1);
  const grid = Array.from({ length: 1000 }, (_, i) => (i + 1.5) / 1001);
  const zeros = grid.filter((E, i) => i > 0 && F(grid[i - 1]) * F(E) < 0);
  const found = equilibriaOf(rate, 0.001, 1, 1);
  expect(zeros).toHaveLength(3);
  expect(found).toHaveLength(3);
  found.forEach(({ energies: [E] }, i) => expect(Math.abs(E - zeros[i])).toBeLessThan(1e-3));
  factors.reverse();
  const mirrored = equilibriaOf(rate, 1, 0.001, 1);
  expect(mirrored.map(({ energies }) => energies)).toEqual(found.map(({ energies }) => energies));
});

test("a hundred cells pass the switch in steps too small to straddle it, and have one equilibrium", () => {
  const [only] = equilibriaOf(steep, 0.001, 1, 100);
  expect(theEquilibriumOf(steep, 0.001, 1, 100)).toEqual(only);
});
