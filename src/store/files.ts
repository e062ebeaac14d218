/** Writing files so that each is there whole or not at all, whenever the machine dies. */
import { randomUUID } from "node:crypto";
import { link, mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "../errors.ts";

/** The ending of files that are being written, or whose writer died. */
export const UNFINISHED = ".tmp";

/**
 * Writes the pieces, each before the next is asked for, under a temporary name, syncs, and renames over whatever had the
 * name, or as `name` does. Whatever fails, the pieces' source included, no temporary file stays behind.
 * @throws StoreError of the file system.
 */
export async function writeWhole(
  path: string,
  pieces: Iterable<Uint8Array | string>,
  name: (temporary: string, path: string) => Promise<void> = rename,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}${UNFINISHED}`;
  try {
    const file = await open(temporary, "wx");
    try {
      await writeFile(file, pieces);
      await file.sync();
    } finally {
      await file.close();
    }
    await name(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw asStoreError(error, path, "cannot be written");
  }
}

/** Gives a file its name, or removes it if the name is taken; of several processes one wins. For `writeWhole`. */
export async function unlessTaken(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // A file system without links cannot decide; two processes seldom begin at the same moment.
    if (["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(code)) return await rename(temporary, path);
    if (code !== "EEXIST") throw error;
  }
  await rm(temporary);
}

/** @throws StoreError if the folder is not there and cannot be made. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch {
    // On a read-only file system Node reports ENOENT for several folders and the true reason for one.
    await mkdir(path).catch((error: unknown) => {
      throw asStoreError(error, path, "cannot be made");
    });
  }
}

/** Syncs a folder, so that a new name in it survives, too. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    // Windows and some network mounts cannot sync folders; the file itself is synced.
    if (!["EPERM", "EACCES", "EISDIR", "EINVAL", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
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

/** The reason of a file system's error, in plain words for the common ones. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) ?? message;
}

/** A StoreError for an error of the file system, which has an errno; any other error as it is. */
export function asStoreError(error: unknown, path: string, what: string): unknown {
  if (!(error instanceof Error && "errno" in error)) return error;
  return new StoreError(path, `${what}: ${reasonOf(error)}`, { cause: error });
}
