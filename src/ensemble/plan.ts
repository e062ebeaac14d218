/** Cuts an ensemble into chunks: pure arithmetic on replica numbers. */

/** Replicas [first, first + 2^level), `first` a multiple of 2^level. */
export interface Chunk {
  readonly first: number;
  readonly level: number;
}

/** Bytes that a chunk may take, if it can be helped. */
const CHUNK_BYTES = 2 ** 26;
/** A chunk holds this many replicas at most: its stack of blocks is `level` + 1 high. */
const MOST_LEVEL = 12;
/** Events that a chunk of several replicas aims at: about a second of work. */
const CHUNK_EVENTS = 2 ** 25;

/** The level of the chunks of a run of so many replicas, each of so many events; `bytes` is what a chunk takes. */
export function chunkLevel(eventsPerReplica: number, replicas: number, bytes: (level: number) => number): number {
  const most = Math.min(replicas, CHUNK_EVENTS / eventsPerReplica);
  let level = 0;
  while (level < MOST_LEVEL && 2 ** (level + 1) <= most && bytes(level + 1) <= CHUNK_BYTES) level++;
  return level;
}

/** The chunks of replicas [first, first + replicas), in order, each as large as alignment and `level` allow. */
export function* chunks(first: number, replicas: number, level: number): Generator<Chunk> {
  const end = first + replicas;
  for (let at = first; at < end;) {
    let size = 0;
    while (size < level && at % 2 ** (size + 1) === 0 && at + 2 ** (size + 1) <= end) size++;
    yield { first: at, level: size };
    at += 2 ** size;
  }
}
