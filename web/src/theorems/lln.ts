/** The law of large numbers (Theorem 1): as M grows, Θ^M closes in on the limit equation Θ̄ as M^(-1/2). */
import { simulate, type Model } from "mesoflux";
import { show, signed } from "../dom.ts";
import type { Course } from "./course.ts";
import type { Outcome, Row } from "./outcome.ts";
import { predict } from "./prediction.ts";
import { momentsOf, slopeOf } from "./statistics.ts";
import { affordableTime, EVENTS, pace, withPart } from "./work.ts";

const LADDER = [10, 100, 1000, 10_000];
const MOST_REPLICAS = 256;
const FEWEST_REPLICAS = 32;

export interface Lln extends Outcome {
  readonly limit: Float64Array;
  readonly rungs: readonly Rung[];
}

export interface Rung {
  readonly particles: number;
  readonly replicas: number;
  /** N: the energies of the first replica, and the standard deviation that C(t) gives them. */
  readonly energies: Float64Array;
  readonly deviation: Float64Array;
  /** √(tr C/M). */
  readonly leading: number;
  readonly row: Row;
}

export async function lln(model: Model, seed: bigint, course: Course): Promise<Lln> {
  const N = model.cells;
  const largest = LADDER.at(-1)!;
  const time = affordableTime(model, EVENTS / 2, largest * FEWEST_REPLICAS);
  const replicasAt = (particles: number) =>
    Math.min(MOST_REPLICAS, Math.floor(EVENTS / 2 / (particles * pace(model) * time)));
  const prediction = predict(model, time);
  const { limit, covariance } = prediction;
  const work = LADDER.reduce((sum, particles) => sum + particles * replicasAt(particles), 0);

  const rungs: Rung[] = [];
  const certificates: Outcome["certificates"][number][] = [];
  for (const [rung, particles] of LADDER.entries()) {
    const replicas = replicasAt(particles);
    const { samples, certificate } = await course.part((particles * replicas) / work, (options) =>
      simulate(withPart(model, { particles }), {
        ...options,
        replicas,
        times: [time],
        seed,
        // Every rung has replicas of its own, so that their errors are independent.
        firstReplica: rung * MOST_REPLICAS,
        samples: true,
        moments: "mean",
      }),
    );
    certificates.push({ name: `M = ${show(particles)}`, certificate });
    const { bias, covariance: scaled, missing } = prediction.at(particles);
    const predicted = Math.sqrt(bias.reduce((sum, m, k) => sum + m * m + scaled[k * (N + 1)] / particles, 0));
    const { mean, variance } = momentsOf(squaredDistances(samples!, limit));
    const measured = Math.sqrt(mean);
    const error = Math.sqrt(variance / replicas) / (2 * measured);
    rungs.push({
      particles,
      replicas,
      energies: samples!.slice(0, N),
      deviation: limit.map((_, k) => Math.sqrt(covariance[k * (N + 1)] / particles)),
      leading: Math.sqrt(limit.reduce((sum, _, k) => sum + covariance[k * (N + 1)], 0) / particles),
      row: {
        quantity: `RMS at M = ${show(particles)}`,
        measured,
        error,
        predicted,
        missing: (predicted * missing.covariance) / 2,
      },
    });
  }
  const slope = slopeRow(rungs);
  const [first, last] = [rungs[0].row, rungs.at(-1)!.row];
  return {
    chosen:
      `This chain at M = ${LADDER.map((M) => show(M)).join(", ")} (${rungs.map(({ replicas }) => replicas).join(", ")} replicas) ` +
      `at t = ${time}. Predicted: √(tr C/M), with the next order in 1/M where it is known.`,
    finding:
      `From M = ${LADDER[0]} to ${show(largest)} the RMS distance to the limit equation falls from ${show(first.measured, 3)} ` +
      `to ${show(last.measured, 3)}, as M to the power ${signed(slope.measured.toFixed(3))} ± ${slope.error.toFixed(3)}.`,
    rows: [...rungs.map(({ row }) => row), slope],
    certificates,
    limit,
    rungs,
  };
}

/** |Θ^M - Θ̄|² of every replica. */
function squaredDistances(samples: Float64Array, limit: Float64Array): Float64Array {
  const N = limit.length;
  return Float64Array.from({ length: samples.length / N }, (_, r) =>
    limit.reduce((sum, E, k) => sum + (samples[r * N + k] - E) ** 2, 0),
  );
}

/** The slope of the logarithm of the distance over that of M, and the same of what is predicted: -1/2 and a little. */
function slopeRow(rungs: readonly Rung[]): Row {
  const fit = (of: "measured" | "predicted") =>
    slopeOf(
      rungs.map(({ particles, row }) => ({
        x: Math.log(particles),
        y: Math.log(row[of]),
        error: row.error / row.measured,
      })),
    );
  const { slope, error } = fit("measured");
  const missing =
    Math.max(...rungs.map(({ row }) => row.missing / row.predicted)) / Math.log(LADDER.at(-1)! / LADDER[0]);
  return { quantity: "power of M", measured: slope, error, predicted: fit("predicted").slope, missing };
}
