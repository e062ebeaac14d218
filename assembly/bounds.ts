/**
 * Upper bounds on the rates, and the table that names a bond in proportion to its bound.
 *
 * A cell has a cap c_k. While E_k <= c_k everywhere, bond k rings no faster than f(c_k, c_{k+1}), f being non-decreasing.
 * A bond owns as many slots of one height h as cover that, the i-th from i h to (i + 1) h:
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

/** From this many particles on a cell has a cap of its own; with fewer, its energy leaves any such cap too soon. */
const OWN_CAPS_FROM: f64 = 8;

/**
 * Energies wander by a fraction of order √n / M in n exchanges. A cell's own cap is 6 M^(-3/4) above its energy, and bounds
 * are set anew when a bond has had 8 √M candidates. With few particles one cap holds for all, M^(-1/2)/2 above the highest
 * energy, and for 4 candidates a cell. Anything from half to twice of each was as good to 3%, M = 8 to 10^5.
 */
const OWN_HEADROOM: f64 = 6;
const OWN_LIFE: f64 = 8;
const COMMON_HEADROOM: f64 = 0.5;
const COMMON_LIFE: f64 = 4;
/** Bounds are not set anew before so many candidates. */
const LEAST_LIFE: f64 = 512;

/** Slots in the table, and the height h of each. */
export let slots: i32 = 0;
export let height: f64 = 0;
/** How far above its energy a cap is put. */
let headroom: f64 = 1;
/** Whether the bounds are those of time 0, raised or not; and what of these `State.keepStart` does not keep. */
let sinceStart: bool = false;
let startSlots: i32 = 0;
let startHeight: f64 = 0;
let startLife: f64 = 0;

export class Bounds {
  /** Rate at which candidates come: that of all bonds at their bounds. */
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

  /** Leaves the bounds of time 0: another model has others. */
  static forget(): void {
    sinceStart = false;
  }

  /** Sets caps and bounds by the present energies. Returns for how many candidates they are meant. */
  static renew(): f64 {
    State.setCap(0, leftTemperature);
    State.setCap(cells + 1, rightTemperature);
    return particles < OWN_CAPS_FROM ? Bounds.renewCommon() : Bounds.renewOwn();
  }

  /** One cap for all cells, one slot for each bond. */
  private static renewCommon(): f64 {
    headroom = 1 + COMMON_HEADROOM / sqrt(particles);
    const cap = headroom * State.highestEnergy();
    for (let k = 1; k <= cells; k++) State.setCap(k, cap);
    height = Rate.inUnits(cap, cap);
    for (let k = 0; k <= cells; k++) State.setRate(k, height);
    Bounds.layOut();
    return max(LEAST_LIFE, COMMON_LIFE * <f64>cells);
  }

  /** A cap for each cell, and slots as bonds need them. */
  private static renewOwn(): f64 {
    const root = sqrt(particles);
    const bonds = <f64>(cells + 1);
    headroom = 1 + OWN_HEADROOM / (root * sqrt(root));
    for (let k = 1; k <= cells; k++) State.setCap(k, headroom * State.energy(k));
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
    if (energy > State.cap(k)) State.setCap(k, headroom * energy);
  }

  /** The rate of bond k with both its cells at their caps. */
  private static highestRate(k: i32): f64 {
    return Rate.inUnits(State.cap(k), State.cap(k + 1));
  }

  /** Adds slots to bond k until they cover this rate. */
  private static cover(k: i32, rate: f64): void {
    let level = State.rate(k);
    while (level < rate) {
      if (slots == slotCapacity) {
        State.setRate(k, level);
        Bounds.coarsen();
        level = State.rate(k);
        continue;
      }
      State.setSlot(slots, level, k);
      slots++;
      level += height;
    }
    State.setRate(k, level);
  }

  /** Makes room: half as many slots, twice as high. No bound sinks. */
  private static coarsen(): void {
    height *= 2;
    Bounds.layOut();
  }

  /** Makes the table anew, so that it covers what stands as the rates of the bonds. */
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
