/** The guide of paths to an event: the instanton's momenta, and how they follow deviations from it (THEORY 12.6). */
import { MesofluxError } from "../errors.ts";
import type { Model } from "../model.ts";
import type { RareEvent } from "../theory/largeDeviations/event.ts";
import { feedbackOf } from "../theory/largeDeviations/feedback.ts";
import type { Instanton } from "../theory/largeDeviations/instanton.ts";
import type { Guide } from "./kernel.ts";

/** Guides along the instanton; without feedback where the momenta have no derivative, which the error bar then shows. */
export function guideAlong(model: Model, path: Instanton): Guide {
  const { times, momenta, energies, event, currentMomentum } = path;
  return {
    times,
    momenta,
    path: energies,
    gains: gainsOf(model, path),
    bond: event.bond,
    bondMomentum: currentMomentum,
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
