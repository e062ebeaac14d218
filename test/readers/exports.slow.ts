/** The programs that exports are made for read them: NumPy, and the Parquet reader of Apache Arrow's Rust library. */
import { readFileSync } from "node:fs";
import { tableFromIPC } from "apache-arrow";
import { readParquet } from "parquet-wasm";
import { expect, test } from "vitest";
import { simulate } from "../../src/index.ts";
import { exported, FIRST, model, run, TIMES, withSamples } from "../support/exports.ts";
import { inNumpy } from "../support/numpy.ts";

const N = model.cells;
const T = TIMES.length;

test("NumPy reads every array, and finds the moments in the samples", async () => {
  const R = 1000;
  const result = await run("covariance", R);
  const path = (await exported(withSamples(result, [512, 256, 128, 64, 32, 8]), "npz")).get("result.npz")!;
  const read = inNumpy(path, [
    "E, Q = z['samples'], z['current_samples']",
    "C = np.stack([np.cov(E[:, t].T) for t in range(E.shape[1])])",
    "worst = lambda a, b: float(np.max(np.abs(a - b)))",
    "print(json.dumps({",
    "  'shapes': {name: list(z[name].shape) for name in z.files},",
    "  'types': sorted({z[name].dtype.kind for name in z.files}),",
    "  'mean': worst(E.mean(0), z['mean']), 'current': worst(Q.mean(0), z['current']),",
    "  'covariance': worst(C, z['covariance']),",
    "  'numbers': z['replica_numbers'].tolist() == list(range(5, 1005)),",
    "  'sample': E[3, 2, 1].hex(), 'replicas': int(z['replicas']),",
    "  'certificate': json.loads(str(z['certificate'])),",
    "}))",
  ]) as Record<string, number>;
  expect(read).toMatchObject({
    shapes: {
      times: [T],
      mean: [T, N],
      covariance: [T, N, N],
      current_variance: [T, N + 1],
      samples: [R, T, N],
      current_samples: [R, T, N + 1],
      replica_numbers: [R],
      certificate: [],
    },
    types: ["U", "f", "i"],
    numbers: true,
    replicas: R,
    certificate: result.certificate,
  });
  for (const name of ["mean", "current", "covariance"]) expect(read[name], name).toBeLessThan(1e-13);
  expect(fromHex(read.sample as unknown as string)).toBe(result.samples![(3 * T + 2) * N + 1]);
});

test("NumPy reads a steady state", async () => {
  const result = await simulate(model, { replicas: 8, times: "stationary", seed: 1n });
  const path = (await exported({ model, result, samples: undefined }, "npz")).get("result.npz")!;
  const names = ["mean", "covariance", "current", "bond_current", "cumulants", "window"];
  const read = inNumpy(path, [`print(json.dumps({n: z[n].ravel().tolist() for n in ${JSON.stringify(names)}}))`]);
  expect(read).toEqual({
    mean: [...result.mean],
    covariance: [...result.covariance],
    current: [result.current],
    bond_current: [...result.bondCurrent],
    cumulants: [...result.cumulants],
    window: [result.plan.window],
  });
});

test("Arrow reads the tables of Parquet, with their types", async () => {
  const result = await run("covariance", 100);
  const files = await exported(withSamples(result, [64, 36]), "parquet");
  const read = (name: string) => {
    const table = tableFromIPC(readParquet(readFileSync(files.get(`${name}.parquet`)!)).intoIPCStream());
    const types = Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]));
    return { types, column: (name: string) => Array.from(table.getChild(name)!.toArray() as Iterable<unknown>) };
  };
  const covariance = read("covariance");
  expect(covariance.types).toEqual({ time: "Float64", i: "Int32", j: "Int32", covariance: "Float64" });
  expect(covariance.column("covariance")).toEqual([...result.covariance]);
  expect(covariance.column("j").slice(0, 4)).toEqual([1, 2, 3, 1]);
  const samples = read("samples");
  expect(samples.types).toMatchObject({ replica: "Int64", time: "Float64", energy_1: "Float64", carried_3: "Float64" });
  expect(samples.column("replica")).toEqual(
    Array.from({ length: 100 * T }, (_, row) => BigInt(FIRST + Math.floor(row / T))),
  );
  expect(samples.column("energy_2")).toEqual([...result.samples!].filter((_, i) => i % N === 1));
  expect(samples.column("carried_3")).toEqual([...result.currentSamples!].filter((_, i) => i % (N + 1) === N));
});

/** Python's float.hex: sign, mantissa, exponent of 2. */
function fromHex(text: string): number {
  const [, whole, fraction, exponent] = /^0x([01])\.([0-9a-f]{13})p([+-]\d+)$/.exec(text)!;
  return (Number(whole) + parseInt(fraction, 16) / 2 ** 52) * 2 ** Number(exponent);
}
