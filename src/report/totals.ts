/** Totals over the checks of one or several reports. */
import type { Check } from "./data.ts";

export interface Totals {
  readonly failed: readonly Check[];
  readonly comparisons: number;
  /** An upper bound of the probability that a right simulation fails any of the checks. */
  readonly falseAlarm: number;
  /** The fewest and the most independent observations behind a check. */
  readonly samples: readonly [number, number];
  /** "all 12 checks passed", "2 of 12 checks FAILED", "no checks". */
  readonly verdict: string;
}

export function totalsOf(checks: readonly Check[]): Totals {
  const failed = checks.filter(({ passed }) => !passed);
  const samples = checks.map((check) => check.samples);
  return {
    failed,
    comparisons: checks.reduce((sum, check) => sum + check.comparisons, 0),
    falseAlarm: checks.reduce((sum, check) => sum + check.falseAlarm, 0),
    samples: [Math.min(...samples), Math.max(...samples)],
    verdict: verdictOf(checks.length, failed.length),
  };
}

function verdictOf(checks: number, failed: number): string {
  if (checks === 0) return "no checks";
  if (checks === 1) return failed === 0 ? "the check passed" : "the check FAILED";
  return failed === 0 ? `all ${checks} checks passed` : `${failed} of ${checks} checks FAILED`;
}
