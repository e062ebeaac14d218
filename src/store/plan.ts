/** Plans the run of a folder. */
import * as z from "zod/mini";
import { readRunOptions } from "../ensemble/options.ts";
import { planRun, type RunPlan } from "../ensemble/runPlan.ts";
import type { Request } from "../ensemble/runSpec.ts";
import type { Kernel } from "../kernel.ts";
import { read, strict } from "../validate.ts";

/** The least number of chunks of a long run, and the events below which one is not split, some hundredths of a second. */
const PARTS = 64;
const SMALL = 2 ** 22;

/**
 * The least number of chunks. It does not depend on workers, so that processes which start a run at the same time, on
 * unlike machines, cut it alike.
 */
const partsOf = (events: number) => Math.min(PARTS, Math.ceil(events / SMALL));

const schema = strict({ model: z.custom<Request["model"]>(), options: z.custom<Request["options"]>() });

/**
 * @param level of the largest chunks; by default about a second of work.
 * @throws InvalidInputError listing every fault; OutOfMemoryError.
 */
export function planOf(kernel: Kernel, request: Request, level?: number): RunPlan {
  const { model, options } = read("request", schema, request);
  const plan = planRun(kernel, model, readRunOptions(options), partsOf);
  if (level === undefined) return plan;
  // No chunk is larger than the run, and the engine's memory need not be.
  while (level > 0 && 2 ** level > plan.span.replicas) level--;
  return { ...plan, level };
}
