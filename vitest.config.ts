import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The lab imports the package by its name.
  resolve: {
    alias: {
      "mesoflux/billiards": fileURLToPath(new URL("src/billiards/index.ts", import.meta.url)),
      "mesoflux/rare": fileURLToPath(new URL("src/rare/index.ts", import.meta.url)),
      mesoflux: fileURLToPath(new URL("src/index.ts", import.meta.url)),
    },
  },
  test: {
    maxWorkers: 2,
    // What a page is waited for may be long in coming on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      { extends: true, test: { name: "fast", include: ["test/**/*.test.ts"], testTimeout: 120_000 } },
      { extends: true, test: { name: "slow", include: ["test/**/*.slow.ts"], testTimeout: 600_000 } },
      { extends: true, test: { name: "engines", include: ["test/**/*.engines.ts"], testTimeout: 600_000 } },
      {
        extends: true,
        test: {
          name: "embed",
          include: ["test/**/*.embed.ts"],
          globalSetup: "test/support/embedded.ts",
          testTimeout: 600_000,
        },
      },
      { extends: true, test: { name: "cluster", include: ["test/**/*.cluster.ts"], testTimeout: 600_000 } },
    ],
  },
});
