/**
 * The command line with a defect planted in the engine or in the theory: `mesoflux verify all --quick`, or that of the
 * equation alone, exits with 1 and names the culprit.
 */
import { expect, test } from "vitest";
import type { Report } from "../../src/index.ts";
import { type Edit, mutant, remove, run } from "../support/mutants.ts";

/** Culprits are named by how they begin. */
const defects: { name: string; edits: Edit[]; culprits: string[]; what?: string }[] = [
  {
    name: "none",
    edits: [],
    culprits: [],
  },
  {
    name: "shares of Beta(1, M) for Beta(1, M-1)",
    edits: [{ file: "assembly/beta.ts", from: "1 / (particles - 1)", to: "1 / particles" }],
    culprits: ["E[B], E[B²] at M = 3", "P(B > M^(ε-1)) = (1 - M^(ε-1))^(M-1)", "√n sup |F_n - F|"],
  },
  {
    name: "clocks one too high, as (2.3) prints them [B1]",
    edits: [
      {
        file: "assembly/exchange.ts",
        from: "if (!(squeezed && mark < load<f64>(cell + toFloor, 8)) && !exceeds(mark, a, b, cell)) continue;",
        to: "if (side == 0 || !exceeds(mark, b, load<f64>(cell, 32), cell)) continue;",
      },
      {
        file: "assembly/bounds.ts",
        from: "return Bounds.rateAt(clock, State.ceiling(k), State.ceiling(k + 1));",
        to: "return Bounds.rateAt(clock, State.ceiling(k + 1), State.ceiling(min(k + 2, cells + 1)));",
      },
    ],
    culprits: ["every clock rings at its own rate: Var Q_k = V_k² t/M", "B1, corrected: clock k rings at f_k"],
  },
  {
    name: "stale rates: inside the chain those of time 0",
    edits: [
      {
        file: "assembly/exchange.ts",
        from: "if (!(squeezed && mark < load<f64>(cell + toFloor, 8)) && !exceeds(mark, a, b, cell)) continue;",
        to:
          "const k = State.bondOf(cell);\n" +
          "    const c = k > 0 ? State.initialEnergy(k) : a;\n" +
          "    const d = side != 0 ? State.initialEnergy(k + 1) : b;\n" +
          "    if (!exceeds(mark, c, d, cell)) continue;",
      },
      {
        file: "assembly/bounds.ts",
        from: "return Bounds.rateAt(clock, State.ceiling(k), State.ceiling(k + 1));",
        to:
          "const c = k > 0 ? State.initialEnergy(k) : 0;\n" +
          "    const d = k < cells ? State.initialEnergy(k + 1) : 0;\n" +
          "    return Bounds.rateAt(clock, max(State.ceiling(k), c), max(State.ceiling(k + 1), d));",
      },
    ],
    // A steady state begins at E*, where stale rates are nearly the right ones.
    culprits: ["mean of √M(Θ-Θ̄) at M = 10000"],
  },
  {
    name: "an exchange that loses a tenth of what it carries to the right",
    edits: [{ file: "assembly/exchange.ts", from: "const right = b - y + x;", to: "const right = b - y + 0.9 * x;" }],
    culprits: ["mean of √M(Θ-Θ̄) at M = 10000", "the current is the same through every bond"],
  },
  {
    name: "one stream for two replicas",
    edits: [
      {
        file: "assembly/exact.ts",
        from: "Random.startBoth(seed, replica);",
        to: "Random.startBoth(seed, replica & ~1);",
      },
    ],
    culprits: ["replicas are independent at M = 100", "replicas are independent at M = 10000"],
  },
  {
    name: "a bath's packet that is a tenth too large",
    edits: [
      {
        file: "assembly/exchange.ts",
        from: "const x = load<f64>(bathFraction) * load",
        to: "const x = 1.1 * load<f64>(bathFraction) * load",
      },
    ],
    culprits: ["mean of √M(Θ-Θ̄) at M = 10000", "mean of the steady state = E* + m1/M"],
  },
  {
    name: "theory: H without minus signs [B5]",
    edits: [{ file: "dist/src/theory/covariance.js", from: "? noise.above[i]", to: "? -noise.above[i]" }],
    culprits: ["covariance of √M(Θ-Θ̄) at M = 1000"],
  },
  {
    name: "theory: a wrong coefficient in V²",
    edits: [{ file: "dist/src/theory/exchange.js", from: "left(k)[2] * aa", to: "0.75 * left(k)[2] * aa" }],
    culprits: ["variance of the first increments = (H H^T)_kk", "covariance of the steady state = S/M"],
  },
  {
    name: "theory: DF without its factor 1/2 [B9]",
    edits: [
      {
        file: "dist/src/theory/rates.js",
        from: "(rate.f1(k, x, y) * (x - y) + rate.f(k, x, y)) * rate.share",
        to: "rate.f1(k, x, y) * (x - y) + rate.f(k, x, y)",
      },
      {
        file: "dist/src/theory/rates.js",
        from: "(rate.f2(k, x, y) * (x - y) - rate.f(k, x, y)) * rate.share",
        to: "rate.f2(k, x, y) * (x - y) - rate.f(k, x, y)",
      },
    ],
    culprits: ["covariance of √M(Θ-Θ̄) at M = 1000"],
  },
  {
    name: "theory: a current that is a tenth too large",
    edits: [
      {
        file: "dist/src/theory/equilibrium.js",
        from: "flux: (share * (T_L - T_R)) / resistance",
        to: "flux: (1.1 * share * (T_L - T_R)) / resistance",
      },
    ],
    culprits: ["the current between 1 and 2 = -c/2"],
  },
  {
    name: "the equation: a bath whose packets are no wider than a cell's",
    what: "mesoscopic",
    edits: [{ file: "assembly/step.ts", from: "excess * (temperature * temperature)", to: "0" }],
    culprits: ["M Cov(Z) = C at M = 1e9", "M Cov(Z) = C + C1/M"],
  },
  {
    name: "the equation: kicks at even distances",
    what: "mesoscopic",
    edits: [
      { file: "assembly/mesoscopic.ts", from: "TO_KICK: f64 = 0.42264973081037424", to: "TO_KICK: f64 = 0.5" },
      { file: "assembly/mesoscopic.ts", from: "BETWEEN_KICKS: f64 = 1.1547005383792515", to: "BETWEEN_KICKS: f64 = 1" },
    ],
    culprits: ["errors of the means at 3 long steps: those of order h⁴"],
  },
  {
    name: "the equation: a flow of third order",
    what: "mesoscopic",
    edits: [
      {
        file: "assembly/step.ts",
        from: "Step.stage(false, whole);",
        to: "Step.stage(false, whole / 2);",
      },
    ],
    culprits: ["errors of the means at 3 long steps: those of order h⁴"],
  },
  {
    name: "the equation: one stream for two replicas",
    what: "mesoscopic",
    edits: [
      {
        file: "assembly/random.ts",
        from: "interleave(VECTOR_STATE + 8, keyBlocks(seed, second, PURPOSE_NOISE, 1));",
        to: "interleave(VECTOR_STATE + 8, keyBlocks(seed, first, PURPOSE_NOISE, 1));",
      },
    ],
    culprits: ["replicas of Z are independent at M = "],
  },
  {
    name: "f after an event over f before it in W_f",
    what: "fluctuations",
    edits: [
      {
        file: "assembly/rates.ts",
        from: "Rate.inUnits(k, a, b) / Rate.inUnits(k, c, d)",
        to: "Rate.inUnits(k, c, d) / Rate.inUnits(k, a, b)",
      },
    ],
    culprits: ["mean of e^-Σ = 1, M = 1", "P(Σ) = e^Σ P(-Σ): mean of a/(1 + e^Σ) = 0, M = 1"],
  },
  {
    name: "starts of Gamma(M + 1)",
    what: "fluctuations",
    edits: [{ file: "assembly/start.ts", from: "Gamma.sample(particles))", to: "Gamma.sample(particles + 1))" }],
    culprits: ["mean of e^-Σ = 1, M = 1", "P(Σ) = e^Σ P(-Σ): mean of a/(1 + e^Σ) = 0, M = 1"],
  },
  {
    name: "theory: the generating function of disks for that of the paper's exchange",
    what: "largeDeviations",
    edits: [
      {
        file: "dist/src/theory/largeDeviations/generating.js",
        from: 'exchange === "kinetic" ? generatingOfCollision : generating',
        to: "generatingOfCollision",
      },
    ],
    culprits: ["variance of what the chain carries = ψ''(0) t/M"],
  },
  {
    name: "theory: an exponential bath whose temperature is not drawn anew",
    what: "largeDeviations",
    edits: [
      {
        file: "dist/src/theory/largeDeviations/hiddenLaw.js",
        from: 'bath === "exponential" && M > 1',
        to: "false",
      },
    ],
    culprits: ['law of one cell\'s energy, hidden temperatures: "exponential" bath, M = 10'],
  },
  {
    name: "theory: single exchanges are skew the other way",
    what: "mesoscopic",
    edits: [{ file: "dist/src/theory/cumulants.js", from: "third[k] = f[0]", to: "third[k] = -f[0]" }],
    culprits: ["M W1 by the best potential, every cell, at M = "],
  },
];

test.each(defects)("$name", async ({ edits, culprits, what = "all" }) => {
  const folder = await mutant(edits);
  try {
    const { code, output } = await run(folder, "verify", what, "--quick", "--no-figures", "--quiet", "--json");
    const { passed, reports } = JSON.parse(output) as { passed: boolean; reports: Report[] };
    const failed = reports.flatMap(({ checks }) => checks).filter((check) => !check.passed);
    expect(failed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(culprits.map((culprit) => expect.stringContaining(culprit) as string)),
    );
    expect(passed).toBe(culprits.length === 0);
    expect(code).toBe(culprits.length === 0 ? 0 : 1);
  } finally {
    remove(folder);
  }
});
