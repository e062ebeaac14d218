/** Starts a worker with an engine of billiards in it. */
import * as Comlink from "comlink";
import type { TableEngine } from "./table.worker.ts";

export const startTable = () =>
  Comlink.wrap<TableEngine>(new Worker(new URL("./table.worker.ts", import.meta.url), { type: "module" }));
