/**
 * The documents are a promise: their code runs and prints what it shows, their commands are run here or by .ci/run; those of the
 * guides by documents.slow.ts.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { blocksOf, brokenLinks, documents, isExample, isGuide, MAIN_JOB, readme, root } from "./support/documents.ts";
import { GUIDE, hosts, SECTIONS } from "./support/hosts.ts";
import { runnable, testBlocks } from "./support/runBlocks.ts";

test.each(documents)("$path has no traces of a merge", ({ text }) => {
  // As git leaves them, and as a formatter makes quotations of them.
  expect(text.split("\n").filter((line) => /^[|\s]*(<{7}|>{7}|(> ){7}|\|{7}|\\?={7}(?!=))/.test(line))).toEqual([]);
});

describe.each(runnable.filter((document) => !isGuide(document)))("$path", ({ blocks }) => testBlocks(blocks));

describe(GUIDE, () => {
  const tested = readFileSync(join(root, "test/embed/hosts.embed.ts"), "utf8");

  test.each(SECTIONS)("what it shows under $anchor is for a host that is tested", ({ anchor, blocks }) => {
    const host = hosts.find(({ name }) => name === anchor);
    expect(host, `a folder test/embed/hosts/${anchor}`).toBeDefined();
    expect(tested).toContain(JSON.stringify(anchor));
    const { files, commands, headers, scripts } = host!;
    for (const command of commands) {
      expect(Object.values(scripts).some((script) => script.startsWith(command))).toBe(true);
    }
    expect(Object.keys({ ...files, ...headers }).length + new Set(commands).size).toBe(blocks.length);
  });
});

describe("the documents of examples", () => {
  const textOf = (path: string) => readFileSync(join(root, path), "utf8");
  const filesIn = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const tests = filesIn("test").map(textOf).join("\n");

  test.each(documents.filter((document) => isExample(document) && blocksOf(document.text).length > 0))(
    "$path names files that are there, of an example that is tested, and shows what they say",
    ({ path, text }) => {
      const folder = dirname(path);
      const isTested = tests.includes(folder) || tests.includes(JSON.stringify(basename(folder)));
      expect(isTested, `a test names ${folder}`).toBe(true);
      for (const { language, code, output } of blocksOf(text)) {
        if (language === "sh") {
          const names = code.matchAll(/(?<=^|[\s(])(?:\.\/)?([\w-]+\.(?:mjs|js|ts|sh|sbatch|html|json))(?=$|[\s)])/gm);
          for (const [, file] of names) expect(existsSync(join(root, folder, file)), file).toBe(true);
          for (const [, script] of code.matchAll(/npm run ([\w:]+)/g)) {
            expect(JSON.parse(textOf(join(folder, "package.json"))).scripts).toHaveProperty([script]);
          }
        } else if (language !== "text") {
          const files = filesIn(folder).filter((file) => !file.endsWith(".md"));
          expect(files.filter((file) => textOf(file).includes(code.trim()))).not.toEqual([]);
        }
        // The examples print the same as the README's ten lines.
        const printed = language === "text" ? code : output;
        if (printed !== undefined) expect(readme).toContain(printed);
      }
    },
  );
});

test("every fence opens or closes a block", () => {
  for (const { path, text } of documents) {
    const shown = blocksOf(text).flatMap(({ output }) => (output === undefined ? [1] : [1, 1]));
    expect(text.match(/^\s*(```|~~~)/gm) ?? [], path).toHaveLength(2 * shown.length);
  }
});

test("a block in another language, and an output of nothing, are blocks that cannot be run", () => {
  const markdown = "```text\n1\n```\n\n```js\n1;\n```\n\n```text\n2\n```\n\n```text\n3\n```\n\n```\n4\n```\n";
  expect(blocksOf(markdown)).toEqual([
    { language: "text", code: "1\n", output: undefined },
    { language: "js", code: "1;\n", output: "2\n" },
    { language: "text", code: "3\n", output: undefined },
    { language: "", code: "4\n", output: undefined },
  ]);
});

test.each(documents)("the links of $path lead to files and headings", (document) => {
  expect(brokenLinks(document)).toEqual([]);
});

test("a link to a file or a heading that is not there is found", () => {
  const text =
    "## Odd: one's `x`\n[a](#odd-ones-x) [b](#even) [c](theory.md) [d](theories.md) [e](theory.md#3) [f](../README.md#the-model)";
  expect(brokenLinks({ path: "docs/some.md", text })).toEqual(["#even", "theories.md", "theory.md#3"]);
});

test("the README's first screen shows how to run and how to test", () => {
  const firstScreen = readme.split("\n").slice(0, 40).join("\n");
  expect(firstScreen).toContain(MAIN_JOB);
  expect(firstScreen).toContain("npm ci && npm test");
});

test("the README's figure is the one that the main job draws", () => {
  expect(readme).toContain("](docs/lln-profile.svg)");
});
