/**
 * Within a few candidates of time 0, where one that raises a bound meets few others: how many exchanges a replica of one
 * cell and one particle has made, against the law itself. There an exchange takes E to (1-p)(E + T ξ), whichever bath it is
 * with, p uniform and ξ ~ Exp(1), so that with r(E) = f(T_L, E) + f(E, T_R) and r' the rate after the first exchange
 *
 *   P(0) = e^{-r t},   P(1) = E[r (e^{-r' t} - e^{-r t}) / (r - r')].
 *
 * 4e5 replicas, 3 z a chain at |z| < 6: false alarm 2e-9 each. A probability off by 0.5% is found.
 */
import { expect, test } from "vitest";
import { loadKernel } from "../../src/engine.ts";
import { defineModel, type Model } from "../../src/index.ts";
import { rate } from "../support/reference.ts";
import { SIX_SIGMA } from "../support/statistics.ts";
import { setupOf } from "../../src/rate/expression.ts";

const REPLICAS = 4e5;
const TIME = 1;
const kernel = await loadKernel();

/** Numbers of replicas that have made 0, 1 and more exchanges. */
function counted(model: Model): number[] {
  kernel.setModel(model, setupOf(model), 3n);
  kernel.allocate(Float64Array.of(model.initial as number), {
    times: [TIME],
    moments: "mean",
    level: 0,
    samples: false,
  });
  const counts = [0, 0, 0];
  for (let replica = 0; replica < REPLICAS; replica++) {
    kernel.beginChunk("exact", replica, 0);
    kernel.advance(Infinity);
    counts[Math.min(kernel.finishedEvents, 2)]++;
  }
  return counts;
}

/** The law, by the midpoint rule over p and the distribution function of ξ. */
function law(model: Model): number[] {
  const [left, right] = model.temperatures;
  const E = model.initial as number;
  const r = rate(model, left, E) + rate(model, E, right);
  const grid = 400;
  let one = 0;
  for (let i = 0; i < grid; i++) {
    for (let j = 0; j < grid; j++) {
      const packet = -left * Math.log((j + 0.5) / grid);
      const after = (1 - (i + 0.5) / grid) * (E + packet);
      const next = rate(model, left, after) + rate(model, after, right);
      one += (r * (Math.exp(-next * TIME) - Math.exp(-r * TIME))) / (r - next) / grid ** 2;
    }
  }
  const none = Math.exp(-r * TIME);
  return [none, one, 1 - none - one];
}

const worst = (counts: readonly number[], probabilities: readonly number[]) =>
  Math.max(...probabilities.map((p, k) => Math.abs(counts[k] - REPLICAS * p) / Math.sqrt(REPLICAS * p * (1 - p))));

test.each(["sqrt-sum", "sqrt-harmonic"] as const)(
  "candidates added by raised bounds fall before and after as they should, and a rate off by 1% is rejected: %s",
  (name) => {
    const model = defineModel({ cells: 1, particles: 1, temperatures: [1, 1], initial: 1, rate: name });
    const counts = counted(model);
    expect(worst(counts, law(model))).toBeLessThan(SIX_SIGMA);
    const faster = defineModel({ ...model, rate: { law: name, scale: 1.01 } });
    expect(worst(counts, law(faster))).toBeGreaterThan(SIX_SIGMA);
  },
);
