/** Distribution functions, as they are compared: at places, with the errors of replicas. */

/** The places, by the probability below them that one of the laws has. */
export const LEVELS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

const POINTS = 64;

/** A smooth function on [0, 1] by straight lines between POINTS + 1 of its values: off by less than f''/8 over POINTS². */
export function tabulated(f: (p: number) => number): (p: number) => number {
  const values = Array.from({ length: POINTS + 1 }, (_, i) => f(i / POINTS));
  return (p) => {
    const i = Math.min(POINTS - 1, Math.floor(p * POINTS));
    return values[i] + (p * POINTS - i) * (values[i + 1] - values[i]);
  };
}
