/** The bounds for the results, and whether each is met; null if it could not be measured. */

export function judge(results) {
  const { peers, suites, rates, setup, overhead, tiny, workers, browser, lab, mesoscopic, billiards, rare, host } =
    results;
  const machine = `this machine, ${host.cpu}`;
  const [oneParticle] = suites["one particle"];
  return [
    ...throughput(peers, "C++ textbook", { 10: 5, 1000: 35 }),
    ...throughput(peers, "C thinning, SSE4", { 10: 1.4, 1000: 1.4 }),
    ...throughput(peers, "C thinning, AVX2", { 10: 0.9, 1000: 0.9 }),
    sameProcess(peers.pairs, 0.02),
    atMost("N = 10 to 1e5, dearest to cheapest", worst(suites.cells), 2, (x) => x.toFixed(2)),
    atMost("T = (1, 100) to T = (1, 2)", wide(suites.temperatures), 2, (x) => x.toFixed(2)),
    atMost(`M = 1, sqrt-sum, N = 100, on ${machine}`, oneParticle.nanoseconds.median, 40, (x) => `${x.toFixed(1)} ns`),
    ...ofRates(rates, machine),
    atMost(`ready for events, on ${machine}`, setup.milliseconds.load.median, 10, (x) => `${x.toFixed(1)} ms`),
    ...overhead.map(({ end, overhead }) =>
      atMost(`ensemble overhead at t = ${end}`, overhead.median, 0.05, (x) => `${(100 * x).toFixed(1)}%`),
    ),
    atLeast("tiny replicas, of the kernel's own speed", tiny.speed.median, 0.6, (x) => `${(100 * x).toFixed(0)}%`),
    ofWorkers(workers, 1.9),
    ofBrowser(browser, 0.9),
    ...ofLab(lab, machine),
    ...ofMesoscopic(mesoscopic, machine),
    ...ofBilliards(billiards),
    ...rare.map(({ rate, ratio }) =>
      atMost(`a tilted event to a plain one, ${rate}, N = 3, M = 100`, ratio.median, 4, (x) => x.toFixed(2)),
    ),
  ];
}

/** The engine's throughput over a peer's, at each number of cells with its bound. */
function throughput({ pairs, skipped }, peer, bounds) {
  return Object.entries(bounds).map(([cells, bound]) => {
    const claim = `at least ${bound}x the throughput of ${peer} at N = ${cells}`;
    const pair = pairs.find((pair) => pair.peer === peer && pair.cells === Number(cells));
    if (!pair) return { claim, met: null, measured: skipped.find((one) => one.peer === peer).why };
    const { min, median, max } = pair.ratio;
    return { claim, met: median >= bound, measured: `${median.toFixed(2)}x (${min.toFixed(2)} to ${max.toFixed(2)})` };
  });
}

/** Or the comparison would say nothing. */
function sameProcess(pairs, bound) {
  const claim = `as many events per unit of time as every peer, within ${100 * bound}%`;
  const error = ({ eventRate }) => Math.abs(eventRate.median - 1);
  const { peer, cells, eventRate } = pairs.reduce((a, b) => (error(a) > error(b) ? a : b));
  const measured = `${eventRate.median.toFixed(4)} at worst (${peer}, N = ${cells})`;
  return { claim, met: error({ eventRate }) <= bound, measured };
}

/** By medians over rounds, at the size where it is worst. */
function ofRates({ pairs, milliseconds }, machine) {
  const bounded = pairs.filter(({ bound }) => bound);
  const names = [...new Set(bounded.map(({ name }) => name))];
  return [
    ...names.map((name) => {
      const worst = bounded
        .filter((pair) => pair.name === name)
        .reduce((a, b) => (a.ratio.median > b.ratio.median ? a : b));
      const { cells, particles, bound, ratio } = worst;
      return atMost(`${name}, worst at N = ${cells}, M = ${particles}`, ratio.median, bound, (x) => x.toFixed(3));
    }),
    atMost(
      `from a rate's text to its engine, on ${machine}`,
      milliseconds.cold.median,
      15,
      (x) => `${x.toFixed(1)} ms`,
    ),
    atMost(`the same, warm`, milliseconds.warm.median, 2, (x) => `${x.toFixed(2)} ms`),
  ];
}

function ofWorkers(measured, bound) {
  const claim = `two workers: at least ${bound}x the speed of one`;
  if (!measured) return { claim, met: null, measured: "one core" };
  const { min, median, max } = measured.speedup;
  return { claim, met: median >= bound, measured: `${median.toFixed(2)}x (${min.toFixed(2)} to ${max.toFixed(2)})` };
}

/** At the size where it is worst. */
function ofBrowser({ why, cases }, bound) {
  const claim = `one thread in Chromium: at least ${bound} of Node's speed`;
  if (why) return { claim, met: null, measured: why };
  const { cells, speed } = cases.reduce((a, b) => (a.speed.median < b.speed.median ? a : b));
  const { min, median, max } = speed;
  const measured = `${median.toFixed(2)} at N = ${cells} (${min.toFixed(2)} to ${max.toFixed(2)})`;
  return { claim, met: median >= bound, measured };
}

/** By medians over rounds. */
function ofLab({ why, interactive, frames, longestTask, table }, machine) {
  if (why) return [{ claim: "the lab plays 60 frames a second", met: null, measured: why }];
  const milliseconds = (x) => `${x.toFixed(0)} ms`;
  return [
    atMost(`the lab plays after, on ${machine}`, interactive.median, 1000, milliseconds),
    // A frame of sixty may be missed by the clock alone.
    atLeast(`the lab's frames a second, N = 50, M = 1e4, on ${machine}`, frames.median, 59, (x) => x.toFixed(1)),
    atMost(`the lab's longest task, on ${machine}`, longestTask.median, 50, milliseconds),
    atLeast(`its billiards' frames a second, N = 10, M = 100, on ${machine}`, table.frames.median, 59, (x) =>
      x.toFixed(1),
    ),
    atMost(`their longest task, on ${machine}`, table.longestTask.median, 50, milliseconds),
  ];
}

function ofMesoscopic({ peer, why, steps, equalError, confirmed, ensemble }, machine) {
  const step = steps.find(({ cells, rate }) => cells === 100 && rate === "sqrt-harmonic");
  const { replicas, seconds } = ensemble;
  return [
    atMost(`a step of a cell, N = 100, on ${machine}`, step.nanoseconds.engine.median, 12, (x) => `${x.toFixed(1)} ns`),
    ...equalError.map(({ initial, target, ratio }) => {
      const claim = `at least 3x the speed of ${peer} at weak error ${target} from ${initial}`;
      return ratio
        ? { claim, met: ratio.median >= 3, measured: `${ratio.median.toFixed(1)}x` }
        : { claim, met: null, measured: why };
    }),
    ...confirmed.map(({ program, standardErrors }) =>
      atMost(`${program}: sampled moments off the computed ones`, standardErrors, 5, (x) => `${x.toFixed(2)} se`),
    ),
    atMost(`an ensemble of ${replicas} replicas, on one core`, seconds.engine.median, 60, (x) => `${x.toFixed(2)} s`),
  ];
}

function ofBilliards({ why, cases, growth }) {
  const { from, to, ratio } = growth;
  const same = "the billiards and their C++ end at the same bits";
  const different = cases.filter(({ isSame }) => !isSame).map(({ particles }) => `M = ${particles}`);
  return [
    ...cases.map(({ particles, ratio }) => {
      const claim = `billiards: at least 0.75 of the speed of C++ at M = ${particles}`;
      if (!ratio) return { claim, met: null, measured: why };
      const { min, median, max } = ratio;
      return { claim, met: median >= 0.75, measured: `${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})` };
    }),
    why
      ? { claim: same, met: null, measured: why }
      : { claim: same, met: different.length === 0, measured: different.join(", ") || "all do" },
    atMost(`a collision at M = ${to} to one at M = ${from}`, ratio.median, 2.2, (x) => x.toFixed(2)),
  ];
}

function atMost(what, measured, bound, say) {
  return { claim: `${what}: at most ${say(bound)}`, met: measured <= bound, measured: say(measured) };
}

function atLeast(what, measured, bound, say) {
  return { claim: `${what}: at least ${say(bound)}`, met: measured >= bound, measured: say(measured) };
}

const worst = (suite) => Math.max(...suite.map(({ ratio }) => ratio));
const wide = ([narrow, wide]) => wide.nanoseconds.median / narrow.nanoseconds.median;
