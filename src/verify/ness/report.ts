/**
 * The nonequilibrium steady state (section 7): Gaussian around E* with covariance S/M to leading order, J S + S J^T + H H^T
 * = 0 [B13], with correlations between distant cells; and the same at equal temperatures, where the paper's bath makes no
 * equilibrium, while the thermal bath does [B14].
 *
 * The mean is E* + m1/M and the current -c/2 + j1/M (THEORY 6, 8.1).
 */
import type { Check, Report, Table } from "../../report/data.ts";
import { residualFigure } from "../../report/residuals.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import type { StationaryBias } from "../../theory/stationary.ts";
import { count } from "../measure/bars.ts";
import { check, limitOf, rmsZ, worstZ, zOf, type Comparison, type Statistic } from "../measure/check.ts";
import { equalFigure, farFigure, steadyFigure } from "./figures.ts";
import { contract } from "../../theory/matrix.ts";
import { biasOf, covarianceAt, nameOf, profileOf, type Steady } from "../evidence/steady.ts";

/** The steady states that were reached, or words why not. */
export interface States {
  readonly own: Steady | string;
  readonly exponential: Steady | string;
  readonly thermal: Steady | string;
}

export function nessReport(states: States): Report {
  const reached = Object.values(states).filter((state): state is Steady => typeof state !== "string");
  const notes = Object.values(states).filter((state): state is string => typeof state === "string");
  const checks: Check[] = [];
  const tables: Table[] = [];
  const report = (name: string, kind: Statistic, state: Steady, comparisons: Comparison[]) =>
    checks.push(check(name, kind, state.measured.replicas, comparisons));

  const { own, exponential, thermal } = states;
  if (typeof own !== "string") {
    const bias = biasOf(own);
    report("covariance of the steady state = S/M", "average", own, entries(own));
    if (bias) {
      report("mean of the steady state = E* + m1/M", "mean", own, profileOf(own, bias));
      report("current of the steady state = -c/2 + j1/M, every bond", "mean", own, currents(own, bias));
    }
    if (own.model.cells > 2) report("correlations beyond neighbours, as S has them", "square", own, [distant(own)]);
    tables.push(steadyTable(own, bias));
    if (own.model.cells > 2) tables.push(distantTable(own));
  }
  for (const [state, words] of [
    [exponential, '"exponential" bath: no equilibrium, S is not T²'],
    [thermal, '"thermal" bath: an equilibrium, S = T²'],
  ] as const) {
    if (typeof state === "string") continue;
    report(`${words}, equal temperatures`, "average", state, entries(state));
  }
  if (typeof exponential !== "string" && typeof thermal !== "string") tables.push(equalTable(exponential, thermal));

  return {
    name: "ness",
    title: "The steady state (section 7, Lemma 5.6)",
    statement:
      "Between unequal baths the energies settle into a steady state that is Gaussian around E* with covariance S/M, S from the Lyapunov equation, and has correlations between distant cells. Measured: mean, covariance and current after the wait that the slowest mode asks for; and the same between equal baths, of the paper's kind and of the thermal kind.",
    notes,
    tables,
    checks,
    figures: [
      ...(typeof own !== "string" ? [steadyFigure(own), ...(own.model.cells > 2 ? [farFigure(own)] : [])] : []),
      ...(typeof exponential !== "string" && typeof thermal !== "string"
        ? [equalFigure({ exponential, thermal })]
        : []),
      ...(reached.length > 0
        ? [
            residualFigure({
              name: "ness-residuals",
              title: "Steady states: residuals of every covariance",
              groups: reached.map((state) => ({ name: nameOf(state), z: entries(state).map(zOf) })),
              limit: limitOf("average", entries(reached[0]).length),
            }),
          ]
        : []),
    ],
    certificates: reached.map(({ measured }) => measured.certificate),
    passed: checks.every(({ passed }) => passed),
  };
}

/** The lower triangle of the covariance, row by row, against S. */
function entries(state: Steady): Comparison[] {
  return count(0, state.model.cells).flatMap((i) => count(0, i + 1).map((j) => covarianceAt(state, i, j)));
}

function currents({ model, measured }: Steady, { current }: StationaryBias): Comparison[] {
  const predicted = equilibrium(model).flux + current / model.particles;
  return Array.from(measured.bondCurrent, (through, k) => ({
    predicted,
    measured: through,
    standardError: measured.bondCurrentError[k],
  }));
}

/**
 * All correlations beyond neighbours in one number, the share of S that the measured ones have: Σ S_ij c_ij / Σ S_ij²,
 * weighted by 1/(S_ii S_jj).
 */
function distant(state: Steady): Comparison {
  const weights = weightsOf(state);
  const size = contract(weights, state.covariance);
  const measured = contract(weights, state.scaled) / size;
  return { predicted: 1, measured, standardError: state.errorOf(weights) / size };
}

function weightsOf({ model, covariance }: Steady): Float64Array {
  const N = model.cells;
  return covariance.map((S, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    return Math.abs(i - j) < 2 ? 0 : S / (covariance[i * (N + 1)] * covariance[j * (N + 1)]);
  });
}

function steadyTable(state: Steady, bias: StationaryBias | undefined): Table {
  const all = entries(state);
  return {
    title: `The steady state, ${nameOf(state)}, M = ${state.model.particles}, ${state.measured.replicas} replicas seen ${state.measured.plan.looks} times from t = ${state.measured.plan.burnIn.toPrecision(3)} on: all ${all.length} covariances, rms z ${rmsZ(all).toFixed(2)}, max |z| ${worstZ(all).toFixed(1)}`,
    columns: ["cell k", "mean", "E* + m1/M", "z", "M var(k)", "S_kk", "z"],
    rows: profileOf(state, bias).map((mean, i) => {
      const variance = covarianceAt(state, i, i);
      const z = bias ? zOf(mean) : "";
      return [i + 1, mean.measured, mean.predicted, z, variance.measured, variance.predicted, zOf(variance)];
    }),
  };
}

function distantTable(state: Steady): Table {
  const share = distant(state);
  return {
    title: "Correlations beyond neighbours: the share of S_ij, |i - j| > 1, that is measured",
    columns: ["measured", "predicted", "std. error", "z", "z of no such correlations"],
    rows: [[share.measured, 1, share.standardError, zOf(share), share.measured / share.standardError]],
  };
}

function equalTable(exponential: Steady, thermal: Steady): Table {
  const [T] = exponential.model.temperatures;
  const first = (state: Steady) => {
    const { measured, predicted, standardError } = covarianceAt(state, 0, 0);
    const z = zOf({ predicted: T ** 2, measured, standardError });
    return [nameOf(state), measured / T ** 2, standardError / T ** 2, predicted / T ** 2, z];
  };
  return {
    title: "Equal temperatures: the first cell's M var(E_1)/T², which is 1 in equilibrium [B14]",
    columns: ["", "measured", "std. error", "S_11/T²", "z of equilibrium"],
    rows: [first(exponential), first(thermal)],
  };
}
