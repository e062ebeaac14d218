/**
 * Normal(0, 1) by inversion: z = Φ^{-1}(u), one uniform a number.
 *
 * By symmetry z = -r(v) for u < 1/2 and r(v) otherwise, v = min(u, 1 - u), where r(v) > 0 has the upper tail v. Tails of
 * 2^-53 to 1/2 are cut into 32 intervals an octave, so that none is wider than 1/32 of its place, and in each r is its
 * Taylor polynomial of degree 5 about the middle c:
 *
 *   dr/dv = g,   g = -√(2π) e^{r²/2},   dg/dv = r g²
 *
 * gives its coefficients one after the other, and r at the next middle. Errors of r fall as 1/g on the way from the tail to
 * the middle, so one number starts it all. A normal is right within 4e-12 (test/engine/normal.test.ts), and never larger
 * than 8.21: the law's tail beyond has probability 2^-52.
 */
import { Elementary } from "./elementary";

/** 2^-53 to 2^-2 are the octaves of v; one entry more, since the last interval has 1/2 in its middle. */
const ENTRIES: i32 = 52 * 32 + 1;
/** An entry is c_0 .. c_5. 80 kB in all, but half of all uniforms need 1.5 of them, 15 in 16 need 6. */
const ENTRY: usize = 48;
const TABLE: usize = memory.data(ENTRIES * 48, 16);
/** The upper bits of a middle, down to a 32nd of an octave, as a number: its value for the first middle, 2^-53. */
const FIRST: i32 = (1023 - 53) * 32;

/** r(2^-53). */
const LARGEST: f64 = 8.209536151601387;
const ROOT_2PI: f64 = 2.5066282746310002;

/** Terms of the series that leads from one middle to the next: the first left out is below 2^-55 of r. */
const TERMS: i32 = 11;
/** Coefficients of r, of g and of g². */
const SERIES: usize = memory.data(3 * 8 * TERMS, 16);

// prettier-ignore
const CONSTANTS: usize = memory.data<u64>([
  0x3FF0000000000000, //  0  1
  0x3FE0000000000000, //  8  1/2
  0x0000400000000000, // 16  half an interval
  0xFFFF800000000000, // 24  the bits that a middle may have
  0x8000000000000000, // 32  the sign
], 16);

export class Normal {
  /** Replaces the uniforms in memory from `at` up to `end` by normals. */
  static fromUniforms(at: usize, end: usize): void {
    const one = v128.load64_splat(CONSTANTS);
    const middle = v128.load64_splat(CONSTANTS, 8);
    const half = v128.load64_splat(CONSTANTS, 16);
    const mask = v128.load64_splat(CONSTANTS, 24);
    const sign = v128.load64_splat(CONSTANTS, 32);
    for (; at < end; at += 16) {
      const u = v128.load(at);
      const v = f64x2.pmin(u, f64x2.sub(one, u));
      v128.store(at, v);
      const c = v128.and(i64x2.add(v, half), mask);
      const first = Normal.entry(load<u32>(at, 4));
      const second = Normal.entry(load<u32>(at, 12));
      const f01 = v128.load(first);
      const s01 = v128.load(second);
      const f23 = v128.load(first, 16);
      const s23 = v128.load(second, 16);
      const f45 = v128.load(first, 32);
      const s45 = v128.load(second, 32);
      const d = f64x2.sub(v, c);
      const d2 = f64x2.mul(d, d);
      const q01 = f64x2.add(i64x2.shuffle(f01, s01, 0, 2), f64x2.mul(d, i64x2.shuffle(f01, s01, 1, 3)));
      const q23 = f64x2.add(i64x2.shuffle(f23, s23, 0, 2), f64x2.mul(d, i64x2.shuffle(f23, s23, 1, 3)));
      const q45 = f64x2.add(i64x2.shuffle(f45, s45, 0, 2), f64x2.mul(d, i64x2.shuffle(f45, s45, 1, 3)));
      const r = f64x2.add(q01, f64x2.mul(d2, f64x2.add(q23, f64x2.mul(d2, q45))));
      v128.store(at, v128.xor(r, v128.and(f64x2.sub(u, middle), sign)));
    }
  }

  /** Address of the entry for the interval of a tail, from the upper word of its bits, read from memory as in elementary.ts. */
  @inline private static entry(word: u32): usize {
    return TABLE + <usize>(((word + 0x4000) >> 15) - FIRST) * ENTRY;
  }

  /** Fills the table, once: half a millisecond that only those who need normals should spend. */
  static prepare(): void {
    if (load<f64>(TABLE) > 0) return;
    let r = LARGEST;
    for (let i = 0; i < ENTRIES; i++) {
      const c = Normal.middle(i);
      expand(r);
      memory.copy(TABLE + <usize>i * ENTRY, SERIES, ENTRY);
      const step = Normal.middle(i + 1) - c;
      r = 0;
      for (let n = TERMS - 1; n >= 0; n--) r = r * step + term(0, n);
    }
  }

  @inline private static middle(i: i32): f64 {
    return reinterpret<f64>((<u64>(FIRST + i)) << 47);
  }
}

/** Writes the coefficients of r, g and g² about a place where r is this. */
function expand(r: f64): void {
  setTerm(0, 0, r);
  for (let n = 0; n < TERMS; n++) {
    // (n + 1) r_{n+1} = g_n, and (n + 1) g_{n+1} = the n-th coefficient of r g².
    if (n > 0) setTerm(0, n, term(1, n - 1) / <f64>n);
    const g =
      n == 0
        ? -ROOT_2PI * f64x2.extract_lane(Elementary.exp(f64x2.splat((r * r) / 2)), 0)
        : product(0, 2, n - 1) / <f64>n;
    setTerm(1, n, g);
    setTerm(2, n, product(1, 1, n));
  }
}

/** The n-th coefficient of the product of two series. */
function product(a: i32, b: i32, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i <= n; i++) sum += term(a, i) * term(b, n - i);
  return sum;
}

function term(series: i32, n: i32): f64 {
  return load<f64>(SERIES + ((<usize>(series * TERMS + n)) << 3));
}

function setTerm(series: i32, n: i32, value: f64): void {
  store<f64>(SERIES + ((<usize>(series * TERMS + n)) << 3), value);
}
