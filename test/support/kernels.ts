/** Engines set up for a model. */
import type { Kernel } from "../../src/kernel.ts";
import type { Model } from "../../src/model.ts";
import { setupOf } from "../../src/rate/expression.ts";

export const setModel = (kernel: Kernel, model: Model, seed: bigint) => kernel.setModel(model, setupOf(model), seed);
