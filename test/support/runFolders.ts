/** Small run folders, and what becomes of their files. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { defineModel, simulate, type Certificate } from "../../src/index.ts";
import { RunFolder, type Request } from "../../src/store/index.ts";

/** Six chunks of at most four replicas: 3, 4 to 7, 8 to 11, 12 to 15, 16 to 17 and 18. */
export const SMALL: Request = {
  model: defineModel({ cells: 2, particles: 10, temperatures: [1, 2] }),
  options: { replicas: 16, firstReplica: 3, times: [0.5, 1], seed: 7n },
};
export const LEVEL = 2;

const made: string[] = [];
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true, force: true })), 60_000);

/** A folder that is gone when the file's tests are over. */
export function temporary(): string {
  const path = mkdtempSync(join(tmpdir(), "mesoflux-"));
  made.push(path);
  return path;
}

/** A run folder in which everything is finished. */
export async function finished(path = join(temporary(), "run"), request = SMALL, level = LEVEL): Promise<RunFolder> {
  const folder = await RunFolder.create(path, request, level);
  await folder.compute({ workers: 1 });
  return folder;
}

/** A copy of a folder's files. */
export function copied({ path }: RunFolder, to = join(temporary(), "run")): string {
  cpSync(path, to, { recursive: true });
  return to;
}

/** The files in the place of chunks and beside them, by name. */
export const namesIn = (path: string): string[] => readdirSync(join(path, "chunks")).sort();

export const chunkPath = (path: string, name: string): string => join(path, "chunks", name);

/** The fingerprint of what a folder holds. */
export async function fingerprintOf(path: string): Promise<string> {
  const { result } = await (await RunFolder.open(path)).merge();
  return result.certificate.result;
}

/** The certificate of the same run in memory. */
export async function certificateOf({ model, options }: Request): Promise<Certificate> {
  return (await simulate(model, options as Parameters<typeof simulate>[1])).certificate;
}

/** Whole numbers from 0 to n - 1, the same for the same seed: the upper half of a 64-bit linear congruence (Knuth's). */
export function numbersFrom(seed: number): (n: number) => number {
  let state = BigInt(seed);
  return (n) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(((state >> 32n) * BigInt(n)) >> 32n);
  };
}
