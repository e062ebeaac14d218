/**
 * Bath cells at both ends, of M disks each.
 *
 * "exponential", as section 2.1 has it: after each collision with a disk of the chain a bath's energy is drawn from Exp(T),
 * its velocities on that sphere, and its positions anew. It does not keep the chain in equilibrium at equal temperatures.
 * "maxwell", which does: at independent Poisson times, once while a disk of thermal speed √T crosses the cell, the bath is
 * drawn from its equilibrium, energy Gamma(M, T/M).
 */
import { Exponential } from "../exponential";
import { BATH_EXPONENTIAL, BATH_MAXWELL } from "./abi";
import { bath, cells, leftTemperature, length, particles, rightTemperature } from "./state";
import { drawVelocities, sweepCell } from "./start";

/** Sweeps of a redraw: nearly independent positions for the paper's bath. One is enough to keep equilibrium. */
const SWEEPS: i32 = 10;

/** True for the bath cells, the first and the last. */
export function isBath(cell: i32): bool {
  return bath != 0 && (cell == 0 || cell == cells - 1);
}

function temperatureOf(cell: i32): f64 {
  return cell == 0 ? leftTemperature : rightTemperature;
}

/** Redraws a bath's velocities. */
export function drawBath(cell: i32): void {
  const draws = bath == BATH_EXPONENTIAL ? 1 : particles;
  let sum: f64 = 0;
  for (let i = 0; i < draws; i++) sum += Exponential.sample();
  drawVelocities(cell * particles, particles, (temperatureOf(cell) * sum) / <f64>draws);
}

/** Redraws a bath's positions at a time. */
export function shuffleBath(cell: i32, time: f64): void {
  const sweeps = bath == BATH_EXPONENTIAL && particles > 1 ? SWEEPS : 1;
  for (let sweep = 0; sweep < sweeps; sweep++) sweepCell(cell, time);
}

/** Time to a bath's next redraw from now. */
export function waitOf(cell: i32): f64 {
  if (bath != BATH_MAXWELL) return Infinity;
  return (Exponential.sample() * length) / sqrt(temperatureOf(cell));
}
