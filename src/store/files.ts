/** Files that are there whole or not at all, whenever the machine dies. */
import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "../errors.ts";

/** How files end that are being written, or whose writer died. */
export const UNFINISHED = ".tmp";

/**
 * Writes the pieces, each before the next is asked for, under a temporary name, syncs, and renames over whatever had the
 * name. Whatever fails, the pieces' source included, no temporary file stays behind.
 * @throws StoreError of the file system.
 */
export async function writeWhole(path: string, pieces: Iterable<Uint8Array | string>): Promise<void> {
  const temporary = `${path}.${randomUUID()}${UNFINISHED}`;
  try {
    const file = await open(temporary, "wx");
    try {
      await writeFile(file, pieces);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asStoreError(error, path, "cannot be written");
  }
}

/** @throws StoreError if the folder is not there and cannot be made. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw asStoreError(error, path, "cannot be made");
  });
}

/** So that a new name in it survives, too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const REASONS: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota is used up",
  EFBIG: "files may not be so large here",
  EROFS: "the file system is read-only",
  EACCES: "no permission",
  EPERM: "no permission",
  ENOTDIR: "a part of the path is no folder",
  EISDIR: "it is a folder",
};

/** What went wrong with a file, in words where there are some. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) ?? message;
}

/** What the file system says has an errno; anything else is not its fault and goes on as it is. */
export function asStoreError(error: unknown, path: string, what: string): unknown {
  if (!(error instanceof Error && "errno" in error)) return error;
  return new StoreError(path, `${what}: ${reasonOf(error)}`, { cause: error });
}
