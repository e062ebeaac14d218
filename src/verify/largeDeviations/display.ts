/** The tables and figures of large deviations. */
import type { Figure, Table } from "../../report/data.ts";
import { currentVariance } from "../../theory/currentVariance.ts";
import { hiddenTemperatures } from "../../theory/largeDeviations/hiddenTemperatures.ts";
import { logNormalTail } from "../../theory/largeDeviations/normalTail.ts";
import { exactMoments } from "../../theory/exactMoments.ts";
import { defineModel } from "../../model.ts";
import type { Carried } from "../evidence/carried.ts";
import type { HiddenTail } from "../evidence/hiddenTails.ts";
import { BARS_IN_WORDS, count, dots, entriesWithError, line } from "../measure/present.ts";

export const nameOf = ({ model }: Pick<HiddenTail, "model">) => `"${model.bath}" bath, M = ${model.particles}`;

export function carriedTable({ model, replicas, time, variance }: Carried): Table {
  return {
    title: `What the chain carries in t = ${time.toPrecision(3)}, "thermal" baths, M = ${model.particles}, ${replicas} replicas: M times its variance, over t`,
    columns: ["measured", "std. error", "ψ''(0)", "z", "by the noise of the bonds (THEORY 5)"],
    rows: [[...entriesWithError(variance), currentVariance(model)]],
  };
}

/** λ from the middle of the domain, A/2, on: every tenth of those in the figure. */
const SHOWN = 10;

export function mirrorTable({ predicted }: Carried): Table {
  const { lambdas, affinity, fixedPoint, frozen } = predicted;
  const last = lambdas.length - 1;
  const rows = count(0, Math.floor(last / 2)).filter((i) => i % SHOWN === 0 || lambdas[i] === Math.min(0, affinity));
  return {
    title: `The current's generating function ψ(λ), and its mirror image ψ(A - λ), A = 1/T_L - 1/T_R = ${affinity}${frozen.includes(true) ? "; below 0 the chain rather freezes, and in the longest times ψ is 0" : ""}`,
    columns: ["λ", "A - λ", "ψ(λ)", "ψ(A - λ)", "current ψ'(λ)", "rate function there"],
    rows: rows.map((i) => [
      ...[lambdas[i], affinity - lambdas[i], fixedPoint.psi[i], fixedPoint.psi[last - i]],
      ...[fixedPoint.current[i], fixedPoint.rate[i]],
    ]),
  };
}

export function generatingFigure({ model, predicted }: Carried): Figure {
  const { lambdas, fixedPoint, affinity } = predicted;
  const zero = lambdas.indexOf(0);
  const [slope, curvature] = [fixedPoint.current[zero], fixedPoint.variance[zero]];
  const parabola = lambdas.map((x) => slope * x + (curvature / 2) * x * x);
  return {
    name: "largeDeviations-generating",
    title: "The current's generating function",
    caption: `${model.cells} cells, "thermal" baths, M → ∞. ψ is its own mirror image about A/2, as the fluctuation theorem has it; a Gaussian current has its value, slope and curvature at 0 alone.`,
    x: { label: "λ" },
    y: { label: "ψ(λ)" },
    series: [line("ψ(λ)", [...lambdas], fixedPoint.psi), line("Gaussian current", [...lambdas], parabola)],
    marks: [{ axis: "x", at: affinity / 2, label: "A/2" }],
  };
}

export function rateFigure({ model, predicted }: Carried): Figure {
  const { fixedPoint, lambdas, affinity } = predicted;
  const zero = lambdas.indexOf(0);
  const [mean, variance] = [fixedPoint.current[zero], fixedPoint.variance[zero]];
  const near = count(0, lambdas.length).filter((i) => Math.abs(fixedPoint.current[i] - mean) <= Math.sqrt(variance));
  const currents = near.map((i) => fixedPoint.current[i]);
  const rates = near.map((i) => fixedPoint.rate[i]);
  const parabola = currents.map((q) => (q - mean) ** 2 / (2 * variance));
  return {
    name: "largeDeviations-rate",
    title: "The rate function of the current",
    caption: `A current q through ${model.cells} cells lasts for a time t with probability e^(-M t I(q)). I(q) = I(-q) + A q, A = ${affinity.toPrecision(3)}, which makes heat that flows the wrong way the rarer.`,
    x: { label: "current q" },
    y: { label: "I(q)" },
    series: [line("I(q)", currents, rates), line("Gaussian current", currents, parabola)],
    marks: [{ axis: "x", at: mean, label: "mean" }],
  };
}

export function tailTable(tails: readonly HiddenTail[]): Table {
  return {
    title:
      "Tails of one cell's energy at rate f = 1 between 1 and 2: P(E > x) above the mean, P(E < x) below, x in standard deviations from it",
    columns: ["", "x", "measured", "std. error", "exact", "z"],
    rows: tails.flatMap((tail) => tail.levels.map((level) => [nameOf(tail), level.at, ...entriesWithError(level)])),
  };
}

/** Particles, and standard deviations, at which the Gaussian is told. */
const TOLD = { particles: [100, 1000], at: [-5, -3, 3, 5, 7, 10] };

/** The exact tail over that of a Gaussian with the exact mean and variance. */
export function gaussianTable([{ model }]: readonly HiddenTail[]): Table {
  const rows = (["thermal", "exponential"] as const).flatMap((bath) =>
    TOLD.particles.map((particles) => {
      const chain = defineModel({ ...model, bath, particles });
      const { mean, covariance } = exactMoments(chain, "stationary");
      const { law } = hiddenTemperatures(chain);
      const ratios = TOLD.at.map((at) => {
        const x = mean[0] + at * Math.sqrt(covariance[0]);
        return x > 0
          ? Math.exp(law!.tail(x, at > 0 ? "above" : "below").logProbability - logNormalTail(Math.abs(at)))
          : "";
      });
      return [nameOf({ model: chain }), ...ratios];
    }),
  );
  return {
    title:
      "B17, section 7: what a Gaussian gets wrong. The exact tail of one cell's energy over that of a Gaussian of the same mean and variance, so many standard deviations out; f = 1, T = 1 and 2",
    columns: ["", ...TOLD.at.map((at) => `${at > 0 ? "+" : ""}${at} σ`)],
    rows,
  };
}

/** The figure goes from the mean to so many standard deviations above. */
const FARTHEST = 8;
const POINTS = 33;

/** At the larger M: there the two baths differ by the most. */
export function tailFigure(tails: readonly HiddenTail[]): Figure {
  const most = Math.max(...tails.map(({ model }) => model.particles));
  const shown = tails.filter(({ model }) => model.particles === most);
  const at = count(0, POINTS).map((i) => (FARTHEST * i) / (POINTS - 1));
  return {
    name: "largeDeviations-tails",
    title: "How rare a high energy is",
    caption: `One cell between 1 and 2 at rate f = 1, M = ${most}: exact tails by hidden temperatures, and simulation as far as it reaches; ${BARS_IN_WORDS}. With the paper's bath one large packet is enough.`,
    x: { label: "x, in standard deviations above the mean" },
    y: { label: "P(E > x)", log: true },
    series: [
      ...shown.flatMap((tail) => {
        const name = `"${tail.model.bath}" bath`;
        const above = tail.levels.filter(({ at }) => at > 0);
        const exact = at.map((x) => tail.law.tail(tail.mean + x * tail.deviation, "above").probability);
        return [
          line("exact", at, exact, name),
          dots(
            "simulation",
            above.map(({ at }) => at),
            above,
            name,
          ),
        ];
      }),
      line(
        "Gaussian",
        at,
        at.map((x) => Math.exp(logNormalTail(x))),
      ),
    ],
  };
}
