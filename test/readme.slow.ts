/** The README shows the output and the figures of the main job as they are. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf, readme, root } from "./support/documents.ts";

test("a table of npm start and the figure of the README", () => {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-start-"));
  const printed = execFileSync(
    process.execPath,
    [join(root, "dist/src/cli/main.js"), "verify", "--quick", "--out", folder],
    {
      encoding: "utf8",
    },
  );
  const shown = blocksOf(readme).find(({ code }) => code.includes(" verify "))!.output!;
  expect(printed).toContain(shown);
  const figure = "lln-profile.svg";
  expect(readFileSync(join(folder, figure), "utf8")).toBe(readFileSync(join(root, "docs", figure), "utf8"));
  rmSync(folder, { recursive: true });
});
