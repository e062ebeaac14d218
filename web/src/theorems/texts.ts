/** What the cards say of the theorems, and how each is drawn. */
import type { CardText } from "./card.ts";
import { viewClt } from "./clt.view.ts";
import { viewFourier } from "./fourier.view.ts";
import { viewLln } from "./lln.view.ts";
import { viewMesoscopic } from "./mesoscopic.view.ts";
import type { Outcomes, Theorem } from "./theorems.ts";

export const TEXTS: { readonly [T in Theorem]: CardText<Outcomes[T]> & { readonly name: T } } = {
  lln: {
    name: "lln",
    title: "Law of large numbers",
    statement:
      "With more particles M in a cell the energies Θᴹ follow the limit equation dΘ̄/dt = F(Θ̄) more closely: " +
      "their RMS distance to it is √(tr C/M).",
    view: viewLln,
  },
  clt: {
    name: "clt",
    title: "Central limit theorem",
    statement:
      "What is left, √M (Θᴹ − Θ̄), becomes Gaussian, with the covariance dC/dt = DF·C + C·DFᵀ + H·Hᵀ, C(0) = 0.",
    view: viewClt,
  },
  fourier: {
    name: "fourier",
    title: "Fourier’s law",
    statement:
      "In the steady state the current is proportional to the temperature gradient, j = −κ (T_R − T_L)/(N+1), " +
      "with the conductivity κ = f(T, T)/2 for small gaps.",
    view: viewFourier,
  },
  mesoscopic: {
    name: "mesoscopic",
    title: "Mesoscopic limit equation",
    statement:
      "For many particles noise may stand in for the jumps: dZ = F(Z) dt + H(Z) dW/√M has the law of Θᴹ up to 1/M, " +
      "at a cost that does not grow with M.",
    view: viewMesoscopic,
  },
};
