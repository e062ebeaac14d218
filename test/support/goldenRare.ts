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
    result: "d8dce5fb41c51f5383a6ee686b06183768edd74cf83a21ed695dc28a5d9b825e",
  },
  {
    name: "a cold cell of single particles, from a drawn start",
    model: { ...model, particles: 1, initial: { gamma: [1, 1.5, 2] }, rate: "sqrt-harmonic" },
    options: { ...run, cell: 1, below: 0.1, time: 1 },
    result: "a61bf0f55f33cc20de0df1108e9f8b8406dc7d7c6b4331ed4f26c9e9432d3b9a",
  },
  {
    name: "a current",
    model: { ...model, timescale: "slow" },
    options: { ...run, bond: 1, above: 0.3, time: 20 },
    result: "b9afaca86c639a88c324d490aff71ae9cfa7b70f00432144ab9cfd1233093961",
  },
  {
    name: "an expression that differs from bond to bond",
    model: { ...model, rate: { expression: "cbrt(a+b)*(1+k/4)", cap: 10 } },
    options: { ...run, cell: 3, above: 4, time: 1 },
    result: "056e7437dc0d2052b69250eb635c408c60d8d3252d7060cc3c5183d34b30bd2d",
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
