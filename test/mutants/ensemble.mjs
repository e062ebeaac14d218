/** Defects of ensembles, and of the host's side of the engine. */
const TREE = ["ensemble/reduction.test.ts"];
const STEADY = ["ensemble/steady-state.test.ts"];
const WORKERS = ["ensemble/workers.test.ts", "guest/concurrency.test.ts"];
const SAME = ["ensemble/determinism.test.ts"];
const EQUATION = ["ensemble/mesoscopic.test.ts"];

export default [
  {
    file: "src/kernel.ts",
    tests: ["ensemble/follow.test.ts"],
    mutants: [["a bond transfers what its cell has gained", "sum -= observed[k - 1]", "sum += observed[k - 1]"]],
  },
  {
    file: "src/progress.ts",
    tests: ["store/progress.test.ts"],
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
    file: "src/ensemble/alignedTree.ts",
    tests: TREE,
    mutants: [
      [
        "the right half of the samples comes first",
        "both.set(left);\n  both.set(right, left.length);",
        "both.set(right);\n  both.set(left, right.length);",
        { tests: SAME },
      ],
      ["chunks that are not aligned", "at % 2 ** (size + 1) === 0 && at + 2", "at + 2"],
      ["the first to come is the left half", "this.merge(other.blocks, blocks)", "this.merge(blocks, other.blocks)"],
      ["the right half begins too late", "node.first >= middle", "node.first > middle"],
    ],
  },
  {
    file: "src/ensemble/runPlan.ts",
    tests: STEADY,
    mutants: [
      [
        "a start that is not forgotten",
        "Math.sqrt(replicas * looks) / REMAINDER)",
        "Math.sqrt(replicas * looks) * REMAINDER)",
      ],
      [
        "slow times are fast ones",
        'slowestRate(model) / (model.timescale === "slow" ? model.particles : 1)',
        "slowestRate(model)",
      ],
      ["a slow window is a fast one", 'timescale === "slow" ? window / particles : window', "window"],
    ],
  },
  {
    file: "src/ensemble/runChunk.ts",
    tests: SAME,
    mutants: [
      [
        "observations of the first node for all",
        "subarray(from * width)",
        "subarray(0)",
        { tests: WORKERS, named: "leaves what was finished" },
      ],
    ],
  },
  {
    file: "src/ensemble/runChunks.ts",
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
      ["an error of the listener's is lost", "failure ??= { error };", "failure ??= undefined;"],
      [
        "a replica that leaves the cone is an abort",
        "if (time !== undefined) lost.push",
        "if (time !== undefined && time < 0) lost.push",
      ],
    ],
  },
  {
    file: "src/ensemble/workerPool.ts",
    tests: WORKERS,
    mutants: [
      ["a chunk is not tried again", "if (losses < MOST_LOSSES)", "if (losses < 1)"],
      ["more workers than are allowed", "Math.min(wanted, this.most())", "wanted"],
    ],
  },
  {
    file: "src/ensemble/workerLoop.ts",
    tests: WORKERS,
    mutants: [["a run goes on with another's plan", "if (present !== run) {", "if (present === undefined) {"]],
  },
  {
    file: "src/ensemble/chunkLevel.ts",
    tests: TREE,
    mutants: [
      [
        "chunks of a millionth of every run",
        "Math.max(CHUNK_EVENTS / eventsPerReplica,",
        "Math.min(CHUNK_EVENTS / eventsPerReplica,",
      ],
    ],
  },
  {
    file: "src/ensemble/mesoscopicStep.ts",
    tests: EQUATION,
    mutants: [
      ["a safe M for a risk of one", "kernel.log(chances / RISK)", "kernel.log(chances)"],
      [
        "covariances have sixteen times the tolerance",
        "const OF_COVARIANCES = 0.025;",
        "const OF_COVARIANCES = 0.0015;",
      ],
      ["slow steps are fast ones", '* (model.timescale === "slow" ? M : 1)', "* 1"],
    ],
  },
  {
    file: "src/ensemble/reducers/cumulants.ts",
    tests: STEADY,
    mutants: [
      ["a biased second cumulant", "(m2 * count) / (count - 1),", "m2,"],
      ["the error of the third cumulant", "9 * m2 * m2 * m2)", "6 * m2 * m2 * m2)"],
    ],
  },
  {
    file: "src/ensemble/reducers/moments.ts",
    tests: SAME,
    mutants: [
      [
        "a biased variance",
        "second ? pick(N, layout.squares, replicas - 1)",
        "second ? pick(N, layout.squares, replicas)",
      ],
      [
        "a biased variance of what bonds transfer",
        "layout.currentSquares, replicas - 1)",
        "layout.currentSquares, replicas)",
      ],
    ],
  },
  {
    file: "src/ensemble/reducers/steadyState.ts",
    tests: STEADY,
    mutants: [
      ["the two cells of a pair change places", "sums[at + 2] = P * A;", "sums[at + 2] = P * sums[means + j];"],
      ["powers of y begin with the second", "power = y; n < POWERS", "power = y * y; n < POWERS"],
      ["what was transferred before the window counts", "(after[k] - before[k] - expected)", "(after[k] - expected)"],
      ["the scatter of the mean is taken off", "- m_i * m_j + between / R;", "- m_i * m_j - between / R;"],
      ["a part of a covariance's error has the other sign", "2 * m_i * m_j * between;", "-2 * m_i * m_j * between;"],
      ["energy flows to the hotter side", "NaN : -(N + 1) /", "NaN : (N + 1) /"],
      ["all cumulants have the first one's unit", "n++, scale *= unit", "n++"],
    ],
  },
];
