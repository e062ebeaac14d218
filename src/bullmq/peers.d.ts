/**
 * What is used of bullmq and ioredis, which are optional and not installed here. Checked against their own types by
 * `npm run test:cluster`; those of this package name theirs.
 */
declare module "bullmq" {
  import type { Redis, RedisOptions } from "ioredis";
  export type { RedisOptions };

  export interface Job<T> {
    readonly data: T;
    readonly failedReason: string;
    remove(): Promise<void>;
  }

  export class Queue {
    constructor(name: string, options: { connection: Redis });
    on(event: "error", listener: (error: Error) => void): this;
    getFailed(): Promise<Job<unknown>[]>;
    addBulk(jobs: { name: string; data: unknown; opts: object }[]): Promise<unknown>;
    remove(id: string): Promise<number>;
    close(): Promise<void>;
  }

  export class Worker {
    constructor(name: string, processor: URL, options: object);
    on(event: "error", listener: (error: Error) => void): this;
    close(): Promise<void>;
  }

  export class UnrecoverableError extends Error {}
}

declare module "ioredis" {
  export interface RedisOptions {
    host?: string;
    port?: number;
    url?: string;
    retryStrategy?: (times: number) => number | null;
    maxRetriesPerRequest?: number | null;
  }

  export class Redis {
    constructor(options: RedisOptions);
    constructor(url: string, options: RedisOptions);
    readonly status: string;
    disconnect(): void;
  }
}
