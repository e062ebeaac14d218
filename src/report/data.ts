/** The plain data that a verification hands to a report: numbers and words, nothing to call. */

/** A prediction compared with a measurement, or the worst of several such comparisons. */
export interface Check {
  /** The compared quantity in words. */
  readonly name: string;
  /** The theory's value, in the worst comparison if there are several. */
  readonly predicted: number;
  /** The simulation's value of the same quantity. */
  readonly measured: number;
  /** Standard error of `measured`. */
  readonly standardError: number;
  /** (measured - predicted) / standardError, of the worst comparison. */
  readonly z: number;
  /** The check fails when |z| exceeds this. */
  readonly limit: number;
  /** Number of comparisons in this check. */
  readonly comparisons: number;
  /** The probability that a right simulation fails any of them, at most. */
  readonly falseAlarm: number;
  /** Number of independent observations behind the measurement: replicas or draws. */
  readonly samples: number;
  /** The smallest error of a measurement, in its own unit, that the check finds as surely as it passes a right one. */
  readonly detects: number;
  /** True if |z| is within the limit. */
  readonly passed: boolean;
}

/** A table of numbers and words. */
export interface Table {
  /** Its title. */
  readonly title: string;
  /** The headings. */
  readonly columns: readonly string[];
  /** An entry for each column. Numbers are shown with four significant digits, words as they are. */
  readonly rows: readonly (readonly (number | string)[])[];
}

/** Points of one kind in a figure. */
export interface Series {
  /** Its name in the legend. */
  readonly name: string;
  /** Its kind of drawing. */
  readonly kind: "line" | "dots" | "band";
  /** The points' values on the axis x. */
  readonly x: readonly number[];
  /** The points' values on the axis y. */
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
  /** True if it is logarithmic. Default false. */
  readonly log?: boolean;
}

/** A thin straight line across a figure, behind everything else: a limit, a baseline. */
export interface Mark {
  /** The axis on which `at` is read: a mark on "y" is horizontal. */
  readonly axis: "x" | "y";
  /** Its value on that axis. */
  readonly at: number;
  /** Its label. */
  readonly label?: string;
}

/** A figure as data, which can be drawn without knowing what was simulated. */
export interface Figure {
  /** File name without ending. */
  readonly name: string;
  /** Its title. */
  readonly title: string;
  /** The text below it, which says what to see. */
  readonly caption: string;
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** Lines, dots and bands, in the order of drawing. */
  readonly series: readonly Series[];
  /** Lines behind the series. */
  readonly marks?: readonly Mark[];
}

/** The result of a verification. */
export interface Report {
  /** Name of the verification: "lln", "clt", ... */
  readonly name: string;
  /** Title: the theorem. */
  readonly title: string;
  /** The theorem and the measurement in a sentence or two. */
  readonly statement: string;
  /** Parts that do not apply to this model, with the reason and a remedy. */
  readonly notes: readonly string[];
  /** Predictions beside measurements. */
  readonly tables: readonly Table[];
  /** Checks, each with its own false-alarm rate. */
  readonly checks: readonly Check[];
  /** Figures: theory over simulation. */
  readonly figures: readonly Figure[];
  /** Certificates of the runs behind it, which can be replayed. */
  readonly certificates: readonly object[];
  /** True if every check passed. */
  readonly passed: boolean;
}
