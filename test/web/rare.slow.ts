/** The lab's card of rare events in a real browser: what is counted is what the package counts in Node. */
import { source as axe } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { defineModel, theory } from "../../src/index.ts";
import { rareEvent, replayRareEvent, type RareEventCertificate } from "../../src/rare/index.ts";
import { DEFAULTS } from "../../web/src/settings.ts";
import { chooseEvent } from "../../web/src/rare/event.ts";
import * as words from "../../web/src/rare/words.ts";
import { useLab } from "../support/lab.ts";
import { faultsOf, rememberTexts } from "../support/layout.ts";

const lab = useLab();

const SHORT = "cells=2&particles=100";
const open = (query = SHORT, options?: Parameters<typeof lab.page>[1]) => lab.page(`?tab=theorems&${query}`, options);
const cardOf = (page: Page) => page.getByRole("region", { name: "A rare event" });
const button = (page: Page, name: string) => cardOf(page).getByRole("button", { name });
const field = (page: Page, name: string) => cardOf(page).getByLabel(name, { exact: true });
const status = (page: Page) => cardOf(page).getByRole("status").first();
const finding = (page: Page) => cardOf(page).locator(".finding").innerText();

async function run(page: Page): Promise<void> {
  await button(page, "Run").click();
  await expect.poll(() => status(page).innerText(), { timeout: 60_000 }).toMatch(/^Done in/);
}

async function certificateOf(page: Page): Promise<RareEventCertificate> {
  await cardOf(page).locator("details summary").click();
  return JSON.parse(await cardOf(page).locator("pre").innerText()) as RareEventCertificate;
}

describe("a rare event", () => {
  test("is loaded when it is first counted; what it says is what Node counts, bit for bit", async () => {
    const { page, errors } = await open();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await cardOf(page).waitFor();
    expect(asked.filter((url) => /\/(view|count)-/.test(url))).toEqual([]);
    await run(page);
    expect(asked.filter((url) => /\/(view|count)-/.test(url)).length).toBe(2);
    const certificate = await certificateOf(page);
    const { cell, time, energy, paths, mean } = chooseEvent({ ...DEFAULTS, cells: 2, particles: 100 }, {});
    expect(certificate).toMatchObject({ event: { cell, time, above: energy }, replicas: paths, seed: "1" });
    expect(certificate.model.bath).toBe("thermal");
    expect((await replayRareEvent(certificate)).same).toBe(true);
    const result = await rareEvent(certificate.model, { ...certificate.event, replicas: paths, seed: 1 });
    expect(result.certificate.result).toBe(certificate.result);
    const count = { paths, logProbability: result.logProbability, relativeError: result.relativeError };
    const text = words.eventOf({ cell, time, energy, mean } as never).replace("_", "");
    expect(await finding(page)).toBe(`${text} = ${words.counted(count)}`);
    expect(result.probability).toBeGreaterThan(1e-12);
    expect(result.probability).toBeLessThan(1e-8);
    await cardOf(page).getByText("With thermal baths in place of the paper’s").waitFor();
    await cardOf(page)
      .getByText(/^Nothing speaks against the error bar: the paths are worth/)
      .waitFor();
    await cardOf(page)
      .getByText(/^A plain simulation at this speed, .* would see it once in .*\.$/)
      .waitFor();
    expect(await cardOf(page).getByRole("img").count()).toBe(3);
    expect(errors).toEqual([]);
  });

  test("is another one where its fields say so; a field that is wrong says what it expects", async () => {
    const { page, errors } = await open(`${SHORT}&bath=thermal`);
    await run(page);
    expect(await cardOf(page).innerText()).not.toContain("in place of the paper’s");
    const wrong = (name: string) => cardOf(page).locator(`#event-${name}-wrong`).innerText();
    await field(page, "Cell").fill("3");
    await expect.poll(() => wrong("cell")).toBe("expected an integer from 1 to 2");
    await field(page, "Time t").fill("9999");
    await expect.poll(() => wrong("time")).toMatch(/^expected a time up to [\d.]+, so that a page can count/);
    await field(page, "Cell").fill("1");
    await expect.poll(() => wrong("cell")).toBe("");
    await expect.poll(() => status(page).innerText()).toContain("the former event’s");
    // Below the limit, by the keyboard alone.
    await field(page, "Energy to pass").fill("0.9");
    await expect
      .poll(() =>
        cardOf(page)
          .getByText(/standard deviations below the limit/)
          .count(),
      )
      .toBe(1);
    await button(page, "Run").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => status(page).innerText(), { timeout: 60_000 }).toMatch(/^Done in/);
    expect(await finding(page)).toMatch(/^P\(E1 < 0\.9 at t = .*\) = 0\.\d+ ± [\d.]+%$/);
    // Often enough for a plain simulation, which agrees.
    expect(await cardOf(page).locator("p.good").innerText()).toMatch(
      /A plain simulation saw it \d+ times in [\d,]+: z = /,
    );
    const { event } = await certificateOf(page);
    expect(event).toMatchObject({ cell: 1, below: 0.9 });
    await button(page, "Choose by theory").click();
    await expect.poll(() => field(page, "Energy to pass").inputValue()).not.toBe("0.9");
    expect(errors).toEqual([]);
  });

  test("of another chain is chosen anew, and its numbers are the former chain's", async () => {
    const { page } = await open();
    await run(page);
    await page.getByLabel("Cells N", { exact: true }).fill("1");
    await expect.poll(() => status(page).innerText()).toContain("the former chain's");
    expect(await field(page, "Cell").isVisible()).toBe(false);
    await run(page);
    expect(await field(page, "Cell").inputValue()).toBe("1");
    // One cell has no profile.
    expect(await cardOf(page).getByRole("img").count()).toBe(2);
  });

  test("is cancelled while its path is sought and while paths are counted, and can be run again", async () => {
    const { page, errors } = await open("cells=20&particles=1000");
    await button(page, "Run").click();
    await expect.poll(() => status(page).innerText()).toContain("Looking for");
    await button(page, "Cancel").click();
    await expect.poll(() => status(page).innerText()).toBe("Cancelled.");
    await page.getByLabel("Cells N", { exact: true }).fill("2");
    await button(page, "Run").click();
    await expect.poll(() => status(page).innerText()).toBe("Counting …");
    await expect.poll(() => finding(page)).toContain("±");
    await button(page, "Cancel").click();
    await expect.poll(() => status(page).innerText()).toBe("Cancelled.");
    // What was counted stays.
    expect(await finding(page)).toMatch(/ = .* ± [\d.]+%$/);
    await run(page);
    expect(errors).toEqual([]);
  });

  test.each([
    ["disks", "exchange=kinetic", '"exchange" expected "uniform" for rare events'],
    ["a long chain", "cells=31", '"cells" expected 30 at most for a rare event on a page, got 31'],
  ])("%s: refused in words", async (_chain, query, said) => {
    const { page } = await open(query);
    await button(page, "Run").click();
    await expect.poll(() => status(page).innerText()).toContain(said);
    await button(page, "Run").waitFor();
  });

  test("with a wrong theory has another verdict", async () => {
    const { page } = await lab.page("?tab=certificate");
    // Momenta of no path: the chain's own law, which never reaches the event.
    const right = /momenta:([\w$]+)\(([\w$]+),(.+?)\),path:(.+?),gains:\1\(([\w$]+\([\w$]+,[\w$]+\)),/g;
    await page.route("**/count-*.js", async (route) => {
      const script = await (await route.fetch()).text();
      expect(script.match(right)?.length).toBe(1);
      const wrong = "momenta:$1($2.map(()=>0),$3),path:$4,gains:$1($5.map(()=>0),";
      await route.fulfill({ contentType: "text/javascript", body: script.replace(right, wrong) });
    });
    await page.goto(`${lab.url}?tab=theorems&cells=1&particles=100`);
    await run(page);
    expect(await cardOf(page).locator("p.bad:not(.wrong)").innerText()).toBe(
      "The error bar cannot be trusted: no path has reached the event: run more, or guide them to it.",
    );
    expect(await finding(page)).toMatch(/= not met yet$/);
  });
});

test.each(["light", "dark"] as const)("is accessible in %s and fits a phone and a desk", async (colorScheme) => {
  for (const width of [390, 1280]) {
    const { page } = await lab.page("?tab=certificate", { colorScheme, viewport: { width, height: 844 } });
    await rememberTexts(page);
    await page.goto(`${lab.url}?tab=theorems&${SHORT}`);
    await run(page);
    await cardOf(page).locator("details summary").click();
    await field(page, "Cell").fill("9");
    await cardOf(page).locator(".wrong").filter({ hasText: "expected" }).waitFor();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`)).toEqual([]);
    for (const [w, h] of [
      [width, 844],
      [800, 600],
      [width, 844],
    ]) {
      await page.setViewportSize({ width: w, height: h });
      // The form of the chain opens and closes with the width, and its chart follows a frame later.
      await expect.poll(() => faultsOf(page)).toEqual([]);
    }
    await lab.picture(page, `rare-${colorScheme}-${width}`);
  }
});

describe("the event that the page chooses", () => {
  test.each([
    { cells: 1, particles: 1 },
    { cells: 1, particles: 10 },
    { cells: 3, particles: 100 },
    { cells: 3, particles: 100_000 },
    { cells: 3, particles: 100, left: 0.1, right: 10 },
    { cells: 3, particles: 100, rate: "constant", start: "hot" },
  ] as const)("has a probability of about 1e-10: %o", (part) => {
    const settings = { ...DEFAULTS, ...part };
    const { cell, time, energy, latest, paths } = chooseEvent(settings, {});
    const { left, right, rate, cells, particles } = settings;
    const initial = "start" in part ? Math.max(left, right) : Math.min(left, right);
    const bath = "thermal";
    const model = defineModel({ cells, particles, temperatures: [left, right], rate, bath, initial });
    const { action } = theory.instanton(model, { cell, above: energy, time });
    // e^{-MA} is some ten times the probability.
    expect(particles * action).toBeGreaterThan(16);
    expect(particles * action).toBeLessThan(30);
    expect(time).toBeLessThanOrEqual(latest);
    expect(paths).toBeGreaterThan(1000);
  });
});

test("numbers below the least that a computer has are powers of ten", () => {
  expect(words.power(-5000)).toBe("10^−2171.5");
  expect(words.power(Math.log(2.5e-22))).toBe("2.50·10⁻²²");
  expect(words.power(-Infinity)).toBe("0");
  const years = words.plainWords({ paths: 1, logProbability: Math.log(1e-12), relativeError: 0.1 }, 1000);
  expect(years).toBe("A plain simulation at this speed, 1,000 paths a second, would see it once in 32 years.");
});
