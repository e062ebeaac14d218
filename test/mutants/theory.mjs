/** Defects of the theory. */
const GOLDENS = ["theory/goldens.test.ts"];
const FINITE = ["theory/finiteSize.test.ts"];

export default [
  {
    file: "src/theory/covariance.ts",
    tests: GOLDENS,
    mutants: [
      ["neighbours share noise of one sign", "j === i + 1 ? noise.above[i] : 0", "j === i + 1 ? -noise.above[i] : 0"],
      ["both cells relax as the first does", "(diagonal[i] + diagonal[j]) * C[at]", "2 * diagonal[i] * C[at]"],
    ],
  },
  {
    file: "src/theory/cumulants.ts",
    tests: FINITE,
    mutants: [
      ["the right cell's bias flows the other way", "flux[k][2] * m1[k + 1]", "flux[k][1] * m1[k + 1]"],
      ["half of the mixed second derivative", "jet[4] * xy", "(jet[4] * xy) / 2"],
    ],
  },
  {
    file: "src/theory/covarianceCorrection.ts",
    tests: FINITE,
    mutants: [
      ["each of two cells has all the noise", "(noise * v) / 2;", "noise * v;"],
      [
        "the deficit adds noise",
        "halfSecond(variance[k], Cxx, Cxy, Cyy) -\n",
        "halfSecond(variance[k], Cxx, Cxy, Cyy) +\n",
      ],
    ],
  },
  {
    file: "src/theory/integrate.ts",
    tests: FINITE,
    mutants: [
      [
        "steps that shrink go on for ever",
        "MOST_STEPS.start + MOST_STEPS.unit * duration",
        "Infinity",
        { named: "cannot be computed" },
      ],
      [
        "the library's bare error",
        'message.startsWith("Integration failure")',
        'message === ""',
        { named: "cannot be computed" },
      ],
    ],
  },
  {
    file: "src/theory/thirdCumulant.ts",
    tests: FINITE,
    mutants: [
      [
        "exchanges are skew by a half for a third",
        "drives.exchanges ? third[k] / 3 : 0",
        "drives.exchanges ? third[k] / 2 : 0",
      ],
      [
        "skew exchanges correlate their two cells the other way",
        "pairIndex(N, k, k + 1), -skew)",
        "pairIndex(N, k, k + 1), skew)",
      ],
    ],
  },
  {
    file: "src/theory/entropy.ts",
    tests: ["theory/entropy.test.ts"],
    mutants: [
      ["bonds produce half", "channelsPerParticle += ((2 * flux)", "channelsPerParticle += (flux"],
      ["no exact number at M = 1", "keepsDetailedBalance(bath, M))", "keepsDetailedBalance(bath, M + 1))"],
    ],
  },
  {
    file: "src/theory/equilibrium.ts",
    tests: ["theory/equilibrium.test.ts"],
    mutants: [
      ["a profile falls only if it rises", "    if (T_L > T_R) energies.reverse();\n", ""],
      ["rises are summed up plainly", "const term = d - lost;", "const term = d;"],
    ],
  },
  {
    file: "src/theory/exactMoments.ts",
    tests: ["theory/exactMoments.test.ts"],
    mutants: [
      ["the right cell of a bond does not fluctuate", "(k < N ? C[k * N + k] / M : 0)", "0"],
      ["few steps of Chebyshev's iteration", "error > Number.EPSILON / 4", "error > 1e-7"],
    ],
  },
  {
    file: "src/theory/continuum.ts",
    tests: ["theory/continuum.test.ts"],
    mutants: [
      ["both slopes weigh the same", "f2(k, x, y) * (before + r)", "f2(k, x, y) * before"],
      ["positions from the colder bath", "(T_L < T_R ? x : 1 - x) * total", "x * total"],
    ],
  },
  {
    file: "src/theory/baths.ts",
    tests: ["theory/exchangeMoments.test.ts"],
    mutants: [
      ["a share's moments of M - 1 particles", "(1 + (m - 1) / particles)", "(1 + m / particles)"],
      [
        "a thermal bath has a deficit",
        "m) => FACTORIALS[m], deficit: 0",
        "m) => FACTORIALS[m], deficit: 2",
        { tests: FINITE },
      ],
    ],
  },
  {
    file: "src/theory/exchange.ts",
    tests: FINITE,
    mutants: [["the right bath's packets are a cell's", "k === N ? ofBath : ofCell", "k > N ? ofBath : ofCell"]],
  },
  {
    file: "src/theory/rates.ts",
    tests: ["theory/rates.test.ts"],
    mutants: [["a capped rate's slope is damped once", "/ (damping * damping)", "/ damping"]],
  },
  {
    file: "src/theory/jet.ts",
    tests: ["theory/jet.test.ts"],
    mutants: [
      ["a product without one of its terms", "a0 * b7 + a1 * b4 + a2 * b3 +", "a0 * b7 + a1 * b4 +"],
      ["a root with a half of a term", "(a[4] - 2 * s1 * s2) * half", "(a[4] - s1 * s2) * half"],
    ],
  },
  {
    file: "src/theory/limitPath.ts",
    tests: ["theory/limit.test.ts"],
    mutants: [["a wrong cubic", "10 * rise - 4 * gain + bend", "10 * rise - 4 * gain + 2 * bend"]],
  },
  {
    file: "src/theory/linearization.ts",
    tests: ["theory/stationary.test.ts"],
    mutants: [
      ["the right cell drives its left neighbour the other way", "above[k - 1] -= second;", "above[k - 1] += second;"],
    ],
  },
  {
    file: "src/theory/longRange.ts",
    tests: ["theory/longRange.test.ts"],
    mutants: [["g'² has the other sign", "second - first * first)", "second + first * first)"]],
  },
  {
    file: "src/theory/lyapunov.ts",
    tests: ["theory/lyapunov.test.ts", "theory/stationary.test.ts"],
    mutants: [["the iteration ends early", "const NEGLIGIBLE = 1e-15;", "const NEGLIGIBLE = 1;"]],
  },
  {
    file: "src/theory/tridiagonal.ts",
    tests: ["theory/lyapunov.test.ts"],
    mutants: [
      [
        "a bisection ends at the wrong side",
        "middle, diagonal, squares)) to = middle;",
        "middle, diagonal, squares)) from = middle;",
      ],
    ],
  },
  {
    file: "src/theory/propagator.ts",
    tests: ["theory/propagator.test.ts"],
    mutants: [
      [
        "products in the other order",
        "multiply(after, Float64Array.from(reached.slice(N)), N)",
        "multiply(Float64Array.from(reached.slice(N)), after, N)",
      ],
    ],
  },
  {
    file: "src/theory/stationary.ts",
    tests: ["theory/stationary.test.ts"],
    mutants: [
      ["twice the mixed second derivative", "q[k] += phi12 * S", "q[k] += 2 * phi12 * S"],
      ["bias where the rate has its kink", "  watchOrder(model, energies);\n", ""],
    ],
  },
  {
    file: "src/theory/units.ts",
    tests: ["theory/limit.test.ts"],
    mutants: [
      [
        "slow times are fast ones",
        'model.timescale === "slow" ? units.rate / model.particles',
        'model.timescale === "slow" ? units.rate',
      ],
    ],
  },
  {
    file: "src/theory/currentVariance.ts",
    tests: ["theory/currentVariance.test.ts"],
    mutants: [["weights count once", "weights[k] * weights[k] * variance", "weights[k] * variance"]],
  },
  {
    file: "src/theory/initial.ts",
    tests: ["theory/initial.test.ts"],
    mutants: [["the last cell is as hot as its bath", "* k) / (cells + 1);", "* k) / cells;"]],
  },
];
