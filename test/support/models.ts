/** The models that tests of the theory share. */
import { type Bath, defineModel, type ModelInput } from "../../src/model.ts";

export const baths: Bath[] = ["exponential", "thermal"];

type RateInput = NonNullable<ModelInput["rate"]>;

export const chain = (
  cells: number,
  temperatures: [number, number],
  rate: RateInput,
  bath: Bath = "exponential",
  particles = 10,
) => defineModel({ cells, particles, temperatures, rate, bath });

/** One cell, where the rate alone matters. */
export const cellWith = (rate: RateInput) => chain(1, [1, 2], rate);

/** Energies on either side of a bond. */
export const pairs = [
  [1, 2],
  [2, 1],
  [0.3, 0.31],
  [5, 0.2],
  [0.7, 4],
];
