/**
 * The area that a disk takes from the centre of another one of its cell, in a cell with one hole (BILLIARDS 6.3).
 */
import { diskRadius } from "../../billiards/geometry.ts";
import { contactMeasure, overPairs, reachOf } from "./contacts.ts";
import { freeArea, heightOf, leastDistance, type Outline } from "./freeArea.ts";
import { integral } from "./integral.ts";

/** V̄: the mean area excluded by a disk whose centre is uniform over the free area. Relative error below 1e-9. */
export function excludedArea(outline: Outline): number {
  const r = diskRadius(outline);
  const { h, end } = edgesOf(outline);
  // The pairs of heights |y| <= Y1, Y2 that differ by less than w are those of a rectangle without two corners.
  const beside = (x1: number) => {
    const Y1 = heightOf(outline, 1, x1);
    return overNeighbours(outline, x1, 1e-12, (Y2, w) => {
      const corners = Math.max(0, Y1 + Y2 - w) ** 2 - Math.max(0, Math.abs(Y1 - Y2) - w) ** 2;
      return 4 * Y1 * Y2 - corners;
    });
  };
  const kinks = [2 * r - h, h - 2 * r, end - 2 * r].filter((x) => Math.abs(x) < h).sort((x, y) => x - y);
  return integral(beside, [-h, ...kinks, h, end], 1e-10) / freeArea(outline, 1);
}

/**
 * ā: the mean area excluded by a disk in contact with one of the next cell. Relative error below 1e-6. The far barrier must
 * be out of its reach, L >= 5r.
 */
export function excludedAreaAtContact(outline: Outline): number {
  const reach = reachOf(outline);
  const { r, nearest, farthest, top } = reach;
  // ∫ du over [from, to] of the area that a disk at (u, y) excludes: centres at (v, z) with X(z) < v < U(z) closer than 2r.
  const excluded = (y: number, from: number, to: number) => {
    const slice = (angle: number) => {
      const w = 2 * r * Math.cos(angle);
      const z = y + 2 * r * Math.sin(angle);
      const X = nearest(z);
      const U = Math.max(X, farthest(z));
      // Has 1[|t| < w] as its second derivative.
      const bent = (t: number) => (Math.max(0, t + w) ** 2 - Math.max(0, t - w) ** 2) / 2;
      return w * (bent(to - X) - bent(from - X) - bent(to - U) + bent(from - U));
    };
    const angleTo = (z: number) => Math.asin(Math.max(-1, Math.min(1, (z - y) / (2 * r))));
    return integral(slice, [-top, 0, top].map(angleTo), 1e-9 * r ** 3);
  };
  const inContact = (theta: number, m: number) => {
    const s = r * Math.sin(theta);
    const W = 2 * r * Math.cos(theta);
    const from = Math.max(nearest(m - s), W - farthest(m + s));
    const to = Math.min(farthest(m - s), W - nearest(m + s));
    return (excluded(m - s, from, to) + excluded(m + s, W - to, W - from)) / 2;
  };
  return overPairs(reach, inContact, 3e-5 * r ** 4) / contactMeasure(outline);
}

/** Ends of the range of x of a centre without the pocket, and with it. */
function edgesOf(outline: Outline): { h: number; end: number } {
  const half = outline.shape.length / 2;
  return { h: half - diskRadius(outline), end: half - leastDistance(outline) };
}

/** The integral over x of f(Y(x), w), where centres at x and x1 are closer than 2r if their heights differ by less than w. */
function overNeighbours(outline: Outline, x1: number, tolerance: number, f: (Y: number, w: number) => number): number {
  const r = diskRadius(outline);
  const { h, end } = edgesOf(outline);
  const angleTo = (x: number) => Math.asin(Math.max(-1, Math.min(1, (x - x1) / (2 * r))));
  const slice = (angle: number) => {
    const w = 2 * r * Math.cos(angle);
    return w * f(heightOf(outline, 1, x1 + 2 * r * Math.sin(angle)), w);
  };
  return integral(slice, [-h, h, end].map(angleTo), tolerance);
}
