/** The lab at every size, in light and dark, with results shown: nothing is cut, wider than the window or over another text. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useLab, waitUntilStill } from "../support/lab.ts";
import { contrastOf, faultsOf, lowestTexts, rememberTexts, smallTargets } from "../support/layout.ts";

const SIZES = [
  [1440, 900],
  [1280, 800],
  [800, 1000],
  [390, 844],
  [360, 740],
  [844, 390],
  [1440, 900],
];
const TABS = ["Live", "Theorems", "Certificate", "Billiards"];

const lab = useLab();

const goTo = (page: Page, tab: string) => page.getByRole("tab", { name: tab }).click();

/** A page with something in every tab. */
async function filled(): Promise<Page> {
  const { page } = await lab.page("?tab=certificate", { viewport: { width: 1440, height: 900 } });
  await rememberTexts(page);
  await page.goto(`${lab.url}?cells=3&particles=200&t=20&rate=${encodeURIComponent("sqrt(a*b/(a+b))")}`);
  await waitUntilStill(page);
  await goTo(page, "Theorems");
  for (const name of ["Law of large numbers", "Fourier’s law", "Fluctuation theorem"]) {
    const card = page.getByRole("region", { name });
    await card.getByRole("button", { name: "Run" }).click();
    await card.getByText(/^Done in/).waitFor({ timeout: 60_000 });
    expect(await card.locator("p.good").innerText()).toMatch(/^All \d+ checks passed: .* \(z = .*, limit ±\d/);
  }
  const rare = page.getByRole("region", { name: "A rare event" });
  await rare.getByRole("button", { name: "Run" }).click();
  await rare.getByText(/^Done in/).waitFor({ timeout: 60_000 });
  await rare.getByLabel("Cell", { exact: true }).fill("4");
  await rare.locator(".wrong").filter({ hasText: "expected" }).waitFor();
  await goTo(page, "Billiards");
  await page.locator("#table-speed").fill("12");
  await page.locator("#table-headline dd", { hasText: /^\d{3,}$/ }).waitFor();
  await page.locator("#table-play").click();
  await page.locator("#table-certify").click();
  await page.locator("#table-verdict.good").waitFor();
  await page.locator("#table-hole").fill("1");
  await page.locator("#table-hole-wrong").filter({ hasText: "expected" }).waitFor();
  await goTo(page, "Certificate");
  await page.getByRole("button", { name: "Certify the live chain" }).click();
  await page.locator("#verdict.good").waitFor();
  await page.locator("#expression").fill(`${"sqrt(a+b)+".repeat(9)}c`);
  await page.locator("#expression-wrong pre").waitFor();
  return page;
}

test("from a wide window to a phone, turned, and back, in light and dark; and under a finger", async () => {
  const page = await filled();
  const faults: Record<string, string[]> = {};
  const look = async (what: string, find: (page: Page) => Promise<string[]>) => {
    for (const tab of TABS) {
      await goTo(page, tab);
      const found = await find(page);
      if (found.length > 0) faults[`${tab} ${what}`] = found;
    }
  };
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await goTo(page, "Certificate");
    expect(await contrastOf(page, "#cancel-replay:disabled")).toBeGreaterThan(4.5);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await look(`at ${width} x ${height}, ${colorScheme}`, faultsOf);
    }
  }
  await goTo(page, "Live");
  expect(await lowestTexts(page, "#profile canvas")).toEqual(["0", "1", "2", "3", "4"]);
  await page.setViewportSize({ width: 390, height: 844 });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  expect(await page.evaluate(() => matchMedia("(pointer: coarse)").matches)).toBe(true);
  await page.locator("#model summary").click();
  await goTo(page, "Billiards");
  await page.locator("#table summary").click();
  await look("under a finger", async () => [...(await faultsOf(page)), ...(await smallTargets(page))]);
  expect(faults).toEqual({});
  // What would be a fault is seen.
  await page.evaluate(() => {
    const place = (style: string, text: string) => {
      document.body.append(Object.assign(document.createElement("p"), { style, textContent: text }));
    };
    place("position: absolute; left: 0; top: 0", "mesoflux over mesoflux");
    place("width: 500px", "wide");
    place("width: 1rem; overflow: hidden", "unbreakable");
  });
  const planted = (await faultsOf(page)).join();
  for (const words of ["over mesoflux” overlap", "wider than the window", "cut: unbreakable"]) {
    expect(planted).toContain(words);
  }
});
