/** The lab as people use it: the built page, served by `mesoflux lab`, in a real browser. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { source as axe } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Certificate } from "../../src/index.ts";
import { defineModel, follow, theory } from "../../src/index.ts";
import { ran } from "../support/commandLine.ts";
import { parameters, useLab, waitUntilStill } from "../support/lab.ts";
import { root } from "../support/served.ts";
import { WRONG_RATES } from "../support/wrongRates.ts";

const lab = useLab();

/** The value beside a name in the list of numbers. */
const number = (page: Page, name: string) =>
  page
    .locator(".numbers div", { has: page.getByText(name, { exact: true }) })
    .locator("dd")
    .innerText();
const time = async (page: Page) => Number((await number(page, "Time t")).replaceAll(",", ""));
const playButton = (page: Page, name: "Play" | "Pause") => page.getByRole("button", { name, exact: true });
/** At a time, standing still. */
const standing = "?cells=5&particles=50&t=2";

describe("the live chain", () => {
  test("plays from the start, pauses where the address then says, steps, and starts again", async () => {
    const { page, errors } = await lab.page("?particles=5&cells=6");
    await playButton(page, "Pause").waitFor();
    await expect.poll(() => time(page)).toBeGreaterThan(0.5);
    await playButton(page, "Pause").click();
    await playButton(page, "Play").waitFor();
    const paused = await time(page);
    expect(Number(parameters(page).t)).toBeCloseTo(paused, 4);
    const before = await number(page, "Exchanges");
    await page.getByRole("button", { name: "Step" }).click();
    await expect.poll(() => number(page, "Exchanges")).not.toBe(before);
    expect(await time(page)).toBeGreaterThan(paused);
    await page.getByRole("button", { name: "Restart" }).click();
    await playButton(page, "Pause").waitFor();
    await expect.poll(() => time(page)).toBeLessThan(paused);
    expect(parameters(page).t).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test("speed is looks a frame, and changes nothing else", async () => {
    const { page } = await lab.page(`${standing}&speed=0`);
    await waitUntilStill(page);
    const before = await page.locator("#numbers").innerText();
    const pace = page.locator("#pace");
    expect(await pace.innerText()).toContain("0.23 units of time a second");
    await page.getByLabel("Speed").fill("3");
    await expect.poll(() => pace.innerText()).toContain("1.9 units of time a second");
    expect(parameters(page)).toEqual({ cells: "5", particles: "50", t: "2" });
    expect(await page.locator("#numbers").innerText()).toBe(before);
  });

  test("a link shows what the engine gives in Node: the same path, exchange by exchange", async () => {
    const link = "?cells=7&particles=30&rate=sqrt-sum&left=3&right=0.5&bath=thermal&start=reversed&seed=12&t=3";
    const { page, errors } = await lab.page(link);
    await waitUntilStill(page);
    const model = defineModel({
      cells: 7,
      particles: 30,
      rate: "sqrt-sum",
      temperatures: [3, 0.5],
      bath: "thermal",
      initial: Array.from({ length: 7 }, (_, k) => 0.5 + ((k + 1) * 2.5) / 8),
    });
    const path = await follow(model, { seed: 12n });
    for (let look = 1; look <= 3 * 256; look++) path.advance(look / 256);
    expect(await number(page, "Time t")).toBe("3");
    expect(Number((await number(page, "Exchanges")).replaceAll(",", ""))).toBe(path.events);
    const total = path.energies.reduce((sum, E) => sum + E, 0);
    expect(Number(await number(page, "Total energy"))).toBeCloseTo(total, 2);
    expect(errors).toEqual([]);
  });

  test("disks that collide have a rate and baths of their own", async () => {
    const { page, errors } = await lab.page("?cells=5&particles=30&exchange=kinetic&t=1");
    await waitUntilStill(page);
    const path = await follow(
      { cells: 5, particles: 30, temperatures: [1, 2], exchange: "kinetic", initial: 1 },
      { seed: 1n },
    );
    for (let look = 1; look <= 256; look++) path.advance(look / 256);
    expect(Number((await number(page, "Exchanges")).replaceAll(",", ""))).toBe(path.events);
    for (const label of ["Rate f(a, b) of a bond", "A bath offers"])
      expect(await page.getByLabel(label).isDisabled()).toBe(true);
    await page.getByLabel("When a bond rings").selectOption("uniform");
    await expect.poll(() => page.getByLabel("A bath offers").isDisabled()).toBe(false);
    expect(errors).toEqual([]);
  });

  test("a copied link leads to the same picture", async () => {
    const { page } = await lab.page("?cells=5&particles=50");
    await expect.poll(() => time(page)).toBeGreaterThan(0.2);
    await playButton(page, "Pause").click();
    await playButton(page, "Play").waitFor();
    const shown = await page.locator("#numbers").innerText();
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("copied", { exact: true }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const { page: other } = await lab.page(new URL(link).search);
    await waitUntilStill(other);
    await expect.poll(() => other.locator("#numbers").innerText()).toBe(shown);
  });

  test("a chain without a theory for its steady state says so, and runs", async () => {
    const { page, errors } = await lab.page("?cells=1&particles=1&left=0.1&right=10&rate=sqrt-min");
    await expect.poll(() => time(page)).toBeGreaterThan(0.01);
    expect(errors).toEqual([]);
  });
});

describe("every control", () => {
  test("what is written or chosen is in the address", async () => {
    const { page, errors } = await lab.page();
    const expected: Record<string, string> = {};
    for (const [label, name, value] of [
      ["Cells N", "cells", "12"],
      ["Particles a cell M", "particles", "77"],
      ["Left bath TL", "left", "3.5"],
      ["Right bath TR", "right", "0.4"],
      ["Seed", "seed", "18446744073709551615"],
    ]) {
      await page.getByLabel(label, { exact: true }).fill(value);
      expected[name] = value;
      await expect.poll(() => parameters(page)).toEqual(expected);
    }
    for (const [label, name, value] of [
      ["Rate f(a, b) of a bond", "rate", "sqrt-sum"],
      ["A bath offers", "bath", "thermal"],
      ["The cells begin", "start", "hot"],
      ["When a bond rings", "exchange", "kinetic"],
    ]) {
      await page.getByLabel(label).selectOption(value);
      expected[name] = value;
      await expect.poll(() => parameters(page)).toEqual(expected);
    }
    expect(errors).toEqual([]);
  });

  test("sliders move by the keyboard, and their numbers with them", async () => {
    const { page, errors } = await lab.page();
    const expected: Record<string, string> = {};
    for (const [label, name, value, box] of [
      ["Cells N, slider", "cells", "21", "Cells N"],
      ["Particles a cell M, slider", "particles", "1300", "Particles a cell M"],
      ["Left bath, slider", "left", "1.3", "Left bath TL"],
      ["Right bath, slider", "right", "2.5", "Right bath TR"],
    ]) {
      await page.getByLabel(label, { exact: true }).focus();
      await page.keyboard.press("ArrowRight");
      expected[name] = value;
      await expect.poll(() => parameters(page)).toEqual(expected);
      expect(await page.getByLabel(box, { exact: true }).inputValue()).toBe(value);
    }
    expect(errors).toEqual([]);
  });

  test("the next seed, and the defaults again", async () => {
    const { page } = await lab.page("?cells=3&seed=41");
    await page.getByRole("button", { name: "Next" }).click();
    await expect.poll(() => parameters(page)).toEqual({ cells: "3", seed: "42" });
    await page.getByRole("button", { name: "Defaults" }).click();
    await expect.poll(() => parameters(page)).toEqual({});
    expect(await page.getByLabel("Cells N", { exact: true }).inputValue()).toBe("20");
  });

  test("a value that does not do is marked, says what would, and changes nothing", async () => {
    const { page } = await lab.page();
    const cells = page.getByLabel("Cells N", { exact: true });
    await cells.fill("201");
    expect(await cells.getAttribute("aria-invalid")).toBe("true");
    const wrong = page.locator(`#${await cells.getAttribute("aria-describedby")}`);
    expect(await wrong.innerText()).toBe("expected an integer from 1 to 200");
    expect(parameters(page)).toEqual({});
    await cells.fill("200");
    await expect.poll(() => parameters(page)).toEqual({ cells: "200" });
    expect(await cells.getAttribute("aria-invalid")).toBe("false");
    expect(await wrong.isVisible()).toBe(false);
  });
});

describe("a rate of one's own", () => {
  const choice = (page: Page) => page.getByLabel("Rate f(a, b) of a bond");
  const field = (page: Page) => page.getByLabel("f(a, b), as in 1-exp(-sqrt(a+b))");
  const wrong = (page: Page) => page.locator("#expression-wrong");
  const expression = "1-exp(-sqrt(a*b/(a+b)))";

  test("begins as the law, is written, and its curve and the chain follow: as in Node, exchange by exchange", async () => {
    const { page, errors } = await lab.page("?cells=5&particles=50&left=2&right=0.5", { reducedMotion: "reduce" });
    await waitUntilStill(page);
    const curve = page.getByRole("img", { name: /^The rate f\(E, E\)/ });
    const asBefore = await curve.getAttribute("aria-label");
    // By the keyboard: the last choice, and the next field.
    await choice(page).focus();
    await page.keyboard.press("End");
    await expect.poll(() => parameters(page).rate).toBe("sqrt(a*b/(a+b))");
    expect(await field(page).inputValue()).toBe("sqrt(a*b/(a+b))");
    expect(await curve.getAttribute("aria-label")).toBe(asBefore);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(expression);
    await expect.poll(() => parameters(page).rate).toBe(expression);

    const model = defineModel({ cells: 5, particles: 50, temperatures: [2, 0.5], rate: expression, initial: 0.5 });
    const f = theory.rate(model);
    const ends = [0.125, 8].map((E) => `${f(E, E).toPrecision(4)} at E = ${E === 8 ? "8" : E.toPrecision(4)}`);
    await expect.poll(() => curve.getAttribute("aria-label")).toBe(`The rate f(E, E), from ${ends.join(" to ")}`);
    await waitUntilStill(page);
    const path = await follow(model, { seed: 1n });
    let look = 0;
    for (let step = 0; step < 3; step++) {
      for (const { events } = path; path.events === events;) path.advance(++look / 256);
      await page.getByRole("button", { name: "Step" }).click();
      await expect.poll(() => number(page, "Exchanges")).toBe(String(path.events));
    }
    expect(await time(page)).toBeCloseTo(path.time, 4);
    const total = path.energies.reduce((sum, E) => sum + E, 0);
    expect(Number(await number(page, "Total energy"))).toBeCloseTo(total, 3);
    expect(errors).toEqual([]);

    // The address has it, certificates too.
    const { page: other } = await lab.page(new URL(page.url()).search);
    expect(await field(other).inputValue()).toBe(expression);
    expect(await choice(other).inputValue()).toBe("own");
    await page.getByRole("button", { name: "Defaults" }).click();
    await expect.poll(() => parameters(page)).toEqual({});
    expect(await field(page).isVisible()).toBe(false);
  });

  test("that cannot be used is marked with a caret, and the chain goes on with the last good one", async () => {
    const { page, errors } = await lab.page(`?cells=5&particles=50&rate=${encodeURIComponent(expression)}`);
    await expect.poll(() => time(page)).toBeGreaterThan(0.1);
    const before = await time(page);
    for (const { expression: text, parameters: values, expected, got, caret } of WRONG_RATES) {
      if (values) continue;
      await field(page).fill(text);
      const said = `expected ${expected}, got ${got}`;
      await expect.poll(() => wrong(page).evaluate((one) => one.firstChild?.textContent)).toBe(said);
      expect(await wrong(page).locator("pre").allTextContents()).toEqual(caret ? [caret] : []);
      expect(await field(page).getAttribute("aria-invalid")).toBe("true");
      expect(parameters(page).rate).toBe(expression);
    }
    await expect.poll(() => time(page)).toBeGreaterThan(before + 0.1);
    // It stays to be corrected, on other tabs and with other cells.
    const [text, said] = [await field(page).inputValue(), await wrong(page).innerText()];
    await page.getByRole("tab", { name: "Certificate" }).click();
    await page.getByLabel("Cells N", { exact: true }).fill("6");
    await expect.poll(() => parameters(page).cells).toBe("6");
    expect([await field(page).inputValue(), await wrong(page).innerText()]).toEqual([text, said]);
    await field(page).fill(expression);
    await expect.poll(() => wrong(page).isVisible()).toBe(false);
    await field(page).fill("sqrt(a+b)");
    await expect.poll(() => parameters(page).rate).toBe("sqrt(a+b)");
    expect(await wrong(page).isVisible()).toBe(false);
    expect(await field(page).getAttribute("aria-invalid")).toBe("false");
    expect(errors).toEqual([]);
  });

  test("that has no value at another temperature keeps the temperature as it is", async () => {
    const { page } = await lab.page(`?rate=${encodeURIComponent("exp(-1000/(a+b))")}`);
    const left = page.getByLabel("Left bath TL", { exact: true });
    await left.fill("0.1");
    await expect
      .poll(() => page.locator("#left-wrong").innerText())
      .toBe("expected a rate that is positive and does not fall as a or b rises, got f(0.1, 0.1) = 0");
    expect(parameters(page).left).toBeUndefined();
    await left.fill("1.5");
    await expect.poll(() => parameters(page).left).toBe("1.5");
  });

  test("in an address, wrong or hostile, is a fault in the same words, and the law is the default", async () => {
    const hostile = { expression: "<img src=x onerror=alert(1)>", expected: "a number, a name or (", got: '"<"' };
    for (const { expression: text, expected, got } of [hostile, ...WRONG_RATES.filter((one) => !one.parameters)]) {
      const { page, errors } = await lab.page(`?cells=3&rate=${encodeURIComponent(text)}`);
      const said = await page.getByRole("alert").innerText();
      expect(said.split("\n").slice(1)).toEqual([`"rate" expected ${expected}, got ${got}`]);
      expect(await choice(page).inputValue()).toBe("sqrt-harmonic");
      await expect.poll(() => time(page)).toBeGreaterThan(0);
      expect(errors).toEqual([]);
    }
  });

  test.each(["light", "dark"] as const)(
    "is accessible in %s, good and wrong, on a phone and a desk",
    async (colorScheme) => {
      for (const width of [390, 1280]) {
        const { page } = await lab.page("?cells=5&t=1&rate=sqrt(a%2Bb)", {
          colorScheme,
          viewport: { width, height: 844 },
        });
        await waitUntilStill(page);
        if (width === 390) await page.locator("#model summary").click();
        await page.evaluate(axe);
        for (const text of ["sqrt(a+b)", "sqrt(a+b)+c", "2-1/(1+a+b)"]) {
          await field(page).fill(text);
          await expect.poll(() => wrong(page).isVisible()).toBe(text !== "sqrt(a+b)");
          const { violations } = await page.evaluate(() =>
            (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(),
          );
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`)).toEqual([]);
        }
        await lab.picture(page, `rate-${colorScheme}-${width}`);
      }
    },
  );

  test("in a stranger's certificate is refused in the same words", async () => {
    const { page } = await lab.page(`${standing}&tab=certificate`);
    await waitUntilStill(page);
    await page.getByRole("button", { name: "Certify the live chain" }).click();
    await expect.poll(() => page.locator("#verdict").innerText()).toContain("bit for bit");
    const text = page.getByLabel("Certificate, as shown or pasted");
    const certificate = JSON.parse(await text.inputValue()) as Certificate;
    for (const { expression, parameters = {}, expected, got } of WRONG_RATES) {
      const rate = { expression, parameters };
      await text.fill(JSON.stringify({ ...certificate, model: { ...certificate.model, rate } }));
      await page.getByRole("button", { name: "Verify in this browser" }).click();
      await expect.poll(() => page.locator("#verdict").innerText()).toContain(`expected ${expected}, got ${got}`);
    }
  });
});

test("an address that cannot be used says all that is wrong with it, and keeps the defaults there", async () => {
  const { page } = await lab.page("?cells=0&particles=500&rate=sqrt&seed=-1&t=x&colour=red");
  const said = await page.getByRole("alert").innerText();
  expect(said.split("\n").slice(1)).toEqual([
    '"cells" expected an integer from 1 to 200, got "0"',
    '"rate" expected one of "constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min", got "sqrt"',
    '"seed" expected an integer from 0 to 2^64 - 1, got "-1"',
    '"t" expected a number from 0 to 1000000000, got "x"',
    expect.stringContaining('"colour" expected one of tab, cells,'),
  ]);
  expect(await page.getByLabel("Cells N", { exact: true }).inputValue()).toBe("20");
  expect(await page.getByLabel("Particles a cell M", { exact: true }).inputValue()).toBe("500");
  const { page: late } = await lab.page("?cells=2&t=1000000");
  expect(await late.getByRole("alert").innerText()).toContain('"t" expected 16384 at most with 2 cells, got 1000000');
});

describe("a certificate", () => {
  const verdict = (page: Page) => page.locator("#verdict");
  const text = (page: Page) => page.getByLabel("Certificate, as shown or pasted");

  test("of the live chain is shown, copied, and verified; a changed one is not", async () => {
    const { page, errors } = await lab.page(`${standing}&tab=certificate`);
    await waitUntilStill(page);
    await page.getByRole("button", { name: "Certify the live chain" }).click();
    await expect.poll(() => verdict(page).innerText()).toContain("bit for bit");
    const certificate = JSON.parse(await text(page).inputValue()) as Certificate;
    expect(certificate).toMatchObject({ seed: "1", replicas: 1, model: { cells: 5, particles: 50 } });
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await expect.poll(() => verdict(page).innerText()).toBe("Copied.");
    expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual(certificate);

    const replay = page.getByRole("button", { name: "Verify in this browser" });
    await replay.click();
    await expect.poll(() => verdict(page).innerText()).toBe(`The same bits: ${certificate.result}`);
    expect(await verdict(page).getAttribute("class")).toBe("good");
    await text(page).fill(JSON.stringify({ ...certificate, seed: "2" }));
    await replay.click();
    await expect.poll(() => verdict(page).innerText()).toContain("Other bits");
    expect(await verdict(page).getAttribute("class")).toBe("bad");
    expect(errors).toEqual([]);
  });

  test("that takes long is cancelled, and what is none says what is wrong", async () => {
    const { page } = await lab.page(`${standing}&tab=certificate`);
    const { simulate } = await import("../../src/index.ts");
    const model = defineModel({ cells: 10, particles: 10_000, temperatures: [1, 2] });
    const { certificate } = await simulate(model, { replicas: 1, times: [1] });
    const replay = page.getByRole("button", { name: "Verify in this browser" });
    await text(page).fill(JSON.stringify({ ...certificate, replicas: 1e6 }));
    await replay.click();
    await expect
      .poll(() => page.locator("#replay-progress").evaluate((bar: HTMLProgressElement) => bar.value))
      .toBeGreaterThan(0);
    await page.getByRole("button", { name: "Cancel" }).last().click();
    await expect.poll(() => verdict(page).innerText()).toContain("Cancelled: aborted after");
    await text(page).fill("{");
    await replay.click();
    await expect.poll(() => verdict(page).innerText()).toContain('"certificate" expected JSON');
    await text(page).fill('{"stream": 1}');
    await replay.click();
    await expect.poll(() => verdict(page).innerText()).toContain('"stream" expected stream version 2');
  });
});

test("what is above the fold on a phone: the time, the conductivity, and the way that is done", async () => {
  const { page } = await lab.page(standing, { viewport: { width: 390, height: 844 } });
  await waitUntilStill(page);
  for (const name of ["Time t", "Conductivity κ since t/2", "Way to E* done"]) {
    const { y, height } = (await page.getByText(name, { exact: true }).boundingBox())!;
    expect(y + 2 * height).toBeLessThan(844);
  }
  const model = defineModel({ cells: 5, particles: 50, temperatures: [1, 2], initial: 1 });
  const { energies } = theory.equilibrium(model);
  const distance = (from: Float64Array) => Math.hypot(...from.map((E, k) => E - energies[k]));
  const done = 1 - distance(theory.limit(model, [2])) / distance(new Float64Array(5).fill(1));
  expect(await number(page, "Way to E* done")).toBe(`${Math.floor(100 * done)}%`);
});

test("the examples are links that open a chain", async () => {
  const { page, errors } = await lab.page();
  const examples = page.getByRole("navigation", { name: "Examples" }).getByRole("link");
  expect(await examples.allInnerTexts()).toEqual([
    "near equilibrium",
    "a steep gradient",
    "one particle a cell",
    "a long chain",
  ]);
  for (const example of await examples.all()) {
    await example.click();
    await expect.poll(() => time(page)).toBeGreaterThan(0);
    expect(await page.getByRole("alert").innerText()).toBe("");
  }
  expect(errors).toEqual([]);
});

test("every symbol has a tooltip", async () => {
  const { page } = await lab.page("?tab=theorems");
  await page.locator("section.card").first().waitFor();
  const signs = await page
    .locator("abbr")
    .evaluateAll((all) => (all as HTMLElement[]).map(({ textContent, title }) => [textContent, title]));
  expect(signs.length).toBeGreaterThan(20);
  expect(signs.filter((pair) => pair.includes(""))).toEqual([]);
});

test("a wrong theory changes the verdict, which names the check, its z and its limit", async () => {
  const { page } = await lab.page("?cells=3&t=1&tab=certificate");
  // √(2/π), with which the distance of independent pairs is predicted, as the built lab has it.
  const right = ".7978845608028654";
  await page.route("**/engine.worker-*.js", async (route) => {
    const script = await (await route.fetch()).text();
    expect(script.split(right).length).toBe(2);
    await route.fulfill({ contentType: "text/javascript", body: script.replace(right, ".5") });
  });
  await page.goto(`${lab.url}?cells=3&t=1&tab=theorems`);
  const card = page.getByRole("region", { name: "Mesoscopic limit equation" });
  await card.getByRole("button", { name: "Run" }).click();
  await card.getByText(/^Done in/).waitFor({ timeout: 60_000 });
  const verdict = await card.locator("p.bad").innerText();
  expect(verdict).toMatch(/^\d of \d+ checks FAILED: “independent pairs.*” \(z = \d+\.\d+, limit ±\d\.5\)/);
  expect(
    await card
      .getByRole("row", { name: /^independent pairs/ })
      .first()
      .innerText(),
  ).toContain("FAIL");
});

test("a wrong affinity fails the fluctuation theorem", async () => {
  const { page } = await lab.page("?cells=3&t=1&tab=certificate");
  // 1/T_L - 1/T_R of the paths, as the built lab has it.
  const right = /=1\/(\w+)\[0\]-1\/\1\[1\],/g;
  await page.route("**/engine.worker-*.js", async (route) => {
    const script = await (await route.fetch()).text();
    expect(script.match(right)?.length).toBe(1);
    await route.fulfill({ contentType: "text/javascript", body: script.replace(right, "=1/$1[0]-.9/$1[1],") });
  });
  await page.goto(`${lab.url}?cells=3&t=1&tab=theorems`);
  const card = page.getByRole("region", { name: "Fluctuation theorem" });
  await card.getByRole("button", { name: "Run" }).click();
  await card.getByText(/^Done in/).waitFor({ timeout: 60_000 });
  expect(await card.locator("p.bad").innerText()).toMatch(/^\d of 8 checks FAILED: .*\(z = .*, limit ±\d/);
  expect(await card.locator(".finding").innerText()).toMatch(/^FAIL/);
});

test("tabs are changed by arrows, and each is a link", async () => {
  const { page } = await lab.page();
  await page.getByRole("tab", { name: "Live" }).focus();
  for (const tab of ["theorems", "certificate", "billiards", undefined, "billiards"]) {
    await page.keyboard.press(tab === "billiards" && parameters(page).tab === undefined ? "ArrowLeft" : "ArrowRight");
    await expect.poll(() => parameters(page).tab).toBe(tab);
    // The tab of billiards shows itself when it is loaded.
    await expect.poll(() => page.getByRole("tabpanel").count()).toBe(1);
  }
});

test("nothing is asked of the network once the page is there", async () => {
  const { page } = await lab.page(standing);
  await waitUntilStill(page);
  const asked: string[] = [];
  page.on("request", (request) => request.url().startsWith("http") && asked.push(request.url()));
  await page.context().setOffline(true);
  await page.getByLabel("Cells N", { exact: true }).fill("9");
  await page.getByRole("tab", { name: "Certificate" }).click();
  await page.getByRole("button", { name: "Certify the live chain" }).click();
  await expect.poll(() => page.locator("#verdict").innerText()).toContain("bit for bit");
  expect(asked).toEqual([]);
});

test("who wants no motion sees the chain at its start, standing still", async () => {
  const { page } = await lab.page("?cells=5", { reducedMotion: "reduce" });
  await waitUntilStill(page);
  expect(await time(page)).toBe(0);
});

test("the command says what is wrong with a port, and what to do", async () => {
  const outside = await ran(["lab", "--port", "70000"]);
  expect(outside).toMatchObject({
    code: 2,
    err: expect.stringContaining('"port" expected an integer from 0 to 65535'),
  });
  const taken = await ran(["lab", "--port", new URL(lab.url).port]);
  expect(taken).toMatchObject({ code: 2, err: expect.stringContaining("any that is free with --port 0") });
});

test("what a page loads before a tab is opened is below 65 kB, and the billiards and rare events come later", () => {
  const folder = join(root, "dist/lab");
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const first = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path);
  expect(first.length).toBe(2);
  const sizes = ["index.html", ...first].map((path) => gzipSync(readFileSync(join(folder, path))).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(65_000);
});

test("all of its files are below 260 kB, as a server sends them", () => {
  const folder = join(root, "dist/lab");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = files.map(({ parentPath, name }) => gzipSync(readFileSync(join(parentPath, name))).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(260_000);
});
