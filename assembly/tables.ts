/**
 * The table that `Elementary.log` reads: for the midpoints c of its 128 intervals 1/c and log c, both rounded to nearest. Filled
 * at the start (functions.ts), because a page would load 2 kB more that no compression makes smaller.
 *
 * Here and elsewhere constants of vector loops live in memory, because V8 rebuilds a v128 literal inside a loop with
 * several instructions where a load, before the loop, puts it in a register.
 */

/** (2^1024 / c as bits, log c) for each midpoint. */
export const LOG_TABLE: usize = memory.data(2048, 16);
