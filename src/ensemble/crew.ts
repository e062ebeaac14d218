/**
 * Workers that share the chunks of a run. Each has an engine and a memory of its own and is always one chunk ahead, so
 * that it need not wait for its owner. A worker that crashes is replaced, and what it had not answered is run again.
 */
import { OutOfMemoryError, WorkerError } from "../errors.ts";
import { openWorker, type OpenWorker, type WorkerPort } from "../platform.ts";
import { WORKER } from "../workerSource.ts";
import type { Harvest, Job, Runner } from "./job.ts";
import type { Done } from "./meter.ts";
import type { Chunk } from "./plan.ts";
import type { Answer, Order } from "./worker.ts";

/** Chunks that a worker has at a time. */
const AHEAD = 2;
/** A chunk that loses this many workers is at fault itself. */
const MOST_LOSSES = 3;

/** What the workers of a crew have in common. */
export interface CrewOptions {
  readonly module: WebAssembly.Module;
  readonly job: Job;
  /** Hears a few times a second what is done of the chunk that begins at `first`. */
  readonly onDone: (first: number, done: Done) => void;
  /** How workers are opened; tests open some that crash. */
  readonly open?: OpenWorker | undefined;
}

export class Crew implements Runner {
  readonly lanes: number;
  private readonly hands: Hand[];
  private aborted = false;

  private constructor(
    size: number,
    private readonly options: CrewOptions,
  ) {
    this.lanes = AHEAD * size;
    this.hands = Array.from({ length: size }, () => new Hand(options));
  }

  /**
   * Opens that many workers.
   * @throws WorkerError if there are none to be had; OutOfMemoryError if one has no room for a chunk.
   */
  static async open(size: number, options: CrewOptions): Promise<Crew> {
    let crew: Crew | undefined;
    try {
      crew = new Crew(size, options);
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
        hand.close();
      }
    }
  }

  private successor(): Hand {
    try {
      return new Hand(this.options);
    } catch (error) {
      throw notStarted(error);
    }
  }

  abort(): void {
    this.aborted = true;
    for (const hand of this.hands) hand.abort();
  }

  close(): void {
    for (const hand of this.hands) hand.close();
  }
}

/** Why there are no workers. */
function notStarted(error: unknown): Error {
  if (error instanceof OutOfMemoryError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkerError(`workers cannot be started here: ${reason}; run with workers: 1`);
}

/** A worker is gone, with what it had not answered. */
class LostError extends Error {}

/** One worker, and what it has not answered yet. */
class Hand {
  readonly isReady: Promise<void>;
  private readonly port: WorkerPort;
  private readonly unanswered = new Map<
    number,
    { readonly resolve: (harvest: Harvest) => void; readonly reject: (reason: Error) => void }
  >();
  private lost: Error | undefined;

  constructor({ module, job, onDone, open = openWorker }: CrewOptions) {
    this.port = open(WORKER);
    this.isReady = new Promise((ready, refuse) => {
      const end = (reason: Error) => {
        this.lost ??= reason;
        refuse(reason);
        for (const { reject } of this.unanswered.values()) reject(reason);
        this.unanswered.clear();
      };
      this.port.onEnd((reason) => end(new LostError(reason)));
      this.port.onMessage((message) => {
        const answer = message as Answer;
        if (answer.kind === "ready") ready();
        else if (answer.kind === "out of memory") end(new OutOfMemoryError(answer.bytes, answer.advice));
        else if (answer.kind === "done") {
          try {
            onDone(answer.first, answer.done);
          } catch (error) {
            // The listener's own: it ends the run.
            end(error as Error);
          }
        } else {
          this.unanswered.get(answer.first)?.resolve(answer.harvest);
          this.unanswered.delete(answer.first);
        }
      });
    });
    // Of a worker that took the place of another, only its chunks ask.
    this.isReady.catch(() => undefined);
    this.tell({ kind: "open", module, job });
  }

  run(chunk: Chunk): Promise<Harvest> {
    return new Promise((resolve, reject) => {
      if (this.lost) return reject(this.lost);
      this.unanswered.set(chunk.first, { resolve, reject });
      this.tell({ kind: "run", chunk });
    });
  }

  abort(): void {
    this.tell({ kind: "abort" });
  }

  close(): void {
    this.port.close();
  }

  private tell(order: Order): void {
    this.port.post(order);
  }
}
