/**
 * What exchanges move, drawn ahead, with p uniform and B_1, B_2 ~ Beta(1, M-1) (paper, section 2.2 and (2.1)).
 *
 * Between cells: the fraction (1-p) B_1 that cell k gives and the fraction p B_2 that it takes from cell k+1.
 * With a bath of temperature T: what the bath gives in units of T, (1-p) B_1 ξ with ξ ~ Exp(1), or (1-p) ξ / M when the
 * bath is thermal; and the fraction p B_2 that it takes from the cell. p and 1-p have the same law, so that one row
 * serves either bath.
 *
 *   0           8 FRACTIONS
 *   ┌───────────┬───────────┐
 *   │ given ..  │ taken ..  │   of the cells, and the same of the baths
 *   └───────────┴───────────┘
 * They do not depend on the candidates, so only an exchange takes one.
 */
import { BATH_THERMAL } from "./abi";
import { Beta } from "./beta";
import { Elementary } from "./elementary";
import { Random } from "./random";
import { bath, particles } from "./state";

/** Drawn at a time. */
const FRACTIONS: usize = 128;
const BATH_FRACTIONS: usize = 32;
/** From `given` to `taken`. */
export const TAKEN: usize = 8 * FRACTIONS;

const CELLS: usize = memory.data(16 * <i32>FRACTIONS, 16);
const BATHS: usize = memory.data(16 * <i32>FRACTIONS, 16);
/** The uniforms they are made of: p, then those of B_1, of B_2 and of ξ. */
const UNIFORMS: usize = memory.data(3 * 8 * <i32>FRACTIONS, 16);

/** The next of either kind, and where those drawn end. */
export let nextCell: usize = 0;
export let endOfCells: usize = 0;
export let nextBath: usize = 0;
export let endOfBaths: usize = 0;

export class Fractions {
  /** Leaves what is drawn. */
  static forget(): void {
    nextCell = endOfCells;
    nextBath = endOfBaths;
  }

  /** The next are those at these addresses. */
  static goOn(cell: usize, ofBath: usize): void {
    nextCell = cell;
    nextBath = ofBath;
  }

  /** Where none are left of either kind, draws those of the next `count` exchanges, or fewer. */
  static draw(count: i32): void {
    const row = (<usize>((count + 3) & ~3)) << 3;
    if (nextCell == endOfCells) Fractions.drawCells(min(row, 8 * FRACTIONS));
    if (nextBath == endOfBaths) Fractions.drawBaths(min(row, 8 * BATH_FRACTIONS));
  }

  private static drawCells(row: usize): void {
    const words: usize = (particles > 1 ? 3 * row : row) >> 4;
    Random.uniforms(UNIFORMS, <i32>words);
    Beta.fromUniforms(UNIFORMS + row, UNIFORMS + 3 * row, particles);
    divide(row, CELLS);
    nextCell = CELLS;
    endOfCells = CELLS + row;
  }

  private static drawBaths(row: usize): void {
    const shares = UNIFORMS + row;
    const packets = UNIFORMS + 3 * row;
    Random.uniforms(UNIFORMS, <i32>(row >> 2));
    Beta.fromUniforms(shares, packets, particles);
    Elementary.logUniforms(packets, packets + row);
    for (let i: usize = 0; i < row; i += 8) {
      const packet = -load<f64>(packets + i);
      store<f64>(shares + i, bath == BATH_THERMAL ? packet / particles : load<f64>(shares + i) * packet);
    }
    divide(row, BATHS);
    nextBath = BATHS;
    endOfBaths = BATHS + row;
  }
}

/** Of the rows of UNIFORMS: 1-p times that after p, and p times the next. */
function divide(row: usize, to: usize): void {
  const one = v128.load64_splat(ONE);
  const end = UNIFORMS + row;
  for (let from = UNIFORMS; from < end; from += 16, to += 16) {
    const p = v128.load(from);
    v128.store(to, f64x2.mul(f64x2.sub(one, p), v128.load(from + row)));
    v128.store(to, f64x2.mul(p, v128.load(from + 2 * row)), TAKEN);
  }
}

/** 1.0. In memory, as tables.ts says. */
const ONE: usize = memory.data<f64>([1]);
