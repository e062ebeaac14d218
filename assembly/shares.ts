/**
 * The sampler of shares on its own, so that its law can be held against Lemma 5.2: the same functions that draw the
 * shares of an exchange, fed by the same streams.
 */
import { SHARES } from "./abi";
import { Beta } from "./beta";
import { Random } from "./random";
import { particles, seed } from "./state";

const BLOCK: usize = memory.data(SHARES * 8, 16);

/** Starts the stream of this number; streams of unequal numbers are independent. */
export function startShares(stream: u64): void {
  Random.startVector(seed, stream);
}

/** The next SHARES draws of B ~ Beta(1, M-1), at the address returned. */
export function nextShares(): usize {
  Random.uniforms(BLOCK, SHARES >> 1);
  const exponent = Beta.exponent(particles);
  for (let at = BLOCK; at < BLOCK + ((<usize>SHARES) << 3); at += 16) {
    v128.store(at, Beta.from(v128.load(at), particles, exponent));
  }
  return BLOCK;
}
