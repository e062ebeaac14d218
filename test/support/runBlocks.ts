/** Runs the blocks of a document, in a project that has installed the package. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { blocksOf, documents, isExample, root, type Block } from "./documents.ts";
import { GUIDE } from "./hosts.ts";

const ci = readFileSync(join(root, ".ci/run"), "utf8");

/** The documents with blocks that are run; examples and the guide to hosts have tests of their own. */
export const runnable = documents
  .filter((document) => !isExample(document) && document.path !== GUIDE)
  .map(({ path, text }) => ({ path, blocks: blocksOf(text) }))
  .filter(({ blocks }) => blocks.length > 0);

/** Runs a block of each language, in the folder of its document. */
const RUN: Record<string, (block: Block, folder: string) => void> = {
  js({ code, output }, folder) {
    writeFileSync(join(folder, "program.mjs"), code);
    expect(run(folder, "program.mjs")).toBe(output ?? "");
  },
  sh({ code, output }, folder) {
    const lines = code.trim().split("\n");
    const printed = lines.map((line) => command(line.replace(/\s+#.*/, ""), folder)).join("");
    // A figure that is shown is the one that its command draws.
    for (const [, figure] of code.matchAll(/--figure (\S+)/g)) {
      const shown = join(root, "docs", figure);
      if (existsSync(shown)) expect(readFileSync(join(folder, figure), "utf8")).toBe(readFileSync(shown, "utf8"));
    }
    // A document shows a part of a verification, a prediction or a rare event, whose end tells the time that it takes, and of a
    // check; or runs one and shows nothing of it.
    if (/ (verify|theory|check|rare) /.test(code)) expect(printed).toContain(output ?? "");
    else if (output !== undefined) expect(printed).toBe(output);
  },
};

function run(folder: string, file: string, ...args: string[]): string {
  return execFileSync(process.execPath, [file, ...args], { cwd: folder, encoding: "utf8" });
}

function command(line: string, folder: string): string {
  if (line.startsWith("npx mesoflux ")) {
    const words = line.split(" ").map((word) => word.replace(/^'(.*)'$/, "$1"));
    return run(folder, join(root, "dist/src/cli/main.js"), ...words.slice(2));
  }
  const isRun = ci.split("\n").some((command) => command === line || command.startsWith(`${line} `));
  expect(isRun, `.ci/run runs: ${line}`).toBe(true);
  return "";
}

/** One test for each block. */
export function testBlocks(blocks: readonly Block[]): void {
  let folder: string;
  beforeAll(() => {
    // A project that has installed the package.
    folder = mkdtempSync(join(tmpdir(), "mesoflux-documents-"));
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules", "mesoflux"), "dir");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(blocks)("$language: $code", (block) => {
    expect(Object.keys(RUN), "languages that can be run").toContain(block.language);
    RUN[block.language](block, folder);
  });
}
