/** A physicist's minute: a model file of one's own, three commands, ten seconds. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ran } from "../support/commandLine.ts";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "mesoflux-minute-"))));
afterAll(() => rmSync(folder, { recursive: true }));

test("conductivity, current, relaxation time and cost, measured with a figure", { timeout: 10_000 }, async () => {
  const model = { cells: 30, particles: 2000, temperatures: [1, 2], rate: "sqrt-sum" };
  writeFileSync(join(folder, "model.json"), JSON.stringify(model));
  const mesoflux = async (line: string) => {
    const { code, out } = await ran(line.split(" "), { cwd: folder });
    expect(code).toBe(0);
    return out;
  };

  const theory = await mesoflux("theory model.json");
  const [kappa, error] = [/conductivity κ +(\S+)/, /mesoscopic .* (\S+) +\S+\n/].map((one) =>
    Number(one.exec(theory)![1]),
  );
  for (const word of ["current j", "relaxation time", "burn-in"]) expect(theory).toContain(word);

  const profile = "--times stationary --replicas 256 --method mesoscopic --figure profile.svg";
  const state = await mesoflux(`run model.json ${profile}`);
  const measured = Number(/conductivity +(\S+)/.exec(state)![1]);
  // Six standard errors, and what 1/M adds.
  expect(Math.abs(measured - kappa)).toBeLessThan(6 * error + 1 / 2000);

  await mesoflux("run model.json --replicas 64 --times 0.5,2 --initial 1 --figure start.png");
  expect(readFileSync(join(folder, "profile.svg"), "utf8")).toMatch(/^<svg [^]*equilibrium E\*[^]*<\/svg>\s*$/);
  const points = readFileSync(join(folder, "profile.csv"), "utf8").split("\r\n");
  expect(points).toHaveLength(1 + 2 * 30 + 1);
  expect(readFileSync(join(folder, "start.png")).subarray(1, 4).toString()).toBe("PNG");
  expect(readFileSync(join(folder, "start.csv"), "utf8").match(/^limit equation,/gm)).toHaveLength(60);
});
