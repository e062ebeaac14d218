/** The lab's tab of billiards in a real browser: what is seen is what the package gives in Node. */
import { source as axe } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { followBilliards, replayBilliards, type BilliardsCertificate } from "../../src/billiards/index.ts";
import { parameters, useLab } from "../support/lab.ts";

const lab = useLab();

const open = (query: string, options?: Parameters<typeof lab.page>[1]) =>
  lab.page(`?tab=billiards${query === "" ? "" : "&"}${query}`, options);
const button = (page: Page, name: string) => page.locator("#billiards").getByRole("button", { name, exact: true });
const number = (page: Page, name: string) =>
  page
    .locator("#table-headline div", { has: page.getByText(name, { exact: true }) })
    .locator("dd")
    .innerText();
const value = async (page: Page, name: string) =>
  Number((await number(page, name)).split(",  ")[0].replaceAll(",", ""));
const time = (page: Page) => value(page, "Time t");
const collisions = (page: Page) => value(page, "Collisions through holes");
/** All numbers, once theory has joined them. */
async function numbers(page: Page): Promise<string> {
  await expect.poll(() => page.locator("#table-share-theory").innerText()).not.toBe("–");
  return (await page.locator("#table-headline").innerText()) + (await page.locator("#billiards table").innerText());
}
/** Until the table stands at the time of its address. */
async function waitUntilStill(page: Page): Promise<void> {
  await page.locator('#billiards[aria-busy="false"]').waitFor();
  await button(page, "Play").waitFor();
}
const picture = (page: Page) =>
  page.locator("#table-cells-picture").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

describe("the table", () => {
  test("is loaded when its tab is opened; its disks move, pause, go on to the next collision, and start again", async () => {
    const { page, errors } = await lab.page();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const ours = () => asked.filter((url) => /\/(tab|table\.worker)-/.test(url)).length;
    await page.getByRole("tab", { name: "Theorems" }).click();
    expect(ours()).toBe(0);
    await page.getByRole("tab", { name: "Billiards" }).click();
    await button(page, "Pause").waitFor();
    expect(ours()).toBe(3);
    await page.getByLabel("Speed").last().fill("6");
    const pictures = new Set<string>();
    await expect.poll(async () => pictures.add(await picture(page)).size).toBeGreaterThan(5);
    await button(page, "Pause").click();
    await button(page, "Play").waitFor();
    const paused = await time(page);
    expect(Number(parameters(page)["table.t"])).toBeCloseTo(paused, 2);
    const before = await collisions(page);
    await button(page, "Step").click();
    await expect.poll(() => collisions(page)).toBe(before + 1);
    expect(await time(page)).toBeGreaterThan(paused);
    expect(await page.locator("#table-told").innerText()).toMatch(
      /^At t = [\d.,]+ a disk of .* met one of .*: their energies \S+ and \S+ became \S+ and \S+\.$/,
    );
    await button(page, "Restart").click();
    await expect.poll(() => time(page)).toBeLessThan(paused);
    expect(parameters(page)["table.t"]).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test.each([
    ["closed", "table.cells=3&table.particles=5&table.ends=closed&table.seed=9&table.t=300"],
    ["between baths", "table.cells=2&table.particles=4&table.ends=maxwell&table.left=3&table.hole=0.2&table.t=200"],
  ])("%s, is the path that Node follows, collision by collision", async (ends, query) => {
    const { page, errors } = await open(query);
    await waitUntilStill(page);
    const isClosed = ends === "closed";
    const path = await followBilliards(
      isClosed
        ? { cells: 3, particles: 5, energy: 3 }
        : { cells: 2, particles: 4, temperatures: [3, 2], bath: "maxwell", hole: 0.2 },
      { seed: isClosed ? 9n : 1n },
    );
    path.advance(isClosed ? 300 : 200);
    expect(await time(page)).toBe(path.time);
    expect(await collisions(page)).toBe(path.collisions.length);
    expect(path.collisions.length).toBeGreaterThan(3);
    expect(errors).toEqual([]);
  });

  test("in a copied link is the same, number by number", async () => {
    const { page } = await open("cells=7&table.particles=3&table.speed=8");
    await expect.poll(() => collisions(page)).toBeGreaterThan(20);
    await button(page, "Pause").click();
    await button(page, "Play").waitFor();
    const shown = await numbers(page);
    await page.locator("#table").getByRole("button", { name: "Copy link" }).click();
    await page.locator("#table").getByText("copied", { exact: true }).waitFor();
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    // The chain of the other tabs goes with it.
    expect(link.searchParams.get("cells")).toBe("7");
    const { page: other } = await lab.page(link.search);
    await waitUntilStill(other);
    expect(await numbers(other)).toBe(shown);
    expect((await picture(other)) === (await picture(page))).toBe(true);
  });

  test("is changed by its controls, which are in the address beside the chain's", async () => {
    const { page, errors } = await open("cells=5");
    const form = page.locator("#table");
    const expected: Record<string, string> = { tab: "billiards", cells: "5" };
    for (const [label, name, text] of [
      ["Cells N", "cells", "2"],
      ["Disks a cell M", "particles", "30"],
      ["Holes narrower by ε", "hole", "0.3"],
      ["Right bath TR", "right", "0.4"],
      ["Seed", "seed", "77"],
    ]) {
      await form.getByLabel(label, { exact: true }).fill(text);
      expected[`table.${name}`] = text;
      await expect.poll(() => parameters(page)).toEqual(expected);
    }
    await form.getByLabel("At the ends").selectOption("closed");
    expected["table.ends"] = "closed";
    await expect.poll(() => parameters(page)).toEqual(expected);
    expect(await form.getByLabel("Right bath TR", { exact: true }).isVisible()).toBe(false);
    await form.getByLabel("Energy of a cell E", { exact: true }).fill("2");
    expected["table.energy"] = "2";
    await expect.poll(() => parameters(page)).toEqual(expected);
    // By the keyboard.
    await form.getByLabel("Disks a cell M, slider", { exact: true }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => parameters(page)["table.particles"]).toBe("31");
    await form.getByRole("button", { name: "Defaults" }).click();
    await expect.poll(() => parameters(page)).toEqual({ tab: "billiards", cells: "5" });
    expect(errors).toEqual([]);
  });

  test("that cannot be is told in the words of the package, in the address and in the form", async () => {
    const { page } = await open("table.particles=1&table.hole=0.3&table.cells=11&table.colour=red");
    const neutral = '"shape" expected less than (2-ε)r = 1.7, so that a single disk does not bounce';
    await expect
      .poll(async () => (await page.getByRole("alert").innerText()).split("\n").slice(1))
      .toEqual([
        '"table.cells" expected an integer from 1 to 10, got "11"',
        expect.stringContaining('"table.colour" expected one of cells,'),
        expect.stringContaining(neutral),
      ]);
    const hole = page.locator("#table").getByLabel("Holes narrower by ε", { exact: true });
    expect(await hole.inputValue()).toBe("0.05");
    await hole.fill("0.2");
    const wrong = page.locator("#table-hole-wrong");
    await expect
      .poll(() => wrong.innerText())
      .toMatch(/^expected "shape" less than \(2-ε\)r = 1\.8, .*\("neutral"\).*, got 1\.9$/);
    expect(await hole.getAttribute("aria-invalid")).toBe("true");
    await hole.fill("0");
    await expect.poll(() => wrong.innerText()).toBe("expected a number between 0 and 1, got 0");
    await hole.fill("0.06");
    await expect.poll(() => wrong.isVisible()).toBe(false);
  });

  test("without motion stands at its start, and steps to a collision, which is told", async () => {
    const { page } = await open("", { reducedMotion: "reduce" });
    await waitUntilStill(page);
    expect(await time(page)).toBe(0);
    await button(page, "Step").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => collisions(page)).toBe(1);
    await expect.poll(() => page.locator("#table-told").innerText()).toContain("met one of");
    const said = await page.getByRole("img", { name: /^4 cells of 10 disks/ }).getAttribute("aria-label");
    expect(said).toMatch(/between baths of 1 and 2, at time [\d.]+; disks have met in holes 1 times$/);
  });

  test("of one closed cell has no holes, and says what to do", async () => {
    const { page, errors } = await open("table.cells=1&table.ends=closed&table.t=1");
    await waitUntilStill(page);
    await button(page, "Step").click();
    await expect.poll(() => time(page)).toBeGreaterThan(1);
    expect(await page.locator("#table-note").innerText()).toContain("take two");
    expect(errors).toEqual([]);
  });
});

test("a thousand disks hold the page up by no task of 50 ms, while it is resized", async () => {
  const { page, errors } = await open("table.cells=10&table.particles=100&table.speed=5");
  await button(page, "Pause").waitFor();
  const longTasks = async (width: number) => {
    const found = page.evaluate(async () => {
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration)));
      observer.observe({ type: "longtask" });
      const begin = performance.now();
      while (performance.now() < begin + 1000) await new Promise(requestAnimationFrame);
      return tasks;
    });
    const before = await time(page);
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => time(page)).toBeGreaterThan(before);
    return found;
  };
  // A machine that is busy with other things may take its time once, but not each time.
  for (const width of [360, 900, 1440]) await expect.poll(() => longTasks(width)).toEqual([]);
  expect(errors).toEqual([]);
});

test.each(["light", "dark"] as const)("is accessible in %s, on a phone and a desk", async (colorScheme) => {
  for (const width of [360, 1280]) {
    const viewport = { width, height: 800 };
    const { page } = await open("table.cells=10&table.particles=40&table.t=60", { colorScheme, viewport });
    await waitUntilStill(page);
    await button(page, "Step").click();
    await expect.poll(() => page.locator("#table-told").innerText()).not.toBe("");
    if (width === 360) await page.locator("#table summary").click();
    await page.locator("#table-hole").fill("1");
    await page.locator("#table-hole-wrong").filter({ hasText: "expected" }).waitFor();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`)).toEqual([]);
    await lab.picture(page, `billiards-${colorScheme}-${width}`);
  }
});

describe("its certificate", () => {
  const verdict = (page: Page) => page.locator("#table-verdict");
  const text = (page: Page) => page.locator("#table-certificate-text");

  test("is of what is seen, is verified here and in Node, and a changed one is not", async () => {
    const { page, errors } = await open("table.cells=2&table.particles=3&table.t=500");
    await waitUntilStill(page);
    await button(page, "Certify this table").click();
    await expect.poll(() => verdict(page).innerText()).toMatch(/^The table at t = 500; its \d+ coll.* bit for bit\.$/);
    const certificate = JSON.parse(await text(page).inputValue()) as BilliardsCertificate;
    expect(certificate).toMatchObject({ seed: "1", replicas: 1, time: 500, billiards: { cells: 2, particles: 3 } });
    expect((await replayBilliards(certificate)).same).toBe(true);
    await button(page, "Verify in this browser").click();
    await expect.poll(() => verdict(page).innerText()).toBe(`The same bits: ${certificate.result}`);
    await text(page).fill(JSON.stringify({ ...certificate, seed: "2" }));
    await button(page, "Verify in this browser").click();
    await expect.poll(() => verdict(page).innerText()).toContain("Other bits");
    // Pasted into the tab of the chains.
    await page.getByRole("tab", { name: "Certificate" }).click();
    await page.locator("#certificate-text").fill(JSON.stringify(certificate));
    await page.locator("#replay").click();
    await expect.poll(() => page.locator("#verdict").innerText()).toContain("their own tab verifies it");
    expect(errors).toEqual([]);
  });

  test("that takes long is cancelled, and at the start there is none", async () => {
    const { page } = await open("", { reducedMotion: "reduce" });
    await waitUntilStill(page);
    await button(page, "Certify this table").click();
    await expect.poll(() => verdict(page).innerText()).toContain("let it run first");
    const { simulateBilliards } = await import("../../src/billiards/index.ts");
    const { certificate } = await simulateBilliards({ cells: 2, particles: 10 }, { replicas: 1, time: 1 });
    await text(page).fill(JSON.stringify({ ...certificate, replicas: 1e4, time: 1e3 }));
    await button(page, "Verify in this browser").click();
    await button(page, "Cancel").click();
    await expect.poll(() => verdict(page).innerText()).toContain("Cancelled: aborted after");
  });
});
