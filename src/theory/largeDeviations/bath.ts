/**
 * Which baths let energies and currents have large deviations at speed M (THEORY 12.2 [B17]). A packet B·Exp(T) of the
 * paper's bath exceeds z with a probability of about e^{-2√(M z/T)}, which is no e^{-M z}: E e^{s M Z} is infinite for every
 * s > 0, and one large packet is the cheapest way to every energy above E*. At M = 1 it is the packet of a "thermal" bath.
 */
import { describe, InvalidInputError } from "../../errors.ts";
import type { Model } from "../../model.ts";
import { keepsDetailedBalance } from "../baths.ts";

/** True if M J has a generating function on both sides of 0 on every bond. */
export const hasLargeDeviations = ({ exchange, bath, particles }: Model): boolean =>
  exchange === "kinetic" ? bath === "thermal" : keepsDetailedBalance(bath, particles);

/** @throws InvalidInputError unless deviations at speed M exist. */
export function checkLargeDeviations(model: Model): void {
  if (hasLargeDeviations(model)) return;
  const expected =
    '"thermal" where large deviations are asked for: energy from an "exponential" bath has no generating function, since ' +
    'one large packet outweighs every e^{-M V}; exact tails at rate "constant" are in theory.hiddenTemperatures';
  throw new InvalidInputError("model", [{ field: "bath", expected, got: describe(model.bath) }]);
}
