/**
 * All moments up to the third of the process at rate "constant", at any finite M, from its generator: an event turns
 * (E_k, E_{k+1}) into (E_k - J, E_{k+1} + J), and E[J^n] is a polynomial of degree n in the two (THEORY 2, 2.1), so the
 * moments of one degree obey linear equations among themselves and those below. Written out monomial by monomial, apart
 * from src/theory, so that it is evidence of its own.
 */
import type { Bath, Model } from "../../src/model.ts";

/** Mean, covariance and third cumulant of the energies, row-major, from the deterministic start `model.initial`. */
export interface Cumulants {
  readonly mean: number[];
  readonly covariance: number[];
  readonly third: number[];
}

/** E[packet^n]/scale^n, n = 0..3. */
function packetMoments(M: number, of: Bath | "cell"): number[] {
  const factorial = [1, 1, 2, 6];
  const rising = [1, M, M * (M + 1), M * (M + 1) * (M + 2)];
  return factorial.map((f, n) => (of === "thermal" ? f / M ** n : (of === "cell" ? f : f * f) / rising[n]));
}

const binomial = (n: number, k: number): number => (k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k);

/** Exponents of the N energies of all monomials of degree 3 at most. */
function monomials(N: number): number[][] {
  const all: number[][] = [];
  const extend = (sofar: number[], left: number) => {
    if (sofar.length === N) all.push(sofar);
    else for (let power = 0; power <= left; power++) extend([...sofar, power], left - power);
  };
  extend([], 3);
  return all;
}

/** @param time in units of fast time. */
export function constantRateCumulants(model: Model, time: number): Cumulants {
  const { cells: N, particles: M, temperatures, bath, rate } = model;
  const lambda = rate.scale / (1 + rate.scale / (rate.cap ?? Infinity));
  const powers = monomials(N);
  const name = (exponents: number[]) => exponents.join();
  const index = new Map(powers.map((exponents, i) => [name(exponents), i]));
  const generator = powers.map(() => new Array<number>(powers.length).fill(0));

  powers.forEach((exponents, row) => {
    for (let k = 0; k <= N; k++) {
      const [a, b] = [k > 0 ? exponents[k - 1] : 0, k < N ? exponents[k] : 0];
      const [cX, cY] = [packetMoments(M, k > 0 ? "cell" : bath), packetMoments(M, k < N ? "cell" : bath)];
      // (x - J)^a (y + J)^b - x^a y^b, J^n averaged.
      for (let r = 0; r <= a; r++) {
        for (let s = 0; s <= b; s++) {
          const n = r + s;
          if (n === 0) continue;
          for (let j = 0; j <= n; j++) {
            const target = [...exponents];
            let weight = binomial(a, r) * (-1) ** r * binomial(b, s) * M * lambda;
            weight *= ((-1) ** j * cX[n - j] * cY[j]) / (n + 1);
            if (k > 0) target[k - 1] += n - j - r;
            else weight *= temperatures[0] ** (n - j);
            if (k < N) target[k] += j - s;
            else weight *= temperatures[1] ** j;
            generator[row][index.get(name(target))!] += weight;
          }
        }
      }
    }
  });

  const start = model.initial as readonly number[];
  let moments = powers.map((exponents) => exponents.reduce((product, power, i) => product * start[i] ** power, 1));
  // The exponential of the generator by its series, in short steps.
  const steps = Math.ceil(64 * time);
  for (let step = 0; step < steps; step++) {
    let term = moments;
    for (let n = 1; n <= 20; n++) {
      const previous = term;
      term = generator.map((row) => row.reduce((sum, g, i) => sum + g * previous[i], 0) * (time / steps / n));
      moments = moments.map((moment, i) => moment + term[i]);
    }
  }

  const mean = (...cells: number[]) => {
    const exponents = new Array<number>(N).fill(0);
    for (const cell of cells) exponents[cell]++;
    return moments[index.get(name(exponents))!];
  };
  const each = Array.from({ length: N }, (_, i) => i);
  const covariance = (i: number, j: number) => mean(i, j) - mean(i) * mean(j);
  const third = (i: number, j: number, l: number) =>
    mean(i, j, l) -
    mean(i) * mean(j, l) -
    mean(j) * mean(i, l) -
    mean(l) * mean(i, j) +
    2 * mean(i) * mean(j) * mean(l);
  return {
    mean: each.map((i) => mean(i)),
    covariance: each.flatMap((i) => each.map((j) => covariance(i, j))),
    third: each.flatMap((i) => each.flatMap((j) => each.map((l) => third(i, j, l)))),
  };
}

/** lim y(M) as M → ∞ from y at M, 2M, 4M, .., each entry a smooth function of 1/M: Richardson's extrapolation. */
export function limitOf(values: readonly number[][]): number[] {
  let row = [...values];
  for (let order = 1; row.length > 1; order++) {
    const factor = 2 ** order;
    row = row.slice(1).map((finer, k) => finer.map((value, i) => (factor * value - row[k][i]) / (factor - 1)));
  }
  return row[0];
}
