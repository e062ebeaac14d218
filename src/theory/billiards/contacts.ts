/**
 * How much room there is for two disks in contact through a hole, and for two that would overlap (BILLIARDS 6.1). With the
 * centres at distances u1, u2 from the barrier's plane and at heights y1, y2,
 *
 *   X(y) <= u <= U(y),   X = √(r² - (a-|y|)²) inside the hole and r beside it, U up to the arc
 *   G = ∫ dc1 dθ 1[contact] = ∫ dθ dy1 length of u1,   u1 + u2 = 2r cos θ, y2 - y1 = 2r sin θ
 *   V = ∫ dc1 dc2 1[overlap] = ∫ dy1 dy2 area of (u1, u2),   u1 + u2 <= 2r cos θ
 *
 * that length and twice that area are Σ ± (2r cos θ - Z1 - Z2)_+^n, n = 1 and 2, over the choices of X or U as Z1, Z2, with
 * - where one is U. The four quarters of y2 ± y1 are alike, and in one of them heights are m ± s, s = r sin θ.
 */
import { power, square } from "../../billiards/trigonometry.ts";
import { cos, sin } from "../../rate/elementary.ts";
import { cornerHeight, diskRadius, holeHalfWidth } from "../../billiards/geometry.ts";
import type { Outline } from "./freeArea.ts";
import { integral, lastPlace } from "./integral.ts";

/** Of either measure, in units of r. */
const TOLERANCE = 1e-12;

/** Bounds of the distance of a centre from the plane of a barrier with a hole. */
export interface Reach {
  readonly r: number;
  readonly a: number;
  /** X(y). */
  readonly nearest: (y: number) => number;
  /** U(y): infinite where the arc does not matter. */
  readonly farthest: (y: number) => number;
  /** The height up to which a centre can be next to the barrier. */
  readonly top: number;
}

/** The reach beside a barrier that is part of a table. */
export function reachOf(outline: Outline): Reach {
  const { length, neck, arc } = outline.shape;
  const r = diskRadius(outline);
  const a = holeHalfWidth(outline);
  const nearest = (y: number) => (Math.abs(y) < a ? Math.sqrt(square(r) - square(a - Math.abs(y))) : r);
  const farthest = (y: number) => {
    if (Math.abs(y) <= neck - r) return Infinity;
    return arc === "flat" ? 0 : length / 2 - Math.sqrt(square(arc + r) - square(neck + arc - Math.abs(y)));
  };
  const top = lastPlace((y) => nearest(y) <= farthest(y), 0, cornerHeight(outline.shape));
  return { r, a, nearest, farthest, top };
}

/** γ(ε), to which G/r² comes where no arc is near: 0.59053 at ε = 0.05. Relative error below 1e-10. */
export function contactMeasureOfHole(hole: number): number {
  return contactMeasure({ particles: 1, radius: 1, hole, shape: { length: 9, neck: 9, arc: "flat" } });
}

/** G: the measure of contacts, an area. Relative error below 1e-10. */
export function contactMeasure(outline: Outline): number {
  const reach = reachOf(outline);
  return overPairs(reach, (theta, m) => crossings(reach, theta, m, 1), TOLERANCE * square(reach.r));
}

/**
 * V_ov: the measure of pairs of centres, one on either side, that are closer than 2r; the square of an area. Relative error
 * below 1e-10.
 */
export function overlapMeasure(outline: Outline): number {
  const reach = reachOf(outline);
  const area = (theta: number, m: number) => reach.r * cos(theta) * crossings(reach, theta, m, 2);
  return overPairs(reach, area, TOLERANCE * square(square(reach.r)));
}

/** Σ ± (2r cos θ - Z1 - Z2)_+^n. */
function crossings({ r, nearest, farthest }: Reach, theta: number, m: number, n: number): number {
  const s = r * sin(theta);
  const [X1, X2] = [nearest(m - s), nearest(m + s)];
  const [U1, U2] = [farthest(m - s), farthest(m + s)];
  const room = (Z1: number, Z2: number) => power(Math.max(0, 2 * r * cos(theta) - Z1 - Z2), n);
  return room(X1, X2) - room(U1, X2) - room(X1, U2) + room(U1, U2);
}

/** The integral over all pairs that can touch: over dθ dm, four times that over s, m >= 0. */
export function overPairs(reach: Reach, f: (theta: number, m: number) => number, tolerance: number): number {
  const { r, a, nearest, farthest, top } = reach;
  const touch = (theta: number, m: number) => {
    const s = r * sin(theta);
    return nearest(m - s) + nearest(m + s) < 2 * r * cos(theta);
  };
  // Room is largest where the lower of the two is at the middle of the hole, and falls to both sides of it.
  const roomiest = (theta: number) => Math.min(r * sin(theta), top - r * sin(theta));
  const overHeights = (theta: number) => {
    const best = roomiest(theta);
    const s = r * sin(theta);
    const low = best - lastPlace((d) => touch(theta, best - d), 0, best);
    const high = best + lastPlace((d) => touch(theta, best + d), 0, Math.min(top - s, s + r) - best);
    const clear =
      low + lastPlace((d) => nearest(low + d - s) + farthest(low + d + s) > 2 * r * cos(theta), 0, high - low);
    return integral((m) => f(theta, m), low, high, tolerance / 100, [best, a - s, clear]);
  };
  const steepest = lastPlace((theta) => roomiest(theta) >= 0 && touch(theta, roomiest(theta)), 0, Math.PI / 2);
  // From the angle at which `low` leaves 0 it grows as a square root, which θ = kink + range v² undoes.
  const kink = Math.min(
    steepest,
    lastPlace((theta) => touch(theta, 0), 0, steepest),
  );
  const range = steepest - kink;
  const beyond = (v: number) => overHeights(kink + range * square(v)) * 2 * range * v;
  return 4 * (integral(overHeights, 0, kink, tolerance) + integral(beyond, 0, 1, tolerance));
}
