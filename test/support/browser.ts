/** Chromium, the browser that every machine has: on Linux it comes as an npm package, elsewhere it is the installed one. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import packed from "@sparticuz/chromium";
import { chromium, type Browser, type Page } from "playwright-core";
import { root, serveFolder, servePage, type PageOptions } from "./served.ts";

interface Opened {
  readonly page: Page;
  close(): Promise<void>;
}

/** A page whose `mesoflux` is the built package, and what closes it. */
export const openPage = async (options?: PageOptions): Promise<Opened> => open(await servePage(options));

/** The index.html of a folder, as a static server has it, with headers. */
export const openFolder = async (folder: string, headers?: Readonly<Record<string, string>>): Promise<Opened> =>
  open(await serveFolder(folder, headers));

/** What is served, in a browser of its own. */
export async function open(served: { url: string; close(): void }): Promise<Opened> {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(served.url);
  return {
    page,
    async close() {
      await browser.close();
      served.close();
    },
  };
}

/** Starts it. @throws Error saying what to set where there is none. */
export async function launch(): Promise<Browser> {
  // Tests may be run by root, for whom Chromium has no sandbox.
  const args = ["--no-sandbox"];
  if (process.env.CHROME_BIN) return chromium.launch({ executablePath: process.env.CHROME_BIN, args });
  if (process.platform === "linux" && process.arch === "x64") {
    return chromium.launch({ executablePath: await unpacked(), args });
  }
  const causes: unknown[] = [];
  for (const channel of ["chrome", "msedge"]) {
    try {
      return await chromium.launch({ channel });
    } catch (cause) {
      causes.push(cause);
    }
  }
  throw new Error(
    `"CHROME_BIN" expected the path of a Chromium, got nothing, and neither Chrome nor Edge is installed; set it or install one:\n` +
      causes.join("\n"),
  );
}

/** The browser of the npm package, unpacked once into an installation. */
async function unpacked(): Promise<string> {
  const manifest = readFileSync(join(root, "test/node_modules/@sparticuz/chromium/package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = join(root, "test/node_modules/.cache");
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    // Under another name first: a test file that runs beside this one must not find half a browser.
    mkdirSync(cache, { recursive: true });
    const draft = mkdtempSync(join(cache, "chromium-"));
    await unpackInto(draft);
    try {
      renameSync(draft, folder);
    } catch (error) {
      rmSync(draft, { recursive: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, "chromium");
}

/** The package unpacks into the temporary folder and nowhere else. */
async function unpackInto(folder: string): Promise<void> {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    await packed.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}
