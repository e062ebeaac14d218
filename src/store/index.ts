/**
 * Run folders and export, for Node.
 * @module mesoflux/store
 */
export { RunFolder, type ComputeOptions, type Merged, type Shard } from "./runFolder.ts";
export type { Finished, Refused, Survey } from "./chunkStore.ts";
export { exportResult } from "./export/exportResult.ts";
export { FORMATS, type Exportable, type Format, type SampleBatch } from "./export/exportable.ts";
export type { Status } from "./status.ts";
export type { Chunk } from "../ensemble/alignedTree.ts";
export type { Request } from "../ensemble/runSpec.ts";
