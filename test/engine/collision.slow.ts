/** Rate, E[J], E[J²] of collisions at 10^7 draws: 72 comparisons, |z| < 5 (false alarm 4e-5); 3e-4 of the rate is seen. */
import { expect, test } from "vitest";
import { collisionZ, KINDS } from "../support/collisions.ts";

const cases = KINDS.flatMap((kind) => [1, 2, 10, 100].map((particles) => [kind, particles] as const));

test.each(cases)("between %s, M = %d", (kind, particles) => {
  for (const byDirect of [false, true]) {
    const z = collisionZ({ kind, particles, byDirect, draws: 1e7 });
    for (const value of z) expect(Math.abs(value), `direct: ${byDirect}, ${z}`).toBeLessThan(5);
  }
});
