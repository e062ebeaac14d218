/** Engines of edited sources, with code for a rate in them. */
import { splicesOf } from "../../splices.mjs";
import { loadKernel } from "../../src/engine.ts";
import { type Kernel, RATE_SECTION } from "../../src/kernel.ts";
import { defineModel, type Model } from "../../src/model.ts";
import { expressionOf } from "../../src/rate/expression.ts";
import { specialise } from "../../src/rate/specialise.ts";
import { type Edit, engine } from "./mutants.ts";

/** An engine for the rate of a model. */
export async function mutantFor(model: Model, edits: readonly Edit[]): Promise<Kernel> {
  const bytes = await engine(edits);
  const expression = expressionOf(model);
  return loadKernel(specialise(bytes, splicesOf(bytes), expression, [RATE_SECTION, expression.key]));
}

/** A chain of a costly rate, with so many particles that it has floors. */
export const COSTLY = defineModel({
  ...{ cells: 4, particles: 64, temperatures: [0.3, 2], initial: [1, 1, 1, 1], rate: "1-exp(-0.2*a*b*b)" },
});

const file = "assembly/bounds.ts";

/** Floors that are the energies themselves, and stay where they are while energies go below. */
export const NO_SINKING: readonly Edit[] = [
  { file, from: "State.setFloor(k, State.energy(k) / headroom);", to: "State.setFloor(k, State.energy(k));" },
  { file, from: "if (energy < State.floor(j)) State.setFloor(j, energy / headroom);", to: "" },
];

/** Floors that sink once the next candidate has been decided, not before. */
export const ONE_LATE: readonly Edit[] = [
  {
    file: "assembly/exchange.ts",
    from: "let lifted = -1;\n    while (at < end) {",
    to: "let lifted = -1;\n    let late = -1;\n    while (at < end) {",
  },
  {
    file: "assembly/exchange.ts",
    from: "!exceeds(mark, a, b, cell)) continue;",
    to: "!exceeds(mark, a, b, cell)) continue;\n      if (squeezed && late >= 0) {\n        Bounds.sink(late);\n        late = -1;\n      }",
  },
  {
    file: "assembly/exchange.ts",
    from: "right < load<f64>(cell + toFloor, 16))) {\n          Bounds.sink(State.bondOf(cell));",
    to: "right < load<f64>(cell + toFloor, 16))) {\n          late = State.bondOf(cell);",
  },
];

/** A mark that counts as sure up to a fifth above the rate. */
export const TOO_SURE: readonly Edit[] = [{ file, from: "const SURE: f64 = 1 - 1e-12;", to: "const SURE: f64 = 1.2;" }];
