/** A run shared out by a queue: `mesoflux/bullmq`, for Node, with the packages bullmq and ioredis. */
export { computeOnQueue, type ComputeOnQueueOptions, type QueueProgress } from "./computeOnQueue.ts";
export { work, type Working, type WorkOptions } from "./work.ts";
export type { Connection, QueueOptions } from "./options.ts";
export { ChunkError, MissingPackageError } from "../errors.ts";
