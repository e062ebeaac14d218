/** Models, times and durations in words. */
import type { Model, Rate } from "../model.ts";
import { nameOf } from "../rate/rate.ts";
import { SENTENCES } from "../report/glossary.ts";

/** The sentence on errors below a table of measurements. */
export const STANDARD_ERROR = `std. error: ${SENTENCES["std. error"]}`;

/** "10 cells between 1 and 2, rate "sqrt-sum", "thermal" baths". */
export function chainInWords({ cells, temperatures, rate, bath, exchange }: Model): string {
  const [T_L, T_R] = temperatures;
  const disks = exchange === "kinetic" ? ", disks that collide" : "";
  return `${counted(cells, "cell")} between ${T_L} and ${T_R}, rate ${rateInWords(rate)}, "${bath}" baths${disks}`;
}

/** ""s*sqrt(a+b)" with s = 2 times 3 capped at 5". */
export function rateInWords(rate: Rate): string {
  const values =
    "expression" in rate ? Object.entries(rate.parameters).map(([name, value]) => `${name} = ${value}`) : [];
  const parameters = values.length === 0 ? "" : ` with ${values.join(", ")}`;
  const scale = rate.scale === 1 ? "" : ` times ${rate.scale}`;
  const cap = rate.cap === null ? "" : ` capped at ${rate.cap}`;
  const scales = rate.scales ? " times a factor for each bond" : "";
  return `"${nameOf(rate)}"${parameters}${scale}${scales}${cap}`;
}

/** "1 cell", "2 cells". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Seconds in the unit that suits them: "0.4 s", "7 min", "3.2 h", "5.0 days", "12 years". */
export function duration(seconds: number): string {
  if (seconds < 0.1) return "under 0.1 s";
  if (seconds < 120) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  const days = seconds / 86_400;
  return days < 1000 ? `${days.toFixed(1)} days` : `${(days / 365.25).toPrecision(2)} years`;
}

/** The path quoted for a shell. */
export function quoted(path: string): string {
  return /^[\w./,:=@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
