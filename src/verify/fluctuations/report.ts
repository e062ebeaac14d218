/**
 * The fluctuation theorem at finite M (THEORY 12.1): P(Σ = s) = e^s P(Σ = -s), which the paper's section 7 has for many
 * particles and for its own bath. It holds exactly for the "thermal" bath, at every M, with the rate's part W_f in Σ; without
 * that, and with the paper's bath, it is a hypothesis that is rejected [B17, B18].
 */
import type { Report } from "../../report/data.ts";
import type { PathRatios, PathRatiosByBath } from "../evidence/pathRatios.ts";
import { check, limitOf, zOf } from "../measure/check.ts";
import { reportOf } from "../measure/present.ts";
import { bathTable, entropyFigure, rivalTable, theoremTable } from "./display.ts";

/** A rival is rejected from this |z| on. */
const REJECTED = 10;

export function fluctuationsReport({ thermal, exponential }: PathRatiosByBath): Report {
  const [{ replicas }] = thermal;
  const sizes = [...new Set(thermal.map(({ model }) => model.particles))];
  const at = (M: number) => thermal.filter(({ model }) => model.particles === M);
  const rivals = thermal.flatMap(({ withoutRatio }) => withoutRatio ?? []);
  const farthest = Math.max(0, ...rivals.map((one) => Math.abs(zOf(one))));
  const longest = Math.max(...thermal.map(({ model }) => model.cells));
  const drawn = (all: readonly PathRatios[]) =>
    all.filter(({ model }) => model.cells === longest && model.particles > 1);
  return reportOf(
    {
      name: "fluctuations",
      title: "The fluctuation theorem at finite M (section 7)",
      statement:
        "A chain between thermal baths that starts with energies of Gamma(M, T_R) makes Σ = -M A Q_0 + W_f, A = 1/T_L - 1/T_R: " +
        "every path is e^Σ times as likely as the same path backwards, at every N, M and t. Measured, on short chains with the " +
        "rate of this one: the mean of e^-Σ, which is 1, and of a/(1 + e^Σ), which is 0 for every odd a of Σ and of W_f.",
      notes:
        rivals.length > 0 && farthest < REJECTED
          ? [
              `with this rate the theorem without W_f is told apart at |z| = ${farthest.toFixed(1)} only; take more replicas`,
            ]
          : [],
      tables: [
        theoremTable(thermal),
        ...(rivals.length > 0 ? [rivalTable(thermal, REJECTED)] : []),
        ...(exponential.length > 0 ? [bathTable(exponential, REJECTED)] : []),
      ],
      checks: [
        ...sizes.map((M) =>
          check(
            `mean of e^-Σ = 1, M = ${M}`,
            "exponential",
            replicas,
            at(M).map(({ integral }) => integral),
          ),
        ),
        ...sizes.map((M) =>
          check(
            `P(Σ) = e^Σ P(-Σ): mean of a/(1 + e^Σ) = 0, M = ${M}`,
            "mean",
            replicas,
            at(M).flatMap(({ detailed }) => detailed),
          ),
        ),
      ],
      figures: [
        entropyFigure("fluctuations", "The fluctuation theorem", "thermal", drawn(thermal)),
        ...(exponential.length > 0
          ? [
              entropyFigure(
                "fluctuations-bath",
                "No fluctuation theorem with the paper's bath",
                "exponential",
                drawn(exponential),
              ),
            ]
          : []),
      ],
      certificates: [...thermal, ...exponential].map(({ certificate }) => certificate),
    },
    {
      title: "The fluctuation theorem: residuals of the means of a/(1 + e^Σ)",
      groups: sizes.map((M) => ({ name: `M = ${M}`, of: at(M).flatMap(({ detailed }) => detailed) })),
      limit: limitOf("mean"),
    },
  );
}
