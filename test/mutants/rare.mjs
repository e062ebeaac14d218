/** Defects of large deviations: of their theory and of the runs that are guided by it. */
const CURRENT = ["theory/largeDeviations/current.test.ts"];
const EXCHANGE = ["theory/largeDeviations/exchange.test.ts", "theory/largeDeviations/hamiltonian.test.ts"];
const GAMMA = ["theory/largeDeviations/gamma.test.ts"];
const HIDDEN = ["theory/largeDeviations/hiddenTemperatures.test.ts"];
const INSTANTON = ["theory/largeDeviations/instanton.test.ts"];
const POTENTIAL = ["theory/largeDeviations/quasiPotential.test.ts"];
const WEIGHTS = ["rare/weights.test.ts"];
const EVENTS = ["rare/rareEvent.test.ts"];
const CLONES = ["rare/clones.test.ts"];

export default [
  {
    file: "src/theory/largeDeviations/generating.ts",
    tests: EXCHANGE,
    mutants: [
      ["σ without its square", "s * (a - b) + s * a * (s * b)", "s * (a - b)"],
      ["the slope forgets L", "(inverse - L) / sigma", "inverse / sigma"],
      ["the series ends too early", "const SERIES_TERMS = 32", "const SERIES_TERMS = 6"],
      ["disks exchange as shares do", 'exchange === "kinetic" ? generatingOfCollision : generating', "generating"],
    ],
  },
  {
    file: "src/theory/largeDeviations/exchangeGenerating.ts",
    tests: EXCHANGE,
    mutants: [
      ["the right bath's packet is the left one's", "fromFreshBath(b, a, -s)", "fromFreshBath(b, a, s)"],
      ["all packets have the mean temperature", "sigmaOf(w * T, b, s)", "sigmaOf(T, b, s)"],
    ],
  },
  {
    file: "src/theory/largeDeviations/hamiltonian.ts",
    tests: EXCHANGE,
    mutants: [
      ["half of the second derivative", "to.haa = 2 * half11 * value", "to.haa = half11 * value"],
      ["f does not change with the right energy", "to.hb = f2 * value + f * Lb", "to.hb = f * Lb"],
    ],
  },
  {
    file: "src/theory/largeDeviations/fixedPoint.ts",
    tests: CURRENT,
    mutants: [
      ["the variance at fixed energies", "byE * tangent[2 * N - 2] * U * U + byS", "byS"],
      ["the tilt acts at the left end", "(k === N ? lambda : momenta[k])", "(k === N ? 0 : momenta[k])"],
    ],
  },
  {
    file: "src/theory/largeDeviations/current.ts",
    tests: CURRENT,
    mutants: [
      [
        "no chain freezes",
        "vanishes((E) => f(0, T_L, E)) && vanishes((E) => f(model.cells, E, T_R))",
        "false && vanishes((E) => f(0, T_L, E))",
      ],
      ["I is ψ less λ q", "Math.max(0, lambda * q - psi)", "Math.max(0, psi - lambda * q)"],
    ],
  },
  {
    file: "src/theory/largeDeviations/gamma.ts",
    tests: GAMMA,
    mutants: [
      [
        "Stirling's series has one term less",
        "1 / 12 - square * (1 / 360 - square * tail)",
        "1 / 12 - square * (1 / 360)",
      ],
      ["the other tail", "x >= M ? logFalling(M, x, 1) : logOneLess", "x >= M ? logFalling(M, x, -1) : logOneLess"],
    ],
  },
  {
    file: "src/theory/largeDeviations/hiddenLaw.ts",
    tests: HIDDEN,
    mutants: [
      [
        "a fresh packet has the moments of an exponential",
        "BigInt(j + 1)) / BigInt(M + j)",
        "BigInt(j + 1)) / BigInt(M)",
      ],
      [
        "the temperature stays where it is too often",
        "(1n << shift) - diagonal[n]",
        "(1n << shift) - diagonal[n] / 2n",
      ],
    ],
  },
  {
    file: "src/theory/largeDeviations/hiddenTemperatures.ts",
    tests: HIDDEN,
    mutants: [["the covariance is that of energies", "/ (1 + 1 / M);", ";"]],
  },
  {
    file: "src/theory/largeDeviations/instanton.ts",
    tests: INSTANTON,
    mutants: [
      ["a drawn start costs nothing", "action + costOf(start, chosen)", "action"],
      [
        "all of the first energies count for the carried one",
        "path.nodes[2 * N + 1] / units",
        "path.nodes[2 * N] / units",
      ],
    ],
  },
  {
    file: "src/theory/largeDeviations/feedback.ts",
    tests: INSTANTON,
    mutants: [
      ["momenta follow πs", "(after[j * n + k] - own) / product", "after[j * n + k] / product"],
      ["the map is taken forwards", "left -= after[r * n + m]", "left += after[r * n + m]"],
    ],
  },
  {
    file: "src/theory/largeDeviations/quasiPotential.ts",
    tests: POTENTIAL,
    mutants: [
      [
        "paths begin in the plane of another law",
        "precision[k * N + k] = units.energy * units.energy",
        "precision[k * N + k] = units.energy",
      ],
      ["what is left below the path is forgotten", "value: action + left", "value: action"],
      ["the way down from E*", "{ ...model, initial: energies }, down", "model, down"],
    ],
  },
  {
    file: "src/rare/weights.ts",
    tests: EVENTS,
    mutants: [
      ["squares are rescaled as sums are", "i++, u *= x, v *= y", "i++"],
      ["the mean over those that count", "largest + log(sum / paths)", "largest + log(sum / hits)"],
      ["a variance as the second moment", "(paths * squares) / (sum * sum) - 1", "(paths * squares) / (sum * sum)"],
    ],
  },
  {
    file: "src/rare/trust.ts",
    tests: EVENTS,
    mutants: [["no share is too large", "largestShare > LARGEST_SHARE", "largestShare > 1"]],
  },
  {
    file: "src/rare/run.ts",
    tests: EVENTS,
    mutants: [
      ["below is above", "isAbove ? reached > value : reached < value", "reached > value"],
      [
        "hidden energies are temperatures",
        "(model.particles * value) / energies[coordinate]",
        "value / energies[coordinate]",
      ],
    ],
  },
  {
    file: "src/rare/growth.ts",
    tests: CLONES,
    mutants: [
      ["standard errors of one population", "Math.sqrt(squares / (n - 1) / n)", "Math.sqrt(squares / (n - 1))"],
    ],
  },
  {
    file: "assembly/rare/kernel.ts",
    tests: WEIGHTS,
    mutants: [
      ["an untilted share", "f64x2.splat(1 - alpha * (1 - u))", "f64x2.splat(1)"],
      ["u is drawn uniform", "const u = U / (1 + gamma * (1 - U))", "const u = U"],
      ["the weight of u is left out", "(1 - alpha) * (1 + gamma * u) * (1 + gamma * u)", "1"],
      [
        "one particle has a share of its own",
        "if (k > 0) {\n        log1 = 0;",
        "if (k < 0) {\n        log1 = 0;",
        {
          survives: "The weight is as exact: its e is then a number of which nothing depends. It costs variance alone.",
        },
      ],
      ["the right cell's tilt is not cut short", "f64x2.neg(f64x2.div(most, right))", "f64x2.splat(-Infinity)"],
      ["a bath that is a cell", "select<f64>(given, share1 * a, k == 0)", "share1 * a", { tests: EVENTS }],
    ],
  },
  {
    file: "assembly/rare/run.ts",
    tests: WEIGHTS,
    mutants: [
      ["the weight of waiting is left out at the end", "logWeight += speed * excess * left;", ""],
      ["the weight of waiting is left out before events", "logWeight += speed * excess * step;", ""],
      [
        "folding forgets a factor",
        "if (min(factor, divisor) < LEAST_FACTOR || max(factor, divisor) > MOST_FACTOR) fold();",
        "if (min(factor, divisor) < LEAST_FACTOR || max(factor, divisor) > MOST_FACTOR) factor = divisor = 1;",
      ],
      ["the wait begins anew where rates change", "wait -= rates * left;", ""],
    ],
  },
  {
    file: "assembly/rare/tilted.ts",
    tests: [...WEIGHTS, ...EVENTS],
    mutants: [
      ["a drawn start weighs nothing", "log -= particles * (Elementary.log1(rest) + theta * energy);", ""],
      ["a drawn start is not tilted", "const rest = 1 - theta * temperature;", "const rest: f64 = 1;"],
    ],
  },
  {
    file: "assembly/rare/hidden.ts",
    tests: EVENTS,
    mutants: [
      [
        "a bath's offer is its mean",
        "bathIsPapers && k == 0 ? offer(leftTemperature)",
        "bathIsPapers && k < 0 ? offer(leftTemperature)",
      ],
      ["both take one share", "b + f64x2.extract_lane(parts, 1)", "b + f64x2.extract_lane(parts, 0)"],
    ],
  },
  {
    file: "assembly/rare/clones.ts",
    tests: CLONES,
    mutants: [
      ["nobody is drawn anew", "  swapClones();", ""],
      ["the last bond is not tilted", "Chain.setTilt(cells, lambda - before)", "Chain.setTilt(cells, -before)"],
      ["growth of the burn-in", "if (present >= burnIn) {", "if (present >= 0) {"],
    ],
  },
];
