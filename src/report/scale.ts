/** The scale of an axis: its range, its ticks and their labels. */
import type { Axis } from "./data.ts";
import { powerOfTen } from "./number.ts";

interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Scale {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Ticks without labels: 2..9 times the powers of ten. */
  readonly minor: readonly number[];
}

/** Share by which a range is widened at either end, so that no dot touches the frame. */
const MARGIN = 0.04;
/** The largest value that is drawn, so that a range with its margins cannot overflow; its inverse on logarithmic axes. */
const LARGEST = 1e200;
/** The least relative width of a range: ticks in a narrower one would have too many digits to read. */
const LEAST_WIDTH = 1e-9;
/** Powers of ten that can be labelled side by side. */
const MOST_DECADES = 8;

/** True if a value can be drawn on the axis: finite, and positive where the axis is logarithmic. */
export function drawable(axis: Axis, value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) <= LARGEST && (!axis.log || value >= 1 / LARGEST);
}

/** The scale that shows every drawable one of `values`, with about `count` ticks if it is linear. */
export function scaleOf(axis: Axis, values: readonly number[], count: number): Scale {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!drawable(axis, value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return axis.log ? logScale(low, high, count) : linearScale(low, high, count);
}

function linearScale(low: number, high: number, count: number): Scale {
  if (low > high) [low, high] = [0, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  const margin = high - low > LEAST_WIDTH * size ? (high - low) * MARGIN : size / 10 || 1;
  const domain = [low - margin, high + margin] as const;
  return { type: "linear", domain, ticks: linearTicks(domain, count), minor: [] };
}

/** Host logarithms are good enough here: a figure is rounded to hundredths of a pixel. */
function logScale(low: number, high: number, count: number): Scale {
  if (low > high) [low, high] = [1, 10];
  const stretch = high - low > LEAST_WIDTH * high ? Math.exp(MARGIN * (Math.log(high) - Math.log(low))) : 2;
  const domain = [low / stretch, high * stretch] as const;
  const inside = (value: number) => domain[0] <= value && value <= domain[1];
  const first = exponentOf(domain[0]);
  const powers = Array.from({ length: exponentOf(domain[1]) - first + 1 }, (_, k) => first + k);
  const times = (factors: readonly number[]) =>
    powers.flatMap((power) => factors.map((factor) => decimal(factor, power))).filter(inside);

  const decades = powers.filter((power) => inside(decimal(1, power)));
  if (decades.length > MOST_DECADES) {
    const step = Math.ceil(decades.length / MOST_DECADES);
    const chosen = decades.filter((power) => power % step === 0);
    return { type: "log", domain, ticks: chosen.map(powerTick), minor: [] };
  }
  const minor = times([2, 3, 4, 5, 6, 7, 8, 9]);
  if (decades.length >= 3) return { type: "log", domain, ticks: decadeTicks(decades), minor };
  const few = times([1, 2, 5]);
  const ticks = few.length >= 3 ? few.map((value) => ({ value, label: plain(value) })) : linearTicks(domain, count);
  return { type: "log", domain, ticks, minor: few.length >= 3 ? minor : [] };
}

/** Multiples of 1, 2 or 5 times a power of ten: the finest of these steps that makes at most `count` + 1 ticks. */
function linearTicks([low, high]: readonly [number, number], count: number): Tick[] {
  const rough = (high - low) / count;
  const power = exponentOf(rough);
  const [factor, k] =
    rough <= decimal(2, power) ? [2, power] : rough <= decimal(5, power) ? [5, power] : [1, power + 1];
  const step = decimal(factor, k);
  const multiples: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) multiples.push(i * factor);

  const largest = Math.max(...multiples.map((multiple) => Math.abs(multiple)));
  const top = largest === 0 ? k : exponentOf(largest) + k;
  // Very small and very large numbers share the power of ten of the largest of them.
  const shared = top < -3 || top > 5 ? top : 0;
  const digits = Math.max(0, shared - k);
  return multiples.map((multiple) => {
    const number = decimal(multiple, k - shared)
      .toFixed(digits)
      .replace("-", "−");
    const value = decimal(multiple, k);
    return { value, label: shared === 0 ? number : multiple === 0 ? "0" : `${number}×${powerOfTen(shared)}` };
  });
}

/** Powers of ten as plain numbers if all of them are short. */
function decadeTicks(powers: readonly number[]): Tick[] {
  const short = powers.every((power) => -3 <= power && power <= 3);
  return powers.map((power) =>
    short ? { value: decimal(1, power), label: `${decimal(1, power)}` } : powerTick(power),
  );
}

function powerTick(power: number): Tick {
  return { value: decimal(1, power), label: powerOfTen(power) };
}

/** The label of a digit times a power of ten. */
function plain(value: number): string {
  const power = exponentOf(value);
  return -4 < power && power < 6 ? String(value) : `${value.toExponential().split("e")[0]}×${powerOfTen(power)}`;
}

/** The largest e with 10^e <= value. */
function exponentOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** factor · 10^power, rounded once. */
function decimal(factor: number, power: number): number {
  return Number(`${factor}e${power}`);
}
