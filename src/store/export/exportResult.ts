/** A finished run as files for other programs. */
import { join } from "node:path";
import { makeFolder, writeWhole } from "../files.ts";
import { arraysOf } from "./arrays.ts";
import { csv } from "./csv.ts";
import type { Exportable, Format } from "./exportable.ts";
import { npz } from "./npz.ts";
import { parquet } from "./parquet.ts";
import { tablesOf } from "./tables.ts";

/** A file's path, and its content in pieces that are made one at a time. */
type Files = (readonly [path: string, pieces: Iterable<Uint8Array | string>])[];

const FILES: Record<Format, (source: Exportable, folder: string) => Files> = {
  csv: (source, folder) => tablesOf(source).map((table) => [join(folder, `${table.name}.csv`), csv(table)]),
  npz: (source, folder) => {
    const path = join(folder, "result.npz");
    return [[path, npz(arraysOf(source), path)]];
  },
  parquet: (source, folder) =>
    tablesOf(source).map((table) => {
      return [join(folder, `${table.name}.parquet`), parquet(table, source.result.certificate)];
    }),
};

/**
 * Writes a result into `folder`, which is made if it is not there: a file for each table, or `result.npz`, and at last
 * `certificate.json`. Memory does not grow with the replicas (parquet.ts says what little does). Each file is written under a
 * temporary name, synced and renamed, so that none is ever half there.
 * @returns The paths written.
 * @throws StoreError if a file cannot be written; MesofluxError if the samples are not those of the result.
 */
export async function exportResult(source: Exportable, format: Format, folder: string): Promise<string[]> {
  await makeFolder(folder);
  const certificate = JSON.stringify(source.result.certificate, undefined, 2) + "\n";
  const files: Files = [...FILES[format](source, folder), [join(folder, "certificate.json"), [certificate]]];
  for (const [path, pieces] of files) await writeWhole(path, pieces);
  return files.map(([path]) => path);
}
