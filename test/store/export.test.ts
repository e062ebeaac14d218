/** Exports read back to the same bits, in every format. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquetMetadata } from "hyparquet";
import { describe, expect, test } from "vitest";
import { defineModel, simulate, StoreError, type Ensemble } from "../../src/index.ts";
import type { Moments } from "../../src/kernel.ts";
import { csv } from "../../src/store/export/csv.ts";
import { exportResult } from "../../src/store/export/exportResult.ts";
import { FORMATS, type Exportable, type SampleBatch } from "../../src/store/export/exportable.ts";
import { parquet } from "../../src/store/export/parquet.ts";
import { grid, numbered, timed } from "../../src/store/export/table.ts";
import { writeWhole } from "../../src/store/files.ts";
import {
  exported,
  FIRST,
  model,
  newFolder,
  readNpz,
  readParquet,
  readTable,
  run,
  TIMES,
  withSamples,
} from "../support/exports.ts";

const N = model.cells;
const T = TIMES.length;
const range = (first: number, count: number) => Array.from({ length: count }, (_, k) => first + k);
/** Every point of a grid, row-major, axis by axis. */
const points = (...axes: number[][]) =>
  axes.map((axis, a) => {
    const within = axes.slice(a + 1).reduce((product, { length }) => product * length, 1);
    const around = axes.slice(0, a).reduce((product, { length }) => product * length, 1);
    return range(0, around).flatMap(() => axis.flatMap((value) => Array<number>(within).fill(value)));
  });
/** Every `width`-th number from the k-th on. */
const column = (array: Float64Array, width: number, k: number) => [...array].filter((_, i) => i % width === k);
const without = (source: Exportable): Exportable => ({ ...source, samples: undefined });

describe.each(["csv", "parquet"] as const)("tables as %s", (format) => {
  test("an ensemble in long form, its samples wide", async () => {
    const result = await run("covariance");
    const files = await exported(withSamples(result, [4, 2, 1]), format);
    const names = ["energies", "currents", "covariance", "samples"];
    expect([...files.keys()]).toEqual([...names.map((name) => `${name}.${format}`), "certificate.json"]);
    const read = (name: string) => readTable(format, files.get(`${name}.${format}`)!);

    const [time, cell] = points(TIMES, range(1, N));
    expect(await read("energies")).toEqual({
      time,
      cell,
      mean: [...result.mean],
      standard_error: [...result.standardError],
      variance: [...result.variance],
    });
    const [bondTime, bond] = points(TIMES, range(0, N + 1));
    expect(await read("currents")).toEqual({
      time: bondTime,
      bond,
      mean: [...result.current],
      variance: [...result.currentVariance],
    });
    const [pairTime, i, j] = points(TIMES, range(1, N), range(1, N));
    expect(await read("covariance")).toEqual({ time: pairTime, i, j, covariance: [...result.covariance] });
    const [replica, sampleTime] = points(range(FIRST, 7), TIMES);
    expect(await read("samples")).toEqual({
      replica,
      time: sampleTime,
      ...Object.fromEntries(range(1, N).map((k) => [`energy_${k}`, column(result.samples!, N, k - 1)])),
      ...Object.fromEntries(range(0, N + 1).map((k) => [`carried_${k}`, column(result.currentSamples!, N + 1, k)])),
    });
    expect(JSON.parse(readFileSync(files.get("certificate.json")!, "utf8"))).toEqual(result.certificate);
  });

  test("a steady state", async () => {
    const result = await simulate(model, { replicas: 8, times: "stationary", seed: 1n });
    const files = await exported({ model, result, samples: undefined }, format);
    const read = (name: string) => readTable(format, files.get(`${name}.${format}`)!);
    expect(await read("energies")).toEqual({
      cell: range(1, N),
      mean: [...result.mean],
      standard_error: [...result.standardError],
      effective_samples: [...result.effectiveSamples],
    });
    expect(await read("currents")).toEqual({
      bond: range(0, N + 1),
      current: [...result.bondCurrent],
      standard_error: [...result.bondCurrentError],
    });
    const [i, j] = points(range(1, N), range(1, N));
    const covariance = [...result.covariance];
    expect(await read("covariance")).toEqual({ i, j, covariance, standard_error: [...result.covarianceError] });
    expect(await read("summary")).toEqual({
      quantity: ["current", "conductivity", "cumulant_1", "cumulant_2", "cumulant_3"],
      value: [result.current, result.conductivity, ...result.cumulants],
      standard_error: [result.currentError, result.conductivityError, ...result.cumulantError],
    });
    expect(files.size).toBe(5);
  });

  test("what a run did not keep has no column and no table", async () => {
    const files = await exported(without(withSamples(await run("mean"), [])), format);
    expect([...files.keys()]).toEqual([`energies.${format}`, `currents.${format}`, "certificate.json"]);
    expect(Object.keys(await readTable(format, files.get(`energies.${format}`)!))).toEqual(["time", "cell", "mean"]);
    expect(Object.keys(await readTable(format, files.get(`currents.${format}`)!))).toEqual(["time", "bond", "mean"]);
  });

  test("one replica has no variance, which is NaN; zero has a sign", async () => {
    const result = await run("variance", 1);
    const transferred = result.transferred.map((value) => -value);
    const files = await exported(withSamples({ ...result, transferred }, [1]), format);
    const currents = await readTable(format, files.get(`currents.${format}`)!);
    expect(currents.mean.slice(0, N + 1)).toEqual(Array(N + 1).fill(-0));
    expect(currents.variance).toEqual(Array(T * (N + 1)).fill(NaN));
    expect((await readTable(format, files.get(`samples.${format}`)!)).replica).toEqual([FIRST, FIRST, FIRST]);
  });
});

test("rows come in the order of replicas across the row groups they are written in", async () => {
  const [R, cells, replicas] = [200_000, 10, 50_000];
  const longer = defineModel({ ...model, cells });
  const { certificate } = await simulate(longer, { replicas: 1, times: [1], moments: "mean" });
  const zeros = (size: number) => new Float64Array(size);
  const result = { times: zeros(1), replicas: R, mean: zeros(cells), transferred: zeros(cells + 1), certificate };
  const samples = function* (): Iterable<SampleBatch> {
    for (let first = 0; first < R; first += replicas) {
      const energies = Float64Array.from({ length: replicas * cells }, (_, i) => first * cells + i);
      yield { first, replicas, energies, transferred: zeros(replicas * (cells + 1)) };
    }
  };
  const source = { model: longer, result: result as Ensemble<Moments>, samples };
  const path = (await exported(source, "parquet")).get("samples.parquet")!;
  expect(parquetMetadata(Uint8Array.from(readFileSync(path)).buffer).row_groups.length).toBeGreaterThan(1);
  const { replica, energy_10 } = await readParquet(path, ["replica", "energy_10"]);
  expect(replica.length).toBe(R);
  expect(replica.every((value, r) => value === r)).toBe(true);
  expect(energy_10.every((value, r) => value === cells * r + 9)).toBe(true);
});

test("a table of more rows than a batch says where each of them is", () => {
  // 2^22 numbers a batch: 2^20 rows of four columns.
  const [T, size] = [2, 800];
  const values = Float64Array.from({ length: T * size ** 2 }, (_, row) => row);
  const axes = [timed(Float64Array.of(0.5, 1)), numbered("i", 1, size), numbered("j", 0, size)];
  let [row, wrong, batches] = [0, 0, 0];
  for (const [time, i, j, value] of grid("covariance", axes, { values }).batches()) {
    for (let r = 0; r < time.length; r++, row++) {
      const [block, within] = [Math.floor(row / size ** 2), row % size ** 2];
      const right = time[r] === [0.5, 1][block] && i[r] === 1 + Math.floor(within / size) && j[r] === within % size;
      if (!right || value[r] !== row) wrong++;
    }
    expect([i, j, value].map(({ length }) => length)).toEqual(Array(3).fill(time.length));
    batches++;
  }
  expect([row, wrong, batches]).toEqual([T * size ** 2, 0, 2]);
});

test("a file holds every batch of a table, in order", async () => {
  const columns = [
    { name: "name", type: "string" },
    { name: "value", type: "double" },
  ] as const;
  const batches = () => [
    [["a", "b"], Float64Array.of(1, 2)],
    [["c"], Float64Array.of(3)],
  ];
  const folder = await newFolder();
  const table = { name: "table", columns, batches };
  const { certificate } = await run("mean", 1);
  for (const [format, pieces] of [
    ["csv", csv(table)],
    ["parquet", parquet(table, certificate)],
  ] as const) {
    await writeWhole(join(folder, format), pieces);
    expect(await readTable(format, join(folder, format))).toEqual({ name: ["a", "b", "c"], value: [1, 2, 3] });
  }
});

describe("arrays as npz", () => {
  const f8 = (shape: number[], values: Iterable<number>) => ({ dtype: "<f8", shape, values: [...values] });
  const i8 = (shape: number[], values: number[]) => ({ dtype: "<i8", shape, values });

  test("an ensemble with its samples", async () => {
    const result = await run("covariance");
    const files = await exported(withSamples(result, [4, 2, 1]), "npz");
    expect([...files.keys()]).toEqual(["result.npz", "certificate.json"]);
    const { certificate, ...arrays } = readNpz(files.get("result.npz")!);
    expect(arrays).toEqual({
      replicas: i8([], [7]),
      events: i8([], [result.events]),
      times: f8([T], TIMES),
      mean: f8([T, N], result.mean),
      standard_error: f8([T, N], result.standardError),
      variance: f8([T, N], result.variance),
      covariance: f8([T, N, N], result.covariance),
      current: f8([T, N + 1], result.current),
      current_variance: f8([T, N + 1], result.currentVariance),
      samples: f8([7, T, N], result.samples!),
      current_samples: f8([7, T, N + 1], result.currentSamples!),
      replica_numbers: i8([7], range(FIRST, 7)),
    });
    expect(certificate.shape).toEqual([]);
    expect(JSON.parse(certificate.values[0] as string)).toEqual(result.certificate);
  });

  test("a steady state", async () => {
    const result = await simulate(model, { replicas: 8, times: "stationary", seed: 1n });
    const files = await exported({ model, result, samples: undefined }, "npz");
    const { certificate, ...arrays } = readNpz(files.get("result.npz")!);
    expect(arrays).toEqual({
      replicas: i8([], [8]),
      events: i8([], [result.events]),
      mean: f8([N], result.mean),
      standard_error: f8([N], result.standardError),
      effective_samples: f8([N], result.effectiveSamples),
      covariance: f8([N, N], result.covariance),
      covariance_error: f8([N, N], result.covarianceError),
      current: f8([], [result.current]),
      current_error: f8([], [result.currentError]),
      bond_current: f8([N + 1], result.bondCurrent),
      bond_current_error: f8([N + 1], result.bondCurrentError),
      conductivity: f8([], [result.conductivity]),
      conductivity_error: f8([], [result.conductivityError]),
      cumulants: f8([3], result.cumulants),
      cumulant_error: f8([3], result.cumulantError),
      burn_in: f8([], [result.plan.burnIn]),
      looks: i8([], [result.plan.looks]),
      spacing: f8([], [result.plan.spacing]),
      window: f8([], [result.plan.window]),
    });
    expect(JSON.parse(certificate.values[0] as string)).toEqual(result.certificate);
  });

  test("what a run did not keep has no array; one replica's variance is NaN", async () => {
    const mean = await exported(without(withSamples(await run("mean"), [])), "npz");
    const names = ["replicas", "events", "times", "mean", "current", "certificate"];
    expect(Object.keys(readNpz(mean.get("result.npz")!))).toEqual(names);
    const alone = await exported(withSamples(await run("variance", 1), [1]), "npz");
    expect(readNpz(alone.get("result.npz")!).variance).toEqual(f8([T, N], Array<number>(T * N).fill(NaN)));
  });

  test("more than a zip archive can hold is refused, and parquet recommended", async () => {
    const result = { ...(await run("mean")), replicas: 1e8 };
    const folder = await newFolder();
    const failure = await exportResult(withSamples(result, [7]), "npz", folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect((failure as StoreError).message).toMatch(/result\.npz: would have \d+ bytes.*parquet/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.each(FORMATS)("%s", (format) => {
  test("the same run makes the same bytes, in whatever batches its samples come", async () => {
    const result = await run("covariance");
    const [some, others] = [
      await exported(withSamples(result, [7]), format),
      await exported(withSamples(result, [1, 3, 3]), format),
    ];
    for (const [name, path] of some)
      expect(readFileSync(others.get(name)!).equals(readFileSync(path)), name).toBe(true);
  });

  test("a folder that cannot be made is named", async () => {
    const folder = await newFolder();
    writeFileSync(join(folder, "file"), "");
    const below = join(folder, "file", "below");
    const failure = await exportResult(withSamples(await run("mean"), [7]), format, below).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({
      path: below,
      message: expect.stringContaining("a part of the path is no folder") as string,
    });
  });

  test("samples that cannot be read leave no file half there, and what was there before as it was", async () => {
    const source = withSamples(await run("mean"), [4, 3]);
    const files = await exported(source, format);
    const folder = dirname(files.get("certificate.json")!);
    const before = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "latin1")]);
    const damage = new StoreError("chunk", "is damaged");
    const samples = function* () {
      for (const batch of source.samples!()) {
        yield batch;
        throw damage;
      }
    };
    await expect(exportResult({ ...source, samples }, format, folder)).rejects.toBe(damage);
    expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "latin1")])).toEqual(before);
  });

  test("samples of other replicas than the result's are refused", async () => {
    const source = withSamples(await run("mean"), [4, 2]);
    await expect(exportResult(source, format, await newFolder())).rejects.toThrow("samples of 6 replicas");
  });
});

test("a file that cannot be put in its place is named, and nothing stays behind", async () => {
  const folder = await newFolder();
  const path = join(folder, "energies.csv");
  mkdirSync(join(path, "is a folder"), { recursive: true });
  const failure = await writeWhole(path, ["text"]).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure).toMatchObject({ path });
  expect(readdirSync(folder)).toEqual(["energies.csv"]);
});

test("a disk that is full in the middle of a file is said so, and the file's beginning does not stay behind", async () => {
  const folder = await newFolder();
  const path = join(folder, "file");
  const module = fileURLToPath(new URL("../../dist/src/store/files.js", import.meta.url));
  const script = `import { writeWhole } from ${JSON.stringify(module)};
    await writeWhole(${JSON.stringify(path)}, Array(10).fill(new Uint8Array(1e6))).catch((e) => console.log(e.name, e.message));`;
  // The shell's limit on the size of files stands for a full disk.
  const shell = 'ulimit -f 1000 && exec "$0" --input-type=module -e "$1"';
  const { stdout } = spawnSync("bash", ["-c", shell, process.execPath, script], { encoding: "utf8" });
  expect(stdout).toBe(`StoreError ${path}: cannot be written: files may not be so large here\n`);
  expect(readdirSync(folder)).toEqual([]);
});

test("a piece is written before the next is made", async () => {
  const path = join(await newFolder(), "file");
  const buffer = new Uint8Array(2 ** 20);
  const pieces = function* () {
    for (let value = 1; value <= 3; value++) yield buffer.fill(value);
  };
  await writeWhole(path, pieces());
  const bytes = readFileSync(path);
  expect(bytes.length).toBe(3 * buffer.length);
  expect(bytes.every((value, i) => value === 1 + Math.floor(i / buffer.length))).toBe(true);
});
