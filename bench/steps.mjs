/** Runs of the stepper of "mesoscopic" that can be timed, like those in engine.mjs: a step of a cell is their event. */
import { finishChunk, prepareKernel, timeRun } from "./engine.mjs";

/** A step for which the stepper makes this even number of them up to `end`. */
export const stepOf = (end, steps) => end / (steps - 0.5);

/** Prepares as many replicas, a power of 2, as take at least `seconds` to make so many steps each, and warms them up. */
export async function prepareSteps({ steps = 100, end = 25, ...chain }, seconds) {
  const { kernel, initial } = await prepareKernel(chain);
  kernel.setStep(stepOf(end, steps), false);
  const run = {
    replicas: 1,
    events: 0,
    begin: () => kernel.beginChunk("mesoscopic", 0, Math.log2(run.replicas)),
    simulate: () => finishChunk(kernel),
  };
  do {
    run.replicas *= 2;
    run.events = run.replicas * steps * chain.cells;
    kernel.allocate(initial, { times: [end], moments: "mean", level: Math.log2(run.replicas), samples: false });
  } while (timeRun(run) < 1e9 * seconds);
  if (kernel.leftAt !== undefined) throw new Error(`expected positive energies, got others at t = ${kernel.leftAt}`);
  return run;
}
