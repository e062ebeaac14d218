/** Writes a finished run as files for other programs. */
import { join } from "node:path";
import * as z from "zod/mini";
import { read, strict, word } from "../../validate.ts";
import { makeFolder, writeWhole } from "../files.ts";
import { arraysOf } from "./arrays.ts";
import { csv } from "./csv.ts";
import { type Exportable, type Format, FORMATS, readExportable } from "./exportable.ts";
import { npz } from "./npz.ts";
import { parquet } from "./parquet.ts";
import { tablesOf } from "./tables.ts";

/** Paths of files, and their contents in pieces that are made one at a time. */
type Files = (readonly [path: string, pieces: Iterable<Uint8Array | string>])[];

/**
 * Writes a result into `folder`, which is made if it is not there: a file for each table, or `result.npz`, and at last
 * `certificate.json`. Memory does not grow with the replicas (parquet.ts says what little does). Each file is written under a
 * temporary name, synced and renamed, so that none is ever half there.
 * @returns The paths written.
 * @throws InvalidInputError if the model is not that of the result, or the format none of them; StoreError if a file cannot
 *   be written; MesofluxError if the samples are not those of the result.
 */
export async function exportResult(input: Exportable, format: Format, folder: string): Promise<string[]> {
  const source = readExportable(input);
  read("arguments", strict({ format: word(FORMATS), folder: z.string({ error: "a path" }) }), { format, folder });
  await makeFolder(folder);
  const certificate = JSON.stringify(source.result.certificate, undefined, 2) + "\n";
  const files: Files = [...filesOf(source, format, folder), [join(folder, "certificate.json"), [certificate]]];
  for (const [path, pieces] of files) await writeWhole(path, pieces);
  return files.map(([path]) => path);
}

function filesOf(source: Exportable, format: Format, folder: string): Files {
  if (format === "npz") {
    const path = join(folder, "result.npz");
    return [[path, npz(arraysOf(source), path)]];
  }
  return tablesOf(source).map((table) => {
    const pieces = format === "csv" ? csv(table) : parquet(table, source.result.certificate);
    return [join(folder, `${table.name}.${format}`), pieces];
  });
}
