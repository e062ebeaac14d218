/** The guide of paths to an event: the instanton's momenta, and how they follow deviations from it (THEORY 12.6). */
import { MesofluxError } from "../errors.ts";
import type { Model } from "../model.ts";
import type { RareEvent } from "../theory/largeDeviations/event.ts";
import { feedbackOf } from "../theory/largeDeviations/feedback.ts";
import type { Instanton } from "../theory/largeDeviations/instanton.ts";
import type { Guide } from "./kernel.ts";

/** Intervals are at least so many, and longer than so many events: one costs as much as an event, and a finer grid gains nothing. */
const LEAST_INTERVALS = 50;
const EVENTS_AN_INTERVAL = 8;

/**
 * Guides along the instanton; without feedback where the momenta have no derivative, which the error bar then shows.
 * @param events of a path, roughly.
 */
export function guideAlong(model: Model, path: Instanton, events: number): Guide {
  const { times, momenta, energies, event, currentMomentum } = path;
  const steps = times.length - 1;
  const intervals = Math.min(steps, Math.max(LEAST_INTERVALS, Math.round(events / EVENTS_AN_INTERVAL)));
  const N = model.cells;
  /** Rows of so many numbers at the times that are kept. */
  const kept = (numbers: Float64Array, width: number) =>
    Float64Array.from({ length: (intervals + 1) * width }, (_, at) => {
      const row = Math.round((Math.floor(at / width) * steps) / intervals);
      return numbers[row * width + (at % width)];
    });
  return {
    ...{ times: kept(times, 1), momenta: kept(momenta, N), path: kept(energies, N) },
    gains: kept(gainsOf(model, path), N * N),
    ...{ bond: event.bond, bondMomentum: currentMomentum },
  };
}

function gainsOf(model: Model, path: Instanton): Float64Array {
  try {
    return feedbackOf(model, path);
  } catch (error) {
    if (!(error instanceof MesofluxError)) throw error;
    return new Float64Array(path.times.length * model.cells * model.cells);
  }
}

/** Guides nobody: paths are the chain's own, and their weights 1. */
export function noGuide({ cells }: Model, { time, bond }: RareEvent): Guide {
  return {
    times: Float64Array.of(0, time),
    momenta: new Float64Array(2 * cells),
    path: new Float64Array(2 * cells),
    gains: new Float64Array(2 * cells * cells),
    ...{ bond, bondMomentum: 0 },
  };
}
