/** The same bits in every engine: V8, old and new, JavaScriptCore, Gecko; on one thread and on two. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nameOf, openChromium, type Engine } from "../support/engine.ts";
import { openFirefox } from "./firefox.ts";
import { changedBilliardsIn, changedIn, changedRareIn } from "../support/golden.ts";
import { goldenBilliards } from "../support/goldenBilliards.ts";
import { goldenCurrents, goldenRareEvents } from "../support/goldenRare.ts";
import { everyRun, goldenRuns } from "../support/goldenRuns.ts";
import { runtime } from "../support/runtime.ts";
import { root } from "../support/served.ts";
import { openWebKit } from "../support/webkit.ts";

const installed = (name: string) => join(root, "test/engines/node_modules/.bin", name);

const ENGINES: [string, RegExp, () => Engine | Promise<Engine>][] = [
  ["Node", /^Node /, () => runtime(process.execPath)],
  ["Deno", /^Deno /, () => runtime(installed("deno"), "run", "--allow-all")],
  ["Bun", /^Bun /, () => runtime(installed("bun"))],
  ["Chromium", /Chrome\//, openChromium],
  ["Firefox", / Firefox\//, openFirefox],
  ["WebKit", / AppleWebKit\/(?!.*Chrome)/, openWebKit],
];

describe.each(ENGINES)("%s", (_, expected, open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  }, 120_000);
  afterAll(() => engine?.close());

  test("is the engine that it is called", async () => {
    const name = await nameOf(engine);
    console.log(name);
    expect(name).toMatch(expected);
  });

  test.each([1, 2])("gives the bits of every golden run, workers: %i", async (workers) => {
    expect(await changedIn(engine, everyRun, workers)).toEqual([]);
    expect(await changedBilliardsIn(engine, goldenBilliards, workers)).toEqual([]);
    expect(await changedRareIn(engine, [...goldenRareEvents, ...goldenCurrents], workers)).toEqual([]);
  });

  test("a hash that was tampered with is found, and so is a run that was", async () => {
    const [run, other, third] = goldenRuns;
    const tampered = { ...run, result: run.result.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) };
    const reseeded = { ...third, options: { ...third.options, seed: "43" } };
    expect(await changedIn(engine, [tampered, other, reseeded], 1)).toEqual([run.name, third.name]);
    const [table] = goldenBilliards;
    const moved = { ...table, options: { ...table.options, seed: 43 } };
    expect(await changedBilliardsIn(engine, [moved], 1)).toEqual([table.name]);
  });
});
