/** Every golden moment of one exchange: three kinds of bond, three pairs of energies, M from 1 to 10^5. */
import { expect, test } from "vitest";
import goldens from "../goldens.json" with { type: "json" };
import { momentZ } from "../support/moments.ts";
import { SIX_SIGMA } from "../support/statistics.ts";

test("J has the exact finite-M moments: 54 x 3 comparisons at 2e7 draws, |z| < 6, false alarm 3.3e-7", () => {
  goldens.J_moments.forEach((golden, i) => {
    const z = momentZ(golden, golden.M, BigInt(1000 + i), 2e7);
    expect(Math.max(...z.map(Math.abs)), `M = ${golden.M} ${golden.kind}: ${z.join()}`).toBeLessThan(SIX_SIGMA);
  });
});
