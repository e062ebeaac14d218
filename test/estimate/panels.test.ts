/** Panels of time: they tile it, end at observations where they can, and integrate powers of the time exactly. */
import { expect, test } from "vitest";
import { cubicWeights, panelsOf } from "../../src/estimate/panels.ts";

test("panels tile the time without gaps, none too long, with every observation in one", () => {
  for (const times of [[1], [0, 0.001, 1], [0.1, 0.2, 0.3, 0.9, 5], Array.from({ length: 50 }, (_, i) => i / 49)]) {
    const panels = panelsOf(times, 0.5);
    let start = 0;
    for (const panel of panels) {
      expect(panel.start).toBe(start);
      expect(panel.end - panel.start).toBeLessThanOrEqual(0.5 * (1 + 1e-12));
      expect(panel.nodes.every((node) => node > panel.start && node < panel.end)).toBe(true);
      start = panel.end;
    }
    expect(start).toBe(times.at(-1));
    const later = times.flatMap((time, i) => (time > 0 ? [i] : []));
    expect(panels.flatMap(({ observations }) => observations)).toEqual(later);
  }
});

test("fifty observations share four panels, and an early one has its own", () => {
  expect(
    panelsOf(
      Array.from({ length: 50 }, (_, i) => (i + 1) / 50),
      0.5,
    ),
  ).toHaveLength(4);
  expect(panelsOf([0.001, 0.5], 0.5).map(({ end }) => end)).toEqual([0.001, 0.5]);
});

test("nothing to do at time 0 alone", () => expect(panelsOf([0], 1)).toEqual([]));

test("a cubic is found again from its values at the nodes", () => {
  const [{ nodes }] = panelsOf([2], 2);
  const cubic = (t: number) => 1 - t + 3 * t * t - 0.5 * t * t * t;
  for (const time of [0, 0.3, 2]) {
    const weights = cubicWeights(nodes, time);
    const value = weights.reduce((sum, weight, i) => sum + weight * cubic(nodes[i]), 0);
    expect(Math.abs(value - cubic(time))).toBeLessThan(1e-13);
  }
});
