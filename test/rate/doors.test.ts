/** A rate that no model can have: wherever it comes in, the same typed error in the same words. Runs the built package, too. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { InvalidInputError, replay, simulate, type Certificate, type Model, type Problem } from "../../src/index.ts";
import { defineModel } from "../../src/model.ts";
import { manifestOf } from "../../src/store/manifest.ts";
import { RunFolder } from "../../src/store/index.ts";
import { ran, start } from "../support/commandLine.ts";
import { SMALL, temporary } from "../support/runFolders.ts";
import { root } from "../support/served.ts";
import { WRONG_RATES } from "../support/wrongRates.ts";

/** Runs a job as a thread of a queue's worker does, with as much of BullMQ as that needs, and prints its error. */
const RUN_JOB = `
  import { register } from "node:module";
  const code = (text) => \`data:text/javascript,\${encodeURIComponent(text)}\`;
  const url = code("export const UnrecoverableError = Error");
  const found = JSON.stringify({ url, shortCircuit: true });
  register(code(\`export const resolve = (name, context, next) => name === "bullmq" ? \${found} : next(name, context)\`));
  const [processor, data] = process.argv.slice(1);
  const { default: run } = await import(processor);
  await run({ data: JSON.parse(data) }).catch(({ name, problems }) => console.log(JSON.stringify({ name, problems })));
`;

let folder: string;
let certificate: Certificate;
beforeAll(async () => {
  folder = temporary();
  ({ certificate } = await simulate(SMALL.model, { replicas: 2, times: [1] }));
});

/** The faults that a door finds. */
async function faultsOf(enter: () => unknown): Promise<readonly Problem[]> {
  try {
    await enter();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return (error as InvalidInputError).problems;
  }
  throw new Error("it came in");
}

describe.each(WRONG_RATES)("$name", ({ expression, parameters, expected, got, caret }) => {
  const rate = { expression, ...(parameters && { parameters }) };
  const model = { ...SMALL.model, rate } as unknown as Model;
  const field = parameters ? "rate.parameters.s" : "rate.expression";
  const problem = { field, expected, got, ...(caret && { caret }) };
  /** The fault on a screen. */
  const line = (at: string) => {
    return `${at} expected ${expected}, got ${got}${(caret ?? "").replace(/^(?=.)/gm, "    ").replace(/^(?=.)/, "\n")}\n`;
  };

  /** A run folder that was begun with such a model, and its id. */
  function begun(): { path: string; id: string } {
    const path = temporary();
    const manifest = manifestOf({ spec: { ...certificate, model }, samples: false, level: 2 });
    writeFileSync(join(path, "manifest.json"), JSON.stringify(manifest));
    return { path, id: manifest.id };
  }

  test("as a model in a program", async () => {
    expect(await faultsOf(() => defineModel(model))).toMatchObject([problem]);
    if (parameters) return;
    expect(await faultsOf(() => defineModel({ ...model, rate: expression }))).toMatchObject([
      { ...problem, field: "rate" },
    ]);
  });

  test("as a stranger's certificate", async () => {
    expect(await faultsOf(() => replay({ ...certificate, model }))).toMatchObject([problem]);
  });

  test("as a run folder, and as a job of a queue", async () => {
    const request = { model, options: { replicas: 2, times: [1] } };
    expect(await faultsOf(() => RunFolder.create(join(folder, "new"), request))).toMatchObject([problem]);
    const { path, id } = begun();
    expect(await faultsOf(() => RunFolder.open(path))).toMatchObject([problem]);
    const data = JSON.stringify({ folder: path, run: id, chunk: { first: 0, level: 1 } });
    const args = ["--input-type=module", "--eval", RUN_JOB, join(root, "dist/src/bullmq/processor.js"), data];
    const { out } = await start(process.execPath, args).outcome;
    expect(JSON.parse(out)).toMatchObject({ name: "InvalidInputError", problems: [problem] });
  });

  test("on the command line, in a model's file, a certificate and a run folder", async () => {
    const chain = ["--cells", "2", "--particles", "10", "--temperatures", "1,2"];
    const given = Object.entries(parameters ?? {}).flatMap(([name, value]) => ["--parameter", `${name}=${value}`]);
    writeFileSync(join(folder, "model.json"), JSON.stringify(model));
    writeFileSync(join(folder, "certificate.json"), JSON.stringify({ ...certificate, model }));
    const { path } = begun();
    for (const [args, said] of [
      [["run", ...chain, "--rate", expression, ...given], line(parameters ? "--parameter s:" : "--rate:")],
      [["theory", "model.json"], line(`model.json: "${field}"`)],
      [["verify", "lln", "--model", "model.json"], line(`model.json: "${field}"`)],
      [["replay", "certificate.json"], line(`"${field}"`)],
      [["status", path], line(`"${field}"`)],
    ] as const) {
      const { code, out, err } = await ran(args, { cwd: folder });
      expect([code, out]).toEqual([2, ""]);
      expect(err.replace(/^model cannot be used:\n {2}/, "")).toBe(said);
    }
  });
});
