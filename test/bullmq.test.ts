/** Errors of `mesoflux/bullmq` before it connects to Redis; test/cluster runs it on a real one. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { work, type WorkOptions } from "../src/bullmq/index.ts";
import { InvalidInputError } from "../src/index.ts";
import { packageWithout } from "./support/without.ts";

test("faults in the options are listed, all of them", async () => {
  const options = { connection: "redis://localhost", queue: "a:b", concurrency: 0, workers: 2 };
  const error: unknown = await work(options as unknown as WorkOptions).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(InvalidInputError);
  for (const field of ["connection", "queue", "concurrency", "workers"]) expect(String(error)).toContain(`"${field}"`);
});

test("without its packages it says what to install", () => {
  const folder = packageWithout(["bullmq", "ioredis"]);
  try {
    const program = `
      import { work } from "mesoflux/bullmq";
      await work({ connection: {} }).catch(({ name, message }) => console.log(name, message));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: folder });
    expect(output.toString()).toBe(
      "MissingPackageError mesoflux/bullmq needs packages that are not here: npm install bullmq ioredis\n",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
