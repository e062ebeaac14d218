/** Files that are there whole or not at all, whenever the machine dies. */
import { randomUUID } from "node:crypto";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "../errors.ts";

/** How files end that are being written, or whose writer died. */
export const UNFINISHED = ".tmp";

/**
 * Writes a file under a temporary name, syncs it, and renames it over whatever had its name.
 * @throws StoreError
 */
export async function writeWhole(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const temporary = `${path}.${randomUUID()}${UNFINISHED}`;
  try {
    await closing(await open(temporary, "wx"), async (file) => {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    });
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new StoreError(path, `cannot be written: ${reasonOf(error)}`);
  }
}

/** So that the name survives, too. */
async function syncFolder(path: string): Promise<void> {
  await closing(await open(path, "r"), (folder) => folder.sync());
}

async function closing<T>(file: FileHandle, use: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

const REASONS: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota is used up",
  EFBIG: "it is larger than files may be here",
  EROFS: "the file system is read-only",
  EACCES: "no permission",
  EPERM: "no permission",
  ENOTDIR: "a part of the path is no folder",
  ENOENT: "it is not there",
  EISDIR: "it is a folder",
};

/** What went wrong with a file, in words where there are some. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) ?? message;
}
