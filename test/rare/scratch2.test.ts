import { test } from "vitest";
import { defineModel } from "../../src/model.ts";
import { RareKernel, rareModule } from "../../src/rare/kernel.ts";
import { initialEnergies } from "../../src/theory/initial.ts";
import { instanton } from "../../src/theory/largeDeviations/instanton.ts";
import { feedbackOf } from "../../src/theory/largeDeviations/feedback.ts";

async function prob(input: any, event: any, n: number, open = false, seed = 1n, mid = false) {
  const model = defineModel(input);
  const t0 = performance.now();
  const ins = instanton(model, event);
  const K = feedbackOf(model, ins);
  const t1 = performance.now();
  const kernel = await RareKernel.of(await rareModule(model));
  kernel.setChain(model);
  const N = model.cells;
  const start = initialEnergies(model);
  const momenta = ins.momenta.slice();
  if (mid) for (let i = 0; i < momenta.length - N; i++) momenta[i] = (ins.momenta[i] + ins.momenta[i + N]) / 2;
  if (open) K.fill(0);
  kernel.setGuide(start, { times: ins.times, momenta, path: ins.energies, gains: K, bond: event.bond, bondMomentum: ins.currentMomentum });
  let [s, s2, hits, ev] = [0, 0, 0, 0]; let big = 0;
  const c0 = process.cpuUsage().user;
  for (let r = 0; r < n; r++) {
    kernel.start(seed, r);
    while (!kernel.advance());
    const { logWeight, energies, events, carried } = kernel.result;
    ev += events;
    const v = event.cell ? energies[event.cell - 1] : carried;
    if (!(event.above !== undefined ? v > event.above : v < event.below)) continue;
    const w = Math.exp(logWeight + model.particles * ins.action);
    hits++; s += w; s2 += w * w; big = Math.max(big, w);
  }
  const cpu = (process.cpuUsage().user - c0) / 1e6;
  const mean = s / n;
  const se = Math.sqrt((s2 / n - mean * mean) / n);
  const f = Math.exp(-model.particles * ins.action);
  return `${JSON.stringify(event)} open ${open} mid ${mid}: S ${ins.times.length - 1} P ${mean * f} se ${se * f} rel ${se / mean} relvar ${(se / mean) ** 2 * n} hits ${hits / n} share ${big / s} ev ${ev / n} ns/event ${(cpu / ev) * 1e9} instanton ms ${t1 - t0} e^-MA ${f}`;
}
test("P", async () => {
  const m = { cells: 3, particles: 100, temperatures: [1, 2], bath: "thermal", rate: "sqrt-sum", initial: "equilibrium" };
  for (const x of [1.95, 2.15, 3, 3.5]) for (const [open, mid] of [[false, false], [false, true], [true, false]] as const)
    console.log(await prob(m, { cell: 2, above: x, time: 2 }, 20000, open, 3n, mid));
  console.log(await prob(m, { bond: 1, above: 0.5, time: 2 }, 20000, false, 3n, false));
  console.log(await prob(m, { cell: 2, below: 0.9, time: 2 }, 20000, false, 3n, false));
});
