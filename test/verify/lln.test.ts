/** The bias of the mean is known as well at a large M as at a small one: its error is that of an integrand of order 1/M. */
import { expect, test } from "vitest";
import { defineModel, verify } from "../../src/index.ts";

test("the standard error of M times the bias does not grow with M, and the bias is that of the theory", async () => {
  const model = defineModel({ cells: 3, particles: 1000, temperatures: [1, 2], initial: [2, 1.5, 1] });
  const { tables, passed } = await verify.lln(model, { particles: [1000, 16_000], replicas: 2048, times: [0.5] });
  expect(passed).toBe(true);
  const { columns, rows } = tables.find(({ title }) => title.startsWith("Bias"))!;
  expect(columns.slice(2)).toEqual(["M = 1000", "±", "M = 16000", "±"]);
  for (const row of rows) {
    const [, m1, , error, measured, later] = row.map(Number);
    // The ratio of two deviations over 2048 replicas each is 1 within some percent. An error of order √M would make it 4.
    expect(later / error).toBeGreaterThan(0.8);
    expect(later / error).toBeLessThan(1.25);
    expect(Math.abs(measured - m1)).toBeLessThan(6.5 * later);
    expect(Math.abs(m1)).toBeGreaterThan(3 * later);
  }
});
