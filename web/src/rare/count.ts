/** The worker's part of the card of rare events: paths that are guided to the event and weighed, and what they say on the way. */
import { rareEvent, type Instanton, type Probability, type RareEventCertificate } from "mesoflux/rare";
import type { Settings } from "../settings.ts";
import { type AskedEvent, chooseEvent, type ChosenEvent, rareModelOf } from "./event.ts";

/** The probability so far: logarithms, since the numbers themselves may be below 1e-308. */
export interface Count {
  readonly paths: number;
  readonly logProbability: number;
  readonly relativeError: number;
}

/** What is known before a path is counted. */
export interface Predictions {
  readonly chosen: ChosenEvent;
  readonly instanton: Instanton;
  readonly particles: number;
  readonly logGaussian: number;
}

export interface RareAnswer {
  readonly count: Count;
  readonly effectivePaths: number;
  readonly largestShare: number;
  readonly warnings: readonly string[];
  /** The plain simulation beside it, where that sees the event. */
  readonly check:
    | (Pick<Probability, "probability"> & { readonly replicas: number; readonly hits: number; readonly z: number })
    | undefined;
  readonly certificate: RareEventCertificate;
}

export interface RareListener {
  readonly predicted: (predictions: Predictions) => void;
  readonly counted: (count: Count) => void;
}

/** @throws the package's errors; AbortedError after the signal. */
export async function countRareEvent(
  settings: Settings,
  asked: AskedEvent,
  signal: AbortSignal,
  { predicted, counted }: RareListener,
): Promise<RareAnswer> {
  const { model } = rareModelOf(settings);
  // It refuses disks before all else, and says why.
  if (model.exchange === "kinetic") await rareEvent(model, { cell: 1, above: 1, time: 1, replicas: 2 });
  const chosen = chooseEvent(settings, asked);
  const { cell, time, energy, mean, paths } = chosen;
  const { particles } = model;
  const result = await rareEvent(model, {
    ...{ cell, time, [energy >= mean ? "above" : "below"]: energy },
    ...{ method: "tilted", replicas: paths, seed: BigInt(settings.seed), signal },
    onEstimate(estimate) {
      const { instanton, gaussian, replicas } = estimate;
      if (replicas > 0) counted(countOf(estimate));
      else predicted({ chosen, instanton: instanton!, particles, logGaussian: gaussian!.logProbability });
    },
  });
  const { effectiveSampleSize, largestShare, warnings, check, certificate } = result;
  return { count: countOf(result), effectivePaths: effectiveSampleSize, largestShare, warnings, check, certificate };
}

const countOf = ({
  replicas,
  logProbability,
  relativeError,
}: Probability & { replicas: number; relativeError: number }): Count => ({
  ...{ paths: replicas, logProbability, relativeError },
});
