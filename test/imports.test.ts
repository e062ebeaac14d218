/** The layers of the package: the modules that each may import. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every module with what it imports: files relative to the root, packages by name. */
const graph = new Map<string, string[]>();
/** The same without imports of types alone, which load nothing. */
const loaded = new Map<string, string[]>();
for (const folder of ["assembly", "src", "web/src"]) {
  for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
    if (!entry.endsWith(".ts")) continue;
    const file = join(folder, entry);
    const text = readFileSync(join(root, file), "utf8");
    const targetOf = (specifier: string) => {
      if (!specifier.startsWith(".")) return specifier;
      const target = normalize(join(dirname(file), specifier));
      return target.endsWith(".ts") ? target : `${target}.ts`;
    };
    const imports = [...text.matchAll(/(?:^|\n)(?:import|export)\s(type\s)?[^;]*?from\s+"([^"]+)"/g)];
    graph.set(
      file,
      imports.map(([, , specifier]) => targetOf(specifier)),
    );
    loaded.set(
      file,
      imports.filter(([, isType]) => !isType).map(([, , specifier]) => targetOf(specifier)),
    );
  }
}

const importsOf = (prefix: string) =>
  [...graph]
    .filter(([file]) => file.startsWith(prefix))
    .flatMap(([file, targets]) => targets.map((target) => [file, target] as const));

/** Modules of the engine may import modules of lower rank alone. */
const ENGINE_RANKS = [
  ["abi", "tables", "coefficients"],
  ["state", "elementary", "laws"],
  ["random", "lanes", "baths", "check", "fault", "functions"],
  ["exponential", "beta", "poisson", "normal"],
  ["collision", "gamma"],
  ["rates", "start"],
  ["bounds", "fractions", "velocities"],
  ["candidates"],
  ["collisions", "exchange", "step"],
  ["direct", "exact", "mesoscopic", "moments", "shares"],
  ["method"],
  ["chunk", "path"],
  ["index"],
  ["billiards/abi", "billiards/vector"],
  ["billiards/state"],
  ["billiards/observe", "billiards/walls"],
  ["billiards/bins"],
  ["billiards/queue", "billiards/start"],
  ["billiards/predictions", "billiards/baths", "billiards/contact"],
  ["billiards/events"],
  ["billiards/checkpoint"],
  ["billiards/index"],
  ["rare/abi"],
  ["rare/draws", "rare/state"],
  ["rare/rates"],
  ["rare/kernel"],
  ["rare/run"],
  ["rare/clones", "rare/hidden", "rare/tilted"],
  ["rare/index"],
];

/** Modules that the files of each layer may import besides the layer itself; "a/" and "a:" mean all modules in a. */
const HOST: Record<string, string[]> = {
  "src/errors.ts": [],
  "src/validate.ts": ["src/errors.ts", "zod/mini", "zod/v4/core"],
  "src/model.ts": ["src/rate/", "src/validate.ts", "zod/mini"],
  "src/platform.ts": [],
  "src/json.ts": [],
  "src/turns.ts": ["src/platform.ts"],
  "src/progress.ts": ["src/turns.ts"],
  "src/aborts.ts": ["src/errors.ts", "src/validate.ts", "zod/mini"],
  "src/host.ts": ["src/errors.ts"],
  "src/kernel.ts": [
    "assembly/abi.ts",
    "src/errors.ts",
    "src/host.ts",
    "src/model.ts",
    "src/rate/",
    "@assemblyscript/loader",
  ],
  "src/bytes.ts": [],
  "src/engine.ts": ["src/bytes.ts", "src/errors.ts", "src/host.ts", "src/kernel.ts", "src/rate/", "src/wasm.ts"],
  "src/rate/": ["assembly/coefficients.ts", "src/errors.ts", "src/host.ts", "src/theory/jet.ts", "src/wasm.ts"],
  "src/configure.ts": ["src/engine.ts", "src/ensemble/workerPool.ts", "src/validate.ts", "zod/mini"],
  "src/workerd.ts": ["src/configure.ts", "src/index.ts", "mesoflux.wasm.ts"],
  "src/billiards/": [
    "assembly/abi.ts",
    "assembly/billiards/abi.ts",
    "src/rate/elementary.ts",
    "src/errors.ts",
    "src/validate.ts",
    "src/host.ts",
    "src/bytes.ts",
    "src/ensemble/",
    "zod/mini",
    "@noble/hashes/sha2.js",
    "@noble/hashes/utils.js",
    "src/progress.ts",
    "src/turns.ts",
    "src/aborts.ts",
    "src/json.ts",
  ],
  // Paths are guided by the theory: no weight is wrong whatever it says.
  "src/rare/": [
    "assembly/abi.ts",
    "assembly/rare/abi.ts",
    "src/rate/",
    "src/model.ts",
    "src/errors.ts",
    "src/validate.ts",
    "src/host.ts",
    "src/kernel.ts",
    "src/bytes.ts",
    "src/wasm.ts",
    "src/ensemble/",
    "src/theory/",
    "zod/mini",
    "@noble/hashes/sha2.js",
    "@noble/hashes/utils.js",
    "src/progress.ts",
    "src/turns.ts",
    "src/aborts.ts",
    "src/json.ts",
  ],
  "src/theory/": [
    "src/billiards/geometry.ts",
    "src/billiards/table.ts",
    "src/billiards/trigonometry.ts",
    "src/rate/",
    "src/model.ts",
    "src/errors.ts",
    "src/validate.ts",
    "dopri",
  ],
  // A run is planned by the theory: its start, its step, when a steady state is looked at. No number is simulated with it.
  "src/ensemble/": [
    "src/rate/",
    "src/model.ts",
    "src/errors.ts",
    "src/validate.ts",
    "src/kernel.ts",
    "src/engine.ts",
    "src/platform.ts",
    "src/wasm.ts",
    "src/workerSource.ts",
    "src/theory/",
    "zod/mini",
    "@noble/hashes/sha2.js",
    "@noble/hashes/utils.js",
    "src/progress.ts",
    "src/turns.ts",
    "src/aborts.ts",
    "src/json.ts",
  ],
  // Estimators subtract from a simulation what the theory knows of it: they join the two, as verifications do.
  "src/estimate/": [
    "src/model.ts",
    "src/errors.ts",
    "src/validate.ts",
    "src/engine.ts",
    "src/ensemble/",
    "src/kernel.ts",
    "src/theory/",
    "zod/mini",
    "src/progress.ts",
    "src/turns.ts",
    "src/aborts.ts",
    "src/json.ts",
  ],
  "src/store/": [
    "src/model.ts",
    "src/errors.ts",
    "src/validate.ts",
    "src/engine.ts",
    "src/kernel.ts",
    "src/wasm.ts",
    "src/ensemble/",
    "fflate",
    "hyparquet-writer",
    "zod/mini",
    "node:crypto",
    "node:fs",
    "node:fs/promises",
    "node:path",
    "src/progress.ts",
    "src/turns.ts",
    "src/aborts.ts",
  ],
  "src/bullmq/": [
    "src/errors.ts",
    "src/validate.ts",
    "src/platform.ts",
    "src/ensemble/",
    "src/store/",
    "bullmq",
    "ioredis",
    "zod/mini",
    "node:path",
    "node:timers/promises",
    "src/progress.ts",
    "src/aborts.ts",
  ],
  "src/report/": [
    "src/errors.ts",
    "@observablehq/plot",
    "@resvg/resvg-js",
    "linkedom",
    "node:fs/promises",
    "node:module",
    "node:path",
  ],
  // The lab is a leaf, and knows the package by its public names alone; it shares the words of verdicts and formulas.
  "web/src/": [
    "mesoflux",
    "mesoflux/billiards",
    "mesoflux/rare",
    "comlink",
    "uplot",
    "src/report/totals.ts",
    "src/report/formulas.ts",
    "src/report/glossary.ts",
  ],
  "src/verify/": [
    "src/billiards/",
    "src/rate/",
    "src/model.ts",
    "src/errors.ts",
    "src/validate.ts",
    "src/engine.ts",
    "src/kernel.ts",
    "src/ensemble/",
    "src/theory/",
    "src/report/data.ts",
    "src/report/residuals.ts",
    "ml-matrix",
    "zod/mini",
    "src/progress.ts",
    "src/turns.ts",
    "src/aborts.ts",
  ],
};

test("the walk sees the whole house", () => {
  expect(graph.size).toBeGreaterThan(40);
  expect(graph.get("src/kernel.ts")).toContain("assembly/abi.ts");
  expect(graph.get("assembly/exact.ts")).toContain("assembly/state.ts");
});

test("the engine's modules build on one another in one order", () => {
  const rank = (file: string) =>
    ENGINE_RANKS.findIndex((names) => names.includes(relative("assembly", file).slice(0, -3)));
  for (const [file, target] of importsOf("assembly/")) {
    expect(rank(file), file).toBeGreaterThanOrEqual(0);
    expect(rank(target), `${file} imports ${target}`).toBeLessThan(rank(file));
  }
});

describe("each layer of the host imports what it may", () => {
  test.each(Object.keys(HOST))("%s", (layer) => {
    const allowed = [...HOST[layer], ...(layer.endsWith("/") ? [layer] : [])];
    for (const [file, target] of importsOf(layer)) {
      const permitted = allowed.some((name) => (/[/:]$/.test(name) ? target.startsWith(name) : target === name));
      expect(permitted, `${file} imports ${target}`).toBe(true);
    }
  });
});

test("every file of the host belongs to a layer", () => {
  const layers = [
    ...Object.keys(HOST),
    "src/index.ts",
    "src/wasmFile.d.ts",
    "src/wasm.ts",
    "src/workerSource.ts",
    "src/cli/",
  ];
  for (const file of graph.keys()) {
    if (file.startsWith("src/"))
      expect(
        layers.some((layer) => file.startsWith(layer)),
        file,
      ).toBe(true);
  }
});

test("only the command line, the store and files that say so touch Node", () => {
  for (const [file, target] of importsOf("src/")) {
    const host =
      target.startsWith("node:") ||
      ["@resvg/resvg-js", "bullmq", "cli-progress", "commander", "ioredis", "linkedom"].includes(target);
    const isNodes =
      ["src/bullmq/", "src/cli/", "src/store/"].some((folder) => file.startsWith(folder)) || file.endsWith(".node.ts");
    if (host) expect(isNodes, `${file} imports ${target}`).toBe(true);
  }
});

/** A module with all that its static imports bring. */
function reachedFrom(file: string, reached = new Set<string>()): Set<string> {
  if (!reached.has(file)) {
    reached.add(file);
    for (const target of loaded.get(file) ?? []) reachedFrom(target, reached);
  }
  return reached;
}

test("what is optional is imported by nothing that runs without it", () => {
  const optional = ["@observablehq/plot", "@resvg/resvg-js", "linkedom"];
  for (const entry of ["src/index.ts", "src/store/index.ts", "src/cli/main.ts", "src/report/write.node.ts"]) {
    expect(
      optional.filter((name) => reachedFrom(entry).has(name)),
      entry,
    ).toEqual([]);
  }
  expect([...reachedFrom("src/report/figure.node.ts")]).toContain("linkedom");
});

test("nobody imports the command line, and what the package exports never reaches Node", () => {
  expect(
    [...graph].filter(
      ([file, targets]) => !file.startsWith("src/cli/") && targets.some((t) => t.startsWith("src/cli/")),
    ),
  ).toEqual([]);
  expect([...reachedFrom("src/index.ts")].filter((name) => /^(node:|src\/store\/)|\.node\.ts$/.test(name))).toEqual([]);
});

test("the billiards' engine is loaded by the entries that are for billiards alone", () => {
  const engine = "src/billiards/kernel.ts";
  for (const entry of ["src/index.ts", "src/store/index.ts", "src/bullmq/index.ts", "src/cli/main.ts"]) {
    expect(reachedFrom(entry).has(engine), entry).toBe(false);
  }
  for (const entry of ["src/billiards/index.ts", "src/verify/billiards/index.ts"]) {
    expect(reachedFrom(entry).has(engine), entry).toBe(true);
  }
});

test("the engine of rare events is loaded by its own entry alone", () => {
  const engine = "src/rare/kernel.ts";
  const others = [
    "src/index.ts",
    "src/store/index.ts",
    "src/bullmq/index.ts",
    "src/cli/main.ts",
    "src/billiards/index.ts",
  ];
  for (const entry of others) expect(reachedFrom(entry).has(engine), entry).toBe(false);
  expect(reachedFrom("src/rare/index.ts").has(engine)).toBe(true);
});

test("there are no cycles", () => {
  const done = new Set<string>();
  const visit = (file: string, path: string[]) => {
    expect(path.includes(file), [...path, file].join(" -> ")).toBe(false);
    if (done.has(file)) return;
    graph.get(file)?.forEach((target) => visit(target, [...path, file]));
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
});
