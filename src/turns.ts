/**
 * Turns of the event loop, shared by all long computations of a thread: however many run, the loop comes round often enough
 * for aborts, messages and a server's requests. No result depends on its clock.
 */
import { global } from "./platform.ts";

/** Milliseconds that the computations of a thread may take together between two turns of its event loop. */
const SLICE = 12;
/** Looks at the clock after which a turn is due whatever it says: some hosts stop it while a program computes. */
const MOST_LOOKS = 64;

interface Waiting {
  readonly resume: () => void;
  readonly isUrgent: () => boolean;
}

/** In the order of their turns. */
let waiting: Waiting[] = [];
let sliceEnd = 0;
let looks = 0;

/**
 * Lets the event loop run if that is due, and says whether it was. Computations go on one after the other, one a turn.
 * @param isUrgent true if it must not wait for the others, since it is about to end.
 */
export async function turnIfDue(isUrgent: () => boolean): Promise<boolean> {
  if (clock() < sliceEnd && ++looks < MOST_LOOKS) return false;
  await new Promise<void>((resume) => {
    waiting.push({ resume, isUrgent });
    if (waiting.length === 1) soon(turn);
  });
  return true;
}

function turn(): void {
  sliceEnd = clock() + SLICE;
  looks = 0;
  const [urgent, others] = [true, false].map((is) => waiting.filter((each) => each.isUrgent() === is));
  const [next, ...rest] = others;
  waiting = rest;
  for (const { resume } of [...urgent, ...(next ? [next] : [])]) resume();
  if (waiting.length > 0) soon(turn);
}

/** Kept from when the module was loaded: tests of an app may put false clocks and timers in their places. */
const performance = /* @__PURE__ */ global("performance");
const setTimer = /* @__PURE__ */ global("setTimeout");
const clearTimer = /* @__PURE__ */ global("clearTimeout");
const later = [
  /* @__PURE__ */ global("setImmediate"),
  /** A message to oneself comes back after one turn; a timer waits 4 ms in a page. */
  /* @__PURE__ */ throughChannel(global("MessageChannel")),
  setTimer,
];

function throughChannel(Channel: typeof MessageChannel | undefined): ((call: () => void) => void) | undefined {
  if (!Channel) return undefined;
  return (call) => {
    const { port1, port2 } = new Channel();
    port1.onmessage = () => {
      port1.close();
      call();
    };
    port2.postMessage(undefined);
  };
}

/** Calls after a turn of the event loop; where the host has no way to wait for one, without. */
function soon(call: () => void): void {
  for (const way of later) {
    try {
      if (way) return void way(call);
    } catch {
      // The next one, then.
    }
  }
  void Promise.resolve().then(call);
}

/**
 * Calls after a time, for which no process is kept from ending; never where the host has no timers.
 * @returns what takes the call back.
 */
export function afterTime(milliseconds: number, call: () => void): () => void {
  try {
    const timer = setTimer!(call, milliseconds);
    if (typeof timer === "object") timer.unref();
    return () => clearTimer!(timer);
  } catch {
    return () => undefined;
  }
}

let ticks = 0;

/** Milliseconds since some time; where the host hides its clock, the number of looks at it. */
export function clock(): number {
  try {
    if (performance) return performance.now();
  } catch {
    // Hidden.
  }
  return ++ticks;
}
