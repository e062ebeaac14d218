/** The lab's theorems in a real browser; and every tab, with the theorems tried, by axe and as a picture in report/lab. */
import { source as axe } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { parameters, useLab, waitUntilStill } from "../support/lab.ts";
import { faultsOf, rememberTexts } from "../support/layout.ts";

const lab = useLab();

const THEOREMS = [
  "Law of large numbers",
  "Central limit theorem",
  "Fourier’s law",
  "Mesoscopic limit equation",
  "Fluctuation theorem",
];

/** The card of a theorem; runs it and waits for what comes out. */
async function runTheorem(page: Page, name: string) {
  const card = page.getByRole("region", { name });
  await card.getByRole("button", { name: "Run" }).click();
  await card.getByText(/^Done in/).waitFor({ timeout: 60_000 });
  return card;
}

describe("a theorem", () => {
  test.each(THEOREMS)("%s: every |z| within its limit, certificates that are shown", async (name) => {
    const { page, errors } = await lab.page("?cells=4&particles=200&t=1&tab=theorems");
    const card = await runTheorem(page, name);
    await card.getByText(/^All \d+ checks passed/).waitFor();
    const table = card.getByRole("group", { name: `${name}: checks` });
    const header = await table.getByRole("columnheader").allInnerTexts();
    const rows = await table.getByRole("row").all();
    const cells = await Promise.all(rows.slice(1).map((row) => row.locator("th, td").allInnerTexts()));
    const column = (title: string) =>
      cells.map((row) => Number(row[header.indexOf(title)].replace("−", "-").replace("±", "")));
    const [z, limits] = [column("z"), column("limit")];
    expect(z.length).toBeGreaterThan(1);
    for (const [i, limit] of limits.entries()) expect(Math.abs(z[i])).toBeLessThanOrEqual(limit);
    expect(await card.getByRole("img").count()).toBeGreaterThan(2);
    await card.getByText("Certificates of the simulations").click();
    await lab.picture(page, `theorem-${name}`);
    await card.getByRole("button", { name: "Certificate" }).first().click();
    await expect.poll(() => parameters(page).tab).toBe("certificate");
    const shown = await page.getByLabel("Certificate, as shown or pasted").inputValue();
    // The fluctuation theorem is tried on short chains.
    const N = name === "Fluctuation theorem" ? 1 : 4;
    expect(JSON.parse(shown)).toMatchObject({ model: { cells: N }, stream: 2 });
    expect(errors).toEqual([]);
  });

  test("is cancelled, and can be run again; another chain makes its numbers the former one's", async () => {
    const { page } = await lab.page("?cells=100&particles=1000&t=1&tab=theorems");
    const card = page.getByRole("region", { name: "Law of large numbers" });
    await card.getByRole("button", { name: "Run" }).click();
    await card.getByRole("button", { name: "Cancel" }).click();
    await card.getByText("Cancelled.").waitFor();
    await page.getByLabel("Cells N", { exact: true }).fill("2");
    await runTheorem(page, "Law of large numbers");
    await page.getByLabel("Cells N", { exact: true }).fill("3");
    await card.getByText("These numbers are the former chain's").waitFor();
  });
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test.each([
    ["desk", { width: 1280, height: 900 }],
    ["phone", { width: 390, height: 844 }],
  ] as const)("on a %s, every tab is accessible and fits", async (device, viewport) => {
    const { page, errors } = await lab.page("?tab=certificate", { colorScheme, viewport });
    await rememberTexts(page);
    await page.goto(`${lab.url}?cells=6&particles=200&t=20`);
    await waitUntilStill(page);
    await page.evaluate(axe);
    for (const tab of ["Live", "Theorems", "Certificate", "Billiards"]) {
      await page.getByRole("tab", { name: tab }).click();
      if (tab === "Theorems") {
        for (const name of [...THEOREMS, "A rare event"]) await runTheorem(page, name);
        for (const summary of await page.locator(".theorem summary").all()) await summary.click();
      }
      if (tab === "Billiards") {
        await page.locator("#table-headline dd", { hasText: /^[1-9]\d?$/ }).waitFor();
        await page.locator("#table-play").click();
      }
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`)).toEqual([]);
      expect(await faultsOf(page)).toEqual([]);
      await lab.picture(page, `${tab.toLowerCase()}-${colorScheme}-${device}`);
    }
    expect(errors).toEqual([]);
  });
});
