/** Options of `expectations`: schema and defaults. */
import type * as z from "zod/mini";
import { signal } from "../aborts.ts";
import type { Progress } from "../progress.ts";
import { listener, replicaNumber, seed, workers } from "../ensemble/commonOptions.ts";
import { equation, method, refined, type SimulateOptions } from "../ensemble/options.ts";
import { InvalidInputError } from "../errors.ts";
import type { Method } from "../kernel.ts";
import { isDrawn, type Model } from "../model.ts";
import { increasingTimes, integer, optional, orElse, read, strict } from "../validate.ts";

/** Beyond this many cells, the third moments take longer than the simulation. */
const MOST_CELLS = 64;

/** Options of `expectations`. */
export interface ExpectationsOptions extends Omit<SimulateOptions, "samples" | "rateRatio" | "moments"> {
  /** Independent copies of the process, an integer >= 2; errors are known to some percent from 64 on. */
  replicas: number;
  /** Default "exact". With "mesoscopic" the error of its step comes on top of the statistical ones. */
  method?: Method;
}

const schema = refined(
  strict({
    replicas: integer(2, Number.MAX_SAFE_INTEGER),
    times: increasingTimes,
    seed,
    firstReplica: orElse(replicaNumber, 0),
    method,
    ...equation,
    workers,
    signal,
    onProgress: optional(listener<Progress>()),
  }),
);

export type Settled = z.output<typeof schema>;

/** @throws InvalidInputError listing every fault, or if the chain is too long or draws its start. */
export function readExpectationsOptions(model: Model, options: ExpectationsOptions): Settled {
  const settled = read("options", schema, options);
  if (model.cells > MOST_CELLS) {
    const expected = `at most ${MOST_CELLS}: third moments of all cells are followed`;
    throw new InvalidInputError("model", [{ field: "cells", expected, got: String(model.cells) }]);
  }
  if (isDrawn(model.initial)) {
    const expected =
      "energies that all replicas start from: the moments are followed from there; `simulate` takes a start that is drawn";
    throw new InvalidInputError("model", [{ field: "initial", expected, got: "{ gamma }" }]);
  }
  return settled;
}
