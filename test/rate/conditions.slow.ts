/** Random rates, more of them. */
import { expect, test } from "vitest";
import { huntFalseProofs } from "../support/provenRates.ts";

test("of 100,000 random rates no proven one falls, is negative, or passes its bounds", () => {
  const { found, monotone } = huntFalseProofs(100_000, 8);
  expect(found.slice(0, 20)).toEqual([]);
  expect(monotone).toBeGreaterThan(30_000);
});
