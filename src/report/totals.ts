/** Totals over the checks of one or several reports. */
import type { Check, Report, Table } from "./data.ts";

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

/** The verdict of each report, and how near to its limit the farthest measurement is. */
export function summaryOf(reports: readonly Report[]): Table {
  const anyFailed = reports.some(({ passed }) => !passed);
  return {
    title: "All verifications",
    columns: ["", "verified", "checks", "failed", "largest |z|/limit", ...(anyFailed ? ["culprit"] : [])],
    rows: reports.map(({ name, title, checks }) => {
      const { failed } = totalsOf(checks);
      const culprits = failed.map((check) => check.name).join("; ");
      const largest = Math.max(0, ...checks.map(shareOfLimit));
      return [name, title, checks.length, failed.length, largest, ...(culprits === "" ? [] : [culprits])];
    }),
  };
}

/** |z| over its limit; NaN is beyond every limit. */
export function shareOfLimit({ z, limit }: Check): number {
  return Number.isNaN(z) ? Infinity : Math.abs(z) / limit;
}
