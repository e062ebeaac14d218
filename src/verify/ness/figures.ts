/** The pictures of steady states as plain data: theory drawn over simulation. */
import type { Figure } from "../../report/data.ts";
import { BARS_IN_WORDS, count, dots, line } from "../measure/bars.ts";
import type { Comparison } from "../measure/check.ts";
import { nameOf, type Steady } from "../evidence/steady.ts";

/** Comparisons of the lower triangle, by how far apart the cells are. */
function apart(all: readonly Comparison[], distance: number): Comparison[] {
  const found: Comparison[] = [];
  for (let i = distance; (i * (i + 1)) / 2 + i - distance < all.length; i++)
    found.push(all[(i * (i + 1)) / 2 + i - distance]);
  return found;
}

const predictions = (comparisons: readonly Comparison[]) => comparisons.map(({ predicted }) => predicted);

export function steadyFigure(state: Steady, all: readonly Comparison[]): Figure {
  const N = state.model.cells;
  const variances = apart(all, 0);
  const neighbours = apart(all, 1);
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
  const all = others.map((i): Comparison => {
    const at = middle * N + i;
    return { predicted: state.covariance[at], measured: state.products[at], standardError: state.productErrors[at] };
  });
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

export function equalFigure(
  states: Readonly<Record<"exponential" | "thermal", Steady>>,
  all: Readonly<Record<"exponential" | "thermal", readonly Comparison[]>>,
): Figure {
  const [T] = states.exponential.model.temperatures;
  const cells = count(1, states.exponential.model.cells);
  return {
    name: "ness-equal",
    title: "Equal temperatures: only the thermal bath makes an equilibrium",
    caption: `M times the variance of each energy between baths at ${T}; in equilibrium it is T² = ${(T * T).toPrecision(3)}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "M var(E_k)" },
    series: (["exponential", "thermal"] as const).flatMap((bath) => {
      const variances = apart(all[bath], 0);
      return [
        line("S_kk", cells, predictions(variances), `"${bath}" bath`),
        dots("simulation", cells, variances, `"${bath}" bath`),
      ];
    }),
    marks: [{ axis: "y", at: T * T, label: "T²" }],
  };
}
