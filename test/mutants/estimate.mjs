/** Defects of the estimates. */
const TESTS = ["estimate/expectations.test.ts"];

export default [
  {
    file: "src/estimate/pool.ts",
    tests: ["estimate/pool.test.ts"],
    mutants: [
      ["the scatter of the mean is added once more", "mean[at % N] + ofMean[at])", "mean[at % N] - ofMean[at])"],
      ["an error without the means' part", "return p - mean[i] * m[j] - mean[j] * m[i];", "return p;"],
      [
        "errors for one batch more",
        "Math.sqrt(square / ((batches.length - 1) * replicas))",
        "Math.sqrt(square / replicas)",
      ],
    ],
  },
  {
    file: "src/estimate/measuredPart.ts",
    tests: ["estimate/measuredPart.test.ts"],
    mutants: [["a rule of second order", "const before = slopes[Math.max(s - 1, 0)];", "const before = slopes[0];"]],
  },
  {
    file: "src/estimate/momentEquations.ts",
    tests: TESTS,
    mutants: [
      [
        "skew exchanges by a half for a third",
        "(sources.skewness[k] * v * w) / 3;",
        "(sources.skewness[k] * v * w) / 2;",
      ],
      [
        "each of two cells has all the noise",
        "(noiseOne[l] * v + noiseOne[j] * w) / 2 +",
        "(noiseOne[l] * v + noiseOne[j] * w) +",
      ],
    ],
  },
  {
    file: "src/estimate/remainders.ts",
    tests: ["estimate/remainders.test.ts"],
    mutants: [["a source of order M", "scale(fluxTwo, M * M);", "scale(fluxTwo, M);"]],
  },
  {
    file: "src/estimate/knownPart.ts",
    tests: TESTS,
    mutants: [["the known part has no skewness", "        sources.skewness[k] = expansion.skewness[k];\n", ""]],
  },
  {
    file: "src/estimate/theoryReach.ts",
    tests: TESTS,
    mutants: [["the theory reaches too far", "return steepest < M;", "return steepest < M * M;"]],
  },
  {
    file: "src/estimate/panels.ts",
    tests: ["estimate/panels.test.ts"],
    mutants: [["early observations have no panel of their own", "const REACH = 4;", "const REACH = 400;"]],
  },
];
