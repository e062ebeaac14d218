/** One path that goes on to whatever time it is asked for next: for live simulations. */
import { loadKernelFor } from "../engine.ts";
import { describe, InvalidInputError, LeftConeError } from "../errors.ts";
import { transferredBy, type Kernel } from "../kernel.ts";
import { defineModel, isDrawn, type Model, type ModelInput } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { safeParticles, withStep } from "./mesoscopicStep.ts";
import { readFollowOptions, type FollowOptions } from "./options.ts";
import { expectedEvents, MOST_EVENTS } from "./runPlan.ts";
import { setupOf } from "../rate/expression.ts";

/** A path as of its last measurement: N cells, energies in the model's unit. */
export class Path {
  private at = 0;
  private measured: Measurement;
  /** The error that ended the path, if one did. */
  private left: LeftConeError | undefined;

  /** `follow` makes them. */
  constructor(
    private readonly kernel: Kernel,
    private readonly model: Model,
    private readonly replica: number,
    private readonly initial: Float64Array,
    private readonly step: number | undefined,
  ) {
    this.measured = this.measure();
  }

  /** The time of the last measurement, on the model's timescale. */
  get time(): number {
    return this.at;
  }

  /** N: the energies E_1 to E_N, an array of this measurement's own. */
  get energies(): Float64Array {
    return this.measured.energies;
  }

  /** N+1: energy transferred from cell k to k+1 since time 0; cells 0 and N+1 are the baths. */
  get transferred(): Float64Array {
    return this.measured.transferred;
  }

  /** @deprecated The same as `transferred`: an energy, not a current. */
  get current(): Float64Array {
    return this.transferred;
  }

  /** Exchanges since time 0; steps for "mesoscopic". */
  get events(): number {
    return this.measured.events;
  }

  /**
   * Goes on to a time and measures there, on the thread that calls: some 10 ns an event. The path is the one that `trajectory`
   * has for the times of all measurements so far, bit for bit.
   * @param time finite, not before the last measurement, and no more than 2^53 events away.
   * @throws InvalidInputError; LeftConeError, after which the path stays at its last measurement for good.
   */
  advance(time: number): void {
    const events = expectedEvents(this.model, this.initial, [time - this.at], this.step);
    if (!(time >= this.at && time < Infinity && events <= MOST_EVENTS)) {
      const expected = `a finite time from ${this.at} on, at most 2^53 events away`;
      throw new InvalidInputError("path", [{ field: "time", expected, got: describe(time) }]);
    }
    if (this.left) throw this.left;
    if (!this.kernel.follow(time)) {
      const safe = safeParticles(this.kernel, this.model, { replicas: 1, times: [time] });
      this.left = new LeftConeError(this.replica, this.kernel.measurement.leftAt!, safe, undefined);
      throw this.left;
    }
    this.at = time;
    this.measured = this.measure();
  }

  private measure(): Measurement {
    const { observed, events } = this.kernel.measurement;
    const transferred = new Float64Array(observed.length);
    transferredBy(observed, this.initial, transferred);
    return { energies: observed.slice(0, -1), transferred, events };
  }
}

interface Measurement {
  readonly energies: Float64Array;
  readonly transferred: Float64Array;
  readonly events: number;
}

/**
 * Opens a path at time 0: the replica of that number and seed.
 * @throws InvalidInputError listing every fault in the options; OutOfMemoryError.
 */
export async function follow(input: ModelInput, options: FollowOptions = {}): Promise<Path> {
  const model = defineModel(input);
  const { seed, replica, method, step, outsideCone } = withStep(model, readFollowOptions(options));
  const kernel = await loadKernelFor(model);
  const initial = initialEnergies(model);
  kernel.setModel(model, setupOf(model), seed);
  if (step !== undefined) kernel.setStep(step, outsideCone === "follow");
  const drawn = isDrawn(model.initial);
  kernel.beginPath(method, replica, initial, drawn);
  return new Path(kernel, model, replica, drawn ? kernel.drawnStart : initial, step);
}
