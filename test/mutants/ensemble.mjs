/** Defects of ensembles. */
const REDUCTION = ["ensemble/reduction.test.ts"];
const STEADY = ["ensemble/steady-state.test.ts"];
const WORKERS = ["ensemble/workers.test.ts"];
const SAME = ["ensemble/determinism.test.ts"];
const EQUATION = ["ensemble/mesoscopic.test.ts"];

export default [
  {
    file: "src/ensemble/carried.ts",
    tests: ["ensemble/follow.test.ts"],
    mutants: [
      ["a bond carries what its cell has gained", "carried -= observed[k - 1]", "carried += observed[k - 1]"],
      [
        "what was carried before the window counts",
        "(Q, k) => Q - before[k]",
        "(Q, k) => Q + 0 * before[k]",
        { tests: STEADY },
      ],
    ],
  },
  {
    file: "src/ensemble/cone.ts",
    tests: EQUATION,
    mutants: [["a safe M for a risk of one", "kernel.log(chances / RISK)", "kernel.log(chances)"]],
  },
  {
    file: "src/ensemble/crew.ts",
    tests: WORKERS,
    mutants: [
      ["a chunk is not tried again", "if (losses === MOST_LOSSES)", "if (losses === 1)"],
      ["two successors for one worker", "if (this.hands[at] === hand) this.hands[at]", "this.hands[at]"],
    ],
  },
  {
    file: "src/ensemble/cumulants.ts",
    tests: STEADY,
    mutants: [
      ["a biased second cumulant", "(m2 * count) / (count - 1),", "m2,"],
      ["the error of the third cumulant", "9 * m2 * m2 * m2)", "6 * m2 * m2 * m2)"],
    ],
  },
  {
    file: "src/ensemble/lookPlan.ts",
    tests: STEADY,
    mutants: [
      ["a start that is not forgotten", "Math.sqrt(replicas * looks) / LEFT)", "Math.sqrt(replicas * looks) * LEFT)"],
      ["slow times are fast ones", '(model.timescale === "slow" ? model.particles : 1)', "1"],
    ],
  },
  {
    file: "src/ensemble/meter.ts",
    tests: ["store/resume.test.ts"],
    mutants: [
      ["what was there before is made in no time", "(seconds / replicas) *", "(seconds / finished) *"],
      [
        "what was there before does not count",
        "const finished = this.before + replicas;",
        "const finished = replicas;",
      ],
    ],
  },
  {
    file: "src/ensemble/perform.ts",
    tests: WORKERS,
    mutants: [
      [
        "any replica that leaves the cone is the lowest",
        "  if (left && cut < left.replica) return",
        "  if (left && cut < 0) return",
      ],
      [
        "the first to be told is the lowest",
        "lost.sort((a, b) => a.replica - b.replica)",
        "lost.sort((a, b) => b.replica - a.replica)",
      ],
      ["the listener's error is lost", "failure ??= { error };", "failure ??= undefined;"],
    ],
  },
  {
    file: "src/ensemble/plan.ts",
    tests: REDUCTION,
    mutants: [
      ["chunks that are not aligned", "at % 2 ** (size + 1) === 0 && at + 2", "at + 2"],
      [
        "chunks of a millionth of every run",
        "Math.max(CHUNK_EVENTS / eventsPerReplica,",
        "Math.min(CHUNK_EVENTS / eventsPerReplica,",
      ],
    ],
  },
  {
    file: "src/ensemble/reduction.ts",
    tests: REDUCTION,
    mutants: [
      ["the first to come is the left half", "this.merge(other.block, block)", "this.merge(block, other.block)"],
      ["the right half ends too late", "node.first >= middle", "node.first > middle"],
    ],
  },
  {
    file: "src/ensemble/replicaSums.ts",
    tests: STEADY,
    mutants: [
      ["the two cells of a pair change places", "sums[at + 2] = P * A;", "sums[at + 2] = P * sums[means + j];"],
      ["powers of y begin with the second", "power = y; n < POWERS", "power = y * y; n < POWERS"],
    ],
  },
  {
    file: "src/ensemble/result.ts",
    tests: SAME,
    mutants: [
      ["a biased variance", "pick(cells, layout.squares, replicas - 1)", "pick(cells, layout.squares, replicas)"],
      ["a biased variance of currents", "layout.currentSquares, replicas - 1)", "layout.currentSquares, replicas)"],
    ],
  },
  {
    file: "src/ensemble/samples.ts",
    tests: SAME,
    mutants: [
      ["samples begin at replica 0", "to = (first - span.first) * times", "to = first * times"],
      [
        "samples of a gap are kept",
        "(first - span.first) * width, (first",
        "0, (first",
        { tests: WORKERS, named: "leaves what was finished" },
      ],
    ],
  },
  {
    file: "src/ensemble/stationary.ts",
    tests: STEADY,
    mutants: [["a slow window is a fast one", 'timescale === "slow" ? window / particles : window', "window"]],
  },
  {
    file: "src/ensemble/steadyState.ts",
    tests: STEADY,
    mutants: [
      ["the scatter of the mean is added once more", "- m_i * m_j + between / R;", "- m_i * m_j - between / R;"],
      ["a part of a covariance's error has the other sign", "2 * m_i * m_j * between;", "-2 * m_i * m_j * between;"],
      ["energy flows to the hotter side", "NaN : -(N + 1) /", "NaN : (N + 1) /"],
      ["all cumulants have the first one's unit", "n++, scale *= unit", "n++"],
    ],
  },
  {
    file: "src/ensemble/step.ts",
    tests: EQUATION,
    mutants: [
      [
        "steps twice as long as the tolerance allows",
        "const OF_COVARIANCES = 0.025;",
        "const OF_COVARIANCES = 0.0015;",
      ],
      ["slow steps are fast ones", '* (model.timescale === "slow" ? M : 1)', "* 1"],
    ],
  },
  {
    file: "src/ensemble/worker.ts",
    tests: WORKERS,
    mutants: [["an abort is never forgotten", "    job = order.job;\n    aborted = false;", "    job = order.job;"]],
  },
];
