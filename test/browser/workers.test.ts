/** In a page, as in Node: workers without a file or a header of their own, and the same bits. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defineModel, simulate, type ModelInput } from "../../src/index.ts";
import type * as Mesoflux from "../../src/index.ts";
import { openPage } from "../support/browser.ts";

declare const mesoflux: typeof Mesoflux;

const input: ModelInput = { cells: 5, particles: 200, temperatures: [1, 2] };
const options = { replicas: 300, times: [0.5, 1] };

let page: Page;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ page, close } = await openPage());
}, 120_000);
afterAll(() => close());

test.each([1, 2, 3, "auto"] as const)("workers: %j give the bits that Node gives", async (workers) => {
  const { certificate } = await simulate(defineModel(input), options);
  const run = { input, options: { ...options, workers } };
  const found = await page.evaluate(
    async ({ input, options }) => (await mesoflux.simulate(mesoflux.defineModel(input), options)).certificate,
    run,
  );
  expect(found).toEqual(JSON.parse(JSON.stringify(certificate)));
});

test("a run on workers is aborted with what was finished, and the page is responsive meanwhile", async () => {
  const { finished, kept, same, frames } = await page.evaluate(async (input) => {
    const controller = new AbortController();
    let frames = 0;
    const frame = () => {
      frames++;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const model = mesoflux.defineModel({ ...input, particles: 2000 });
    const run = { replicas: 1e6, times: [1], workers: 2, signal: controller.signal };
    const onProgress = ({ finished }: { finished: number }) => finished > 20 && controller.abort();
    const error = await mesoflux.simulate(model, { ...run, onProgress }).catch((error: unknown) => error);
    const { finished, partial } = error as Mesoflux.AbortedError<Mesoflux.Ensemble>;
    const { same } = await mesoflux.replay(partial!.certificate);
    return { finished, kept: partial!.replicas, same, frames };
  }, input);
  expect(kept).toBe(finished);
  expect(finished).toBeGreaterThan(20);
  expect(same).toBe(true);
  expect(frames).toBeGreaterThan(1);
});

test("where a page forbids workers, a run that leaves it to the engine stays on the page's thread", async () => {
  const strict = await openPage({
    headers: { "content-security-policy": "worker-src 'none'; script-src 'self' 'wasm-unsafe-eval'" },
  });
  try {
    const outcome = await strict.page.evaluate(async (input) => {
      const model = mesoflux.defineModel({ ...input, particles: 1e5 });
      const run = { replicas: 64, times: [1] };
      const forced = await mesoflux.simulate(model, { ...run, workers: 2 }).catch((error: unknown) => error);
      const left = await mesoflux.simulate(model, { ...run, workers: "auto" });
      return { forced: String(forced), replicas: left.replicas };
    }, input);
    expect(outcome.forced).toContain("workers cannot be started here");
    expect(outcome.forced).toContain("run with workers: 1");
    expect(outcome.replicas).toBe(64);
  } finally {
    await strict.close();
  }
});
