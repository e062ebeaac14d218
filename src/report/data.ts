/** The plain data that a verification hands to a report: numbers and words, nothing to call. */

/** One prediction held against one measurement, or against the worst of several. */
export interface Check {
  /** What is compared, as a person would say it. */
  readonly name: string;
  readonly predicted: number;
  readonly measured: number;
  readonly standardError: number;
  /** (measured - predicted) / standardError, of the worst comparison. */
  readonly z: number;
  /** The check fails when |z| exceeds this. */
  readonly limit: number;
  /** How many comparisons this check makes, and the probability that a right simulation fails any of them. */
  readonly comparisons: number;
  readonly falseAlarm: number;
  /** Independent observations behind the measurement: replicas or draws. */
  readonly samples: number;
  /** The smallest error of a measurement, in its own unit, that the check finds as good as surely. */
  readonly detects: number;
  readonly passed: boolean;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  /** Numbers are shown with four significant digits, words as they are. */
  readonly rows: readonly (readonly (number | string)[])[];
}

/** Points of one kind in a figure; `low` and `high` bound a band or error bars. */
export interface Series {
  readonly name: string;
  readonly kind: "line" | "dots" | "band";
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** Series of one group share a colour: theory is drawn over the simulation it belongs to. Default: `name`. */
  readonly group?: string;
}

export interface Axis {
  readonly label: string;
  readonly log?: boolean;
}

/** A thin straight line across a figure, behind everything else: a limit, a baseline. */
export interface Mark {
  /** The axis on which `at` is read: a mark on "y" is horizontal. */
  readonly axis: "x" | "y";
  readonly at: number;
  readonly label?: string;
}

export interface Figure {
  /** File name without ending. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
}

export interface Report {
  /** The word of the command that made it: "lln", "clt", ... */
  readonly name: string;
  readonly title: string;
  /** What the theorem says and what is measured, in a sentence or two. */
  readonly statement: string;
  /** What does not apply to this model, why, and what to do about it. */
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
  readonly checks: readonly Check[];
  readonly figures: readonly Figure[];
  /** The certificates of the runs behind it: anyone can replay them. */
  readonly certificates: readonly object[];
  /** Whether every check passed. */
  readonly passed: boolean;
}
