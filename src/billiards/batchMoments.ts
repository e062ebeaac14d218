/**
 * Means over batches and their errors. A batch is a part of a replica's time; what is measured in it, per unit of time, is a
 * vector of Q numbers, and a block keeps of n batches
 *
 *   ┌───┬────────────┬─────────┬───────────┬─────────────────┐
 *   │ n │ collisions │ Q means │ Q squares │ pairs' products │   sums of squares and products about the means
 *   └───┴────────────┴─────────┴───────────┴─────────────────┘
 *
 * Two blocks merge by Chan's update. Counts of collisions are clustered, so that their own variance is no measure of the
 * errors; batches that are long beside the clusters are independent.
 */
import type { Block } from "../ensemble/alignedTree.ts";
import { batchLayout } from "./kernel.ts";

const HEADER = 2;

/** Where things stand in a block of a table with that many cells, those of the baths included. */
export class BatchMoments {
  /** The barriers between cells. */
  readonly barriers: number;
  private readonly values: number;
  private readonly pairs: readonly (readonly [number, number])[];
  readonly length: number;

  constructor(private readonly cells: number) {
    const { header, barrier, cell, length } = batchLayout(cells);
    this.barriers = cells - 1;
    this.values = length - header;
    // The energy of a colliding disk is a ratio of two sums, and the variance of a cell's energy a difference: their errors
    // need how the two vary together.
    this.pairs = [
      ...Array.from({ length: cells - 1 }, (_, k) => [barrier * k, barrier * k + 2] as const),
      ...Array.from({ length: cells }, (_, k) => {
        const at = barrier * (cells - 1) + cell * k;
        return [at, at + 1] as const;
      }),
    ];
    this.length = HEADER + 2 * this.values + this.pairs.length;
  }

  /** The block of one batch. */
  leaf(batch: Float64Array): Block {
    const block = new Float64Array(this.length);
    const [duration, collisions] = batch;
    const { header } = batchLayout(this.cells);
    block.set([1, collisions]);
    for (let i = 0; i < this.values; i++) block[HEADER + i] = batch[header + i] / duration;
    return block;
  }

  /** The block of both. Overwrites the left one. */
  merge(left: Block, right: Block): Block {
    const { values, pairs } = this;
    const [n, m] = [left[0], right[0]];
    const weight = (n * m) / (n + m);
    const difference = (i: number) => right[HEADER + i] - left[HEADER + i];
    const squares = HEADER + values;
    const products = squares + values;
    pairs.forEach(([i, j], at) => {
      left[products + at] += right[products + at] + weight * difference(i) * difference(j);
    });
    for (let i = 0; i < values; i++) {
      const d = difference(i);
      left[squares + i] += right[squares + i] + weight * d * d;
      left[HEADER + i] += d * (m / (n + m));
    }
    for (let i = 0; i < HEADER; i++) left[i] += right[i];
    return left;
  }

  /** What a block says. */
  read(block: Block) {
    const { cells, barriers, values } = this;
    const { barrier, cell } = batchLayout(cells);
    const [batches, collisions] = block;
    const mean = (i: number) => block[HEADER + i];
    const covariance = (sum: number) => sum / (batches - 1) / batches;
    const variance = (i: number) => covariance(block[HEADER + values + i]);
    const product = (pair: number) => covariance(block[HEADER + 2 * values + pair]);
    const perBarrier = (value: (k: number) => number) => Float64Array.from({ length: barriers }, (_, k) => value(k));
    const perCell = (value: (at: number, k: number) => number) =>
      Float64Array.from({ length: cells }, (_, k) => value(barrier * barriers + cell * k, k));
    return {
      batches,
      collisions,
      rate: perBarrier((k) => mean(barrier * k)),
      rateError: perBarrier((k) => Math.sqrt(variance(barrier * k))),
      flux: perBarrier((k) => mean(barrier * k + 1)),
      fluxError: perBarrier((k) => Math.sqrt(variance(barrier * k + 1))),
      collidingEnergy: perBarrier((k) => mean(barrier * k + 2) / (2 * mean(barrier * k))),
      // Of x/(2y): the variance of x - (x̄/ȳ) y, over 4 ȳ².
      collidingEnergyError: perBarrier((k) => {
        const [y, x] = [barrier * k, barrier * k + 2];
        const ratio = mean(x) / mean(y);
        const square = variance(x) - 2 * ratio * product(k) + ratio * ratio * variance(y);
        return Math.sqrt(Math.max(square, 0)) / (2 * mean(y));
      }),
      energies: perCell((at) => mean(at)),
      energiesError: perCell((at) => Math.sqrt(variance(at))),
      energyVariance: perCell((at) => mean(at + 1) - mean(at) * mean(at)),
      // Of x - y²: the variance of x - 2 ȳ y.
      energyVarianceError: perCell((at, k) => {
        const square = variance(at + 1) - 4 * mean(at) * product(barriers + k) + 4 * mean(at) * mean(at) * variance(at);
        return Math.sqrt(Math.max(square, 0));
      }),
    };
  }
}
