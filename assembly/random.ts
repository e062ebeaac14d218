/**
 * Streams of random numbers, keyed by (stream version, seed, replica, purpose).
 *
 * Key: one ChaCha20 block (RFC 8439) whose key words hold seed, replica and stream version and whose counter is the
 * purpose, so that distinct inputs give unrelated states; it fills the states of two generators.
 * Generator: xoshiro256+ (Blackman and Vigna 2021), whose weak lowest bits never leave it: a uniform takes the top 52.
 * Uniform: (j + 1/2) 2^-52, j = 0 .. 2^52 - 1, strictly inside (0, 1), and so is its complement.
 */
import { STREAM_VERSION } from "./abi";

/** The purposes of streams. One number of one purpose never depends on how many of another were drawn. */
const PURPOSE_EVEN: u32 = 0; // of the vector stream; 1 are its odd words, and 2 are decisions
export const PURPOSE_DIRECT: u32 = 3;
const PURPOSE_NOISE: u32 = 4;
export const PURPOSE_BILLIARDS: u32 = 5;
export const PURPOSE_CONTACTS: u32 = 6;
export const PURPOSE_START: u32 = 7;
/** Two numbers for each: those of the odd words follow. */
export const PURPOSE_TILTED: u32 = 8;
export const PURPOSE_HIDDEN: u32 = 10;
export const PURPOSE_CLONES: u32 = 12;
export const PURPOSE_RESAMPLING: u32 = 14;

/**
 *   0                64               128
 *   ┌────────────────┬────────────────┐
 *   │ a b c d        │ e f g h        │   two vector generators, v128 x 4 each: their words alternate
 *   └────────────────┴────────────────┘
 * Two, because one alone waits for its own last step: 1.8 ns an event of 17 (N = 1000, M = 10^5).
 */
const VECTOR_STATE: usize = memory.data(128, 16);

/** The scalar generator. */
let s0: u64 = 0;
let s1: u64 = 0;
let s2: u64 = 0;
let s3: u64 = 0;

/** 1.0 as bits: with a 52-bit fraction below it, a number of [1, 2). */
const ONE_BITS: u64 = 0x3ff0000000000000;
/** 1 - 2^-53: subtracted from [1, 2) it leaves the open interval, each step exact. */
const ONE_LESS: f64 = 0.99999999999999988898;

// prettier-ignore
const UNIFORM_CONSTANTS: usize = memory.data<u64>([
  0x3FF0000000000000, 0x3FF0000000000000, // ONE_BITS
  0x3FEFFFFFFFFFFFFF, 0x3FEFFFFFFFFFFFFF, // ONE_LESS
], 16);

export class Random {
  /** Starts the vector stream for one replica, and the scalar one for its decisions. */
  static startBoth(seed: u64, replica: u64): void {
    const keys = keyBlocks(seed, replica, PURPOSE_EVEN, 3);
    memory.copy(VECTOR_STATE, keys, 128);
    Random.startFrom(keys + 128);
  }

  /** Starts the vector stream for one replica and one purpose, whose number and the next one it takes. */
  static startVector(seed: u64, replica: u64, purpose: u32): void {
    memory.copy(VECTOR_STATE, keyBlocks(seed, replica, purpose, 2), 128);
  }

  /** Starts the vector stream for two replicas: each word is one uniform of either, the same in company and alone. */
  static startPair(seed: u64, first: u64, second: u64): void {
    interleave(VECTOR_STATE, keyBlocks(seed, first, PURPOSE_NOISE, 1));
    interleave(VECTOR_STATE + 8, keyBlocks(seed, second, PURPOSE_NOISE, 1));
  }

  /** Starts the scalar stream for one replica. */
  static start(seed: u64, replica: u64, purpose: u32): void {
    Random.startFrom(keyBlocks(seed, replica, purpose, 1));
  }

  /** Writes the state of the scalar stream to memory, 32 bytes. */
  static save(to: usize): void {
    store<u64>(to, s0);
    store<u64>(to, s1, 8);
    store<u64>(to, s2, 16);
    store<u64>(to, s3, 24);
  }

  /** Goes on with the scalar stream where it was saved. */
  static startFrom(key: usize): void {
    s0 = load<u64>(key);
    s1 = load<u64>(key, 8);
    s2 = load<u64>(key, 16);
    s3 = load<u64>(key, 24);
  }

  /** The next uniform of the scalar stream. */
  static uniform(): f64 {
    // Locals, since a global is read from and written to memory each time it is named.
    let a = s0;
    let b = s1;
    let c = s2;
    let d = s3;
    const word = a + d;
    const t = b << 17;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    s0 = a;
    s1 = b;
    s2 = c ^ t;
    s3 = rotl(d, 45);
    return reinterpret<f64>((word >> 12) | ONE_BITS) - ONE_LESS;
  }

  /** Stores the next `count` words of the vector stream, two uniforms each, from address `to` on; `count` is even. */
  static uniforms(to: usize, count: i32): void {
    let a = v128.load(VECTOR_STATE);
    let b = v128.load(VECTOR_STATE, 16);
    let c = v128.load(VECTOR_STATE, 32);
    let d = v128.load(VECTOR_STATE, 48);
    let e = v128.load(VECTOR_STATE, 64);
    let f = v128.load(VECTOR_STATE, 80);
    let g = v128.load(VECTOR_STATE, 96);
    let h = v128.load(VECTOR_STATE, 112);
    const oneBits = v128.load(UNIFORM_CONSTANTS);
    const oneLess = v128.load(UNIFORM_CONSTANTS, 16);
    const end = to + ((<usize>count) << 4);
    for (; to < end; to += 32) {
      v128.store(to, Bits.uniform(i64x2.add(a, d), oneBits, oneLess));
      v128.store(to, Bits.uniform(i64x2.add(e, h), oneBits, oneLess), 16);
      const t = i64x2.shl(b, 17);
      const u = i64x2.shl(f, 17);
      c = v128.xor(c, a);
      g = v128.xor(g, e);
      d = v128.xor(d, b);
      h = v128.xor(h, f);
      b = v128.xor(b, c);
      f = v128.xor(f, g);
      a = v128.xor(a, d);
      e = v128.xor(e, h);
      c = v128.xor(c, t);
      g = v128.xor(g, u);
      d = v128.or(i64x2.shl(d, 45), i64x2.shr_u(d, 19));
      h = v128.or(i64x2.shl(h, 45), i64x2.shr_u(h, 19));
    }
    v128.store(VECTOR_STATE, a);
    v128.store(VECTOR_STATE, b, 16);
    v128.store(VECTOR_STATE, c, 32);
    v128.store(VECTOR_STATE, d, 48);
    v128.store(VECTOR_STATE, e, 64);
    v128.store(VECTOR_STATE, f, 80);
    v128.store(VECTOR_STATE, g, 96);
    v128.store(VECTOR_STATE, h, 112);
  }
}

/** Copies the eight words of a key to one lane of the vector generators. */
function interleave(to: usize, key: usize): void {
  for (let word: usize = 0; word < 8; word++) store<u64>(to + (word << 4), load<u64>(key + (word << 3)));
}

/** Room for three ChaCha20 blocks: sixteen 32-bit words each, four v128 rows. */
const BLOCKS: usize = memory.data(192, 16);

/**
 * The ChaCha20 blocks of this (seed, replica, purpose) and of the purposes that follow it, `count` in all, at the address
 * returned.
 *
 *   ┌───────────────────────────────────────────────────────────┐
 *   │ "expa"       "nd 3"       "2-by"         "te k"           │
 *   │ seed low     seed high    replica low    replica high     │  key
 *   │ version      0            0              0                │  key
 *   │ purpose      0            0              0                │  counter, nonce
 *   └───────────────────────────────────────────────────────────┘
 * In turns, two rounds of each, since a block alone waits for its own last step: the exact method's three a replica take
 * 0.25 microseconds, one after the other 0.55.
 */
export function keyBlocks(seed: u64, replica: u64, purpose: u32, count: i32): usize {
  const a = i32x4(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574);
  const b = i64x2.replace_lane(i64x2.splat(seed), 1, replica);
  const c = i32x4.replace_lane(i32x4.splat(0), 0, STREAM_VERSION);
  const d = i32x4.replace_lane(i32x4.splat(0), 0, purpose);
  const one = i32x4(1, 0, 0, 0);
  const end = BLOCKS + ((<usize>count) << 6);
  for (let at = BLOCKS, counter = d; at < end; at += 64, counter = i32x4.add(counter, one)) {
    Rows.store(at, a, b, c, counter);
  }
  for (let round = 0; round < 20; round += 2) {
    for (let at = BLOCKS; at < end; at += 64) Rows.round2(at);
  }
  for (let at = BLOCKS, counter = d; at < end; at += 64, counter = i32x4.add(counter, one)) {
    Rows.add(at, a, b, c, counter);
  }
  return BLOCKS;
}

/** The four rows of a block in memory. */
class Rows {
  @inline static store(at: usize, a: v128, b: v128, c: v128, d: v128): void {
    v128.store(at, a);
    v128.store(at, b, 16);
    v128.store(at, c, 32);
    v128.store(at, d, 48);
  }

  @inline static add(at: usize, a: v128, b: v128, c: v128, d: v128): void {
    const rowA = i32x4.add(v128.load(at), a);
    const rowB = i32x4.add(v128.load(at, 16), b);
    const rowC = i32x4.add(v128.load(at, 32), c);
    Rows.store(at, rowA, rowB, rowC, i32x4.add(v128.load(at, 48), d));
  }

  /** A round of columns and one of diagonals. */
  @inline static round2(at: usize): void {
    let a = v128.load(at);
    let b = v128.load(at, 16);
    let c = v128.load(at, 32);
    let d = v128.load(at, 48);
    for (let round = 0; round < 2; round++) {
      a = i32x4.add(a, b);
      d = Bits.rotate(v128.xor(d, a), 16);
      c = i32x4.add(c, d);
      b = Bits.rotate(v128.xor(b, c), 12);
      a = i32x4.add(a, b);
      d = Bits.rotate(v128.xor(d, a), 8);
      c = i32x4.add(c, d);
      b = Bits.rotate(v128.xor(b, c), 7);
      // Columns to diagonals on even rounds, and back on odd ones.
      if (round & 1) {
        b = i32x4.shuffle(b, b, 3, 0, 1, 2);
        c = i32x4.shuffle(c, c, 2, 3, 0, 1);
        d = i32x4.shuffle(d, d, 1, 2, 3, 0);
      } else {
        b = i32x4.shuffle(b, b, 1, 2, 3, 0);
        c = i32x4.shuffle(c, c, 2, 3, 0, 1);
        d = i32x4.shuffle(d, d, 3, 0, 1, 2);
      }
    }
    Rows.store(at, a, b, c, d);
  }
}

class Bits {
  /** The top 52 bits of each lane as a uniform; the constants come from registers. */
  @inline static uniform(word: v128, oneBits: v128, oneLess: v128): v128 {
    return f64x2.sub(v128.or(i64x2.shr_u(word, 12), oneBits), oneLess);
  }

  @inline static rotate(x: v128, bits: i32): v128 {
    return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
  }
}
