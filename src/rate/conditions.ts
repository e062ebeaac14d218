/** The conditions of the theory on a rate f (the paper's (a) and (b)): smooth, positive and nowhere falling. */
import { type Proof, prove } from "./elasticity.ts";
import { type Counterexample, refute } from "./refute.ts";
import type { Tabulated } from "./sites.ts";

export type Verdict = "proven" | "refuted" | "neither";

export interface Conditions {
  /** f > 0. */
  readonly positive: Verdict;
  /** f > 0 falls neither in a nor in b. */
  readonly monotone: Verdict;
  /** In words: the counterexample, or the part of the expression that is in the way of a proof. */
  readonly reason: string | undefined;
  readonly counterexample: Counterexample | undefined;
  /** A bound of a f_1/f and b f_2/f, infinite if none is known; 1/2 for √(a+b). */
  readonly largestElasticity: number;
  /** A lower bound of the ratio of neighbours' energies up to which the flow contracts (`Rate.cooperativeRatio`). */
  readonly cooperativeRatio: number;
  readonly kinks: Proof["kinks"];
}

/** The conditions in chains with temperatures from `coldest` to `hottest`; (c), bounded, is `supremumOf`. */
export function conditionsOf(rate: Tabulated, coldest: number, hottest: number): Conditions {
  const proof = prove(rate);
  const counterexample = refute(rate, coldest, hottest, proof.monotone);
  const verdict = (isProven: boolean, isRefuted: boolean): Verdict =>
    isRefuted ? "refuted" : isProven ? "proven" : "neither";
  const monotone = verdict(proof.monotone, counterexample !== undefined);
  // φ_1 = (f_1 (x - y) + f)/2 >= 0 wherever y/x - 1 <= f/(x f_1), and φ_2 likewise.
  const largestElasticity = monotone === "proven" ? Math.max(...proof.largest) : Infinity;
  return {
    positive: verdict(proof.positive, counterexample?.fault === "positive"),
    monotone,
    reason: counterexample?.text ?? proof.reason,
    counterexample,
    largestElasticity,
    cooperativeRatio: 1 + 1 / largestElasticity,
    kinks: proof.kinks,
  };
}
