/**
 * A run shared out by a queue, for Node, with the packages bullmq and ioredis.
 * @module mesoflux/bullmq
 */
export { computeOnQueue, type ComputeOnQueueOptions, type QueueProgress } from "./computeOnQueue.ts";
export { work, type Working, type WorkOptions } from "./work.ts";
export type { Connection, QueueOptions } from "./options.ts";
export { ChunkError, MissingPackageError } from "../errors.ts";
