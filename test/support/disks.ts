/**
 * Two disks that collide, in the plainest TypeScript: explicit velocities, uniform on their sphere, and rejection. And the
 * moments of a collision by quadrature. It shares no code with the engine or with src/theory.
 */
import { defineModel, type Model } from "../../src/index.ts";
import { uniforms } from "./sfc32.ts";
import type { Sampled } from "./agreement.ts";

/** What a side of a bond is: a cell of M particles, or a bath, with its energy or temperature. */
export interface Side {
  readonly particles: number;
  readonly energy: number;
  readonly isBath: boolean;
}

const POINTS = 1500;

/** The places and weights of one component of a velocity: √(M E) sin θ, of density cos^{2M-2}; normal in a bath. */
function componentsOf({ particles: M, energy, isBath }: Side): { value: number; weight: number }[] {
  const reach = isBath ? 8 : Math.min(Math.PI / 2, 12 / Math.sqrt(2 * M));
  const all = Array.from({ length: POINTS }, (_, i) => {
    const at = reach * ((2 * i + 1) / POINTS - 1);
    return isBath
      ? { value: Math.sqrt(energy / 2) * at, weight: Math.exp((-at * at) / 2) }
      : { value: Math.sqrt(M * energy) * Math.sin(at), weight: Math.cos(at) ** (2 * M - 2) };
  });
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  return all.map(({ value, weight }) => ({ value, weight: weight / total }));
}

/** f_M = 2√π E[(x - y)_+], and E[(M J)^n | a collision], n = 0..3. */
export function collisionMoments(left: Side, right: Side): { rate: number; moments: number[] } {
  const ys = componentsOf(right);
  const sums = [0, 0, 0, 0];
  for (const x of componentsOf(left)) {
    for (const y of ys) {
      const approach = x.value - y.value;
      if (approach <= 0) continue;
      const MJ = x.value * x.value - y.value * y.value;
      let term = x.weight * y.weight * approach;
      for (let n = 0; n < 4; n++, term *= MJ) sums[n] += term;
    }
  }
  return { rate: 2 * Math.sqrt(Math.PI) * sums[0], moments: sums.map((sum) => sum / sums[0]) };
}

/** f_1 by the complete elliptic integral of the second kind, itself by the arithmetic and geometric mean. */
export function rateOfOne(a: number, b: number): number {
  const [v, w] = [Math.sqrt(a), Math.sqrt(b)];
  const m = (4 * v * w) / (v + w) ** 2;
  let [p, q, sum, power] = [1, Math.sqrt(1 - m), m / 2, 0.5];
  for (let i = 0; i < 60 && p - q > 1e-17; i++) {
    const c = (p - q) / 2;
    [p, q] = [(p + q) / 2, Math.sqrt(p * q)];
    power *= 2;
    sum += power * c * c;
  }
  const E = (Math.PI / (2 * p)) * (1 - sum);
  return (2 / Math.sqrt(Math.PI)) * (2 / Math.PI) * (v + w) * E;
}

export type DiskDefect = "all candidates collide" | "one particle less" | "bath of T" | "half the energy";

/** Many replicas of a chain of disks at one time, the direct method with rejection. */
export function sampleDisks(model: Model, time: number, replicas: number, defect?: DiskDefect): Sampled {
  const next = uniforms(123456789, 987654321, 362436069);
  const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());

  const { cells: N, particles: M, temperatures, rate, bath } = defineModel(model);
  const isAtEnd = (k: number) => k === 0 || k > N;
  /** An exponential bath is a cell, whose energy is drawn after each of its collisions. */
  const isBath = (k: number) => isAtEnd(k) && bath === "thermal";
  const drawn = (T: number) => (bath === "thermal" ? T : -T * Math.log(next()));
  const variance = (T: number) => (defect === "bath of T" ? T : T / 2);
  /** The most that a component counts: a cell's √(M E), or in a bath the mean of |y|, since y may be anything. */
  const most = (k: number, E: number) => (isBath(k) ? Math.sqrt((2 * variance(E)) / Math.PI) : Math.sqrt(M * E));
  /** One component of any particle of a cell. */
  const component = (E: number) => {
    const size = defect === "one particle less" ? 2 * M - 2 : 2 * M;
    const first = normal();
    let square = first * first;
    for (let i = 1; i < size; i++) square += normal() ** 2;
    return first * Math.sqrt((M * E) / square);
  };
  const energies = Array.from({ length: N }, () => new Float64Array(replicas));
  const inflows = new Float64Array(replicas);
  let events = 0;
  for (let r = 0; r < replicas; r++) {
    const E = [drawn(temperatures[0]), ...(model.initial as number[]), drawn(temperatures[1])];
    for (let t = 0; ;) {
      const bounds = Array.from({ length: N + 1 }, (_, k) => most(k, E[k]) + most(k + 1, E[k + 1]));
      const total = bounds.reduce((sum, bound) => sum + bound, 0);
      t -= Math.log(next()) / (rate.scale * M * 2 * Math.sqrt(Math.PI) * total);
      if (t > time) break;
      let k = 0;
      for (let u = next() * total; k < N && u >= bounds[k]; k++) u -= bounds[k];
      // A bath's component is proposed in proportion to the bound, √(M E) + |y|, half of it with a Rayleigh law of |y|.
      const isOfBath = (side: number) => next() * bounds[k] < most(side, E[side]);
      const ofBath = (side: number) => {
        const s = Math.sqrt(variance(E[side]));
        return isOfBath(side) ? (next() < 0.5 ? -s : s) * Math.sqrt(-2 * Math.log(next())) : s * normal();
      };
      const x = isBath(k) ? ofBath(k) : component(E[k]);
      const y = isBath(k + 1) ? ofBath(k + 1) : component(E[k + 1]);
      const bound = (isBath(k) ? Math.abs(x) : most(k, E[k])) + (isBath(k + 1) ? Math.abs(y) : most(k + 1, E[k + 1]));
      if (defect === "all candidates collide" ? next() > 0.3 : next() * bound >= x - y) continue;
      events++;
      const J = ((x * x - y * y) / M) * (defect === "half the energy" ? 0.5 : 1);
      if (k > 0) E[k] -= J;
      if (k < N) E[k + 1] += J;
      if (bath === "exponential" && defect !== "bath of T") {
        if (k === 0) E[0] = drawn(temperatures[0]);
        if (k === N) E[N + 1] = drawn(temperatures[1]);
      }
      if (k === 0) inflows[r] += J;
    }
    for (let k = 0; k < N; k++) energies[k][r] = E[k + 1];
  }
  const mean = inflows.reduce((sum, x) => sum + x, 0) / replicas;
  const spread = inflows.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (replicas - 1);
  return { energies, events, inflow: { mean, variance: spread }, replicas };
}
