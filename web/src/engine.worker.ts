/** Where the engine runs: the page's own thread only draws. */
import * as Comlink from "comlink";
import { certify, replayHere, type Told } from "./certificates.ts";
import { Live, type Frame, type Scene } from "./live/live.ts";
import type { Settings } from "./settings.ts";
import { runTheorem, type Theorem } from "./theorems/theorems.ts";

let live: Live;
/** Stops what runs at the moment. */
let stop = new AbortController();

const laboratory = {
  /** Puts another chain in the place of the present one. */
  async open(settings: Settings): Promise<{ scene: Scene; frame: Frame }> {
    live = await Live.open(settings);
    return { scene: live.scene, frame: live.frame() };
  },
  advance: (looks: number, milliseconds: number) => live.advance(looks, milliseconds),
  step: () => live.step(),
  certify,
  replay(certificate: unknown, told: Told) {
    stop = new AbortController();
    return replayHere(certificate, stop.signal, told);
  },
  runTheorem(name: Theorem, settings: Settings, told: Told) {
    stop = new AbortController();
    return runTheorem(name, settings, stop.signal, told);
  },
  cancel: () => stop.abort(),
};

export type Laboratory = typeof laboratory;
Comlink.expose(laboratory);
