/** The lab's theorems on other chains than the short one of theorems.test.ts: its baths, its kink, few particles, many cells. */
import { expect, test } from "vitest";
import { rateOf } from "../../src/theory/rates.ts";
import { EVENTS } from "../../web/src/theorems/theorems.ts";
import { certificates, failed, named, run, SHORT } from "../support/theorems.ts";

test("equal baths have no current, and gaps open from their temperature", async () => {
  const report = await run("fourier", { ...SHORT, left: 3, right: 3 });
  expect(failed(report)).toEqual([]);
  expect(named(report, "the current between 3 and 3").predicted).toBeCloseTo(0, 12);
  expect(certificates(report).map(({ model }) => model.temperatures[1])).toContain(3.75);
});

test("a chain that is hotter on the left carries its heat to the right", async () => {
  const report = await run("fourier", { ...SHORT, left: 2, right: 1 });
  expect(failed(report)).toEqual([]);
  expect(named(report, "the current between 2 and 1").measured).toBeGreaterThan(0);
});

test("the kink of √min blames no theory for what it leaves out, and is named", async () => {
  const report = await run("fourier", { ...SHORT, rate: "sqrt-min", left: 1.5, right: 1.5 });
  expect(failed(report)).toEqual([]);
  expect(report.notes.join()).toContain('"sqrt-min" is not smooth where neighbours are equally hot');
});

test("the equation is tried where it may be trusted, whatever the chain's own M; few particles are told how many it takes", async () => {
  const few = { ...SHORT, particles: 2 };
  const report = await run("mesoscopic", few);
  expect(failed(report)).toEqual([]);
  expect(Math.min(...certificates(report).map(({ model }) => model.particles))).toBeGreaterThan(50);
  expect((await run("clt", few)).notes.join()).toMatch(/own M = 2 is too small for the Gaussian.*from M = \d+ on/);
});

test.each(["lln", "clt", "fourier", "mesoscopic"] as const)(
  "%s: 200 cells take no more events than a short chain, and what there is no time for is named",
  async (name) => {
    const report = await run(name, { cells: 200, right: 10 });
    expect(failed(report)).toEqual([]);
    expect(report.checks.length).toBeGreaterThan(0);
    expect(report.notes.join()).toMatch(/up to \d+ cells|too slow to reach|more than 24 cells/);
    // About: all cells at the mean of their baths.
    const events = certificates(report).reduce((sum, { model, replicas, times, method }) => {
      const T = (model.temperatures[0] + model.temperatures[1]) / 2;
      const pace = 201 * rateOf(model).f(0, T, T);
      return method === "mesoscopic" ? sum : sum + replicas * model.particles * pace * Number(times.at(-1));
    }, 0);
    expect(events).toBeLessThan(1.5 * EVENTS);
  },
);
