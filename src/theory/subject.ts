/** The subject of a prediction: the process Θ^M, or the mesoscopic equation (3.3) that stands in for it (THEORY 7). */
import { orElse, read, strict, word } from "../validate.ts";

/** "process" is Θ^M, "mesoscopic" the equation (3.3). */
export type Subject = "process" | "mesoscopic";

const SUBJECTS = ["process", "mesoscopic"] as const satisfies readonly Subject[];

/** Which of the two a prediction is of. */
export interface SubjectOptions {
  /** Default "process". */
  readonly of?: Subject;
}

const schema = strict({ of: orElse(word(SUBJECTS), "process") });

/** @throws InvalidInputError if it is none. */
export function subjectOf(options: SubjectOptions): Subject {
  return read("options", schema, options).of;
}
