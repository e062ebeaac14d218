/** Defects of the verification. */
const CHECK = ["verify/check.test.ts"];
const MEASURE = ["verify/measure.test.ts"];
const STANDARD = ["verify/standard.test.ts"];

export default [
  {
    file: "src/verify/measure/check.ts",
    tests: CHECK,
    mutants: [
      ["only what is too large fails", "Math.abs(a) > Math.abs(b) || Number.isNaN(a)", "a > b || Number.isNaN(a)"],
      ["what is not a number passes", "Math.abs(a) > Math.abs(b) || Number.isNaN(a)", "Math.abs(a) > Math.abs(b)"],
      ["false alarms of many comparisons add up", "Math.min(comparisons.length, MANY) *", "comparisons.length *"],
    ],
  },
  {
    file: "src/verify/measure/prediction.ts",
    tests: STANDARD,
    mutants: [
      [
        "variances of skew energies scatter as normal ones",
        "(1 + 1.5 * Math.abs(skewness[i] * skewness[j]))",
        "1",
        { tests: MEASURE },
      ],
      [
        "the next order of the covariance falls as M^-1/2",
        "next.covariance[at + entry] / particles",
        "next.covariance[at + entry] / Math.sqrt(particles)",
      ],
      ["skewness does not fall", "(variance * Math.sqrt(variance * particles))", "(variance * Math.sqrt(variance))"],
    ],
  },
  {
    file: "src/verify/measure/statistics.ts",
    tests: MEASURE,
    mutants: [["the error of a slope is its square", "slopeError: 1 / Math.sqrt(squares)", "slopeError: 1 / squares"]],
  },
  {
    file: "src/verify/evidence/firstIncrements.ts",
    tests: STANDARD,
    mutants: [["the first increments are a mean's", "PARTICLES ** 2 * J[1]", "PARTICLES * J[0]"]],
  },
  {
    file: "src/verify/evidence/reversal.ts",
    tests: STANDARD,
    mutants: [["now and then change places", "outer * now(1) - then(1) *", "outer * now(1) + then(1) *"]],
  },
  {
    file: "src/verify/lln/bias.ts",
    tests: ["verify/lln.test.ts"],
    mutants: [["the linear part is added", "(F[j] - mean[j]) - linear", "(F[j] - mean[j]) + linear"]],
  },
  {
    file: "src/verify/mesoscopic/distance.ts",
    tests: STANDARD,
    mutants: [["a potential that is no best one", "(x - 2 * Math.min(1, Math.max(-1, x)))", "x"]],
  },
];
