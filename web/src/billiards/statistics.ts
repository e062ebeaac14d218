/** What the collisions through the holes of a table have in common, summed up as they come. */
import type { BarrierCollision, Billiards } from "mesoflux/billiards";

/** Collisions whose waits are kept, and which a certificate is compared with. */
export const KEPT = 2 ** 16;

/** Waits from which on the mean wait of a hole is known well enough to divide by it. */
const LEAST_WAITS = 10;

/** A histogram's bins: so many from 0 on, up to `most`. */
interface Bins {
  readonly count: number;
  readonly most: number;
}

/** Bins of a disk's share times M; where a cell has one disk, of the left disk's part of the energy of a pair. */
export const shareBins = (particles: number): Bins =>
  particles === 1 ? { count: 20, most: 1 } : { count: 30, most: Math.min(particles, 6) };
/** Bins of waits over the mean wait. */
export const WAIT_BINS: Bins = { count: 40, most: 4 };

/** What is known so far; NaN where nothing is. Densities are by bins. */
export interface Statistics {
  /** Collisions through all holes. */
  readonly collisions: number;
  /** Those through inner holes: between two cells of the chain, or, where there is one cell, between it and its baths. */
  readonly inner: number;
  /** Collisions through an inner hole a unit of time. */
  readonly rate: number;
  readonly shares: Float64Array;
  readonly meanShare: number;
  /** Of the left disk's part of the energy of both: its variance, and its correlation with its part after. */
  readonly pairVariance: number;
  readonly correlation: number;
  readonly waits: Float64Array;
  /** Variance of the waits over the mean squared. */
  readonly waitVariance: number;
  /** N: mean energies. */
  readonly means: Float64Array;
  /** The last of the first KEPT collisions. */
  readonly lastKept: BarrierCollision | undefined;
}

export class StatisticsSoFar {
  private collisions = 0;
  private inner = 0;
  private lastKept: BarrierCollision | undefined;
  private readonly shareCounts: Float64Array;
  private shareSum = 0;
  private shareNumber = 0;
  /** Sums of p, p', p², p'², p p'. */
  private readonly pairs = new Float64Array(5);
  /** Waits with their barriers, the first KEPT. */
  private readonly waits = new Float64Array(KEPT);
  private readonly barriers = new Uint8Array(KEPT);
  private waitNumber = 0;
  private readonly lastAt: Float64Array;
  /** For each cell, baths included: its energy, since when, and the integral of its energy until then. */
  private readonly energies: Float64Array;
  private readonly since: Float64Array;
  private readonly integrals: Float64Array;

  constructor(
    private readonly table: Billiards,
    energies: Float64Array,
  ) {
    this.energies = energies.slice();
    this.since = new Float64Array(energies.length);
    this.integrals = new Float64Array(energies.length);
    this.lastAt = new Float64Array(energies.length).fill(NaN);
    this.shareCounts = new Float64Array(shareBins(table.particles).count);
  }

  add(collisions: readonly BarrierCollision[]): void {
    for (const one of collisions) {
      if (++this.collisions <= KEPT) this.lastKept = one;
      this.follow(one);
      if (!this.isInner(one.barrier)) continue;
      this.inner++;
      this.addShares(one);
      this.addPair(one);
      this.addWait(one);
    }
  }

  read(time: number): Statistics {
    const { collisions, inner, lastKept, pairs, shareNumber } = this;
    const [p, q, pp, qq, pq] = pairs.map((sum) => sum / inner);
    const { most, count } = shareBins(this.table.particles);
    const holes = Array.from(this.lastAt.keys()).filter((barrier) => this.isInner(barrier)).length;
    return {
      ...{ collisions, inner, lastKept, ...this.readWaits() },
      rate: inner / time / holes,
      shares: this.shareCounts.map((counted) => (counted * count) / most / shareNumber),
      meanShare: this.shareSum / shareNumber,
      pairVariance: pp - p * p,
      correlation: (pq - p * q) / Math.sqrt((pp - p * p) * (qq - q * q)),
      means: this.readMeans(time),
    };
  }

  /** Energies change at collisions alone; those of baths are not followed. */
  private follow({ time, barrier, energies, before, after }: BarrierCollision): void {
    for (const side of [0, 1]) {
      const cell = barrier + side;
      this.integrals[cell] += energies[side] * (time - this.since[cell]);
      this.since[cell] = time;
      this.energies[cell] = energies[side] - before[side] + after[side];
    }
  }

  private readMeans(time: number): Float64Array {
    const means = this.energies.map((E, k) =>
      time === 0 ? E : (this.integrals[k] + E * (time - this.since[k])) / time,
    );
    return this.table.temperatures ? means.slice(1, -1) : means;
  }

  private addShares({ barrier, energies, before }: BarrierCollision): void {
    const { particles } = this.table;
    if (particles === 1) return this.count(before[0] / (before[0] + before[1]));
    for (const side of [0, 1]) {
      if (this.isOfChain(barrier + side)) this.count((particles * before[side]) / energies[side]);
    }
  }

  private count(share: number): void {
    const { count, most } = shareBins(this.table.particles);
    const bin = Math.floor((share / most) * count);
    if (bin < count) this.shareCounts[bin]++;
    this.shareSum += share;
    this.shareNumber++;
  }

  private addPair({ before, after }: BarrierCollision): void {
    const [p, q] = [before, after].map(([left, right]) => left / (left + right));
    [p, q, p * p, q * q, p * q].forEach((value, i) => (this.pairs[i] += value));
  }

  private addWait({ time, barrier }: BarrierCollision): void {
    const wait = time - this.lastAt[barrier];
    this.lastAt[barrier] = time;
    if (Number.isNaN(wait) || this.waitNumber === KEPT) return;
    this.waits[this.waitNumber] = wait;
    this.barriers[this.waitNumber++] = barrier;
  }

  /** Waits over the mean of their own barrier's, which has a temperature of its own. */
  private readWaits(): Pick<Statistics, "waits" | "waitVariance"> {
    const { waitNumber, waits, barriers } = this;
    const { count, most } = WAIT_BINS;
    const [numbers, sums] = [new Float64Array(this.lastAt.length), new Float64Array(this.lastAt.length)];
    for (let i = 0; i < waitNumber; i++) {
      numbers[barriers[i]]++;
      sums[barriers[i]] += waits[i];
    }
    const counts = new Float64Array(count);
    let [taken, squares] = [0, 0];
    for (let i = 0; i < waitNumber; i++) {
      if (numbers[barriers[i]] < LEAST_WAITS) continue;
      taken++;
      const wait = (waits[i] * numbers[barriers[i]]) / sums[barriers[i]];
      squares += wait * wait;
      const bin = Math.floor((wait / most) * count);
      if (bin < count) counts[bin]++;
    }
    return {
      waits: counts.map((counted) => (counted * count) / most / taken),
      waitVariance: squares / taken - 1,
    };
  }

  private isOfChain(cell: number): boolean {
    return !this.table.temperatures || (cell > 0 && cell < this.energies.length - 1);
  }

  private isInner(barrier: number): boolean {
    if (barrier >= this.energies.length - 1) return false;
    return this.table.cells === 1 || (this.isOfChain(barrier) && this.isOfChain(barrier + 1));
  }
}
