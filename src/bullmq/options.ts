/** Options that producers and workers share: a queue, and the Redis that holds it. */
import type { RedisOptions } from "bullmq";
import * as z from "zod/mini";
import { listener } from "../ensemble/commonOptions.ts";
import { MissingPackageError } from "../errors.ts";
import { orElse } from "../validate.ts";

/** Options of ioredis, such as host and port; or a url, "redis://host:port". */
export type Connection = RedisOptions;

/** A queue, and the Redis that holds it. */
export interface QueueOptions {
  /** Address of Redis. */
  connection: Connection;
  /** The queue's name. Default "mesoflux". Any number of runs may share a queue. */
  queue?: string;
  /**
   * Called with errors that end nothing, such as that Redis cannot be reached, which is waited for as long as it takes.
   * Default: none.
   */
  onError?: (error: Error) => void;
}

const queueExpected = 'a name without ":"';

export const queueShape = {
  connection: z.custom<Connection>(
    (value) => typeof value === "object" && value !== null,
    'options of ioredis, such as { host, port } or { url: "redis://..." }',
  ),
  queue: orElse(z.string({ error: queueExpected }).check(z.regex(/^[^:]+$/, { error: queueExpected })), "mesoflux"),
  onError: orElse(listener<Error>(), () => () => undefined),
};

/** Connection options that never give up on Redis and reconnect soon after it is back. */
export function patient(connection: Connection): Connection {
  return {
    retryStrategy: (times: number) => Math.min(100 * times, 2000),
    ...connection,
    maxRetriesPerRequest: null,
  };
}

/**
 * Loads bullmq and ioredis, which are optional.
 * @throws MissingPackageError
 */
export async function load(): Promise<typeof import("bullmq") & Pick<typeof import("ioredis"), "Redis">> {
  try {
    const [bullmq, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { ...bullmq, Redis };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new MissingPackageError("mesoflux/bullmq", ["bullmq", "ioredis"]);
  }
}
