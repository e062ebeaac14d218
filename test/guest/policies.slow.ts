/** Pages under strict policies, in a browser: what runs, what it says, and that no policy is violated twice. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type * as Mesoflux from "../../src/index.ts";
import { openPage } from "../support/browser.ts";

declare const mesoflux: typeof Mesoflux;
declare global {
  var violations: string[];
  var urls: { made: number; revoked: number };
}

const WORKER = readFileSync(new URL("../../dist/worker.js", import.meta.url), "utf8");

/** Notes what the page's policy has refused, and the addresses of blobs that are made and revoked. */
const NOTES = `
  globalThis.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  globalThis.urls = { made: 0, revoked: 0 };
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => (urls.made++, createObjectURL.call(URL, blob));
  URL.revokeObjectURL = (url) => (urls.revoked++, revokeObjectURL.call(URL, url));
`;

async function under<T>(policy: string | undefined, work: (page: Page) => Promise<T>): Promise<T> {
  const headers = policy === undefined ? {} : { "content-security-policy": policy };
  const { page, close } = await openPage({ headers, notes: NOTES, files: { "/worker.js": WORKER } });
  try {
    return await work(page);
  } finally {
    await close();
  }
}

/** A run that asks for workers, or leaves it to the engine; and what the policy has refused by then. */
const runs = (page: Page, options: { times: number; workers: number | "auto"; workerUrl?: string }) =>
  page.evaluate(async ({ times, workers, workerUrl }) => {
    if (workerUrl !== undefined) mesoflux.configure({ workerUrl });
    const model = { cells: 5, particles: 1e5, temperatures: [1, 2] as const };
    const outcomes: Record<string, unknown>[] = [];
    for (let i = 0; i < times; i++) {
      const run = { replicas: 90, times: [1], workers };
      outcomes.push(
        await mesoflux.simulate(model, run).then(
          ({ ran, certificate }) => ({ ...ran, result: certificate.result }),
          ({ name, message }: Error) => ({ name, message }),
        ),
      );
    }
    // A violation is told in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    return { outcomes: outcomes, violations, urls };
  }, options);

const BASE = "script-src 'self' 'wasm-unsafe-eval'";

test("without a policy, workers start from blobs, of which no address is left", async () => {
  const { outcomes, violations, urls } = await under(undefined, (page) => runs(page, { times: 3, workers: 2 }));
  for (const { threads } of outcomes) expect(threads).toBeGreaterThan(0);
  expect(violations).toEqual([]);
  expect(urls.made).toBeGreaterThan(0);
  expect(urls.revoked).toBe(urls.made);
});

describe("a policy that forbids WebAssembly", () => {
  test("is named with the directive that it wants, and the theory works without", async () => {
    const found = await under("script-src 'self'", (page) =>
      page.evaluate(async () => {
        const model = { cells: 3, particles: 10, temperatures: [1, 2] as const };
        const before = violations.length;
        const flux = mesoflux.theory.equilibrium(model).flux;
        const [simulated, followed] = await Promise.all([
          mesoflux.simulate(model, { replicas: 2, times: [1] }).catch((error: Error) => error),
          mesoflux.follow(model).catch((error: Error) => error),
        ]);
        const words = [simulated, followed].map((error) => `${(error as Error).name}: ${(error as Error).message}`);
        return { before, flux, words, hasCause: (simulated as Error).cause instanceof WebAssembly.CompileError };
      }),
    );
    // No code is made from text for the sake of a faster validation.
    expect(found.before).toBe(0);
    expect(found.flux).toBeLessThan(0);
    expect(found.hasCause).toBe(true);
    for (const words of found.words) {
      expect(words).toMatch(/^HostError: the engine cannot be started here \(CompileError: /);
      expect(words).toContain("script-src 'wasm-unsafe-eval'");
      expect(words).toContain("configure({ engine })");
    }
  });
});

describe("a policy that forbids workers from blobs", () => {
  const POLICY = `${BASE}; worker-src 'self'`;

  test("is violated by the first run alone, which says what to do and runs here", async () => {
    await under(POLICY, async (page) => {
      const first = await runs(page, { times: 1, workers: "auto" });
      const { threads, why } = first.outcomes[0];
      expect(threads).toBe(0);
      expect(why).toContain("worker-src");
      expect(why).toContain("configure({ workerUrl })");
      expect(first.violations.length).toBeGreaterThan(0);
      const more = await runs(page, { times: 2, workers: "auto" });
      expect(more.violations).toEqual(first.violations);
      expect(more.urls.revoked).toBe(more.urls.made);
      const forced = await runs(page, { times: 1, workers: 2 });
      expect(forced.outcomes[0]).toMatchObject({ name: "WorkerError" });
      expect(forced.outcomes[0].message).toContain("run with workers: 1");
      expect(forced.violations).toEqual(first.violations);
    });
  });

  test("is kept by a worker that the page serves, even after a refusal", async () => {
    await under(POLICY, async (page) => {
      const served = await runs(page, { times: 2, workers: 2, workerUrl: "/worker.js" });
      for (const { threads } of served.outcomes) expect(threads).toBeGreaterThan(0);
      expect(served.violations).toEqual([]);
      expect(served.urls.made).toBe(0);
    });
    await under(POLICY, async (page) => {
      const refused = await runs(page, { times: 1, workers: "auto" });
      const served = await runs(page, { times: 1, workers: "auto", workerUrl: "/worker.js" });
      expect([refused.outcomes[0].threads, served.outcomes[0].threads]).toEqual([0, expect.any(Number)]);
      expect(served.outcomes[0].threads).toBeGreaterThan(0);
      expect(served.outcomes[0].result).toBe(refused.outcomes[0].result);
    });
  });
});

describe("Trusted Types", () => {
  const trusting = (names: string) =>
    `${BASE}; worker-src blob:; require-trusted-types-for 'script'; trusted-types ${names}`;

  test("see a policy of this name, and no violation", async () => {
    const { outcomes, violations } = await under(trusting("mesoflux"), (page) => runs(page, { times: 2, workers: 2 }));
    for (const { threads } of outcomes) expect(threads).toBeGreaterThan(0);
    expect(violations).toEqual([]);
  });

  test("that do not allow it are asked once", async () => {
    await under(trusting("other"), async (page) => {
      const first = await runs(page, { times: 1, workers: "auto" });
      expect(first.outcomes[0]).toMatchObject({ threads: 0 });
      expect(first.outcomes[0].why).toContain("mesoflux");
      const more = await runs(page, { times: 2, workers: "auto" });
      expect(more.violations).toEqual(first.violations);
      expect(more.urls.revoked).toBe(more.urls.made);
    });
  });
});
