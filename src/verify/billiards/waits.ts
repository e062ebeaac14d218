/**
 * Waits from one collision through the hole to the next. The paper: exponential. The mean is 1/φ(M). At R = 1 short
 * waits are too many, because pairs that have just met meet again, which small disks do less often (BILLIARDS 6.7).
 *
 * A wait is seen if it ends before the replica does. So that no wait is the likelier seen for being short, those that begin
 * in the last LONGEST mean waits are left out, and of the others only the part below LONGEST mean waits is compared.
 */
import type { Comparison } from "../measure/check.ts";
import { largestDifference } from "../measure/statistics.ts";
import { against, ratioOf, type Seen, summed } from "./ratios.ts";
import { rateOf } from "./twoCells.ts";

/** In mean waits. */
const LONGEST = 5;
/** Ends of intervals of waits, in mean waits. */
const ENDS = [0, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.4, 2, 3, LONGEST];

export interface Waits {
  /** The waits that are compared. */
  readonly count: number;
  /** P(wait <= w), w in mean waits, against 1 - e^-w, where a part is expected to have a wait on either side of w. */
  readonly levels: readonly (Comparison & { readonly at: number })[];
  /** The part of the waits that is in an interval over that of an exponential law, at its middle. */
  readonly parts: readonly (Comparison & { readonly at: number })[];
  /** sup |F_n - F| up to LONGEST. */
  readonly distance: number;
}

export function waitsOf(seen: Seen): Waits {
  const { events, time } = seen;
  const mean = 1 / rateOf(seen).measured;
  const isCompared = (i: number) => events.time[i] <= time - LONGEST * mean;
  const waits = Float64Array.from({ length: events.count }, (_, i) => {
    const isLast = i + 1 === events.count || events.replica[i + 1] !== events.replica[i];
    return isLast ? Infinity : (events.time[i + 1] - events.time[i]) / mean;
  });
  const begun = summed(seen, (i) => (isCompared(i) ? 1 : 0));
  const upTo = (w: number) => summed(seen, (i) => (isCompared(i) && waits[i] <= w ? 1 : 0));
  const exponential = (w: number) => -Math.expm1(-w);
  const count = begun.reduce((sum, each) => sum + each, 0);
  const isSeenOften = (at: number) => count * Math.min(exponential(at), Math.exp(-at)) >= seen.replicas * seen.parts;
  return {
    count,
    levels: ENDS.slice(1)
      .filter(isSeenOften)
      .map((at) => ({ at, ...against(ratioOf(upTo(at), begun), exponential(at)) })),
    parts: ENDS.slice(1).map((high, b) => {
      const low = ENDS[b];
      const expected = exponential(high) - exponential(low);
      const inside = summed(seen, (i) => (isCompared(i) && waits[i] > low && waits[i] <= high ? 1 : 0));
      const { measured, standardError } = ratioOf(inside, begun);
      const at = b === 0 ? high / 2 : Math.sqrt(low * high);
      return { at, predicted: 1, measured: measured / expected, standardError: standardError / expected };
    }),
    distance: largestDifference(
      waits.filter((_, i) => isCompared(i)),
      exponential,
      LONGEST,
    ),
  };
}
