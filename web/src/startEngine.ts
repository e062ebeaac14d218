/** Starts a worker with an engine in it. */
import * as Comlink from "comlink";
import type { LabEngine } from "./engine.worker.ts";

export const startWorker = () => new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module" });

export const startEngine = () => Comlink.wrap<LabEngine>(startWorker());
