/** Without the packages that draw figures: everything else is there, and it says what to install. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { start } from "../support/commandLine.ts";
import { packageWithout } from "../support/without.ts";

const INSTALL =
  "drawing figures needs packages that are not here: npm install @observablehq/plot linkedom @resvg/resvg-js dejavu-fonts-ttf";

/** Each is missed: by the figures, by their pictures, by the letters in these. */
const DRAWING = [["@observablehq", "linkedom", "@resvg", "dejavu-fonts-ttf"], ["linkedom"], ["dejavu-fonts-ttf"]];

let folder: string;
beforeAll(() => void (folder = packageWithout(DRAWING[0])));
afterAll(() => rmSync(folder, { recursive: true }));

test("verify prints its tables and writes its page", async () => {
  const args = "verify lln --quick --particles 100,1000 --replicas 512 --times 0.5 --quiet".split(" ");
  const main = join(folder, "dist/src/cli/main.js");
  const { code, out, err } = await start(process.execPath, [main, ...args], { cwd: folder }).outcome;
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("all 4 checks passed");
  expect(out.endsWith(`\nreport: report/index.html, without figures: ${INSTALL}\n`)).toBe(true);
  const numbers = ["lln-bias.csv", "lln-distance.csv", "lln-profile.csv", "lln-residuals.csv"];
  expect(readdirSync(join(folder, "report"))).toEqual(["index.html", ...numbers]);
  const page = readFileSync(join(folder, "report/index.html"), "utf8");
  expect(page).toContain(INSTALL);
  expect(page).toContain("all 4 checks passed");
  expect(page).not.toContain("<svg");
});

test.each(DRAWING.map((missing) => ({ missing })))(
  "figures alone are refused without $missing",
  async ({ missing }) => {
    const without = packageWithout(missing);
    try {
      const program = `
      import { writeFigures } from "./dist/src/report/write.node.js";
      await writeFigures([], "figures").catch(({ name, message }) => console.log(name, message));`;
      const args = ["--input-type=module", "--eval", program];
      const { out } = await start(process.execPath, args, { cwd: without }).outcome;
      expect(out).toBe(`MissingPackageError ${INSTALL}\n`);
    } finally {
      rmSync(without, { recursive: true });
    }
  },
);
