/**
 * Section 2.1 on trial: the three approximate laws that the paper takes from its billiards, and what follows from them for
 * the conduction of a chain, each beside the law of kinetic theory that has its place [B19-B21].
 */
import type { Report } from "../../report/data.ts";
import { cellArea } from "../../billiards/geometry.ts";
import { limitOf } from "../measure/check.ts";
import { reportOf } from "../measure/present.ts";
import { checksOf } from "./checks.ts";
import { evidenceOf } from "./evidence.ts";
import { figuresOf } from "./figures.ts";
import type { Findings } from "./study.ts";
import {
  chainTable,
  distributionTable,
  heldRateTable,
  profileTable,
  rateTable,
  trialTable,
  waitTable,
} from "./tables.ts";
import { fluxOf, trialsOf } from "./trials.ts";

export function billiardsReport(findings: Findings): Report {
  const evidence = evidenceOf(findings);
  const { shape, hole } = findings.tables[0].table;
  const checks = checksOf(evidence);
  const falseAlarm = checks.reduce((sum, check) => sum + check.falseAlarm, 0);
  const right = trialsOf(evidence).flatMap(({ quantity, right }) => (right ? [{ quantity, right }] : []));
  const isOfChain = (quantity: string) => quantity.startsWith("current");
  return reportOf(
    {
      name: "billiards",
      title: "From disks to a stochastic exchange (section 2.1)",
      statement:
        "Section 2.1 has three approximate laws for collisions through the hole of a barrier: waits, the energy of the disk that collides, and what the pair does with its energy. Here disks of radius R/√M move and collide, to rounding, and each law is a hypothesis, with the law of kinetic theory beside it. Then chains between baths: the rate comes from positions alone, and nothing is fitted.",
      notes: [
        `the paper does not give the shape of its table: here cells are ${shape.length} long and ${2 * shape.neck} high between arcs of radius ${shape.arc}, of area ${cellArea(shape).toFixed(3)}, and a hole is narrower than a disk by ${100 * hole}%`,
        `a claim is rejected from |z| = ${limitOf("ratio")} on; the probability that this report fails although all its laws are right is below ${falseAlarm.toPrecision(1)}`,
        ...chainNotes(evidence.chains.map((chain) => ({ cells: chain.table.cells, ...fluxOf(chain) }))),
      ],
      tables: [
        trialTable(evidence),
        rateTable(evidence),
        distributionTable(evidence),
        heldRateTable(evidence),
        waitTable(evidence),
        chainTable(evidence),
        profileTable(evidence),
      ],
      checks,
      figures: figuresOf(evidence),
      certificates: [...findings.tables, ...findings.smaller, ...findings.chains].map(({ certificate }) => certificate),
    },
    {
      title: "Section 2.1: residuals of the laws in place of its claims",
      groups: [
        { name: "φ(M)", of: evidence.tables.map(({ rate }) => rate) },
        {
          name: "collisions",
          of: right.filter(({ quantity }) => !isOfChain(quantity)).map(({ right }) => right),
        },
        {
          name: "rate at given energies",
          of: evidence.heldRates.flatMap(({ bins }) => bins.map(({ right }) => right)),
        },
        { name: "currents", of: right.filter(({ quantity }) => isOfChain(quantity)).map(({ right }) => right) },
      ],
      limit: limitOf("ratio"),
    },
  );
}

/** The chain of one cell is the farthest from its twin: both its neighbours are baths. */
function chainNotes(chains: readonly ({ readonly cells: number } & ReturnType<typeof fluxOf>)[]): string[] {
  const single = chains.find(({ cells }) => cells === 1);
  if (!single) return [];
  const { measured, predicted, standardError } = single.right;
  const [off, error] = [measured / predicted - 1, standardError / Math.abs(predicted)].map((part) => 100 * part);
  const side = off < 0 ? "below" : "above";
  return [
    `the current through one cell between two baths is ${Math.abs(off).toFixed(1)} ± ${error.toFixed(1)}% ${side} that of its kinetic twin`,
  ];
}
