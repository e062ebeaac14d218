/** Theory and simulation held against each other: the public namespace `verify`. */
import { defineModel, type Model } from "../model.ts";
import type { Report } from "../report/data.ts";
import { cltReport } from "./clt.ts";
import { climb } from "./ladder.ts";
import { llnReport } from "./lln.ts";
import { readVerifyOptions, type VerifyOptions } from "./options.ts";

export type { VerifyOptions, VerifyProgress } from "./options.ts";

/** The standard chain: ten cells, from a profile that leans the wrong way, energy k/11 of the way from T_R to T_L. */
export function standardChain(): Model {
  return defineModel({
    cells: 10,
    particles: 100_000,
    temperatures: [1, 2],
    rate: "sqrt-harmonic",
    initial: Array.from({ length: 10 }, (_, i) => 2 - (i + 1) / 11),
  });
}

/**
 * The law of large numbers (Theorem 1): RMS distance to the limit equation over a ladder of M, and its slope.
 * `model.particles` and `model.timescale` are not used: M comes from the ladder, time is fast. The predictions are those of
 * leading order: with more than about M^2/2 replicas at some M, what is of higher order in 1/M shows as a failure.
 * @throws InvalidInputError listing every fault in the options; AbortedError.
 */
export async function lln(model: Model, options: VerifyOptions = {}): Promise<Report> {
  return llnReport(await climb(model, readVerifyOptions(options)));
}

/**
 * The central limit theorem (Theorem 3): mean and covariance of √M(Θ^M - Θ̄) against 0 and C(t).
 * @throws as `lln`.
 */
export async function clt(model: Model, options: VerifyOptions = {}): Promise<Report> {
  return cltReport(await climb(model, readVerifyOptions(options)));
}

/** Every verification that one ladder serves. */
export async function all(model: Model, options: VerifyOptions = {}): Promise<Report[]> {
  const ladder = await climb(model, readVerifyOptions(options));
  return [llnReport(ladder), cltReport(ladder)];
}
