/** Shares drawn by the engine, and what is measured on them. */
import type { Kernel } from "../../kernel.ts";
import { defineModel, type Model } from "../../model.ts";
import type { Laboratory } from "../evidence/laboratory.ts";
import { type Comparison, limitOf } from "../measure/check.ts";
import { meanOf } from "../measure/statistics.ts";

const PARTICLES = [2, 3, 10, 100, 1000, 100_000, 10_000_000];
/** M^ε: thresholds of the tail in units of 1/M. */
export const THRESHOLDS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6];

/** What was drawn at one M. */
export interface Draws {
  readonly particles: number;
  readonly count: number;
  readonly moments: readonly Comparison[];
  readonly tail: readonly (Comparison & { readonly threshold: number })[];
  /** √n times the largest difference between the empirical distribution and (1-x)^(M-1). */
  readonly distance: Comparison;
  /** The correlation of a share with the next one, on the scale of their ranks. */
  readonly correlation: Comparison;
}

/** At every M. */
export function drawAll({ kernel, model, options }: Laboratory): Draws[] {
  return PARTICLES.map((particles, stream) => draw(kernel, model, particles, stream, options));
}

function draw(kernel: Kernel, model: Model, M: number, stream: number, { seed, effort }: Laboratory["options"]): Draws {
  kernel.setModel(defineModel({ ...model, particles: M }), seed);
  const shares = kernel.shares(stream, effort.shares);
  const n = shares.length;
  const second = 2 / (M * (M + 1));
  const fourth = (second * 12) / ((M + 2) * (M + 3));
  const moments = [
    { predicted: 1 / M, measured: meanOf(shares).mean, standardError: Math.sqrt((second - 1 / M ** 2) / n) },
    {
      predicted: second,
      measured: meanOf(shares.map((B) => B * B)).mean,
      standardError: Math.sqrt((fourth - second ** 2) / n),
    },
  ];
  const tail = THRESHOLDS.filter((threshold) => threshold < M).map((threshold) => {
    const p = power(1 - threshold / M, M - 1);
    const above = shares.reduce((count, B) => count + (B > threshold / M ? 1 : 0), 0);
    return { threshold, predicted: p, measured: above / n, standardError: Math.sqrt((p * (1 - p)) / n) };
  });
  // Of uniforms u, 12 E[(u - 1/2)(u' - 1/2)], each product with the variance 1/144.
  const ranks = shares.map((B) => power(1 - B, M - 1) - 0.5);
  let products = 0;
  for (let i = 1; i < n; i++) products += 12 * ranks[i] * ranks[i - 1];
  return {
    particles: M,
    count: n,
    moments,
    tail,
    distance: { predicted: 0, measured: distanceOf(shares, M), standardError: 1 },
    correlation: { predicted: 0, measured: products / (n - 1), standardError: 1 / Math.sqrt(n - 1) },
  };
}

/** At M = 1 there is one particle, and B = 1. */
export function wholeShare({ kernel, model, options: { seed } }: Laboratory): Comparison {
  kernel.setModel(defineModel({ ...model, particles: 1 }), seed);
  const different = kernel.shares(0, 1024).reduce((count, B) => count + (B === 1 ? 0 : 1), 0);
  return { predicted: 0, measured: different, standardError: 1 / limitOf("mean") / 2 };
}

/** √n sup |F_n - F| against the law of Beta(1, M-1). */
function distanceOf(shares: Float64Array, M: number): number {
  const sorted = shares.slice().sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((B, i) => {
    const F = 1 - power(1 - B, M - 1);
    distance = Math.max(distance, F - i / n, (i + 1) / n - F);
  });
  return distance * Math.sqrt(n);
}

/** x^n for a whole n, by squaring. */
export function power(x: number, n: number): number {
  let result = 1;
  for (let square = x; n > 0; n = Math.floor(n / 2), square *= square) if (n % 2 === 1) result *= square;
  return result;
}
