/** Cuts an ensemble into chunks: pure arithmetic on replica numbers. */

/** Replicas [first, first + 2^level), `first` a multiple of 2^level. */
export interface Chunk {
  /** Number of its first replica. */
  readonly first: number;
  /** log2 of the number of its replicas. */
  readonly level: number;
}

/** Replicas [first, first + replicas). */
export interface Span {
  /** Number of its first replica. */
  readonly first: number;
  /** How many they are. */
  readonly replicas: number;
}

/** What decides how large chunks are. */
export interface ChunkNeeds {
  readonly eventsPerReplica: number;
  readonly replicas: number;
  /** The chunks that there should be at least, so that they can be shared out evenly. */
  readonly parts: number;
  /** Bytes of the blocks, and of the observations, of a chunk of 2^level replicas. */
  readonly blockBytes: (level: number) => number;
  readonly sampleBytes: (level: number) => number;
}

/** Events that a chunk of several replicas aims at: about a second of work. */
const CHUNK_EVENTS = 2 ** 25;
/** Runs of weeks have larger ones: so many files are as many as a folder should hold. */
const MOST_CHUNKS = 2 ** 20;
/** Bytes that a chunk may take, if it can be helped: copies of its observations wait to be sent and to be written. */
const BLOCK_BYTES = 2 ** 26;
const SAMPLE_BYTES = 2 ** 24;
/** More replicas than this are no chunk: its stack of blocks is `level` + 1 high. */
export const MOST_LEVEL = 24;

/** The level of the largest chunks of a run. */
export function chunkLevel({ eventsPerReplica, replicas, parts, blockBytes, sampleBytes }: ChunkNeeds): number {
  const most = Math.min(replicas / parts, Math.max(CHUNK_EVENTS / eventsPerReplica, replicas / MOST_CHUNKS));
  const fits = (level: number) => blockBytes(level) <= BLOCK_BYTES && sampleBytes(level) <= SAMPLE_BYTES;
  let level = 0;
  while (level < MOST_LEVEL && 2 ** (level + 1) <= most && fits(level + 1)) level++;
  return level;
}

/** The chunks of a span, in order, each as large as alignment and `level` allow. */
export function* chunks({ first, replicas }: Span, level: number): Generator<Chunk, void> {
  const end = first + replicas;
  for (let at = first; at < end;) {
    let size = 0;
    while (size < level && at % 2 ** (size + 1) === 0 && at + 2 ** (size + 1) <= end) size++;
    yield { first: at, level: size };
    at += 2 ** size;
  }
}

/** How many replicas are in these chunks. */
export function replicasIn(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { level }) => sum + 2 ** level, 0);
}

/** Replicas of these chunks, which are in order, with neighbours joined. */
export function spansOf(chunks: Iterable<Chunk>): Span[] {
  const spans: { first: number; replicas: number }[] = [];
  for (const { first, level } of chunks) {
    const last = spans.at(-1);
    if (last !== undefined && last.first + last.replicas === first) last.replicas += 2 ** level;
    else spans.push({ first, replicas: 2 ** level });
  }
  return spans;
}
