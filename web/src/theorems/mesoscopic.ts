/**
 * The mesoscopic limit equation (3.3), dZ = F(Z) dt + M^(-1/2) H(Z) dW: Z has the law of Θ^M up to 1/M.
 */
import { simulate, theory, trajectory, type Method, type Model } from "mesoflux";
import { show } from "../dom.ts";
import type { Course } from "./course.ts";
import type { Outcome, Row } from "./outcome.ts";
import { predict } from "./prediction.ts";
import { columnOf, histogramOf, momentsOf, type Histogram } from "./statistics.ts";
import { affordableTime, crossingTime, EVENTS, endOf, pace, withPart } from "./work.ts";

const REPLICAS = 1000;
/** Replicas of the equation for each of the process. */
const MORE = 20;
/** Above, there is time for a moment only. */
const MOST_PARTICLES = 10_000;
/** Of the exchanges, the part for one long path. */
const FOR_PATH = 0.1;
const LOOKS = 300;
/** Of the first replica after those of the ensembles. */
const PATH = 2 ** 32;
const BINS = 33;
const WIDTH = 4;

export interface Mesoscopic extends Outcome {
  /** The cell that is shown, from 1. */
  readonly cell: number;
  readonly times: Float64Array;
  /** Of the cell, over the times. */
  readonly limit: Float64Array;
  readonly process: Float64Array;
  readonly equation: Float64Array;
  /** Its energy at the ensembles' time. */
  readonly processLaw: Histogram;
  readonly equationLaw: Histogram;
}

export async function mesoscopic(model: Model, seed: bigint, course: Course): Promise<Mesoscopic> {
  const N = model.cells;
  const [k] = endOf(model);
  const particles = Math.min(model.particles, MOST_PARTICLES);
  const chain = withPart(model, { particles });
  const time = affordableTime(chain, EVENTS * (1 - FOR_PATH), particles * REPLICAS);
  const end = Math.min(3 * crossingTime(chain), (EVENTS * FOR_PATH) / (particles * pace(chain)));
  const times = Float64Array.from({ length: LOOKS }, (_, i) => (end * i) / (LOOKS - 1));

  // The equation first: where M is too small for it, that is soon known.
  const ensemble = async (method: Method, firstReplica: number, replicas: number, share: number) => {
    const begin = performance.now();
    const run = await course.part(share, (options) =>
      simulate(chain, {
        ...options,
        firstReplica,
        replicas,
        times: [time],
        seed,
        method,
        samples: true,
        moments: "mean",
      }),
    );
    return { ...run, method, seconds: (performance.now() - begin) / 1000, energies: columnOf(run.samples!, N, k) };
  };
  const path = async (method: Method) =>
    columnOf((await trajectory(chain, { seed, replica: PATH, times, method })).energies, N, k);
  const equation = await ensemble("mesoscopic", 0, MORE * REPLICAS, 0.1);
  const equationPath = await path("mesoscopic");
  const processPath = await course.part(FOR_PATH, () => path("exact"));
  const process = await ensemble("exact", MORE * REPLICAS, REPLICAS, 0.9 - FOR_PATH);

  const rows = rowsOf(chain, k, time, process.energies, equation.energies);
  const deviation = Math.sqrt(rows[3].predicted / particles);
  const middle = rows[0].predicted;
  const law = (energies: Float64Array) =>
    histogramOf(energies, middle - WIDTH * deviation, middle + WIDTH * deviation, BINS);
  const speed = process.seconds / process.replicas / (equation.seconds / equation.replicas);
  return {
    chosen:
      `This chain at M = ${show(particles)}${particles < model.particles ? ` (at its own ${show(model.particles)} there is time for a moment only)` : ""}: ` +
      `a path of each to t = ${show(end, 2)}, and at t = ${time} ${show(REPLICAS)} replicas of Θᴹ and ${show(MORE * REPLICAS)} of Z.`,
    finding:
      `A replica of Z, ${show(equation.events / equation.replicas)} steps, took 1/${Number(speed.toPrecision(2))} of the time of one of Θᴹ, ` +
      `${show(Math.round(process.events / process.replicas))} exchanges at ${show(process.events / process.seconds / 1e6, 2)} million a second; ` +
      `their means are ${difference(rows[2])} apart and their variances ${difference(rows[5])}.`,
    rows,
    certificates: [
      { name: "Θᴹ", certificate: process.certificate },
      { name: "Z", certificate: equation.certificate },
    ],
    cell: k + 1,
    times,
    limit: columnOf(theory.limit(chain, times), N, k),
    process: processPath,
    equation: equationPath,
    processLaw: law(process.energies),
    equationLaw: law(equation.energies),
  };
}

const difference = ({ measured, error }: Row) => `${(Math.abs(measured) / error).toFixed(1)} standard errors`;

/** Mean and M times the variance of cell k: of either, and of the difference. */
function rowsOf(chain: Model, k: number, time: number, process: Float64Array, equation: Float64Array): Row[] {
  const M = chain.particles;
  const own = k * (chain.cells + 1);
  const of = (name: string, energies: Float64Array, subject: "process" | "mesoscopic") => {
    const { limit, at } = predict(chain, time, subject);
    const { bias, covariance, skewness, missing } = at(M);
    const { mean, variance } = momentsOf(energies);
    const [deviation, R] = [Math.sqrt(covariance[own] / M), energies.length];
    return {
      mean: {
        quantity: `mean of ${name}`,
        measured: mean,
        error: deviation / Math.sqrt(R),
        predicted: limit[k] + bias[k],
        missing: deviation * missing.mean,
      },
      variance: {
        quantity: `M·variance of ${name}`,
        measured: M * variance,
        error: covariance[own] * Math.sqrt((2 + 1.5 * skewness[k] ** 2) / R),
        predicted: covariance[own],
        missing: covariance[own] * missing.covariance,
      },
    };
  };
  const [Theta, Z] = [of("Θᴹ", process, "process"), of("Z", equation, "mesoscopic")];
  return [
    Theta.mean,
    Z.mean,
    less(Theta.mean, Z.mean, "their difference"),
    Theta.variance,
    Z.variance,
    less(Theta.variance, Z.variance, "their difference"),
  ];
}

/** The difference of two that were measured independently. */
const less = (one: Row, other: Row, quantity: string): Row => ({
  quantity,
  measured: one.measured - other.measured,
  error: Math.hypot(one.error, other.error),
  predicted: one.predicted - other.predicted,
  missing: Math.max(one.missing, other.missing),
});
