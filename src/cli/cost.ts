/** The cost of a run on this machine, from its plan and a moment in which one path of it is timed. */
import { workersFor } from "../ensemble/runChunks.ts";
import { expectedEvents, type RunPlan } from "../ensemble/runPlan.ts";
import type { Kernel } from "../kernel.ts";
import { setupOf } from "../rate/expression.ts";

export interface Cost {
  /** Exchanges in all replicas; steps of the mesoscopic equation. */
  readonly events: number;
  /** Seconds that they take here. */
  readonly seconds: number;
  /** Threads that share them. */
  readonly threads: number;
}

/** Milliseconds for which a path is timed, and the events of a piece of it, of which the first warms the engine up. */
const TRIAL = 100;
const PIECE = 2 ** 16;

/** The work of an event in events of the exact method: the direct one looks at every bond. */
export const workOfEvent = ({ method, model }: RunPlan) => (method === "direct" ? model.cells + 1 : 1);

/**
 * The cost of `replicas` replicas of the plan; unknown if the timed path of the mesoscopic equation leaves the cone. The
 * pace of the path's beginning is taken for that of the whole: energies far from where they will be make it a rough one.
 * Leaves the engine set up for the plan's model.
 */
export function costOf(
  kernel: Kernel,
  plan: RunPlan,
  workers: number | "auto" = "auto",
  replicas = plan.span.replicas,
): Cost | undefined {
  const { model, seed, step, outsideCone, method, initial, drawn, times } = plan;
  const end = times.at(-1)!;
  kernel.setModel(model, setupOf(model), seed);
  if (step !== undefined) kernel.setStep(step, outsideCone === "follow");
  kernel.beginPath(method, 0, initial, drawn);
  const events = PIECE / workOfEvent(plan);
  const piece = Math.max((events / expectedEvents(model, initial, [end], step)) * end, step ?? 0);
  let isInside = kernel.follow(piece);
  const began = performance.now();
  let [time, now] = [piece, began];
  while (isInside && now - began < TRIAL) {
    isInside = kernel.follow(time + piece);
    time += piece;
    now = performance.now();
  }
  if (!isInside) return undefined;
  const pace = (time - piece) / (now - began);
  const threads = Math.max(1, workersFor(workers, plan.events, replicas));
  return {
    events: (kernel.measurement.events / time) * end * replicas,
    seconds: (replicas * end) / pace / 1000 / threads,
    threads,
  };
}
