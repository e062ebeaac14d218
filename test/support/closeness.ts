/** Distance of numbers from a reference: the worst entry, relative to the reference. */

/**
 * The largest |got - wanted| / max(|wanted|, floor·max|wanted|). With `floor` 0 every entry is held to its own size;
 * with `floor` 1 to the size of the largest. NaN if anything is.
 */
export function deviation(got: ArrayLike<number>, wanted: ArrayLike<number>, floor = 0): number {
  if (got.length !== wanted.length) throw new Error(`${got.length} numbers beside ${wanted.length}`);
  let scale = 0;
  for (let i = 0; i < wanted.length; i++) scale = Math.max(scale, Math.abs(wanted[i]));
  let worst = 0;
  for (let i = 0; i < wanted.length; i++) {
    if (got[i] === wanted[i]) continue;
    const relative = Math.abs(got[i] - wanted[i]) / Math.max(Math.abs(wanted[i]), floor * scale);
    if (Number.isNaN(relative)) return NaN;
    worst = Math.max(worst, relative);
  }
  return worst;
}
