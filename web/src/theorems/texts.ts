/** The words of the cards. */
import type { Sign } from "../../../src/report/glossary.ts";
import type { Theorem } from "./theorems.ts";

export interface CardText {
  readonly name: string;
  readonly title: string;
  /** The theorem in a sentence, with its formula. */
  readonly statement: string;
  /** The symbols of the statement. */
  readonly signs: readonly Sign[];
}

export interface TheoremText extends CardText {
  readonly name: Theorem;
  /** The symbols of the results. */
  readonly resultSigns: readonly Sign[];
  /** Beginnings of names of checks: the finding is about the first of them that was made. */
  readonly headlines: readonly string[];
}

export const TEXTS: readonly TheoremText[] = [
  {
    name: "lln",
    title: "Law of large numbers",
    statement:
      "With more particles M in a cell the energies Θ^M follow the limit equation dΘ̄/dt = F(Θ̄) more closely: " +
      "their RMS distance to it is √(tr C/M).",
    signs: ["Θ^M", "Θ̄", "F", "RMS", "tr C"],
    resultSigns: ["E|x|", "E*", "m1"],
    headlines: ["slope of log RMS", "M E|Θ-Θ̄|²"],
  },
  {
    name: "clt",
    title: "Central limit theorem",
    statement:
      "What is left, √M (Θ^M − Θ̄), becomes Gaussian, with the covariance dC/dt = DF·C + C·DFᵀ + H·Hᵀ, C(0) = 0.",
    signs: ["Θ^M", "Θ̄", "C", "DF", "H"],
    resultSigns: ["K3", "V_k²", "Q_k"],
    headlines: ["covariance of √M(Θ-Θ̄)", "variance of the first increments"],
  },
  {
    name: "fourier",
    title: "Fourier’s law",
    statement:
      "In the steady state the current is proportional to the temperature gradient, j = −κ (T_R − T_L)/(N+1), " +
      "with the conductivity κ = f(T, T)/2 for small gaps, or f(T, T) where disks collide.",
    signs: ["j", "κ", "T_L", "T_R", "N", "f(T, T)"],
    resultSigns: ["ΔT", "−c/2", "−c", "E*", "m1"],
    headlines: ["conductivity as ΔT → 0"],
  },
  {
    name: "mesoscopic",
    title: "Mesoscopic limit equation",
    statement:
      "For many particles noise may stand in for the jumps: dZ = F(Z) dt + H(Z) dW/√M has the law of Θ^M up to 1/M; " +
      "M times the distance W1 of the two laws of an energy tends to a constant.",
    signs: ["Z", "F", "H", "W", "Θ^M", "W1"],
    resultSigns: ["Θ̄", "C", "m1", "C1", "E|x|", "h"],
    headlines: ["M W1 by the best potential", "M Cov(Z) = C"],
  },
  {
    name: "fluctuations",
    title: "Fluctuation theorem",
    statement:
      "Between thermal baths, from energies of Gamma(M, T_R), a path is e^Σ times as likely as the same path backwards, at every " +
      "M and every time: P(Σ) = e^Σ P(−Σ), Σ = −M A Q_0 + W_f, A = 1/T_L - 1/T_R. It is tried on short chains with this " +
      "one’s rate.",
    signs: ["M", "Σ", "A = 1/T_L - 1/T_R", "Q_0", "W_f"],
    resultSigns: ["T_L", "T_R"],
    headlines: ["P(Σ) = e^Σ P(-Σ): mean of a/(1 + e^Σ) = 0, M = 10", "mean of e^-Σ"],
  },
];

/** The card of rare events, which counts and verifies nothing. */
export const RARE_TEXT = {
  name: "rare",
  title: "A rare event",
  statement:
    "An energy far above its limit is reached with a probability of about e^(-MA), along one path: the instanton. Paths of " +
    "the chain that are guided along it, and weighed, count even an event of 10^-10 in some seconds.",
  signs: ["M", "A", "instanton"],
} as const satisfies CardText;
