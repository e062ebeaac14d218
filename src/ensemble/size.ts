/** How much work a run is, and how it is cut. */
import { InvalidInputError } from "../errors.ts";
import { blockLayout, type Kernel } from "../kernel.ts";
import { energyRange } from "../theory/units.ts";
import type { Job } from "./job.ts";
import { chunkLevel, type Span } from "./plan.ts";

/** Events are counted in doubles, exactly up to here. */
const MOST_EVENTS = 2 ** 53;

/**
 * The job of a run with its chunks sized, and the events in all of its replicas, about.
 * @param parts the chunks that there should be at least, given the events.
 * @throws InvalidInputError if those cannot be counted.
 */
export function sized(kernel: Kernel, job: Omit<Job, "level">, span: Span, parts: (events: number) => number) {
  const { replicas } = span;
  const eventsPerReplica = expectedEvents(kernel, job);
  const events = eventsPerReplica * replicas;
  if (events > MOST_EVENTS) {
    const got = `about ${events.toPrecision(2)} events`;
    throw new InvalidInputError("options", [
      { field: "replicas, times", expected: "a run of at most 2^53 = 9.0e15 events", got },
    ]);
  }
  const { length } = blockLayout(job.initial.length, job.times.length, job.moments);
  const observed = job.samples || job.reference ? job.times.length * (job.initial.length + 1) : 0;
  const level = chunkLevel({
    eventsPerReplica,
    replicas,
    parts: parts(events),
    blockBytes: (level) => 8 * (level + 1) * length,
    sampleBytes: (level) => 8 * 2 ** level * observed,
  });
  return { job: { ...job, level }, span, events };
}

/** Events of a replica, were every bond as busy as the hottest energy at time 0 makes it; a step is one of every bond. */
function expectedEvents(kernel: Kernel, { model, initial, seed, times, step }: Omit<Job, "level">): number {
  const end = times.at(-1)!;
  if (step !== undefined) return (model.cells + 1) * (times.length + end / step);
  const { most: hottest } = energyRange(model, initial);
  const speed = model.timescale === "fast" ? model.particles : 1;
  kernel.setModel(model, seed);
  return speed * (model.cells + 1) * kernel.rate(hottest, hottest) * end;
}
