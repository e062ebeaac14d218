/** How large the chunks of a run are. No number depends on it. */

/** Events that a chunk of several replicas aims at: about a second of work. */
const CHUNK_EVENTS = 2 ** 25;
/** Runs of weeks have larger chunks: more files than this are too many for a folder. */
const MOST_CHUNKS = 2 ** 20;
/** Bytes that a chunk may take, if it can be helped: copies of its observations wait to be sent and to be written. */
const BLOCK_BYTES = 2 ** 26;
const OBSERVED_BYTES = 2 ** 24;
/** More replicas than this are no chunk: its stack of blocks is `level` + 1 deep. */
export const MOST_LEVEL = 24;

/** The quantities that decide how large chunks are. */
export interface ChunkNeeds {
  readonly eventsPerReplica: number;
  readonly replicas: number;
  /** The least number of chunks, so that they can be shared out evenly. */
  readonly parts: number;
  /** Bytes of a block, and of the observations of a replica. */
  readonly blockBytes: number;
  readonly observedBytes: number;
}

/** The level of the largest chunks of a run. */
export function chunkLevel({ eventsPerReplica, replicas, parts, blockBytes, observedBytes }: ChunkNeeds): number {
  const most = Math.min(replicas / parts, Math.max(CHUNK_EVENTS / eventsPerReplica, replicas / MOST_CHUNKS));
  const fits = (level: number) =>
    blockBytes * (level + 1) <= BLOCK_BYTES && observedBytes * 2 ** level <= OBSERVED_BYTES;
  let level = 0;
  while (level < MOST_LEVEL && 2 ** (level + 1) <= most && fits(level + 1)) level++;
  return level;
}
