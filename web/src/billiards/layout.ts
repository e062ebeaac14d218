/** Where the cells of a table are drawn: in one row, or in as few as keep them large enough to see. */

interface Box {
  /** CSS pixels that there are. */
  readonly width: number;
  readonly cells: number;
  /** A cell's length and height. */
  readonly length: number;
  readonly height: number;
}

export interface Layout {
  readonly rows: number;
  /** Cells of a row; the last may have fewer. */
  readonly perRow: number;
  /** CSS pixels in a unit of length. */
  readonly scale: number;
  /** CSS pixels from the left edge to the first cell, and from a row to the next. */
  readonly left: number;
  readonly rowHeight: number;
}

/** CSS pixels around the cells, for lines and for disks that reach through a hole at a row's end. */
export const MARGIN = 8;
/** The least scale, at which a disk of a hundred is a dot. */
const LEAST = 12;
/** CSS pixels of a row at most. */
const HIGHEST = 260;

export function layOut({ width, cells, length, height }: Box): Layout {
  const room = Math.max(1, width - 2 * MARGIN);
  const scaleIn = (perRow: number) => Math.min(room / (perRow * length), HIGHEST / height);
  let rows = 1;
  while (rows < cells && scaleIn(Math.ceil(cells / rows)) < LEAST) rows++;
  const perRow = Math.ceil(cells / rows);
  const scale = scaleIn(perRow);
  const left = (width - perRow * length * scale) / 2;
  return { rows: Math.ceil(cells / perRow), perRow, scale, left, rowHeight: height * scale + 2 * MARGIN };
}
