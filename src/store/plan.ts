/** Plans the run of a folder. */
import * as z from "zod/mini";
import { readRunOptions } from "../ensemble/options.ts";
import { InvalidInputError } from "../errors.ts";
import { planRun, type RunPlan } from "../ensemble/runPlan.ts";
import type { Request } from "../ensemble/runSpec.ts";
import type { Kernel } from "../kernel.ts";
import { read, strict } from "../validate.ts";

/**
 * The least number of chunks of a long run, and the events and replicas of a part of a short one: some hundredths of a
 * second, and samples of a megabyte or so. They do not depend on workers, so that processes which start a run at the same
 * time, on unlike machines, cut it alike.
 */
const PARTS = 64;
const EVENTS_A_PART = 2 ** 22;
const REPLICAS_A_PART = 2 ** 12;

const schema = strict({ model: z.custom<Request["model"]>(), options: z.custom<Request["options"]>() });

/**
 * @param level of the largest chunks; by default about a second of work.
 * @throws InvalidInputError listing every fault; OutOfMemoryError.
 */
export function planOf(kernel: Kernel, request: Request, level?: number): RunPlan {
  const { model, options } = read("request", schema, request);
  const settings = readRunOptions(options);
  if ("rateRatio" in settings && settings.rateRatio) {
    const expected = "nothing in a run folder, which keeps energies alone; `simulate` keeps it in memory";
    throw new InvalidInputError("options", [{ field: "rateRatio", expected, got: "true" }]);
  }
  const plan = planRun(kernel, model, settings, (events) => {
    return Math.min(PARTS, Math.ceil(Math.max(events / EVENTS_A_PART, settings.replicas / REPLICAS_A_PART)));
  });
  if (level === undefined) return plan;
  // No chunk is larger than the run, and the engine's memory need not be.
  while (level > 0 && 2 ** level > plan.span.replicas) level--;
  return { ...plan, level };
}
