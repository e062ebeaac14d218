/** What the bonds have carried, from the energies and the one inflow that the engine keeps. */

/**
 * The energy that each bond has carried from left to right since time 0, into `current`, N+1 numbers:
 * Q_k = Q_{k-1} - (E_k(t) - E_k(0)), from the inflow Q_0 on. The engine counts no more either (moments.ts).
 * @param observed one observation: E_1..E_N, inflow.
 */
export function carriedBy(observed: Float64Array, initial: Float64Array, current: Float64Array): void {
  const cells = initial.length;
  let carried = observed[cells];
  current[0] = carried;
  for (let k = 1; k <= cells; k++) {
    carried -= observed[k - 1] - initial[k - 1];
    current[k] = carried;
  }
}

/**
 * What each bond carried from the first observation of a replica to the last: N+1.
 * @param observed times x (E_1..E_N, inflow).
 */
export function carriedIn(observed: Float64Array, start: Float64Array): Float64Array {
  const width = start.length + 1;
  const before = new Float64Array(width);
  const carried = new Float64Array(width);
  carriedBy(observed.subarray(0, width), start, before);
  carriedBy(observed.subarray(-width), start, carried);
  return carried.map((Q, k) => Q - before[k]);
}
