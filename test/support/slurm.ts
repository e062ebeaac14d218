/** The node of examples/slurm in a folder of its own, with this package's `mesoflux` on the PATH of its jobs. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const example = fileURLToPath(new URL("../../examples/slurm", import.meta.url));
const main = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));

/** The jobs that `submit.sh` started. */
export interface Submission {
  readonly array: string;
  readonly merge: string;
}

export interface Job {
  /** COMPLETED, FAILED, ... */
  readonly state: string;
  readonly exitCode: number;
  /** Number of times that it was queued again. */
  readonly restarts: number;
}

export class Slurm {
  /** Jobs run and write their logs here. */
  readonly folder = mkdtempSync(join(tmpdir(), "mesoflux-slurm-"));
  private readonly node = join(this.folder, "node");
  private readonly environment: NodeJS.ProcessEnv;

  constructor() {
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "mesoflux"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, { mode: 0o755 });
    this.environment = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  }

  /** Starts what is not running. */
  async start(): Promise<void> {
    const printed = await this.run(join(example, "one-node.sh"), "start", this.node);
    this.environment.SLURM_CONF = /^export SLURM_CONF=(.*)$/m.exec(printed)![1];
  }

  /** Kills the node with all its jobs. */
  async crash(): Promise<void> {
    await this.run(join(example, "one-node.sh"), "crash", this.node);
  }

  /** Ends everything and removes the folder. */
  async stop(): Promise<void> {
    await this.run(join(example, "one-node.sh"), "stop", this.node);
    rmSync(this.folder, { recursive: true });
  }

  async submit(shards: number, out: string, ...options: string[]): Promise<Submission> {
    const printed = await this.run(
      join(example, "submit.sh"),
      String(shards),
      out,
      join(example, "model.json"),
      ...options,
    );
    const [, array, merge] = /^array (\d+)\nmerge (\d+)\n$/.exec(printed)!;
    return { array, merge };
  }

  /** Waits for a shard to be at work and gives the process of its `mesoflux`. */
  async processOf(out: string, shard: string): Promise<number> {
    for (;;) {
      // pgrep exits 1 while there is none.
      const found = await this.run("pgrep", "-f", `main\\.js run .*--out ${out} --shard ${shard} `).catch(() => "");
      if (found !== "") return Number(found.trim());
      await sleep(100);
    }
  }

  /** The shell of the job, given the process of its `mesoflux`. */
  async shellOf(pid: number): Promise<number> {
    return Number(await this.run("ps", "-o", "ppid=", "-p", String(pid)));
  }

  /** Waits until nothing of it is in the queue. */
  async finished({ array, merge }: Submission): Promise<void> {
    while ((await this.run("squeue", "--noheader", "--jobs", `${array},${merge}`)) !== "") await sleep(500);
  }

  async job(id: string): Promise<Job> {
    const shown = await this.run("scontrol", "show", "job", id);
    const field = (pattern: RegExp) => pattern.exec(shown)![1];
    return {
      state: field(/JobState=(\w+)/),
      exitCode: Number(field(/ExitCode=(\d+)/)),
      restarts: Number(field(/Restarts=(\d+)/)),
    };
  }

  logOf(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  private async run(program: string, ...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(program, args, { cwd: this.folder, env: this.environment });
    return stdout;
  }
}
