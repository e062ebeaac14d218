/**
 * Billiards whose results must never change within stream version 2: closed and between either bath, of few and many disks.
 * Plain data that JSON can hold, so that every engine can be given it.
 */
import type { BilliardsInput, BilliardsOptions } from "../../src/billiards/index.ts";

export interface GoldenBilliards {
  readonly name: string;
  readonly table: BilliardsInput;
  readonly options: BilliardsOptions;
  /** The certificate's sha256. */
  readonly result: string;
}

const options = { replicas: 5, time: 400, seed: 42 };

export const goldenBilliards: readonly GoldenBilliards[] = [
  {
    name: "two disks",
    table: { cells: 2, particles: 1 },
    options,
    result: "d15970cb9bfa2af4580ba70ef7f4bf0ccea14df25be8147698f55441770f9e6a",
  },
  {
    name: "two cells of ten",
    table: { cells: 2, particles: 10, energy: 3 },
    options,
    result: "5c5c7fd3cf16d71f21d4509550c8ff6372934c4d1535e0c2f2d390e14860c043",
  },
  {
    name: "flat walls, wide holes",
    table: { cells: 3, particles: 4, hole: 0.4, shape: { length: 4, neck: 2.2, arc: "flat" } },
    options,
    result: "74126ff6acf50069deadaa053cd8ef77b23f8868d03d08e4e1cae21a6bcd5ae7",
  },
  {
    name: "exponential baths",
    table: { cells: 3, particles: 5, temperatures: [1, 2] },
    options,
    result: "5aa47282035bf949f12a57dc144d3cbf1e3e931d68ea75361225424873d60bd7",
  },
  {
    name: "Maxwellian baths, small disks",
    table: { cells: 2, particles: 3, radius: 0.5, temperatures: [2, 1], bath: "maxwell" },
    options,
    result: "8f5205f8f47499521697d43d1d286b67cb70c1d300cada614b83dfe9cc357b43",
  },
  {
    name: "a cell of a thousand",
    table: { cells: 1, particles: 1000 },
    options: { ...options, replicas: 2, time: 5 },
    result: "a0643b0b1ec55842c031c1a15f49150c84a696d851c5d8eb1b78093a4c4c69cc",
  },
];
