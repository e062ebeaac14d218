/**
 * What a fifth rate law and a third bath take: each is a patch of at most five files, applied to a copy of the sources, built
 * and run; and what is left out of a patch is refused.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "mesoflux-house-"));
for (const name of [
  "assembly",
  "src",
  "package.json",
  "asconfig.json",
  "build.mjs",
  "inlined.mjs",
  "splices.mjs",
  "noInline.mjs",
  "tsconfig.json",
]) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir");
afterAll(() => rmSync(copy, { recursive: true }));

/** [file, a piece of it, what stands before that piece afterwards]. */
type Patch = [file: string, before: string, insert: string][];

/** f = (ab)^(1/4). */
const LAW: Patch = [
  ["assembly/abi.ts", "\n/** Baths,", "export const LAW_SQRT_GEOMETRIC = 4;\n"],
  ["assembly/laws.ts", "\nlet law: i32", 'import { LAW_SQRT_GEOMETRIC } from "./abi";\n'],
  ["assembly/laws.ts", "LAW_CONSTANT <= code", "code == LAW_SQRT_GEOMETRIC || "],
  [
    "assembly/laws.ts",
    "    default:\n      return 1;",
    "    case LAW_SQRT_GEOMETRIC:\n      return sqrt(sqrt(a * b));\n",
  ],
  [
    "assembly/laws.ts",
    "    default:\n      return f64x2.splat(1);",
    "    case LAW_SQRT_GEOMETRIC:\n      return f64x2.sqrt(f64x2.sqrt(f64x2.mul(a, b)));\n",
  ],
  [
    "assembly/laws.ts",
    "    default:\n      return y2 < r;",
    "    case LAW_SQRT_GEOMETRIC:\n      return y2 * y2 < a * b * (r * r);\n",
  ],
  ["src/kernel.ts", "  BATH_EXPONENTIAL:", "  LAW_SQRT_GEOMETRIC: abi.LAW_SQRT_GEOMETRIC,\n"],
  ["src/rate/rate.ts", '"sqrt-min"] as const', '"sqrt-geometric", '],
  ["src/rate/rate.ts", '"sqrt-min": "', '"sqrt-geometric": "sqrt(sqrt(a*b))",\n  '],
  [
    "src/theory/rates.ts",
    '  "sqrt-min": {',
    `  "sqrt-geometric": {
    f: (a, b) => Math.sqrt(Math.sqrt(a * b)),
    f1: (a, b) => Math.sqrt(Math.sqrt(a * b)) / (4 * a),
    cooperativeRatio: 5,
  },
`,
  ],
];

/** X = (T ξ/M + B T ξ)/2. */
const BATH: Patch = [
  ["assembly/abi.ts", "\nexport const METHOD_EXACT", "export const BATH_MIXED = 2;\n"],
  [
    "assembly/baths.ts",
    "/** X, or X/T, of the model's bath. */",
    `class Mixed {
  @inline packet(share: f64, energy: f64): f64 { return (energy / particles + share * energy) / 2; }
  @inline get excess(): f64 { return 0.25; }
}
import { BATH_MIXED } from "./abi";
`,
  ],
  ["assembly/baths.ts", "    default:", "    case BATH_MIXED:\n      use<Mixed>();\n      return true;\n"],
  ["src/kernel.ts", "  EXCHANGE_UNIFORM:", "  BATH_MIXED: abi.BATH_MIXED,\n"],
  ["src/model.ts", '"thermal"] as const', '"mixed", '],
  [
    "src/theory/baths.ts",
    "  // T ξ/M.",
    `  mixed: {
    moment: (cell, m) =>
      (FACTORIALS[m] * [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]][m].reduce((s, c, j) => s + c * cell[j], 0)) / 2 ** m,
    deficit: 1,
  },
`,
  ],
];

/** The files with the words that models have. */
const WORDS = ["src/rate/rate.ts", "src/model.ts"];

const filesOf = (patch: Patch) => [...new Set(patch.map(([file]) => file))];

function apply(patch: Patch): void {
  for (const [file, before, insert] of patch) {
    const text = readFileSync(join(copy, file), "utf8");
    expect(text.split(before), `${file}: ${before}`).toHaveLength(2);
    writeFileSync(
      join(copy, file),
      text.replace(before, () => insert + before),
    );
  }
}

function run(...args: string[]): string {
  const options = { cwd: copy, encoding: "utf8" } as const;
  try {
    return execFileSync(process.execPath, args, options);
  } catch (error) {
    return (error as { stdout: string }).stdout + (error as { stderr: string }).stderr;
  }
}

const compile = (entry: string, target: string) =>
  run("node_modules/assemblyscript/bin/asc.js", entry, "--target", target);
const build = () =>
  compile("assembly/index.ts", "release") +
  ["billiards", "rare"].map((name) => compile(`assembly/${name}/index.ts`, name)).join("") +
  run("build.mjs");
const types = () => run("node_modules/typescript/bin/tsc", "-p", "tsconfig.json");

/** Runs the copy: prints a JSON value. */
function evaluate(work: string): unknown {
  const head =
    'import { configure, defineModel, simulate, theory } from "./dist/mesoflux.min.js"; import { readFileSync } from "node:fs";';
  const output = run(
    "--input-type=module",
    "-e",
    `${head} const value = await (async () => { ${work} })(); console.log(JSON.stringify(value));`,
  );
  return JSON.parse(output);
}

test("a law and a bath are five files each, and what is left out is refused", () => {
  expect(filesOf(LAW)).toHaveLength(5);
  expect(filesOf(BATH)).toHaveLength(5);
  // Words alone: the theory and the engine's codes are missed by the compiler.
  for (const patch of [LAW, BATH]) apply(patch.filter(([file]) => WORDS.includes(file)));
  const missing = types();
  expect(missing).toContain("LAW_SQRT_GEOMETRIC");
  expect(missing).toContain("sqrt-geometric");
  expect(missing).toContain("mixed");
  // All but the engine's formulas: the engine refuses the codes by name.
  const rest = (patch: Patch) => patch.filter(([file]) => !WORDS.includes(file) && !/laws|assembly.baths/.test(file));
  for (const patch of [LAW, BATH]) apply(rest(patch));
  expect(types()).toBe("");
  build();
  for (const model of ['rate: "sqrt-geometric"', 'bath: "mixed"']) {
    const message = `const model = defineModel({ cells: 2, particles: 5, temperatures: [1, 2], ${model} });
      return simulate(model, { times: [1], replicas: 1 }).then(() => "no error", (error) => error.name + error.message);`;
    expect(evaluate(message)).toMatch(/EngineMismatchError.*expected one that the engine knows/);
  }
  for (const patch of [LAW, BATH]) apply(patch.filter(([file]) => /laws|assembly.baths/.test(file)));
  expect(build()).not.toContain("ERROR");
});

test("the new law and bath run: methods agree, the theory has the engine's rate, and its V² the engine's packets", () => {
  const z = evaluate(`
    const model = defineModel({ cells: 3, particles: 5, temperatures: [1, 2], rate: "sqrt-geometric", bath: "mixed" });
    const options = { times: [0.5, 2], replicas: 40000, workers: 1 };
    const [exact, direct] = [await simulate(model, { ...options, seed: 1n }), await simulate(model, { ...options, seed: 2n, method: "direct" })];
    const methods = exact.mean.map((mean, i) => (mean - direct.mean[i]) / Math.hypot(exact.standardError[i], direct.standardError[i]));
    // At rate "constant" the theory knows the covariance at every M, from V² at that M.
    const constant = defineModel({ cells: 2, particles: 3, temperatures: [1, 2], rate: "constant", bath: "mixed" });
    const known = theory.exactMoments(constant, options.times);
    const found = await simulate(constant, { ...options, replicas: 200000, seed: 3n });
    const packets = found.mean.map((mean, i) => (mean - known.mean[i]) / found.standardError[i]);
    const ratios = [...found.variance].map((variance, i) => variance / known.covariance[4 * (i >> 1) + 3 * (i % 2)] - 1);
    const { instance: { exports: engine } } = await WebAssembly.instantiate(readFileSync("build/mesoflux.wasm"));
    const unknown = [engine.setModel(1, 1, 1, 3, 0, 1, 1n), engine.setRate(5, 1, 0, 0, 0), engine.beginChunk(3, 0n, 0), engine.allocate(1, 1, 3, 1, 2)];
    engine.setRate(4, 1, 0, 0, 0);
    const rates = [[1, 3], [0.2, 7], [5, 1e-3]].map(([a, b]) => {
      const F = theory.drift(defineModel({ cells: 1, particles: 1, temperatures: [a, b], rate: "sqrt-geometric" }), [b])[0];
      return engine.rate(0, a, b) / ((2 * F) / (a - b)) - 1;
    });
    // An engine that was handed over has the law, too, with the same bits.
    const capped = { ...model, rate: { law: "sqrt-geometric", cap: 2 } };
    const runs = () => Promise.all([model, capped].flatMap((each) => ["exact", "direct"].map((method) => simulate(each, { times: [1], replicas: 64, seed: 4n, method, workers: 1 }))));
    const compiled = await runs();
    configure({ engine: new WebAssembly.Module(readFileSync("dist/mesoflux.wasm")) });
    const others = (await runs()).map(({ certificate }, i) => Number(certificate.result !== compiled[i].certificate.result));
    return { methods: [...methods], packets: [...packets], ratios, rates, unknown, others };
  `) as Record<"methods" | "packets" | "ratios" | "rates" | "unknown" | "others", number[]>;
  for (const value of [...z.methods, ...z.packets]) expect(Math.abs(value)).toBeLessThan(6);
  // The standard error of a variance of 2e5 replicas is about 0.5% here; "thermal" packets would make it 4% to 8% less.
  for (const ratio of z.ratios) expect(Math.abs(ratio)).toBeLessThan(0.03);
  for (const rate of z.rates) expect(Math.abs(rate)).toBeLessThan(4 * Number.EPSILON);
  expect(z.unknown).toEqual([4, 4, 4, 4]);
  expect(z.others).toEqual([0, 0, 0, 0]);
});
