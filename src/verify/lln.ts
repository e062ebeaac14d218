/**
 * The law of large numbers (Theorem 1): sup |Theta^M - Theta_bar| -> 0, checked by its size.
 *
 * E |Theta^M(t) - Theta_bar(t)|^2 = tr C(t) / M + O(M^-2), so the RMS distance falls as M^{-1/2}. With Gaussian
 * fluctuations the mean square over n replicas has the standard error sqrt(2 tr(C^2) / n) / M.
 */
import type { Report, Table } from "../report/data.ts";
import { check, zOf, type Comparison, type Distance } from "./check.ts";
import type { Ladder, Rung } from "./ladder.ts";
import { profileFigure, rmsFigure } from "./figures.ts";

export function llnReport(ladder: Ladder): Report {
  const { times, rungs } = ladder;
  const last = times.length - 1;
  const byRung = rungs.map((rung) => times.map((_, t) => distance(ladder, rung, t)));
  const final = byRung.map((distances) => distances[last]);
  const slope = slopeOf(final, ladder.log);
  const checks = [
    ...rungs.map(({ particles, replicas }, i) => {
      return check(`M E|Θ-Θ̄|² = tr C at M = ${particles}, ${times.length} times`, "square", replicas, byRung[i]);
    }),
    check(`slope of log RMS over log M at t = ${times[last]}`, "square", rungs[0].replicas, [slope]),
  ];
  return {
    title: "Law of large numbers (Theorem 1)",
    tables: [distanceTable(final, times[last], ladder.log), slopeTable(slope)],
    checks,
    figures: [rmsFigure(final, times[last]), profileFigure(ladder)],
    certificates: rungs.map(({ ensemble }) => ensemble.certificate),
    passed: checks.every(({ passed }) => passed),
  };
}

function distance({ limit, covariance, model }: Ladder, { particles, replicas, ensemble }: Rung, t: number): Distance {
  const N = model.cells;
  let [square, trace, traceOfSquare] = [0, 0, 0];
  for (let i = 0; i < N; i++) {
    const bias = ensemble.mean[t * N + i] - limit[t * N + i];
    square += (ensemble.variance[t * N + i] * (replicas - 1)) / replicas + bias * bias;
    trace += covariance[(t * N + i) * N + i];
    for (let j = 0; j < N; j++) traceOfSquare += covariance[(t * N + i) * N + j] ** 2;
  }
  return {
    particles,
    replicas,
    predicted: trace,
    measured: particles * square,
    standardError: Math.sqrt((2 * traceOfSquare) / replicas),
  };
}

/** The weighted least-squares slope of log RMS over log M, against -1/2. */
function slopeOf(distances: readonly Distance[], log: (x: number) => number): Comparison {
  const points = distances.map(({ particles, measured, standardError }) => ({
    x: log(particles),
    y: log(measured / particles) / 2,
    weight: (2 * measured) ** 2 / standardError ** 2,
  }));
  const sum = (term: (point: (typeof points)[number]) => number) => points.reduce((total, p) => total + term(p), 0);
  const weight = sum((p) => p.weight);
  const meanX = sum((p) => p.weight * p.x) / weight;
  const spread = sum((p) => p.weight * (p.x - meanX) ** 2);
  return {
    predicted: -0.5,
    measured: sum((p) => p.weight * (p.x - meanX) * p.y) / spread,
    standardError: 1 / Math.sqrt(spread),
  };
}

function distanceTable(distances: readonly Distance[], time: number, log: (x: number) => number): Table {
  return {
    title: `RMS distance of Θ^M to the limit equation Θ̄ at t = ${time}`,
    columns: ["M", "replicas", "RMS", "predicted √(tr C/M)", "std. error", "z", "local slope"],
    rows: distances.map((d, i) => {
      const rms = Math.sqrt(d.measured / d.particles);
      const before = distances[i - 1];
      const slope = before
        ? log(rms / Math.sqrt(before.measured / before.particles)) / log(d.particles / before.particles)
        : "";
      const error = d.standardError / d.particles / (2 * rms);
      return [d.particles, d.replicas, rms, Math.sqrt(d.predicted / d.particles), error, zOf(d), slope];
    }),
  };
}

function slopeTable(slope: Comparison): Table {
  return {
    title: "Slope of log RMS over log M, all M",
    columns: ["measured", "predicted", "std. error", "z"],
    rows: [[slope.measured, slope.predicted, slope.standardError, zOf(slope)]],
  };
}
