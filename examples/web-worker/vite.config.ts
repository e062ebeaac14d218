import { defineConfig } from "vite";

// A worker may await at its top level only as an ES module.
export default defineConfig({ worker: { format: "es" } });
