/**
 * Blocks: the count, means and centred second moments of some replicas, at every observation time.
 *
 *   0       8        16
 *   ┌───────┬────────┬───────────────────────────────────────────────────────────────────────────────┐
 *   │ count │ events │ T x (mean E_1..E_N | mean Q_0..Q_N | M2 of Q_0..Q_N | M2 of E, lower triangle) │
 *   └───────┴────────┴───────────────────────────────────────────────────────────────────────────────┘
 *
 * Q_k is the energy transferred from cell k to k+1 since time 0. Nobody counts it: energy is conserved cell by cell, so
 * Q_k = Q_{k-1} - (E_k(t) - E_k(0)), with Q_0 the inflow from the left bath. M2 = sum over replicas of
 * (x_i - mean_i)(x_j - mean_j); with MOMENTS_VARIANCE only its diagonal is kept for E, with MOMENTS_MEAN no M2 at all. The
 * layout in numbers stands in abi.ts.
 */
import { BLOCK_HEADER, MOMENTS_COVARIANCE, MOMENTS_MEAN, recordLength, transfersIn, transferSquaresIn } from "./abi";
import { cells, events, moments, observations } from "./state";

/** Bytes of a block before the first record. */
const HEADER: usize = 8 * BLOCK_HEADER;

export class Moments {
  /** Writes the block of one replica, whose E_1(0) is at `start` and whose observations begin at `from`. */
  static leaf(block: usize, start: usize, from: usize): void {
    const record = recordBytes();
    memory.fill(block, 0, HEADER + <usize>observations * record);
    store<f64>(block, 1);
    store<f64>(block, events, 8);
    block += HEADER;
    const transfers = <i32>transfersIn(cells);
    for (let i = 0; i < observations; i++) {
      let transferred = at(from, cells);
      put(block, transfers, transferred);
      for (let k = 1; k <= cells; k++) {
        const energy = at(from, k - 1);
        transferred -= energy - at(start, k - 1);
        put(block, k - 1, energy);
        put(block, transfers + k, transferred);
      }
      from += (<usize>(cells + 1)) << 3;
      block += record;
    }
  }

  /** Merges the block at `right` into the one at `left` and spoils `right` (Chan, Golub and LeVeque 1979). */
  static merge(left: usize, right: usize): void {
    const leftCount = load<f64>(left);
    const rightCount = load<f64>(right);
    const count = leftCount + rightCount;
    const weight = rightCount / count;
    const product = leftCount * weight;
    const record = recordBytes();
    store<f64>(left, count);
    store<f64>(left, load<f64>(left, 8) + load<f64>(right, 8), 8);
    left += HEADER;
    right += HEADER;
    for (let i = 0; i < observations; i++) {
      mergeMeans(left, right, weight);
      if (moments != MOMENTS_MEAN) mergeSecondMoments(left, right, product);
      left += record;
      right += record;
    }
  }
}

/** mean += (n_r / n) d, and leaves the difference d of the means in `right`. */
function mergeMeans(left: usize, right: usize, weight: f64): void {
  const weights = f64x2.splat(weight);
  const means = <i32>transferSquaresIn(cells);
  const last = left + ((<usize>(means - 1)) << 3);
  for (; left < last; left += 16, right += 16) {
    const mean = v128.load(left);
    const difference = f64x2.sub(v128.load(right), mean);
    v128.store(left, f64x2.add(mean, f64x2.mul(difference, weights)));
    v128.store(right, difference);
  }
  const difference = load<f64>(right) - load<f64>(left);
  store<f64>(left, load<f64>(left) + difference * weight);
  store<f64>(right, difference);
}

/** M2 += M2_r + `product` d_i d_j, where `product` is n_l n_r / n. */
function mergeSecondMoments(left: usize, right: usize, product: f64): void {
  let transfer = right + ((<usize>transfersIn(cells)) << 3);
  let at = (<usize>transferSquaresIn(cells)) << 3;
  for (let k = 0; k <= cells; k++, at += 8, transfer += 8) {
    const d = load<f64>(transfer);
    store<f64>(left + at, load<f64>(left + at) + (load<f64>(right + at) + d * d * product));
  }
  for (let i = 0; i < cells; i++) {
    const scaled = load<f64>(right + ((<usize>i) << 3)) * product;
    const first = moments == MOMENTS_COVARIANCE ? 0 : i;
    const count = i + 1 - first;
    addProducts(left + at, right + at, right + ((<usize>first) << 3), scaled, count);
    at += (<usize>count) << 3;
  }
}

/** left += right + scaled d, number by number, two at a time. */
function addProducts(left: usize, right: usize, d: usize, scaled: f64, count: i32): void {
  const factor = f64x2.splat(scaled);
  const end = left + ((<usize>(count & ~1)) << 3);
  for (; left < end; left += 16, right += 16, d += 16) {
    const grown = f64x2.add(v128.load(right), f64x2.mul(factor, v128.load(d)));
    v128.store(left, f64x2.add(v128.load(left), grown));
  }
  if (count & 1) store<f64>(left, load<f64>(left) + (load<f64>(right) + scaled * load<f64>(d)));
}

/** Bytes of the record of one observation time. */
function recordBytes(): usize {
  return (<usize>recordLength(cells, moments)) << 3;
}

function at(base: usize, i: i32): f64 {
  return load<f64>(base + ((<usize>i) << 3));
}

function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + ((<usize>i) << 3), value);
}
