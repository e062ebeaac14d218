/** The samples as one wide table: a row for each replica and time, a column for each cell and bond. */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Moments } from "../../kernel.ts";
import { allSamples, type SampleBatch } from "./exportable.ts";
import { rowsAtOnce, type Column, type Table, type Values } from "./table.ts";

/**
 * Columns replica, time, energy_1, ..., energy_N, carried_0, ..., carried_N: energies in the model's unit, and the energy
 * transferred from cell k to k+1 since time 0.
 */
export function samplesTable(
  N: number,
  { times, replicas }: Ensemble<Moments>,
  samples: () => Iterable<SampleBatch>,
): Table {
  const doubles = (name: string, first: number, size: number) =>
    Array.from({ length: size }, (_, k): Column => ({ name: `${name}_${first + k}`, type: "double" }));
  const columns: Column[] = [
    { name: "replica", type: "int64" },
    { name: "time", type: "double" },
    ...doubles("energy", 1, N),
    ...doubles("carried", 0, N + 1),
  ];
  const capacity = Math.min(replicas * times.length, rowsAtOnce(columns.length));
  return {
    name: "samples",
    columns,
    batches: () => regrouped(allSamples(samples, replicas), times, N, capacity),
  };
}

/** Regroups the samples, which come chunk by chunk, into batches of `capacity` rows. */
function* regrouped(
  samples: Iterable<SampleBatch>,
  times: Float64Array,
  N: number,
  capacity: number,
): Iterable<readonly Values[]> {
  const T = times.length;
  const columns = Array.from({ length: 2 * N + 3 }, () => new Float64Array(capacity));
  const [replica, time] = columns;
  const energy = columns.slice(2, N + 2);
  const transferred = columns.slice(N + 2);
  let filled = 0;
  for (const batch of samples) {
    for (let row = 0; row < batch.replicas * T; row++) {
      replica[filled] = batch.first + Math.floor(row / T);
      time[filled] = times[row % T];
      for (let k = 0; k < N; k++) energy[k][filled] = batch.energies[row * N + k];
      for (let k = 0; k <= N; k++) transferred[k][filled] = batch.transferred[row * (N + 1) + k];
      if (++filled === capacity) {
        yield columns;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield columns.map((column) => column.subarray(0, filled));
}
