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
 */
import { cells, leftTemperature, particles, rightTemperature, slotCapacity, slotsPerBond, speed, State } from "./state";
import { Rate } from "./rates";

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
    State.setCeiling(0, leftTemperature);
    State.setCeiling(cells + 1, rightTemperature);
    return particles < OWN_CEILINGS_FROM ? Bounds.renewCommon() : Bounds.renewOwn();
  }

  /** Sets one ceiling for all cells and one slot for each bond. */
  private static renewCommon(): f64 {
    headroom = 1 + COMMON_HEADROOM / sqrt(particles);
    const ceiling = headroom * State.highestEnergy();
    for (let k = 1; k <= cells; k++) State.setCeiling(k, ceiling);
    height = Rate.inUnits(ceiling, ceiling);
    for (let k = 0; k <= cells; k++) State.setRate(k, height);
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
    for (let k = 0; k <= cells; k++) {
      const highest = Bounds.highestRate(k);
      State.setRate(k, highest);
      sum += highest;
    }
    // A little higher than it takes, so that equal rates need no slot more for their rounding.
    height = (1.000001 * sum) / (slotsPerBond(<f64>cells) * bonds);
    Bounds.layOut();
    return max(LEAST_LIFE, OWN_LIFE * root * bonds);
  }

  /** Raises the bounds that an exchange over bond k has made too low. */
  static raise(k: i32): void {
    Bounds.lift(k);
    Bounds.lift(k + 1);
    for (let j = max(k - 1, 0); j <= min(k + 1, cells); j++) Bounds.cover(j, Bounds.highestRate(j));
  }

  private static lift(k: i32): void {
    const energy = State.energy(k);
    if (energy > State.ceiling(k)) State.setCeiling(k, headroom * energy);
  }

  /** The rate of bond k with both its cells at their ceilings. */
  private static highestRate(k: i32): f64 {
    return Rate.inUnits(State.ceiling(k), State.ceiling(k + 1));
  }

  /** Adds slots to bond k until they cover this rate. */
  private static cover(k: i32, rate: f64): void {
    let bottom = State.rate(k);
    while (bottom < rate) {
      if (slots == slotCapacity) {
        State.setRate(k, bottom);
        Bounds.coarsen();
        bottom = State.rate(k);
        continue;
      }
      State.setSlot(slots, bottom, k);
      slots++;
      bottom += height;
    }
    State.setRate(k, bottom);
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
    for (let k = 0; k <= cells; k++) {
      const rate = State.rate(k);
      State.setRate(k, 0);
      Bounds.cover(k, rate);
    }
  }
}
