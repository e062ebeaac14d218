/** The simulations of a verification: those of each study, their costs, and the part of all of them that is done. */
import { beforeRun } from "../aborts.ts";
import { loadKernelFor } from "../engine.ts";
import type { Progress } from "../progress.ts";
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import { expectedEvents } from "../ensemble/runPlan.ts";
import { run } from "../ensemble/simulate.ts";
import type { LookOptions } from "../ensemble/options.ts";
import type { SteadyState } from "../ensemble/reducers/steadyState.ts";
import { AbortedError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { clock, turnIfDue } from "../turns.ts";
import { readVerifyOptions, type Settled, type VerifyOptions } from "./options.ts";

/** The chain and the options of a verification, and the engine that runs it. */
export interface Setting {
  readonly kernel: Kernel;
  /** On the fast timescale. */
  readonly model: Model;
  readonly options: Settled;
  /** Lets the event loop run if that is due. @throws AbortedError */
  pause(this: void): Promise<void>;
}

/** One simulation. */
export interface Experiment {
  /** A name of the simulation, as progress shows it. */
  readonly stage: string;
  readonly model: Model;
  readonly replicas: number;
  readonly firstReplica?: number;
  /** Observation times; or when the replicas of a steady state are measured. */
  readonly times: readonly number[] | Required<LookOptions>;
  /** Keep every replica's energies and currents. Default false. */
  readonly samples?: boolean;
  /** Keep W_f of every replica, too. Default false. */
  readonly rateRatio?: boolean;
  /** The step of the mesoscopic equation, which is then simulated in place of the process. */
  readonly step?: number;
}

/** Experiments, and what follows from their results, which come in the same order. */
export interface Study<T> {
  readonly experiments: readonly Experiment[];
  conclude(results: readonly (Ensemble<"covariance"> | SteadyState)[]): T | Promise<T>;
}

/** A study that simulates nothing, and concludes with the reason. */
export const without = (reason: string): Study<string> => ({ experiments: [], conclude: () => reason });

const KEPT = "a check needs all of them";

/** @throws InvalidInputError listing every fault in the options. */
export async function settingOf(input: ModelInput, options: VerifyOptions): Promise<Setting> {
  const fast = defineModel({ ...defineModel(input), timescale: "fast" });
  const settled = readVerifyOptions(options, fast);
  const { signal } = settled;
  const pause = async () => {
    await turnIfDue(() => signal?.aborted === true);
    if (signal?.aborted) throw new AbortedError(undefined, 0, 0, { kept: KEPT, cause: signal.reason });
  };
  return { kernel: await beforeRun(signal, 0, () => loadKernelFor(fast)), model: fast, options: settled, pause };
}

/** Expected events of all replicas. */
export function eventsOf({ model, replicas, times, step }: Experiment): number {
  const until = "looks" in times ? [times.burnIn + (times.looks - 1) * times.spacing] : times;
  return replicas * expectedEvents(model, initialEnergies(model), until, step);
}

/** Performs studies one after the other, with progress over all of them. */
export class Simulations {
  private readonly start = clock();
  private readonly total: number;
  private done = 0;

  constructor(
    private readonly setting: Setting,
    studies: readonly Study<unknown>[],
  ) {
    this.total = studies.flatMap((study) => study.experiments).reduce((sum, each) => sum + eventsOf(each), 0);
  }

  /** @throws AbortedError when the signal aborts; nothing partial is kept, since a check needs all of its replicas. */
  async perform<T>(study: Study<T>): Promise<T> {
    const results: (Ensemble<"covariance"> | SteadyState)[] = [];
    for (const experiment of study.experiments) results.push(await this.run(experiment));
    await this.setting.pause();
    return study.conclude(results);
  }

  private async run(experiment: Experiment): Promise<Ensemble<"covariance"> | SteadyState> {
    const { stage, model, replicas, firstReplica = 0, times, samples = false, rateRatio = false, step } = experiment;
    const { seed, workers, signal, onProgress } = this.setting.options;
    const cost = eventsOf(experiment);
    const common = {
      ...{ replicas, firstReplica, seed, workers },
      ...(step !== undefined && ({ method: "mesoscopic", step } as const)),
      ...(signal && { signal }),
      onProgress: ({ finished }: Progress) =>
        onProgress?.({
          stage,
          done: Math.min(1, (this.done + (cost * finished) / replicas) / this.total),
          seconds: (clock() - this.start) / 1000,
        }),
    };
    try {
      // Not every study is of the setting's rate.
      const kernel = await loadKernelFor(model);
      return await ("looks" in times
        ? run(kernel, model, { ...common, times: "stationary", stationary: times })
        : run(kernel, model, { ...common, times, samples, rateRatio }));
    } catch (error) {
      throw error instanceof AbortedError
        ? new AbortedError(undefined, error.finished, error.replicas, {
            kept: KEPT,
            cause: error.cause,
          })
        : error;
    } finally {
      this.done += cost;
    }
  }
}
