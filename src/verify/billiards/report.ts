/**
 * Section 2.1 on trial: the three approximate laws that the paper takes from its billiards, and what follows from them for
 * the conduction of a chain, each beside the law of kinetic theory that has its place [B19-B21].
 */
import type { Report } from "../../report/data.ts";
import { cellArea } from "../../billiards/geometry.ts";
import { type Comparison, limitOf } from "../measure/check.ts";
import { reportOf } from "../measure/present.ts";
import type { Chain, Conduction } from "./chains.ts";
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
  trialTables,
  waitTable,
} from "./tables.ts";
import { fluxOf, profileOf, trialsOf } from "./trials.ts";

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
        `energies are in units of the mean energy of a cell, waits in mean waits; a claim is rejected from |z| = ${limitOf("ratio")} on; the probability that this report fails although all its laws are right is below ${10 ** Math.ceil(Math.log10(falseAlarm))}`,
        ...chainNotes(evidence.chains),
      ],
      tables: [
        ...trialTables(evidence),
        rateTable(evidence),
        distributionTable(evidence),
        heldRateTable(evidence),
        waitTable(evidence),
        chainTable(evidence),
        profileTable(evidence),
      ],
      checks,
      figures: figuresOf(evidence),
      certificates: [
        ...[...findings.tables, ...findings.smaller].map(({ certificate }) => certificate),
        ...findings.chains.flatMap(({ certificates }) => certificates),
      ],
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

/** How far the deterministic chains are from the stochastic ones, in words. */
function chainNotes(chains: readonly Chain[]): string[] {
  const mean = (twin: (chain: Chain) => Conduction) => {
    const all = chains.flatMap((chain) => profileOf(chain, twin(chain)).map(deviation));
    return aside(all.reduce((sum, each) => sum + each) / all.length);
  };
  const notes = [
    `energies of cells are on average ${mean(({ kinetic }) => kinetic)} those of the kinetic twins, and ${mean(({ uniform }) => uniform)} those of the paper's exchange`,
  ];
  const single = chains.find(({ table }) => table.cells === 1);
  if (single) {
    const { right } = fluxOf(single);
    const error = percent(right.standardError / right.predicted);
    notes.push(
      `the current through one cell is ${aside(deviation(right))} that of its kinetic twin, with a standard error of ${error}`,
    );
  }
  return notes;
}

const deviation = ({ measured, predicted }: Comparison) => measured / predicted - 1;

const percent = (part: number) => `${(100 * Math.abs(part)).toFixed(1)}%`;

/** "1.2% below". */
const aside = (part: number) => `${percent(part)} ${part < 0 ? "below" : "above"}`;
