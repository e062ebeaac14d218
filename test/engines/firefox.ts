/** The system's Firefox, over WebDriver BiDi. */
import { launch } from "puppeteer-core";
import type { Engine } from "../support/engine.ts";
import { need } from "../support/need.ts";
import { servePage } from "../support/served.ts";

/** @throws Error naming what to install. */
export async function openFirefox(): Promise<Engine> {
  const [executablePath] = need([{ program: "firefox-esr", debianPackage: "firefox-esr" }]);
  const browser = await launch({ browser: "firefox", executablePath });
  const served = await servePage();
  const page = await browser.newPage();
  await page.goto(served.url);
  return {
    evaluate: (work, argument) => page.evaluate<[unknown], () => never>(work as never, argument),
    async close() {
      await browser.close();
      served.close();
    },
  };
}
