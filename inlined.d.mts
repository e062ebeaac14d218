/** Bytes as the text that src/bytes.ts reads. */
export function textOf(bytes: Uint8Array): string;
