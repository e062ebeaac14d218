/** The simulations of the verification, with progress over all of them and one signal that aborts them. */
import { beforeRun } from "../../aborts.ts";
import { contactConstant } from "../../billiards/contacts.ts";
import type { BilliardsOptions } from "../../billiards/options.ts";
import { simulateBilliards, type BilliardsResult } from "../../billiards/simulate.ts";
import type { Billiards } from "../../billiards/table.ts";
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { simulate } from "../../ensemble/simulate.ts";
import { AbortedError } from "../../errors.ts";
import type { Model } from "../../model.ts";
import type { Progress } from "../../progress.ts";
import { rateConstant } from "../../theory/billiards/rate.ts";
import { clock } from "../../turns.ts";
import type { BilliardsSettled } from "./options.ts";
import type { Constant } from "./twoCells.ts";

const KEPT = "a check needs all of them";

/**
 * Runs of 32 parts each, whose differences give the error: as many as leave no heavy tail, and as few as leave the parts
 * long, since the ratio of the two counts of a part is biased by the inverse of their size.
 */
const PARTS = 4;

export class Runs {
  private readonly start = clock();
  private done = 0;
  /** No two simulations have a replica in common. */
  private nextReplica = 0;

  /** @param total the work of all simulations, in the unit of each one's. */
  constructor(
    private readonly options: BilliardsSettled,
    private readonly total: number,
  ) {}

  billiards(stage: string, work: number, table: Billiards, options: BilliardsOptions): Promise<BilliardsResult> {
    const firstReplica = this.replicas(options.replicas);
    return this.run(stage, work, (common) => simulateBilliards(table, { ...common, ...options, firstReplica }));
  }

  chain(
    stage: string,
    work: number,
    model: Model,
    options: { readonly replicas: number; readonly times: readonly number[] },
  ): Promise<Ensemble> {
    const firstReplica = this.replicas(options.replicas);
    return this.run(stage, work, (common) => simulate(model, { ...common, ...options, firstReplica, samples: true }));
  }

  /** The contact constant of two cells, which has no error where it is exact. */
  async contacts(stage: string, work: number, table: Billiards, sweeps: number): Promise<Constant> {
    if (table.particles === 1) return { value: rateConstant(table).value, error: 0 };
    return this.run(stage, work, async ({ seed, onProgress }) => {
      let [sum, squares] = [0, 0];
      for (let part = 0; part < PARTS; part++) {
        const ofPart = { sweeps: sweeps / PARTS, seed: (seed + BigInt(part)) % 2n ** 64n };
        const { constant, error } = await beforeRun(this.options.signal, PARTS, () => contactConstant(table, ofPart));
        sum += constant;
        squares += error ** 2;
        onProgress({ finished: part + 1, replicas: PARTS });
      }
      return { value: sum / PARTS, error: Math.sqrt(squares) / PARTS };
    });
  }

  /** The number of the first of so many replicas. */
  private replicas(count: number): number {
    this.nextReplica += count;
    return this.nextReplica - count;
  }

  private async run<T>(
    stage: string,
    work: number,
    simulated: (common: {
      readonly seed: bigint;
      readonly workers: number | "auto";
      readonly signal: BilliardsSettled["signal"];
      readonly onProgress: (progress: Pick<Progress, "finished" | "replicas">) => void;
    }) => Promise<T>,
  ): Promise<T> {
    const { seed, workers, signal, onProgress } = this.options;
    try {
      return await simulated({
        ...{ seed, workers, signal },
        onProgress: ({ finished, replicas }) =>
          onProgress?.({
            stage,
            done: Math.min(1, (this.done + (work * finished) / replicas) / this.total),
            seconds: (clock() - this.start) / 1000,
          }),
      });
    } catch (error) {
      if (!(error instanceof AbortedError)) throw error;
      throw new AbortedError(undefined, error.finished, error.replicas, { kept: KEPT, cause: error.cause });
    } finally {
      this.done += work;
    }
  }
}
