/** `exact` and `direct` at a million replicas: KS sees a shift of 0.005 in a distribution function. */
import { expect, test } from "vitest";
import { defineModel } from "../../src/index.ts";
import { BATHS, RATE_LAWS } from "../../src/model.ts";
import { disagreement, sample } from "../support/agreement.ts";

const REPLICAS = 1e6;

for (const law of RATE_LAWS) {
  test(`${law}: M = 1, both baths`, async () => {
    for (const bath of BATHS) {
      const model = defineModel({
        cells: 2,
        particles: 1,
        temperatures: [0.5, 2],
        initial: [1.3, 0.4],
        rate: { law, cap: 2 },
        bath,
      });
      expect(
        disagreement(await sample(model, "exact", REPLICAS), await sample(model, "direct", REPLICAS)),
      ).toBeLessThan(1);
    }
  });
}
