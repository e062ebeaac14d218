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
    result: "81044a751322a50336a3f411de467ba0738ce3ae91b8a8be7457e3d320bca810",
  },
  {
    name: "two cells of ten",
    table: { cells: 2, particles: 10, energy: 3 },
    options,
    result: "6b2e0fa9f264a069e754dffb36ee57a7cb4eb41bf19db6eefacccaab01c35956",
  },
  {
    name: "flat walls, wide holes",
    table: { cells: 3, particles: 4, hole: 0.4, shape: { length: 4, neck: 2.2, arc: "flat" } },
    options,
    result: "75b3ec8aa344200dd5211edfe6dffb85a2146d126890707dd958ccd136419dce",
  },
  {
    name: "exponential baths",
    table: { cells: 3, particles: 5, temperatures: [1, 2] },
    options,
    result: "0cb31e9fe1e00d08629bf149fff1aedeab7a60df87fdd9cc9134582761b7dcb9",
  },
  {
    name: "Maxwellian baths, small disks",
    table: { cells: 2, particles: 3, radius: 0.5, temperatures: [2, 1], bath: "maxwell" },
    options,
    result: "ab2ac41d648dc0128bd12cdb548988918567e94ea694a88017ffbb05af727610",
  },
  {
    name: "a cell of a thousand",
    table: { cells: 1, particles: 1000 },
    options: { ...options, replicas: 2, time: 5 },
    result: "07e575488c27c3f51c113d1acf2568e6a60abb3ae230a39d460a691e3eb9cdaf",
  },
];
