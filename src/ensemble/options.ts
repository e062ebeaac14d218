/** The options of `simulate`, `trajectory` and `follow`: schemas and defaults. */
import * as z from "zod/mini";
import { type AbortSignalLike, signal } from "../aborts.ts";
import { METHODS, MOMENTS, type Method, type Moments } from "../kernel.ts";
import { increasingTimes, integer, optional, orElse, positive, read, strict, timesList, word } from "../validate.ts";
import type { Progress } from "../progress.ts";
import { listener, numberedReplicas, replicaNumber, seed, workers } from "./commonOptions.ts";

export const OUTSIDE_CONE = ["error", "follow"] as const;

/** Options of `simulate` for an ensemble at given times. */
export interface SimulateOptions<M extends Moments = Moments> {
  /** Independent copies of the process, an integer >= 1. */
  replicas: number;
  /** Observation times, increasing, the first >= 0, in units of the model's timescale. */
  times: ArrayLike<number>;
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** The method of simulation. Default "exact". */
  method?: Method;
  /** The longest step of "mesoscopic", on the model's timescale. Default: as `tolerance` has it (mesoscopicStep.ts). */
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
  /** Keep the energies of every replica, and what its bonds transferred. Default false. */
  samples?: boolean;
  /**
   * Keep W_f of every replica, too: beside `samples`, by "exact" or "direct", not in run folders. W_f is 0 where disks
   * collide, whose rate is the same before and after. Default false.
   */
  rateRatio?: boolean;
  /** The moments to keep. Default "covariance". */
  moments?: M;
  /**
   * Workers that share the run, 1 being the thread that calls. All runs together have as many as there are cores, or as
   * `configure` allows. Default "auto": all of those, fewer when a run is too short to be worth starting them. No number
   * depends on it.
   */
  workers?: number | "auto";
  /** Aborts the run: AbortedError with what was finished. Null is none. */
  signal?: AbortSignalLike | null | undefined;
  /** Called a few times a second. */
  onProgress?: (progress: Progress) => void;
}

/** The times at which each replica of a steady state is measured, in units of the model's timescale. */
export interface LookOptions {
  /** Time from the start at E* to the first measurement, >= 0. Default: what is left of the start is lost in the errors. */
  burnIn?: number;
  /** Measurements of each replica, an integer from 2 on. Default 16. */
  looks?: number;
  /** Time between two measurements, above 0. Default half of the slowest mode's time, 1/2 over `theory.slowestRate`. */
  spacing?: number;
}

/** Options of `simulate` for the steady state. */
export interface SteadyStateOptions extends Omit<
  SimulateOptions,
  "replicas" | "times" | "samples" | "rateRatio" | "moments"
> {
  /** Independent copies of the process, an integer >= 2: errors come from their differences. */
  replicas: number;
  /** Asks for the steady state. */
  times: "stationary";
  /** The times of the measurements. Default: as `LookOptions` says. */
  stationary?: LookOptions;
}

/** Options of `follow`. */
export interface FollowOptions extends Pick<SimulateOptions, "step" | "tolerance" | "outsideCone"> {
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** Number of the replica, an integer >= 0. Default 0. */
  replica?: number;
  /** The method of simulation. Default "exact". */
  method?: Method;
}

/** Options of `trajectory`. */
export interface TrajectoryOptions extends FollowOptions {
  /** Observation times, increasing, the first >= 0, in units of the model's timescale. */
  times: ArrayLike<number>;
  /** Aborts it: AbortedError. Null is none. */
  signal?: AbortSignalLike | null | undefined;
}

export const method = orElse(word(METHODS), "exact");

/** Options of the mesoscopic equation alone. */
export const equation = {
  step: optional(positive("a time")),
  tolerance: optional(positive("a part of the fluctuations")),
  outsideCone: optional(word(OUTSIDE_CONE)),
};

/** A method, and the options of the equation. */
export type EquationOptions = { readonly method: Method } & Pick<SimulateOptions, keyof typeof equation>;

/** Refuses options of the equation for another method. */
function checkMethod(settled: EquationOptions, context: z.core.$RefinementCtx): void {
  for (const field of Object.keys(equation) as (keyof typeof equation)[]) {
    if (settled[field] === undefined || settled.method === "mesoscopic") continue;
    context.addIssue({ code: "custom", path: [field], message: 'none unless `method` is "mesoscopic"' });
  }
  if (settled.step === undefined || settled.tolerance === undefined) return;
  context.addIssue({ code: "custom", path: ["tolerance"], message: "none beside a `step`, which decides the error" });
}

const flag = orElse(z.boolean({ error: "true or false" }), false);

/** The fields of `simulate`'s options. */
export const simulateShape = {
  replicas: integer(1, Number.MAX_SAFE_INTEGER),
  times: timesList('a list of times, or "stationary"'),
  stationary: optional(z.undefined({ error: 'nothing unless times is "stationary"' })),
  seed,
  method,
  ...equation,
  firstReplica: orElse(replicaNumber, 0),
  samples: flag,
  rateRatio: flag,
  moments: orElse(word(MOMENTS), "covariance"),
  workers,
  signal,
  onProgress: optional(listener<Progress>()),
};

/** Refines options: those of the equation go with the equation alone, and the last replica has a number. */
export const refined = <S extends z.ZodMiniType<{ replicas: number; firstReplica: number } & EquationOptions>>(
  schema: S,
) => schema.check(z.superRefine(checkMethod), numberedReplicas);

const ensembleSchema = refined(strict(simulateShape)).check(
  z.refine(({ rateRatio, samples, method }) => !rateRatio || (samples && method !== "mesoscopic"), {
    path: ["rateRatio"],
    error: 'nothing without `samples: true` and the method "exact" or "direct", which have events',
    when: ({ issues }) => issues.length === 0,
  }),
);

/** More measurements say little: they are far less than the slowest mode's time apart, or the run is one long path. */
const MOST_LOOKS = 2 ** 20;

const waitExpected = "a time from 0 to 1e60";

const looksSchema = strict({
  burnIn: optional(
    z
      .number({ error: waitExpected })
      .check(z.minimum(0, { error: waitExpected }), z.maximum(1e60, { error: waitExpected })),
  ),
  looks: orElse(integer(2, MOST_LOOKS), 16),
  spacing: optional(positive("a time")),
});

const absent = (why: string) => optional(z.undefined({ error: `nothing beside times: "stationary": ${why}` }));

const steadyStateSchema = refined(
  strict({
    ...simulateShape,
    replicas: integer(2, Number.MAX_SAFE_INTEGER),
    times: z.literal("stationary"),
    stationary: z.prefault(looksSchema, {}),
    samples: absent("replicas are summed up, none is kept"),
    rateRatio: absent("it goes with samples"),
    moments: absent("means and covariances are always kept"),
  }),
);

const followShape = { seed, replica: orElse(replicaNumber, 0), method, ...equation };
const followSchema = strict(followShape).check(z.superRefine(checkMethod));
const trajectorySchema = strict({ times: increasingTimes, ...followShape, signal }).check(z.superRefine(checkMethod));

/** Settings of an ensemble at given times: options with their defaults filled in. */
export type EnsembleSettings = Omit<z.output<typeof ensembleSchema>, "stationary">;
/** Settings of a steady state. */
export type SteadyStateSettings = z.output<typeof steadyStateSchema>;
export type RunSettings = EnsembleSettings | SteadyStateSettings;

/** True if the options ask for a steady state. */
export function isStationary(options: unknown): options is SteadyStateOptions {
  return (options as Partial<SteadyStateOptions> | null | undefined)?.times === "stationary";
}

/** @throws InvalidInputError listing every fault. */
export function readRunOptions(options: SimulateOptions | SteadyStateOptions): RunSettings {
  return isStationary(options) ? read("options", steadyStateSchema, options) : read("options", ensembleSchema, options);
}

/** @throws InvalidInputError listing every fault. */
export function readTrajectoryOptions(options: TrajectoryOptions): z.output<typeof trajectorySchema> {
  return read("options", trajectorySchema, options);
}

/** @throws InvalidInputError listing every fault. */
export function readFollowOptions(options: FollowOptions): z.output<typeof followSchema> {
  return read("options", followSchema, options);
}
