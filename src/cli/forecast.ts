/** The cost of a run, told before it begins; and the cheaper method, where it has the same law to what was asked. */
import { safeParticles } from "../ensemble/mesoscopicStep.ts";
import { readRunOptions } from "../ensemble/options.ts";
import { planRun, type RunPlan } from "../ensemble/runPlan.ts";
import type { Request } from "../ensemble/runSpec.ts";
import { InvalidInputError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { formatNumber } from "../report/number.ts";
import { type Cost, costOf, workOfEvent } from "./cost.ts";
import { tell, type WatchFlags } from "./terminal.ts";
import { counted, duration } from "./words.ts";

/** Runs of fewer events take less than half a second, and are not timed. */
const SHORT = 2 ** 25;
/** Seconds from which a run is announced, and from which it is warned of. */
const LONG = 1;
const VERY_LONG = 60;

export interface ForecastFlags extends WatchFlags {
  /** Events that the run may take. */
  readonly budget?: number;
}

/**
 * Tells on standard error what the run costs, if it is more than a second.
 * @param replicas those that are still to be run.
 * @throws InvalidInputError if it is more than the budget.
 */
export function foretell(kernel: Kernel, request: Request, flags: ForecastFlags, replicas?: number): void {
  const plan = planFor(kernel, request);
  const { budget = Infinity, workers, quiet } = flags;
  if (plan.events * workOfEvent(plan) <= SHORT && plan.events <= budget) return;
  const cost = costOf(kernel, plan, workers, replicas);
  const events = cost?.events ?? plan.events;
  if (events > budget) {
    const expected = `as many events as the run takes, about ${events.toPrecision(2)}`;
    throw new InvalidInputError("flags", [{ field: "budget", expected, got: String(budget) }]);
  }
  if (quiet || !cost || cost.seconds < LONG) return;
  tell(costInWords(plan, cost));
  if (cost.seconds < VERY_LONG) return;
  tell("That is more than a minute; Ctrl-C ends it with what is finished.");
  const cheaper = cheaperOf(kernel, request, plan, flags, replicas);
  if (cheaper) tell(cheaper);
}

/** The run as it is planned for this request. */
export function planFor(kernel: Kernel, { model, options }: Request): RunPlan {
  return planRun(kernel, model, readRunOptions(options), () => 1);
}

/** "about 4.4e10 events: 7 min on 2 threads". */
function costInWords({ method }: RunPlan, { events, seconds, threads }: Cost): string {
  const unit = method === "mesoscopic" ? "steps" : "events";
  return `about ${events.toPrecision(2)} ${unit}: ${duration(seconds)} on ${counted(threads, "thread")}`;
}

/** The advice to take the mesoscopic equation, or undefined. */
function cheaperOf(
  kernel: Kernel,
  { model, options }: Request,
  plan: RunPlan,
  { workers }: WatchFlags,
  replicas: number | undefined,
): string | undefined {
  if (plan.method === "mesoscopic" || !isEquationAlike(kernel, plan)) return undefined;
  const other = { model, options: { ...options, method: "mesoscopic" } } as Request;
  const cost = costOf(kernel, planFor(kernel, other), workers, replicas);
  return (
    cost &&
    `--method mesoscopic takes about ${duration(cost.seconds)}: its means and covariances are the process's up to a part ` +
      `of 1/M = ${formatNumber(1 / model.particles)}, and this run can tell ${formatNumber(resolutionOf(plan))} of a covariance.`
  );
}

/**
 * True if the mesoscopic equation has the law of the process to what the run can tell. Of disks that collide it never is:
 * their means have a term of order 1/M that the equation has not. Its covariances are those of the process up to 1/M of
 * themselves (Corollary 6.8, THEORY 7), which is to be less than a quarter of the run's resolution; and no replica is to
 * leave the cone.
 */
export function isEquationAlike(kernel: Kernel, plan: RunPlan): boolean {
  const { model, times, span } = plan;
  if (model.exchange === "kinetic" || 1 / model.particles > resolutionOf(plan) / 4) return false;
  return model.particles >= safeParticles(kernel, model, { replicas: span.replicas, times });
}

/** √(2/n), the part of a covariance that n measurements can tell. */
function resolutionOf({ spec, times, span }: RunPlan): number {
  const looks = spec.times === "stationary" ? times.length : 1;
  return Math.sqrt(2 / (span.replicas * looks));
}
