/**
 * What the theory says of a chain at one time and any M: Θ̄ and C(t), and the next order in 1/M where it is soon computed.
 *
 *   <Θ^M> = Θ̄ + m1/M + ..,   M Cov(Θ^M) = C + C1/M + ..,   skewness = K3_ii/(C_ii^{3/2} √M) + ..
 */
import { theory, type Model } from "mesoflux";

type Subject = NonNullable<NonNullable<Parameters<typeof theory.finiteSize>[2]>["of"]>;

/** The next order takes N³: half a second here. */
const MOST_CELLS = 24;

export interface Prediction {
  /** N: Θ̄. */
  readonly limit: Float64Array;
  /** N×N: C(t). */
  readonly covariance: Float64Array;
  readonly at: (particles: number) => AtParticles;
}

export interface AtParticles {
  /** N: the mean of Θ^M - Θ̄, and N×N: M times the covariance. */
  readonly bias: Float64Array;
  readonly covariance: Float64Array;
  /** N: skewness of each cell; zero where it is not known. */
  readonly skewness: Float64Array;
  /** What is left out, about: of a covariance as a part of itself, and of a mean in deviations; of a skewness. */
  readonly missing: { readonly covariance: number; readonly mean: number; readonly skewness: number };
}

export function predict(model: Model, time: number, of: Subject = "process"): Prediction {
  const N = model.cells;
  const limit = theory.limit(model, [time]);
  const covariance = theory.covariance(model, [time]);
  // "sqrt-min" has a kink where neighbours are alike, and then corrections of order M^(-1/2) that nobody knows.
  const isSmooth = model.rate.law !== "sqrt-min";
  const next = isSmooth && N <= MOST_CELLS ? theory.finiteSize(model, [time], { of }) : undefined;
  const m1 = next?.m1 ?? (isSmooth ? theory.bias(model, [time]) : undefined);
  // Energies fluctuate by this part of themselves, squared; each order in 1/M is smaller than the former by as much.
  const spread = Math.max(...limit.map((E, k) => covariance[k * (N + 1)] / (E * E)));
  const lost = isSmooth ? 1 : 0.5;
  const leading: Omit<AtParticles, "missing"> = {
    bias: new Float64Array(N),
    covariance,
    skewness: new Float64Array(N),
  };
  return {
    limit,
    covariance,
    at(particles) {
      const small = spread / particles;
      const missing = { mean: small ** (lost - 0.5), covariance: small ** lost, skewness: SKEWNESS * Math.sqrt(small) };
      if (!m1 || small > 1) return { ...leading, missing };
      const bias = m1.map((m) => m / particles);
      missing.mean = small ** 1.5;
      if (!next) return { ...leading, bias, missing };
      return {
        bias,
        covariance: covariance.map((C, i) => C + next.C1[i] / particles),
        skewness: limit.map(
          (_, k) => next.K3[k * (N * N + N + 1)] / (covariance[k * (N + 1)] ** 1.5 * Math.sqrt(particles)),
        ),
        missing: { mean: missing.mean, covariance: small ** 2, skewness: SKEWNESS * small ** 1.5 },
      };
    },
  };
}

/** A skewness is a few times √(spread/M). */
const SKEWNESS = 4;
