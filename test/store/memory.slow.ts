/** The memory of an export does not grow with the replicas whose samples it writes. */
import { expect, test } from "vitest";
import type { Ensemble } from "../../src/index.ts";
import type { Moments } from "../../src/kernel.ts";
import type { SampleBatch } from "../../src/store/export/exportable.ts";
import { exportResult } from "../../src/store/export/exportResult.ts";
import { FORMATS } from "../../src/store/export/exportable.ts";
import { model, newFolder, run } from "../support/exports.ts";

const T = 8;
const N = model.cells;
const BATCH = 4096;
/** Bytes that the host may allocate between two garbage collections, whatever it runs. */
const SLACK = 64 * 2 ** 20;

test.each(FORMATS)("%s, from R to 4 R replicas", async (format) => {
  const { certificate } = await run("mean", 1);
  const zeros = (size: number) => new Float64Array(size);
  // Numbers of many digits, as those of a run are.
  const numbers = (size: number) => Float64Array.from({ length: size }, (_, i) => 1 + ((i * 0.6180339887498949) % 1));
  const energies = numbers(BATCH * T * N);
  const transferred = numbers(BATCH * T * (N + 1));

  /** The most that heap and buffers hold beyond what they held at the start, seen at every batch. */
  const growth = async (batches: number) => {
    const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    const before = held();
    let most = before;
    const samples = function* (): Iterable<SampleBatch> {
      for (let batch = 0; batch < batches; batch++) {
        most = Math.max(most, held());
        yield { first: batch * BATCH, replicas: BATCH, energies, transferred };
      }
    };
    const replicas = batches * BATCH;
    const result = {
      times: zeros(T),
      replicas,
      events: 0,
      mean: zeros(T * N),
      transferred: zeros(T * (N + 1)),
      certificate,
    };
    await exportResult({ model, result: result as Ensemble<Moments>, samples }, format, await newFolder());
    return most - before;
  };
  // 7 and 28 million numbers: two row groups of Parquet, and seven.
  const [few, many] = [await growth(24), await growth(96)];
  expect(many).toBeLessThan(few + SLACK);
});
