/** The live chain, in its worker: one path, the limit equation beside it, and the predicted steady state. */
import { defineModel, follow, theory, type Model, type Path } from "mesoflux";
import { observationSpacing, modelOf, type Settings } from "../settings.ts";
import { sum } from "../sum.ts";
import { Trace, type TraceData } from "./trace.ts";

/** Data that stay the same while the chain runs; undefined where the theory has no value. */
export interface Scene {
  readonly spacing: number;
  /** N: E*, and standard deviations around it from S/M. */
  readonly equilibrium: Float64Array | undefined;
  readonly deviation: Float64Array | undefined;
  /** The current from left to right, half of c*. */
  readonly flux: number | undefined;
  /** The reason why a value is undefined. */
  readonly note: string;
}

/** The chain at one observation. */
export interface Frame extends Pick<Path, "time" | "events" | "energies"> {
  readonly observation: number;
  /** N: Θ̄(t). */
  readonly limit: Float64Array;
  readonly trace: TraceData;
}

export class Live {
  private observation = 0;
  private readonly trace = new Trace();

  private constructor(
    readonly scene: Scene,
    private readonly path: Path,
    private readonly limit: (observation: number) => Float64Array,
  ) {
    this.record();
  }

  /** @throws the package's errors. */
  static async open(settings: Settings): Promise<Live> {
    const model = defineModel(modelOf(settings));
    const spacing = observationSpacing(model.cells);
    const path = await follow(model, { seed: BigInt(settings.seed) });
    return new Live({ spacing, ...steadyState(model) }, path, limitAtObservations(model, spacing));
  }

  /** Advances by so many observations, or by as many as there is time for, one at least. */
  advance(observations: number, milliseconds: number): Frame {
    const end = performance.now() + milliseconds;
    for (const last = this.observation + observations; this.observation < last;) {
      this.next();
      if (performance.now() > end) break;
    }
    return this.frame();
  }

  /** Advances to the next event, by one observation at least. */
  step(): Frame {
    const { events } = this.path;
    for (let i = 0; i < MOST_STEPS && this.path.events === events; i++) this.next();
    return this.frame();
  }

  frame(): Frame {
    const { observation, path, limit, trace } = this;
    const { time, events, energies } = path;
    return { observation, time, events, energies, limit: limit(observation), trace: trace.data };
  }

  private next(): void {
    this.observation++;
    this.path.advance(this.observation * this.scene.spacing);
    this.record();
  }

  private record(): void {
    const { path, observation } = this;
    this.trace.add(observation, () => ({
      time: path.time,
      transferred: {
        first: path.transferred[0],
        mean: sum(path.transferred) / path.transferred.length,
        last: path.transferred.at(-1)!,
      },
      total: sum(path.energies),
      limitTotal: sum(this.limit(observation)),
    }));
  }
}

/** Observations in the search for the next event, at most. */
const MOST_STEPS = 10_000;

/** Observations in one piece of the limit's path. */
const PIECE = 256;

/** Gives Θ̄ at an observation, integrated piece by piece; observations must not go back by more than a piece. */
function limitAtObservations(model: Model, spacing: number): (observation: number) => Float64Array {
  const length = PIECE * spacing;
  let piece = 0;
  let path = theory.limitPath(model, length);
  return (observation) => {
    while (observation > (piece + 1) * PIECE) {
      const initial = path(length);
      path = theory.limitPath(defineModel({ ...model, initial }), length);
      piece++;
    }
    return path((observation - piece * PIECE) * spacing);
  };
}

function steadyState(model: Model): Omit<Scene, "spacing"> {
  try {
    const { energies, flux } = theory.equilibrium(model);
    const S = theory.stationaryCovariance(model);
    const deviation = energies.map((_, k) => Math.sqrt(S[k * (model.cells + 1)] / model.particles));
    return { equilibrium: energies, deviation, flux, note: "" };
  } catch (error) {
    return { equilibrium: undefined, deviation: undefined, flux: undefined, note: (error as Error).message };
  }
}
