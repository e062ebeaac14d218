/**
 * A disk that is full, a folder that is read-only: said so, exit code 2, nothing lost, and the same bits when it is mended.
 * A small disk is a small tmpfs, where one can be mounted, and a limit on the size of files elsewhere.
 */
import { execFileSync, spawnSync, type SpawnOptions } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defineModel, type Certificate } from "../../src/index.ts";
import type { Request } from "../../src/store/index.ts";
import { MAIN, ran, start, type Outcome } from "../support/commandLine.ts";
import { certificateOf, chunkPath, namesIn, temporary } from "../support/runFolders.ts";

/** Chunks of 1, 4, 8, 16, 32, 2 and 1 replicas: 1 kB for each, and 4 kB for their moments. */
const times = Array.from({ length: 40 }, (_, t) => (t + 1) / 20);
const request: Request = {
  model: defineModel({ cells: 2, particles: 10, temperatures: [1, 2] }),
  options: { replicas: 64, firstReplica: 3, times, seed: 5n, samples: true },
};
const RUN = [
  ..."run --cells 2 --particles 10 --temperatures 1,2 --replicas 64 --first-replica 3 --seed 5 --samples".split(" "),
  ..."--chunk 32 --workers 1 --json --quiet --times".split(" "),
  times.join(),
];
const resume = (path: string) => ["run", "--resume", "--json", "--quiet", "--out", path];

let certified: Certificate;
beforeAll(async () => {
  certified = await certificateOf(request);
});

function expectComplete({ code, out, err }: Outcome): void {
  expect([code, err]).toEqual([0, ""]);
  const { complete, certificate } = JSON.parse(out) as { complete: boolean; certificate: Certificate };
  expect([complete, certificate]).toEqual([true, certified]);
}

const mounted: string[] = [];
afterAll(() => mounted.forEach((path) => spawnSync("umount", [path])));

/** A tmpfs of that size, if one can be mounted here. */
function mount(size: string): string | undefined {
  if (process.platform !== "linux") return undefined;
  const path = join(temporary(), "disk");
  mkdirSync(path);
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=755`, "tmpfs", path]);
  if (status !== 0) return undefined;
  mounted.push(path);
  return path;
}

const remount = (path: string, option: string) => execFileSync("mount", ["-o", `remount,${option}`, path]);

/** True if a shell can limit the size of files so that Node gets an error and lives. */
function canLimitFiles(): boolean {
  const path = join(temporary(), "large");
  const program = `try { fs.writeFileSync(${JSON.stringify(path)}, Buffer.alloc(65536)) } catch (e) { console.log(e.code) }`;
  const { stdout } = spawnSync("bash", ["-c", 'ulimit -f 24; exec "$0" -e "$1"', process.execPath, program]);
  return String(stdout) === "EFBIG\n";
}

const disk = mount("64k");
const canLimit = canLimitFiles();

test("there is a way to make a disk small here", () => {
  expect(disk !== undefined || canLimit).toBe(true);
});

describe("a full disk", () => {
  const SMALLER = [3, 4, 8, 16].map((first, i) => `${String(first).padStart(16, "0")}-0${[0, 2, 3, 4][i]}.chunk`);

  /** Runs out of room in the chunk of 32 replicas, then goes on with room. */
  async function fills(path: string, crowded: (args: string[]) => Promise<Outcome>, why: string, makeRoom: () => void) {
    const line = `when that is mended, go on with: mesoflux run --resume --out ${path}\n`;
    const first = await crowded([...RUN, "--out", path]);
    expect([first.code, first.out]).toEqual([2, ""]);
    expect(first.err).toBe(`${chunkPath(path, "0000000000000032-05.chunk")}: cannot be written: ${why}; ${line}`);
    // Finished chunks are there, and no others.
    expect(namesIn(path)).toEqual(SMALLER);
    const whole = SMALLER.map((name) => readFileSync(chunkPath(path, name)));
    // Still no room.
    expect(await crowded(resume(path))).toMatchObject({ code: 2, out: "" });
    expect(SMALLER.map((name) => readFileSync(chunkPath(path, name)))).toEqual(whole);
    const merged = await ran(["merge", path, "--json"]);
    expect(merged.code).toBe(1);
    expect(JSON.parse(merged.out)).toMatchObject({ complete: false, replicas: 29 });
    expect(merged.err).toBe(
      `missing replicas 32 to 66 of ${path}; run them with: mesoflux run --resume --out ${path}\n`,
    );
    makeRoom();
    expectComplete(await ran(resume(path)));
    expect(SMALLER.map((name) => readFileSync(chunkPath(path, name)))).toEqual(whole);
    expect(namesIn(path)).toHaveLength(7);
  }

  test.skipIf(!disk)("a tmpfs of 64 kB", async () => {
    await fills(join(disk!, "run"), ran, "the disk is full", () => remount(disk!, "size=4m"));
  });

  test.skipIf(!disk)("one that is full from the beginning", async () => {
    const full = mount("16k")!;
    writeFileSync(join(full, "large"), Buffer.alloc(16_384));
    const { code, out, err } = await ran([...RUN, "--out", join(full, "run")]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe(`${join(full, "run/manifest.json")}: cannot be written: the disk is full\n`);
    expect(existsSync(join(full, "run/manifest.json"))).toBe(false);
  });

  test.skipIf(!canLimit)("files that may have 24 kB", async () => {
    const limited = (args: string[]) =>
      start("bash", ["-c", 'ulimit -f 24; exec "$0" "$@"', process.execPath, MAIN, ...args]).outcome;
    await fills(join(temporary(), "run"), limited, "files may not be so large here", () => undefined);
  });
});

describe("a folder that is read-only", () => {
  /** Someone who has no rights, if that can be had; root may write where nobody may. */
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

  /** A finished run and one with a chunk less, side by side. */
  async function runs(home: string): Promise<{ whole: string; part: string }> {
    const [whole, part] = [join(home, "whole"), join(home, "part")];
    expectComplete(await ran([...RUN, "--out", whole]));
    // A temporary file as a killed writer leaves it.
    writeFileSync(chunkPath(whole, "0000000000000032-05.chunk.0.tmp"), "");
    cpSync(whole, part, { recursive: true, filter: (path) => !path.endsWith("0000000000000032-05.chunk") });
    return { whole, part };
  }

  async function refuses(home: string, why: string, options: SpawnOptions = {}): Promise<void> {
    const [whole, part] = [join(home, "whole"), join(home, "part")];
    const { code, out, err } = await ran(resume(part), options);
    expect([code, out]).toEqual([2, ""]);
    const line = `when that is mended, go on with: mesoflux run --resume --out ${part}\n`;
    expect(err).toBe(`${join(part, "chunks")}: cannot be written: ${why}; ${line}`);
    // A new run.
    const begun = await ran([...RUN, "--out", join(home, "new")], options);
    expect([begun.code, begun.out, begun.err]).toEqual([2, "", `${join(home, "new")}: cannot be made: ${why}\n`]);
    // Commands that write nothing.
    const lines = [["merge", whole, "--json"], resume(whole), ["status", part, "--json"], ["merge", part, "--json"]];
    const [merged, resumed, status, mergedPart] = await Promise.all(lines.map((args) => ran(args, options)));
    expectComplete(merged);
    expectComplete(resumed);
    expect(status).toMatchObject({ code: 0, err: "" });
    expect(mergedPart).toMatchObject({ code: 1 });
  }

  const room = mount("4m");
  test.skipIf(!room)("its file system", async () => {
    const { part } = await runs(room!);
    remount(room!, "ro");
    await refuses(room!, "the file system is read-only");
    remount(room!, "rw");
    expectComplete(await ran(resume(part)));
  });

  test("its mode", async (context) => {
    const home = temporary();
    const isHelpful = (await ran(["--version"], nobody).catch(() => ({ code: 1 }))).code === 0;
    // The package is where only root may read, but the other way has been taken.
    if (!isHelpful && room) return context.skip();
    const { part } = await runs(home);
    for (const folder of ["whole/chunks", "part/chunks", "whole", "part", "."]) chmodSync(join(home, folder), 0o555);
    await refuses(home, "no permission", nobody);
    for (const folder of [".", "part", "part/chunks", "whole", "whole/chunks"]) chmodSync(join(home, folder), 0o755);
    expectComplete(await ran(resume(part)));
  });
});
