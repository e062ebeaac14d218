/**
 * Comma-separated values by RFC 4180: a header, then a row a line, lines ended by CRLF. Nothing in a table needs quotes.
 * Numbers are the shortest that read back to the same bits, with NaN and Infinity as those words.
 */
import type { Table } from "./table.ts";

/** Characters that are handed on together. */
const PIECE = 2 ** 18;

/** The text of the file, in pieces. */
export function* csv({ columns, batches }: Table): Iterable<string> {
  let text = columns.map(({ name }) => name).join(",") + "\r\n";
  for (const batch of batches()) {
    for (let r = 0; r < batch[0].length; r++) {
      text += written(batch[0][r]);
      for (let k = 1; k < batch.length; k++) text += "," + written(batch[k][r]);
      text += "\r\n";
      if (text.length >= PIECE) {
        yield text;
        text = "";
      }
    }
  }
  yield text;
}

/** String(-0) is "0". */
function written(value: number | string): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
