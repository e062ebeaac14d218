/** The chunks of a run folder as files: reads and writes them, and finds those that are missing or refused. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { chunks, type Block, type Chunk } from "../ensemble/alignedTree.ts";
import { reducersOf } from "../ensemble/reducers/index.ts";
import type { RunPlan } from "../ensemble/runPlan.ts";
import { StoreError } from "../errors.ts";
import { decode, encode, fileName, sizeOf } from "./chunkFile.ts";
import { asStoreError, makeFolder, reasonOf, UNFINISHED, writeWhole } from "./files.ts";
import { turnIfDue } from "../turns.ts";

/** The ending of refused files that were moved aside. */
const REFUSED = ".refused";

/** A finished chunk. */
export interface Finished {
  /** The chunk. */
  readonly chunk: Chunk;
  /** Exchanges in its replicas; steps for "mesoscopic". */
  readonly events: number;
  /** Time at which it was written, in seconds since 1970. */
  readonly written: number;
}

/** A file that cannot be used for the run. */
export interface Refused {
  /** Path of the file. */
  readonly path: string;
  /** The reason. */
  readonly why: string;
}

/** The content of a run folder. */
export interface Survey {
  /** The finished chunks, in the order of replicas. */
  readonly finished: readonly Finished[];
  /** The chunks that have no file, or one that is refused. */
  readonly missing: readonly Chunk[];
  /** The files whose content is not what their name says. */
  readonly refused: readonly Refused[];
}

export class ChunkStore {
  private readonly folder: string;
  private isPrepared = false;

  constructor(
    folder: string,
    private readonly id: string,
    private readonly plan: RunPlan,
  ) {
    this.folder = join(folder, "chunks");
  }

  /** All chunks of the run, in order. */
  all(): Generator<Chunk, void> {
    return chunks(this.plan.span, this.plan.level);
  }

  /** @throws StoreError */
  async write(chunk: Chunk, blocks: readonly Block[]): Promise<void> {
    try {
      await writeWhole(this.pathOf(chunk), encode(this.id, chunk, blocks));
    } catch (error) {
      // Another process may have written this chunk and removed temporary files.
      if (typeof this.read(chunk) !== "object") throw error;
    }
  }

  /**
   * Makes the folder and checks that it can be written to.
   * @throws StoreError
   */
  async prepare(): Promise<void> {
    if (this.isPrepared) return;
    // A survey by another process passes over files of this ending.
    const probe = join(this.folder, `probe${UNFINISHED}`);
    await makeFolder(this.folder);
    try {
      await writeWhole(probe, [new Uint8Array(1)]);
    } catch (error) {
      throw error instanceof StoreError ? new StoreError(this.folder, error.what, { cause: error.cause }) : error;
    }
    await rm(probe, { force: true });
    this.isPrepared = true;
  }

  /** True if there is a file of the chunk's name. */
  has(chunk: Chunk): boolean {
    return existsSync(this.pathOf(chunk));
  }

  /** A chunk's blocks, or the reason why its file is refused; undefined if there is no file. */
  read(chunk: Chunk): Block[] | string | undefined {
    const path = this.pathOf(chunk);
    const lengths = reducersOf(this.plan).map(({ length }) => length(2 ** chunk.level));
    const expected = { id: this.id, chunk, lengths };
    try {
      const file = statSync(path);
      if (!file.isFile()) return "it is no file";
      const size = sizeOf(expected);
      if (file.size !== size) return `it has ${file.size} bytes where ${size} belong: cut short or foreign`;
      return decode(readFileSync(path), expected);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      return `it cannot be read: ${reasonOf(error)}`;
    }
  }

  /** The chunks without a file, in order. Lists the names of files and reads none. */
  async unwritten(): Promise<Chunk[]> {
    const names = await this.names();
    return [...this.all()].filter((chunk) => !names.has(fileName(chunk)));
  }

  /** Reads all files of the folder, one at a time. */
  async survey(visit?: (chunk: Chunk, blocks: Block[]) => void): Promise<Survey> {
    const found = await this.readAll(this.all(), visit);
    const strangers = await this.names();
    for (const chunk of this.all()) strangers.delete(fileName(chunk));
    const refused = [...strangers]
      .filter((name) => !name.endsWith(UNFINISHED) && !name.endsWith(REFUSED))
      .map((name) => ({ path: join(this.folder, name), why: "it has not the name of a chunk of this run" }));
    return { ...found, refused: [...found.refused, ...refused] };
  }

  /** Reads the files of these chunks, one at a time. */
  async readAll(chunks: Iterable<Chunk>, visit?: (chunk: Chunk, blocks: Block[]) => void): Promise<Survey> {
    const finished: Finished[] = [];
    const missing: Chunk[] = [];
    const refused: Refused[] = [];
    for (const chunk of chunks) {
      await turnIfDue(() => false);
      const blocks = this.read(chunk);
      if (typeof blocks === "object") {
        visit?.(chunk, blocks);
        const written = statSync(this.pathOf(chunk), { throwIfNoEntry: false })?.mtimeMs ?? NaN;
        finished.push({ chunk, events: blocks[0][1], written: written / 1000 });
        continue;
      }
      missing.push(chunk);
      if (blocks !== undefined) refused.push({ path: this.pathOf(chunk), why: blocks });
    }
    return { finished, missing, refused };
  }

  /** Renames a chunk's refused file, beside those renamed before, so that the chunk can be run again. */
  async setAside(chunk: Chunk): Promise<void> {
    const path = this.pathOf(chunk);
    let aside = `${path}${REFUSED}`;
    for (let n = 2; existsSync(aside); n++) aside = `${path}.${n}${REFUSED}`;
    try {
      await rename(path, aside);
    } catch (error) {
      // Another process has moved it.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw asStoreError(error, path, "cannot be moved");
    }
  }

  /** Removes temporary files of writers that died; only when no chunk is missing, so that nobody is writing one. */
  async tidy(): Promise<void> {
    for (const name of await this.names()) {
      // A file that cannot be removed does no harm.
      if (name.endsWith(UNFINISHED)) await rm(join(this.folder, name), { force: true }).catch(() => undefined);
    }
  }

  private async names(): Promise<Set<string>> {
    try {
      return new Set(await readdir(this.folder));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Set();
      throw asStoreError(error, this.folder, "cannot be read");
    }
  }

  private pathOf(chunk: Chunk): string {
    return join(this.folder, fileName(chunk));
  }
}
