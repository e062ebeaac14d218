/** The package in the hosts of the guide to them, set up as it says: each makes the README's run, with its hash. */
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { open, openFolder } from "../support/browser.ts";
import { start } from "../support/commandLine.ts";
import { tenLines } from "../support/documents.ts";
import { hosts, type Host } from "../support/hosts.ts";
import { installedIn } from "../support/installed.ts";
import { freePort } from "../support/ports.ts";

const output = tenLines.output!;
const installed = installedIn(inject("installed"));
const hostOf = (name: string): Host => hosts.find((host) => host.name === name)!;

describe("a program makes the README's run", () => {
  test("commonjs, by require", async () => {
    expect(await installed.npm("commonjs", "require")).toBe(output);
  });

  test("commonjs, bundled", async () => {
    await installed.npm("commonjs", "build");
    expect(await installed.npm("commonjs", "start")).toBe(output);
  });

  test("ses", async () => {
    expect(await installed.npm("ses", "start")).toBe(output);
  });
});

describe("a test makes the README's run", () => {
  test.each([
    ["jest", "node"],
    ["jest", "jsdom"],
    ["jest-with-babel", "node"],
    ["jest-with-babel", "jsdom"],
    ["vitest", "jsdom"],
    ["vitest", "happy-dom"],
  ])("%s, %s", async (host, environment) => {
    await installed.npm(host, environment);
  });
});

/** What the page of a folder shows, and says of where the run was made, when it has ended. */
async function shown(folder: string, options = "", headers?: Readonly<Record<string, string>>) {
  const { page, close } = await openFolder(folder, headers);
  try {
    const failures: string[] = [];
    page.on("pageerror", ({ message }) => failures.push(message));
    await page.goto(new URL(options, page.url()).href);
    await expect.poll(async () => failures.length > 0 || (await page.textContent("pre"))).toBeTruthy();
    expect(failures).toEqual([]);
    const { text, ...ran } = await page
      .locator("pre")
      .evaluate((pre: HTMLElement) => ({ text: pre.textContent, ...pre.dataset }));
    return { text, ran };
  } finally {
    await close();
  }
}

const POLICY = "Content-Security-Policy";

describe("a page makes the README's run", () => {
  test.each([
    ["parcel", "dist"],
    ["rollup", "."],
  ])("%s", async (host, served) => {
    await installed.npm(host, "build");
    const { text, ran } = await shown(join(installed.folderOf(host), served), "?workers=2");
    expect(text).toBe(output);
    expect(ran).toMatchObject({ threads: "2" });
  });

  test.each(["a-page-with-a-policy", "trusted-types"])("%s", async (host) => {
    await installed.npm(host, "build");
    const { headers } = hostOf(host);
    expect(headers).toHaveProperty([POLICY]);
    const { text, ran } = await shown(installed.folderOf(host), "?workers=2", headers);
    expect(text).toBe(output);
    expect(ran).toMatchObject({ threads: "2" });
  });

  test("a-page-with-a-policy that forbids workers: on the thread that calls, which says why", async () => {
    await installed.npm("a-page-with-a-policy", "build");
    const policy = hostOf("a-page-with-a-policy").headers[POLICY].replace(/worker-src .*/, "worker-src 'none'");
    const folder = installed.folderOf("a-page-with-a-policy");
    expect(await shown(folder, "", { [POLICY]: policy })).toMatchObject({ text: output, ran: { threads: "0" } });
    // A run that is worth workers would have had some.
    const { ran } = await shown(folder, "?replicas=4000", { [POLICY]: policy });
    expect(ran).toMatchObject({ threads: "0", why: expect.stringMatching(/worker/) });
  });

  test("a-policy-without-blob", async () => {
    await installed.npm("a-policy-without-blob", "build");
    const { headers } = hostOf("a-policy-without-blob");
    expect(headers).toHaveProperty([POLICY]);
    expect((await shown(installed.folderOf("a-policy-without-blob"), "", headers)).text).toBe(`${output}2`);
  });

  test("browser-extensions, under the policy of the manifest", async () => {
    await installed.npm("browser-extensions", "build");
    const manifest = hostOf("browser-extensions").files["manifest.json"].replace(/^\/\/.*/, "");
    const policy = JSON.parse(manifest).content_security_policy.extension_pages as string;
    const folder = installed.folderOf("browser-extensions");
    expect((await shown(folder, "", { [POLICY]: policy })).text).toBe(`${output}2`);
  });
});

/** Runs a server of a host while something is done with it. */
async function serving(
  host: string,
  program: string,
  args: (port: number) => string[],
  use: (url: string) => Promise<void>,
) {
  const port = await freePort();
  const cwd = installed.folderOf(host);
  const { child, outcome } = start(installed.bin(program), args(port), { cwd, env: installed.environment });
  const url = `http://127.0.0.1:${port}/`;
  try {
    const answers = async () => (await fetch(url).catch(() => undefined)) !== undefined || child.exitCode !== null;
    await expect.poll(answers).toBe(true);
    if (child.exitCode !== null) throw new Error((await outcome).err);
    await use(url);
  } finally {
    child.kill();
    await outcome;
  }
}

describe("a server makes the README's run", () => {
  test("nextjs, on the server and in the page", async () => {
    await installed.npm("nextjs", "build");
    const args = (port: number) => ["start", "--hostname", "127.0.0.1", "--port", `${port}`];
    await serving("nextjs", "next", args, async (url) => {
      expect(await (await fetch(url)).text()).toContain(`<pre>${output}</pre>`);
      const { page, close } = await open({ url: `${url}client`, close: () => undefined });
      try {
        await expect.poll(() => page.textContent("pre")).toBe(output);
      } finally {
        await close();
      }
    });
  });

  test("cloudflare-workers", async () => {
    await installed.npm("cloudflare-workers", "build");
    const args = (port: number) => ["serve", "config.capnp", "--socket-addr", `http=127.0.0.1:${port}`];
    await serving("cloudflare-workers", "workerd", args, async (url) => {
      expect(await (await fetch(url)).json()).toMatchObject({ output, ran: { threads: 0 } });
    });
  });
});

describe("types hold", () => {
  const COMPILERS = ["typescript-5.4", "typescript"];
  const RESOLUTIONS = [
    ["bundler", "esnext"],
    ["node16", "node16"],
    ["node10", "esnext"],
  ];
  const cases = COMPILERS.flatMap((compiler) =>
    RESOLUTIONS.map(([resolution, module]) => ({ compiler, resolution, module })),
  );

  async function check(compiler: string, config: string, settings: readonly string[] = []) {
    const tsc = join(installed.folderOf("node_modules"), compiler, "bin/tsc");
    const cwd = installed.folderOf("typescript");
    const { code, out } = await start(process.execPath, [tsc, "-p", config, ...settings], { cwd }).outcome;
    expect(code, out).toBe(0);
  }

  test.each(cases)("$compiler, $resolution", async ({ compiler, resolution, module }) => {
    const settings = ["--moduleResolution", resolution, "--module", module];
    if (resolution === "node10") settings.push("--esModuleInterop");
    // TypeScript 6 wants to hear that one knows of its end.
    if (resolution === "node10" && compiler === "typescript") settings.push("--ignoreDeprecations", "6.0");
    await check(compiler, "node.json", settings);
  });

  test.each(COMPILERS)("%s, without the types of a platform", (compiler) => check(compiler, "tsconfig.json"));
});
