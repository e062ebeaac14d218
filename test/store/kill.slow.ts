/** A run that is killed fifty times, at any moment of its processes' lives: nothing that was finished is lost. */
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defineModel, type Certificate } from "../../src/index.ts";
import { RunFolder, type Request } from "../../src/store/index.ts";
import { mesoflux, ran } from "../support/commandLine.ts";
import { certificateOf, chunkPath, namesIn, numbersFrom, temporary } from "../support/runFolders.ts";

const KILLS = 50;

/** 256 chunks of a replica each, some 4 s of work. */
const request: Request = {
  model: defineModel({ cells: 8, particles: 50_000, temperatures: [1, 2] }),
  options: { replicas: 256, times: [0.5, 1], seed: 9n },
};
const line = "run --cells 8 --particles 50000 --temperatures 1,2 --replicas 256 --times 0.5,1 --seed 9 --chunk 1";

test("killed fifty times and resumed, it ends in the same bits", async () => {
  const certified = await certificateOf(request);
  const path = join(temporary(), "run");
  const args = (workers: number) => [
    ...line.split(" "),
    "--out",
    path,
    "--resume",
    "--json",
    "--quiet",
    "--workers",
    String(workers),
  ];
  const upTo = numbersFrom(3);
  const counts = { kills: 0, beforeTheFirst: 0, atWork: 0 };

  /** The finished chunks, each as the file that it is: one that was written again would be another. */
  const finished = () => {
    const names = existsSync(join(path, "chunks")) ? namesIn(path).filter((name) => name.endsWith(".chunk")) : [];
    return new Map(
      names.map((name) => {
        const { ino, mtimeMs, size } = statSync(chunkPath(path, name));
        return [name, `${ino} ${mtimeMs} ${size}`];
      }),
    );
  };
  function expectCertified(out: string): void {
    const { complete, certificate } = JSON.parse(out) as { complete: boolean; certificate: Certificate };
    expect([complete, certificate]).toEqual([true, certified]);
    // Temporary files of killed writers are gone.
    expect(namesIn(path)).toHaveLength(256);
    expect(finished().size).toBe(256);
  }

  const start = performance.now();
  await ran(["--version"]);
  const startUp = performance.now() - start;

  while (counts.kills < KILLS) {
    const before = finished();
    const { child, outcome } = mesoflux(args(1 + upTo(2)));
    const timer = setTimeout(() => child.kill("SIGKILL"), upTo(Math.ceil(2 * startUp + 500)));
    const { code, signal, out, err } = await outcome;
    clearTimeout(timer);
    const after = finished();
    for (const [name, file] of before) expect(after.get(name), name).toBe(file);
    if (signal === "SIGKILL") {
      counts.kills++;
      counts[after.size > before.size ? "atWork" : "beforeTheFirst"]++;
      if (!existsSync(join(path, "manifest.json"))) continue;
      // A file that has its name is whole.
      expect(await (await RunFolder.open(path)).status()).toMatchObject({ finishedChunks: after.size, refused: [] });
      continue;
    }
    // It was faster: it begins anew.
    expect([code, signal, err]).toEqual([0, null, ""]);
    expectCertified(out);
    rmSync(path, { recursive: true });
  }
  const last = await ran(args(2));
  expect([last.code, last.err]).toEqual([0, ""]);
  expectCertified(last.out);
  // They came at all sorts of moments.
  expect(counts.beforeTheFirst).toBeGreaterThan(3);
  expect(counts.atWork).toBeGreaterThan(10);
});
