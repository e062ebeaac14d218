/** Runs to export, and the files of an export read back. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { unzipSync } from "fflate";
import { parquetReadObjects } from "hyparquet";
import { onTestFinished } from "vitest";
import { defineModel, simulate, type Ensemble } from "../../src/index.ts";
import type { Moments } from "../../src/kernel.ts";
import type { Exportable, Format, SampleBatch } from "../../src/store/export/exportable.ts";
import { exportResult } from "../../src/store/export/exportResult.ts";

export const model = defineModel({ cells: 3, particles: 20, temperatures: [1, 2] });

export const TIMES = [0, 0.5, 1];
export const FIRST = 5;

/** Seven replicas, the first with number 5, seen at three times. */
export function run<M extends Moments>(moments: M, replicas = 7): Promise<Ensemble<M>> {
  return simulate(model, { replicas, times: TIMES, seed: 42n, firstReplica: FIRST, samples: true, moments });
}

/** A run with its samples, in batches of so many replicas. */
export function withSamples(result: Ensemble<Moments>, sizes: readonly number[]): Exportable {
  const T = result.times.length;
  const N = model.cells;
  const samples = function* (): Iterable<SampleBatch> {
    let done = 0;
    for (const replicas of sizes) {
      const part = (array: Float64Array, width: number) => array.slice(done * width, (done + replicas) * width);
      const energies = part(result.samples!, T * N);
      const transferred = part(result.transferredSamples!, T * (N + 1));
      yield { first: result.certificate.firstReplica + done, replicas, energies, transferred };
      done += replicas;
    }
  };
  return { model, result, samples };
}

/** A folder that goes when the test ends. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mesoflux-export-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Exports into a folder of its own; gives the files by name. */
export async function exported(source: Exportable, format: Format): Promise<Map<string, string>> {
  const paths = await exportResult(source, format, join(await newFolder(), "to", "here"));
  return new Map(paths.map((path) => [basename(path), path]));
}

/** A table's columns by name. */
export type Columns = Record<string, (number | string)[]>;

export async function readTable(format: "csv" | "parquet", path: string): Promise<Columns> {
  return format === "csv" ? readCsv(path) : readParquet(path);
}

function readCsv(path: string): Columns {
  const text = readFileSync(path, "latin1");
  if (!text.endsWith("\r\n")) throw new Error(`${path} ends within a line`);
  const [header, ...rows] = text
    .slice(0, -2)
    .split("\r\n")
    .map((line) => line.split(","));
  const value = (field: string) => (Number.isNaN(Number(field)) && field !== "NaN" ? field : Number(field));
  return Object.fromEntries(header.map((name, k) => [name, rows.map((row) => value(row[k]))]));
}

/** By hyparquet, whose bigints become numbers. Names of columns, if given, are all that is read. */
export async function readParquet(path: string, columns?: string[]): Promise<Columns> {
  const file = Uint8Array.from(readFileSync(path)).buffer;
  const rows: Record<string, bigint | number | string>[] = await parquetReadObjects({
    file,
    ...(columns && { columns }),
  });
  const value = (field: bigint | number | string) => (typeof field === "bigint" ? Number(field) : field);
  return Object.fromEntries(Object.keys(rows[0]).map((name) => [name, rows.map((row) => value(row[name]))]));
}

export interface NpyArray {
  readonly dtype: string;
  readonly shape: number[];
  readonly values: (number | string)[];
}

/** The arrays of an archive by name. */
export function readNpz(path: string): Record<string, NpyArray> {
  const entries = Object.entries(unzipSync(readFileSync(path)));
  return Object.fromEntries(entries.map(([name, bytes]) => [name.replace(/\.npy$/, ""), readNpy(bytes)]));
}

/** NPY 1.0, after NumPy's description of it. */
function readNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (Buffer.from(bytes.subarray(0, 8)).toString("latin1") !== "\x93NUMPY\x01\x00") throw new Error("not NPY 1.0");
  const start = 10 + view.getUint16(8, true);
  const header = Buffer.from(bytes.subarray(10, start)).toString("latin1");
  const [, dtype, tuple] = /^\{'descr': '(.*)', 'fortran_order': False, 'shape': \((.*)\), \} *\n$/.exec(header)!;
  if (start % 64 !== 0) throw new Error("numbers that are not aligned");
  const shape = [...tuple.matchAll(/\d+/g)].map(Number);
  const size = shape.reduce((product, n) => product * n, 1);
  const read = (k: number): number | string => {
    if (dtype === "<f8") return view.getFloat64(start + 8 * k, true);
    if (dtype === "<i8") return Number(view.getBigInt64(start + 8 * k, true));
    const points = Array.from({ length: Number(dtype.slice(2)) }, (_, i) => view.getUint32(start + 4 * i, true));
    return String.fromCodePoint(...points);
  };
  return { dtype, shape, values: Array.from({ length: size }, (_, k) => read(k)) };
}
