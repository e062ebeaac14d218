/** What `simulate` is asked for of a steady state: schema and defaults. */
import * as z from "zod/mini";
import { integer, optional, orElse, positive, read, strict } from "../validate.ts";
import { simulateShape, refined, type SimulateOptions } from "./options.ts";

/** When each replica of a steady state is looked at. Times in units of the model's timescale. */
export interface LookOptions {
  /** Time from the start at E* to the first look, >= 0. Default: what is left of the start is lost in the errors. */
  burnIn?: number;
  /** Looks at each replica, an integer from 2 on. Default 16. */
  looks?: number;
  /** Time between two looks, above 0. Default half of the slowest mode's time, 1/2 over `theory.slowestRate`. */
  spacing?: number;
}

/** What `simulate` is asked for, of the steady state. */
export interface SteadyStateOptions extends Omit<SimulateOptions, "replicas" | "times" | "samples" | "moments"> {
  /** Independent copies of the process, an integer >= 2: errors come from their differences. */
  replicas: number;
  /** Asks for the steady state. */
  times: "stationary";
  /** When each replica is looked at. Default: as `LookOptions` says. */
  stationary?: LookOptions;
}

/** Looks beyond this many say little: they are far less than the slowest mode's time apart, or the run is one long path. */
const MOST_LOOKS = 2 ** 20;

const waitExpected = "a time from 0 to 1e60";

const looksSchema = strict({
  burnIn: optional(
    z
      .number({ error: waitExpected })
      .check(z.minimum(0, { error: waitExpected }), z.maximum(1e60, { error: waitExpected })),
  ),
  looks: orElse(integer(2, MOST_LOOKS), 16),
  spacing: optional(positive("a time")),
});

const absent = (why: string) => optional(z.undefined({ error: `nothing beside times: "stationary": ${why}` }));

const schema = refined(
  strict({
    ...simulateShape,
    replicas: integer(2, Number.MAX_SAFE_INTEGER),
    times: z.literal("stationary"),
    stationary: z.prefault(looksSchema, {}),
    samples: absent("replicas are summed up, none is kept"),
    moments: absent("means and covariances are always kept"),
  }),
);

export type SettledSteadyState = z.output<typeof schema>;

/** Whether the options ask for a steady state. */
export function isStationary(options: unknown): options is SteadyStateOptions {
  return (options as Partial<SteadyStateOptions> | null | undefined)?.times === "stationary";
}

/** @throws InvalidInputError listing every fault. */
export function readSteadyStateOptions(options: SteadyStateOptions): SettledSteadyState {
  return read("options", schema, options);
}
