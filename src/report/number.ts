/** Numbers in a report: four significant digits, whole numbers in full. */

/** Four significant digits, as 1.234e-5 below 1e-3 and from 1e4 on; whole numbers below 1e6 in full. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return String(value);
  const fixed = value.toPrecision(4);
  return size < 1e-3 || fixed.includes("e") ? value.toExponential(3).replace("e+", "e") : fixed;
}

/** The number as a page prints it: −1.234×10⁻⁵. */
export function typesetNumber(value: number): string {
  const [digits, power] = formatNumber(value).replace("inf", "∞").split("e");
  return digits.replace("-", "−") + (power === undefined ? "" : `×${powerOfTen(Number(power))}`);
}

/** 10⁻⁵ for -5. */
export function powerOfTen(power: number): string {
  return `10${[...String(power)].map((letter) => (letter === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(letter)])).join("")}`;
}
