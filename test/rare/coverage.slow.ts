/** Whether error bars cover what they should: many runs of unequal seeds against a number that is known otherwise. */
import { describe, expect, test } from "vitest";
import type { ModelInput } from "../../src/index.ts";
import { rareEvent } from "../../src/rare/index.ts";

const chain: ModelInput = {
  ...{ cells: 3, particles: 100, temperatures: [1, 2], bath: "thermal", rate: "constant" },
  initial: { gamma: [1.25, 1.5, 1.75] },
};

describe.each([2.1, 2.5, 3.5])("twenty seeds, beyond %d", (above) => {
  test("the squares of their deviations add up to their number", async () => {
    const event = { cell: 2, above, time: 2, check: false, workers: 1 } as const;
    // Hidden temperatures: to 0.1, 0.3 and 1.1%, where one tilted run has 1.9 to 4%.
    const exact = await rareEvent(chain, { ...event, replicas: 200_000, method: "hidden", seed: 100 });
    let sum = 0;
    for (let seed = 0; seed < 20; seed++) {
      const run = await rareEvent(chain, { ...event, replicas: 10_000, seed });
      expect(run.warnings).toEqual([]);
      sum += ((run.probability - exact.probability) / Math.hypot(run.standardError, exact.standardError)) ** 2;
    }
    // χ² of 20 degrees of freedom is outside 4.4 to 52.4 once in 10^4 on either side; error bars a third too small have a mean of 45.
    expect(sum).toBeGreaterThan(4.4);
    expect(sum).toBeLessThan(52.4);
  });
});
