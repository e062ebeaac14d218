/** What the collisions of two cells in equilibrium say, with errors by batches. */
import type { BarrierCollisions } from "../../src/billiards/index.ts";
import { meanOf } from "./statistics.ts";

/** Parts of the collisions, in order, whose differences give errors. */
const PARTS = 64;

/** Mean of a quantity over collisions, and its standard error from the means of parts. */
export function meanBy(events: BarrierCollisions, quantity: (i: number) => number): { mean: number; error: number } {
  return meanOf(parts(events).map((part) => part.reduce((sum, i) => sum + quantity(i), 0) / part.length));
}

/** Σ x y/Σ x², and its standard error: by how much y changes with x. */
export function slopeBy(
  events: BarrierCollisions,
  x: (i: number) => number,
  y: (i: number) => number,
): { mean: number; error: number } {
  const all = parts(events);
  const sums = all.map((part) => ({
    xy: part.reduce((sum, i) => sum + x(i) * y(i), 0),
    xx: part.reduce((sum, i) => sum + x(i) ** 2, 0),
  }));
  const xx = sums.reduce((sum, part) => sum + part.xx, 0) / PARTS;
  const mean = sums.reduce((sum, { xy }) => sum + xy, 0) / PARTS / xx;
  return { mean, error: meanOf(sums.map(({ xy, xx: own }) => (xy - mean * own) / xx)).error };
}

function parts({ count }: BarrierCollisions): number[][] {
  const size = Math.floor(count / PARTS);
  return Array.from({ length: PARTS }, (_, part) => Array.from({ length: size }, (_, i) => part * size + i));
}

/** z of a measurement against a prediction with an error of its own. */
export function zOf(measured: { mean: number; error: number }, predicted: number, uncertainty = 0): number {
  return (measured.mean - predicted) / Math.hypot(measured.error, uncertainty);
}

/** e1/(e1+e2) before a collision, and after. */
export const pairShare =
  ({ before }: BarrierCollisions) =>
  (i: number) =>
    before[2 * i] / (before[2 * i] + before[2 * i + 1]);
export const pairShareAfter =
  ({ after }: BarrierCollisions) =>
  (i: number) =>
    after[2 * i] / (after[2 * i] + after[2 * i + 1]);

/** A cdf as a table of `size` points between 0 and 1, linear between them: those of theory take milliseconds a call. */
export function tabulated(cdf: (x: number) => number, size = 400): (x: number) => number {
  const table = Array.from({ length: size + 1 }, (_, i) => (i === size ? 1 : cdf(i / size)));
  return (x) => {
    const at = Math.min(Math.floor(x * size), size - 1);
    return table[at] + (x * size - at) * (table[at + 1] - table[at]);
  };
}
