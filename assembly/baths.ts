/**
 * The baths, each in one class: the energy X that a bath of temperature T puts up in an exchange, its packet, where a
 * cell of energy E puts up B E with B ~ Beta(1, M-1) (paper, section 2.2 and (2.1)). With ξ ~ Exp(1):
 *
 *   "exponential", the paper's:  X = B T ξ,   M² E[X²] = 4M/(M+1) T²
 *   "thermal":                   X = T ξ/M,   M² E[X²] = 2 T², as a cell has that is in equilibrium at T
 *
 * `setBath` is the only choice between them.
 */
import { BATH_EXPONENTIAL, BATH_THERMAL } from "./abi";
import { particles } from "./state";

class Exponential {
  /** X, or X/T, from a share B ~ Beta(1, M-1) and an energy T ξ, or ξ. */
  @inline packet(share: f64, energy: f64): f64 {
    return share * energy;
  }
  /** lim M² E[X²]/(2 T²) - 1 as M grows: the excess of the square over that of a cell whose energy is T. */
  @inline get excess(): f64 {
    return 1;
  }
}

class Thermal {
  @inline packet(share: f64, energy: f64): f64 {
    return energy / particles;
  }
  @inline get excess(): f64 {
    return 0;
  }
}

/** X, or X/T, of the model's bath. */
export let packet!: (share: f64, energy: f64) => f64;
/** Replaces `size` bytes of shares by packets, from -ξ = log u at `logs`. */
export let makePackets!: (shares: usize, logs: usize, size: usize) => void;
/** The excess of the model's bath. */
export let excess: f64 = 0;

/** Returns whether there is a bath of this code. */
export function setBath(bath: i32): bool {
  switch (bath) {
    case BATH_EXPONENTIAL:
      use<Exponential>();
      return true;
    case BATH_THERMAL:
      use<Thermal>();
      return true;
    default:
      return false;
  }
}

function use<B>(): void {
  packet = (share: f64, energy: f64): f64 => changetype<B>(0).packet(share, energy);
  makePackets = (shares: usize, logs: usize, size: usize): void => {
    for (let i: usize = 0; i < size; i += 8) {
      store<f64>(shares + i, changetype<B>(0).packet(load<f64>(shares + i), -load<f64>(logs + i)));
    }
  };
  excess = changetype<B>(0).excess;
}
