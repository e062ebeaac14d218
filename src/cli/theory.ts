/** `mesoflux theory [model.json]`: what the theory predicts of a chain's steady state, and what it costs to measure it here. */
import { Command } from "commander";
import { loadKernelFor } from "../engine.ts";
import type { RunPlan } from "../ensemble/runPlan.ts";
import type { Request } from "../ensemble/runSpec.ts";
import { safeParticles } from "../ensemble/mesoscopicStep.ts";
import { OutOfMemoryError } from "../errors.ts";
import type { Kernel, Method } from "../kernel.ts";
import type { Model } from "../model.ts";
import { formatNumber } from "../report/number.ts";
import { renderTable } from "../report/plainText.ts";
import { wrap } from "../report/text.ts";
import { currentVariance } from "../theory/currentVariance.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { slowestRate, stationaryCovariance } from "../theory/stationary.ts";
import { type Cost, costOf } from "./cost.ts";
import { isEquationAlike, planFor } from "./forecast.ts";
import { type Flags as ModelFlags, readModel, withModel } from "./modelFlags.ts";
import { number, say, screen, toJson } from "./terminal.ts";
import { inFlags } from "./usage.ts";
import { chainInWords, counted, duration, quoted, STANDARD_ERROR } from "./words.ts";

interface Flags extends ModelFlags {
  readonly replicas: number;
  readonly json?: boolean;
}

/** The chain's steady state in the limit of many particles, in units of the model's timescale. */
interface Prediction {
  /** κ = -(N+1) j/(T_R - T_L); undefined at equal temperatures. */
  readonly conductivity: number | undefined;
  /** j, from left to right. */
  readonly current: number;
  /** 1/λ of the slowest mode. */
  readonly relaxationTime: number;
  /** E*_1..E*_N. */
  readonly equilibrium: Float64Array;
  /** √(S_kk/M); undefined for a chain so long that it is not shown. */
  readonly deviation: Float64Array | undefined;
}

/** The cost of measuring it by one method, and the standard errors that are to be expected. */
interface Measurement extends Cost {
  readonly method: Method;
  readonly burnIn: number;
  readonly window: number;
  readonly currentError: number;
  readonly conductivityError: number | undefined;
  /** True for the mesoscopic equation where its law is the process's to what the run can tell. */
  readonly isCheapest: boolean;
  /** The reason why the method cannot be used. */
  readonly unusable?: string;
}

const EXAMPLES = `
Examples:
  mesoflux theory --cells 30 --particles 2000 --temperatures 1,2 --rate sqrt-sum
  mesoflux theory model.json --replicas 1000 --json`;

export function theoryCommand(): Command {
  const command = new Command("theory").description(
    "predict conductivity, current, equilibrium and relaxation time, and what it costs to measure them on this machine",
  );
  return withModel(command)
    .option("--replicas <n>", "independent copies of the chain that the cost is told for", number, 256)
    .option("--json", "the same as JSON on standard output")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, flags: Flags) => {
      try {
        const model = readModel(file, flags);
        const prediction = predict(model);
        const kernel = await loadKernelFor(model);
        const measured = measure(kernel, model, flags.replicas);
        if (flags.json) {
          const cost = typeof measured === "string" ? { unmeasurable: measured } : { measurements: measured };
          process.stdout.write(`${toJson({ model, ...prediction, replicas: flags.replicas, ...cost })}\n`);
        } else {
          say(inWords(model, prediction, measured, flags.replicas));
        }
      } catch (error) {
        throw inFlags(error, flags, file);
      }
    });
}

/** Chains of more cells are not listed, since their S takes more than a moment. */
const MOST_LISTED = 100;

function predict(model: Model): Prediction {
  const { cells: N, particles: M, temperatures, timescale } = model;
  const [T_L, T_R] = temperatures;
  const { energies, flux } = equilibrium(model);
  const unit = timescale === "slow" ? M : 1;
  const current = flux / unit;
  const S = N > MOST_LISTED ? undefined : stationaryCovariance(model);
  return {
    conductivity: T_L === T_R ? undefined : (-(N + 1) * current) / (T_R - T_L),
    current,
    relaxationTime: unit / slowestRate(model),
    equilibrium: energies,
    deviation: S && energies.map((_, i) => Math.sqrt(S[i * (N + 1)] / M)),
  };
}

/** The methods that are worth a comparison: the direct one has the law of the exact one, and is slower. */
const COMPARED = ["exact", "mesoscopic"] as const satisfies readonly Method[];

/** Each method's cost, or the reason why the steady state cannot be measured. */
function measure(kernel: Kernel, model: Model, replicas: number): Measurement[] | string {
  try {
    return COMPARED.map((method) => {
      const request = { model, options: { replicas, times: "stationary", method } } as Request;
      const plan = planFor(kernel, request);
      const [burnIn, end] = [plan.times[0], plan.times.at(-1)!];
      const expected = { method, burnIn, window: end - burnIn, ...errorsOf(plan, end - burnIn) };
      const safe = method === "mesoscopic" ? safeParticles(kernel, plan.model, { replicas, times: plan.times }) : 1;
      const cost = model.particles < safe ? undefined : costOf(kernel, plan);
      if (cost) return { ...expected, ...cost, isCheapest: method === "mesoscopic" && isEquationAlike(kernel, plan) };
      const unusable = `energies could fall below zero; it needs M >= ${safe}`;
      return { ...expected, events: NaN, seconds: NaN, threads: 0, isCheapest: false, unusable };
    });
  } catch (error) {
    if (error instanceof OutOfMemoryError) return error.message;
    throw error;
  }
}

/** From Var Q = `currentVariance` t/M of the energy Q that bonds carry in a fast time t. */
function errorsOf({ model, span }: RunPlan, window: number): Pick<Measurement, "currentError" | "conductivityError"> {
  const { cells: N, particles: M, timescale, temperatures } = model;
  const [T_L, T_R] = temperatures;
  const unit = timescale === "slow" ? M : 1;
  const currentError = Math.sqrt(currentVariance(model) / (M * (window / unit) * span.replicas)) / unit;
  const conductivityError = T_L === T_R ? undefined : ((N + 1) * currentError) / Math.abs(T_R - T_L);
  return { currentError, conductivityError };
}

function inWords(
  model: Model,
  prediction: Prediction,
  measured: readonly Measurement[] | string,
  replicas: number,
): string {
  const view = screen();
  const said = (text: string) => wrap(text, view.width).join("\n");
  const parts = [
    said(`${chainInWords(model)}, M = ${model.particles}`),
    renderTable(predictionTable(model, prediction), view),
    ...(prediction.deviation
      ? [renderTable(equilibriumTable(prediction.equilibrium, prediction.deviation), view)]
      : []),
  ];
  if (typeof measured === "string") return [...parts, said(`It cannot be measured here: ${measured}`)].join("\n\n");
  const [{ burnIn, window }] = measured;
  const plan = said(
    `Each replica starts at E*, waits for t = ${formatNumber(burnIn)} until its start is forgotten (the burn-in) and is ` +
      `measured for t = ${formatNumber(window)}.`,
  );
  const best = measured.find(({ isCheapest }) => isCheapest);
  const line = `To measure it${best ? ", by the equation that has the same law to what this can tell" : ""}: ${measuringLine(replicas, best)}`;
  const unusable = measured.flatMap(({ method, unusable }) => (unusable ? [said(`"${method}": ${unusable}`)] : []));
  return [
    ...parts,
    renderTable(costTable(measured, replicas), view),
    [said(STANDARD_ERROR), ...unusable, plan, line].join("\n"),
  ].join("\n\n");
}

/** The command that measures the chain of this command. */
function measuringLine(replicas: number, best: Measurement | undefined): string {
  const words = process.argv.slice(3).filter((word) => word !== "--json");
  const count = words.some((word) => word.startsWith("--replicas")) ? [] : ["--replicas", String(replicas)];
  const method = best ? ["--method", best.method] : [];
  return ["mesoflux run", ...words.map(quoted), "--times stationary", ...count, ...method].join(" ");
}

function predictionTable({ timescale }: Model, { conductivity, current, relaxationTime }: Prediction) {
  const direction = current < 0 ? "heat flows to the left" : current > 0 ? "heat flows to the right" : "no heat flows";
  return {
    title: `The steady state for large M, in units of the ${timescale} timescale`,
    columns: ["", "predicted", ""],
    rows: [
      ...(conductivity === undefined
        ? []
        : [["conductivity κ", conductivity, "current per difference of temperature from cell to cell"]]),
      ["current j", current, `energy per unit of time from left to right: ${direction}`],
      ["relaxation time", relaxationTime, "in which the slowest deviation falls by the factor e"],
    ],
  };
}

function equilibriumTable(energies: Float64Array, deviation: Float64Array) {
  return {
    title: "Its energies: the mean E*, and the standard deviation at this M",
    columns: ["cell k", "E*", "std. deviation"],
    rows: Array.from(energies, (E, i) => [i + 1, E, deviation[i]]),
  };
}

function costTable(measured: readonly Measurement[], replicas: number) {
  const threads = Math.max(...measured.map((one) => one.threads));
  const hasConductivity = measured[0].conductivityError !== undefined;
  return {
    title: `What it costs to measure on this machine, by ${counted(replicas, "replica")} on up to ${counted(threads, "thread")}`,
    columns: ["method", "events or steps", "time", ...(hasConductivity ? ["std. error of κ"] : []), "std. error of j"],
    rows: measured
      .filter(({ unusable }) => unusable === undefined)
      .map(({ method, events, seconds, currentError, conductivityError }) => {
        const errors = [...(conductivityError === undefined ? [] : [conductivityError]), currentError];
        return [method, events.toPrecision(2), duration(seconds), ...errors.map((error) => error.toPrecision(2))];
      }),
  };
}
