/** The engine as a file: what it asks of its host, what it offers, and that the inlined copy is that file. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ABI_VERSION } from "../../assembly/abi.ts";
import { EngineMismatchError } from "../../src/errors.ts";
import { engineBytes, loadKernel } from "../../src/engine.ts";
import { WASM_SHA256 } from "../../src/wasm.ts";

const file = new Uint8Array(readFileSync(new URL("../../dist/mesoflux.wasm", import.meta.url)));

test("it imports nothing", async () => {
  expect(WebAssembly.Module.imports(await WebAssembly.compile(file))).toEqual([]);
});

test("the inlined copy is the file, below 40 kB", () => {
  expect(engineBytes()).toEqual(file);
  expect(WASM_SHA256).toBe(createHash("sha256").update(file).digest("hex"));
  expect(file.length).toBeLessThan(40_000);
});

test("an engine of another ABI version is refused", async () => {
  // A module whose abiVersion() answers one more: (module (func (export "abiVersion") (result i32) i32.const v)).
  const name = new TextEncoder().encode("abiVersion");
  const other = Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 5, 1, 0x60, 0, 1, 0x7f],
    ...[3, 2, 1, 0],
    ...[7, name.length + 4, 1, name.length, ...name, 0, 0],
    ...[10, 6, 1, 4, 0, 0x41, ABI_VERSION + 1, 0x0b],
  ]);
  await expect(loadKernel(other)).rejects.toThrow(EngineMismatchError);
  await expect(loadKernel(other)).rejects.toThrow(
    `"engine" expected ABI version ${ABI_VERSION}, got ${ABI_VERSION + 1}`,
  );
});
