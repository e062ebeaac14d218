/**
 * Bytes as text that a page's gzip packs within a percent of the bytes themselves; as hexadecimal an engine took 11% more, as
 * base64 a third. The text is made by inlined.mjs:
 *
 *   64 digits    for each of the 256 values one bit, 1 if it is among the 86 most frequent
 *   characters   one of 86 for a frequent value; for another, one of two and then one of the 86
 *
 * The characters are those from % to ~ but for \ and `, which strings would escape.
 */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const values: [others: number[], frequent: number[]] = [[], []];
  for (let b = 0; b < 256; b++) values[(parseInt(text[b >> 2], 16) >> (b & 3)) & 1].push(b);
  const [others, frequent] = values;
  const code = (i: number) => {
    const c = text.charCodeAt(i);
    return c - 37 - (c > 92 ? (c > 96 ? 2 : 1) : 0);
  };
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 64; i < text.length; i++) {
    const first = code(i);
    bytes[length++] = first < 2 ? others[86 * first + code(++i)] : frequent[first - 2];
  }
  return bytes.slice(0, length);
}
