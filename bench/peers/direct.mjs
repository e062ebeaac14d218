/**
 * The direct method in plain JavaScript: what people write without this package.
 *
 * node direct.mjs CELLS PARTICLES T_LEFT T_RIGHT EVENTS
 * prints: nanoseconds of a core per event, mean energy per cell at the end, time at the end.
 */
const [cells, particles, left, right, events] = process.argv.slice(2).map(Number);

const rate = (a, b) => Math.sqrt((a * b) / (a + b));
const exponential = () => -Math.log(1 - Math.random());
const share = () => 1 - Math.random() ** (1 / (particles - 1));

function simulate(events) {
  const energy = Float64Array.from({ length: cells + 2 }, (_, k) => left + ((right - left) * k) / (cells + 1));
  const rates = Float64Array.from({ length: cells + 1 }, (_, k) => rate(energy[k], energy[k + 1]));
  let total = rates.reduce((sum, rate) => sum + rate, 0);
  let time = 0;
  for (let event = 0; event < events; event++) {
    time += exponential() / (particles * total);
    let target = Math.random() * total;
    let k = 0;
    while (k < cells && (target -= rates[k]) >= 0) k++;
    const p = Math.random();
    const a = k > 0 ? energy[k] : left * exponential();
    const b = k < cells ? energy[k + 1] : right * exponential();
    const flux = (1 - p) * share() * a - p * share() * b;
    if (k > 0) energy[k] -= flux;
    if (k < cells) energy[k + 1] += flux;
    for (let j = Math.max(0, k - 1); j <= Math.min(cells, k + 1); j++) {
      const renewed = rate(energy[j], energy[j + 1]);
      total += renewed - rates[j];
      rates[j] = renewed;
    }
  }
  return { energy: energy.subarray(1, cells + 1), time };
}

// The compiler of the JavaScript engine gets its time first.
simulate(Math.min(events, 1e5));
const start = process.cpuUsage();
const { energy, time } = simulate(events);
const { user, system } = process.cpuUsage(start);
console.log((1e3 * (user + system)) / events, energy.reduce((sum, E) => sum + E, 0) / cells, time);
