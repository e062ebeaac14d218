/**
 * Energies of one cell at rate "constant", in the steady state between baths of either kind, against the exact law: a Gamma
 * law whose temperature is hidden (THEORY 12.4). Its tails are known to any depth; a simulation reaches the first few of a hundred.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Certificate } from "../../ensemble/runSpec.ts";
import { type Bath, BATHS, defineModel, type Model } from "../../model.ts";
import { exactMoments } from "../../theory/exactMoments.ts";
import { hiddenTemperatures, type HiddenLaw } from "../../theory/largeDeviations/hiddenTemperatures.ts";
import type { Comparison } from "../measure/check.ts";
import { count } from "../measure/present.ts";
import { distanceOf } from "../measure/statistics.ts";
import { type Setting, type Study, without } from "../simulations.ts";

const PARTICLES = [10, 50];
/** The same for every chain: between baths far apart exact tails are not known to as many places. */
const TEMPERATURES = [1, 2] as const;
/** In this time e^-14 of the start is left: the mean of one cell relaxes at the rate 1. */
const WAIT = 14;
/** Places, in standard deviations from the mean. */
const LEVELS = [-3, -2.5, -2, -1.5, -1, 1, 1.5, 2, 2.5, 3];
/** A count of fewer than this has too skew a law for the check (measure/check.ts). */
const LEAST_COUNT = 600;
/** Values of the law between which it is a straight line: off by some 1e-4, far below 1/√n. */
const POINTS = 128;

export interface HiddenTail {
  readonly model: Model;
  readonly replicas: number;
  readonly law: HiddenLaw;
  /** The exact mean and standard deviation. */
  readonly mean: number;
  readonly deviation: number;
  /** P(E > x) above the mean and P(E < x) below, x in standard deviations from it. */
  readonly levels: readonly (Comparison & { readonly at: number })[];
  /** √n sup |F_n - F|. */
  readonly distance: Comparison;
  readonly certificate: Certificate;
}

/** Either bath at each M; or the words why no law is known. */
export function hiddenTails({ model, options }: Setting): Study<HiddenTail[] | string> {
  if (model.exchange) return without("tails are those of the paper's exchange; in this model disks collide");
  const models = BATHS.flatMap((bath: Bath) =>
    PARTICLES.map((particles) =>
      defineModel({ cells: 1, particles, temperatures: TEMPERATURES, rate: "constant", bath }),
    ),
  );
  return {
    experiments: models.map((one) => {
      const stage = `one cell, "${one.bath}" bath, M = ${one.particles}`;
      return { stage, model: one, replicas: options.effort.tails, times: [WAIT], samples: true };
    }),
    conclude: (ensembles: readonly Ensemble<"covariance">[]) => ensembles.map((one, i) => tailOf(models[i], one)),
  };
}

function tailOf(model: Model, { replicas, samples, certificate }: Ensemble<"covariance">): HiddenTail {
  const law = hiddenTemperatures(model).law!;
  const moments = exactMoments(model, "stationary");
  const mean = moments.mean[0];
  const deviation = Math.sqrt(moments.covariance[0]);
  const energies = samples!;
  const levels = LEVELS.flatMap((at) => {
    const x = mean + at * deviation;
    if (!(x > 0)) return [];
    const { probability: predicted } = law.tail(x, at > 0 ? "above" : "below");
    if (predicted * replicas < LEAST_COUNT) return [];
    const seen = energies.reduce((sum, E) => sum + ((at > 0 ? E > x : E < x) ? 1 : 0), 0);
    return {
      at,
      predicted,
      measured: seen / replicas,
      standardError: Math.sqrt((predicted * (1 - predicted)) / replicas),
    };
  });
  const distance = { predicted: 0, measured: distanceOf(energies, distributionOf(law, energies)), standardError: 1 };
  return { model, replicas, law, mean, deviation, levels, distance, certificate };
}

/** F over the range of these energies. */
function distributionOf(law: HiddenLaw, energies: Float64Array): (x: number) => number {
  const least = energies.reduce((a, b) => Math.min(a, b));
  const step = (energies.reduce((a, b) => Math.max(a, b)) - least) / POINTS;
  const values = count(0, POINTS + 1).map((i) => law.tail(least + i * step, "below").probability);
  return (x) => {
    const i = Math.min(POINTS - 1, Math.floor((x - least) / step));
    return values[i] + ((x - least) / step - i) * (values[i + 1] - values[i]);
  };
}
