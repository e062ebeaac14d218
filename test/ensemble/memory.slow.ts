/** Peak memory of whole processes: flat in replicas, and below 300 MB a worker. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const dist = fileURLToPath(new URL("../../dist/src", import.meta.url));
const MEGABYTE = 2 ** 20;

/** Bytes that a process of its own holds at most, while it does this. */
function peakOf(what: string): number {
  const script = `import { defineModel, simulate } from "${dist}/index.js";
    import { RunFolder } from "${dist}/store/index.js";
    ${what}
    console.log(process.resourceUsage().maxRSS);`;
  return 1024 * Number(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
}

const small = "defineModel({ cells: 2, particles: 1, temperatures: [1, 2] })";
const long = "defineModel({ cells: 1000, particles: 2, temperatures: [1, 2] })";
const ensemble = (model: string, replicas: number, workers: number) =>
  peakOf(`await simulate(${model}, { replicas: ${replicas}, times: [0.5], workers: ${workers} });`);

test("ten million replicas of a small model take what a million take", () => {
  const few = ensemble(small, 1e6, 2);
  const many = ensemble(small, 1e7, 2);
  expect(many).toBeLessThan(300 * MEGABYTE);
  expect(many - few).toBeLessThan(50 * MEGABYTE);
});

test("ten thousand replicas of a thousand cells, covariances included, take what a thousand take", () => {
  const few = ensemble(long, 1e3, 2);
  const many = ensemble(long, 1e4, 2);
  // Two workers, each with its blocks, and this side of them.
  expect(many).toBeLessThan(2 * 300 * MEGABYTE);
  expect(many - few).toBeLessThan(100 * MEGABYTE);
  expect(ensemble(long, 1e3, 1)).toBeLessThan(300 * MEGABYTE);
});

test("samples that go to a run folder take no more when there are ten times as many", () => {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-memory-"));
  const kept = (replicas: number) => {
    const request = `{ model: ${small}, options: { replicas: ${replicas}, times: [0.25, 0.5], samples: true } }`;
    return peakOf(`const folder = await RunFolder.create(${JSON.stringify(join(folder, String(replicas)))}, ${request});
      await folder.compute({ workers: 2 });
      await folder.merge();`);
  };
  try {
    const [few, many] = [kept(2e5), kept(2e6)];
    // 2e6 replicas are 100 MB of observations.
    expect(many).toBeLessThan(2 * 300 * MEGABYTE);
    expect(many - few).toBeLessThan(100 * MEGABYTE);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
