/**
 * A run shared out by a real Redis: whoever is killed, producer, worker or Redis itself, the result has the bits of
 * `simulate`. Runs the built package, as the example does.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Queue, QueueEvents, type JobType } from "bullmq";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ChunkError, computeOnQueue, type ComputeOnQueueOptions, type QueueProgress } from "../../src/bullmq/index.ts";
import { defineModel, simulate } from "../../src/index.ts";
import { RunFolder, type Merged } from "../../src/store/index.ts";
import { need } from "../support/need.ts";
import { RedisServer } from "../support/redis.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The run of examples/bullmq/producer.mjs, here in 16 chunks of some tenths of a second. */
const request = {
  model: defineModel({ cells: 10, particles: 1e4, temperatures: [1, 2], rate: "sqrt-harmonic", initial: "linear" }),
  options: { replicas: 4096, times: [1], seed: 42n },
};
const CHUNKS = 16;
const LEVEL = Math.log2(request.options.replicas / CHUNKS);

let redis: RedisServer;
let expected: string;
let parent: string;
const ended: (() => unknown)[] = [];
const started: ChildProcess[] = [];

beforeAll(async () => {
  need([{ program: "redis-server", debianPackage: "redis-server" }]);
  parent = mkdtempSync(join(tmpdir(), "mesoflux-bullmq-"));
  redis = await RedisServer.start();
  expected = (await simulate(request.model, request.options)).certificate.result;
}, 120_000);
afterAll(async () => {
  await redis?.remove();
  if (parent) rmSync(parent, { recursive: true });
});

/** Name of a queue for each test. */
let options: { connection: { port: number }; queue: string };
/** Ends what is left of a test that failed. */
let over: AbortController;
beforeEach(async ({ task }) => {
  await redis.start();
  over = new AbortController();
  options = { connection: { port: redis.port }, queue: task.id };
});
afterEach(async () => {
  over.abort();
  for (const child of started.splice(0)) await kill(child);
  for (const end of ended.splice(0)) await end();
});

function start(...args: string[]): ChildProcess & { output: () => string } {
  const env = { ...process.env, REDIS_URL: `redis://127.0.0.1:${redis.port}` };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  started.push(child);
  return Object.assign(child, { output: () => output });
}

/** A process of one thread; of the dead it hears within 3 seconds. */
function worker(): ChildProcess {
  const rhythm = { concurrency: 1, lockDuration: 2000, stalledInterval: 1000 };
  return script(`import { work } from "mesoflux/bullmq"; await work(${JSON.stringify({ ...options, ...rhythm })});`);
}

const script = (code: string) => start("--input-type=module", "--eval", code);

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const end = once(child, "exit");
  child.kill("SIGKILL");
  await end;
}

/** The test's own connection to the queue. */
function queue(): Queue {
  const seen = new Queue(options.queue, options);
  seen.on("error", () => undefined);
  ended.push(() => seen.close());
  return seen;
}

const newFolder = () => RunFolder.create(mkdtempSync(join(parent, "run-")), request, LEVEL);

const produce = (folder: RunFolder, more: Partial<ComputeOnQueueOptions> = {}) =>
  computeOnQueue(folder, { ...options, signal: over.signal, ...more });

/** Until that many chunks of the folder are finished. */
async function finished(folder: RunFolder, chunks: number): Promise<void> {
  while ((await folder.unwritten()).length > CHUNKS - chunks) await pause(20, undefined, { signal: over.signal });
}

/** States of a job that no worker has begun. */
const LEFT: JobType[] = ["waiting", "delayed", "failed"];
const NOTHING = { waiting: 0, delayed: 0, failed: 0 };

const pathOf = (folder: RunFolder, first: number) =>
  join(folder.path, "chunks", `${String(first).padStart(16, "0")}-${String(LEVEL).padStart(2, "0")}.chunk`);

const bits = ({ result }: Merged) => result.certificate.result;

test("the example: a producer and two workers", async () => {
  const folder = join(parent, "example");
  const workers = [1, 2].map(() => start("examples/bullmq/worker.mjs"));
  const producer = start("examples/bullmq/producer.mjs", folder);
  expect(await once(producer, "exit")).toEqual([0, null]);
  expect(producer.output()).toMatch(new RegExp(`^\\d+ events, result ${expected}\n$`));
  for (const one of workers) {
    one.kill("SIGTERM");
    expect(await once(one, "exit")).toEqual([0, null]);
  }
});

test("workers are killed with chunks in hand: others run them", async () => {
  const folder = await newFolder();
  const stalled: string[] = [];
  const events = new QueueEvents(options.queue, options);
  events.on("stalled", ({ jobId }) => stalled.push(jobId));
  ended.push(() => events.close());
  const doomed = [worker(), worker()];
  worker();
  const run = produce(folder);
  for (const [i, one] of doomed.entries()) {
    await finished(folder, 3 * (i + 1));
    await kill(one);
  }
  expect(bits(await run)).toBe(expected);
  expect(stalled.length).toBeGreaterThan(0);
});

test("Redis is killed and comes back empty: nothing is lost", async () => {
  const folder = await newFolder();
  const faults: string[] = [];
  worker();
  worker();
  const run = produce(folder, { onError: ({ message }) => faults.push(message) });
  await finished(folder, 4);
  await redis.kill();
  await pause(1500);
  const before = (await folder.unwritten()).length;
  await redis.start();
  expect(before).toBeGreaterThan(0);
  expect(bits(await run)).toBe(expected);
  expect(faults.join()).toContain("ECONNREFUSED");
});

test("orders that come twice, or three times at once, do no harm", async () => {
  const folder = await newFolder();
  const seen = queue();
  const chunks = [...folder.chunks()];
  const order = (chunk: (typeof chunks)[number]) => ({ folder: folder.path, run: folder.id, chunk });
  const copies = chunks.slice(0, 4).flatMap((chunk) => [1, 2, 3].map((copy) => ({ chunk, copy })));
  await seen.addBulk(
    copies.map(({ chunk, copy }) => ({
      ...{ name: "copy", data: order(chunk) },
      opts: { jobId: `${chunk.first}-copy-${copy}` },
    })),
  );
  worker();
  worker();
  expect(bits(await computeOnQueue(folder, options))).toBe(expected);
  const written = () => chunks.map(({ first }) => statSync(pathOf(folder, first)).mtimeMs);
  const times = written();
  await seen.addBulk(chunks.map((chunk) => ({ name: "late copy", data: order(chunk) })));
  while ((await seen.getCompletedCount()) < copies.length + CHUNKS) await pause(50);
  expect(written()).toEqual(times);
  expect(bits(await folder.merge())).toBe(expected);
  expect(await seen.getFailedCount()).toBe(0);
});

test("the producer is killed and started again", async () => {
  const folder = await newFolder();
  worker();
  worker();
  const producer = script(`
    import { computeOnQueue } from "mesoflux/bullmq";
    import { RunFolder } from "mesoflux/store";
    await computeOnQueue(await RunFolder.open(${JSON.stringify(folder.path)}), ${JSON.stringify(options)});`);
  await finished(folder, 4);
  await kill(producer);
  await finished(folder, 6);
  expect((await folder.unwritten()).length).toBeGreaterThan(0);
  expect(bits(await computeOnQueue(folder, options))).toBe(expected);
  expect(await queue().getJobCounts(...LEFT)).toMatchObject(NOTHING);
});

test("an aborted run leaves nothing in the queue, and goes on with what is good in the folder", async () => {
  const folder = await newFolder();
  worker();
  const abort = new AbortController();
  const run = produce(folder, { signal: abort.signal });
  await finished(folder, 2);
  abort.abort();
  await expect(run).rejects.toThrow(/^aborted after \d+ of 4096 replicas; what was finished is in /);
  expect(await queue().getJobCounts(...LEFT)).toMatchObject(NOTHING);
  const [{ chunk: damaged }] = (await folder.survey()).finished;
  writeFileSync(pathOf(folder, damaged.first), "not what was written");
  worker();
  const progress: QueueProgress[] = [];
  expect(bits(await produce(folder, { onProgress: (one) => progress.push(one) }))).toBe(expected);
  expect(progress[0].finished).toBeGreaterThan(0);
  expect(progress.at(-1)).toMatchObject({ finished: 4096, replicas: 4096, secondsLeft: 0 });
});

test("a chunk that cannot be run ends the run, and is named", async () => {
  const model = defineModel({ cells: 5, particles: 3, temperatures: [1, 2] });
  const leaves = { model, options: { method: "mesoscopic", replicas: 64, times: [50], seed: 1n } } as const;
  const folder = await RunFolder.create(mkdtempSync(join(parent, "run-")), leaves, 5);
  worker();
  const error: unknown = await produce(folder).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ChunkError);
  expect((error as ChunkError).message).toMatch(
    /^replicas (0 to 31|32 to 63) cannot be run: replica \d+ of the mesoscopic equation has an energy below zero at t = /,
  );
});
