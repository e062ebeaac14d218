/**
 * Upper bounds on the rates, and the table that names a bond in proportion to its bound.
 *
 * A cell has a ceiling c_k. While E_k <= c_k everywhere, bond k rings no faster than f(c_k, c_{k+1}), f being
 * non-decreasing. A bond owns as many slots of one height h as cover that, the i-th from its bottom i h to (i + 1) h:
 *
 *            ┌───┐
 *     f(..) ─┤ 7 │─ ─ ─ ─ ─┌───┐─
 *            ├───┤   ┌───┐ │ 6 │       a uniform slot and a uniform height in it are a uniform point of all the area:
 *            │ 3 │   │ 5 │ │ 2 │       the bond comes with probability F_k / sum F, F_k the height of its slots, and the
 *            ├───┤   ├───┤ ├───┤       point is a uniform mark of [0, F_k), an event where it lies below f(E_k, E_{k+1})
 *            │ 0 │   │ 4 │ │ 1 │
 *            └───┘   └───┘ └───┘
 *
 * A bound is raised by adding slots to the end of the table. Heights are in units of the rate's scale.
 *
 * Where f is costly, a cell has a floor, too: below `sure`, f at the floors of a bond's cells, a mark needs no f to be an
 * event. Floors follow energies downwards, and decide nothing: no number depends on them. 1 - exp(-√(ab/(a+b))) took an
 * event from 18.6 to 10.5 ns (N = 10, M = 10^5).
 */
import { bathsAreCells, sides } from "./collision";
import { Fault } from "./fault";
import { cells, leftTemperature, particles, rightTemperature, slotCapacity, slotsPerBond, speed, State } from "./state";
import { guarded, Rate, squeezed } from "./rates";

/** From this many particles on a cell has a ceiling of its own; with fewer, its energy rises above any such one too soon. */
const OWN_CEILINGS_FROM: f64 = 8;

/**
 * Energies wander by a fraction of order √n / M in n exchanges. A cell's own ceiling is 6 M^(-3/4) above its energy, and
 * bounds are set anew when a bond has had 8 √M candidates. With few particles one ceiling holds for all, M^(-1/2)/2 above the highest
 * energy, and for 4 candidates a cell. Anything from half to twice of each was as good to 3%, M = 8 to 10^5.
 */
const OWN_HEADROOM: f64 = 6;
const OWN_LIFE: f64 = 8;
const COMMON_HEADROOM: f64 = 0.5;
const COMMON_LIFE: f64 = 4;
/** The least number of candidates after which bounds are set anew. */
const LEAST_LIFE: f64 = 512;
/** Where rates are near the least positive number, slots would have the height 0, and there would be no end of them. */
const LEAST_HEIGHT: f64 = 1e-300;
/** With fewer particles energies leave their floors too soon. */
export const FLOORS_FROM: f64 = 64;
/** A lower bound is f less some ULP, which f may err by. */
const SURE: f64 = 1 - 1e-12;

/** The number of slots in the table, and the height h of each. */
export let slots: i32 = 0;
export let height: f64 = 0;
/** The ratio of a new ceiling to its cell's energy. */
let headroom: f64 = 1;
/** True while the bounds are those of time 0, raised or not; and the numbers of these that `State.keepStart` does not keep. */
let sinceStart: bool = false;
let startSlots: i32 = 0;
let startHeight: f64 = 0;
let startLife: f64 = 0;

export class Bounds {
  /** The rate at which candidates come: that of all bonds at their bounds. */
  static get rate(): f64 {
    return speed * Rate.unit * height * <f64>slots;
  }

  /**
   * `renew` at time 0, where every replica has the same energies. If the one before has only raised these bounds, it is
   * enough to take the slots added away again: 0.25 microseconds less of a replica's 2.4 (N = 5, M = 10, 51 events).
   */
  static start(): f64 {
    if (sinceStart) {
      State.goToStart();
      slots = startSlots;
      height = startHeight;
      return startLife;
    }
    startLife = Bounds.renew();
    startSlots = slots;
    startHeight = height;
    State.keepStart();
    sinceStart = true;
    return startLife;
  }

  /** Forgets the bounds of time 0, because another model has others. */
  static forget(): void {
    sinceStart = false;
  }

  /** Sets ceilings and bounds by the present energies. Returns the number of candidates that they are meant for. */
  static renew(): f64 {
    State.setCeiling(0, Bounds.bathCeiling(0, leftTemperature));
    State.setCeiling(cells + 1, Bounds.bathCeiling(cells + 1, rightTemperature));
    return particles < OWN_CEILINGS_FROM ? Bounds.renewCommon() : Bounds.renewOwn();
  }

  /** That of a bath: its temperature, or if it is drawn, what one draw in twenty exceeds. */
  private static bathCeiling(k: i32, temperature: f64): f64 {
    return bathsAreCells ? max(State.energy(k), 3 * temperature) : temperature;
  }

  /** Sets one ceiling for all cells, and one slot for each bond unless their rates differ. */
  private static renewCommon(): f64 {
    headroom = 1 + COMMON_HEADROOM / sqrt(particles);
    const ceiling = max(headroom * State.highestEnergy(), max(State.ceiling(0), State.ceiling(cells + 1)));
    for (let k = 1; k <= cells; k++) State.setCeiling(k, ceiling);
    let least = Infinity;
    let highest: f64 = 0;
    let sum: f64 = 0;
    for (let c = 0; c < Bounds.clocks; c++) {
      const rate = Bounds.rateAt(c, ceiling, ceiling);
      State.setRate(c, rate);
      least = min(least, rate);
      highest = max(highest, rate);
      sum += rate;
    }
    height = highest <= 2 * least ? highest : max(least, Bounds.fineHeight(sum));
    Bounds.layOut();
    return max(LEAST_LIFE, COMMON_LIFE * <f64>cells);
  }

  /** Sets a ceiling for each cell, and as many slots as each bond needs. */
  private static renewOwn(): f64 {
    const root = sqrt(particles);
    const bonds = <f64>(cells + 1);
    headroom = 1 + OWN_HEADROOM / (root * sqrt(root));
    for (let k = 1; k <= cells; k++) State.setCeiling(k, headroom * State.energy(k));
    let sum: f64 = 0;
    for (let c = 0; c < Bounds.clocks; c++) {
      const highest = Bounds.highestRate(c);
      State.setRate(c, highest);
      sum += highest;
    }
    height = Bounds.fineHeight(sum);
    Bounds.layOut();
    if (squeezed) Bounds.setFloors();
    return max(LEAST_LIFE, OWN_LIFE * root * bonds);
  }

  /** The height of slots of which there is room for those of all bonds, whose rates have this sum. */
  private static fineHeight(sum: f64): f64 {
    // A little higher than it takes, so that equal rates need no slot more for their rounding.
    return max(LEAST_HEIGHT, (1.000001 * sum) / (slotsPerBond(<f64>cells) * <f64>(cells + 1)));
  }

  /** Raises the bounds that an exchange over bond k has made too low. */
  static raise(k: i32): void {
    Bounds.lift(k);
    Bounds.lift(k + 1);
    const end = min(sides * (k + 2), Bounds.clocks);
    for (let c = max(sides * (k - 1), 0); c < end; c++) Bounds.cover(c, Bounds.highestRate(c));
    // Not before: a rate that rises is above the bound that its energies have left.
    if (guarded) Bounds.guard(k - 1, k + 1);
  }

  private static lift(k: i32): void {
    const energy = State.energy(k);
    if (energy > State.ceiling(k)) State.setCeiling(k, headroom * energy);
  }

  /** The clocks: one for each bond, or one for each of its sides (collision.ts). */
  @inline private static get clocks(): i32 {
    return sides * (cells + 1);
  }

  /** The rate of a clock with both its cells at their ceilings. */
  private static highestRate(clock: i32): f64 {
    const k = clock >> (sides - 1);
    return Bounds.rateAt(clock, State.ceiling(k), State.ceiling(k + 1));
  }

  private static rateAt(clock: i32, a: f64, b: f64): f64 {
    return Fault.unless(clock >> (sides - 1), a, b, Rate.inUnits(clock, a, b));
  }

  /** Notes the bonds from `first` to `last` whose rate is above their bound, so that f has fallen somewhere. */
  static guard(first: i32, last: i32): void {
    for (let k = max(first, 0); k <= min(last, cells); k++) {
      Fault.above(k, Rate.inUnits(k, State.energy(k), State.energy(k + 1)));
    }
  }

  private static setFloors(): void {
    State.setFloor(0, leftTemperature);
    State.setFloor(cells + 1, rightTemperature);
    for (let k = 1; k <= cells; k++) State.setFloor(k, State.energy(k) / headroom);
    for (let k = 0; k <= cells; k++) Bounds.setSure(k);
  }

  private static setSure(k: i32): void {
    State.setSure(k, SURE * Rate.inUnits(k, State.floor(k), State.floor(k + 1)));
  }

  /** Lowers the floors that an exchange over bond k has made too high. */
  static sink(k: i32): void {
    for (let j = k; j <= k + 1; j++) {
      const energy = State.energy(j);
      if (energy < State.floor(j)) State.setFloor(j, energy / headroom);
    }
    for (let j = max(k - 1, 0); j <= min(k + 1, cells); j++) Bounds.setSure(j);
  }

  /** Adds slots to a clock until they cover this rate. */
  private static cover(clock: i32, rate: f64): void {
    let bottom = State.rate(clock);
    while (bottom < rate) {
      if (slots == slotCapacity) {
        State.setRate(clock, bottom);
        Bounds.coarsen();
        bottom = State.rate(clock);
        continue;
      }
      State.setSlot(slots, bottom, clock >> (sides - 1), clock & (sides - 1));
      slots++;
      bottom += height;
    }
    State.setRate(clock, bottom);
  }

  /** Makes room by half as many slots, twice as high. No bound becomes lower. */
  private static coarsen(): void {
    height *= 2;
    Bounds.layOut();
  }

  /** Makes the table anew, so that it covers the rates that `State.rate` has of the bonds. */
  private static layOut(): void {
    sinceStart = false;
    slots = 0;
    for (let c = 0; c < Bounds.clocks; c++) {
      const rate = State.rate(c);
      State.setRate(c, 0);
      Bounds.cover(c, rate);
    }
  }
}
