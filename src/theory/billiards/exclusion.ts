/**
 * The area that a disk takes from the centre of another one of its cell, in a cell with one hole (BILLIARDS 6.3).
 */
import { asin, square } from "../../billiards/trigonometry.ts";
import { cos, sin } from "../../rate/elementary.ts";
import { diskRadius } from "../../billiards/geometry.ts";
import { contactMeasure, overPairs, reachOf } from "./contacts.ts";
import { freeArea, heightOf, leastDistance, type Outline } from "./freeArea.ts";
import { integral } from "./integral.ts";

/** V̄: the mean area excluded by a disk whose centre is uniform over the free area. Relative error below 1e-9. */
export function excludedArea(outline: Outline): number {
  const { length } = outline.shape;
  const r = diskRadius(outline);
  // Ends of the range of x of a centre: h without the pocket.
  const h = length / 2 - r;
  const end = length / 2 - leastDistance(outline);
  // The pairs of heights |y| <= Y1, Y2 that differ by less than w are those of a rectangle without two corners.
  const beside = (x1: number) => {
    const Y1 = heightOf(outline, 1, x1);
    const slice = (angle: number) => {
      const w = 2 * r * cos(angle);
      const Y2 = heightOf(outline, 1, x1 + 2 * r * sin(angle));
      const corners = square(Math.max(0, Y1 + Y2 - w)) - square(Math.max(0, Math.abs(Y1 - Y2) - w));
      return w * (4 * Y1 * Y2 - corners);
    };
    const [low, high, kink] = anglesTo(r, x1, [-h, end, h]);
    return integral(slice, low, high, 1e-12, [kink]);
  };
  return integral(beside, -h, end, 1e-10, [2 * r - h, h - 2 * r, end - 2 * r, h]) / freeArea(outline, 1);
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
      const w = 2 * r * cos(angle);
      const z = y + 2 * r * sin(angle);
      const X = nearest(z);
      const U = Math.max(X, farthest(z));
      // Has 1[|t| < w] as its second derivative.
      const bent = (t: number) => (square(Math.max(0, t + w)) - square(Math.max(0, t - w))) / 2;
      return w * (bent(to - X) - bent(from - X) - bent(to - U) + bent(from - U));
    };
    const [low, high, kink] = anglesTo(r, y, [-top, top, 0]);
    return integral(slice, low, high, 1e-9 * r * square(r), [kink]);
  };
  const inContact = (theta: number, m: number) => {
    const s = r * sin(theta);
    const W = 2 * r * cos(theta);
    const from = Math.max(nearest(m - s), W - farthest(m + s));
    const to = Math.min(farthest(m - s), W - nearest(m + s));
    return (excluded(m - s, from, to) + excluded(m + s, W - to, W - from)) / 2;
  };
  return overPairs(reach, inContact, 3e-5 * square(square(r))) / contactMeasure(outline);
}

/** The angles at which from + 2r sin(angle) comes to these places, or nearest to them. */
function anglesTo(r: number, from: number, places: number[]): number[] {
  return places.map((place) => asin(Math.max(-1, Math.min(1, (place - from) / (2 * r)))));
}
