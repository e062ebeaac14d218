/**
 * What exchanges move, drawn ahead, with p uniform and B_1, B_2 ~ Beta(1, M-1) (paper, section 2.2 and (2.1)).
 *
 * Between cells: the fraction (1-p) B_1 that cell k gives and the fraction p B_2 that it takes from cell k+1.
 * With a bath of temperature T: what the bath gives in units of T, 1-p times its packet (baths.ts), (1-p) B_1 ξ with
 * ξ ~ Exp(1) for the paper's; and the fraction p B_2 that it takes from the cell. p and 1-p have the same law, so that
 * one row serves either bath.
 *
 *   0           8 FRACTIONS
 *   ┌───────────┬───────────┐
 *   │ given ..  │ taken ..  │   of the cells, and the same of the baths
 *   └───────────┴───────────┘
 * They do not depend on the candidates, so only an exchange takes one. Uniforms are drawn for many at once; of these,
 * shares are made as they are needed where a replica is near its end, since what is left then is thrown away.
 */
import { makePackets } from "./baths";
import { Beta } from "./beta";
import { Elementary } from "./elementary";
import { Random } from "./random";
import { particles } from "./state";

/** The number drawn at a time, between cells and with a bath. */
const FRACTIONS: usize = 128;
const BATH_FRACTIONS: usize = 32;
/** The least number made at a time. */
const LEAST_MADE: f64 = 8;
/** Bytes from `given` to `taken`. */
export const TAKEN: usize = 8 * FRACTIONS;

const CELLS: usize = memory.data(16 * <i32>FRACTIONS, 16);
const BATHS: usize = memory.data(16 * <i32>FRACTIONS, 16);
/** The uniforms they are made of: rows of p, then those of B_1, of B_2 and, for baths, of ξ. */
const CELL_UNIFORMS: usize = memory.data(3 * 8 * <i32>FRACTIONS, 16);
const BATH_UNIFORMS: usize = memory.data(4 * 8 * <i32>BATH_FRACTIONS, 16);

/** For either kind: address of the next fraction, address of the end of those made, and bytes of a row drawn. */
export let nextCell: usize = 0;
export let endOfCells: usize = 0;
let cellRow: usize = 0;
export let nextBath: usize = 0;
export let endOfBaths: usize = 0;
let bathRow: usize = 0;
/** The number that the replica may still need. */
let needed: f64 = 0;

export class Fractions {
  /** Discards the fractions drawn so far. */
  static forget(): void {
    nextCell = endOfCells = CELLS + cellRow;
    nextBath = endOfBaths = BATHS + bathRow;
  }

  /** Makes the fractions at these addresses the next ones. */
  static goOn(cell: usize, ofBath: usize): void {
    nextCell = cell;
    nextBath = ofBath;
  }

  /**
   * Where none are left of either kind, makes more of those drawn, and if there are none first draws those of the next
   * `count` exchanges, or fewer. The replica has so many candidates `ahead`, or more than anyone knows: Infinity.
   */
  static draw(count: i32, ahead: f64): void {
    needed = ahead;
    if (nextCell == endOfCells) {
      if (endOfCells == CELLS + cellRow) Fractions.drawCells(count);
      Fractions.makeCells();
    }
    if (nextBath == endOfBaths) {
      if (endOfBaths == BATHS + bathRow) Fractions.drawBaths(count);
      Fractions.makeBaths();
    }
  }

  /** Makes more of those drawn, of each kind of which none are left. Returns whether there were any. */
  static makeDrawn(): bool {
    const ofCells = nextCell == endOfCells && endOfCells < CELLS + cellRow;
    const ofBaths = nextBath == endOfBaths && endOfBaths < BATHS + bathRow;
    if (ofCells) Fractions.makeCells();
    if (ofBaths) Fractions.makeBaths();
    return ofCells || ofBaths;
  }

  private static drawCells(count: i32): void {
    cellRow = min(rowFor(count), 8 * FRACTIONS);
    const rows: usize = particles > 1 ? 3 : 1;
    Random.uniforms(CELL_UNIFORMS, <i32>((rows * cellRow) >> 4));
    nextCell = endOfCells = CELLS;
  }

  private static drawBaths(count: i32): void {
    bathRow = min(rowFor(count), 8 * BATH_FRACTIONS);
    Random.uniforms(BATH_UNIFORMS, <i32>(bathRow >> 2));
    nextBath = endOfBaths = BATHS;
  }

  private static makeCells(): void {
    const from = endOfCells - CELLS;
    const size = min(piece(), cellRow - from);
    const p = CELL_UNIFORMS + from;
    makeShares(p, size, cellRow);
    divide(p, size, cellRow, endOfCells);
    endOfCells += size;
  }

  private static makeBaths(): void {
    const from = endOfBaths - BATHS;
    const size = min(piece(), bathRow - from);
    const p = BATH_UNIFORMS + from;
    const logs = p + 3 * bathRow;
    makeShares(p, size, bathRow);
    Elementary.logUniforms(logs, logs + size);
    makePackets(p + bathRow, logs, size);
    divide(p, size, bathRow, endOfBaths);
    endOfBaths += size;
  }
}

/** Bytes of a row of at least so many numbers. */
function rowFor(count: i32): usize {
  return (<usize>((count + 3) & ~3)) << 3;
}

/**
 * Bytes of a row to make at a time: a quarter of what may be needed. Made all at once, they took a replica of 51 events
 * 0.25 microseconds more, of 2.4 (N = 5, M = 10).
 */
function piece(): usize {
  return ((<usize>max(LEAST_MADE, min(needed / 4, <f64>FRACTIONS))) & ~1) << 3;
}

/** The uniforms in the two rows after that of p become shares. */
function makeShares(p: usize, size: usize, row: usize): void {
  if (size == row) {
    Beta.fromUniforms(p + row, p + 3 * row, particles);
    return;
  }
  Beta.fromUniforms(p + row, p + row + size, particles);
  Beta.fromUniforms(p + 2 * row, p + 2 * row + size, particles);
}

/** 1-p times what the row after that of p holds, and p times what the next one does. */
function divide(p: usize, size: usize, row: usize, to: usize): void {
  const one = v128.load64_splat(ONE);
  const end = p + size;
  for (; p < end; p += 16, to += 16) {
    const part = v128.load(p);
    v128.store(to, f64x2.mul(f64x2.sub(one, part), v128.load(p + row)));
    v128.store(to, f64x2.mul(part, v128.load(p + 2 * row)), TAKEN);
  }
}

/** 1.0. In memory, as tables.ts says. */
const ONE: usize = memory.data<f64>([1]);
