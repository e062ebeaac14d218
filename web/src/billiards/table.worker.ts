/** The worker of the billiards: one advances the live table, another predicts and certifies. */
import * as Comlink from "comlink";
import {
  defineBilliards,
  InvalidInputError,
  replayBilliards,
  type BilliardsCertificate,
  type Problem,
} from "mesoflux/billiards";
import { certifyTable } from "./certify.ts";
import { LiveTable, type TableFrame } from "./live.ts";
import { lawsOf, rateOf } from "./predictions.ts";
import { tableOf, type TableSettings } from "./settings.ts";
import type { Statistics } from "./statistics.ts";

let live: LiveTable;
/** Stops the running certification or replay. */
let stop = new AbortController();

/** A frame whose disks are handed over, not copied. */
const sent = (frame: TableFrame): TableFrame => Comlink.transfer(frame, [frame.disks.buffer as ArrayBuffer]);

const engine = {
  /** What is wrong with a table, in the package's words. */
  problemOf(settings: TableSettings): Problem | undefined {
    try {
      defineBilliards(tableOf(settings));
      return undefined;
    } catch (error) {
      if (error instanceof InvalidInputError) return error.problems[0];
      throw error;
    }
  },
  /** Replaces the live table by another. */
  async open(settings: TableSettings) {
    live = await LiveTable.open(settings);
    return { scene: live.scene, frame: live.frame() };
  },
  advance: (observations: number, milliseconds: number) => sent(live.advance(observations, milliseconds)),
  step: () => sent(live.step()),
  lawsOf,
  rateOf,
  certify(settings: TableSettings, live: Pick<Statistics, "collisions" | "lastKept">) {
    stop = new AbortController();
    return certifyTable(settings, live, stop.signal);
  },
  /** @param report is told the share that is done, 0 to 1. */
  replay(certificate: unknown, report: (share: number) => void) {
    stop = new AbortController();
    return replayBilliards(certificate as BilliardsCertificate, {
      signal: stop.signal,
      onProgress: ({ finished, replicas }) => report(finished / replicas),
    });
  },
  cancel: () => stop.abort(),
};

export type TableEngine = typeof engine;
Comlink.expose(engine);
