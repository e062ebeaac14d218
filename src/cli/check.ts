/** `mesoflux check [model.json]`: a rate held against the conditions of the theory, each verdict with its reason. */
import { Command } from "commander";
import { defineModel, energiesOf, type Model, type ModelInput, type Rate, readRate } from "../model.ts";
import type { Conditions, Verdict } from "../rate/conditions.ts";
import { expressionOf } from "../rate/expression.ts";
import { supremumOf } from "../rate/growth.ts";
import { numbersOf } from "../rate/numbers.ts";
import { nameOf } from "../rate/rate.ts";
import { formatNumber } from "../report/number.ts";
import { renderTable, verdictIn } from "../report/plainText.ts";
import { wrap } from "../report/text.ts";
import { isUnique } from "../theory/equilibrium.ts";
import { rateOf } from "../theory/rates.ts";
import { type Flags as ModelFlags, readFields, withFile, withRate } from "./modelFlags.ts";
import { EXIT, number, say, screen, toJson } from "./terminal.ts";
import { inFlags } from "./usage.ts";
import { rateInWords } from "./words.ts";

interface Flags extends ModelFlags {
  readonly json?: boolean;
}

/** All that is found about a rate. Bounds that are infinite or not known are null in JSON. */
interface Findings extends Conditions {
  readonly rate: Rate;
  readonly temperatures: readonly [number, number];
  /** True if a model may have this rate. */
  readonly canRun: boolean;
  /** True if f is not the same for all bonds. */
  readonly differs: boolean;
  /** f before scale and cap, every operation in parentheses, parameters as numbers. */
  readonly canonical: string;
  /** The supremum of f: infinite if it is not bounded; undefined if it is not known. */
  readonly supremum: number | undefined;
  /** Bounds of a f_1/f and b f_2/f before the cap, which only lowers them. */
  readonly elasticities: { readonly a: readonly [number, number]; readonly b: readonly [number, number] };
  /** True if E* is known to be unique between these temperatures. */
  readonly uniqueEquilibrium: boolean;
  readonly symmetry: Symmetry;
  /** (N+1)/(2 Σ_k 1/f_k(T, T)) at both temperatures, f(T, T)/2 where bonds are alike: the conductivity of a small gap. */
  readonly smallGapConductivity: readonly number[];
  /** "functions": f costs more than the rest of an exchange, and lower bounds spare most evaluations. */
  readonly cost: "arithmetic" | "functions";
  /** The law whose operations these are. */
  readonly law: string | undefined;
}

/** f(a, b) and f(b, a) on a grid. */
interface Symmetry {
  readonly symmetric: boolean;
  /** Pairs of energies that were compared, from the least to the largest energy. */
  readonly pairs: number;
  readonly energies: readonly [number, number];
  /** The pair where they differ the most, relative to f. */
  readonly worst?: readonly [a: number, b: number];
}

const EXAMPLES = `
Temperatures are 1,2 by default. Exit codes: 0 if a model may have this rate,
1 if not.
Examples:
  mesoflux check --rate '1-exp(-sqrt(a*b/(a+b)))' --temperatures 1,2
  mesoflux check --rate 's*sqrt(a+b)' --parameter s=2 --json
  mesoflux check model.json`;

export function checkCommand(): Command {
  const command = new Command("check").description(
    "hold a rate against the conditions of the theory: smooth, positive, rising, bounded; verdicts with reasons",
  );
  return withRate(withFile(command).option("--cells <n>", "N, for a rate that has k or N; default 10", number))
    .option("--json", "the same as JSON on standard output")
    .addHelpText("after", EXAMPLES)
    .action((file: string | undefined, flags: Flags) => {
      try {
        const { rate: given, ...fields } = readFields(file, flags);
        const rate = readRate(given);
        // A chain that may have any rate, with the energies that it starts from.
        const constant = { law: "constant", ...(rate.scales && { scales: rate.scales }) };
        const chain = { cells: 10, particles: 1, temperatures: [1, 2], ...fields, rate: constant };
        const found = findingsOf({ ...defineModel(chain as ModelInput), rate });
        if (flags.json) process.stdout.write(`${toJson(found)}\n`);
        else say(inWords(found));
        if (!found.canRun) process.exitCode = EXIT.failed;
      } catch (error) {
        throw inFlags(error, flags, file);
      }
    });
}

/** f of bond k. */
type RateOfBond = (a: number, b: number, k: number) => number;

/** @param model its rate may be one that no model can have. */
function findingsOf(model: Model): Findings {
  const { rate, cells, temperatures, initial } = model;
  const { scale, cap } = rate;
  const expression = expressionOf(model);
  const { proof, graph, tables } = expression;
  const start = energiesOf(initial);
  const energies = [...temperatures, ...(typeof start === "string" ? [] : [start].flat())];
  const [coldest, hottest] = [Math.min, Math.max].map((most) => energies.reduce((x, y) => most(x, y)));
  const conditions = expression.conditions(coldest, hottest);
  const { value } = numbersOf(graph, tables);
  /** g/(1 + g/K), for an infinite g too. */
  const capped = (g: number) => 1 / (1 / g + (cap === null ? 0 : 1 / cap));
  const f: RateOfBond = (a, b, k) => capped(scale * value(a, b, k));
  const conductivityAt = (T: number) => {
    let resistance = 0;
    for (let k = 0; k <= cells; k++) resistance += 1 / f(T, T, k);
    return (cells + 1) / (2 * resistance);
  };
  const isProven = conditions.monotone === "proven";
  const isAssumed = conditions.monotone === "neither" && "monotone" in rate;
  const [cold, hot] = [Math.min(...temperatures), Math.max(...temperatures)];
  const known = rateOf(model);
  const supremum = isProven ? supremumOf(graph) : undefined;
  const differs = tables.length > 0;
  return {
    ...{ rate, temperatures, canRun: isProven || isAssumed, differs, canonical: expression.text },
    ...conditions,
    supremum: supremum === undefined ? (cap ?? undefined) : capped(scale * supremum),
    elasticities: { a: [proof.least[0], proof.largest[0]], b: [proof.least[1], proof.largest[1]] },
    cooperativeRatio: isProven ? known.cooperativeRatio : 1,
    uniqueEquilibrium: isProven && isUnique(known, cold, hot, model.cells),
    symmetry: symmetryOf(f, cells, cold, hot),
    smallGapConductivity: temperatures.map(conductivityAt),
    cost: expression.isCostly ? "functions" : "arithmetic",
    law: expression.law,
  };
}

/** Points of the grid along each axis, and the factor by which it goes beyond the temperatures. */
const POINTS = 25;
const BEYOND = 1000;
/** Another order of the same operations may move f by this part of it. */
const ROUNDING = 1e-12;

function symmetryOf(f: RateOfBond, cells: number, cold: number, hot: number): Symmetry {
  const [from, to] = [cold / BEYOND, hot * BEYOND];
  const grid = Array.from({ length: POINTS }, (_, i) => from * (to / from) ** (i / (POINTS - 1)));
  const energies = [...grid, cold, hot].map((E) => Number(E.toPrecision(3)));
  let largest = ROUNDING;
  let worst: readonly [number, number] | undefined;
  for (const k of new Set([0, cells >> 1, cells])) {
    for (const [a, b] of energies.flatMap((a, i) => energies.slice(0, i).map((b) => [a, b] as const))) {
      const [one, other] = [f(a, b, k), f(b, a, k)];
      const difference = Object.is(one, other) ? 0 : Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other));
      // NaN, where one of the two has no value, is a difference.
      if (!(difference <= largest)) [largest, worst] = [difference, [a, b]];
    }
  }
  const pairs = (energies.length * (energies.length - 1)) / 2;
  return { symmetric: !worst, pairs, energies: [from, to], ...(worst && { worst }) };
}

const KINKS = {
  none: ["yes", "no min, max or abs that its derivatives could jump at"],
  diagonal: ["but for a = b", "derivatives jump where a = b: no theory of the next order in 1/M; it runs"],
  elsewhere: ["but for kinks", "derivatives jump at a min, max or abs: no theory of the next order in 1/M; it runs"],
} as const;

function inWords(found: Findings): string {
  const view = screen();
  const { rate, canonical, canRun, monotone } = found;
  const said = (text: string) => wrap(text, view.width).join("\n");
  const table = {
    title: `The rate ${rateInWords(rate)} and the conditions of the theory, at the temperatures ${found.temperatures.join(" and ")}`,
    columns: ["condition", "verdict", "reason"],
    rows: rowsOf(found),
  };
  const verdict = canRun
    ? `A model may have this rate${monotone === "proven" ? "." : ", and a run watches for a fall: whatever needs (b) is an assumption."}`
    : `No model can have this rate. ${adviceOf(found)}`;
  return [
    renderTable(table, view),
    said(`As it is computed${rate.scale === 1 && rate.cap === null ? "" : ", before scale and cap"}: ${canonical}`),
    verdictIn(view, said(verdict), canRun),
  ].join("\n\n");
}

type Row = [condition: string, verdict: string, reason: string];

function rowsOf(found: Findings): Row[] {
  const { rate, positive, kinks, elasticities, temperatures, smallGapConductivity } = found;
  const isCapped = rate.cap !== null;
  const range = ([least, largest]: readonly [number, number]) =>
    least === -Infinity && largest === Infinity ? "not known" : `${formatNumber(least)} to ${formatNumber(largest)}`;
  return [
    ["(a) positive", WORDS[positive], positiveReason(found)],
    ["(a) smooth", ...KINKS[kinks]],
    ["(b) does not fall", ...monotoneRow(found)],
    ["(c) bounded", ...boundedRow(found)],
    ["cooperative", ...cooperativeRow(found)],
    ["symmetric", ...symmetryRow(found)],
    [
      "elasticity in a",
      range(elasticities.a),
      `a f_1/f: f grows as a to this power${isCapped ? ", or less by its cap" : ""}`,
    ],
    ["elasticity in b", range(elasticities.b), "b f_2/f, likewise"],
    ...[...new Set(temperatures)].map((T, i): Row => {
      const half = found.differs ? "half the harmonic mean of f over the bonds" : `f(${T}, ${T})/2`;
      const meaning = `${half}: that of a chain between baths of nearly this temperature`;
      return [`conductivity at ${T}`, formatNumber(smallGapConductivity[i]), meaning];
    }),
    ["cost", found.cost, costReason(found)],
  ];
}

const WORDS: Readonly<Record<Verdict, string>> = { proven: "proven", refuted: "refuted", neither: "not proven" };

function positiveReason({ positive, reason = "", counterexample }: Findings): string {
  if (positive === "proven") return "at all energies: every part has a known sign";
  return counterexample?.fault === "monotone" ? "the sign of a part of it is not known" : reason;
}

function monotoneRow({ monotone, reason = "", canRun }: Findings): [string, string] {
  if (monotone === "proven")
    return [WORDS.proven, "at all energies: the elasticities below are never negative, whichever term dominates a sum"];
  return [canRun ? "assumed" : WORDS[monotone], reason];
}

function boundedRow({ monotone, supremum, rate }: Findings): [string, string] {
  if (supremum === undefined) {
    const isProven = monotone === "proven";
    return ["not known", isProven ? "its growth is not understood; a cap bounds it" : "asked once (b) is proven"];
  }
  if (supremum < Infinity) return ["yes", `below ${formatNumber(supremum)}${rate.cap === null ? "" : ", by its cap"}`];
  return ["no", "it grows without end; a cap K makes it g/(1 + g/K), below K. Nothing that is computed needs it"];
}

function cooperativeRow(found: Findings): [string, string] {
  const { monotone, cooperativeRatio: ratio, uniqueEquilibrium, differs, temperatures } = found;
  if (monotone !== "proven") return ["not known", "E* may not be unique"];
  const upTo = ratio > 1 ? `to ratio ${formatNumber(ratio)}` : "not proven";
  const verdict = ratio === Infinity ? "everywhere" : upTo;
  const between = `between ${temperatures.join(" and ")}`;
  if (ratio >= 2 && !differs)
    return [verdict, "neighbours in E* differ by less than 2: E* is unique at any temperatures"];
  if (uniqueEquilibrium && ratio > 1) return [verdict, `neighbours in E* differ by less: it is unique ${between}`];
  if (uniqueEquilibrium) return [verdict, `E* is unique ${between}, by the elasticities at 1,024 energies there`];
  return [verdict, `E* ${between} may not be unique; it is searched for several`];
}

function symmetryRow({ symmetry: { pairs, energies, worst } }: Findings): [string, string] {
  if (worst === undefined)
    return ["yes", `f(a, b) = f(b, a) at ${pairs} pairs of energies from ${energies.join(" to ")}, by numbers`];
  const [a, b] = worst;
  return ["no", `f(${a}, ${b}) is not f(${b}, ${a}), by numbers; nothing that is computed needs it`];
}

function costReason({ cost, law }: Findings): string {
  if (cost === "functions") return "from 64 particles a cell on, lower bounds spare most evaluations of f";
  if (law === undefined) return "+ - * / and roots, compiled into the loop of the engine";
  return `the operations of "${law}", at its speed and with its bits`;
}

function adviceOf({ monotone, counterexample, rate }: Findings): string {
  if (counterexample?.fault === "positive") return "Write one that is above 0 at all energies above 0.";
  if (monotone === "refuted") {
    return (
      "Write one that rises with both energies, or stays as it is: the exact method bounds f by its values at higher " +
      "energies, and E* need not be unique where f falls. A rate that levels off is u/(1+u) or 1-exp(-u), of a u that rises."
    );
  }
  return (
    "It may be right all the same. Write it without differences: u/(1+u) with the same u twice, for 1-1/(1+u); sums, " +
    `products, quotients and roots of what rises. Or let a run watch for a fall, in a model's file: ` +
    JSON.stringify({ rate: { expression: nameOf(rate), monotone: "assumed" } })
  );
}
