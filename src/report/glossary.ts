/** The symbols of reports and of the lab, each in one plain sentence, told where it is first met. */
import type { Report } from "./data.ts";

export const SENTENCES = {
  N: "The number of cells.",
  M: "The number of particles in a cell; the more there are, the smaller the fluctuations.",
  T_L: "The temperature of the bath at the left end.",
  T_R: "The temperature of the bath at the right end.",
  "f(a, b)": "How often a bond between cells of energies a and b rings: M f(a, b) times in a unit of time.",
  "B·Exp(T)": "A bath offers a random share B, on average 1/M, of a random energy whose mean is its temperature T.",
  "Exp(T/M)":
    "A bath offers a random energy of mean T/M; between equal baths every exchange is then as likely forwards as backwards in time.",
  t: "The time since the start.",
  κ: "The conductivity: the current over the gradient, which is the difference of the baths over N + 1.",
  "Θ̄(t)": "The energies at time t by the limit equation, which has no noise: what many particles come to.",
  "E*": "The equilibrium: the energies at which the limit equation stands still.",
  σ: "The standard deviation that the theory predicts for a cell's energy once the chain has settled.",
  S: "M times the covariances that the theory predicts for the energies once the chain has settled.",
  "S/M": "The variances and covariances that the theory predicts for the energies once the chain has settled.",
  "Θ^M": "The energies of the simulated chain with M particles in a cell.",
  Θ̄: "The energies by the limit equation, which has no noise.",
  F: "How fast the energies change without noise.",
  C: "The covariances that the theory predicts for √M times the distance from the limit equation.",
  "tr C": "The sum of the variances that the theory predicts for √M times the distance from the limit equation.",
  RMS: "Root mean square: the square root of the mean of the squares.",
  DF: "The derivatives of F: how the change of each energy depends on every other energy.",
  H: "The noise that every bond brings to its two cells, which fits the sizes of the exchanges.",
  j: "The current from left to right.",
  "f(T, T)": "How often a bond between two cells of energy T rings, over M.",
  Z: "The energies by the mesoscopic equation, which has noise where the chain has exchanges.",
  W: "Brownian motions, one for each bond.",
  W1: "How far one law must be moved, on average, to become the other: their Wasserstein distance.",
  "E|x|": "The mean of |x|.",
  m1: "What the mean energies are off the limit equation, times M, as the theory predicts it.",
  C1: "What the covariances of the energies are off C/M, times M², as the theory predicts it.",
  j1: "What the mean current is off the limit equation, times M, as the theory predicts it.",
  K3: "The third cumulants of the energies, times M², as the theory predicts them: how lopsided their laws are.",
  "V_k²": "The variance of what bond k carries in a unit of time, times M, as the theory predicts it.",
  "φ(M)": "How often disks collide through the hole between two cells, in a unit of time.",
  "⟨g⟩": "The mean speed of two disks relative to each other, one of either cell.",
  B: "One particle's share of its cell's energy, which is what neighbours exchange.",
  ε: "An exponent above 0 by which a share is large: M^ε times its mean, 1/M.",
  "F_n - F": "How far the distribution function of n draws is from the predicted one.",
  "local slope": "The slope of log RMS over log M from the row above to this one.",
  Q_k: "The energy that bond k has carried.",
  Q_0: "The energy that the left bath has given.",
  Σ: "The logarithm of how much likelier a path is than the same path backwards in time.",
  W_f: "The sum over the exchanges of a path of log f(before)/f(after), f the rate of the bond that rang.",
  A: "The action: what the most likely path to an event costs, found from Hamilton’s equations.",
  instanton: "The most likely of all paths that lead to an event; it climbs against the limit equation.",
  "ψ(λ)":
    "The current's generating function: e^(M t ψ(λ)) is the mean of e^(λ M Q), Q what is carried in a long time t.",
  I: "The rate function of a rare value, whose probability falls with M as e^(-M I).",
  "A = 1/T_L - 1/T_R": "What the baths drive the energy with: A times the energy given by the left bath is entropy.",
  ΔT: "The gap between the temperatures of the baths.",
  "−c/2":
    "The current from left to right that the theory predicts once the chain has settled; below 0 it goes to the left.",
  "−c": "The current from left to right that the theory predicts once the chain has settled; below 0 it goes to the left.",
  h: "The length of a step in which the equation is solved.",
  z: "The distance of the measurement from the prediction, in standard errors.",
  limit: "A check fails when |z| is beyond its limit.",
  "std. error": "How far chance alone moves a measurement, as a standard deviation.",
  detects:
    "The smallest error of a measurement, in its own unit, that the check finds as surely as it passes a right one.",
  "false-alarm rate": "The probability that a right simulation fails, at most.",
} as const;

export type Sign = keyof typeof SENTENCES;

/** The texts of a report that use a symbol, in the order in which symbols are told. */
const SEEN: readonly (readonly [Sign, RegExp])[] = [
  ["N", /\bN\b/],
  ["M", /\bM\b/],
  ["T_L", /\bT_L\b/],
  ["T_R", /\bT_R\b/],
  ["ΔT", /ΔT/],
  ["Θ^M", /Θ\^M|√M\(Θ|E\|Θ/],
  ["Θ̄", /Θ̄/],
  ["E|x|", /\bE[|[Θ]/],
  ["RMS", /\bRMS\b/],
  ["local slope", /local slope/],
  ["C", /√M\(Θ|\bC\b/],
  ["tr C", /\btr C\b/],
  ["m1", /\bm1\b/],
  ["C1", /\bC1\b/],
  ["K3", /\bK3\b/],
  ["DF", /\bDF\b/],
  ["F", /\bF\(Z\)|\bdF\b/],
  ["H", /\bH\b/],
  ["V_k²", /\bV_?\S*²/],
  ["Q_k", /\bQ_k\b/],
  ["Q_0", /\bQ_0\b/],
  ["Σ", /Σ/],
  ["W_f", /\bW_f\b/],
  ["ψ(λ)", /ψ/],
  ["I", /\bI\b/],
  ["A = 1/T_L - 1/T_R", /\bA = 1\/T_L/],
  ["Z", /\bZ\b/],
  ["W1", /\bW1\b/],
  ["E*", /E\*/],
  ["S", /\bS\b|\bS_/],
  ["j1", /\bj1\b/],
  ["−c/2", /[-−]c\/2/],
  ["−c", /(?<!\w)[-−]c(?![\w/])/],
  ["κ", /κ|[Cc]onductivity/],
  ["φ(M)", /φ\(M\)/],
  ["⟨g⟩", /⟨g⟩/],
  ["B", /\bB\b/],
  ["ε", /ε/],
  ["F_n - F", /\bF_n\b/],
  ["std. error", /std\. error/],
  ["z", /\bz\b/],
];

export interface Explanation {
  readonly symbol: Sign;
  readonly meaning: string;
}

/**
 * The symbols that a report uses and that were not told before.
 * @param told the symbols that were told, to which these are added.
 */
export function explanations(report: Report, told = new Set<string>()): Explanation[] {
  const text = textOf(report);
  const met = SEEN.filter(([sign, seen]) => !told.has(sign) && seen.test(text)).map(([sign]) => sign);
  for (const sign of met) told.add(sign);
  return met.map((symbol) => ({ symbol, meaning: SENTENCES[symbol] }));
}

/** All words of a report, a line each; those of checks have the headings that tables of checks have. */
export function textOf({ title, statement, notes, tables, checks, figures }: Report): string {
  return [
    ...[title, statement, ...notes],
    ...tables.flatMap((table) => [table.title, ...table.columns, ...table.rows.flat().map(String)]),
    ...checks.map(({ name }) => name),
    ...(checks.length > 0 ? ["std. error", "z"] : []),
    ...figures.flatMap(({ title, caption, x, y, series, marks = [] }) => [
      ...[title, caption, x.label, y.label],
      ...series.map(({ name }) => name),
      ...marks.map(({ label = "" }) => label),
    ]),
  ].join("\n");
}
