/**
 * Workers that share the chunks of a run. Each has an engine and a memory of its own and is always one chunk ahead, so
 * that it need not wait for its owner. A worker that crashes is replaced, and what it had not answered is run again.
 */
import { OutOfMemoryError, WorkerError } from "../errors.ts";
import type { OpenWorker } from "../platform.ts";
import { Hand, LostError, type Task } from "./hand.ts";
import type { Harvest, Runner } from "./job.ts";
import type { Chunk } from "./plan.ts";

/** Chunks that a worker has at a time. */
const AHEAD = 2;
/** A chunk that loses this many workers is at fault itself. */
const MOST_LOSSES = 3;

export class Crew implements Runner {
  readonly lanes: number;
  private readonly hands: Hand[];
  private aborted = false;

  private constructor(
    size: number,
    private readonly task: Task,
    private readonly open: OpenWorker | undefined,
  ) {
    this.lanes = AHEAD * size;
    this.hands = Array.from({ length: size }, () => Hand.engage(task, open));
  }

  /**
   * Opens that many workers.
   * @param open how; tests open some that crash.
   * @throws WorkerError if there are none to be had; OutOfMemoryError if one has no room for a chunk.
   */
  static async open(size: number, task: Task, open?: OpenWorker): Promise<Crew> {
    let crew: Crew | undefined;
    try {
      crew = new Crew(size, task, open);
      await Promise.all(crew.hands.map((hand) => hand.isReady));
      return crew;
    } catch (error) {
      crew?.close();
      throw notStarted(error);
    }
  }

  async run(chunk: Chunk, lane: number): Promise<Harvest> {
    const at = lane % this.hands.length;
    for (let losses = 1; ; losses++) {
      const hand = this.hands[at];
      try {
        return await hand.run(chunk);
      } catch (error) {
        if (!(error instanceof LostError)) throw error;
        if (this.aborted) return { replicas: 0, events: 0, nodes: [], observed: undefined, leftAt: undefined };
        if (losses === MOST_LOSSES) {
          const replicas = `replicas ${chunk.first} to ${chunk.first + 2 ** chunk.level - 1}`;
          throw new WorkerError(`${losses} workers have crashed over ${replicas}: ${error.message}`);
        }
        // The other lane of the same worker may have been here first.
        if (this.hands[at] === hand) this.hands[at] = this.successor();
      }
    }
  }

  private successor(): Hand {
    try {
      return Hand.engage(this.task, this.open);
    } catch (error) {
      throw notStarted(error);
    }
  }

  abort(): void {
    this.aborted = true;
    for (const hand of this.hands) hand.abort();
  }

  close(): void {
    for (const hand of this.hands) hand.dismiss();
  }
}

/** Why there are no workers. */
function notStarted(error: unknown): Error {
  if (error instanceof OutOfMemoryError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkerError(`workers cannot be started here: ${reason}; run with workers: 1`);
}
