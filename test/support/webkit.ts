/** The system's WebKit: WebKitGTK's MiniBrowser on a screen that nobody sees, over plain WebDriver. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "./engine.ts";
import { need } from "./need.ts";
import { freePort, listens } from "./ports.ts";
import { servePage } from "./served.ts";

/** Milliseconds that an evaluation may take. */
const PATIENCE = 600_000;
/** Milliseconds that the browser may take to start, and how often it may fail to: now and then it never answers. */
const START = 30_000;
const TRIES = 3;

/** @throws Error naming what to install. */
export async function openWebKit(): Promise<Engine> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}

async function start(): Promise<Engine> {
  const [driverPath, screenPath] = need([
    { program: "WebKitWebDriver", debianPackage: "webkit2gtk-driver" },
    { program: "Xvfb", debianPackage: "xvfb" },
  ]);
  // It takes a display that is free, and says which.
  const screen = spawn(screenPath, ["-displayfd", "3"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const display = await firstOutput(screen.stdio[3] as Readable);
  const port = await freePort();
  const driver = spawn(driverPath, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: `:${display}` },
    stdio: "ignore",
  });
  const served = await servePage();
  const stop = async () => {
    // A driver whose browser does not answer does not listen to milder ways; without its screen the browser ends.
    await end(driver, "SIGKILL");
    await end(screen, "SIGTERM");
    served.close();
  };
  try {
    while (!(await listens(port))) {
      if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with code ${driver.exitCode}`);
      await pause(50);
    }
    const signal = AbortSignal.timeout(START);
    const { sessionId } = await command<{ sessionId: string }>(port, "", { capabilities: {} }, { signal });
    const session = `/${sessionId}`;
    await command(port, `${session}/timeouts`, { script: PATIENCE }, { signal });
    await command(port, `${session}/url`, { url: served.url }, { signal });
    return {
      async evaluate(work, argument) {
        const script = `
          const [argument, done] = arguments;
          (async () => (${String(work)})(argument))().then(
            (value) => done({ value }),
            (error) => done({ error: String(error) }),
          );`;
        type Answer = { value: never; error?: string };
        const { value, error } = await command<Answer>(port, `${session}/execute/async`, { script, args: [argument] });
        if (error !== undefined) throw new Error(error);
        return value;
      },
      async close() {
        await command(port, session, undefined, { method: "DELETE" });
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A command of WebDriver's, at this path below /session. */
async function command<R>(
  port: number,
  path: string,
  body: unknown,
  { method = "POST", signal }: { method?: string; signal?: AbortSignal } = {},
): Promise<R> {
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }), ...(signal && { signal }) };
  const response = await fetch(`http://127.0.0.1:${port}/session${path}`, init);
  const { value } = (await response.json()) as { value: R & { message?: string } };
  if (!response.ok) throw new Error(`WebKitWebDriver refuses ${method} /session${path}: ${value.message}`);
  return value;
}

async function firstOutput(stream: Readable): Promise<string> {
  for await (const chunk of stream) return String(chunk).trim();
  throw new Error("Xvfb ended before it had a display");
}

async function end(process: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, "exit");
  process.kill(signal);
  await ended;
}
