/** Where a verification's simulations are made, with progress over all of them. */
import { AbortedError } from "../../errors.ts";
import type { Progress } from "../../progress.ts";
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { run } from "../../ensemble/simulate.ts";
import type { LookOptions, SteadyStateOptions } from "../../ensemble/options.ts";
import type { SteadyState } from "../../ensemble/reducers/steadyState.ts";
import { loadKernel } from "../../engine.ts";
import type { Kernel } from "../../kernel.ts";
import { defineModel, type Model } from "../../model.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { energyRange } from "../../theory/units.ts";
import { readVerifyOptions, type Settled, type VerifyOptions } from "../options.ts";

/** One simulation, as plain data. */
export interface Experiment {
  /** What is simulated, as a person would say it: one name, one experiment. */
  readonly stage: string;
  readonly model: Model;
  readonly replicas: number;
  readonly firstReplica: number;
  readonly times: readonly number[];
  /** Keep every replica's energies and currents. */
  readonly samples: boolean;
  /** The step of the mesoscopic equation, which is then simulated in place of the process. */
  readonly step?: number;
}

/** The simulation of a steady state. */
export interface SteadyExperiment extends Omit<Experiment, "samples" | "times"> {
  readonly looks: Required<LookOptions>;
}

export class Laboratory {
  private readonly start = performance.now();
  private total = 0;
  private spent = 0;

  private constructor(
    readonly kernel: Kernel,
    /** On the fast timescale. */
    readonly model: Model,
    readonly options: Settled,
  ) {}

  /** @throws InvalidInputError listing every fault in the options. */
  static async open(model: Model, options: VerifyOptions): Promise<Laboratory> {
    const fast = defineModel({ ...model, timescale: "fast" });
    return new Laboratory(await loadKernel(), fast, readVerifyOptions(options, fast));
  }

  /** Announces experiments, so that progress knows of them. */
  expect(experiments: readonly (Experiment | SteadyExperiment)[]): void {
    const distinct = new Map(experiments.map((experiment) => [experiment.stage, experiment]));
    this.total = [...distinct.values()].reduce((sum, experiment) => sum + this.cost(experiment), 0);
  }

  /**
   * The ensemble of an experiment.
   * @throws AbortedError when the signal aborts; nothing partial is kept, since a check needs all of its replicas.
   */
  async perform(experiment: Experiment): Promise<Ensemble<"covariance">> {
    const { model, times, samples } = experiment;
    return this.conduct(experiment, (common) => run(this.kernel, model, { ...common, times, samples }));
  }

  /** The same for a steady state. */
  async settle(experiment: SteadyExperiment): Promise<SteadyState> {
    const { model, looks } = experiment;
    return this.conduct(experiment, (common) =>
      run(this.kernel, model, { ...common, times: "stationary", stationary: looks }),
    );
  }

  private async conduct<T>(
    experiment: Experiment | SteadyExperiment,
    run: (common: Omit<SteadyStateOptions, "times">) => Promise<T>,
  ): Promise<T> {
    const { stage, replicas, firstReplica, step } = experiment;
    const { seed, workers, signal, onProgress } = this.options;
    const cost = this.cost(experiment);
    try {
      return await run({
        replicas,
        firstReplica,
        seed,
        workers,
        ...(step !== undefined && { method: "mesoscopic", step }),
        ...(signal && { signal }),
        onProgress: ({ finished }: Progress) =>
          onProgress?.({
            stage,
            done: Math.min(1, (this.spent + (cost * finished) / replicas) / this.total),
            seconds: (performance.now() - this.start) / 1000,
          }),
      });
    } catch (error) {
      throw error instanceof AbortedError
        ? new AbortedError(undefined, error.finished, error.replicas, "a check needs all of them")
        : error;
    } finally {
      this.spent += cost;
    }
  }

  /** Events, were every bond as busy as the hottest energy at time 0 makes it; a step is one of every bond. */
  private cost(experiment: Experiment | SteadyExperiment): number {
    const { model, replicas, step } = experiment;
    const end = "looks" in experiment ? endOf(experiment.looks) : experiment.times.at(-1)!;
    if (step !== undefined) return (replicas * (model.cells + 1) * end) / step;
    const { most: hottest } = energyRange(model, initialEnergies(model));
    this.kernel.setModel(model, this.options.seed);
    return replicas * model.particles * (model.cells + 1) * this.kernel.rate(hottest, hottest) * end;
  }
}

/** The time of the last look. */
export const endOf = ({ burnIn, looks, spacing }: Required<LookOptions>) => burnIn + (looks - 1) * spacing;
