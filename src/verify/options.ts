/** The options of a verification: schema and defaults. */
import * as z from "zod/mini";
import { type AbortSignalLike, signal } from "../aborts.ts";
import { describe, InvalidInputError } from "../errors.ts";
import { listener, seed, workers } from "../ensemble/commonOptions.ts";
import { MOST_PARTICLES, type Model } from "../model.ts";
import type { Report } from "../report/data.ts";
import { increasingTimes, integer, optional, orElse, positive, read, strict } from "../validate.ts";
import { EFFORTS, type Effort, effortWithin } from "./effort.ts";

/** The progress of a verification. */
export interface VerifyProgress {
  /** The simulation that runs now. */
  readonly stage: string;
  /** Part of the expected work that is done, 0 to 1. */
  readonly done: number;
  /** Seconds since it began. */
  readonly seconds: number;
}

/** Options of a verification. */
export interface VerifyOptions {
  /** A third of the time: smaller samples, which find larger defects only. Default false. */
  quick?: boolean;
  /**
   * About how many events each of `lln`, `clt`, `fourier` and `mesoscopic` may take, at 15 to 20 ns of a core: the defaults
   * below follow from it and from the model, and what it does not allow is named in the notes. Default: as `quick` says.
   */
  events?: number;
  /** The ladder of M, increasing. Default 10^2, 10^3, 10^4, 10^5, or 10^2, 10^3, 10^4 if `quick`. */
  particles?: readonly number[];
  /** Replicas at each M: one number for all or one each, at least 512. Default: see effort.ts; 1024 beside `particles`. */
  replicas?: number | readonly number[];
  /** Observation times, increasing and positive, on the fast timescale. Default 0.25, 0.5, 1. */
  times?: readonly number[];
  /**
   * Events that one simulation of a steady state may take; slow chains need more. Default 4e9, a minute or two, or a third of
   * `events`.
   */
  budget?: number;
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** Workers that share each simulation, as in `simulate`. Default "auto". */
  workers?: number | "auto";
  /** Aborts the verification: AbortedError. */
  signal?: AbortSignalLike | null | undefined;
  /** Called a few times a second. */
  onProgress?: (progress: VerifyProgress) => void;
  /** Called with each report as soon as it is made. */
  onReport?: (report: Report) => void;
}

/** Below this the tails of a sample covariance are too heavy for the false-alarm rates that the checks state. */
export const FEWEST_REPLICAS = 512;

const replicaCount = integer(FEWEST_REPLICAS, Number.MAX_SAFE_INTEGER);

const schema = strict({
  quick: orElse(z.boolean({ error: "true or false" }), false),
  events: optional(positive("a number of events")),
  particles: optional(
    z.array(integer(1, MOST_PARTICLES), { error: "a list of numbers of particles" }).check(
      z.minLength(2, { error: "two numbers of particles at least: a slope needs them" }),
      z.refine((list) => list.every((M, i) => i === 0 || M > list[i - 1]), {
        error: "increasing numbers of particles",
      }),
    ),
  ),
  replicas: optional(
    z.union([replicaCount, z.array(replicaCount)], {
      error: `replicas, ${FEWEST_REPLICAS} or more, for all M or for each`,
    }),
  ),
  times: optional(
    increasingTimes.check(
      z.refine((times) => times[0] > 0, { error: "times above 0: at time 0 nothing has happened" }),
    ),
  ),
  budget: optional(positive("a number of events")),
  seed,
  workers,
  signal,
  onProgress: optional(listener<VerifyProgress>()),
  onReport: optional(listener<Report>()),
});

export interface Settled extends Pick<
  z.output<typeof schema>,
  "seed" | "workers" | "signal" | "onProgress" | "onReport"
> {
  readonly particles: readonly number[];
  /** One for each M. */
  readonly replicas: readonly number[];
  readonly times: readonly number[];
  readonly budget: number;
  /** The sizes of the other samples. */
  readonly effort: Effort;
}

/**
 * @param model on the fast timescale.
 * @throws InvalidInputError listing every fault.
 */
export function readVerifyOptions(options: VerifyOptions, model: Model): Settled {
  const { quick, events, ...settled } = read("options", schema, options);
  const effort = events !== undefined ? effortWithin(events, model) : quick ? EFFORTS.quick : EFFORTS.full;
  const { particles = effort.particles, times = effort.times, budget = effort.budget } = settled;
  const replicas = settled.replicas ?? (settled.particles === undefined ? effort.replicas : 1024);
  if (typeof replicas !== "number" && replicas.length !== particles.length) {
    const expected = "as many numbers of replicas as there are numbers of particles";
    throw new InvalidInputError("options", [{ field: "replicas", expected, got: describe(replicas) }]);
  }
  return {
    ...settled,
    particles,
    replicas: typeof replicas === "number" ? particles.map(() => replicas) : replicas,
    times,
    budget,
    effort,
  };
}
