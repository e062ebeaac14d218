/**
 * The fluctuation theorem at finite M (THEORY 12.1). A chain between "thermal" baths of any rate, from independent energies of
 * Gamma(M, T_R): each path is e^Σ times as likely as the same path backwards in time, where
 *
 *   Σ = -M A Q_0 + W_f,   A = 1/T_L - 1/T_R,   W_f = Σ over events of log f(before)/f(after)
 *
 * so that P(Σ = s) = e^s P(Σ = -s) at every time, N and M. Then <e^-Σ> = 1, and for every odd function a
 *
 *   E[a(Σ, W_f)/(1 + e^Σ)] = 0,
 *
 * since E[g(Σ, W_f)] = E[g(-Σ, -W_f) e^-Σ] for g = a/(1 + e^Σ). A bounded a leaves no heavy tail in that. Disks that collide
 * need no W_f: their rate is the same before and after. The paper's bath has no such theorem from M = 2 on [B17].
 *
 * Chains, M and temperatures are this study's own, so that e^-Σ has moments that paths can measure; the rate and the exchange are
 * the model's, as is the colder bath.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Certificate } from "../../ensemble/runSpec.ts";
import { defineModel, type Bath, type Model } from "../../model.ts";
import { exp } from "../../rate/elementary.ts";
import { fastestRate, rateOf } from "../../theory/rates.ts";
import type { Comparison } from "../measure/check.ts";
import { meanOf } from "../measure/statistics.ts";
import type { Setting, Study } from "../simulations.ts";

const CELLS = [1, 3];
const PARTICLES = [1, 2, 5, 10];
/** T_R/T_L. */
const RATIO = 1.3;
/** In units of 1/f(T_L, T_L). */
const TIME = 1.5;

/** The paths of one chain. */
export interface PathRatios {
  readonly model: Model;
  readonly replicas: number;
  readonly certificate: Certificate;
  /** Σ of each path. */
  readonly entropies: Float64Array;
  readonly mean: { readonly mean: number; readonly error: number };
  /** <e^-Σ> against 1. */
  readonly integral: Comparison;
  /** The same with W_f left out of Σ; none where it is 0. */
  readonly withoutRatio: Comparison | undefined;
  /** E[a/(1 + e^Σ)] against 0 for several a. */
  readonly detailed: readonly Comparison[];
}

/** Chains between baths of one kind. */
export interface PathRatiosByBath {
  readonly thermal: readonly PathRatios[];
  /** None for disks. */
  readonly exponential: readonly PathRatios[];
}

export function pathRatios({ model, options, pause }: Setting): Study<PathRatiosByBath> {
  const thermal = CELLS.flatMap((cells) => PARTICLES.map((M) => chainOf(model, cells, M, "thermal")));
  const rivals = model.exchange ? [] : PARTICLES.filter((M) => M > 1);
  const longest = Math.max(...CELLS);
  const models = [...thermal, ...rivals.map((M) => chainOf(model, longest, M, "exponential"))];
  return {
    experiments: models.map((chain) => ({
      stage: `fluctuation theorem, "${chain.bath}" bath, N = ${chain.cells}, M = ${chain.particles}`,
      model: chain,
      ...{ replicas: options.effort.paths, times: [TIME / fastestRate(chain, chain.temperatures[0])] },
      ...{ samples: true, rateRatio: true },
    })),
    async conclude(ensembles: readonly Ensemble<"covariance">[]) {
      const all: PathRatios[] = [];
      for (const [i, ensemble] of ensembles.entries()) {
        await pause();
        all.push(ratiosOf(models[i], ensemble));
      }
      return { thermal: all.slice(0, thermal.length), exponential: all.slice(thermal.length) };
    },
  };
}

function chainOf(model: Model, cells: number, particles: number, bath: Bath): Model {
  const { scales } = model.rate;
  const T = Math.min(...model.temperatures);
  return defineModel({
    ...model,
    // Bonds that differ do so in their order, from the left.
    ...(scales && {
      rate: { ...model.rate, scales: Array.from({ length: cells + 1 }, (_, k) => scales[k % scales.length]) },
    }),
    ...{ cells, particles, bath, temperatures: [T, RATIO * T], initial: { gamma: RATIO * T } },
  });
}

/** Σ of every path from what its left bath has given and W_f, and what the theorem says of it. */
export function ratiosOf(
  model: Model,
  {
    replicas,
    certificate,
    transferredSamples,
    rateRatioSamples,
  }: Pick<Ensemble, "replicas" | "certificate" | "transferredSamples" | "rateRatioSamples">,
): PathRatios {
  const { cells, particles, temperatures, exchange } = model;
  const affinity = 1 / temperatures[0] - 1 / temperatures[1];
  const ratios = rateRatioSamples!;
  const heats = ratios.map((_, r) => -particles * affinity * transferredSamples![r * (cells + 1)]);
  const entropies = heats.map((heat, r) => heat + ratios[r]);
  const averages = (sums: Float64Array) =>
    comparison(
      sums.map((x) => exp(-x)),
      1,
    );
  const hasRatio = exchange === undefined && !rateOf(model).isConstant;
  const halves = entropies.map((entropy) => 1 / (1 + exp(entropy)));
  const detailed = (odd: (x: number) => number, of: Float64Array) =>
    comparison(
      halves.map((half, r) => odd(of[r]) * half),
      0,
    );
  return {
    ...{ model, replicas, certificate, entropies },
    mean: meanOf(entropies),
    integral: averages(entropies),
    withoutRatio: hasRatio ? averages(heats) : undefined,
    detailed: [detailed(small, entropies), detailed(large, entropies), ...(hasRatio ? [detailed(small, ratios)] : [])],
  };
}

function comparison(values: Float64Array, predicted: number): Comparison {
  const { mean, error } = meanOf(values);
  return { predicted, measured: mean, standardError: error };
}

/** An odd function that tells the sign of x from some 1/4 on, and one that sees large x alone. */
function small(x: number): number {
  const y = 4 * x;
  return y / Math.sqrt(1 + y * y);
}

function large(x: number): number {
  const y = (x * x * x) / 3.375;
  return y / (1 + Math.abs(y));
}
