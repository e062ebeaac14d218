import { expect, test } from "vitest";
import { defineModel } from "../../src/model.ts";
import { RareKernel, rareModule } from "../../src/rare/kernel.ts";
import { initialEnergies } from "../../src/theory/initial.ts";

async function meanWeight(input: any, theta: (t: number, k: number) => number, gain: number, n: number, S = 20, time = 0.5, seed = 1n) {
  const model = defineModel(input);
  const kernel = await RareKernel.of(await rareModule(model));
  kernel.setChain(model);
  const N = model.cells;
  const times = Float64Array.from({ length: S + 1 }, (_, j) => (time * j) / S);
  const momenta = Float64Array.from({ length: (S + 1) * N }, (_, i) => theta(times[Math.floor(i / N)], i % N));
  const start = initialEnergies(model);
  const path = Float64Array.from({ length: (S + 1) * N }, (_, i) => start[i % N]);
  const gains = new Float64Array((S + 1) * N * N);
  for (let j = 0; j <= S; j++) for (let k = 0; k < N; k++) gains[(j * N + k) * N + k] = gain;
  kernel.setGuide(start, { times, momenta, path, gains, bond: undefined, bondMomentum: 0 });
  let [s, s2, e, ev] = [0, 0, 0, 0];
  for (let r = 0; r < n; r++) {
    kernel.start(seed, r);
    while (!kernel.advance());
    const { logWeight, energies, events } = kernel.result;
    const w = Math.exp(logWeight);
    s += w; s2 += w * w; e += w * energies[0]; ev += events;
  }
  const mean = s / n;
  const se = Math.sqrt((s2 / n - mean * mean) / n);
  return { mean, se, z: (mean - 1) / se, E1: e / n, ev: ev / n };
}
test("weights", async () => {
  let chi = 0, count = 0; const out: string[] = [];
  for (const M of [1, 2, 3, 10])
    for (const N of [1, 2, 3])
      for (const rate of ["constant", "sqrt-sum", "sqrt-harmonic"])
        for (const gain of [0, -0.1]) {
          const r = await meanWeight({ cells: N, particles: M, temperatures: [1, 2], bath: "thermal", rate }, (t, k) => (k % 2 ? -1 : 1) * 0.15 * (t + 0.5) , gain, 40000, 20, 0.5, BigInt(++count));
          const p = await meanWeight({ cells: N, particles: M, temperatures: [1, 2], bath: "thermal", rate }, () => 0, 0, 40000, 20,.5,BigInt(1000+count));
          chi += r.z**2; out.push(`${M} ${N} ${rate} ${gain} ${r.mean.toFixed(4)} z ${r.z.toFixed(2)} E1 ${r.E1.toFixed(4)} plain ${p.E1.toFixed(4)} ev ${r.ev.toFixed(2)} ${p.ev.toFixed(2)}`);
        }
  console.log(out.join("\n") + `\nchi2 ${chi} of ${count}`);
});
test("clipped", async () => {
  const out: string[] = [];
  for (const M of [1, 2, 5, 20]) for (const th of [3, -3]) {
    const r = await meanWeight({ cells: 2, particles: M, temperatures: [1, 1.2], bath: "thermal", rate: "sqrt-sum" }, (t, k) => th, 0, 200000, 4, 0.04/M, 7n);
    out.push(`${M} ${th} ${r.mean.toFixed(5)} se ${r.se.toFixed(5)} z ${r.z.toFixed(2)} ev ${r.ev}`);
  }
  console.log(out.join("\n"));
});
