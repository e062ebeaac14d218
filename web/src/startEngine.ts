/** A worker with an engine in it. */
import * as Comlink from "comlink";
import type { Laboratory } from "./laboratory.worker.ts";

export const startLaboratory = () =>
  Comlink.wrap<Laboratory>(new Worker(new URL("./laboratory.worker.ts", import.meta.url), { type: "module" }));
