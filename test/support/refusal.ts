/** A host whose policy lets no WebAssembly be compiled. */
import { vi } from "vitest";

export const refusal = new WebAssembly.CompileError(
  "Refused to compile or instantiate WebAssembly module because of eval",
);

/** Until `vi.unstubAllGlobals()`. */
export function refuseToCompile(): void {
  const { customSections } = WebAssembly.Module;
  const Module = Object.assign(
    function () {
      throw refusal;
    },
    { customSections },
  );
  vi.stubGlobal(
    "WebAssembly",
    Object.create(WebAssembly, { Module: { value: Module }, compile: { value: () => Promise.reject(refusal) } }),
  );
}
