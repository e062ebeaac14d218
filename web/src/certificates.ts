/** Certificates, in the worker: one of the live chain, and whether a certificate's run gives the same bits here. */
import { defineModel, InvalidInputError, replay, simulate, type Certificate, type Replay } from "mesoflux";
import { lookSpacing, modelOf, type Settings } from "./settings.ts";

/** How much of it is done, 0 to 1. */
export type Told = (part: number) => void;

/** Looks that a certificate can name: it lists the time of each. */
const MOST_LOOKS = 2 ** 16;

/** The path to the time t of the settings, looked at as the live chain was, and its energies in the end. */
export async function certify(settings: Settings): Promise<{ certificate: Certificate; energies: Float64Array }> {
  const model = defineModel(modelOf(settings));
  const spacing = lookSpacing(model.cells);
  const looks = Math.round(settings.t / spacing);
  if (looks > MOST_LOOKS) {
    const most = MOST_LOOKS * spacing;
    throw new InvalidInputError("live chain", [{ field: "t", expected: `${most} at most`, got: String(settings.t) }]);
  }
  const times = looks === 0 ? [0] : Array.from({ length: looks }, (_, i) => (i + 1) * spacing);
  const options = { seed: BigInt(settings.seed), replicas: 1, times, moments: "mean" } as const;
  const { certificate, mean } = await simulate(model, options);
  return { certificate, energies: mean.slice(-model.cells) };
}

/** @throws what the package throws, an AbortedError among it. */
export function replayHere(certificate: unknown, signal: AbortSignal, told: Told): Promise<Replay> {
  const onProgress = ({ finished, replicas }: { finished: number; replicas: number }) => told(finished / replicas);
  return replay(certificate as Certificate, { signal, onProgress });
}
