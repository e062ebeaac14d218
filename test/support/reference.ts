/**
 * An independent event of the process, as THEORY and the paper state it, in the plainest TypeScript; and its planted
 * defects, which every check must reject. It shares no code with the engine or with src/theory.
 */
import type { Model, RateLaw } from "../../src/model.ts";

export type Defect = "stale rate" | "Beta(1, M)" | "clock one too high" | "swapped roles";

/** f(a, b) of bond k. */
export function rate({ rate, cells }: Model, a: number, b: number, k = 0): number {
  const { scale, cap, scales } = rate;
  const ofBond = scale * (scales ? scales[k] : 1);
  const f = ofBond * ("law" in rate ? Math.sqrt(SQUARES[rate.law](a, b)) : plainRate(rate)(a, b, k, cells));
  return cap === null ? f : f / (1 + f / cap);
}

type OfTwo = (a: number, b: number) => number;

const SQUARES: Readonly<Record<RateLaw, OfTwo>> = {
  constant: () => 1,
  "sqrt-sum": (a, b) => a + b,
  "sqrt-harmonic": (a, b) => (a * b) / (a + b),
  "sqrt-min": (a, b) => Math.min(a, b),
};

type OfBond = (a: number, b: number, k: number, N: number) => number;

const plain = new WeakMap<object, OfBond>();

/** An expression as JavaScript reads it: no part of the package has a hand in it. */
function plainRate(rate: { expression: string; parameters: Readonly<Record<string, number>> }): OfBond {
  let f = plain.get(rate);
  if (!f) {
    const names = ["sqrt", "cbrt", "exp", "expm1", "log", "log1p", "tanh", "abs", "min", "max"].join(",");
    const given = Object.entries(rate.parameters).map(([name, value]) => `const ${name} = ${value};`);
    const text = rate.expression.replaceAll("^", "**");
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- in a test, of its own texts
    f = new Function("a", "b", "k", "N", `const {${names},PI:pi} = Math; ${given.join("")} return ${text};`) as OfBond;
    plain.set(rate, f);
  }
  return f;
}

/**
 * One event in place: `energies` is [T_L, E_1, .., E_N, T_R]. Returns the clock k and the flux J from k to k+1.
 * `memory.rates` is where a stale rate is remembered.
 */
export function exchange(
  model: Model,
  energies: number[],
  p1: number,
  p2: number,
  p3: number,
  u1: number,
  u2: number,
  defect?: Defect,
  memory: { rates: number[] | undefined } = { rates: undefined },
): { clock: number; flux: number } {
  const { cells, particles, bath } = model;
  const fresh = Array.from({ length: cells + 1 }, (_, k) => rate(model, energies[k], energies[k + 1], k));
  const rates = defect === "stale rate" ? (memory.rates ?? fresh) : fresh;
  const total = rates.reduce((a, b) => a + b, 0);
  let clock = 0;
  for (let sum = rates[0]; clock < cells && p1 * total >= sum;) sum += rates[++clock];
  if (defect === "clock one too high") clock = Math.min(clock + 1, cells);
  const shape = defect === "Beta(1, M)" ? particles : particles - 1;
  const share = (u: number) => (shape === 0 ? 1 : -Math.expm1(Math.log(u) / shape));
  const exponential = -Math.log1p(-p2);
  const packet = (u: number, T: number) =>
    bath === "thermal" ? (T / particles) * exponential : share(u) * T * exponential;
  const x = clock > 0 ? share(u1) * energies[clock] : packet(u1, energies[0]);
  const y = clock < cells ? share(u2) * energies[clock + 1] : packet(u2, energies[cells + 1]);
  const flux = defect === "swapped roles" ? p3 * x - (1 - p3) * y : (1 - p3) * x - p3 * y;
  if (clock > 0) energies[clock] -= flux;
  if (clock < cells) energies[clock + 1] += flux;
  if (defect === "stale rate") {
    // The rate of the bond that rang is renewed, those of its neighbours are forgotten.
    memory.rates = [...rates];
    memory.rates[clock] = rate(model, energies[clock], energies[clock + 1]);
  }
  return { clock, flux };
}
