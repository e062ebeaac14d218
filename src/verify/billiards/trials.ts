/** The claims of section 2.1, one trial for each quantity that tells a claim from the law in its place. */
import { check, type Comparison, zOf } from "../measure/check.ts";
import type { Chain, Conduction } from "./chains.ts";
import { type Evidence, isShown } from "./evidence.ts";
import type { Both, Redistribution } from "./redistribution.ts";
import type { Measured } from "./ratios.ts";

/** A claim, a quantity that tells it apart, and both predictions of it. */
export interface Trial {
  readonly claim: string;
  readonly quantity: string;
  /** The paper's value. */
  readonly printed: Comparison;
  /** That of the law in its place; undefined where none is known. */
  readonly right: Comparison | undefined;
}

/** A claim is rejected where a check of it would fail. */
export const isRejected = ({ printed }: Trial) => !check("", "ratio", 1, [printed]).passed;

const RATE = "the rate is like min{E_1, E_2} where that is small";
const ROOT = "the rate is like √min{E_1, E_2} (section 2.2)";
const WAITS = "waits are exponential";
const ENERGY = "the disk that collides has a Beta(1, M-1) share of its cell's energy";
const UNIFORM = "the energy of the pair is redistributed uniformly";
const RULE = "the last two together: the paper's exchange";

export function trialsOf(evidence: Evidence): Trial[] {
  const { tables, shares, redistributions, transfers, heldRates, waits, chains } = evidence;
  // The distances of uniform laws from theirs are small: the table with the most collisions tells them apart.
  const [largest] = redistributions;
  const [{ exponent, particles }] = heldRates;
  const ofMin = (predicted: number) => ({ right: exponent.right, printed: { ...exponent.right, predicted } });
  const exponentInWords = `exponent of min{E_1, E_2} from 1/200 to 1/10, M = ${particles}`;
  return [
    { claim: RATE, quantity: exponentInWords, ...ofMin(1) },
    { claim: ROOT, quantity: exponentInWords, ...ofMin(exponent.root) },
    ...waits.map(({ particles, radius, waits: { levels } }): Trial => {
      const { at, ...printed } = farthestOf(levels, (level) => level);
      return {
        claim: WAITS,
        quantity: `P(wait <= ${at}), M = ${particles}, R = ${radius}`,
        printed,
        right: undefined,
      };
    }),
    ...tables
      .filter((table) => isShown(table) && table.particles > 1)
      .map(({ particles, energy }): Trial => {
        const printed = { ...energy, predicted: 1 };
        return { claim: ENERGY, quantity: `M⟨e⟩, M = ${particles}`, printed, right: energy };
      }),
    ...shares.filter(isShown).map(({ particles, levels }): Trial => {
      const { at, printed, right } = farthestOf(levels, ({ printed }) => printed);
      return { claim: ENERGY, quantity: `P(e/E <= ${at.toFixed(2)}/M), M = ${particles}`, printed, right };
    }),
    ...redistributions.filter(isShown).map(({ particles, correlation }): Trial => ({
      ...{ claim: UNIFORM, quantity: `correlation of the shares before and after, M = ${particles}` },
      ...correlation,
    })),
    { claim: UNIFORM, quantity: `variance of the share after, M = ${largest.particles}`, ...largest.variance },
    uniformTrial(largest),
    ...transfers.filter(isShown).map(({ particles, printed, right }): Trial => {
      return { claim: RULE, quantity: `M⟨e_1 - e_1'⟩ over E_1 - E_2, M = ${particles}`, printed, right };
    }),
    ...chains.map((chain): Trial => {
      const { cells, particles } = chain.table;
      const length = `${cells} cell${cells === 1 ? "" : "s"}`;
      return { claim: RULE, quantity: `current through ${length}, M = ${particles}`, ...fluxOf(chain) };
    }),
  ];
}

function uniformTrial({ particles, levels }: Redistribution): Trial {
  const { at, printed, right } = farthestOf(levels, ({ printed }) => printed);
  return { claim: UNIFORM, quantity: `P(share after <= ${at}), M = ${particles}`, printed, right };
}

/** The item whose comparison is farthest off. */
function farthestOf<T>(all: readonly T[], of: (item: T) => Comparison): T {
  return all.reduce((worst, item) => (Math.abs(zOf(of(item))) > Math.abs(zOf(of(worst))) ? item : worst));
}

/** The current of the deterministic chain, against either stochastic one. */
export function fluxOf(chain: Chain): Both {
  const against = (twin: Conduction) => beside(chain, chain.disks.flux, twin.flux, chain.constant.error);
  return { printed: against(chain.uniform), right: against(chain.kinetic) };
}

/** A current grows as the contact constant does; energies do not depend on it. */
function beside({ constant }: Chain, found: Measured, twin: Measured, constantError: number): Comparison {
  const ofConstant = (twin.measured * constantError) / constant.value;
  return {
    predicted: twin.measured,
    measured: found.measured,
    standardError: Math.hypot(found.standardError, twin.standardError, ofConstant),
  };
}

/** The energies of the cells of the deterministic chain, against its stochastic twin. */
export function profileOf(chain: Chain, twin: Conduction = chain.kinetic): Comparison[] {
  return chain.disks.energies.map((found, k) => beside(chain, found, twin.energies[k], 0));
}
