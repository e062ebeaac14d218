/** The central limit theorem (Theorem 3): √M (Θ^M - Θ̄) tends to a Gaussian of covariance C(t), (3.2). */
import { simulate, type Model } from "mesoflux";
import { show, signed } from "../dom.ts";
import type { Course } from "./course.ts";
import type { Outcome, Row } from "./outcome.ts";
import { predict, type AtParticles } from "./prediction.ts";
import { columnOf, histogramOf, momentsOf, type Histogram } from "./statistics.ts";
import { affordableTime, clamp, EVENTS, endOf, withPart } from "./work.ts";

const REPLICAS = 2000;
/** Below, a cell is far from Gaussian; above, little time is left for so many replicas. */
const PARTICLES = [100, 10_000] as const;
const BINS = 33;
/** Deviations on either side that a histogram shows. */
const WIDTH = 4;

/** Of the last two cells at one end, or of the one there is. */
export interface Clt extends Outcome {
  /** From 1. */
  readonly cells: readonly number[];
  /** R each: √M (Θ^M - Θ̄) of the cells, in the order of the first. */
  readonly cloud: readonly Float64Array[];
  /** C(t) of these cells, row-major. */
  readonly covariance: readonly number[];
  /** Of the first cell. */
  readonly histogram: Histogram;
  readonly gaussian: Float64Array;
}

export async function clt(model: Model, seed: bigint, course: Course): Promise<Clt> {
  const N = model.cells;
  const particles = clamp(model.particles, ...PARTICLES);
  const time = affordableTime(model, EVENTS, particles * REPLICAS);
  const prediction = predict(model, time);
  const { samples, certificate } = await course.part(1, (options) =>
    simulate(withPart(model, { particles }), {
      ...options,
      replicas: REPLICAS,
      times: [time],
      seed,
      samples: true,
      moments: "mean",
    }),
  );
  const cells = endOf(model);
  const scaled = cells.map((k) =>
    columnOf(samples!, N, k).map((E) => Math.sqrt(particles) * (E - prediction.limit[k])),
  );
  const rows = rowsOf(scaled, cells, particles, prediction.at(particles));
  const order = scaled[0].map((_, r) => r).sort((a, b) => scaled[0][a] - scaled[0][b]);
  const C = cells.flatMap((i) => cells.map((j) => prediction.covariance[i * N + j]));
  const reach = WIDTH * Math.sqrt(C[0]);
  const histogram = histogramOf(scaled[0], -reach, reach, BINS);
  const [mean, variance] = rows;
  return {
    chosen:
      `${show(REPLICAS)} replicas of this chain at M = ${show(particles)}${reasonFor(model.particles)} at t = ${time}. ` +
      "Predicted: C(t) and a Gaussian, with the next order in 1/M where it is known.",
    finding:
      `At M = ${show(particles)} the fluctuation of cell ${cells[0] + 1} has the mean ${signed(show(mean.measured, 2))} and the variance ` +
      `${show(variance.measured, 3)}, where the theory has ${signed(show(mean.predicted, 2))} and ${show(variance.predicted, 3)}.`,
    rows,
    certificates: [{ name: `M = ${show(particles)}`, certificate }],
    cells: cells.map((k) => k + 1),
    cloud: scaled.map((values) => order.map((r) => values[r])),
    covariance: C,
    histogram,
    gaussian: histogram.middles.map((x) => Math.exp((-x * x) / (2 * C[0])) / Math.sqrt(2 * Math.PI * C[0])),
  };
}

function reasonFor(own: number): string {
  const [least, most] = PARTICLES;
  if (own < least) return ` (its own ${show(own)} is too small for a Gaussian)`;
  return own > most ? ` (at its own ${show(own)} there is time for a moment only)` : "";
}

function rowsOf(scaled: Float64Array[], cells: number[], particles: number, at: AtParticles): Row[] {
  const N = at.bias.length;
  const R = scaled[0].length;
  const P = cells.map((i) => cells.map((j) => at.covariance[i * N + j]));
  const center = cells.map((k) => Math.sqrt(particles) * at.bias[k]);
  const moments = scaled.map(momentsOf);
  const rows = cells.flatMap((k, i): Row[] => [
    {
      quantity: `mean of cell ${k + 1}`,
      measured: moments[i].mean,
      error: Math.sqrt(P[i][i] / R),
      predicted: center[i],
      missing: Math.sqrt(P[i][i]) * at.missing.mean,
    },
    {
      quantity: `variance of cell ${k + 1}`,
      measured: moments[i].variance,
      error: P[i][i] * Math.sqrt((2 + 1.5 * at.skewness[k] ** 2) / R),
      predicted: P[i][i],
      missing: P[i][i] * at.missing.covariance,
    },
    {
      quantity: `skewness of cell ${k + 1}`,
      measured: moments[i].third / P[i][i] ** 1.5,
      error: Math.sqrt((6 + 22.5 * at.skewness[k] ** 2) / R),
      predicted: at.skewness[k],
      missing: at.missing.skewness,
    },
  ]);
  if (cells.length === 2) {
    const products = scaled[0].map((x, r) => (x - moments[0].mean) * (scaled[1][r] - moments[1].mean));
    const size = Math.sqrt(P[0][0] * P[1][1]);
    rows.push({
      quantity: `covariance of cells ${cells[0] + 1} and ${cells[1] + 1}`,
      measured: products.reduce((sum, product) => sum + product, 0) / (R - 1),
      error: Math.sqrt((P[0][0] * P[1][1] + P[0][1] ** 2) / R),
      predicted: P[0][1],
      missing: size * at.missing.covariance,
    });
  }
  const distances = distancesOf(scaled, center, P);
  return [...rows, ...[1, 2, 3].map((k) => insideRow(k, distances, cells.length, at.missing.covariance))];
}

/** The square of every replica's distance to the predicted mean, in deviations. */
function distancesOf(scaled: Float64Array[], center: number[], P: number[][]): Float64Array {
  const [x, y] = scaled.map((values, i) => values.map((value) => value - center[i]));
  if (!y) return x.map((value) => (value * value) / P[0][0]);
  const determinant = P[0][0] * P[1][1] - P[0][1] ** 2;
  return x.map((a, r) => (P[1][1] * a * a - 2 * P[0][1] * a * y[r] + P[0][0] * y[r] * y[r]) / determinant);
}

/** What part of one or two Gaussian numbers is within k deviations. */
const WITHIN = {
  1: [0.6826894921370859, 0.9544997361036416, 0.9973002039367398],
  2: [0.5, 2, 4.5].map((x) => 1 - Math.exp(-x)),
};

function insideRow(k: number, squares: Float64Array, dimensions: number, missing: number): Row {
  const predicted = WITHIN[dimensions as 1 | 2][k - 1];
  const inside = squares.reduce((count, square) => count + Number(square <= k * k), 0);
  return {
    quantity: dimensions === 1 ? `part within ${k}σ` : `part within the ${k}σ ellipse`,
    measured: inside / squares.length,
    error: Math.sqrt((predicted * (1 - predicted)) / squares.length),
    predicted,
    missing,
  };
}
