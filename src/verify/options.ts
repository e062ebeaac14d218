/** What a verification is asked for: schema and defaults. */
import * as z from "zod";
import { listener, seed, signal } from "../ensemble/options.ts";
import { MOST_PARTICLES } from "../model.ts";
import { increasingTimes, integer, read, strict } from "../validate.ts";

/** How far a verification is. */
export interface VerifyProgress {
  /** What is being simulated. */
  readonly stage: string;
  /** Part of the expected work that is done, 0 to 1, and seconds since it began. */
  readonly done: number;
  readonly seconds: number;
}

export interface VerifyOptions {
  /** The ladder of M, increasing. Default 10^2, 10^3, 10^4, 10^5. */
  particles?: readonly number[];
  /** Replicas at each M: one number for all or one each, at least 512. Default 2048, 4096, 2048, 512, or 1024 for all. */
  replicas?: number | readonly number[];
  /** Observation times, increasing and positive, on the fast timescale. Default 0.25, 0.5, 1. */
  times?: readonly number[];
  seed?: bigint | number;
  signal?: AbortSignal;
  onProgress?: (progress: VerifyProgress) => void;
}

/** Below this the tails of a sample covariance are too heavy for the false-alarm rates that the checks state. */
export const FEWEST_REPLICAS = 512;

const STANDARD_LADDER = [100, 1000, 10_000, 100_000];
const STANDARD_REPLICAS = [2048, 4096, 2048, 512];

const replicaCount = integer(FEWEST_REPLICAS, Number.MAX_SAFE_INTEGER);

const schema = strict({
  particles: z
    .array(integer(1, MOST_PARTICLES), { error: "a list of numbers of particles" })
    .min(2, { error: "two numbers of particles at least: a slope needs them" })
    .refine((list) => list.every((M, i) => i === 0 || M > list[i - 1]), { error: "increasing numbers of particles" })
    .default(STANDARD_LADDER),
  replicas: z
    .union([replicaCount, z.array(replicaCount)], {
      error: `replicas, ${FEWEST_REPLICAS} or more, for all M or for each`,
    })
    .optional(),
  times: increasingTimes
    .refine((times) => times[0] > 0, { error: "times above 0: at time 0 nothing has happened" })
    .default([0.25, 0.5, 1]),
  seed,
  signal: signal.optional(),
  onProgress: listener<VerifyProgress>().optional(),
}).refine(({ particles, replicas }) => !Array.isArray(replicas) || replicas.length === particles.length, {
  path: ["replicas"],
  error: "as many numbers of replicas as there are numbers of particles",
});

export interface Settled extends Omit<z.output<typeof schema>, "replicas"> {
  /** One for each M. */
  readonly replicas: readonly number[];
}

/** @throws InvalidInputError listing every fault. */
export function readVerifyOptions(options: VerifyOptions): Settled {
  const settled = read("options", schema, options);
  const replicas = settled.replicas ?? (options.particles === undefined ? STANDARD_REPLICAS : 1024);
  return { ...settled, replicas: typeof replicas === "number" ? settled.particles.map(() => replicas) : replicas };
}
