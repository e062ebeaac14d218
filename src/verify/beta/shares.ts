/** Shares of one particle drawn by the engine, and their moments, tail, distribution and correlation. */
import type { Kernel } from "../../kernel.ts";
import { defineModel, type Model } from "../../model.ts";
import { type Comparison, limitOf } from "../measure/check.ts";
import { distanceOf, meanOf } from "../measure/statistics.ts";
import type { Setting, Study } from "../simulations.ts";
import { setupOf } from "../../rate/expression.ts";

const PARTICLES = [2, 3, 10, 100, 1000, 100_000, 10_000_000];
/** M^ε: thresholds of the tail in units of 1/M. */
export const THRESHOLDS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6];

/** The shares drawn at one M. */
export interface Draws {
  readonly particles: number;
  readonly moments: readonly Comparison[];
  readonly tail: readonly (Comparison & { readonly threshold: number })[];
  /** √n times the largest difference between the empirical distribution and (1-x)^(M-1). */
  readonly distance: Comparison;
  /** The correlation of a share with the next one, on the scale of their ranks. */
  readonly correlation: Comparison;
}

export interface Shares {
  /** n at each M. */
  readonly count: number;
  readonly draws: readonly Draws[];
  /** At M = 1: shares that are not the whole energy. */
  readonly different: Comparison;
}

/** No replica is simulated: the shares are drawn as the study is concluded. */
export function shares({ kernel, model, options: { seed, effort }, pause }: Setting): Study<Shares> {
  return {
    experiments: [],
    async conclude() {
      const draws: Draws[] = [];
      for (const [stream, M] of PARTICLES.entries()) {
        await pause();
        draws.push(measure(M, drawn(kernel, model, M, seed, stream, effort.shares)));
      }
      return {
        count: effort.shares,
        draws,
        different: {
          predicted: 0,
          measured: drawn(kernel, model, 1, seed, 0, 1024).reduce((sum, B) => sum + (B === 1 ? 0 : 1), 0),
          standardError: 1 / limitOf("mean") / 2,
        },
      };
    },
  };
}

function drawn(kernel: Kernel, model: Model, M: number, seed: bigint, stream: number, n: number): Float64Array {
  kernel.setModel(defineModel({ ...model, particles: M }), setupOf(model), seed);
  return kernel.shares(stream, n);
}

function measure(M: number, shares: Float64Array): Draws {
  const n = shares.length;
  const second = 2 / (M * (M + 1));
  const fourth = (second * 12) / ((M + 2) * (M + 3));
  const average = (of: (B: number) => number, predicted: number, variance: number): Comparison => ({
    predicted,
    measured: meanOf(shares.map(of)).mean,
    standardError: Math.sqrt(variance / n),
  });
  const tail = THRESHOLDS.filter((threshold) => threshold < M).map((threshold) => {
    const p = power(1 - threshold / M, M - 1);
    const above = shares.reduce((count, B) => count + (B > threshold / M ? 1 : 0), 0);
    return { threshold, predicted: p, measured: above / n, standardError: Math.sqrt((p * (1 - p)) / n) };
  });
  // For uniforms u, 12 E[(u - 1/2)(u' - 1/2)], each product with the variance 1/144.
  const ranks = shares.map((B) => power(1 - B, M - 1) - 0.5);
  let products = 0;
  for (let i = 1; i < n; i++) products += 12 * ranks[i] * ranks[i - 1];
  return {
    particles: M,
    moments: [average((B) => B, 1 / M, second - 1 / M ** 2), average((B) => B * B, second, fourth - second ** 2)],
    tail,
    distance: { predicted: 0, measured: distanceOf(shares, (B) => 1 - power(1 - B, M - 1)), standardError: 1 },
    correlation: { predicted: 0, measured: products / (n - 1), standardError: 1 / Math.sqrt(n - 1) },
  };
}

/** x^n for a whole n, by squaring. */
export function power(x: number, n: number): number {
  let result = 1;
  for (let square = x; n > 0; n = Math.floor(n / 2), square *= square) if (n % 2 === 1) result *= square;
  return result;
}
