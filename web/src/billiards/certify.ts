/** Certifies the live table, in the worker: the same path from its start, by an ensemble of one. */
import { simulateBilliards, type BilliardsCertificate } from "mesoflux/billiards";
import { tableOf, type TableSettings } from "./settings.ts";
import { KEPT, type Statistics } from "./statistics.ts";

/** @returns the certificate of the path to the time t of the settings, and whether its collisions are those of the live table. */
export async function certifyTable(
  settings: TableSettings,
  { collisions, lastKept }: Pick<Statistics, "collisions" | "lastKept">,
  signal: AbortSignal,
): Promise<{ certificate: BilliardsCertificate; isSame: boolean }> {
  const { certificate, events } = await simulateBilliards(tableOf(settings), {
    ...{ seed: BigInt(settings.seed), replicas: 1, time: settings.t, burnIn: 0, events: KEPT, workers: 1, signal },
  });
  const { count, time, after } = events!;
  const last = count - 1;
  const isSame =
    count === Math.min(collisions, KEPT) &&
    (!lastKept || (time[last] === lastKept.time && lastKept.after.every((e, side) => e === after[2 * last + side])));
  return { certificate, isSame };
}
