/**
 * NumPy's NPZ: a zip archive of NPY files. They are stored, not compressed, as `numpy.savez` does: almost all bits of a
 * double are random.
 */
import { Zip, ZipPassThrough } from "fflate";
import { StoreError } from "../../errors.ts";
import { byteLength, npyHeader, type NumpyArray } from "./npy.ts";

/** Lengths and offsets in a zip archive have 32 bits, and fflate knows no extension of it. */
const LARGEST = 2 ** 32 - 1;
/** Upper bound of the bytes that the archive and NPY add to an array. */
const OVERHEAD = 1024;
/** The first day that a zip archive can name, so that the same arrays always make the same bytes. */
const EPOCH = new Date(1980, 0, 1);

/**
 * The bytes of the file, in pieces.
 * @throws StoreError that names `path` if they are more than a zip archive can hold.
 */
export function* npz(arrays: readonly NumpyArray[], path: string): Iterable<Uint8Array> {
  const bytes = arrays.reduce((sum, array) => sum + byteLength(array) + OVERHEAD, 0);
  if (bytes > LARGEST)
    throw new StoreError(path, `would have ${bytes} bytes, and NPZ ends at 4 GiB: export to parquet`);

  const pieces: Uint8Array[] = [];
  const archive = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  for (const array of arrays) {
    const entry = new ZipPassThrough(`${array.name}.npy`);
    entry.mtime = EPOCH;
    archive.add(entry);
    entry.push(npyHeader(array));
    for (const { buffer, byteOffset, byteLength } of array.parts()) {
      entry.push(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
      yield* pieces.splice(0);
    }
    entry.push(new Uint8Array(0), true);
  }
  archive.end();
  yield* pieces;
}
