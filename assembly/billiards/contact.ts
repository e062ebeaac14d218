/**
 * How often two cells touch, without dynamics: C(M) of the rate ν = C(M) ⟨g⟩ by Monte Carlo over positions alone, in seconds
 * for any M. With a pair of disks, one in either cell, among M - 1 others in each,
 *
 *   C(M) = (2r/π) M² Γ_c/Γ_u,   Γ_c = ∫ dc₁ dθ P(both free, c₂ = c₁ + 2r n(θ)),   Γ_u = ∫ dc₁ dc₂ P(both free)
 *
 * (equilibrium's flux through the surface of contact, per pair; kinetic theory).
 */
import { Random } from "../random";
import { leave, prepareBins } from "./bins";
import { isFree, placeAll, putBack } from "./start";
import { cornerHeight, halfLength, holeHalf, length, particles, radius } from "./state";
import { overlaps } from "./walls";

/** Pairs of either kind tried between two sweeps. */
const CONTACTS: i32 = 64;
const PAIRS: i32 = 16;

/** Pairs tried and free, of either kind: tries, contacts, tries, pairs. */
export const COUNTS: usize = memory.data(32, 8);

/** Draws a table of two cells with one disk less in each. */
export function prepareContacts(): bool {
  prepareBins();
  if (!placeAll()) return false;
  leave(particles - 1);
  leave(2 * particles - 1);
  memory.fill(COUNTS, 0, 32);
  return true;
}

/** Sweeps and tries. */
export function tryContacts(sweeps: i32): void {
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let disk = 0; disk < 2 * particles; disk++) {
      if (disk % particles != particles - 1) putBack(disk, 0);
    }
    for (let i = 0; i < CONTACTS; i++) count(0, isFreeContact());
    for (let i = 0; i < PAIRS; i++) count(16, isFreePair());
  }
}

/** ∫ dc₁ dθ over which contacts are drawn: c₁ within 2r of the barrier and not past its deepest place in the hole. */
export function contactMeasure(): f64 {
  return depth() * 4 * radius * Math.PI;
}

/** ∫ dc₁ dc₂ over which pairs are drawn. */
export function pairMeasure(): f64 {
  const box = length * (2 * cornerHeight);
  return box * box;
}

/** τ r = √(r² - a²): how near a centre can come to the barrier's plane. */
function nearest(): f64 {
  return sqrt(radius * radius - holeHalf * holeHalf);
}

/** (2 - 2τ) r: from there to where a disk is out of reach. */
function depth(): f64 {
  return 2 * (radius - nearest());
}

function isFreeContact(): bool {
  const x = halfLength - nearest() - Random.uniform() * depth();
  const y = (2 * Random.uniform() - 1) * (2 * radius);
  // A direction to the right: uniform over the half disk, and then of length 1.
  let nx: f64;
  let ny: f64;
  let square: f64;
  do {
    nx = Random.uniform();
    ny = 2 * Random.uniform() - 1;
    square = nx * nx + ny * ny;
  } while (square > 1);
  const scale = (2 * radius) / sqrt(square);
  return isFree(0, x, y, 0) && isFree(1, x + nx * scale - length, y + ny * scale, 0);
}

function isFreePair(): bool {
  const x1 = (2 * Random.uniform() - 1) * halfLength;
  const y1 = (2 * Random.uniform() - 1) * cornerHeight;
  const x2 = (2 * Random.uniform() - 1) * halfLength;
  const y2 = (2 * Random.uniform() - 1) * cornerHeight;
  return isFree(0, x1, y1, 0) && isFree(1, x2, y2, 0) && !overlaps(x2 + length - x1, y2 - y1);
}

function count(at: usize, isFree: bool): void {
  store<f64>(COUNTS + at, load<f64>(COUNTS + at) + 1);
  if (isFree) store<f64>(COUNTS + at, load<f64>(COUNTS + at, 8) + 1, 8);
}
