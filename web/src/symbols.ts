/** Every symbol of the page in one plain sentence: its tooltip, and its entry where it is first met. */
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
  "S/M": "The variances and covariances that the theory predicts for the energies once the chain has settled.",
  "c*/2":
    "The current from left to right that the theory predicts once the chain has settled; below 0 it goes to the left.",
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
  z: "The distance of the measurement from the prediction, in standard errors.",
  limit: "A check fails when |z| is beyond its limit.",
  "std. error": "How far chance alone moves a measurement, as a standard deviation.",
  detects:
    "The smallest error of a measurement, in its own unit, that the check finds as surely as it passes a right one.",
  "false-alarm rate": "The probability that a right simulation fails, at most.",
} as const;

export type Sign = keyof typeof SENTENCES;
