/** Random expressions of rates, the same for the same seed. */

/** Numbers in [0, 1): mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)];

const LEAVES = ["a", "b", "a", "b", "1", "2", "0.3", "5", "pi", "1e-3"];
const EXPONENTS = ["2", "0.5", "1.5", "-1", "-2", "0.3", "3", "-0.7", "(1/3)", "7"];

/** Most are positive, many rise, some do neither; subexpressions occur twice at times, as in g/(1+g). */
const SHAPES: readonly ((x: string, y: string, random: () => number) => string)[] = [
  (x, y) => `(${x}+${y})`,
  (x, y) => `(${x}+${y})`,
  (x, y) => `(${x}*${y})`,
  (x, y) => `${x}*${y}`,
  (x, y) => `(${x}/${y})`,
  (x, y) => `(${x}-${y})`,
  (x, y) => `min(${x},${y})`,
  (x, y) => `max(${x},${y},1)`,
  (x) => `sqrt(${x})`,
  (x) => `cbrt(${x})`,
  (x) => `exp(-${x})`,
  (x) => `exp(-1/${x})`,
  (x) => `expm1(${x})`,
  (x) => `(-expm1(-${x}))`,
  (x) => `log(1+${x})`,
  (x) => `log1p(${x})`,
  (x) => `tanh(${x})`,
  (x) => `abs(${x})`,
  (x) => `(-${x})`,
  (x) => `(1-exp(-${x}))`,
  (x) => `(${x}/(1+${x}))`,
  (x, y) => `(${x}/(${y}+${x}/2))`,
  (x) => `(2-exp(-${x}))`,
  (x, _, random) => `(${x})^${pick(random, EXPONENTS)}`,
];

/** An expression of at most `depth` levels; one in ten may have constants that are not finite. */
export function randomRate(random: () => number, depth: number): string {
  if (depth === 0 || random() < 0.1) return pick(random, LEAVES);
  const shape = pick(random, SHAPES);
  return shape(randomRate(random, depth - 1), randomRate(random, depth - 1), random);
}
