/**
 * Section 2.1 on trial, quick: every law of kinetic theory passes, every claim but one is rejected, and defects planted in what
 * was measured fail the report and are named. False alarms: those of the report, below 1e-8.
 */
import { describe, expect, test } from "vitest";
import type { Chain } from "../../src/verify/billiards/chains.ts";
import { EFFORTS } from "../../src/verify/billiards/effort.ts";
import { evidenceOf } from "../../src/verify/billiards/evidence.ts";
import { readBilliardsVerifyOptions } from "../../src/verify/billiards/options.ts";
import { billiardsReport } from "../../src/verify/billiards/report.ts";
import { type Findings, study } from "../../src/verify/billiards/study.ts";
import { isRejected, trialsOf } from "../../src/verify/billiards/trials.ts";
import type { TwoCells } from "../../src/verify/billiards/twoCells.ts";
import { uniforms } from "../support/sfc32.ts";

const findings = await study(readBilliardsVerifyOptions({}), EFFORTS.quick);

const failedBy = (changed: Findings) =>
  billiardsReport(changed)
    .checks.filter(({ passed }) => !passed)
    .map(({ name }) => name);

type Events = TwoCells["events"];
const withEvents = (change: (events: Events) => Partial<Events>): Findings => ({
  ...findings,
  tables: findings.tables.map((cells) => ({ ...cells, events: { ...cells.events, ...change(cells.events) } })),
});
const withChains = (change: (chain: Chain) => Partial<Chain>): Findings => ({
  ...findings,
  chains: findings.chains.map((chain) => ({ ...chain, ...change(chain) })),
});

describe("the quick verification", () => {
  test("passes", () => expect(failedBy(findings)).toEqual([]));

  test("rejects every claim, except that waits are exponential where disks are small", () => {
    const trials = trialsOf(evidenceOf(findings));
    const kept = trials.filter((trial) => !isRejected(trial)).map(({ claim, quantity }) => `${claim}, ${quantity}`);
    expect(kept).toEqual([expect.stringMatching(/^waits are exponential.*R = 0\.5$/)]);
    expect(new Set(trials.map(({ claim }) => claim)).size).toBe(6);
  });

  test("finds more short waits than an exponential law has, and fewer of those where disks are small", () => {
    const waits = evidenceOf(findings).waits.filter(({ particles }) => particles === 2);
    const [large, small] = waits.map(({ waits: { parts } }) => parts[0]);
    expect(large.measured).toBeGreaterThan(2);
    expect(small.measured).toBeLessThan(large.measured - 2 * small.standardError);
  });
});

describe("planted defects are named", () => {
  test("the left disk's energy a tenth too large", () => {
    const failed = failedBy(
      withEvents(({ before }) => ({ before: before.map((e, i) => (i % 2 === 0 ? 1.1 * e : e)) })),
    );
    expect(failed).toContain("M⟨e⟩ = 1.25 M/(M + 1/4) times the mean energy of a cell, every M > 1");
    expect(failed).toContain("share of the colliding disk: its law by flux, M = 2");
  });

  test("a uniform share after each collision", () => {
    const random = uniforms(1, 2, 3);
    const failed = failedBy(
      withEvents(({ before, after }) => {
        const shared = after.slice();
        for (let i = 0; i < shared.length; i += 2) {
          const both = before[i] + before[i + 1];
          shared[i] = both * random();
          shared[i + 1] = both - shared[i];
        }
        return { after: shared };
      }),
    );
    expect(failed).toContain("shares before and after a collision: correlation -1/3, every M");
    expect(failed).toContain("mean share after a collision, for any share before: 1/2 - (p - 1/2)/3, every M");
    expect(failed).toContain("energy handed over = 2M/(2M+1) (E_1 - E_2)/M, every M");
  });

  test("a contact constant that is a tenth too small", () => {
    const { tables } = findings;
    const constants = tables.map(({ constant: { value, error } }) => ({ value: 0.9 * value, error }));
    const failed = failedBy({ ...findings, tables: tables.map((cells, i) => ({ ...cells, constant: constants[i] })) });
    expect(failed).toContain("φ(M), collisions in a unit of time = contact constant times ⟨g⟩, every M");
    expect(failed).toContain("rate at given energies = contact constant times ⟨g⟩(E_1, E_2), M = 1");
  });

  test("half of the collisions of a cold cell missed", () => {
    const failed = failedBy(
      withEvents(({ count, energies, ...events }) => {
        const isKept = (i: number) => Math.min(energies[2 * i], energies[2 * i + 1]) > 0.1 || i % 2 === 0;
        const kept = Array.from({ length: count }, (_, i) => i).filter(isKept);
        const column = (of: Float64Array) => Float64Array.from(kept, (i) => of[i]);
        const pair = (of: Float64Array) => Float64Array.from(kept.flatMap((i) => [of[2 * i], of[2 * i + 1]]));
        return {
          ...{ count: kept.length, energies: pair(energies), before: pair(events.before), after: pair(events.after) },
          ...{ replica: column(events.replica), time: column(events.time), barrier: column(events.barrier) },
        };
      }),
    );
    expect(failed).toContain("rate at given energies = contact constant times ⟨g⟩(E_1, E_2), M = 1");
  });

  test("a chain that conducts as the paper's exchange does", () => {
    expect(failedBy(withChains(({ disks, uniform }) => ({ disks: { ...disks, flux: uniform.flux } })))).toEqual([
      "current of deterministic chains = that of their kinetic twins within 6%",
    ]);
  });

  test("a chain whose cells are a third too hot", () => {
    const hot = ({ disks }: Chain) => ({
      disks: { ...disks, energies: disks.energies.map((E) => ({ ...E, measured: (4 / 3) * E.measured })) },
    });
    expect(failedBy(withChains(hot))).toEqual([
      "energies of deterministic chains = those of their kinetic twins within 6%",
    ]);
  });
});
