/**
 * AssemblyScript, compiled by guard.mjs: the exact process, one scalar at a time, as simply as it can be had in WASM.
 *
 * A yardstick of the machine and of its WASM compiler. It shares nothing with the engine and never changes: the guard's
 * floors were set against it, and would mean something else against another.
 * M = 10^5 particles, "sqrt-harmonic", T = (1, 2), thinning with one bound for all bonds.
 */

const PARTICLES: f64 = 1e5;
const LEFT: f64 = 1;
const RIGHT: f64 = 2;
const MOST_CELLS: i32 = 1000;
/** Candidates between two looks at the highest energy. */
const STRIDE: i32 = 4096;

/** E_0 = T_L, the cells' energies, E_{N+1} = T_R. */
const ENERGIES: usize = memory.data((MOST_CELLS + 2) * 8, 16);

let s0: u64 = 1;
let s1: u64 = 2;
let s2: u64 = 3;
let s3: u64 = 4;

/** Makes `events` events of a chain of so many cells from a linear profile; returns its mean energy. */
export function run(cells: i32, events: i32): f64 {
  for (let k = 0; k <= cells + 1; k++) setEnergy(k, LEFT + ((RIGHT - LEFT) * <f64>k) / <f64>(cells + 1));
  let made = 0;
  while (made < events) made += runStride(cells);
  let sum: f64 = 0;
  for (let k = 1; k <= cells; k++) sum += energy(k);
  return sum / <f64>cells;
}

/** Passes STRIDE candidates, or as many as it takes to lift an energy above the cap; returns the events among them. */
function runStride(cells: i32): i32 {
  let highest: f64 = 0;
  for (let k = 0; k <= cells + 1; k++) highest = max(highest, energy(k));
  const cap = highest * (1 + 0.5 / sqrt(PARTICLES));
  const bound = sqrt(cap / 2);
  let made = 0;
  for (let i = 0; i < STRIDE; i++) {
    const k = <i32>(uniform() * <f64>(cells + 1));
    const a = energy(k);
    const b = energy(k + 1);
    if (uniform() * bound >= sqrt((a * b) / (a + b))) continue;
    const p = uniform();
    let x = (1 - p) * share() * a;
    let y = p * share() * b;
    if (k == 0) x *= -log(uniform());
    if (k == cells) y *= -log(uniform());
    if (k > 0) setEnergy(k, a - x + y);
    if (k < cells) setEnergy(k + 1, b - y + x);
    made++;
    if ((k > 0 && a - x + y > cap) || (k < cells && b - y + x > cap)) break;
  }
  return made;
}

function energy(k: i32): f64 {
  return load<f64>(ENERGIES + ((<usize>k) << 3));
}

function setEnergy(k: i32, value: f64): void {
  store<f64>(ENERGIES + ((<usize>k) << 3), value);
}

/** Beta(1, M-1): -expm1(x), x = log(u)/(M-1) > -0.0004, by the first terms of its series. */
function share(): f64 {
  const x = log(uniform()) / (PARTICLES - 1);
  return -x * (1 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120)))));
}

/** log x = k ln 2 + 2 artanh(s), s = (m-1)/(m+1), x = 2^k m, m in [1/√2, √2); coefficients of FreeBSD's e_log.c. */
function log(x: f64): f64 {
  const offset = reinterpret<i64>(x) - 0x3fe6a09e667f3bcd;
  const k = <f64>(offset >> 52);
  const m = reinterpret<f64>(reinterpret<i64>(x) - (offset & 0xfff0000000000000));
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let series = 0.1531383769920937332 + z * 0.1479819860511658591;
  series = 0.2222219843214978396 + z * (0.1818357216161805012 + z * series);
  series = 0.666666666666673513 + z * (0.3999999999940941908 + z * (0.2857142874366239149 + z * series));
  return k * 0.69314718055994530942 + s * (2 + z * series);
}

/** xoshiro256+ (Blackman and Vigna 2021): (j + 1/2) 2^-52 from the top 52 bits. */
function uniform(): f64 {
  const sum = s0 + s3;
  const t = s1 << 17;
  s2 ^= s0;
  s3 ^= s1;
  s1 ^= s2;
  s0 ^= s3;
  s2 ^= t;
  s3 = rotl(s3, 45);
  return (<f64>(sum >> 12) + 0.5) * 2.220446049250313e-16;
}
