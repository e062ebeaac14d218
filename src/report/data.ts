/** The plain data that a verification hands to a report: numbers and words, nothing to call. */

/** One prediction held against one measurement, or against the worst of several. */
export interface Check {
  /** What is compared, as a person would say it. */
  readonly name: string;
  /** What the theory says, of the worst comparison if there are several. */
  readonly predicted: number;
  /** What the simulation says, of the same. */
  readonly measured: number;
  /** Of `measured`. */
  readonly standardError: number;
  /** (measured - predicted) / standardError, of the worst comparison. */
  readonly z: number;
  /** The check fails when |z| exceeds this. */
  readonly limit: number;
  /** How many comparisons this check makes. */
  readonly comparisons: number;
  /** The probability that a right simulation fails any of them, at most. */
  readonly falseAlarm: number;
  /** Independent observations behind the measurement: replicas or draws. */
  readonly samples: number;
  /** The smallest error of a measurement, in its own unit, that the check finds as good as surely. */
  readonly detects: number;
  /** Whether |z| is within the limit. */
  readonly passed: boolean;
}

/** A table of numbers and words. */
export interface Table {
  /** What it shows. */
  readonly title: string;
  /** The headings. */
  readonly columns: readonly string[];
  /** An entry for each column. Numbers are shown with four significant digits, words as they are. */
  readonly rows: readonly (readonly (number | string)[])[];
}

/** Points of one kind in a figure. */
export interface Series {
  /** As the legend has it. */
  readonly name: string;
  /** How it is drawn. */
  readonly kind: "line" | "dots" | "band";
  /** Where its points are, on the axis x. */
  readonly x: readonly number[];
  /** Where they are on the axis y, as many. */
  readonly y: readonly number[];
  /** The lower end of each point's error bar, or of the band. */
  readonly low?: readonly number[];
  /** The upper end. */
  readonly high?: readonly number[];
  /** Series of one group share a colour: theory is drawn over the simulation it belongs to. Default: `name`. */
  readonly group?: string;
}

/** An axis of a figure. */
export interface Axis {
  /** The quantity, with its unit if it has one. */
  readonly label: string;
  /** Whether it is logarithmic. Default false. */
  readonly log?: boolean;
}

/** A thin straight line across a figure, behind everything else: a limit, a baseline. */
export interface Mark {
  /** The axis on which `at` is read: a mark on "y" is horizontal. */
  readonly axis: "x" | "y";
  /** Where it crosses that axis. */
  readonly at: number;
  /** What it is. */
  readonly label?: string;
}

/** A figure as data: whoever draws it need not know what was simulated. */
export interface Figure {
  /** File name without ending. */
  readonly name: string;
  /** What it shows. */
  readonly title: string;
  /** What to see in it. */
  readonly caption: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** What is drawn, in this order. */
  readonly series: readonly Series[];
  /** Lines behind them. */
  readonly marks?: readonly Mark[];
}

/** What a verification found. */
export interface Report {
  /** The word of the command that made it: "lln", "clt", ... */
  readonly name: string;
  /** The theorem. */
  readonly title: string;
  /** What the theorem says and what is measured, in a sentence or two. */
  readonly statement: string;
  /** What does not apply to this model, why, and what to do about it. */
  readonly notes: readonly string[];
  /** Predictions beside measurements. */
  readonly tables: readonly Table[];
  /** Each with its own false-alarm rate. */
  readonly checks: readonly Check[];
  /** Theory over simulation. */
  readonly figures: readonly Figure[];
  /** The certificates of the runs behind it: anyone can replay them. */
  readonly certificates: readonly object[];
  /** Whether every check passed. */
  readonly passed: boolean;
}
