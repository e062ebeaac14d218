/** A real Redis server of the test's own, which keeps nothing on disk: when it is killed, all that it held is lost. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort, listens } from "./ports.ts";

export class RedisServer {
  private readonly folder = mkdtempSync(join(tmpdir(), "mesoflux-redis-"));
  private process: ChildProcess | undefined;

  private constructor(readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.start();
    return server;
  }

  private get runs(): boolean {
    return this.process !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Starts it if it does not run, on the same port as before, and waits until it listens. */
  async start(): Promise<void> {
    if (this.runs) return;
    const flags = [
      "--port",
      this.port,
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      this.folder,
    ];
    this.process = spawn("redis-server", flags.map(String), { stdio: "ignore" });
    for (let tries = 0; !(await listens(this.port)); tries++) {
      if (tries === 100 || !this.runs) throw new Error("redis-server does not start");
      await pause(100);
    }
  }

  async kill(): Promise<void> {
    if (!this.runs) return;
    const ended = once(this.process!, "exit");
    this.process!.kill("SIGKILL");
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }
}
