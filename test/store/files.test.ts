/** The order in which a file is synced, named, and its name synced: what survives when the machine dies. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { StoreError } from "../../src/index.ts";
import { unlessTaken, writeWhole } from "../../src/store/files.ts";
import { temporary } from "../support/runFolders.ts";

/** What was done, and how the sync of a folder fails. */
const disk = vi.hoisted(() => ({ done: [] as string[], folder: "", fault: undefined as string | undefined }));

vi.mock("node:fs/promises", async (original) => {
  const fs = await original<typeof import("node:fs/promises")>();
  const { done } = disk;
  const open: typeof fs.open = async (path, flags) => {
    const handle = await fs.open(path, flags);
    const sync = handle.sync.bind(handle);
    handle.sync = () => {
      const isFolder = path === disk.folder;
      done.push(isFolder ? "sync the folder" : "sync the file");
      if (!isFolder || disk.fault === undefined) return sync();
      return Promise.reject(Object.assign(new Error(disk.fault), { code: disk.fault, errno: -1 }));
    };
    return handle;
  };
  const rename: typeof fs.rename = (...paths) => (done.push("rename"), fs.rename(...paths));
  const link: typeof fs.link = (...paths) => (done.push("link"), fs.link(...paths));
  return { ...fs, open, rename, link };
});

beforeEach(() => {
  disk.done.length = 0;
  disk.folder = temporary();
  disk.fault = undefined;
});

test("a file is synced, then named, then its folder is synced", async () => {
  const path = join(disk.folder, "file");
  await writeWhole(path, ["text"]);
  expect(disk.done).toEqual(["sync the file", "rename", "sync the folder"]);
  disk.done.length = 0;
  await writeWhole(join(disk.folder, "other"), ["text"], unlessTaken);
  expect(disk.done).toEqual(["sync the file", "link", "sync the folder"]);
  expect(readFileSync(path, "utf8")).toBe("text");
});

test("a name that is taken stays with the file that has it, and nothing else stays behind", async () => {
  const path = join(disk.folder, "file");
  await writeWhole(path, ["first"], unlessTaken);
  await writeWhole(path, ["second"], unlessTaken);
  expect(readFileSync(path, "utf8")).toBe("first");
  expect(readdirSync(disk.folder)).toEqual(["file"]);
});

test.each(["EPERM", "EACCES", "EISDIR", "EINVAL", "ENOTSUP"])(
  "where folders cannot be synced the file is there all the same: %s",
  async (fault) => {
    disk.fault = fault;
    await writeWhole(join(disk.folder, "file"), ["text"]);
    expect(disk.done.at(-1)).toBe("sync the folder");
  },
);

test("a folder whose sync fails is said so", async () => {
  disk.fault = "EIO";
  await expect(writeWhole(join(disk.folder, "file"), ["text"])).rejects.toThrow(StoreError);
});
