/**
 * The hot loop: candidates become events or not, and an event exchanges energy, E' = E + zeta of (2.1).
 *
 * An event over bond k moves J = x - y from cell k to k+1, x = (1-p) B_1 E_k and y = p B_2 E_{k+1} (fractions.ts).
 * Written as a - x + y, an energy stays positive since x < a.
 */
import { Bounds } from "./bounds";
import { candidate, Candidates, endOfCandidates, BOND } from "./candidates";
import { endOfBaths, endOfCells, Fractions, nextBath, nextCell, TAKEN } from "./fractions";
import { exceeds } from "./laws";
import { Rate, squeezed } from "./rates";
import { BETWEEN, keepsRatio, State } from "./state";

/** The energy from the left bath in the events that `passCandidates` makes. */
let inflow: f64 = 0;

/**
 * Passes the candidates drawn, or as many as it takes to use up the fractions or to lift an energy above its ceiling.
 * Returns the bond whose exchange did that, or -1.
 */
export function passCandidates(): i32 {
  inflow = 0;
  let lifted = pass();
  while (lifted < 0 && candidate < endOfCandidates && Fractions.makeDrawn()) lifted = pass();
  State.addInflow(inflow);
  return lifted;
}

/**
 * The loop, compiled with floors and without: with both in one, an event took 1.1 to 1.2 times as long; and once more, without
 * floors, which decide nothing, for those who ask for W_f.
 */
let pass!: () => i32;

/** Chooses the loop for the model's rate and for what is asked of its replicas. */
export function chooseLoop(): void {
  if (keepsRatio) pass = (): i32 => Exchange.pass(false, true);
  else pass = squeezed ? (): i32 => Exchange.pass(true, false) : (): i32 => Exchange.pass(false, false);
}

class Exchange {
  /** `squeezed` and `weighed` are literals. */
  @inline static pass(squeezed: bool, weighed: bool): i32 {
    // Locals: a global costs a load and a store each time round.
    const end = endOfCandidates;
    const cellsEnd = endOfCells;
    const bathsEnd = endOfBaths;
    const toFloor = State.toFloor;
    let at = candidate;
    let fraction = nextCell;
    let bathFraction = nextBath;
    let given = inflow;
    let lifted = -1;
    while (at < end) {
      const mark = load<f64>(at);
      const cell = load<usize>(at, BOND);
      const side = load<i32>(at, BOND + 4);
      const a = load<f64>(cell);
      const b = load<f64>(cell, 16);
      at += 8;
      if (!(squeezed && mark < load<f64>(cell + toFloor, 8)) && !exceeds(mark, a, b, cell)) continue;
      if (side == BETWEEN) {
        if (fraction == cellsEnd) {
          at -= 8;
          break;
        }
        const x = load<f64>(fraction) * a;
        const y = load<f64>(fraction, TAKEN) * b;
        const left = a - x + y;
        const right = b - y + x;
        fraction += 8;
        store<f64>(cell, left);
        store<f64>(cell, right, 16);
        if (weighed) Exchange.weigh(cell, a, b);
        if (squeezed && (left < load<f64>(cell + toFloor) || right < load<f64>(cell + toFloor, 16))) {
          Bounds.sink(State.bondOf(cell));
        }
        if (left <= load<f64>(cell, 8) && right <= load<f64>(cell, 24)) continue;
      } else {
        if (bathFraction == bathsEnd) {
          at -= 8;
          break;
        }
        // `side` leads to the cell and 16 - side to the bath. No branch on which bath it is: it would be a coin's toss.
        const inner = cell + side;
        const energy = load<f64>(inner);
        const x = load<f64>(bathFraction) * load<f64>(cell + (16 - side));
        const y = load<f64>(bathFraction, TAKEN) * energy;
        const left = energy - y + x;
        bathFraction += 8;
        store<f64>(inner, left);
        if (weighed) Exchange.weigh(cell, a, b);
        if (squeezed && left < load<f64>(inner + toFloor)) Bounds.sink(State.bondOf(cell));
        given += (x - y) * <f64>(side >> 4);
        if (left <= load<f64>(inner, 8)) continue;
      }
      lifted = State.bondOf(cell);
      break;
    }
    inflow = given;
    State.countEvents((<i32>(fraction - nextCell + bathFraction - nextBath)) >> 3);
    Candidates.goOn(at);
    Fractions.goOn(fraction, bathFraction);
    return lifted;
  }

  /** Adds to W_f what the exchange over the bond whose left cell is at this address has, from energies a and b. */
  private static weigh(cell: usize, a: f64, b: f64): void {
    State.addRatio(Rate.logRatio(State.bondOf(cell), a, b, load<f64>(cell), load<f64>(cell, 16)));
  }
}
