/** Arrays in NumPy's format NPY 1.0: a header, which is a Python literal, then the numbers in C order, little-endian. */

export interface NumpyArray {
  readonly name: string;
  /** Doubles, 64-bit integers, or a text of the given number of code points. */
  readonly dtype: "<f8" | "<i8" | `<U${number}`;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  /** The numbers in C order, in parts of any length. */
  readonly parts: () => Iterable<ArrayBufferView>;
}

/** NumPy can map a file into memory when its numbers start at a multiple of this. */
const ALIGNMENT = 64;
/** "\x93NUMPY", version 1.0, and the two bytes of the header's length. */
const PREAMBLE = 10;

export function npyHeader({ dtype, shape }: NumpyArray): Uint8Array {
  const tuple = shape.map((size) => `${size},`).join(" ");
  const literal = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const length = Math.ceil((PREAMBLE + literal.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = Buffer.alloc(length, " ");
  header.write("\x93NUMPY\x01\x00", "latin1");
  header.writeUInt16LE(length - PREAMBLE, PREAMBLE - 2);
  header.write(literal, PREAMBLE, "latin1");
  header.write("\n", length - 1);
  return header;
}

/** Size of an array without its header, in bytes. */
export function byteLength({ dtype, shape }: NumpyArray): number {
  const item = dtype.startsWith("<U") ? 4 * Number(dtype.slice(2)) : 8;
  return shape.reduce((product, size) => product * size, item);
}

export function doubles(name: string, shape: readonly number[], parts: () => Iterable<Float64Array>): NumpyArray {
  return { name, dtype: "<f8", shape, parts };
}

export function integers(name: string, shape: readonly number[], parts: () => Iterable<BigInt64Array>): NumpyArray {
  return { name, dtype: "<i8", shape, parts };
}

/** A scalar: `str(array)` in Python. */
export function text(name: string, value: string): NumpyArray {
  const points = Uint32Array.from(Array.from(value, (character) => character.codePointAt(0)!));
  return { name, dtype: `<U${points.length}`, shape: [], parts: () => [points] };
}
