/** Certifies the live chain, in the worker. */
import { defineModel, InvalidInputError, simulate, type Certificate } from "mesoflux";
import { observationSpacing, modelOf, type Settings } from "./settings.ts";

/** Observations of a certificate at most: it lists the time of each. */
const MOST_OBSERVATIONS = 2 ** 16;

/** The certificate of the path to the time t of the settings, observed as the live chain was, and its last energies. */
export async function certify(settings: Settings): Promise<{ certificate: Certificate; energies: Float64Array }> {
  const model = defineModel(modelOf(settings));
  const spacing = observationSpacing(model.cells);
  const observations = Math.round(settings.t / spacing);
  if (observations > MOST_OBSERVATIONS) {
    const most = MOST_OBSERVATIONS * spacing;
    throw new InvalidInputError("live chain", [{ field: "t", expected: `${most} at most`, got: String(settings.t) }]);
  }
  const times = observations === 0 ? [0] : Array.from({ length: observations }, (_, i) => (i + 1) * spacing);
  const options = { seed: BigInt(settings.seed), replicas: 1, times, moments: "mean" } as const;
  const { certificate, mean } = await simulate(model, options);
  return { certificate, energies: mean.slice(-model.cells) };
}
