/** The results of mesoscopic.mjs for people. */

/** `table(title, columns, rows)` prints; `range` has min, median and max. */
export function printMesoscopic({ peer, why, steps, equalError, confirmed, ensemble }, table, range) {
  if (why) console.log(`skipped ${peer}: ${why}\n`);
  const none = ["", "", ""];
  table(
    `Mesoscopic equation (M = 1e5): ns per step of a cell, and beside ${peer}`,
    ["N", "", "engine", "min", "max", "other", "ratio of a pair", "min", "max"],
    steps.map(({ cells, rate, nanoseconds, ratio }) => [
      cells,
      rate,
      ...range(nanoseconds.engine),
      ...(ratio ? [nanoseconds.peer.median, ...range(ratio)] : ["", ...none]),
    ]),
  );
  table(
    "At equal weak error (N = 100, M = 1e5, t = 1): microseconds per replica",
    ["from", "target", "steps", "other's", "error", "other's", "engine", "other", "ratio of a pair", "min", "max"],
    equalError.map(({ initial, target, steps, error, nanoseconds: { engine, peer }, ratio }) => [
      initial,
      target,
      steps.engine,
      steps.peer,
      error.engine,
      error.peer,
      engine.median / 1e3,
      ...(ratio ? [peer.median / 1e3, ...range(ratio)] : ["", ...none]),
    ]),
  );
  table(
    "Sampled moments at few steps: largest weak error, and deviation in standard errors",
    ["", "steps", "replicas", "error computed", "sampled", "from the computed", "from the theory"],
    confirmed.map(({ program, steps, replicas, error, sampledError, standardErrors, fromTheory }) => [
      program,
      steps,
      replicas,
      error,
      sampledError,
      standardErrors,
      fromTheory,
    ]),
  );
  const { cells, replicas, steps: each, events, seconds, ratio } = ensemble;
  table(
    `An ensemble (N = ${cells}, M = 1e5, ${replicas} replicas, t = 1, covariance) on one core: seconds`,
    ["of a replica", "", "median", "min", "max", "speed", "min", "max"],
    [
      [each, "steps", ...range(seconds.engine), ...range(ratio)],
      [events, "events", ...range(seconds.exact), ...none],
    ],
  );
}
