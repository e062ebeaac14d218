/** Tables as CSV and Parquet both write them: named columns with a type, and rows in batches. */

/** Integers are held in doubles until they are written, which is exact up to 2^53. */
export type ColumnType = "int32" | "int64" | "double" | "string";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** The values of one column in the rows of a batch. */
export type Values = Float64Array | string[];

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Values of each column, all of one length. A batch may be overwritten by the next. */
  readonly batches: () => Iterable<readonly Values[]>;
}

/** Numbers in a batch: 32 MiB of them, a good size of a Parquet row group. */
const BATCH = 2 ** 22;

/** Number of rows of a batch, from its columns. */
export function rowsAtOnce(columns: number): number {
  return Math.max(1, Math.floor(BATCH / columns));
}

/** One direction of a grid, with the coordinates along it. */
export interface Axis extends Column {
  readonly values: Float64Array;
}

/** Coordinates first, first + 1, ...: cells, bonds. */
export function numbered(name: string, first: number, size: number): Axis {
  return { name, type: "int32", values: Float64Array.from({ length: size }, (_, k) => first + k) };
}

/** The times of an ensemble. */
export function timed(times: Float64Array): Axis {
  return { name: "time", type: "double", values: times };
}

/**
 * Row-major arrays over a grid in long form: a row for each point, which starts with its coordinates.
 * @param values an array over the grid for each column; columns without one are left out.
 */
export function grid(
  name: string,
  axes: readonly Axis[],
  values: Readonly<Record<string, Float64Array | undefined>>,
): Table {
  const measured = Object.entries(values).filter((entry): entry is [string, Float64Array] => entry[1] !== undefined);
  const rows = pointsOf(axes);
  const columns = [...axes, ...measured.map(([name]): Column => ({ name, type: "double" }))];
  return {
    name,
    columns,
    *batches() {
      const step = rowsAtOnce(columns.length);
      for (let start = 0; start < rows; start += step) {
        const end = Math.min(rows, start + step);
        yield [...coordinates(axes, start, end), ...measured.map(([, array]) => array.subarray(start, end))];
      }
    },
  };
}

/** Coordinates of the points start, ..., end - 1 of a row-major grid, axis by axis. */
function coordinates(axes: readonly Axis[], start: number, end: number): Float64Array[] {
  return axes.map(({ values }, a) => {
    const stride = pointsOf(axes.slice(a + 1));
    const at = (point: number) => values[Math.floor(point / stride) % values.length];
    return Float64Array.from({ length: end - start }, (_, r) => at(start + r));
  });
}

function pointsOf(axes: readonly Axis[]): number {
  return axes.reduce((product, { values }) => product * values.length, 1);
}
