/** Files of a run folder that are not what their name says: refused by name, never folded in, and run again. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { defineModel, MesofluxError, replay, StoreError } from "../../src/index.ts";
import { encode } from "../../src/store/chunkFile.ts";
import { RunFolder, type Chunk, type Request } from "../../src/store/index.ts";
import { manifestOf, type Manifest } from "../../src/store/manifest.ts";
import {
  certificateOf,
  chunkPath,
  copied,
  fingerprintOf,
  finished,
  LEVEL,
  namesIn,
  numbersFrom,
  SMALL,
  temporary,
} from "../support/runFolders.ts";

/** The chunk that comes to harm, replicas 8 to 11, and another of its size. */
const VICTIM: Chunk = { first: 8, level: 2 };
const NAME = "0000000000000008-02.chunk";
const OTHER = "0000000000000004-02.chunk";

/** Offsets in the file of a chunk (src/store/chunkFile.ts). */
const PARTS = { magic: 0, id: 8, first: 40, level: 48, length: 56, block: 64 };
const ANOTHER_CHECKSUM = "its checksum is another: it is cut short or damaged";
const ANOTHER_RUN = "it is a chunk of another run";

let whole: RunFolder;
/** The fingerprint of the whole run, in memory. */
let certified: string;
/** Folders of other runs, with chunks of the same names and sizes. */
const foreign = new Map<string, RunFolder>();
beforeAll(async () => {
  whole = await finished();
  certified = (await certificateOf(SMALL)).result;
  const { model, options } = SMALL;
  foreign.set(
    "model",
    await finished(undefined, { model: defineModel({ ...model, particles: 11 }), options } as Request),
  );
  foreign.set("seed", await finished(undefined, { model, options: { ...options, seed: 8n } } as Request));
});

/** The victim's bytes as another version of the package, or of its streams, would have written them: good but for the id. */
function asWrittenBy(other: Partial<Manifest["spec"]>): Buffer {
  const { spec, samples, level } = manifestIn(whole.path);
  const { id } = manifestOf({ spec: { ...spec, ...other }, samples, level });
  return encoded(id, VICTIM);
}

function encoded(id: string, chunk: Chunk): Buffer {
  const bytes = readFileSync(chunkPath(whole.path, NAME));
  const block = new Float64Array(
    bytes.buffer.slice(bytes.byteOffset + PARTS.block, bytes.byteOffset + bytes.length - 32),
  );
  return Buffer.concat(encode(id, chunk, [block]));
}

const manifestIn = (path: string) => JSON.parse(readFileSync(join(path, "manifest.json"), "utf8")) as Manifest;

function flip(path: string, byte: number, bit = 0): void {
  const bytes = readFileSync(path);
  bytes[byte < 0 ? bytes.length + byte : byte] ^= 1 << bit;
  writeFileSync(path, bytes);
}

/** Damages of a chunk's file, and the reason that is given for each. */
const DAMAGES: [string, (path: string) => void, string][] = [
  ["cut short by a byte", (path) => truncateSync(path, sizeOf(path) - 1), "where 288 belong: cut short or foreign"],
  ["cut down to nothing", (path) => truncateSync(path, 0), "it has 0 bytes where 288 belong: cut short or foreign"],
  ["longer by a byte", (path) => writeFileSync(path, "x", { flag: "a" }), "it has 289 bytes where 288 belong"],
  ["a bit of its magic flipped", (path) => flip(path, PARTS.magic), "it is no file of a chunk"],
  ["a bit of its id flipped", (path) => flip(path, PARTS.id, 7), ANOTHER_CHECKSUM],
  ["a bit of its first replica flipped", (path) => flip(path, PARTS.first + 6, 4), ANOTHER_CHECKSUM],
  ["a bit of its level flipped", (path) => flip(path, PARTS.level + 6), ANOTHER_CHECKSUM],
  ["a bit of its length flipped", (path) => flip(path, PARTS.length), ANOTHER_CHECKSUM],
  ["the last bit of a number flipped", (path) => flip(path, PARTS.block + 16), ANOTHER_CHECKSUM],
  ["a bit of its checksum flipped", (path) => flip(path, -1), ANOTHER_CHECKSUM],
  ["nothing but zeros", (path) => writeFileSync(path, Buffer.alloc(sizeOf(path))), "it is no file of a chunk"],
  ["a chunk of another model", (path) => cpSync(chunkPath(foreign.get("model")!.path, NAME), path), ANOTHER_RUN],
  ["a chunk of another seed", (path) => cpSync(chunkPath(foreign.get("seed")!.path, NAME), path), ANOTHER_RUN],
  ["a chunk of another version", (path) => writeFileSync(path, asWrittenBy({ mesoflux: "0.0.1" })), ANOTHER_RUN],
  ["a chunk of another stream", (path) => writeFileSync(path, asWrittenBy({ stream: 1 })), ANOTHER_RUN],
  ["a chunk of another engine", (path) => writeFileSync(path, asWrittenBy({ wasm: "0".repeat(64) })), ANOTHER_RUN],
  ["another chunk of this run", (path) => cpSync(chunkPath(whole.path, OTHER), path), `it is the chunk ${OTHER}`],
  [
    "a chunk of another size, signed by this run",
    (path) => writeFileSync(path, encoded(manifestIn(whole.path).id, { first: 8, level: 1 })),
    "it is the chunk 0000000000000008-01.chunk",
  ],
  ["a folder", (path) => (rmSync(path), mkdirSync(join(path, "inside"), { recursive: true })), "it is no file"],
];

const sizeOf = (path: string) => readFileSync(path).length;

describe("a file in the place of a chunk is refused, the rest is kept, and the chunk is run again", () => {
  test.each(DAMAGES)("%s", async (_, damage, why) => {
    const path = copied(whole);
    const victim = chunkPath(path, NAME);
    damage(victim);

    const { result, status } = await (await RunFolder.open(path)).merge();
    expect(status.refused).toEqual([{ path: victim, why: expect.stringContaining(why) }]);
    expect(status.missing).toEqual([{ first: 8, replicas: 4 }]);
    expect(result.replicas).toBe(12);
    expect(result.certificate.spans).toEqual([
      { first: 3, replicas: 5 },
      { first: 12, replicas: 7 },
    ]);
    // Exactly the ensemble of the rest.
    expect(await replay(result.certificate)).toMatchObject({ same: true });

    const folder = await RunFolder.open(path);
    expect(await folder.compute({ workers: 1 })).toEqual(status.refused);
    expect(namesIn(path)).toEqual([...namesIn(whole.path), `${NAME}.refused`].sort());
    expect(readFileSync(victim)).toEqual(readFileSync(chunkPath(whole.path, NAME)));
    expect(await folder.status()).toMatchObject({ finished: 16, missing: [], refused: [] });
    expect(await fingerprintOf(path)).toBe(certified);
  });

  test("a second time, too, whatever was moved aside before", async () => {
    const path = copied(whole);
    const victim = chunkPath(path, NAME);
    const damages = DAMAGES.filter(([name]) => ["a folder", "cut down to nothing"].includes(name));
    for (const [, damage] of [...damages, ...damages, ...damages.reverse()]) {
      damage(victim);
      expect(await (await RunFolder.open(path)).compute({ workers: 1 })).toHaveLength(1);
      expect(await fingerprintOf(path)).toBe(certified);
    }
    // Nothing that was moved aside is lost either.
    expect(namesIn(path).filter((name) => name.endsWith(".refused"))).toHaveLength(6);
  });

  test("one chunk asked for by itself", async () => {
    const path = copied(whole);
    const folder = await RunFolder.open(path);
    expect(await folder.ensure(VICTIM)).toBe(false);
    flip(chunkPath(path, NAME), 100);
    expect(await folder.ensure(VICTIM)).toBe(true);
    expect(await folder.ensure(VICTIM)).toBe(false);
    expect(namesIn(path)).toContain(`${NAME}.refused`);
    expect(await fingerprintOf(path)).toBe(certified);
  });
});

describe("a file beside the chunks is named and left alone", () => {
  test.each([
    ["the copy of a chunk, of replicas that are none of the run's", "0000000000000020-02.chunk"],
    ["the copy of a chunk under the name of a smaller one, which overlaps", "0000000000000008-01.chunk"],
    ["and of a larger one", "0000000000000000-04.chunk"],
    ["another's notes", "notes.txt"],
  ])("%s", async (_, name) => {
    const path = copied(whole);
    cpSync(chunkPath(path, NAME), chunkPath(path, name));
    const folder = await RunFolder.open(path);
    const refused = [{ path: chunkPath(path, name), why: "it has not the name of a chunk of this run" }];
    // Chunks are run by the files of their names alone.
    expect(await folder.compute({ workers: 1 })).toEqual([]);
    const { result, status } = await folder.merge();
    expect(status).toMatchObject({ finished: 16, missing: [], refused });
    expect(result.certificate.result).toBe(certified);
    expect(existsSync(chunkPath(path, name))).toBe(true);
  });
});

test("a file that is being written is no fault, and is removed when the run is whole, since its writer has died", async () => {
  const path = copied(whole);
  const unfinished = chunkPath(path, `${NAME}.0.tmp`);
  writeFileSync(unfinished, "");
  rmSync(chunkPath(path, NAME));
  const folder = await RunFolder.open(path);
  expect((await folder.status()).refused).toEqual([]);
  await folder.merge();
  expect(existsSync(unfinished)).toBe(true);
  await folder.compute({ workers: 1 });
  await folder.merge();
  expect(namesIn(path)).toEqual(namesIn(whole.path));
});

describe("a manifest that is not to be trusted", () => {
  const refusal = (path: string) =>
    RunFolder.open(path).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
  const again = "; move it away and begin the same run here again: finished chunks are found";

  test("whichever character of it is another", async () => {
    const path = copied(whole);
    const file = join(path, "manifest.json");
    const good = readFileSync(file);
    const upTo = numbersFrom(1);
    for (let at = 0; at < good.length - 1; at++) {
      const bad = Buffer.from(good);
      const isDigit = /\d/.test(String.fromCharCode(bad[at]));
      if (isDigit) bad[at] = 48 + ((bad[at] - 48 + 1 + upTo(9)) % 10);
      else bad[at] ^= 1 << upTo(8);
      writeFileSync(file, bad);
      const error = await refusal(path);
      expect(error, bad.toString()).toBeInstanceOf(StoreError);
      expect(error!.message).toMatch(new RegExp(`^${file}: is damaged: .*${again}$`));
    }
    writeFileSync(file, good);
    expect(await fingerprintOf(path)).toBe(certified);
  });

  test.each([
    ["cut short", (text: string) => text.slice(0, 200), "it is no JSON"],
    ["empty", () => "", "it is no JSON"],
    ["of something else", () => '{ "name": "chain" }', "it is no manifest of a run folder"],
    ["a list", () => "[]", "it is no manifest of a run folder"],
  ])("%s", async (_, damage, why) => {
    const path = copied(whole);
    const file = join(path, "manifest.json");
    writeFileSync(file, damage(readFileSync(file, "utf8")));
    const error = await refusal(path);
    expect(error).toBeInstanceOf(StoreError);
    expect(error!.message).toBe(`${file}: is damaged: ${why}${again}`);
    await expect(RunFolder.create(path, SMALL)).rejects.toThrow(error!.message);
    // The advice of the error helps.
    renameSync(file, `${file}.damaged`);
    const folder = await RunFolder.create(path, SMALL, LEVEL);
    expect(await folder.status()).toMatchObject({ finished: 16 });
    expect(await fingerprintOf(path)).toBe(certified);
  });

  test.each([{ mesoflux: "0.0.1" }, { wasm: "0".repeat(64) }])("of another version: %o", async (other) => {
    const path = copied(whole);
    const { spec, samples, level } = manifestIn(path);
    const manifest = manifestOf({ spec: { ...spec, ...other }, samples, level });
    writeFileSync(join(path, "manifest.json"), JSON.stringify(manifest));
    const error = await refusal(path);
    expect(error).toBeInstanceOf(StoreError);
    const version = `${"mesoflux" in other ? "0.0.1" : spec.mesoflux} (engine ${"wasm" in other ? "00000000" : ""}`;
    expect(error!.message).toContain(`${path}: was begun by mesoflux ${version}`);
    expect(error!.message).toMatch(/; go on with that one$/);
  });

  test("a folder in its place", async () => {
    const path = temporary();
    mkdirSync(join(path, "manifest.json"));
    expect((await refusal(path))!.message).toBe(`${join(path, "manifest.json")}: cannot be read: it is a folder`);
  });

  test("none: an empty folder, and none at all", async () => {
    for (const path of [temporary(), join(temporary(), "none")]) {
      const error = await refusal(path);
      expect(error).toBeInstanceOf(StoreError);
      expect(error!.message).toBe(`${path}: holds no run: there is no manifest.json`);
    }
  });

  test("of another run: what differs is named", async () => {
    const { model, options } = SMALL;
    const other = { model, options: { ...options, seed: 8n, times: [0.5] } } as Request;
    await expect(RunFolder.create(whole.path, other)).rejects.toThrow(
      `${whole.path}: holds another run:\n  seed: "7", not "8"\n  times: [0.5,1], not [0.5]\ntake another folder`,
    );
    await expect(RunFolder.create(whole.path, SMALL, 3)).rejects.toThrow("chunk: 4, not 8");
  });
});

test("with no chunk there is nothing to merge, and that is said", async () => {
  const folder = await RunFolder.create(join(temporary(), "run"), SMALL, LEVEL);
  await expect(folder.merge()).rejects.toThrow(`${folder.path}: no chunk is finished`);
  // A file in the place of the folder of chunks.
  writeFileSync(join(folder.path, "chunks"), "");
  for (const use of [() => folder.merge(), () => folder.status(), () => folder.compute({ workers: 1 })]) {
    await expect(use()).rejects.toBeInstanceOf(StoreError);
  }
});

test("a thousand folders with up to three damages: nothing crashes, and only whole chunks are folded in", async () => {
  const upTo = numbersFrom(2);
  const names = namesIn(whole.path);
  const good = new Map(names.map((name) => [name, readFileSync(chunkPath(whole.path, name))]));
  const manifest = readFileSync(join(whole.path, "manifest.json"));
  const strangers = [...foreign.values()].map(({ path }) => chunkPath(path, ""));

  /** Fingerprints of what is left when only those chunks are there. */
  const fingerprints = new Map<string, string>();
  async function fingerprint(kept: readonly string[]): Promise<string> {
    const key = kept.join();
    if (!fingerprints.has(key)) {
      const path = copied(whole);
      for (const name of names) if (!kept.includes(name)) rmSync(chunkPath(path, name));
      fingerprints.set(key, await fingerprintOf(path));
    }
    return fingerprints.get(key)!;
  }

  /** Does something to the file `name`, if it is there; it may be another's name afterwards. */
  const damages: ((path: string, name: string) => void)[] = [
    (path, name) => edit(path, name, (bytes) => ((bytes[upTo(bytes.length)] ^= 1 << upTo(8)), bytes)),
    (path, name) => edit(path, name, (bytes) => bytes.subarray(0, upTo(bytes.length))),
    (path, name) => edit(path, name, (bytes) => Buffer.concat([bytes, Buffer.alloc(1 + upTo(600), upTo(256))])),
    (path, name) => edit(path, name, (bytes) => bytes.fill(0, upTo(bytes.length))),
    (path, name) => rmSync(chunkPath(path, name), { force: true }),
    (path, name) => cpSync(join(strangers[upTo(strangers.length)], name), chunkPath(path, name)),
    (path, name) => {
      // Under another name of the grid, or under one that is none.
      const copy = chunkPath(path, [...names, "0000000000000008-01.chunk"][upTo(names.length + 1)]);
      if (existsSync(chunkPath(path, name))) writeFileSync(copy, readFileSync(chunkPath(path, name)));
    },
    (path, name) => {
      const [one, other] = [chunkPath(path, name), chunkPath(path, names[upTo(names.length)])];
      if (one === other || !existsSync(one) || !existsSync(other)) return;
      const bytes = readFileSync(one);
      cpSync(other, one);
      writeFileSync(other, bytes);
    },
    (path) => {
      const file = join(path, "manifest.json");
      flip(file, upTo(sizeOf(file)), upTo(8));
    },
  ];
  function edit(path: string, name: string, change: (bytes: Buffer) => Buffer): void {
    const file = chunkPath(path, name);
    if (!existsSync(file)) return;
    const bytes = readFileSync(file);
    if (bytes.length > 0) writeFileSync(file, change(bytes));
  }

  const path = copied(whole);
  const counts = { refused: 0, missing: 0, whole: 0, empty: 0, unreadable: 0 };
  for (let round = 0; round < 1000; round++) {
    for (const name of namesIn(path)) rmSync(chunkPath(path, name));
    for (const [name, bytes] of good) writeFileSync(chunkPath(path, name), bytes);
    writeFileSync(join(path, "manifest.json"), manifest);
    for (let n = 1 + upTo(3); n > 0; n--) damages[upTo(damages.length)](path, names[upTo(names.length)]);

    const found = new Map(namesIn(path).map((name) => [name, readFileSync(chunkPath(path, name))]));
    const intact = names.filter((name) => found.get(name)?.equals(good.get(name)!));
    const damaged = [...found.keys()].filter((name) => !intact.includes(name));
    try {
      const { result, status } = await (await RunFolder.open(path)).merge();
      expect(result.certificate.result, `round ${round}`).toBe(await fingerprint(intact));
      expect(status.refused.map((file) => basename(file.path)).sort(), `round ${round}`).toEqual(damaged);
      expect(status.finishedChunks).toBe(intact.length);
      counts[damaged.length > 0 ? "refused" : intact.length < names.length ? "missing" : "whole"]++;
    } catch (error) {
      if (!(error instanceof MesofluxError)) throw error;
      const isManifest = !readFileSync(join(path, "manifest.json")).equals(manifest);
      expect(isManifest || intact.length === 0, `round ${round}: ${error.message}`).toBe(true);
      counts[isManifest ? "unreadable" : "empty"]++;
    }
  }
  // The damages did something.
  expect(counts.refused).toBeGreaterThan(500);
  expect(counts.missing).toBeGreaterThan(30);
  expect(counts.unreadable).toBeGreaterThan(100);
  expect(fingerprints.size).toBeGreaterThan(20);
});
