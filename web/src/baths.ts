/** Baths in a profile of energies: squares, since a bath is no cell. */
import type uPlot from "uplot";

/** CSS pixels. */
const SIZE = 9;

/** @param cells N: the baths stand at 0 and N + 1. */
export function drawBaths(plot: uPlot, colour: string, cells: number, temperatures: readonly [number, number]): void {
  const size = SIZE * devicePixelRatio;
  plot.ctx.fillStyle = colour;
  for (const [side, T] of temperatures.entries()) {
    const [x, y] = [plot.valToPos(side * (cells + 1), "x", true), plot.valToPos(T, "y", true)];
    plot.ctx.fillRect(x - size / 2, y - size / 2, size, size);
  }
}
