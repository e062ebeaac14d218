/**
 * The rate of collisions while the cells have the energies E1, E2. The paper: min{E1, E2} where that is small, its root in
 * the remark of section 2.2. By Liouville's theorem it is the contact constant times <g>(E1, E2) on average (BILLIARDS 6.1).
 *
 * On a closed table of two cells E1 + E2 = Et is fixed and E1/Et ~ Beta(M, M): the time that replicas spend with the smaller
 * energy in a bin is known, and the rate there is the count of collisions over it.
 */
import { meanRelativeSpeed } from "../../theory/billiards/relativeSpeed.ts";
import { cellEnergyCdf } from "../../theory/billiards/stationary.ts";
import type { Comparison } from "../measure/check.ts";
import { against, ratioOf, spent, summed } from "./ratios.ts";
import { rateOf, TOTAL, type TwoCells } from "./twoCells.ts";

/** Ends of the bins of the smaller energy; the mean energy of a cell is 1. */
const ENDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1];
/** Ends of two bins in which the smaller energy is small beside 1. */
const COLD = [0.005, 0.03, 0.1] as const;
/** Parts of a bin for integrals over it. */
const PARTS = 64;

/** One bin of the smaller energy. */
export interface Bin {
  /** Its mean over the time spent in the bin. */
  readonly smaller: number;
  /** Collisions expected in each part. */
  readonly expected: number;
  /** The rate against the contact constant times the mean of <g>. */
  readonly right: Comparison;
  /** Means of √min and of min over the bin, over those over all states. */
  readonly root: number;
  readonly linear: number;
}

export interface HeldRates {
  readonly particles: number;
  /** The rate whatever the energies. */
  readonly overall: number;
  readonly bins: readonly Bin[];
  readonly exponent: Exponent;
}

/** The exponent q of a rate min^q where min is small. */
export interface Exponent {
  /** Predicted: of the rates that kinetic theory has there. */
  readonly right: Comparison;
  /** Of the rate √min. */
  readonly root: number;
}

export function heldRatesOf(cells: TwoCells): HeldRates {
  const { particles } = cells.table;
  const whole = over(particles, 0, 1);
  const bins = ENDS.slice(1).map((high, b) => binOf(cells, ENDS[b], high, whole));
  return {
    particles,
    overall: rateOf(cells).measured,
    // Counts below one a replica are too skew for the errors (measure/check.ts).
    bins: bins.filter(({ expected }) => expected >= 1),
    exponent: exponentOf(binOf(cells, COLD[0], COLD[1], whole), binOf(cells, COLD[1], COLD[2], whole)),
  };
}

function binOf(cells: TwoCells, low: number, high: number, whole: Means): Bin {
  const { table, constant, events, parts, time } = cells;
  const { energies } = events;
  const { weight, speed, smaller, root } = over(table.particles, low, high);
  const isIn = (i: number) => {
    const least = Math.min(energies[2 * i], energies[2 * i + 1]);
    return least > low && least <= high ? 1 : 0;
  };
  const rate = ratioOf(summed(cells, isIn), spent(cells, weight));
  return {
    smaller,
    expected: (time / parts) * weight * constant.value * speed,
    right: against(rate, constant.value * speed, constant.error / constant.value),
    root: root / whole.root,
    linear: smaller / whole.smaller,
  };
}

type Means = ReturnType<typeof over>;

/** Means over the states whose smaller energy is in a bin, and the part of all states that they are. */
function over(M: number, low: number, high: number) {
  const below = (x: number) => cellEnergyCdf(2, M, x / TOTAL);
  const weight = 2 * (below(high) - below(low));
  let [total, speed, smaller, root] = [0, 0, 0, 0];
  for (let i = 0; i < PARTS; i++) {
    const [from, to] = [low + ((high - low) * i) / PARTS, low + ((high - low) * (i + 1)) / PARTS];
    const part = below(to) - below(from);
    const x = (from + to) / 2;
    total += part;
    speed += part * meanRelativeSpeed(M, x, TOTAL - x);
    smaller += part * x;
    root += part * Math.sqrt(x);
  }
  return { weight, speed: speed / total, smaller: smaller / total, root: root / total };
}

/** q of a rate c min^q, with any c, from two cold bins; that of √min is not quite 1/2, because bins are wide. */
function exponentOf(colder: Bin, cold: Bin): Exponent {
  const width = Math.log(cold.smaller / colder.smaller);
  const exponent = (of: (bin: Bin) => number) => Math.log(of(cold) / of(colder)) / width;
  const relative = ({ right: { measured, standardError } }: Bin) => standardError / measured;
  return {
    right: {
      predicted: exponent(({ right }) => right.predicted),
      measured: exponent(({ right }) => right.measured),
      standardError: Math.hypot(relative(cold), relative(colder)) / width,
    },
    root: exponent(({ root }) => root),
  };
}
