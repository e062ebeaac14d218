/** Prints the milliseconds that this fresh process took to have an engine, and then to its first replica's end. */
import { defineModel } from "../dist/src/index.js";
import { loadKernelFor } from "../dist/src/engine.js";
import { initialEnergies } from "../dist/src/theory/initial.js";
import { setupOf } from "../dist/src/rate/expression.js";

const model = defineModel({ cells: 10, particles: 1e3, temperatures: [1, 2] });
const initial = initialEnergies(model);
const begin = performance.now();
const kernel = await loadKernelFor(model);
const loaded = performance.now();
kernel.setModel(model, setupOf(model), 42n);
kernel.allocate(initial, { times: [1e-3], moments: "mean", level: 0, samples: false });
kernel.beginChunk("exact", 0, 0);
while (!kernel.advance(1e3));
console.log(JSON.stringify({ load: loaded - begin, firstReplica: performance.now() - loaded }));
