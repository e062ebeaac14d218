/** The event that the card of rare events counts: which one, if the page is to choose, and what a page can count of it. */
import { defineModel, theory, type Model } from "mesoflux";
import { modelOf, type Settings } from "../settings.ts";

/** What was asked for; the theory chooses the rest. */
export interface AskedEvent {
  readonly cell?: number | undefined;
  readonly time?: number | undefined;
  readonly energy?: number | undefined;
}

/** An event on the chain of settings. */
export interface ChosenEvent {
  readonly cell: number;
  readonly time: number;
  readonly energy: number;
  /** The cell's energy by the limit equation at that time, and its standard deviation, √(C/M). */
  readonly mean: number;
  readonly deviation: number;
  /** Independent paths that some seconds are enough for. */
  readonly paths: number;
  /** The latest time for which a page counts paths. */
  readonly latest: number;
  /** True if the chain has "thermal" baths in place of its own. */
  readonly isOther: boolean;
}

/** -log of the probability that the page chooses: 1e-10. */
const RARITY = 23;
/** Exchanges of all paths, about; of one path where the page chooses the time, and at most. */
const EVENTS = 1e8;
const EVENTS_A_PATH = 3e4;
const MOST_EVENTS_A_PATH = 1e6;
const MOST_PATHS = 20_000;
/** The work of the most likely path grows as N³: with as many cells it takes some ten seconds. */
const MOST_CELLS = 30;

/** The chain on which events are counted. */
export function rareModelOf(settings: Settings): { readonly model: Model; readonly isOther: boolean } {
  const own = modelOf(settings);
  const isOther = settings.exchange !== "kinetic" && settings.bath === "exponential" && settings.particles > 1;
  return { model: defineModel(isOther ? { ...own, bath: "thermal" } : own), isOther };
}

/** @throws Error for a chain that is too long. */
export function chooseEvent(settings: Settings, asked: AskedEvent): ChosenEvent {
  const { model, isOther } = rareModelOf(settings);
  const { cells, particles, temperatures } = model;
  if (cells > MOST_CELLS) {
    throw new Error(
      `"cells" expected ${MOST_CELLS} at most for a rare event on a page, got ${cells}: its most likely path takes N³ work; ` +
        "rareEvent of mesoflux/rare has no such limit",
    );
  }
  const rate = theory.rate(model);
  const ends = [temperatures[0], ...theory.equilibrium(model).energies, temperatures[1]];
  const pace = particles * ends.slice(1).reduce((sum, E, k) => sum + rate(ends[k], E, k), 0);
  const latest = rounded(MOST_EVENTS_A_PATH / pace);
  const cell = asked.cell ?? Math.ceil(cells / 2);
  const time = asked.time ?? rounded(Math.min(1 / theory.slowestRate(model), EVENTS_A_PATH / pace));
  const mean = theory.limit(model, [time])[cell - 1];
  const deviation = Math.sqrt(theory.covariance(model, [time])[(cell - 1) * (cells + 1)] / particles);
  const energy = asked.energy ?? Number(rareEnergy(mean, deviation).toPrecision(5));
  const paths = Math.max(2, Math.min(MOST_PATHS, Math.floor(EVENTS / (pace * time))));
  return { cell, time, energy, mean, deviation, paths, latest, isOther };
}

/**
 * The energy that a gamma law of this mean and deviation passes with about that probability, by Laplace's method:
 * a (r - 1 - log r) + log((r - 1) √(2πa)) = 23, a = (mean/deviation)², r the energy over the mean.
 */
function rareEnergy(mean: number, deviation: number): number {
  const shape = (mean / deviation) ** 2;
  const rarity = (r: number) => shape * (r - 1 - Math.log(r)) + Math.log((r - 1) * Math.sqrt(2 * Math.PI * shape));
  let [low, high] = [1, 2];
  while (rarity(high) < RARITY) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (rarity(middle) < RARITY) low = middle;
    else high = middle;
  }
  return high * mean;
}

const rounded = (time: number) => Number(time.toPrecision(2));
