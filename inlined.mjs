// Writes bytes as the text that src/bytes.ts reads, where its form stands.

/** The characters, two of which say that another one follows. */
const CHARACTERS = Array.from({ length: 90 }, (_, i) => String.fromCharCode(37 + i)).filter((c) => !"\\`".includes(c));
const FREQUENT = CHARACTERS.length - 2;

export function textOf(bytes) {
  const counts = new Array(256).fill(0);
  for (const b of bytes) counts[b]++;
  const byCount = counts.map((_, b) => b).sort((a, b) => counts[b] - counts[a] || a - b);
  const isFrequent = new Set(byCount.slice(0, FREQUENT));
  const frequent = counts.map((_, b) => b).filter((b) => isFrequent.has(b));
  const others = counts.map((_, b) => b).filter((b) => !isFrequent.has(b));
  const texts = [];
  frequent.forEach((b, i) => (texts[b] = CHARACTERS[i + 2]));
  others.forEach((b, i) => (texts[b] = CHARACTERS[Math.floor(i / FREQUENT)] + CHARACTERS[i % FREQUENT]));
  const digit = (b) => [0, 1, 2, 3].reduce((sum, i) => sum + (isFrequent.has(b + i) ? 2 ** i : 0), 0).toString(16);
  const digits = Array.from({ length: 64 }, (_, i) => digit(4 * i));
  return digits.join("") + Array.from(bytes, (b) => texts[b]).join("");
}
