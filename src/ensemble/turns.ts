/** Turns of the event loop in the course of a computation, so that aborts and messages are heard. */

/** Milliseconds between two. */
const TURN = 40;

export class Turns {
  private last = performance.now();

  /** Lets the event loop run if it is time, and says whether it was. */
  async take(): Promise<boolean> {
    if (performance.now() - this.last < TURN) return false;
    await turn();
    this.last = performance.now();
    return true;
  }
}

/** A message to oneself comes back after one turn, where a timer would wait for 1 ms in Node and for 4 in a page. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
