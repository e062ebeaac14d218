/** Which way of running paths serves a model and an event (THEORY 12.6), and why another one does not. */
import { describe, InvalidInputError, type Problem } from "../errors.ts";
import type { Model } from "../model.ts";
import { nameOf } from "../rate/rate.ts";
import { hasLargeDeviations } from "../theory/largeDeviations/bath.ts";
import type { RareEvent } from "../theory/largeDeviations/event.ts";
import { startOf } from "../theory/largeDeviations/start.ts";
import { rateOf } from "../theory/rates.ts";
import type { RareMethod } from "./run.ts";

/** @throws InvalidInputError unless exchanges can be tilted. */
export function checkExchange({ exchange }: Model): void {
  if (exchange !== "kinetic") return;
  const expected = '"uniform" for rare events, whose shares of energy can be drawn from a tilted law';
  throw new InvalidInputError("model", [{ field: "exchange", expected, got: describe(exchange) }]);
}

/** @throws InvalidInputError where none serves, or not the one that was asked for. */
export function methodFor(model: Model, event: RareEvent, asked: RareMethod | undefined): RareMethod {
  checkExchange(model);
  const unhidden = whyNotHidden(model, event);
  const method = asked ?? (!hasLargeDeviations(model) && unhidden.length === 0 ? "hidden" : "tilted");
  if (method === "hidden" && unhidden.length > 0) throw new InvalidInputError("options", unhidden);
  if (method === "tilted" && !hasLargeDeviations(model)) {
    const expected =
      '"thermal" for events that are reached by tilting: a packet B·Exp(T) of an "exponential" bath has a tail e^{-2√(Mz/T)}, ' +
      "so that one large packet is likelier than any path that e^{-MA} knows of; " +
      'or method "hidden" (rate "constant", initial { gamma }, a cell), or "plain"';
    throw new InvalidInputError("model", [{ field: "bath", expected, got: describe(model.bath) }]);
  }
  return method;
}

function whyNotHidden(model: Model, { bond }: RareEvent): Problem[] {
  const where = 'where temperatures are hidden (method "hidden")';
  const problems: Problem[] = [];
  if (!rateOf(model).isConstant) {
    problems.push({ field: "rate", expected: `"constant" ${where}`, got: describe(nameOf(model.rate)) });
  }
  if (!startOf(model).isDrawn) {
    problems.push({ field: "initial", expected: `{ gamma } ${where}`, got: describe(model.initial) });
  }
  if (bond !== undefined) problems.push({ field: "bond", expected: `a "cell" ${where}`, got: describe(bond) });
  return problems;
}
