/** The golden suite in an engine. */
import type * as Billiards from "../../src/billiards/index.ts";
import type * as Mesoflux from "../../src/index.ts";
import type { SimulateOptions } from "../../src/index.ts";
import type * as Rare from "../../src/rare/index.ts";
import type { Engine } from "./engine.ts";
import type { GoldenBilliards } from "./goldenBilliards.ts";
import type { GoldenCurrent, GoldenRareEvent } from "./goldenRare.ts";
import type { GoldenRun } from "./goldenRuns.ts";

declare const mesoflux: typeof Mesoflux;
declare const billiards: typeof Billiards;
declare const rare: typeof Rare;

/** The names of the runs whose results are other bits in this engine. */
export async function changedIn(engine: Engine, runs: readonly GoldenRun[], workers: number): Promise<string[]> {
  const found = await engine.evaluate(
    async ({ runs, workers }) => {
      const results: string[] = [];
      for (const { model, options } of runs) {
        const run = { ...options, seed: BigInt(options.seed), workers } as SimulateOptions;
        results.push((await mesoflux.simulate(mesoflux.defineModel(model), run)).certificate.result);
      }
      return results;
    },
    { runs, workers },
  );
  return runs.filter(({ result }, k) => result !== found[k]).map(({ name }) => name);
}

/** The same of billiards. */
export async function changedBilliardsIn(
  engine: Engine,
  runs: readonly GoldenBilliards[],
  workers: number,
): Promise<string[]> {
  const found = await engine.evaluate(
    async ({ runs, workers }) => {
      const results: string[] = [];
      for (const { table, options } of runs) {
        results.push((await billiards.simulateBilliards(table, { ...options, workers })).certificate.result);
      }
      return results;
    },
    { runs, workers },
  );
  return runs.filter(({ result }, k) => result !== found[k]).map(({ name }) => name);
}

/** The same of rare events and of growths. */
export async function changedRareIn(
  engine: Engine,
  runs: readonly (GoldenRareEvent | GoldenCurrent)[],
  workers: number,
): Promise<string[]> {
  const found = await engine.evaluate(
    async ({ runs, workers }) => {
      const results: string[] = [];
      for (const { model, options } of runs) {
        const { certificate } =
          "lambdas" in options
            ? await rare.currentStatistics(model, { ...options, workers })
            : await rare.rareEvent(model, { ...options, workers });
        results.push(certificate.result);
      }
      return results;
    },
    { runs, workers },
  );
  return runs.filter(({ result }, k) => result !== found[k]).map(({ name }) => name);
}
