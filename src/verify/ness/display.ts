/** The tables and figures of steady states. */
import type { Figure, Table } from "../../report/data.ts";
import type { StationaryBias } from "../../theory/stationary.ts";
import type { Balance } from "../evidence/balance.ts";
import { covarianceAt, nameOf, profileOf, type Steady } from "../evidence/steady.ts";
import { type Comparison, rmsZ, worstZ, zOf } from "../measure/check.ts";
import { meanName } from "../measure/formulas.ts";
import { BARS_IN_WORDS, count, entriesOf, line, overlay } from "../measure/present.ts";

export function steadyTable(state: Steady, covariances: readonly Comparison[], bias?: StationaryBias): Table {
  const { model, measured } = state;
  return {
    title: `The steady state, ${nameOf(state)}, M = ${model.particles}, ${measured.replicas} replicas seen ${measured.plan.looks} times from t = ${measured.plan.burnIn.toPrecision(3)} on: all ${covariances.length} covariances, rms z ${rmsZ(covariances).toFixed(2)}, max |z| ${worstZ(covariances).toFixed(1)}`,
    columns: ["cell k", "mean", meanName(bias), "z", "M var(k)", "S_kk", "z"],
    rows: profileOf(state, bias).map((mean, i) => [
      ...[i + 1, mean.measured, mean.predicted, bias ? zOf(mean) : ""],
      ...entriesOf(covarianceAt(state, i, i)),
    ]),
  };
}

export function distantTable(share: Comparison): Table {
  return {
    title: "Correlations beyond neighbours: the share of S_ij, |i - j| > 1, that is measured",
    columns: ["measured", "predicted", "std. error", "z", "z of no such correlations"],
    rows: [[share.measured, 1, share.standardError, zOf(share), share.measured / share.standardError]],
  };
}

export function equalTable(states: readonly Steady[]): Table {
  return {
    title: "Equal temperatures: the first cell's M var(E_1)/T², which is 1 in equilibrium [B14]",
    columns: ["", "measured", "std. error", "S_11/T²", "z of equilibrium"],
    rows: states.map((state) => {
      const [T] = state.model.temperatures;
      const { measured, predicted, standardError } = covarianceAt(state, 0, 0);
      const z = zOf({ predicted: T ** 2, measured, standardError });
      return [nameOf(state), measured / T ** 2, standardError / T ** 2, predicted / T ** 2, z];
    }),
  };
}

export function balanceTable(balances: readonly Balance[]): Table {
  const [{ model, replicas }] = balances;
  return {
    title: `Detailed balance at T = ${model.temperatures[0]}: √n sup |F_n - F| of n = ${replicas} energies against Gamma(M, T/M), and of their sum against Gamma(N M, T/M)`,
    columns: ["M", ...count(1, model.cells).map((k) => `cell ${k}`), "sum"],
    rows: balances.map(({ model, distances }) => [model.particles, ...distances.map(({ measured }) => measured)]),
  };
}

/** The covariances of cells so far apart. */
function apart(state: Steady, distance: number): Comparison[] {
  return count(0, state.model.cells - distance).map((i) => covarianceAt(state, i + distance, i));
}

export function steadyFigure(state: Steady): Figure {
  const cells = count(1, state.model.cells);
  const neighbours = apart(state, 1);
  const between = neighbours.map((_, i) => i + 1.5);
  return {
    name: "ness-covariance",
    title: "The steady state: fluctuations against the Lyapunov equation",
    caption: `M times the covariance, ${nameOf(state)}, M = ${state.model.particles}; E*² is what local equilibrium would have; ${BARS_IN_WORDS}.`,
    x: { label: "cell k; neighbours k, k+1 at k + 1/2" },
    y: { label: "M cov(E_i, E_j)" },
    series: [
      ...overlay(["S_kk", "simulation: one cell"], cells, apart(state, 0), "variance"),
      ...overlay(["S_k,k+1", "simulation: neighbours"], between, neighbours, "neighbours"),
      line(
        "E*²",
        cells,
        state.equilibrium.map((E) => E * E),
      ),
    ],
  };
}

/** The covariances of each cell with the middle one; its own and its neighbours' would hide the far ones. */
export function farFigure(state: Steady): Figure {
  const N = state.model.cells;
  const middle = Math.floor(N / 2);
  const others = count(0, N).filter((i) => Math.abs(i - middle) > 1);
  const all = others.map((i) => covarianceAt(state, middle, i));
  return {
    name: "ness-long-range",
    title: `The steady state: correlations of distant cells with cell ${middle + 1}`,
    caption: `M times the covariance with cell ${middle + 1}, its own and its neighbours' left out, ${nameOf(state)}, M = ${state.model.particles}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: `M cov(E_k, E_${middle + 1})` },
    series: overlay(
      ["S", "simulation"],
      others.map((i) => i + 1),
      all,
    ),
    marks: [{ axis: "y", at: 0 }],
  };
}

export function equalFigure(states: readonly Steady[]): Figure {
  const [{ model }] = states;
  const [T] = model.temperatures;
  return {
    name: "ness-equal",
    title: "Equal temperatures: the variances under either bath",
    caption: `M times the variance of each energy between baths at ${T}; in equilibrium it is T² = ${(T * T).toPrecision(3)}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "M var(E_k)" },
    series: states.flatMap((state) =>
      overlay(["S_kk", "simulation"], count(1, model.cells), apart(state, 0), `"${state.model.bath}" bath`),
    ),
    marks: [{ axis: "y", at: T * T, label: "T²" }],
  };
}
