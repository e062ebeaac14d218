/** The public entries: the growth of e^{M λ Q} measured by populations of clones, and the replay of its certificate. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import { type AbortSignalLike, beforeRun, signal } from "../aborts.ts";
import { coverage, type Block } from "../ensemble/alignedTree.ts";
import { listener, numberedReplicas, replicaNumber, seed, workers } from "../ensemble/commonOptions.ts";
import type { Replay } from "../ensemble/simulate.ts";
import type { Ran } from "../ensemble/workerPool.ts";
import { AbortedError, describe, InvalidInputError } from "../errors.ts";
import { withJson } from "../json.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { type Progress, ProgressMeter } from "../progress.ts";
import { expressionOf } from "../rate/expression.ts";
import { currentLargeDeviations } from "../theory/largeDeviations/current.ts";
import { after, integer, LARGEST, optional, orElse, plainArray, positive, read, strict } from "../validate.ts";
import { certifiedFields, engineFields } from "./certificate.ts";
import { expectedEvents } from "./cost.ts";
import { growthOf } from "./growth.ts";
import { RareKernel } from "./kernel.ts";
import { checkExchange } from "./method.ts";
import { rareModule } from "./module.ts";
import type { ClonesPlan } from "./run.ts";
import { runPlan, type Finished } from "./runPlan.ts";

/** Options of `currentStatistics`. */
export interface CurrentStatisticsOptions {
  /** λ, conjugate to M times the carried energy: between -1/T_R and 1/T_L. */
  lambdas: ArrayLike<number>;
  /** Clones of a population, an integer >= 2. Default 400. What a finite population misses falls as its inverse. */
  clones?: number;
  /** The time over which growth is measured, in units of the model's timescale. Default 20 of the fast timescale. */
  time?: number;
  /** The time before. Default a quarter of it. */
  burnIn?: number;
  /** The time between two resamplings. Default 0.02 of the fast timescale; both times are rounded to whole numbers of it. */
  interval?: number;
  /** Independent populations for each λ, an integer >= 2. Default 8. All λ have the same streams. */
  replicas?: number;
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** Number of the first population. Default 0. */
  firstReplica?: number;
  /** Workers that share the run, 1 being the thread that calls. Default "auto". No number depends on it. */
  workers?: number | "auto";
  /** Aborts the run: AbortedError with the λ that were finished. Null is none. */
  signal?: AbortSignalLike | null | undefined;
  /** Called a few times a second. Replicas are populations, of all λ. */
  onProgress?: (progress: Progress) => void;
}

/** What was measured: a number for each λ. */
export interface CurrentStatisticsResult {
  /** λ, as given. */
  readonly lambdas: Float64Array;
  /** e_M(λ)/M, e_M the growth rate of E[e^{M λ Q}] in fast time. */
  readonly values: Float64Array;
  /** Their standard errors, from the differences between populations. */
  readonly standardErrors: Float64Array;
  /** (Σw)²/Σw² of a population at its resamplings, on average: the nearer to the number of clones, the better they are guided. */
  readonly effectiveClones: Float64Array;
  /** ψ(λ), the limit of e_M/M, at the fixed point that guides the clones (`theory.currentLargeDeviations`). */
  readonly psi: Float64Array;
  /** True where a chain that can freeze has ψ = 0 in times long beside e^{cM}, which clones that are guided do not see. */
  readonly frozen: readonly boolean[];
  /** Exchanges in all clones. */
  readonly events: number;
  /** The run and the fingerprint of its result. */
  readonly certificate: CurrentStatisticsCertificate;
  /** Where the run was made. No other field depends on it. */
  readonly ran: Ran;
}

/** A run and the fingerprint of its result. Plain data. */
export interface CurrentStatisticsCertificate {
  /** Version of the package. */
  readonly mesoflux: string;
  /** Version of its random streams. */
  readonly stream: number;
  /** sha256 of its engine, before the model's rate is put in. */
  readonly wasm: string;
  /** The model. */
  readonly model: Model;
  /** The λ that are in the result. */
  readonly lambdas: readonly number[];
  /** Clones of a population. */
  readonly clones: number;
  /** The measured time. */
  readonly time: number;
  /** The time before. */
  readonly burnIn: number;
  /** The time between two resamplings. */
  readonly interval: number;
  /** Decimal digits, since JSON has no 64-bit integers. */
  readonly seed: string;
  /** Number of the first population. */
  readonly firstReplica: number;
  /** Populations for each λ. */
  readonly replicas: number;
  /** sha256 of the sums over populations, λ by λ, little-endian. */
  readonly result: string;
}

const MOST_INTERVALS = 2 ** 31 - 1;
const timeExpected = "a time from 0 on";

const schema = strict({
  lambdas: after(
    plainArray,
    z
      .array(z.number({ error: "a finite number" }), { error: "a list of numbers" })
      .check(z.minLength(1, { error: "one number at least" })),
  ),
  clones: orElse(integer(2, 1_000_000), 400),
  time: optional(positive("a time")),
  burnIn: optional(
    z
      .number({ error: timeExpected })
      .check(z.gte(0, { error: timeExpected }), z.maximum(LARGEST, { error: timeExpected })),
  ),
  interval: optional(positive("a time")),
  replicas: orElse(integer(2, Number.MAX_SAFE_INTEGER), 8),
  seed,
  firstReplica: orElse(replicaNumber, 0),
  workers,
  signal,
  onProgress: optional(listener<Progress>()),
}).check(numberedReplicas);

/** Units of fast time: how long is measured, and the time between two resamplings. */
const DEFAULT_TIME = 20;
const DEFAULT_INTERVAL = 0.02;

/**
 * The scaled cumulant generating function of the current at a finite number of particles, e_M(λ)/M = lim (1/(M t)) log E[e^{M λ Q_t}]
 * in fast time, from populations of clones that the theory's fixed point guides (THEORY 12.7). Hardly any clone is lost, so that 400
 * of them and a time of 20 give four digits. Of a chain that freezes (rates that vanish with an energy) it is the growth in
 * times short beside e^{cM}.
 *
 * The result depends on the model and on all options but the last three alone, bit for bit, on every engine.
 * @throws InvalidInputError listing every fault, for a λ outside of -1/T_R < λ < 1/T_L, and for an "exponential" bath with M >= 2, whose
 *   e^{M λ Q} has no mean; OutOfMemoryError; AbortedError, with the λ that were finished as `partial`, when `signal` aborts;
 *   WorkerError; and what `theory.currentLargeDeviations` throws.
 */
export async function currentStatistics(
  input: ModelInput,
  options: CurrentStatisticsOptions,
): Promise<CurrentStatisticsResult> {
  const model = defineModel(input);
  const settings = read("options", schema, options);
  const unit = model.timescale === "fast" ? 1 : model.particles;
  const { lambdas, clones, firstReplica, replicas, interval = DEFAULT_INTERVAL * unit } = settings;
  const { time = DEFAULT_TIME * unit, burnIn = time / 4 } = settings;
  checkExchange(model);
  checkDomain(model, lambdas);
  const measured = Math.max(1, Math.round(time / interval));
  const unmeasured = Math.round(burnIn / interval);
  if (measured + unmeasured > MOST_INTERVALS) {
    const got = `${measured + unmeasured} of them`;
    throw new InvalidInputError("options", [{ field: "interval", expected: "at most 2^31 - 1 intervals in all", got }]);
  }
  const { momenta, energies, frozen, fixedPoint } = currentLargeDeviations(model, lambdas);
  const module = await beforeRun(settings.signal, replicas * lambdas.length, () => rareModule(model));
  const kernel = await RareKernel.of(module);
  const span = { first: firstReplica, replicas };
  const meter = new ProgressMeter(replicas * lambdas.length, settings.onProgress);
  const finished: Finished[] = [];

  const resultOf = (): CurrentStatisticsResult => {
    const done = finished.length;
    const growths = finished.map(({ block }) => growthOf(block));
    const fastTime = (measured * interval) / unit;
    const scaled = (value: number) => value / (model.particles * fastTime);
    return withJson({
      lambdas: Float64Array.from(lambdas.slice(0, done)),
      values: Float64Array.from(growths, ({ mean }) => scaled(mean)),
      standardErrors: Float64Array.from(growths, ({ error }) => scaled(error)),
      effectiveClones: Float64Array.from(growths, ({ effectiveClones }) => effectiveClones),
      psi: fixedPoint.psi.slice(0, done),
      frozen: frozen.slice(0, done),
      events: growths.reduce((sum, { events }) => sum + events, 0),
      certificate: {
        ...{ ...engineFields, model, lambdas: lambdas.slice(0, done), clones, time, burnIn, interval },
        ...{ seed: String(settings.seed), ...coverage([span]) },
        result: fingerprintOf(finished.map(({ block }) => block)),
      },
      ran: finished[0].ran,
    });
  };

  for (const [i, lambda] of lambdas.entries()) {
    const own = (numbers: Float64Array) => numbers.slice(i * model.cells, (i + 1) * model.cells);
    const intervals = measured + unmeasured;
    const plan: ClonesPlan = {
      ...{ kind: "clones", model, tables: expressionOf(model).tables, seed: settings.seed, span },
      population: {
        ...{ clones, interval, intervals, burnIn: unmeasured, lambda, momenta: own(momenta), energies: own(energies) },
      },
      events: clones * expectedEvents(model, own(energies), intervals * interval),
    };
    const { finished: whole, aborted } = await runPlan(kernel, plan, settings, [span], meter);
    if (aborted) {
      const partial = finished.length > 0 ? resultOf() : undefined;
      throw new AbortedError(partial, meter.finished, replicas * lambdas.length, { cause: settings.signal?.reason });
    }
    finished.push(whole!);
  }
  meter.report();
  return resultOf();
}

function checkDomain({ temperatures: [T_L, T_R] }: Model, lambdas: readonly number[]): void {
  const expected = `a number between -1/T_R and 1/T_L, ${-1 / T_R} and ${1 / T_L}`;
  const problems = lambdas.flatMap((lambda, i) =>
    lambda * T_L < 1 && lambda * T_R > -1 ? [] : [{ field: `lambdas[${i}]`, expected, got: describe(lambda) }],
  );
  if (problems.length > 0) throw new InvalidInputError("options", problems);
}

function fingerprintOf(blocks: readonly Block[]): string {
  const hash = sha256.create();
  for (const { buffer, byteOffset, byteLength } of blocks) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return bytesToHex(hash.digest());
}

const certificateSchema = z.object(
  {
    ...certifiedFields("`currentStatistics`"),
    lambdas: z.array(z.number({ error: "a number" }), { error: "a list of numbers" }),
    clones: z.number({ error: "a number of clones" }),
    time: z.number({ error: "a time" }),
    burnIn: z.number({ error: "a time" }),
    interval: z.number({ error: "a time" }),
  },
  { error: "a certificate as `currentStatistics` gives it" },
);

/**
 * Repeats the run of a certificate.
 * @throws InvalidInputError when it is none, or of another stream version; and what `currentStatistics` throws.
 */
export async function replayCurrentStatistics(
  certificate: CurrentStatisticsCertificate,
  options: Pick<CurrentStatisticsOptions, "workers" | "signal" | "onProgress"> = {},
): Promise<Replay> {
  const fields = read("certificate", certificateSchema, certificate);
  const { lambdas, clones, time, burnIn, interval, firstReplica, replicas, result: certified } = fields;
  const run = { lambdas, clones, time, burnIn, interval, firstReplica, replicas, seed: BigInt(fields.seed) };
  const { certificate: found } = await currentStatistics(fields.model, { ...run, ...options });
  return { same: found.result === certified, certified, found: found.result };
}
