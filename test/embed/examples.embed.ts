/** The package as a stranger installs it: each example is built and run, and makes the README's run with its hash. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { openFolder } from "../support/browser.ts";
import { tenLines } from "../support/documents.ts";
import { installedIn } from "../support/installed.ts";

const output = tenLines.output!;
const installed = installedIn(inject("installed"));

test("the package has what runs, its types, documents and examples, and no path of the machine that packed it", () => {
  const { packed } = installed;
  for (const path of ["dist/src/index.js", "dist/src/index.d.ts", "dist/mesoflux.min.js", "dist/mesoflux.wasm"]) {
    expect(packed).toContain(path);
  }
  const folders = new Set(packed.map((path) => (path.includes("/") ? path.split("/")[0] : path)));
  expect([...folders].sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "dist",
    "docs",
    "examples",
    "package.json",
  ]);
  expect(packed.filter((path) => /node_modules|\.test\.|examples\/[^/]+\/dist\//.test(path))).toEqual([]);
  const package_ = join(installed.folderOf("node"), "node_modules/mesoflux");
  const leaking = packed.filter((path) => readFileSync(join(package_, path)).includes(process.cwd()));
  expect(leaking).toEqual([]);
});

describe("a page makes the README's run", () => {
  test.each([
    ["vite", "dist"],
    ["webpack", "."],
    ["esbuild", "."],
    ["script", undefined],
    ["web-worker", "dist"],
  ] as const)("%s", async (example, served) => {
    if (served) await installed.npm(example, "build");
    const { page, close } = await openFolder(join(installed.folderOf(example), served ?? "."));
    try {
      const failures: string[] = [];
      page.on("pageerror", ({ message }) => failures.push(message));
      await page.waitForFunction("document.querySelector('pre').textContent.split('\\n').length === 5");
      expect(failures).toEqual([]);
      expect(`${await page.textContent("pre")}\n`).toBe(output);
    } finally {
      await close();
    }
  });
});

test.each(["live", "billiards"])("the example %s draws what moves", async (example) => {
  const { page, close } = await openFolder(installed.folderOf(example));
  try {
    const failures: string[] = [];
    page.on("pageerror", ({ message }) => failures.push(message));
    const picture = () => page.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const pictures = new Set<string>();
    await expect.poll(async () => pictures.add(await picture()).size).toBeGreaterThan(3);
    expect(failures).toEqual([]);
  } finally {
    await close();
  }
});

describe("a program makes the README's run", () => {
  test.each(["node", "deno", "bun"])("%s", async (example) => {
    expect(await installed.npm(example, "start")).toBe(output);
  });
});

describe("types hold in a strict project", () => {
  // In those of Vite and esbuild the build checks them.
  test.each(["node", "deno"])("%s", async (example) => {
    await installed.npm(example, "types");
  });
});
