/** The lab as static files, in dist/lab: no server but one for files, no network once they are loaded. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: file("."),
  base: "./",
  resolve: { alias: { mesoflux: file("../src/index.ts") } },
  worker: { format: "es" },
  build: { outDir: file("../dist/lab"), emptyOutDir: true, target: "es2022", reportCompressedSize: false },
});
