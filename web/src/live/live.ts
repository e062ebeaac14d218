/** The live chain, in its worker: one path, the limit equation beside it, and what the steady state ought to be. */
import { defineModel, follow, theory, type Model, type Path } from "mesoflux";
import { lookSpacing, modelOf, type Settings } from "../settings.ts";
import { sum } from "../sum.ts";
import { Trace, type TraceData } from "./trace.ts";

/** What does not change while the chain runs. Of what the theory has no value for, there is none. */
export interface Scene {
  readonly spacing: number;
  /** N: E*, and standard deviations around it from S/M. */
  readonly equilibrium: Float64Array | undefined;
  readonly deviation: Float64Array | undefined;
  /** The current from left to right, half of c*. */
  readonly flux: number | undefined;
  /** Why that is so. */
  readonly note: string;
}

/** The chain as of a look. */
export interface Frame {
  readonly look: number;
  readonly time: number;
  readonly events: number;
  readonly energies: Float64Array;
  /** N: Θ̄(t). */
  readonly limit: Float64Array;
  readonly trace: TraceData;
}

export class Live {
  private look = 0;
  private readonly trace = new Trace();

  private constructor(
    readonly scene: Scene,
    private readonly path: Path,
    private readonly limit: (look: number) => Float64Array,
  ) {
    this.record();
  }

  /** @throws the package's errors. */
  static async open(settings: Settings): Promise<Live> {
    const model = defineModel(modelOf(settings));
    const spacing = lookSpacing(model.cells);
    const path = await follow(model, { seed: BigInt(settings.seed) });
    return new Live({ spacing, ...steadyState(model) }, path, limitAtLooks(model, spacing));
  }

  /** Goes on for so many looks, or for as many as there is time for, one at least. */
  advance(looks: number, milliseconds: number): Frame {
    const end = performance.now() + milliseconds;
    for (const last = this.look + looks; this.look < last;) {
      this.next();
      if (performance.now() > end) break;
    }
    return this.frame();
  }

  /** Goes on until something happens, one look at least. */
  step(): Frame {
    const { events } = this.path;
    for (let i = 0; i < MOST_STEPS && this.path.events === events; i++) this.next();
    return this.frame();
  }

  frame(): Frame {
    const { look, path, limit, trace } = this;
    const { time, events, energies } = path;
    return { look, time, events, energies, limit: limit(look), trace: trace.data };
  }

  private next(): void {
    this.look++;
    this.path.advance(this.look * this.scene.spacing);
    this.record();
  }

  private record(): void {
    const { path, look } = this;
    this.trace.add(look, () => ({
      time: path.time,
      carried: { first: path.current[0], mean: sum(path.current) / path.current.length, last: path.current.at(-1)! },
      total: sum(path.energies),
      limitTotal: sum(this.limit(look)),
    }));
  }
}

/** Looks until the next event, at most. */
const MOST_STEPS = 10_000;

/** Looks in one piece of the limit's path. */
const PIECE = 256;

/** Θ̄ at looks that do not go back by more than a piece; it is integrated as far as it is asked for. */
function limitAtLooks(model: Model, spacing: number): (look: number) => Float64Array {
  const length = PIECE * spacing;
  let piece = 0;
  let path = theory.limitPath(model, length);
  return (look) => {
    while (look > (piece + 1) * PIECE) {
      const initial = path(length);
      path = theory.limitPath(defineModel({ ...model, initial }), length);
      piece++;
    }
    return path((look - piece * PIECE) * spacing);
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
