/** sfc32 of PractRand, for simulations of the tests: one in BigInt takes longer than all the rest of them. */

/** Uniforms in (0, 1) of 52 bits, from three words of 32 bits. */
export function uniforms(a: number, b: number, c: number): () => number {
  let counter = 1;
  const word = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  return () => (word() * 2 ** 20 + (word() >>> 12) + 0.5) * 2 ** -52;
}
