/** The README's ten lines, of the package as a host has it: what they print, and where the run was made. */
export async function run({ defineModel, simulate, theory }, options) {
  const model = defineModel({ cells: 4, particles: 1000, temperatures: [1, 2], rate: "sqrt-harmonic", initial: 1 });
  const times = [1, 5];
  const result = await simulate(model, { replicas: 1000, times, seed: 42, ...options });
  const { mean, standardError, certificate, ran } = result;
  const limit = theory.limit(model, times);
  let output = "";
  for (let k = 0; k < 4; k++) {
    const at = 4 + k; // row t = 5, cell k + 1
    output += `${mean[at].toFixed(4)} ± ${standardError[at].toFixed(4)} theory ${limit[at].toFixed(4)}\n`;
  }
  return { output: `${output}${certificate.result.slice(0, 16)}\n`, ran };
}
