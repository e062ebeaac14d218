/** The pictures of steady states as plain data: theory drawn over simulation. */
import type { Figure } from "../../report/data.ts";
import { BARS_IN_WORDS, count, dots, line, predictions } from "../measure/bars.ts";
import type { Comparison } from "../measure/check.ts";
import { covarianceAt, nameOf, type Steady } from "../evidence/steady.ts";

/** The covariances of cells so far apart. */
function apart(state: Steady, distance: number): Comparison[] {
  return count(0, state.model.cells - distance).map((i) => covarianceAt(state, i + distance, i));
}

export function steadyFigure(state: Steady): Figure {
  const N = state.model.cells;
  const variances = apart(state, 0);
  const neighbours = apart(state, 1);
  const cells = count(1, N);
  const between = neighbours.map((_, i) => i + 1.5);
  return {
    name: "ness-covariance",
    title: "The steady state: fluctuations against the Lyapunov equation",
    caption: `M times the covariance, ${nameOf(state)}, M = ${state.model.particles}; E*² is what local equilibrium would have; ${BARS_IN_WORDS}.`,
    x: { label: "cell k; neighbours k, k+1 at k + 1/2" },
    y: { label: "M cov(E_i, E_j)" },
    series: [
      line("S_kk", cells, predictions(variances), "variance"),
      dots("simulation: one cell", cells, variances, "variance"),
      line("S_k,k+1", between, predictions(neighbours), "neighbours"),
      dots("simulation: neighbours", between, neighbours, "neighbours"),
      line(
        "E*²",
        cells,
        Array.from(state.equilibrium, (E) => E * E),
      ),
    ],
  };
}

/** Of each cell with the middle one, which leaves the far ones visible. */
export function farFigure(state: Steady): Figure {
  const N = state.model.cells;
  const middle = Math.floor(N / 2);
  const others = count(0, N).filter((i) => Math.abs(i - middle) > 1);
  const all = others.map((i) => covarianceAt(state, middle, i));
  const x = others.map((i) => i + 1);
  return {
    name: "ness-long-range",
    title: `The steady state: distant cells are correlated with cell ${middle + 1}`,
    caption: `M times the covariance with cell ${middle + 1}, its own and its neighbours' left out, ${nameOf(state)}, M = ${state.model.particles}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: `M cov(E_k, E_${middle + 1})` },
    series: [line("S", x, predictions(all)), dots("simulation", x, all)],
    marks: [{ axis: "y", at: 0 }],
  };
}

export function equalFigure(states: Readonly<Record<"exponential" | "thermal", Steady>>): Figure {
  const [T] = states.exponential.model.temperatures;
  const cells = count(1, states.exponential.model.cells);
  return {
    name: "ness-equal",
    title: "Equal temperatures: only the thermal bath makes an equilibrium",
    caption: `M times the variance of each energy between baths at ${T}; in equilibrium it is T² = ${(T * T).toPrecision(3)}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "M var(E_k)" },
    series: (["exponential", "thermal"] as const).flatMap((bath) => {
      const variances = apart(states[bath], 0);
      return [
        line("S_kk", cells, predictions(variances), `"${bath}" bath`),
        dots("simulation", cells, variances, `"${bath}" bath`),
      ];
    }),
    marks: [{ axis: "y", at: T * T, label: "T²" }],
  };
}
