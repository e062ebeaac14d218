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
  Random.startBoth(seed, stream);
}

/** The next SHARES draws of B ~ Beta(1, M-1), at the address returned. */
export function nextShares(): usize {
  Random.uniforms(BLOCK, SHARES >> 1);
  Beta.fromUniforms(BLOCK, BLOCK + ((<usize>SHARES) << 3), particles);
  return BLOCK;
}
