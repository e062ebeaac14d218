/** The worker in which the engine runs: the page's own thread only draws. */
import * as Comlink from "comlink";
import { defineModel, replay, theory, type Certificate, type ModelInput } from "mesoflux";
import { certify } from "./certify.ts";
import type { RareListener } from "./rare/count.ts";
import { type AskedEvent, chooseEvent } from "./rare/event.ts";
import { Live, type Frame, type Scene } from "./live/live.ts";
import type { Settings } from "./settings.ts";
import { runTheorem, type Theorem } from "./theorems/theorems.ts";

let live: Live;
/** Stops the running replay or theorem. */
let stop = new AbortController();

const engine = {
  /** Replaces the live chain by another. */
  async open(settings: Settings): Promise<{ scene: Scene; frame: Frame }> {
    live = await Live.open(settings);
    return { scene: live.scene, frame: live.frame() };
  },
  advance: (observations: number, milliseconds: number) => live.advance(observations, milliseconds),
  step: () => live.step(),
  certify,
  /** @param report is told the share that is done, 0 to 1. */
  replay(certificate: unknown, report: (share: number) => void) {
    stop = new AbortController();
    return replay(certificate as Certificate, {
      signal: stop.signal,
      onProgress: ({ finished, replicas }) => report(finished / replicas),
    });
  },
  runTheorem(name: Theorem, settings: Settings, report: (share: number) => void) {
    stop = new AbortController();
    return runTheorem(name, settings, stop.signal, report);
  },
  chooseEvent,
  /** Loads the engine of rare events when the first is counted. */
  async countRareEvent(
    settings: Settings,
    asked: AskedEvent,
    predicted: RareListener["predicted"],
    counted: RareListener["counted"],
  ) {
    stop = new AbortController();
    const { countRareEvent } = await import("./rare/count.ts");
    return countRareEvent(settings, asked, stop.signal, { predicted, counted });
  },
  cancel: () => stop.abort(),
  /** N: the mean energies of a model's steady state, to leading order. */
  equilibrium: (model: ModelInput) => theory.equilibrium(defineModel(model)).energies,
};

export type LabEngine = typeof engine;
Comlink.expose(engine);
