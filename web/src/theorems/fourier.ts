/**
 * Fourier's law (Proposition 2): the steady current is the conductivity times the temperature gradient,
 *
 *   j = -κ (T_R - T_L)/(N+1),   κ = f(T, T)/2 + O((T_R - T_L)²),   T = (T_L + T_R)/2                              (5.3)
 *
 * measured by the mesoscopic equation, which has the same mean current up to 1/M².
 */
import { simulate, theory, type Model } from "mesoflux";
import { show } from "../dom.ts";
import type { Course } from "./course.ts";
import { zOf, type Outcome, type Row } from "./outcome.ts";
import { clamp, withPart } from "./work.ts";

const GAPS = 5;
/** The largest gap, over T: the chain's own, if it is between. */
const WIDEST = [0.5, 1.5] as const;
/** Below, the equation leaves the cone of positive energies. */
const PARTICLES = 1000;
/** Steps of a cell at one gap; some 15 ns of a core each. */
const STEPS = 4e7;
const FEWEST_REPLICAS = 32;
const MOST_REPLICAS = 2048;
const LOOKS = 16;
/** What is left of the start when the first look is taken: e^-7. */
const BURN_IN = 7;
/** Points of the theory's curve. */
const POINTS = 60;

export interface Fourier extends Outcome {
  readonly conductions: readonly Conduction[];
  /** κ of (5.3) over the gap, and f(T, T)/2. */
  readonly curve: { readonly gaps: Float64Array; readonly conductivity: Float64Array };
  readonly closed: number;
  readonly cells: number;
}

/** At one gap T_R - T_L; the current counts from left to right. */
export interface Conduction {
  readonly gap: number;
  readonly current: number;
  readonly currentError: number;
  readonly row: Row;
}

export async function fourier(model: Model, seed: bigint, course: Course): Promise<Fourier> {
  const [left, right] = model.temperatures;
  const middle = (left + right) / 2;
  const particles = Math.max(model.particles, PARTICLES);
  const widest = Math.sign(right - left || 1) * middle * clamp(Math.abs(right - left) / middle, ...WIDEST);
  const at = (gap: number) =>
    withPart(model, { particles, temperatures: [middle - gap / 2, middle + gap / 2], initial: "equilibrium" });
  const closed = theory.equilibrium(at(0)).conductivity;

  const conductions: Conduction[] = [];
  const certificates: Outcome["certificates"][number][] = [];
  let replicas = 0;
  for (let i = 1; i <= GAPS; i++) {
    const gap = (widest * i) / GAPS;
    const chain = at(gap);
    const plan = await planOf(chain, seed);
    replicas = plan.replicas;
    // Every gap has replicas of its own: errors that were alike would not average out.
    const state = await course.part(1 / GAPS, (options) =>
      simulate(chain, {
        ...options,
        ...plan,
        firstReplica: i * MOST_REPLICAS,
        times: "stationary",
        method: "mesoscopic",
        seed,
      }),
    );
    certificates.push({ name: `ΔT = ${short(gap)}`, certificate: state.certificate });
    conductions.push({
      gap,
      current: state.current,
      currentError: state.currentError,
      row: {
        quantity: `κ at ΔT = ${short(gap)}`,
        measured: state.conductivity,
        error: state.conductivityError,
        ...predictionOf(chain, plan.stationary.burnIn),
      },
    });
  }
  const limit = limitRow(conductions, closed);
  const gaps = Float64Array.from({ length: POINTS }, (_, i) => (widest * (i + 1)) / POINTS);
  return {
    chosen:
      `This chain between baths at ${short(middle)} ∓ ΔT/2, M = ${show(particles)}` +
      `${particles > model.particles ? ` (the equation has no meaning at ${show(model.particles)})` : ""}, by the mesoscopic ` +
      `equation, some ${replicas} replicas in the steady state. Predicted: κ of (5.3), with the current's part of order 1/M.`,
    finding:
      `The current grows with the gap as the theory has it; as ΔT → 0 the conductivity tends to ${show(limit.measured, 4)} ± ` +
      `${show(limit.error, 1)}, where f(T, T)/2 is ${show(closed, 4)}.` +
      (zOf(limit) === undefined
        ? " The kink of √min(a, b) adds a part of order M to the power −1/2, which is not predicted."
        : ""),
    rows: [...conductions.map(({ row }) => row), limit],
    certificates,
    conductions,
    curve: { gaps, conductivity: gaps.map((gap) => theory.equilibrium(at(gap)).conductivity) },
    closed,
    cells: model.cells,
  };
}

const short = (value: number) => Number(value.toPrecision(3));

/**
 * Replicas, and when they are looked at: as the steady state wants it, or as there is time for. A shorter wait costs
 * little, since E* has the steady current already but for a part of order 1/M.
 */
async function planOf(chain: Model, seed: bigint) {
  const { certificate } = await simulate(chain, { replicas: 1, times: [0], seed, method: "mesoscopic", workers: 1 });
  const affordable = (STEPS * certificate.step!) / chain.cells;
  const relaxation = 1 / theory.slowestRate(chain);
  const wanted = (BURN_IN + (LOOKS - 1) / 2) * relaxation;
  const replicas = clamp(Math.floor(affordable / wanted), FEWEST_REPLICAS, MOST_REPLICAS);
  const whole = Math.min(wanted, affordable / replicas);
  const burnIn = (whole * BURN_IN * relaxation) / wanted;
  return { replicas, stationary: { burnIn, looks: LOOKS, spacing: (whole - burnIn) / (LOOKS - 1) } };
}

/** κ with its part of order 1/M, and what is left out: the next order, and of this one what the wait was too short for. */
function predictionOf(chain: Model, burnIn: number): Pick<Row, "predicted" | "missing"> {
  const [left, right] = chain.temperatures;
  const { energies, flux, conductivity } = theory.equilibrium(chain);
  const S = theory.stationaryCovariance(chain);
  const small = Math.max(...energies.map((E, k) => S[k * (chain.cells + 1)] / (E * E))) / chain.particles;
  // Where "sqrt-min" has its kink there are terms of order M^(-1/2).
  if (chain.rate.law === "sqrt-min") return { predicted: conductivity, missing: conductivity * Math.sqrt(small) };
  const perCurrent = (chain.cells + 1) / (left - right);
  const first = theory.stationaryBias(chain).current / chain.particles;
  const late = Math.abs(first) * Math.exp(-burnIn * theory.slowestRate(chain));
  return { predicted: perCurrent * (flux + first), missing: conductivity * small ** 2 + Math.abs(perCurrent) * late };
}

/** The mean of κ at all gaps, less what the theory has beyond the closing gap. */
function limitRow(conductions: readonly Conduction[], closed: number): Row {
  const rows = conductions.map(({ row }) => row);
  const weight = rows.reduce((sum, { error }) => sum + 1 / error ** 2, 0);
  const mean = (value: (row: Row) => number) =>
    rows.reduce((sum, row) => sum + value(row) / row.error ** 2, 0) / weight;
  return {
    quantity: "κ as ΔT → 0",
    measured: mean(({ measured, predicted }) => measured - predicted + closed),
    error: 1 / Math.sqrt(weight),
    predicted: closed,
    missing: mean(({ missing }) => missing),
  };
}
