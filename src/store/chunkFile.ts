/**
 * The file of a finished chunk: what it is a part of, what it holds, and a checksum of it all. Numbers are 64 bits wide,
 * little-endian.
 *
 *   0         8                  40      48      56             64
 *   ┌─────────┬──────────────────┬───────┬───────┬──────────────┬───────────────────────────────┬────────────────┐
 *   │ "mfx 1" │ id of the run    │ first │ level │ length of    │ block | observed:             │ sha256 of what │
 *   │         │ (sha256)         │       │       │ the block    │ replicas x T x (E, inflow)    │ comes before   │
 *   └─────────┴──────────────────┴───────┴───────┴──────────────┴───────────────────────────────┴────────────────┘
 *
 * The block is that of the aligned tree (assembly/moments.ts), or the sums of a steady state (ensemble/replicaSums.ts);
 * observations are there if the run keeps samples.
 */
import { createHash } from "node:crypto";
import type { Chunk } from "../ensemble/plan.ts";

const MAGIC = Buffer.from("mfx 1\0\0\0", "latin1");
const ID = 8;
const FIRST = 40;
const HEADER = 64;
const CHECKSUM = 32;

/** What a chunk left. */
export interface ChunkContent {
  readonly block: Float64Array<ArrayBuffer>;
  readonly observed: Float64Array<ArrayBuffer> | undefined;
}

/** What the file of a chunk has to be. */
export interface Expected {
  /** Of the run. */
  readonly id: string;
  readonly chunk: Chunk;
  /** Numbers in its block, and in its observations. */
  readonly block: number;
  readonly observed: number;
}

/** The name of a chunk's file. */
export function fileName({ first, level }: Chunk): string {
  return `${String(first).padStart(16, "0")}-${String(level).padStart(2, "0")}.chunk`;
}

/** The file's parts, to be written one after the other. */
export function encode(id: string, { first, level }: Chunk, { block, observed }: ChunkContent): Uint8Array[] {
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header.write(id, ID, "hex");
  new Float64Array(header.buffer, header.byteOffset + FIRST, 3).set([first, level, block.length]);
  const parts = [header, bytesOf(block), ...(observed ? [bytesOf(observed)] : [])];
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return [...parts, hash.digest()];
}

/** The bytes that such a file takes. */
export function sizeOf({ block, observed }: Expected): number {
  return HEADER + 8 * (block + observed) + CHECKSUM;
}

/** What the file holds, or why it is refused. */
export function decode(file: Buffer<ArrayBuffer>, expected: Expected): ChunkContent | string {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) return "it is no file of a chunk";
  const end = file.length - CHECKSUM;
  if (end < HEADER) return "it is cut short";
  const checksum = createHash("sha256").update(file.subarray(0, end)).digest();
  if (!checksum.equals(file.subarray(end))) return "its checksum is another: it is cut short or damaged";
  if (file.toString("hex", ID, FIRST) !== expected.id) return "it is a chunk of another run";
  const [first, level, block] = [0, 8, 16].map((at) => file.readDoubleLE(FIRST + at));
  const { chunk } = expected;
  if (first !== chunk.first || level !== chunk.level) return `it is the chunk ${fileName({ first, level })}`;
  if (block !== expected.block || file.length !== sizeOf(expected)) return "it does not hold what this run keeps";
  const numbers = new Float64Array(file.buffer.slice(file.byteOffset + HEADER, file.byteOffset + end));
  return { block: numbers.slice(0, block), observed: expected.observed > 0 ? numbers.subarray(block) : undefined };
}

function bytesOf(numbers: Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
