/** The public entries: the probability of a rare event, and the replay of its certificate. */
import { beforeRun } from "../aborts.ts";
import { coverage, type Span } from "../ensemble/alignedTree.ts";
import type { Replay } from "../ensemble/simulate.ts";
import type { Ran } from "../ensemble/workerPool.ts";
import { AbortedError } from "../errors.ts";
import { withJson } from "../json.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { ProgressMeter } from "../progress.ts";
import { expressionOf } from "../rate/expression.ts";
import { thresholdOf } from "../theory/largeDeviations/event.ts";
import { instanton } from "../theory/largeDeviations/instanton.ts";
import { startOf } from "../theory/largeDeviations/start.ts";
import { certify, requestOf, type RareEventCertificate } from "./certificate.ts";
import type { RareEventEstimate } from "./estimate.ts";
import { gaussianOf } from "./gaussian.ts";
import { guideAlong, noGuide } from "./guide.ts";
import { RareKernel } from "./kernel.ts";
import { methodFor } from "./method.ts";
import { rareModule } from "./module.ts";
import { readRareEventOptions, type RareEventOptions } from "./options.ts";
import { checkPlainly, MOST_DEVIATIONS, type PlainCheck } from "./plainCheck.ts";
import type { RarePlan } from "./run.ts";
import { expectedEvents } from "./cost.ts";
import { runPlan, type Finished, type FinishedPaths } from "./runPlan.ts";
import { doubtsOf } from "./trust.ts";
import { BLOCK, probabilityOf, weigh } from "./weights.ts";

/** The probability of an event, from weighed paths. */
export interface RareEventResult extends RareEventEstimate {
  /**
   * Why the error bar should not be trusted; empty where nothing speaks against it. One path with more than 5% of the sum of
   * weights, an effective sample size below 100, a variance known to no better than a half, or a plain simulation that is
   * more than 4 standard errors away.
   */
  readonly warnings: readonly string[];
  /**
   * The plain simulation that the estimate was held against, with replicas of its own, seed + 2^63; none where it would not
   * see 20 events in as many replicas as there are paths, or was not asked for.
   */
  readonly check: PlainCheck | undefined;
  /** The run and the fingerprint of its result. */
  readonly certificate: RareEventCertificate;
  /** Where the run was made. No other field depends on it. */
  readonly ran: Ran;
}

/**
 * The probability that a cell's energy, or the energy that a bond has carried, is beyond a threshold at a time, from the
 * model's start: from paths that are guided along the instanton and weighed exactly (THEORY 12.6). The mean is unbiased whatever
 * the guide; the relative variance of a path is some 3 to 20, so that 10^4 paths give 2% of 10^-2 and of 10^-22 alike.
 *
 * The result depends on the model, the event, method, seed and replicas alone, bit for bit, on every engine, for any number of
 * workers.
 * @throws InvalidInputError listing every fault, or for an event that no method serves: with an "exponential" bath and M >= 2
 *   one packet may do what no path of speed M does, so that only "hidden" and "plain" are left; MesofluxError if the
 *   instanton cannot be followed; OutOfMemoryError; AbortedError, with what was finished as `partial`, when `signal` aborts;
 *   WorkerError.
 */
export async function rareEvent(input: ModelInput, options: RareEventOptions): Promise<RareEventResult> {
  return runSpans(defineModel(input), options);
}

/** @param spans these paths only, in order. */
async function runSpans(model: Model, options: RareEventOptions, spans?: readonly Span[]): Promise<RareEventResult> {
  const { event, method: asked, firstReplica, replicas, check, ...settings } = readRareEventOptions(model, options);
  const threshold = thresholdOf(model, event);
  const method = methodFor(model, event, asked);
  const path = method === "tilted" ? instanton(model, event) : undefined;
  const module = await beforeRun(settings.signal, replicas, () => rareModule(model));
  const events = expectedEvents(model, startOf(model).energies, event.time);
  const plan: RarePlan = {
    ...{ model, tables: expressionOf(model).tables, method, event: threshold, start: startOf(model) },
    guide: path ? guideAlong(model, path, events) : noGuide(model, event),
    ...{ kind: "paths", seed: settings.seed, span: { first: firstReplica, replicas } },
    events,
  };
  const meter = new ProgressMeter(replicas, settings.onProgress);
  const run = spans ?? [plan.span];
  const predicted = {
    ...{ method, instanton: path, leading: path && probabilityOf(-model.particles * path.action) },
    gaussian: gaussianOf(model, threshold),
  };
  const estimateOf = ({ block, spans }: FinishedPaths): RareEventEstimate => ({
    ...{ replicas: coverage(spans).replicas, ...weigh(block), ...predicted },
  });
  const { onEstimate } = settings;
  onEstimate?.({ replicas: 0, ...weigh(new Float64Array(BLOCK)), ...predicted });
  const tell = onEstimate && ((soFar: FinishedPaths) => onEstimate(estimateOf(soFar)));
  const { finished, aborted } = await runPlan(await RareKernel.of(module), plan, settings, run, meter, tell);
  meter.report();
  const resultOf = ({ block, spans, ran }: Finished, check?: PlainCheck) => {
    const estimate = estimateOf({ block, spans });
    const doubts = doubtsOf(estimate);
    if (check && Math.abs(check.z) > MOST_DEVIATIONS) {
      doubts.push(`a plain simulation is ${check.z.toPrecision(2)} standard errors away`);
    }
    const certificate = certify({ model, event, method, seed: plan.seed }, spans, block);
    return withJson({ ...estimate, ...{ warnings: doubts, check, certificate, ran } });
  };
  if (aborted) {
    throw new AbortedError(finished && resultOf(finished), meter.finished, replicas, {
      cause: settings.signal?.reason,
    });
  }
  const comparison =
    check && method !== "plain" ? await checkPlainly(model, threshold, summaryOf(finished!), settings) : undefined;
  return resultOf(finished!, comparison);
}

const summaryOf = ({ block, spans }: Finished) => ({ ...weigh(block), replicas: coverage(spans).replicas });

/**
 * Repeats the run of a certificate.
 * @throws InvalidInputError when it is none, or of another stream version; and what `rareEvent` throws.
 */
export async function replayRareEvent(
  certificate: RareEventCertificate,
  options: Pick<RareEventOptions, "workers" | "signal" | "onProgress"> = {},
): Promise<Replay> {
  const { model, options: run, spans, result: certified } = requestOf(certificate);
  const { certificate: found } = await runSpans(model, { ...run, ...options }, spans);
  return { same: found.result === certified, certified, found: found.result };
}
