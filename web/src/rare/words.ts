/** What the card of rare events says: numbers as powers of ten, and sentences. */
import { show, signed } from "../dom.ts";
import type { Count, Predictions, RareAnswer } from "./count.ts";
import type { ChosenEvent } from "./event.ts";

/** A number of which the natural logarithm is known. */
export function power(logarithm: number, digits = 3): string {
  if (logarithm === -Infinity) return "0";
  const exponent = Math.floor(logarithm / Math.LN10);
  const value = Number(`${Math.exp(logarithm - exponent * Math.LN10).toFixed(15)}e${exponent}`);
  if (value > 0) return show(value, digits);
  // Below the least number.
  return `10^${signed((logarithm / Math.LN10).toFixed(1))}`;
}

export const eventOf = ({ cell, energy, time, mean }: ChosenEvent) =>
  `P(E_${cell} ${energy >= mean ? ">" : "<"} ${energy} at t = ${time})`;

/** The number with its standard error, in units of which the number is known. */
export const counted = ({ logProbability, relativeError }: Count): string =>
  logProbability === -Infinity ? "not met yet" : `${power(logProbability)} ± ${percent(relativeError)}`;

const percent = (part: number) => `${show(100 * part, 2)}%`;

/** How far the two predictions are off. */
export function comparison({ instanton, particles, logGaussian }: Predictions, { logProbability }: Count): string {
  const powers = (logProbability - logGaussian) / Math.LN10;
  const factor = logProbability + particles * instanton.action;
  if (!Number.isFinite(powers)) return "";
  return (
    `The Gaussian of the limit’s mean and variance is ${show(Math.abs(powers), 2)} powers of ten too ` +
    `${powers > 0 ? "small" : "large"}; e^-MA has the exponent, and is to be multiplied by ${power(factor, 2)}.`
  );
}

/** @param speed paths a second. */
export function plainWords({ logProbability }: Count, speed: number): string {
  if (logProbability === -Infinity || !(speed > 0)) return "";
  const logSeconds = -logProbability - Math.log(speed);
  return `A plain simulation at this speed, ${show(speed, 2)} paths a second, would see it once in ${duration(logSeconds)}.`;
}

const UNITS = [
  ["years", 365.25 * 86_400],
  ["days", 86_400],
  ["hours", 3600],
  ["minutes", 60],
] as const;

function duration(logSeconds: number): string {
  const [unit, seconds] = UNITS.find(([, length]) => logSeconds > Math.log(2 * length)) ?? ["seconds", 1];
  return `${power(logSeconds - Math.log(seconds), 2)} ${unit}`;
}

/** Whether the error bar is to be believed; computed from the weights of the paths. */
export function verdict({ warnings, effectivePaths, largestShare, check }: RareAnswer): string {
  const plain = check
    ? ` A plain simulation saw it ${show(check.hits)} times in ${show(check.replicas)}: z = ${signed(check.z.toFixed(2))}.`
    : "";
  if (warnings.length > 0) return `The error bar cannot be trusted: ${warnings.join("; ")}.${plain}`;
  return (
    `Nothing speaks against the error bar: the paths are worth ${show(Math.floor(effectivePaths))} of equal weight, ` +
    `and the heaviest of them has ${percent(largestShare)} of the sum.${plain}`
  );
}

/** How far the threshold is from the limit. */
export function placeOf({ energy, mean, deviation }: ChosenEvent): string {
  const z = (energy - mean) / deviation;
  return `${show(Math.abs(z), 3)} standard deviations ${z >= 0 ? "above" : "below"} the limit, ${show(mean)}`;
}

export const OTHER_BATHS =
  "With thermal baths in place of the paper’s: of those one large packet B·Exp(T) is likelier than any path that leads up step by step.";
