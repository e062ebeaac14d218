/**
 * The two particles of a candidate collision, drawn ahead (collision.ts). With x² or y² a part of M times the energy of its
 * side, a cell's E or a bath's T:
 *
 *   fast    the part of the one drawn by flux: ~ Beta(1, M - 1/2) of a cell, Exp(1)/M of a bath
 *   other   the part of the other one: B cos²(θ), B ~ Beta(1, M-1) of a cell and Exp(1)/M of a bath, θ uniform
 *   reach   it is a collision where `reach` of the fast side is more than `other` of the other one: with u uniform,
 *           u |fast| > the other's speed away from it, so that reach = fast u², or infinite where it comes nearer
 *
 *   0           8 DRAWN      16 DRAWN
 *   ┌───────────┬───────────┬───────────┐
 *   │ fast ..   │ other ..  │ reach ..  │   for cells; for a bond with a bath twice, the bath being the fast one and the cell
 *   └───────────┴───────────┴───────────┘
 */
import { Beta } from "./beta";
import { Elementary } from "./elementary";
import { Random } from "./random";
import { particles } from "./state";

/** The number drawn at a time, between cells and with a bath. */
const CELLS_DRAWN: usize = 128;
const BATHS_DRAWN: usize = 32;
/** Bytes of a row. */
export const ROW: usize = 8 * CELLS_DRAWN;
export const BATH_ROW: usize = 8 * BATHS_DRAWN;

const CELLS: usize = memory.data(3 * 8 * <i32>CELLS_DRAWN, 16);
const BATHS: usize = memory.data(6 * 8 * <i32>BATHS_DRAWN, 16);
/** The uniforms: rows for the fast one's speed, the other's B, its angle, and u; of baths, copies of the first two. */
const UNIFORMS: usize = memory.data(6 * 8 * <i32>CELLS_DRAWN, 16);

/** p(z) with cos(π s/2) = (1 - z) p(z), z = s², minimax on [0, 1], error 2^-55.6: lowest power first. */
// prettier-ignore
const COSINE: usize = memory.data<f64>([
  1.0, -0.23370055013616764, 0.019968957764833175, -0.000894522998120565,
  2.4737274991179357e-5, -4.647631080727506e-7, 6.318066916161896e-9, -6.304667977536883e-11,
], 16);

/** Address of the next draw of either kind. */
export let nextPair: usize = 0;
export let nextBathPair: usize = 0;
export const END_OF_PAIRS: usize = CELLS + ROW;
export const END_OF_BATH_PAIRS: usize = BATHS + BATH_ROW;

export class Velocities {
  /** Discards what is drawn. */
  static forget(): void {
    nextPair = END_OF_PAIRS;
    nextBathPair = END_OF_BATH_PAIRS;
  }

  /** Makes the draws at these addresses the next ones. */
  static goOn(pair: usize, ofBath: usize): void {
    nextPair = pair;
    nextBathPair = ofBath;
  }

  /** Draws more of either kind of which none are left. */
  static draw(): void {
    if (nextPair == END_OF_PAIRS) Velocities.drawCells();
    if (nextBathPair == END_OF_BATH_PAIRS) Velocities.drawBaths();
  }

  /** The cosine of a uniform angle: cos(π s/2), s uniform on (-1, 1), with the sign of s, which is as likely as not. */
  static cosine(u: f64): f64 {
    const s = f64x2.splat(2 * u - 1);
    const size = f64x2.extract_lane(Cosine.of(f64x2.mul(s, s)), 0);
    return u > 0.5 ? size : -size;
  }

  private static drawCells(): void {
    Random.uniforms(UNIFORMS, <i32>(ROW >> 2));
    Beta.fromUniforms(UNIFORMS, UNIFORMS + ROW, particles + 0.5);
    Beta.fromUniforms(UNIFORMS + ROW, UNIFORMS + 2 * ROW, particles);
    combine(UNIFORMS, UNIFORMS + ROW, ROW, UNIFORMS + 2 * ROW, CELLS);
    nextPair = CELLS;
  }

  private static drawBaths(): void {
    const cellFast = UNIFORMS;
    const cellOther = UNIFORMS + BATH_ROW;
    const angles = UNIFORMS + 2 * BATH_ROW;
    const bathFast = UNIFORMS + 4 * BATH_ROW;
    const bathOther = UNIFORMS + 5 * BATH_ROW;
    Random.uniforms(UNIFORMS, <i32>(BATH_ROW >> 2));
    memory.copy(bathFast, cellFast, 2 * BATH_ROW);
    Beta.fromUniforms(cellFast, cellFast + BATH_ROW, particles + 0.5);
    Beta.fromUniforms(cellOther, cellOther + BATH_ROW, particles);
    Elementary.logUniforms(bathFast, bathFast + 2 * BATH_ROW);
    const part = f64x2.splat(-1 / particles);
    for (let at = bathFast; at < bathFast + 2 * BATH_ROW; at += 16) v128.store(at, f64x2.mul(v128.load(at), part));
    combine(bathFast, cellOther, BATH_ROW, angles, BATHS);
    combine(cellFast, bathOther, BATH_ROW, angles, BATHS + 3 * BATH_ROW);
    nextBathPair = BATHS;
  }
}

class Cosine {
  /** cos(π s/2) from z = s² <= 1. */
  @inline static of(z: v128): v128 {
    const z2 = f64x2.mul(z, z);
    let p = Elementary.linear(COSINE + 48, z);
    p = f64x2.add(Elementary.linear(COSINE + 32, z), f64x2.mul(z2, p));
    p = f64x2.add(Elementary.linear(COSINE + 16, z), f64x2.mul(z2, p));
    p = f64x2.add(Elementary.linear(COSINE, z), f64x2.mul(z2, p));
    return f64x2.mul(f64x2.sub(f64x2.splat(1), z), p);
  }
}

/** Makes rows of `fast`, `other` and `reach` from the parts of both, before the angle, and from rows of θ and u. */
function combine(fast: usize, other: usize, size: usize, angles: usize, to: usize): void {
  const one = f64x2.splat(1);
  const approaching = f64x2.splat(Infinity);
  for (let i: usize = 0; i < size; i += 16) {
    const u = v128.load(angles + i);
    const s = f64x2.sub(f64x2.add(u, u), one);
    const z = f64x2.mul(s, s);
    const cosine = Cosine.of(z);
    const part = f64x2.mul(v128.load(other + i), f64x2.mul(cosine, cosine));
    const speed = v128.load(fast + i);
    const chance = v128.load(angles + size + i);
    const reach = f64x2.mul(speed, f64x2.mul(chance, chance));
    v128.store(to + i, speed);
    v128.store(to + size + i, part);
    v128.store(to + 2 * size + i, v128.bitselect(reach, approaching, f64x2.gt(s, f64x2.splat(0))));
  }
}
