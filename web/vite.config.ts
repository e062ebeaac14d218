/** The lab as static files, in dist/lab: no server but one for files, no network once they are loaded. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: file("."),
  base: "./",
  // The longer name first: the shorter one is a part of it.
  resolve: {
    alias: {
      "mesoflux/billiards": file("../src/billiards/index.ts"),
      "mesoflux/rare": file("../src/rare/index.ts"),
      mesoflux: file("../src/index.ts"),
    },
  },
  worker: { format: "es" },
  plugins: [
    {
      // Vite's own helper preloads what the tab of billiards imports, which is there already: 0.6 kB that a page can spare.
      name: "no-preload",
      enforce: "pre",
      load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : undefined),
    },
  ],
  build: {
    ...{ outDir: file("../dist/lab"), emptyOutDir: true, target: "es2022", reportCompressedSize: false },
    modulePreload: false,
    rolldownOptions: {
      // All but the billiards and rare events in one file: they share most of it, and a file of what they share would be packed less well.
      output: { codeSplitting: { groups: [{ name: "lab", test: (id) => !/\/(billiards|rare)\//.test(id) }] } },
    },
  },
});
