/** A run split over a Slurm array ends in the bits of one machine, whatever died on the way. It tests examples/slurm. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defineModel, simulate, type ModelInput } from "../../src/index.ts";
import { need } from "../support/need.ts";
import { Slurm, type Submission } from "../support/slurm.ts";

/** Four shards of 256 replicas, eight chunks of 32, and three seconds of an idle core. */
const SHARDS = 4;
const SHARD = 256;
const OPTIONS = "--replicas 1024 --times 0.5,1 --seed 42 --chunk 32".split(" ");

let slurm: Slurm | undefined;
let expected: string;

beforeAll(async () => {
  need([
    { program: "slurmctld", debianPackage: "slurm-wlm" },
    { program: "slurmd", debianPackage: "slurm-wlm" },
    { program: "sbatch", debianPackage: "slurm-wlm" },
    { program: "munged", debianPackage: "munge" },
    { program: "pgrep", debianPackage: "procps" },
  ]);
  const file = new URL("../../examples/slurm/model.json", import.meta.url);
  const model = defineModel(JSON.parse(readFileSync(file, "utf8")) as ModelInput);
  expected = (await simulate(model, { replicas: 1024, times: [0.5, 1], seed: 42n })).certificate.result;
  slurm = new Slurm();
  await slurm.start();
}, 300_000);

afterAll(() => slurm?.stop(), 200_000);

test("a killed shard is named by merge; the same line again computes what it lost and nothing else", async () => {
  const out = join(slurm!.folder, "killed");
  const first = await slurm!.submit(SHARDS, out, ...OPTIONS);
  await amidst(out, 2);
  process.kill(await slurm!.processOf(out, "2/4"), "SIGKILL");
  await slurm!.finished(first);
  expect(await slurm!.job(`${first.array}_2`)).toMatchObject({ state: "FAILED", exitCode: 137 });
  for (const k of [1, 3, 4]) expect(await slurm!.job(`${first.array}_${k}`)).toMatchObject({ state: "COMPLETED" });
  expect(await slurm!.job(first.merge)).toMatchObject({ state: "FAILED", exitCode: 1 });
  const [, from] = /^missing replicas (\d+) to 511 of /m.exec(mergeLog(first))!;
  expect(Number(from)).toBeGreaterThan(SHARD);

  const before = chunksIn(out);
  const second = await slurm!.submit(SHARDS, out, ...OPTIONS);
  await slurm!.finished(second);
  expect(resultOf(second)).toBe(expected);
  expect(chunksIn(out)).toMatchObject(before);
});

test("before its time is up a shard stops and queues again, and merge waits for it", async () => {
  const out = join(slurm!.folder, "stretched");
  const run = await slurm!.submit(SHARDS, out, ...OPTIONS);
  await amidst(out, 1);
  const before = chunksIn(out);
  // The signal that Slurm sends two minutes before the time limit, by #SBATCH --signal.
  process.kill(await slurm!.shellOf(await slurm!.processOf(out, "1/4")), "SIGUSR1");
  await slurm!.finished(run);
  expect(await slurm!.job(`${run.array}_1`)).toEqual({ state: "COMPLETED", exitCode: 0, restarts: 1 });
  expect(resultOf(run)).toBe(expected);
  expect(chunksIn(out)).toMatchObject(before);
});

test("a node that dies takes its shards along; Slurm starts them again by itself", async () => {
  const out = join(slurm!.folder, "crashed");
  const run = await slurm!.submit(SHARDS, out, ...OPTIONS);
  await amidst(out, 1);
  const before = chunksIn(out);
  await slurm!.crash();
  await slurm!.start();
  await slurm!.finished(run);
  expect(await slurm!.job(`${run.array}_1`)).toEqual({ state: "COMPLETED", exitCode: 0, restarts: 1 });
  expect(resultOf(run)).toBe(expected);
  expect(chunksIn(out)).toMatchObject(before);
});

function mergeLog({ merge }: Submission): string {
  return slurm!.logOf(`mesoflux-merge-${merge}.log`);
}

/** The hash in the certificate that merge printed. */
function resultOf(run: Submission): string | undefined {
  return /^certificate: .*result ([0-9a-f]{64})$/m.exec(mergeLog(run))?.[1];
}

/** The chunks in a run folder, by their first replica, and when they were written. */
function chunksIn(out: string): Record<number, number> {
  const folder = join(out, "chunks");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".chunk")) : [];
  return Object.fromEntries(names.map((name) => [parseInt(name), statSync(join(folder, name)).mtimeMs]));
}

/** Waits until a shard has finished something: by then there is more in flight. */
async function amidst(out: string, shard: number): Promise<void> {
  while (!((shard - 1) * SHARD in chunksIn(out))) await sleep(50);
}
