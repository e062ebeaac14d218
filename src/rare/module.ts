/** The engine of rare events, compiled with the rate of a model in it. */
import { bytesOf } from "../bytes.ts";
import { compile } from "../host.ts";
import type { Model } from "../model.ts";
import { expressionOf } from "../rate/expression.ts";
import { specialise } from "../rate/specialise.ts";
import { SPLICES, WASM } from "./wasm.ts";

/** The section of a build that says which rate it is for. */
const SECTION = "mesoflux.rate";

/** @throws HostError where the host does not let it be compiled. */
export function rareModule(model: Model): Promise<WebAssembly.Module> {
  const expression = expressionOf(model);
  return compile(specialise(bytesOf(WASM), SPLICES, expression, [SECTION, expression.key]));
}
