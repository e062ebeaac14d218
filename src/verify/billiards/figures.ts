/** The figures: both panels of Figure 2, and each claim over what was measured. */
import type { Figure } from "../../report/data.ts";
import { meanCollidingEnergy } from "../../theory/billiards/collidingEnergies.ts";
import { BARS_IN_WORDS, beside, count, dots, line, overlay } from "../measure/present.ts";
import type { Evidence } from "./evidence.ts";
import { scaled } from "./ratios.ts";
import { fluxOf, profileOf } from "./trials.ts";

export function figuresOf(evidence: Evidence): Figure[] {
  return [
    rateFigure(evidence),
    energyFigure(evidence),
    shareFigure(evidence),
    redistributionFigure(evidence),
    heldRateFigure(evidence),
    waitFigure(evidence),
    fluxFigure(evidence),
    profileFigure(evidence),
  ];
}

function rateFigure({ tables }: Evidence): Figure {
  return {
    name: "billiards-rate",
    title: "Figure 2, left: collisions through the hole in a unit of time",
    caption: `Two cells, R = 1, mean energy 1; line: contact constant, from positions alone, times ⟨g⟩; ${BARS_IN_WORDS}.`,
    x: { label: "M", log: true },
    y: { label: "φ(M)" },
    series: overlay(
      ["contact constant times ⟨g⟩", "disks in motion"],
      tables.map(({ particles }) => particles),
      tables.map(({ rate }) => rate),
    ),
  };
}

function energyFigure({ tables }: Evidence): Figure {
  const M = tables.map(({ particles }) => particles);
  const all = count(1, M.at(-1)!);
  return {
    name: "billiards-energy",
    title: "Figure 2, right: M times the mean energy of a disk that collides through the hole",
    caption: `In units of the mean energy of a cell; a disk taken at random would have 1; ${BARS_IN_WORDS}.`,
    x: { label: "M", log: true },
    y: { label: "M⟨e⟩" },
    series: [
      line("1.25 M/(M + 1/4)", all, all.map(meanCollidingEnergy)),
      dots(
        "disks in motion",
        M,
        tables.map(({ energy }) => energy),
        "1.25 M/(M + 1/4)",
      ),
    ],
    marks: [{ axis: "y", at: 1, label: "Beta(1, M-1)" }],
  };
}

function shareFigure({ shares }: Evidence): Figure {
  const { particles, levels } = shares.at(-1)!;
  const x = levels.map(({ at }) => at);
  const right = levels.map(({ right }) => right);
  return {
    name: "billiards-shares",
    title: "The share of the colliding disk in the energy of its cell",
    caption: `How many of the disks that collide have less than x/M of their cell's energy, M = ${particles}; ${BARS_IN_WORDS}.`,
    x: { label: "x" },
    y: { label: "P(e/E <= x/M)" },
    series: [
      ...overlay(["by flux", "disks in motion"], x, right, "by flux"),
      line(
        "Beta(1, M-1), the paper's",
        x,
        levels.map(({ printed }) => printed.predicted),
      ),
    ],
  };
}

function redistributionFigure({ redistributions }: Evidence): Figure {
  const [{ particles, means }] = redistributions;
  return {
    name: "billiards-redistribution",
    title: "The left disk's share of the energy of the pair, after a collision and before",
    caption: `Mean share after, for shares p before in ${means.length} bins, M = ${particles}; the paper's is 1/2 whatever p; ${BARS_IN_WORDS}.`,
    x: { label: "p, share before" },
    y: { label: "mean share after" },
    series: overlay(
      ["1/2 - (p - 1/2)/3", "disks in motion"],
      means.map(({ p }) => p),
      means.map(({ right }) => right),
    ),
    marks: [{ axis: "y", at: 0.5, label: "uniform" }],
  };
}

function heldRateFigure({ heldRates }: Evidence): Figure {
  const [{ particles, bins, overall }] = heldRates;
  const x = bins.map(({ smaller }) => smaller);
  const relative = bins.map(({ right }) => scaled(right, 1 / overall));
  return {
    name: "billiards-held-rate",
    title: "The rate while one cell is cold",
    caption: `Rate over its mean while the smaller energy is in a bin, E_1 + E_2 = 2, M = ${particles}; the paper's laws are scaled to the same mean; ${BARS_IN_WORDS}.`,
    x: { label: "min{E_1, E_2}", log: true },
    y: { label: "rate over its mean" },
    series: [
      ...overlay(["contact constant times ⟨g⟩", "disks in motion"], x, relative, "⟨g⟩"),
      line(
        "~ √min{E_1, E_2}",
        x,
        bins.map(({ root }) => root),
      ),
      line(
        "~ min{E_1, E_2}",
        x,
        bins.map(({ linear }) => linear),
      ),
    ],
  };
}

function waitFigure({ waits }: Evidence): Figure {
  return {
    name: "billiards-waits",
    title: "Waits between collisions, over an exponential law",
    caption: `The part of the waits in each of ${waits[0].waits.parts.length} intervals, over that of an exponential law of the same mean; ${BARS_IN_WORDS}.`,
    x: { label: "wait, in mean waits", log: true },
    y: { label: "measured over exponential" },
    series: waits.map(({ particles, radius, waits: { parts } }) =>
      dots(
        `M = ${particles}, R = ${radius}`,
        parts.map(({ at }) => at),
        parts,
      ),
    ),
    marks: [{ axis: "y", at: 1 }],
  };
}

function fluxFigure({ chains }: Evidence): Figure {
  const [{ table }] = chains;
  const shown = chains.filter(({ table: { particles } }) => particles === table.particles);
  const N = shown.map((chain) => chain.table.cells);
  const times = (of: "printed" | "right") => shown.map((chain, i) => scaled(fluxOf(chain)[of], -(N[i] + 1)));
  return {
    name: "billiards-flux",
    title: "From disks to Fourier's law: N + 1 times the current",
    caption: `Chains of N cells between baths at 1 and 2, M = ${table.particles}; lines: stochastic chains at the rate that positions give; bars are two standard errors, those of the lines included.`,
    x: { label: "N", log: true },
    y: { label: "(N + 1) times the current, right to left" },
    series: [
      ...overlay(["disks that collide, stochastic", "disks in motion"], N, times("right"), "kinetic"),
      line(
        "the paper's exchange",
        N,
        times("printed").map(({ predicted }) => predicted),
      ),
    ],
  };
}

function profileFigure({ chains }: Evidence): Figure {
  const longest = Math.max(...chains.map(({ table }) => table.cells));
  const shown = chains.filter(({ table }) => table.cells === longest);
  const cells = count(1, longest);
  return {
    name: "billiards-profile",
    title: "Mean energies of a chain between baths at 1 and 2",
    caption: `${longest} cells, M = ${shown.map(({ table }) => table.particles).join(" and ")}; lines: stochastic chains at the rate that positions give; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "mean energy" },
    series: shown.flatMap((chain, i) => [
      ...overlay(
        ["disks that collide, stochastic", "disks in motion"],
        beside(cells, i, shown.length),
        profileOf(chain),
        `M = ${chain.table.particles}`,
      ),
      line(
        `the paper's exchange, M = ${chain.table.particles}`,
        cells,
        chain.uniform.energies.map(({ measured }) => measured),
      ),
    ]),
  };
}
