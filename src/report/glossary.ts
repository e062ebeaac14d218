/** The symbols of the reports, each in one plain sentence, told where it is first met. */
import type { Report } from "./data.ts";

export interface Explanation {
  readonly symbol: string;
  readonly meaning: string;
}

/** A symbol with the pattern by which a text that uses it is known. */
interface Entry extends Explanation {
  readonly seen: RegExp;
}

const entry = (symbol: string, seen: RegExp, meaning: string): Entry => ({ symbol, seen, meaning });

const ENTRIES: readonly Entry[] = [
  entry("M", /\bM\b/, "the number of particles in each cell."),
  entry("Θ^M", /Θ\^M|E\|Θ/, "the energies of the simulated chain, a list of one number a cell."),
  entry("Θ̄", /Θ̄/, "the energies that the limit equation predicts, to which Θ^M tends as M grows."),
  entry("m1", /\bm1\b/, "the first correction to the mean at finite M: the mean is the limit + m1/M."),
  entry("C", /\bC\(t\)|C1|\btr C\b|\|\/C\b/, "the predicted covariance of √M(Θ^M - Θ̄): energies fluctuate by about √(C/M)."),
  entry("W1", /\bW1\b/, "the Wasserstein distance: how far the values of one law must be moved, on average, to make the other."),
  entry("Z", /\bZ\b/, "the energies that the mesoscopic equation has, a diffusion with the fluctuations of finite M."),
  entry("E*", /E\*/, "the energies at which the limit equation comes to rest, where every bond carries the same current."),
  entry("S", /\bS\/M|S_kk|S_11|\bS\b(?= from| is| has)/, "M times the covariance of the steady state to leading order, so that energies vary by S/M."),
  entry("κ", /κ|[Cc]onductivity/, "the conductivity: the steady current from hot to cold per unit of temperature difference from one cell to the next."),
  entry("c", /-c\/2/, "twice the steady current from right to left; currents are counted from left to right, hence -c/2."),
  entry("B", /E\[B\]|P\(B/, "one particle's share of its cell's energy, which is what neighbours exchange."),
  entry("K3", /\bK3\b/, "the third cumulant, which is 0 for a Gaussian law: how lopsided a law is."),
  entry('"exponential" bath', /"exponential" bath/, "gives a share B of an energy Exp(T) with mean T, as the paper's does."),
  entry('"thermal" bath', /"thermal" bath/, "gives one particle's energy at temperature T, Exp(T/M), and so allows equilibrium."),
  entry("z", /\bz\b/, "the distance of a measurement from its prediction in standard errors; a check fails beyond its limit."),
];

/**
 * The symbols that a report uses and that were not told before.
 * @param told the symbols that were told, to which these are added.
 */
export function explanations(report: Report, told = new Set<string>()): Explanation[] {
  const { title, statement, notes, tables, checks, figures } = report;
  const text = [
    ...[title, statement, ...notes],
    ...tables.flatMap((table) => [table.title, ...table.columns, ...table.rows.flat().map(String)]),
    ...checks.map(({ name }) => name),
    ...(checks.length > 0 ? ["z"] : []),
    ...figures.flatMap(({ title, caption }) => [title, caption]),
  ].join("\n");
  const met = ENTRIES.filter(({ symbol, seen }) => !told.has(symbol) && seen.test(text));
  for (const { symbol } of met) told.add(symbol);
  return met;
}
