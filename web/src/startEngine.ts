/** Starts a worker with an engine in it. */
import * as Comlink from "comlink";
import type { LabEngine } from "./engine.worker.ts";

export const startEngine = () =>
  Comlink.wrap<LabEngine>(new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module" }));
