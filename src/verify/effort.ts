/** The amounts that are simulated: sizes of samples for a thorough verification, for a quick one, and within a number of events. */
import type { Model } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { slowestRate } from "../theory/stationary.ts";
import { hottestRate } from "../theory/units.ts";

export interface Effort {
  /** Observation times. */
  readonly times: readonly number[];
  /** The ladder of M, and replicas on its rungs. M = 1000 has the most: there the misprints are told apart. */
  readonly particles: readonly number[];
  readonly replicas: readonly number[];
  /** Replicas of the first increments. */
  readonly increments: number;
  /** Replicas and M of the steady states; M is small because it multiplies the cost of reaching them. */
  readonly steady: { readonly replicas: number; readonly particles: number };
  /** Events in each simulation of a current. */
  readonly currentEvents: number;
  /** Replicas of the small chain on which time reversal is tried. */
  readonly reversals: number;
  /** Paths of each short chain on which the fluctuation theorem is tried. */
  readonly paths: number;
  /** Replicas of the mesoscopic equation at the largest M; and of the process beside it, with twice as many of it. */
  readonly equations: number;
  readonly pairs: number;
  /** Replicas of one cell whose tails are known. */
  readonly tails: number;
  /** Shares drawn at each M. */
  readonly shares: number;
  /** Events that one simulation of a steady state, or of the process beside the equation, may take. */
  readonly budget: number;
  /** Third cumulants have N³/6 entries; longer chains are compared with the leading order of the covariance. */
  readonly cumulantCells: number;
}

const COMMON = { times: [0.25, 0.5, 1], budget: 4e9, cumulantCells: 50 };

export const EFFORTS: Readonly<Record<"full" | "quick", Effort>> = {
  full: {
    ...COMMON,
    particles: [100, 1000, 10_000, 100_000],
    replicas: [4096, 16_384, 4096, 512],
    increments: 131_072,
    steady: { replicas: 768, particles: 300 },
    currentEvents: 1e8,
    reversals: 32_768,
    paths: 400_000,
    equations: 16_384,
    pairs: 65_536,
    tails: 65_536,
    shares: 1_048_576,
  },
  quick: {
    ...COMMON,
    particles: [100, 1000, 10_000],
    replicas: [2048, 6144, 512],
    increments: 32_768,
    steady: { replicas: 512, particles: 100 },
    currentEvents: 1.5e7,
    reversals: 8192,
    paths: 50_000,
    equations: 4096,
    pairs: 16_384,
    tails: 16_384,
    shares: 262_144,
  },
};

/** In chains longer than this M = 10 000 leaves time for a moment only. */
const SHORT_CHAIN = 50;
const LADDERS = {
  short: { particles: [100, 1000, 10_000], replicas: [2048, 2048, 512], increments: 8192 },
  long: { particles: [100, 1000], replicas: [512, 2048], increments: 2048 },
};

/**
 * The sizes that keep each of `lln`, `clt`, `fourier` and `mesoscopic` within about so many events: the time of the slowest
 * mode, or as much of it as the ladder can afford, and what else there is to afford then.
 */
export function effortWithin(events: number, model: Model): Effort {
  const pace = (model.cells + 1) * hottestRate(model, initialEnergies(model));
  const ladder = LADDERS[model.cells > SHORT_CHAIN ? "long" : "short"];
  const observations = ladder.particles.reduce((sum, M, i) => sum + M * ladder.replicas[i], 0);
  const time = Number(Math.min(1 / slowestRate(model), events / (observations * pace)).toPrecision(2));
  return {
    ...EFFORTS.quick,
    ...ladder,
    times: [time / 4, time / 2, time],
    currentEvents: events / 6,
    pairs: Math.floor(Math.min(16_384, Math.max(512, events / (2000 * pace * time)))),
    budget: events / 3,
    cumulantCells: 24,
  };
}
