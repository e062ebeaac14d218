/** The built lab, served by the command line, in Chromium. */
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launch } from "./browser.ts";
import { mesoflux, type Running } from "./commandLine.ts";
import { root } from "./served.ts";

/** Pictures of the page, to be looked at. */
const pictures = join(root, "report/lab");

export class Lab {
  url!: string;
  private browser!: Browser;
  private server!: Running;

  async open(): Promise<void> {
    this.server = mesoflux(["lab", "--port", "0"]);
    const [line] = (await once(this.server.child.stdout!, "data")) as [Buffer];
    this.url = /http:\S+/.exec(String(line))![0];
    mkdirSync(pictures, { recursive: true });
    this.browser = await launch();
  }

  /** The page at an address of its own, with what it says went wrong. */
  async page(query = "", options: BrowserContextOptions = {}): Promise<{ page: Page; errors: string[] }> {
    const context = await this.browser.newContext(options);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(this.url + query);
    await page.locator('[role="tab"][aria-selected="true"]').waitFor();
    return { page, errors };
  }

  /** Takes a picture of the whole page into report/lab. */
  async picture(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }

  /** They would go on playing. */
  async closePages(): Promise<void> {
    for (const context of this.browser.contexts()) await context.close();
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.child.kill("SIGINT");
    await this.server.outcome;
  }
}

/** A lab that is open while the tests of a file run; the pages of each test are closed after it. */
export function useLab(): Lab {
  const lab = new Lab();
  beforeAll(() => lab.open(), 120_000);
  afterEach(() => lab.closePages());
  afterAll(() => lab.close());
  return lab;
}

/** The settings of the address. */
export const parameters = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

/** Until the chain stands where the address has it. */
export async function waitUntilStill(page: Page): Promise<void> {
  await page.locator('#live[aria-busy="false"]').waitFor({ state: "attached" });
  await page.getByText("Play", { exact: true }).waitFor({ state: "attached" });
}
