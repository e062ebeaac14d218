/** What `simulate` and `trajectory` are asked for: schema and defaults. */
import * as z from "zod/mini";
import { METHODS, MOMENTS, type Method, type Moments } from "../kernel.ts";
import {
  after,
  increasingTimes,
  integer,
  optional,
  orElse,
  positive,
  read,
  strict,
  timesList,
  word,
} from "../validate.ts";
import type { Progress } from "./meter.ts";

export const OUTSIDE_CONE = ["error", "follow"] as const;
const LARGEST_SEED = 2n ** 64n - 1n;
const MOST_WORKERS = 1024;

/** What `simulate` is asked for, of an ensemble at given times. */
export interface SimulateOptions<M extends Moments = Moments> {
  /** Independent copies of the process, an integer >= 1. */
  replicas: number;
  /** Observation times, increasing, the first >= 0, in units of the model's timescale. */
  times: ArrayLike<number>;
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** How the process is simulated. Default "exact". */
  method?: Method;
  /** The longest step of "mesoscopic", on the model's timescale. Default: as `tolerance` has it (step.ts). */
  step?: number | undefined;
  /**
   * The weak error that the step of "mesoscopic" may leave: means within this many standard deviations of an energy,
   * covariances within this part of √(C_ii C_jj). Default 1e-3, the standard error over 10^6 replicas.
   */
  tolerance?: number | undefined;
  /**
   * What to do when "mesoscopic" makes an energy negative: "error" (the default) throws LeftConeError; "follow" goes on,
   * at rate "constant" alone, where the equation has a meaning everywhere.
   */
  outsideCone?: (typeof OUTSIDE_CONE)[number] | undefined;
  /** Number of the first replica: replica r has the same path in any ensemble. Default 0. */
  firstReplica?: number;
  /** Keep the energies and currents of every replica. Default false. */
  samples?: boolean;
  /** What to keep of the replicas. Default "covariance". */
  moments?: M;
  /**
   * Workers that share the run, 1 being the thread that calls. Default "auto": as many as there are cores, fewer when a run
   * is too short to be worth starting them. No number depends on it.
   */
  workers?: number | "auto";
  /** Aborts the run: AbortedError with what was finished. */
  signal?: AbortSignal;
  /** Called a few times a second. */
  onProgress?: (progress: Progress) => void;
}

/** What `follow` is asked for. */
export interface FollowOptions extends Pick<SimulateOptions, "step" | "tolerance" | "outsideCone"> {
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** Number of the replica, an integer >= 0. Default 0. */
  replica?: number;
  /** How the process is simulated. Default "exact". */
  method?: Method;
}

/** What `trajectory` is asked for. */
export interface TrajectoryOptions extends FollowOptions {
  /** Observation times, increasing, the first >= 0, in units of the model's timescale. */
  times: ArrayLike<number>;
}

/** Number of a replica. */
export const replicaNumber = integer(0, Number.MAX_SAFE_INTEGER);

const seedExpected = "an integer from 0 to 2^64 - 1";
/** A 64-bit unsigned integer, as a bigint. */
export const seed = orElse(
  after(
    (value) => (Number.isSafeInteger(value) ? BigInt(value as number) : value),
    z
      .bigint({ error: seedExpected })
      .check(z.minimum(0n, { error: seedExpected }), z.maximum(LARGEST_SEED, { error: seedExpected })),
  ),
  0n,
);

/** Workers that share a run. */
export const workers = orElse(
  z.custom<number | "auto">(
    (value) => value === "auto" || (Number.isInteger(value) && value >= 1 && value <= MOST_WORKERS),
    { error: `"auto" or an integer from 1 to ${MOST_WORKERS}` },
  ),
  "auto",
);

/** What aborts a run. */
export const signal = z.instanceof(AbortSignal, { error: "an AbortSignal" });

/** A function that is told of progress. */
export const listener = <P>() => z.custom<(progress: P) => void>((value) => typeof value === "function", "a function");

export const method = orElse(word(METHODS), "exact");

/** What only the equation has. */
export const equation = {
  step: optional(positive("a time")),
  tolerance: optional(positive("a part of the fluctuations")),
  outsideCone: optional(word(OUTSIDE_CONE)),
};

/** A method and what only the equation has. */
export type EquationOptions = { readonly method: Method } & Pick<SimulateOptions, keyof typeof equation>;

/** Refuses what only the equation has, for another method. */
function checkMethod(settled: EquationOptions, context: z.core.$RefinementCtx): void {
  for (const field of Object.keys(equation) as (keyof typeof equation)[]) {
    if (settled[field] === undefined || settled.method === "mesoscopic") continue;
    context.addIssue({ code: "custom", path: [field], message: 'none unless `method` is "mesoscopic"' });
  }
  if (settled.step === undefined || settled.tolerance === undefined) return;
  context.addIssue({ code: "custom", path: ["tolerance"], message: "none beside a `step`, which decides the error" });
}

/** The fields of `simulate`'s options. */
export const simulateShape = {
  replicas: integer(1, Number.MAX_SAFE_INTEGER),
  times: timesList('a list of times, or "stationary"'),
  stationary: optional(z.undefined({ error: 'nothing unless times is "stationary"' })),
  seed,
  method,
  ...equation,
  firstReplica: orElse(replicaNumber, 0),
  samples: orElse(z.boolean({ error: "true or false" }), false),
  moments: orElse(word(MOMENTS), "covariance"),
  workers,
  signal: optional(signal),
  onProgress: optional(listener<Progress>()),
};

/** Refines options: those of the equation go with the equation alone, and the last replica has a number. */
export const refined = <S extends z.ZodMiniType<{ replicas: number; firstReplica: number } & EquationOptions>>(
  schema: S,
) =>
  schema.check(
    z.superRefine(checkMethod),
    z.refine(({ replicas, firstReplica }) => Number.isSafeInteger(firstReplica + replicas), {
      path: ["firstReplica"],
      error: "firstReplica + replicas up to 2^53 - 1",
      when: ({ issues }) => issues.length === 0,
    }),
  );

const simulateSchema = refined(strict(simulateShape));

const followShape = { seed, replica: orElse(replicaNumber, 0), method, ...equation };
const followSchema = strict(followShape).check(z.superRefine(checkMethod));
const trajectorySchema = strict({ times: increasingTimes, ...followShape }).check(z.superRefine(checkMethod));

export type Settled = Omit<z.output<typeof simulateSchema>, "stationary">;

/** @throws InvalidInputError listing every fault. */
export function readSimulateOptions(options: SimulateOptions): Settled {
  return read("options", simulateSchema, options);
}

/** @throws InvalidInputError listing every fault. */
export function readTrajectoryOptions(options: TrajectoryOptions): z.output<typeof trajectorySchema> {
  return read("options", trajectorySchema, options);
}

/** @throws InvalidInputError listing every fault. */
export function readFollowOptions(options: FollowOptions): z.output<typeof followSchema> {
  return read("options", followSchema, options);
}
