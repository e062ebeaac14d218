import { defineModel, simulate, theory } from "mesoflux";

const model = defineModel({ cells: 4, particles: 1000, temperatures: [1, 2], rate: "sqrt-harmonic", initial: 1 });
const times = [1, 5];
const { mean, standardError, certificate } = await simulate(model, { replicas: 1000, times, seed: 42 });
const limit = theory.limit(model, times);

for (let k = 0; k < 4; k++) {
  const at = 4 + k; // row t = 5, cell k + 1
  console.log(`${mean[at].toFixed(4)} ± ${standardError[at].toFixed(4)} theory ${limit[at].toFixed(4)}`);
}
console.log(certificate.result.slice(0, 16));
