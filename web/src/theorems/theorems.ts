/** The theorems that the lab tries, by name, and the worker's part: the package's own verification of each. */
import { defineModel, verify, type Report } from "mesoflux";
import { modelOf, type Settings } from "../settings.ts";

/** Events in a run, about: some seconds of one core, fewer where there are more. */
export const EVENTS = 2e8;

const VERIFICATIONS = {
  lln: verify.lln,
  clt: verify.clt,
  fourier: verify.fourier,
  mesoscopic: verify.mesoscopic,
  fluctuations: verify.fluctuations,
};
export type Theorem = keyof typeof VERIFICATIONS;

/**
 * Verifies a theorem on the settings' chain.
 * @param told the share that is done, 0 to 1.
 * @throws the package's errors; AbortedError after the signal.
 */
export function runTheorem(
  theorem: Theorem,
  settings: Settings,
  signal: AbortSignal,
  told: (share: number) => void,
): Promise<Report> {
  const options = { events: EVENTS, seed: BigInt(settings.seed), signal };
  return VERIFICATIONS[theorem](defineModel(modelOf(settings)), { ...options, onProgress: ({ done }) => told(done) });
}
