/** The four theorems, by name: what the worker runs. */
import { defineModel } from "mesoflux";
import { modelOf, type Settings } from "../settings.ts";
import { clt, type Clt } from "./clt.ts";
import { Course } from "./course.ts";
import { fourier, type Fourier } from "./fourier.ts";
import { lln, type Lln } from "./lln.ts";
import { mesoscopic, type Mesoscopic } from "./mesoscopic.ts";

export interface Outcomes {
  readonly lln: Lln;
  readonly clt: Clt;
  readonly fourier: Fourier;
  readonly mesoscopic: Mesoscopic;
}
export type Theorem = keyof Outcomes;

const RUNS: { readonly [T in Theorem]: (...task: Parameters<typeof lln>) => Promise<Outcomes[T]> } = {
  lln,
  clt,
  fourier,
  mesoscopic,
};

/**
 * Runs a theorem on the settings' chain.
 * @param report is told the share that is done, 0 to 1.
 * @throws the package's errors; AbortedError after the signal.
 */
export function runTheorem<T extends Theorem>(
  theorem: T,
  settings: Settings,
  signal: AbortSignal,
  report: (share: number) => void,
): Promise<Outcomes[T]> {
  return RUNS[theorem](defineModel(modelOf(settings)), BigInt(settings.seed), new Course(signal, report));
}
