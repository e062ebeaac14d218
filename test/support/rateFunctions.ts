/** The functions of the rate that a build of the engine has (assembly/laws.ts), over many points at a time. */
import type { Kernel } from "../../src/kernel.ts";
import type { Graph } from "../../src/rate/graph.ts";
import { type Compiler, COMPILER } from "./mutants.ts";

/** Vectors do not pass from JavaScript to WebAssembly, so that loops over them are a module of their own. */
const LOOPS = `
  @external("engine", "ownRate") declare function ownRate(a: f64, b: f64, place: usize): f64;
  @external("engine", "ownRates") declare function ownRates(a: v128, b: v128, place: usize): v128;
  @external("engine", "exceeds") declare function exceeds(y: f64, a: f64, b: f64, place: usize): bool;
  export const from: usize = memory.data(24 * 131072, 16);
  export const to: usize = memory.data(8 * 131072, 16);
  export function values(count: i32, place: usize): void {
    for (let i: usize = 0; i < <usize>count; i++) {
      store<f64>(to + (i << 3), ownRate(load<f64>(from + 24 * i), load<f64>(from + 24 * i, 8), place));
    }
  }
  export function lanes(count: i32, place: usize): void {
    for (let i: usize = 0; i < <usize>count; i += 2) {
      const a = v128.load64_lane(from + 24 * i + 24, v128.load64_zero(from + 24 * i), 1);
      const b = v128.load64_lane(from + 24 * i + 32, v128.load64_zero(from + 24 * i + 8), 1);
      v128.store(to + (i << 3), ownRates(a, b, place));
    }
  }
  export function marks(count: i32, place: usize): void {
    for (let i: usize = 0; i < <usize>count; i++) {
      const at = from + 24 * i;
      store<f64>(to + (i << 3), <f64>exceeds(load<f64>(at, 16), load<f64>(at), load<f64>(at, 8), place));
    }
  }
`;

let loops: Promise<WebAssembly.Module> | undefined;

async function compileLoops(): Promise<WebAssembly.Module> {
  const { default: asc } = (await import(COMPILER)) as { default: Compiler };
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(
    ["loops.ts", "--outFile", "loops.wasm", "--runtime", "stub", "--enable", "simd", "-O3"],
    {
      readFile: (name) => (name === "loops.ts" ? LOOPS : null),
      writeFile: (name, content) => {
        if (name.endsWith(".wasm")) wasm = content as Uint8Array<ArrayBuffer>;
      },
      listFiles: () => [],
    },
  );
  if (error || !wasm) throw new Error(`the loops do not compile: ${error?.message}\n${stderr.toString()}`);
  return new WebAssembly.Module(wasm);
}

interface Loops {
  memory: WebAssembly.Memory;
  from: WebAssembly.Global;
  to: WebAssembly.Global;
  values(count: number, place: number): void;
  lanes(count: number, place: number): void;
  marks(count: number, place: number): void;
}

/** Applies a function of the engine to triples a, b, y; up to 131072 of them, an even number. */
export async function rateFunctions(kernel: Kernel) {
  const engine = (kernel as unknown as { engine: WebAssembly.ModuleImports }).engine;
  const instance = await WebAssembly.instantiate(await (loops ??= compileLoops()), {
    engine,
    env: { abort: () => undefined },
  });
  const { memory, from, to, ...functions } = instance.exports as unknown as Loops;
  return (name: "values" | "lanes" | "marks", triples: Float64Array, bond = 0): Float64Array => {
    const count = triples.length / 3;
    new Float64Array(memory.buffer, (from.value as number) >>> 0, triples.length).set(triples);
    functions[name](count, 16 * bond);
    return new Float64Array(memory.buffer, (to.value as number) >>> 0, count).slice();
  };
}

/** True where a graph has an operation of this kind. */
export const has = (graph: Graph, kind: string) => graph.some((node) => node.kind === kind);
