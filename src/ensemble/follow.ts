/** One path that goes on for as long as somebody looks at it: what a live simulation shows. */
import { loadKernel } from "../engine.ts";
import { describe, InvalidInputError, LeftConeError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import type { Model } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { carriedBy } from "./carried.ts";
import { safeParticles } from "./cone.ts";
import { readFollowOptions, type FollowOptions } from "./options.ts";
import { withStep } from "./step.ts";

/** A path as of its last look: N cells, energies in the model's unit. */
export class Path {
  private at = 0;
  private seen: Look;
  /** Why it cannot go on. */
  private left: LeftConeError | undefined;

  /** `follow` makes them. */
  constructor(
    private readonly kernel: Kernel,
    private readonly model: Model,
    private readonly replica: number,
    private readonly initial: Float64Array,
  ) {
    this.seen = this.look();
  }

  /** When that was, on the model's timescale. */
  get time(): number {
    return this.at;
  }

  /** N: the energies E_1 to E_N, an array of this look's own. */
  get energies(): Float64Array {
    return this.seen.energies;
  }

  /** N+1: energy carried from cell k to k+1 since time 0; cell 0 and N+1 are the baths. */
  get current(): Float64Array {
    return this.seen.current;
  }

  /** Exchanges since time 0; steps for "mesoscopic". */
  get events(): number {
    return this.seen.events;
  }

  /**
   * Goes on to a time and looks there, on the thread that calls: some 10 ns an event. The path is the one that `trajectory`
   * has for the times of all looks so far, bit for bit.
   * @param time finite, not before the last look.
   * @throws InvalidInputError; LeftConeError, after which the path stays at its last look for good.
   */
  advance(time: number): void {
    if (!(time >= this.at && time < Infinity)) {
      const expected = `a finite time from ${this.at} on`;
      throw new InvalidInputError("path", [{ field: "time", expected, got: describe(time) }]);
    }
    if (this.left) throw this.left;
    if (!this.kernel.follow(time)) {
      const safe = safeParticles(this.kernel, this.model, { replicas: 1, times: [time] });
      this.left = new LeftConeError(this.replica, this.kernel.look.leftAt!, safe, undefined);
      throw this.left;
    }
    this.at = time;
    this.seen = this.look();
  }

  private look(): Look {
    const { observed, events } = this.kernel.look;
    const current = new Float64Array(observed.length);
    carriedBy(observed, this.initial, current);
    return { energies: observed.slice(0, -1), current, events };
  }
}

interface Look {
  readonly energies: Float64Array;
  readonly current: Float64Array;
  readonly events: number;
}

/**
 * Opens a path at time 0: the replica of that number and seed.
 * @throws InvalidInputError listing every fault in the options; OutOfMemoryError.
 */
export async function follow(model: Model, options: FollowOptions = {}): Promise<Path> {
  const { seed, replica, method, step, outsideCone } = withStep(model, readFollowOptions(options));
  const kernel = await loadKernel();
  const initial = initialEnergies(model);
  kernel.setModel(model, seed);
  if (step !== undefined) kernel.setStep(step, outsideCone === "follow");
  kernel.beginPath(method, replica, initial);
  return new Path(kernel, model, replica, initial);
}
