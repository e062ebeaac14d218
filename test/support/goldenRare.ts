/**
 * Rare events whose results must never change within stream version 2: by every method, of laws and of an expression, of cells
 * and of bonds, from fixed and from drawn starts. Plain data that JSON can hold, so that every engine can be given it.
 */
import type { ModelInput } from "../../src/index.ts";
import type { CurrentStatisticsOptions, RareEventOptions } from "../../src/rare/index.ts";

interface Golden {
  readonly name: string;
  readonly model: ModelInput;
  /** The certificate's sha256. */
  readonly result: string;
}

export interface GoldenRareEvent extends Golden {
  readonly options: RareEventOptions;
}

export interface GoldenCurrent extends Golden {
  readonly options: CurrentStatisticsOptions & { readonly lambdas: readonly number[] };
}

const model: ModelInput = { cells: 3, particles: 20, temperatures: [1, 2], bath: "thermal", rate: "sqrt-sum" };
const run = { replicas: 300, seed: 42, check: false };

export const goldenRareEvents: readonly GoldenRareEvent[] = [
  {
    name: "a hot cell",
    model,
    options: { ...run, cell: 2, above: 2.5, time: 1 },
    result: "67130df83b6883e6a8c6b23b8cfec30db04ee49a312f2001dce15956ad90562a",
  },
  {
    name: "a cold cell of single particles, from a drawn start",
    model: { ...model, particles: 1, initial: { gamma: [1, 1.5, 2] }, rate: "sqrt-harmonic" },
    options: { ...run, cell: 1, below: 0.1, time: 1 },
    result: "dca9a467965afcc869b585888b817be0d18e4680efad91950ad8991c581f1b11",
  },
  {
    name: "a current",
    model: { ...model, timescale: "slow" },
    options: { ...run, bond: 1, above: 0.3, time: 20 },
    result: "4623fdeffde28500dbdb58328103366c7420f4a4c66fd7a73749d8ab81deac5f",
  },
  {
    name: "an expression that differs from bond to bond",
    model: { ...model, rate: { expression: "cbrt(a+b)*(1+k/4)", cap: 10 } },
    options: { ...run, cell: 3, above: 4, time: 1 },
    result: "1ae15cd8e2dc393cef94b2e8ac4b913ddd2bd25892dcdc8a0f309018122328d5",
  },
  {
    name: "nobody guided, the paper's bath",
    model: { ...model, bath: "exponential" },
    options: { ...run, cell: 2, above: 1.6, time: 1, method: "plain" },
    result: "db914b3c9978a38f5830b754c5eb20df3d53fd77af00bcad7b9d1123e25a1a03",
  },
  {
    name: "hidden temperatures, the paper's bath",
    model: { ...model, bath: "exponential", rate: "constant", initial: { gamma: [1, 1.5, 2] } },
    options: { ...run, cell: 2, above: 3, time: 1 },
    result: "be7a9894b25b98e177b8e3a458a144d232e303b75989c9d04bad5a30fc72d7ba",
  },
];

export const goldenCurrents: readonly GoldenCurrent[] = [
  {
    name: "clones",
    model,
    options: { lambdas: [-0.2, 0.7], clones: 30, time: 2, replicas: 3, seed: 42 },
    result: "0c7c098d5a585bf5bd23634806ce631efd470eae08dd976638b29c8afd92b8eb",
  },
];
