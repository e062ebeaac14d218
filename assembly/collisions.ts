/** The hot loop of the kinetic exchange: candidates become collisions or not, and a collision swaps x and y (collision.ts). */
import { candidate, Candidates, endOfCandidates, BOND } from "./candidates";
import { bathsAreCells, Collision, weight } from "./collision";
import { BETWEEN, State } from "./state";
import { BATH_ROW, END_OF_BATH_PAIRS, END_OF_PAIRS, nextBathPair, nextPair, ROW, Velocities } from "./velocities";

/**
 * Passes the candidates drawn, or as many as it takes to use up the velocities or to lift an energy above its ceiling.
 * Returns the bond whose collision did that, or -1.
 *
 * A slot says which side is the fast one, so that no address depends on an energy: with the side chosen by the mark, an event
 * took 44 ns in place of 30 (N = 10, M = 10^5). Between cells, what is no collision moves nothing, by a mask: a branch took 30
 * in place of 25, because nobody can foresee it.
 */
export function passCollisions(): i32 {
  const end = endOfCandidates;
  const w2 = weight * weight;
  let at = candidate;
  let pair = nextPair;
  let bathPair = nextBathPair;
  let given: f64 = 0;
  let made = 0;
  /** The collisions between cells, counted in masks. */
  let hits = i64x2.splat(0);
  let lifted = -1;
  while (at < end) {
    const mark = load<f64>(at);
    const cell = load<usize>(at, BOND);
    const side = load<i32>(at, BOND + 4);
    if (side < 0) {
      const toFast: usize = side == BETWEEN ? 0 : 16;
      const fastCell = cell + toFast;
      const otherCell = cell + (16 - toFast);
      const fast = load<f64>(fastCell);
      if (mark * mark >= w2 * fast) {
        at += 8;
        continue;
      }
      if (pair == END_OF_PAIRS) break;
      at += 8;
      const other = load<f64>(otherCell);
      const reach = load<f64>(pair, 2 * ROW) * fast;
      const part = load<f64>(pair, ROW) * other;
      const hit = f64x2.gt(f64x2.splat(reach), f64x2.splat(part));
      const x = f64x2.extract_lane(v128.and(hit, f64x2.splat(load<f64>(pair) * fast)), 0);
      const y = f64x2.extract_lane(v128.and(hit, f64x2.splat(part)), 0);
      pair += 8;
      const ofFast = fast - x + y;
      const ofOther = other - y + x;
      store<f64>(fastCell, ofFast);
      store<f64>(otherCell, ofOther);
      hits = i64x2.sub(hits, hit);
      if (ofFast <= load<f64>(fastCell, 8) && ofOther <= load<f64>(otherCell, 8)) continue;
    } else if (bathsAreCells) {
      if (pair == END_OF_PAIRS) break;
      at += 8;
      const outcome = meetDrawnBath(mark, cell, side, pair);
      if (outcome == REFUSED) continue;
      pair += 8;
      if (outcome == MISSED) continue;
      given += gift;
      made++;
      if (load<f64>(cell) <= load<f64>(cell, 8) && load<f64>(cell, 16) <= load<f64>(cell, 24)) continue;
    } else {
      const toCell = side & 16;
      const inner = cell + toCell;
      const energy = load<f64>(inner);
      const temperature = load<f64>(cell + (16 - toCell));
      // The right side is fast, and it is the cell; or neither is so.
      const isCell = side >> 5 == toCell >> 4;
      if (mark * mark >= (isCell ? w2 * energy : temperature)) {
        at += 8;
        continue;
      }
      if (bathPair == END_OF_BATH_PAIRS) break;
      at += 8;
      const row = isCell ? bathPair + 3 * BATH_ROW : bathPair;
      const fast = load<f64>(row);
      const other = load<f64>(row, BATH_ROW);
      const reach = load<f64>(row, 2 * BATH_ROW) * (isCell ? energy : temperature);
      bathPair += 8;
      const x = temperature * (isCell ? other : fast);
      const y = energy * (isCell ? fast : other);
      if (!(reach > (isCell ? x : y))) continue;
      const left = energy - y + x;
      store<f64>(inner, left);
      given += (x - y) * <f64>(toCell >> 4);
      made++;
      if (left <= load<f64>(inner, 8)) continue;
    }
    lifted = State.bondOf(cell);
    break;
  }
  State.addInflow(given);
  State.countEvents(made + <i32>i64x2.extract_lane(hits, 0));
  Candidates.goOn(at);
  Velocities.goOn(pair, bathPair);
  return lifted;
}

/** Outcomes of a candidate: no candidate at the present energies, no collision, or one. */
const REFUSED: i32 = 0;
const MISSED: i32 = 1;
const COLLIDED: i32 = 2;

/** The energy that the left bath has given in the last collision of `meetDrawnBath`. */
let gift: f64 = 0;

/** A candidate of a cell and a bath that is a cell, too, and is drawn anew after a collision. Returns its outcome. */
function meetDrawnBath(mark: f64, cell: usize, side: i32, pair: usize): i32 {
  const toCell = side & 16;
  const isLeft = side < 32;
  const fastCell = isLeft ? cell : cell + 16;
  const otherCell = isLeft ? cell + 16 : cell;
  const fast = load<f64>(fastCell);
  if (mark * mark >= weight * weight * fast) return REFUSED;
  const other = load<f64>(otherCell);
  const x = load<f64>(pair) * fast;
  const y = load<f64>(pair, ROW) * other;
  if (!(load<f64>(pair, 2 * ROW) * fast > y)) return MISSED;
  store<f64>(fastCell, fast - x + y);
  store<f64>(otherCell, other - y + x);
  gift = toCell ? (isLeft ? x - y : y - x) : 0;
  Collision.drawBath(toCell ? 0 : State.bondOf(cell) + 1);
  return COLLIDED;
}
