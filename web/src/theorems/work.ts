/** How long a theorem's run lasts: some seconds on two cores, whatever the chain. */
import { defineModel, theory, type Model } from "mesoflux";

/** Exchanges in a run, about; 15 to 20 ns of a core each. */
export const EVENTS = 1e8;

/** The same chain with other particles, or whatever else. */
export const withPart = (model: Model, part: Partial<Model>): Model => defineModel({ ...model, ...part });

/** f(T, T) of a temperature, twice the conductivity there. */
function rateAt(model: Model, T: number): number {
  return 2 * theory.conductivityExpansion(withPart(model, { temperatures: [T, T] })).conductivity;
}

/** Exchanges per particle of a cell and unit of time, were all cells as hot as the hotter bath. */
export function pace(model: Model): number {
  return (model.cells + 1) * rateAt(model, Math.max(...model.temperatures));
}

/** The time of the slowest mode, (N+1)²/(π² κ), were all cells as hot as the mean of the baths. */
export function crossingTime(model: Model): number {
  const [left, right] = model.temperatures;
  return (2 * (model.cells + 1) ** 2) / (Math.PI ** 2 * rateAt(model, (left + right) / 2));
}

/** The crossing time, or as much of it as these many exchanges allow to M times replicas; two digits. */
export function affordableTime(model: Model, events: number, particleReplicas: number): number {
  const affordable = events / (particleReplicas * pace(model));
  return Number(Math.min(crossingTime(model), affordable).toPrecision(2));
}

export const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** Cells from the end where most happens, that whose bath is farthest from its first energy: the last one and its neighbour. */
export function endOf(model: Model): number[] {
  const { cells: N } = model;
  const [left, right] = model.temperatures;
  const initial = theory.limit(model, [0]);
  const isLeft = Math.abs(initial[0] - left) > Math.abs(initial[N - 1] - right);
  return (isLeft ? [0, 1] : [N - 1, N - 2]).slice(0, N);
}
