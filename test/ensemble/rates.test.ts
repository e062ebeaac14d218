/** The engine's rate formulas and the theory's, written apart, agree point by point. */
import { expect, test } from "vitest";
import { defineModel } from "../../src/index.ts";
import { loadKernel } from "../../src/engine.ts";
import { RATE_LAWS } from "../../src/model.ts";
import { rateOf } from "../../src/theory/rates.ts";
import { setModel } from "../support/kernels.ts";

test("f(a, b) of every law, with scale and cap, over twelve decades", async () => {
  const kernel = await loadKernel();
  for (const law of RATE_LAWS) {
    for (const rate of [{ law }, { law, scale: 3.7 }, { law, cap: 0.2 }, { law, scale: 0.01, cap: 5 }]) {
      const model = defineModel({ cells: 1, particles: 1, temperatures: [1, 1], rate });
      setModel(kernel, model, 0n);
      const { f } = rateOf(model);
      for (let i = 0; i < 500; i++) {
        const a = 1e-6 * 10 ** (12 * ((i * 0.618034) % 1));
        const b = 1e-6 * 10 ** (12 * ((i * 0.754878) % 1));
        expect(Math.abs(kernel.rate(a, b) / f(0, a, b) - 1)).toBeLessThan(4 * Number.EPSILON);
        expect(kernel.rate(a, b)).toBe(kernel.rate(b, a));
      }
    }
  }
});

test("the bound of the thinning holds: f(a, b) <= f(c, c) for all a, b <= c", async () => {
  const kernel = await loadKernel();
  for (const law of RATE_LAWS) {
    for (const cap of [null, 0.3]) {
      setModel(kernel, defineModel({ cells: 1, particles: 1, temperatures: [1, 1], rate: { law, cap } }), 0n);
      for (let i = 1; i < 2000; i++) {
        const [a, b] = [(i * 0.618034) % 1, (i * 0.754878) % 1];
        const top = Math.max(a, b);
        expect(kernel.rate(a, b)).toBeLessThanOrEqual(kernel.rate(top, top));
      }
    }
  }
});
