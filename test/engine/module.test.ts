/** The engine as a file: what it asks of its host, what it offers, and that the inlined copy is that file. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ABI_VERSION } from "../../assembly/abi.ts";
import { textOf } from "../../inlined.mjs";
import { bytesOf } from "../../src/bytes.ts";
import { EngineMismatchError } from "../../src/errors.ts";
import { engineBytes, loadKernel } from "../../src/engine.ts";
import { WASM, WASM_SHA256 } from "../../src/wasm.ts";
import { uniforms } from "../support/sfc32.ts";

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

test("bytes inlined as text are those bytes, whatever they are", () => {
  const random = uniforms(1, 2, 3);
  const drawn = Uint8Array.from({ length: 5000 }, () => 256 * random() ** 3);
  const every = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (const bytes of [drawn, every, new Uint8Array(0), engineBytes()]) {
    const text = textOf(bytes);
    expect(bytesOf(text)).toEqual(bytes);
    expect(text).toMatch(/^[%-[\]-_a-~]*$/);
  }
  expect(WASM).toBe(textOf(engineBytes()));
});
