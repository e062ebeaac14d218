/**
 * Functions of angles, powers and their inverses from + - * / and sqrt alone, so that every engine gives the same bits: of
 * what is computed about a table, not of its simulation, which needs none. Within some units in the last place.
 */
import { cos, exp, log, sin } from "../rate/elementary.ts";

export const square = (x: number): number => x * x;

/** x^y for x > 0, or x = 0 and y >= 0: within |y log x| units in the last place. */
export function power(x: number, y: number): number {
  if (y < 0) return 1 / power(x, -y);
  if (Number.isInteger(y)) return wholePower(x, y);
  return x === 0 ? 0 : exp(y * log(x));
}

function wholePower(x: number, n: number): number {
  let result = 1;
  for (let [square, left] = [x, n]; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square;
  }
  return result;
}

/** The angle from -π/2 to π/2 whose sine is x, -1 to 1. */
export function asin(x: number): number {
  const size = Math.abs(x);
  // Towards 1 the sine is flat, and half of the rest of the angle has √((1-x)/2) for its sine.
  const angle = size > 0.5 ? Math.PI / 2 - 2 * asinOfSmall(Math.sqrt((1 - size) / 2)) : asinOfSmall(size);
  return x < 0 ? -angle : angle;
}

/** Newton's steps from a start within 0.003, for sines of 0 to 1/2. */
function asinOfSmall(x: number): number {
  let angle = x + (x * x * x) / 6;
  for (let step = 0; step < 3; step++) angle -= (sin(angle) - x) / cos(angle);
  return angle;
}

/** The angle from 0 to π whose cosine is x, -1 to 1. */
export function acos(x: number): number {
  return x > 0.5 ? 2 * asinOfSmall(Math.sqrt((1 - x) / 2)) : Math.PI / 2 - asin(x);
}
