/**
 * Runs whose results must never change within stream version 2: of every method, law and bath, of few and many cells and
 * particles, at given times and in the steady state. Plain data that JSON can hold, so that every engine can be given it.
 */
import type { ModelInput, SimulateOptions, SteadyStateOptions } from "../../src/index.ts";

export interface GoldenRun {
  readonly name: string;
  readonly model: ModelInput;
  /** The seed in decimal digits, since JSON has no 64-bit integers. */
  readonly options: (Omit<SimulateOptions, "seed"> | Omit<SteadyStateOptions, "seed">) & { readonly seed: string };
  /** The certificate's sha256. */
  readonly result: string;
}

/** The options of `simulate` for it. */
export function optionsOf({ options }: GoldenRun): SimulateOptions {
  return { ...options, seed: BigInt(options.seed) } as SimulateOptions;
}

const base: ModelInput = { cells: 5, particles: 20, temperatures: [1, 2] };
const options = { replicas: 37, times: [0, 0.5, 1], seed: "42" };

export const goldenRuns: readonly GoldenRun[] = [
  {
    name: "constant",
    model: { ...base, rate: "constant" },
    options,
    result: "4e136df36918246c2e450720c2a6b7357f29d7549f4f30f6dda65569c7de95f3",
  },
  {
    name: "sqrt-sum",
    model: { ...base, rate: "sqrt-sum" },
    options,
    result: "50615810913453ed99e77c2c31523b986f52cb346f5616c48ebf805208fe1856",
  },
  {
    name: "sqrt-harmonic",
    model: { ...base, rate: "sqrt-harmonic" },
    options,
    result: "375f8b0d9f81b1878208feb74a2de5b830a6d68ca653734b2ca8be8ab6bf540c",
  },
  {
    name: "sqrt-min",
    model: { ...base, rate: "sqrt-min" },
    options,
    result: "0c6f661dc0a22c6c86fac1175a2a72731302d74546d9996706431997b9f78e81",
  },
  {
    name: "scale and cap",
    model: { ...base, rate: { law: "sqrt-sum", scale: 2, cap: 0.7 } },
    options,
    result: "a324d73bfd410508d1308ef7c81005160168e3abe4bbb1b95f7b3eaeee8f8714",
  },
  {
    name: "thermal bath",
    model: { ...base, bath: "thermal" },
    options,
    result: "0c69ff45b81b638e6ad90ff6599b99275742acd3a06ff3a1d12e5798225ffd87",
  },
  {
    name: "M = 1",
    model: { ...base, particles: 1 },
    options,
    result: "15c3dbc4c53ccb3a88623e28aa2f61891e34ddbde19689e8080e3e24da77591a",
  },
  {
    name: "M = 2",
    model: { ...base, particles: 2 },
    options,
    result: "36a27372f21cb2db503173f927ebea897adebd2bb6e367b8ae8f0e7231ffb877",
  },
  {
    name: "M = 1000",
    model: { ...base, particles: 1000 },
    options,
    result: "f91baa5e4ee73415e5c15f2b1e672a741176db1ff508323f2d0bc2b6aedde896",
  },
  {
    name: "M = 10^5",
    model: { ...base, particles: 1e5 },
    options: { ...options, replicas: 3 },
    result: "792b1a964887a9d4389bc9787dd2eaf60fed772f6d20ce0bad21060033e1f4f8",
  },
  {
    name: "M = 10^9",
    model: { ...base, particles: 1e9 },
    options: { replicas: 2, times: [1e-5], seed: "1" },
    result: "98a52d06f51412ec5eaa5dbdc047f8e4dfb80c67a8ee2f8bb8f333a765217166",
  },
  {
    name: "N = 1",
    model: { ...base, cells: 1 },
    options,
    result: "a861dd51395430b3569f329d8e8206f0f2ac56955c99e24aeb340b31d339bbe1",
  },
  {
    name: "N = 1000",
    model: { ...base, cells: 1000 },
    options: { replicas: 2, times: [0.5], seed: "0", moments: "variance" },
    result: "c4332db92560f7316c38bf9b3dd78c63020238c1c05e89b38b969a269a6a22fd",
  },
  {
    name: "equilibrium start",
    model: { ...base, initial: "equilibrium" },
    options,
    result: "861c797ef878a44322876a9cd3fa8e18aa159b58434770e1a83e825ccd899714",
  },
  {
    name: "slow timescale",
    model: { ...base, timescale: "slow" },
    options: { ...options, times: [10, 20] },
    result: "2caee1262b727b22dcde187787c0983af2e2779876a33965431ec924f2fff40b",
  },
  {
    name: "direct",
    model: base,
    options: { ...options, method: "direct" },
    result: "2aa6a02a62f6380ddae8a668e2ded624ad5b6d9232a442ed4f9158815f859cf7",
  },
  {
    name: "mesoscopic, constant",
    model: { ...base, particles: 200, rate: "constant" },
    options: { ...options, method: "mesoscopic" },
    result: "c6a274fd8f09ad0733e71a811e833efc5b1a81fc0419240de5ae10b7e19ea5b3",
  },
  {
    name: "mesoscopic, sqrt-sum",
    model: { ...base, particles: 200, rate: "sqrt-sum" },
    options: { ...options, method: "mesoscopic" },
    result: "ec99c73626903ac5c322c266c7e0f122d7dce406c6698ceb5baf66edf112a1a6",
  },
  {
    name: "mesoscopic, sqrt-harmonic",
    model: { ...base, particles: 200, rate: "sqrt-harmonic" },
    options: { ...options, method: "mesoscopic" },
    result: "d208cf029b835647a263df9f08fbf122deb4768a56f904b2c01d6e60e9fb4b18",
  },
  {
    name: "mesoscopic, sqrt-min",
    model: { ...base, particles: 200, rate: "sqrt-min" },
    options: { ...options, method: "mesoscopic" },
    result: "dcc326a908fddb686c2664b493aa2a9abbb648d0915b877f0261d7e01bf05e0f",
  },
  {
    name: "mesoscopic, scale and cap, thermal bath",
    model: { ...base, particles: 1000, rate: { law: "sqrt-harmonic", scale: 2, cap: 0.7 }, bath: "thermal" },
    options: { ...options, method: "mesoscopic", step: 0.3 },
    result: "e8669b9c2626fe6e63cd86cbe8964b763ed00a7d2e3bdbe92c43bc40246f198e",
  },
  {
    name: "mesoscopic, N = 1000",
    model: { ...base, cells: 1000, particles: 1e5 },
    options: { replicas: 2, times: [0.5], seed: "0", moments: "variance", method: "mesoscopic" },
    result: "43c651d12b56a6e55e69c7446a6d2a39d3786bff7ba334db39dc617441abc002",
  },
  {
    name: "first replica 5",
    model: base,
    options: { ...options, firstReplica: 5, seed: "18446744073709551615" },
    result: "94c4d4da67e84fb0b690be3a176fea638a8879210aaf3f3be11eca607e003433",
  },
  {
    name: "mesoscopic, tolerance 0.01",
    model: { ...base, particles: 200 },
    options: { ...options, method: "mesoscopic", tolerance: 0.01 },
    result: "6fad19804a8e7a634b8aa592b743333465b190018baac4936bcb8e134acd944e",
  },
  {
    name: "steady state",
    model: base,
    options: { replicas: 12, times: "stationary", seed: "42" },
    result: "71bab1e7ec1d6f27e01a862c1950078c13a803f3c59f9ab89e7c6ddaf5bb0558",
  },
  {
    name: "steady state, mesoscopic",
    model: { ...base, particles: 200 },
    options: { replicas: 12, times: "stationary", seed: "42", method: "mesoscopic" },
    result: "437d4345378e0b36a16c68a29647578162756883968d831ac33b98eef935d5fc",
  },
];

/** The texts of the laws, in their own operations. */
const TEXTS: Readonly<Record<string, string>> = {
  constant: "1",
  "sqrt-sum": "sqrt(a + b)",
  "sqrt-harmonic": "sqrt(a*b/(a+b))",
  "sqrt-min": "sqrt(min(a, b))",
};

/** The same runs with their laws written as expressions: the same bits. */
export const lawsAsExpressions: readonly GoldenRun[] = goldenRuns.map((run) => {
  const { rate = "sqrt-harmonic" } = run.model;
  const { law, ...others } = typeof rate === "string" ? { law: rate } : (rate as { readonly law: string });
  return {
    ...run,
    name: `${run.name}, as an expression`,
    model: { ...run.model, rate: { ...others, expression: TEXTS[law] } },
  };
});

const graded = { expression: "(1+s*sin(2*pi*k/4))*(a+b)^(0.2+0.6*k/N)", parameters: { s: 0.5 }, cap: 3 };
const disks: ModelInput = { ...base, exchange: "kinetic", particles: 3 };

/** Rates of one's own, with functions, floors, and numbers of each bond, and disks that collide. */
export const ownRuns: readonly GoldenRun[] = [
  {
    name: "functions",
    model: { ...base, rate: "tanh(sqrt(a+b))*exp(-1/(a+b))+log1p(cbrt(a*b))" },
    options,
    result: "f5ae7a30c28d64176040b6e64459d2cd4b96710683e92be105061517ea474e5f",
  },
  {
    name: "floors",
    model: { ...base, particles: 1000, rate: "1-exp(-sqrt(a*b/(a+b)))" },
    options: { ...options, replicas: 9 },
    result: "01bd501c4a0d21ce6bfc103cec24fdf31e28a220b66ed4b02ab775db7c4b3cd8",
  },
  {
    name: "functions, two lanes",
    model: { ...base, particles: 1000, rate: "tanh(sqrt(a+b))*exp(-1/(a+b))+log1p(cbrt(a*b))" },
    options: { ...options, method: "mesoscopic" },
    result: "355144e9c0bcef9f3548b5c4f0616963c36b728ac5e4baa04ad0747cded54c26",
  },
  {
    name: "bonds that differ",
    model: { ...base, rate: { ...graded, scales: [1, 2, 0.5, 1, 3, 1] } },
    options,
    result: "69af17be01ae3f95f30dee8c50e18209babc2f26de6420113482dd567942301e",
  },
  {
    name: "bonds that differ, two lanes",
    model: { ...base, particles: 1000, rate: graded },
    options: { ...options, method: "mesoscopic" },
    result: "901a1d1e955049266edb5f2eef74a5976753550fa092c877d5c220a73d6a378b",
  },
  { name: "disks", model: disks, options, result: "989c0d367a09f215f535c675945324d0b82765c3bd67e9d0315014b461afd12a" },
  {
    name: "disks, direct",
    model: disks,
    options: { ...options, method: "direct" },
    result: "f5721a276025e94fda8d9a863d6cf14699385070a1371f225e7a5d423ac516e5",
  },
  {
    name: "disks, two lanes",
    model: { ...disks, particles: 1000 },
    options: { ...options, method: "mesoscopic" },
    result: "1c898190232e5e79989834fbbabb5fa9a042492900a441fe84f51dfc272abf92",
  },
  {
    name: "disks, exponential baths",
    model: { ...disks, bath: "exponential" },
    options,
    result: "2f13d93e10c09dc455aaa5005cd403d636cf8e5ce433c682007e8d5cbbf6c1f1",
  },
];

/** All of them. */
export const everyRun: readonly GoldenRun[] = [...goldenRuns, ...lawsAsExpressions, ...ownRuns];
