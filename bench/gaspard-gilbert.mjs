/**
 * The conductivity of disks that collide, one in each cell, against the benchmark of Gaspard and Gilbert (New J. Phys. 10,
 * 103004 (2008); J. Stat. Mech. 2009, P08020): κ = ν, the collision rate of a bond in equilibrium, here √(2T), up to a
 * correction that they find to be -0.000373 ν.
 *
 *   node bench/gaspard-gilbert.mjs [seconds]
 *
 * Chains of N cells between Maxwellian baths at 0.5 and 1.5. All rates scale as √T, so that a long chain carries
 * j (N+1) = ∫ κ dT = (κ/ν) (2√2/3) (T_R^{3/2} - T_L^{3/2}); its ends add a resistance r that does not grow with it:
 * ν/κ_N = ν/κ + r/(N+1), fitted to the lengths. The profile's curvature is felt as 1/(N+1)² and left to the shortest chain.
 */
import { simulate, theory } from "../dist/src/index.js";

const LENGTHS = [8, 16, 32];
const TEMPERATURES = [0.5, 1.5];
const REPLICAS = 64;
const WAIT = 20;

const seconds = Number(process.argv[2] ?? 60);
const power = (T) => T * Math.sqrt(T);
const expected = ((2 * Math.SQRT2) / 3) * (power(TEMPERATURES[1]) - power(TEMPERATURES[0]));

async function measure(cells, seconds) {
  const model = { cells, particles: 1, temperatures: TEMPERATURES, exchange: "kinetic" };
  // The slowest rate as M grows; that of M = 1 is a third less.
  const burnIn = WAIT / theory.slowestRate(model);
  const run = (window, seed) =>
    simulate(model, {
      times: "stationary",
      stationary: { burnIn, looks: 2, spacing: window },
      replicas: REPLICAS,
      seed,
    });
  const before = process.cpuUsage();
  await run(burnIn, 0);
  const { user, system } = process.cpuUsage(before);
  const window = Math.max(burnIn, ((2e6 * seconds) / (user + system)) * burnIn - burnIn);
  const { current, currentError } = await run(window, 1);
  const scale = (cells + 1) / expected;
  return { cells, ratio: -current * scale, error: currentError * scale, window };
}

const found = [];
for (const cells of LENGTHS) {
  const one = await measure(cells, seconds / LENGTHS.length);
  found.push(one);
  const over = `${REPLICAS} replicas over t = ${one.window.toPrecision(3)}`;
  console.log(`N = ${cells}: κ_N/ν = ${one.ratio.toFixed(5)} ± ${one.error.toFixed(5)}, ${over}`);
}

// The line ν/κ_N = y + r x, x = 1/(N+1), by weighted least squares.
const sums = { w: 0, x: 0, y: 0, xx: 0, xy: 0 };
for (const { cells, ratio, error } of found) {
  const [x, y, w] = [1 / (cells + 1), 1 / ratio, ratio ** 4 / error ** 2];
  sums.w += w;
  sums.x += w * x;
  sums.y += w * y;
  sums.xx += w * x * x;
  sums.xy += w * x * y;
}
const determinant = sums.w * sums.xx - sums.x * sums.x;
const intercept = (sums.xx * sums.y - sums.x * sums.xy) / determinant;
const slope = (sums.w * sums.xy - sums.x * sums.y) / determinant;
const [interceptError, slopeError] = [sums.xx, sums.w].map((sum) => Math.sqrt(sum / determinant));
console.log(`resistance of the ends: r = ${slope.toFixed(4)} ± ${slopeError.toFixed(4)} bonds`);
const off = 1 / intercept - 1;
console.log(`κ/ν - 1 = ${off.toFixed(5)} ± ${interceptError.toFixed(5)}; Gaspard and Gilbert: -0.00037`);
