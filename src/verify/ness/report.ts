/**
 * The nonequilibrium steady state (section 7): Gaussian around E* with covariance S/M to leading order, J S + S J^T + H H^T
 * = 0 [B13], with correlations between distant cells; and the same at equal temperatures, where the paper's bath makes no
 * equilibrium, while the thermal bath does [B14].
 *
 * The mean is E* + m1/M and the current -c/2 + j1/M (THEORY 6, 8.1).
 */
import type { Check, Figure, Report, Table } from "../../report/data.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import { contract } from "../../theory/matrix.ts";
import type { StationaryBias } from "../../theory/stationary.ts";
import type { Balance } from "../evidence/balance.ts";
import { biasOf, covarianceAt, nameOf, profileOf, type Steady } from "../evidence/steady.ts";
import { check, limitOf, type Comparison, type Statistic } from "../measure/check.ts";
import { count, reportOf } from "../measure/present.ts";
import {
  balanceTable,
  distantTable,
  equalFigure,
  equalTable,
  farFigure,
  steadyFigure,
  steadyTable,
} from "./display.ts";

/**
 * The steady states that were reached, or words why not: the chain's own, and those between equal baths of either kind; and
 * the detailed balance of disks that collide.
 */
export function nessReport(
  own: Steady | string,
  exponential: Steady | string,
  thermal: Steady | string,
  balances: readonly Balance[],
): Report {
  const all = [own, exponential, thermal];
  const reached = all.filter((state) => typeof state !== "string");
  const covariances = new Map(reached.map((state) => [state, entries(state)]));
  const checks: Check[] = [];
  const tables: Table[] = [];
  const figures: Figure[] = [];
  const compare = (name: string, kind: Statistic, state: Steady, comparisons: readonly Comparison[]) =>
    checks.push(check(name, kind, state.measured.replicas, comparisons));

  if (typeof own !== "string") {
    const bias = biasOf(own);
    compare("covariance of the steady state = S/M", "average", own, covariances.get(own)!);
    if (bias) {
      compare("mean of the steady state = E* + m1/M", "mean", own, profileOf(own, bias));
      compare("current of the steady state = -c/2 + j1/M, every bond", "mean", own, currents(own, bias));
    }
    tables.push(steadyTable(own, covariances.get(own)!, bias));
    figures.push(steadyFigure(own));
    if (own.model.cells > 2) {
      const share = distant(own);
      compare("correlations beyond neighbours, as S has them", "square", own, [share]);
      tables.push(distantTable(share));
      figures.push(farFigure(own));
    }
  }
  const equal = [exponential, thermal].filter((state) => typeof state !== "string");
  for (const state of equal) {
    const isThermal = state.model.bath === "thermal";
    const words = isThermal
      ? '"thermal" bath: an equilibrium, S = T²'
      : '"exponential" bath: no equilibrium, S is not T²';
    compare(`${words}, equal temperatures`, "average", state, covariances.get(state)!);
  }
  if (equal.length === 2) {
    tables.push(equalTable(equal));
    figures.push(equalFigure(equal));
  }

  for (const { model, distances, replicas } of balances) {
    const name = `detailed balance at T_L = T_R: Gamma(M, T/M) in every cell and in their sum, N = ${model.cells}, M = ${model.particles}`;
    checks.push(check(name, "distance", replicas, distances));
  }
  if (balances.length > 0) tables.push(balanceTable(balances));

  return reportOf(
    {
      name: "ness",
      title: "The steady state (section 7, Lemma 5.6)",
      statement:
        "Between unequal baths the energies settle into a steady state that is Gaussian around E* with covariance S/M, S from the Lyapunov equation, and has correlations between distant cells. Measured: mean, covariance and current after the wait that the slowest mode asks for; and the same between equal baths, of the paper's kind and of the thermal kind." +
        (balances.length > 0
          ? " Between equal baths disks that collide are in detailed balance: their energies have a Gamma law each, at every M."
          : ""),
      notes: all.filter((state) => typeof state === "string"),
      tables,
      checks,
      figures,
      certificates: [
        ...reached.map(({ measured }) => measured.certificate),
        ...balances.map(({ certificate }) => certificate),
      ],
    },
    reached.length > 0
      ? {
          title: "Steady states: residuals of every covariance",
          groups: reached.map((state) => ({ name: nameOf(state), of: covariances.get(state)! })),
          limit: limitOf("average", covariances.get(reached[0])!.length),
        }
      : undefined,
  );
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
function distant({ model, covariance, scaled, errorOf }: Steady): Comparison {
  const N = model.cells;
  const weights = covariance.map((S, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    return Math.abs(i - j) < 2 ? 0 : S / (covariance[i * (N + 1)] * covariance[j * (N + 1)]);
  });
  const size = contract(weights, covariance);
  return { predicted: 1, measured: contract(weights, scaled) / size, standardError: errorOf(weights) / size };
}
