/** `mesoflux engine [model.json]`: writes the engine for a rate, for hosts that let a page or a worker compile nothing. */
import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { engineFor } from "../engine.ts";
import { expressionOf } from "../rate/expression.ts";
import { defineModel, type ModelInput } from "../model.ts";
import { type Flags, readFields, withFile, withRate } from "./modelFlags.ts";
import { number } from "./terminal.ts";
import { inFlags } from "./usage.ts";

const EXAMPLE = `
The file is compiled by your bundler or host, and handed over with
configure({ engine }). It runs models of that rate, by whatever name, and no others.

Example:
  mesoflux engine --rate 'tanh(a+b)' --to tanh.wasm`;

export function engineCommand(): Command {
  return withRate(withFile(new Command("engine")))
    .description("write the engine with the code of a model's rate, to be compiled ahead of time")
    .option("--cells <n>", "N, where the rate has a k or an N in it", number)
    .requiredOption("--to <file>", "where it goes, such as rate.wasm")
    .addHelpText("after", EXAMPLE)
    .action((file: string | undefined, { to, ...flags }: Flags & { readonly to: string }) => {
      try {
        const chain = { cells: 10, particles: 1, temperatures: [1, 2], ...readFields(file, flags) };
        const model = defineModel(chain as ModelInput);
        const bytes = engineFor(model);
        writeFileSync(to, bytes);
        process.stdout.write(`${to}: ${bytes.length} bytes, for the rate ${expressionOf(model).key}\n`);
      } catch (error) {
        throw inFlags(error, flags, file);
      }
    });
}
