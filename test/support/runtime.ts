/** Node, Deno and Bun: a process for each evaluation, which has the built package. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Engine } from "./engine.ts";

const program = fileURLToPath(new URL("evaluate.mjs", import.meta.url));

/** @param command what runs a program. */
export function runtime(command: string, ...args: string[]): Engine {
  return {
    async evaluate(work, argument) {
      const child = spawn(command, [...args, program], { stdio: ["pipe", "pipe", "inherit"] });
      const ended = once(child, "close") as Promise<[number | null]>;
      child.stdin.end(JSON.stringify({ source: String(work), argument }));
      const [printed, [code]] = await Promise.all([text(child.stdout), ended]);
      if (code !== 0) throw new Error(`${command} expected to end with code 0, got ${code}; it says why above`);
      return JSON.parse(printed) as never;
    },
    close: () => Promise.resolve(),
  };
}
