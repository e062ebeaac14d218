/** In a process of its own: milliseconds from the text of a rate to its engine, the first time and, by another text, warm. */
import { defineModel } from "../dist/src/index.js";
import { engineBytes, engineFor } from "../dist/src/engine.js";

engineBytes();
const milliseconds = (factor) => {
  const start = performance.now();
  const rate = `${factor}-exp(-sqrt(a*b/(a+b)))`;
  new WebAssembly.Module(engineFor(defineModel({ cells: 10, particles: 1e3, temperatures: [1, 2], rate })));
  return performance.now() - start;
};
// A model of a law, so that the reader of models is warm: what is measured is the rate.
defineModel({ cells: 10, particles: 1e3, temperatures: [1, 2], rate: "sqrt-sum" });
const cold = milliseconds(1);
const warm = Array.from({ length: 15 }, (_, i) => milliseconds(2 + i)).sort((x, y) => x - y)[7];
console.log(JSON.stringify({ cold, warm }));
