/**
 * The format of a finished chunk's file: the run and the chunk, the numbers, and a checksum of all of it. Numbers are 64
 * bits wide, little-endian.
 *
 *   0         8                  40      48      56             64
 *   ┌─────────┬──────────────────┬───────┬───────┬──────────────┬───────────────────────────────┬────────────────┐
 *   │ "mfx 1" │ id of the run    │ first │ level │ length of    │ a block for each              │ sha256 of what │
 *   │         │ (sha256)         │       │       │ first block  │ observable of the run         │ comes before   │
 *   └─────────┴──────────────────┴───────┴───────┴──────────────┴───────────────────────────────┴────────────────┘
 *
 * The blocks are those of the aligned tree (ensemble/reducers).
 */
import { createHash } from "node:crypto";
import type { Block, Chunk } from "../ensemble/alignedTree.ts";

const MAGIC = Buffer.from("mfx 1\0\0\0", "latin1");
const ID = 8;
const FIRST = 40;
const HEADER = 64;
const CHECKSUM = 32;

/** The requirements on the file of a chunk. */
interface Expected {
  /** The id of the run. */
  readonly id: string;
  readonly chunk: Chunk;
  /** Numbers in each of its blocks. */
  readonly lengths: readonly number[];
}

export function fileName({ first, level }: Chunk): string {
  return `${String(first).padStart(16, "0")}-${String(level).padStart(2, "0")}.chunk`;
}

/** The file's parts, to be written one after the other. */
export function encode(id: string, { first, level }: Chunk, blocks: readonly Block[]): Uint8Array[] {
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header.write(id, ID, "hex");
  new Float64Array(header.buffer, header.byteOffset + FIRST, 3).set([first, level, blocks[0].length]);
  const parts = [header, ...blocks.map(bytesOf)];
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return [...parts, hash.digest()];
}

/** The bytes that such a file takes. */
export function sizeOf({ lengths }: Expected): number {
  return HEADER + 8 * lengths.reduce((sum, length) => sum + length, 0) + CHECKSUM;
}

/** The blocks in a file, or the reason why it is refused. */
export function decode(file: Buffer<ArrayBuffer>, expected: Expected): Block[] | string {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) return "it is no file of a chunk";
  const end = file.length - CHECKSUM;
  if (end < HEADER) return "it is cut short";
  const checksum = createHash("sha256").update(file.subarray(0, end)).digest();
  if (!checksum.equals(file.subarray(end))) return "its checksum is another: it is cut short or damaged";
  if (file.toString("hex", ID, FIRST) !== expected.id) return "it is a chunk of another run";
  const [first, level, block] = [0, 8, 16].map((at) => file.readDoubleLE(FIRST + at));
  const { chunk, lengths } = expected;
  if (first !== chunk.first || level !== chunk.level) return `it is the chunk ${fileName({ first, level })}`;
  if (block !== lengths[0] || file.length !== sizeOf(expected)) return "it does not hold what this run keeps";
  const numbers = new Float64Array(file.buffer.slice(file.byteOffset + HEADER, file.byteOffset + end));
  let at = 0;
  return lengths.map((length) => numbers.slice(at, (at += length)));
}

function bytesOf(numbers: Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
