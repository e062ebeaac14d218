/** A compiled module, as bundlers for edge runtimes make it of an imported file. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
