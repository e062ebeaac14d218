/** Colours of energies, from cold to hot: violet, blue-green, yellow, each lighter than the one before. */
const SHADES = 64;

const shades = Array.from({ length: SHADES }, (_, i) => {
  const x = i / (SHADES - 1);
  return `oklch(${(0.34 + 0.56 * x).toFixed(3)} ${(0.13 + 0.04 * x).toFixed(3)} ${(290 - 200 * x).toFixed(1)})`;
});

/** The colour between cold, 0, and hot, 1; values outside have the colour of the end. */
export function shade(x: number): string {
  return shades[Math.round(Math.min(Math.max(x, 0), 1) * (SHADES - 1))];
}

/** The colour scale as a CSS gradient. */
export const gradient = `linear-gradient(to right, ${shades.filter((_, i) => i % 9 === 0).join(", ")})`;
