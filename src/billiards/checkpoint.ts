/** States to go on from. */
import { InvalidInputError, type Problem } from "../errors.ts";
import { STREAM_VERSION } from "./kernel.ts";
import type { Billiards } from "./table.ts";

/** The states of all replicas at the end of a run. Plain data. */
export interface Checkpoint {
  /** Version of the random streams. */
  readonly stream: number;
  /** The table. */
  readonly table: Billiards;
  /** Decimal digits. */
  readonly seed: string;
  /** Number of the first replica. */
  readonly firstReplica: number;
  /** Replicas. */
  readonly replicas: number;
  /** Of each replica: the clock, the generator, the energies, the present batch, and x, y, vx, vy, t of each disk. */
  readonly states: readonly Float64Array[];
}

/** @throws InvalidInputError unless a run of these can go on from the checkpoint. */
export function checkResume(
  { stream, states, ...rest }: Checkpoint,
  run: Omit<Checkpoint, "stream" | "states">,
  stateLength: number,
): void {
  const problems: Problem[] = [];
  const differs = (field: string, expected: unknown, got: unknown) => {
    const [a, b] = [JSON.stringify(expected), JSON.stringify(got)];
    if (a !== b) problems.push({ field, expected: `${a}, as in the checkpoint`, got: String(b) });
  };
  differs("stream", stream, STREAM_VERSION);
  for (const field of ["table", "seed", "firstReplica", "replicas"] as const) differs(field, rest[field], run[field]);
  const isWhole = Array.isArray(states) && states.length === run.replicas;
  if (!isWhole || states.some(({ length }) => length !== stateLength)) {
    problems.push({ field: "resume", expected: `${run.replicas} states of ${stateLength} numbers`, got: "others" });
  }
  if (problems.length > 0) throw new InvalidInputError("options", problems);
}
