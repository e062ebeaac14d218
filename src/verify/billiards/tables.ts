/** The tables: every claim beside the law in its place, then the measurements one by one. */
import type { Table } from "../../report/data.ts";
import { zOf } from "../measure/check.ts";
import { entriesWithError } from "../measure/present.ts";
import { type Evidence, LARGE } from "./evidence.ts";
import { scaled } from "./ratios.ts";
import { fluxOf, isRejected, profileOf, trialsOf } from "./trials.ts";

const NONE = "";

/** A table for each claim. */
export function trialTables(evidence: Evidence): Table[] {
  const trials = trialsOf(evidence);
  return [...new Set(trials.map(({ claim }) => claim))].map((name) => ({
    title: `Claim: ${name}`,
    columns: ["", "measured", "std. error", "paper", "z", "verdict", "theory", "z"],
    rows: trials
      .filter(({ claim }) => claim === name)
      .map((trial) => {
        const { quantity, printed, right } = trial;
        return [
          ...[quantity, printed.measured, printed.standardError, printed.predicted, zOf(printed)],
          isRejected(trial) ? "rejected" : "not rejected",
          ...(right ? [right.predicted, zOf(right)] : [NONE, NONE]),
        ];
      }),
  }));
}

export function rateTable({ tables, exponent }: Evidence): Table {
  return {
    title: `Figure 2: collisions in a unit of time, and M times the mean energy of a disk that collides, mean energy 1 of a cell. Exponent of φ(M) over M >= ${LARGE}: measured ${exponent.measured.toFixed(3)} ± ${exponent.standardError.toFixed(3)}, predicted ${exponent.predicted.toFixed(3)}, 1/2 as M grows`,
    columns: ["M", "collisions", "φ(M)", "std. error", "predicted", "z", "M⟨e⟩", "std. error", "predicted", "z"],
    rows: tables.map(({ particles, cells, rate, energy }) => [
      ...[particles, cells.events.count],
      ...entriesWithError(rate),
      // Of one disk a cell the energies are those of the cells, whose sum is fixed.
      ...(particles > 1 ? entriesWithError(energy) : [energy.measured, NONE, energy.predicted, NONE]),
    ]),
  };
}

export function distributionTable({ shares, redistributions, waits }: Evidence): Table {
  const row = (words: string, count: number, paper: number, theory: number | string) => [
    ...[words, count, paper, Math.sqrt(count) * paper, theory],
    typeof theory === "number" ? Math.sqrt(count) * theory : NONE,
  ];
  return {
    title:
      "Whole distributions: sup |F_n - F| over n collisions, and √n times that, which for n independent ones exceeds 1.36 once in 20 times",
    columns: ["", "n", "paper", "times √n", "theory", "times √n"],
    rows: [
      ...shares.map(({ particles, count, distance }) =>
        row(`share e/E of the colliding disks, M = ${particles}`, 2 * count, distance.printed, distance.right),
      ),
      ...redistributions.map(({ particles, count, distance }) =>
        row(`share after a collision, M = ${particles}`, count, distance.printed, distance.right),
      ),
      ...waits.map(({ particles, radius, waits: { count, distance } }) =>
        row(`waits, M = ${particles}, R = ${radius}`, count, distance, NONE),
      ),
    ],
  };
}

export function heldRateTable({ heldRates }: Evidence): Table {
  return {
    title: "The rate while the smaller of the two energies is in a bin, E_1 + E_2 = 2, over φ(M)",
    columns: ["M", "min{E_1, E_2}", "rate/φ", "std. error", "c⟨g⟩", "z", "~ √min", "~ min"],
    rows: heldRates.flatMap(({ particles, overall, bins }) =>
      bins.map(({ smaller, right, root, linear }) => [
        ...[particles, smaller],
        ...entriesWithError(scaled(right, 1 / overall)),
        ...[root, linear],
      ]),
    ),
  };
}

export function waitTable({ waits }: Evidence): Table {
  return {
    title: "Short waits: the part below 1/100 of the mean wait, over that of an exponential law",
    columns: ["M", "R", "waits", "measured", "std. error", "z if exponential"],
    rows: waits.map(({ particles, radius, waits: { count, parts } }) => {
      const [short] = parts;
      return [particles, radius, count, short.measured, short.standardError, zOf(short)];
    }),
  };
}

export function chainTable({ chains }: Evidence): Table {
  return {
    title:
      "Chains between exponential baths at 1 and 2: the current from left to right, per unit of the table's time. Nothing is fitted",
    columns: [
      ...["N", "M", "collisions", "deterministic", "std. error", "kinetic twin", "z", "paper's rule", "z"],
      "over the twin's",
    ],
    rows: chains.map((chain) => {
      const { table, collisions } = chain;
      const { printed, right } = fluxOf(chain);
      return [
        ...[table.cells, table.particles, collisions, chain.disks.flux.measured, chain.disks.flux.standardError],
        ...[right.predicted, zOf(right), printed.predicted, zOf(printed)],
        ...[right.measured / right.predicted],
      ];
    }),
  };
}

export function profileTable({ chains }: Evidence): Table {
  return {
    title: "Mean energies of the cells of these chains",
    columns: ["N", "M", "cell k", "deterministic", "std. error", "kinetic twin", "z", "paper's rule", "z"],
    rows: chains.flatMap((chain) => {
      const printed = profileOf(chain, chain.uniform);
      return profileOf(chain).map((right, k) => [
        ...[chain.table.cells, chain.table.particles, k + 1, right.measured, chain.disks.energies[k].standardError],
        ...[right.predicted, zOf(right), printed[k].predicted, zOf(printed[k])],
      ]);
    }),
  };
}
