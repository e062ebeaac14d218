/** A real browser with the package in a page of its own, bundled as an app would bundle it. */
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { build, type Rolldown } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A page whose `mesoflux` is the built package, and what closes it. `headers` go with the page. */
export async function openPage(headers: Record<string, string> = {}): Promise<{ page: Page; close(): Promise<void> }> {
  const script = await bundle();
  const server = createServer(({ url }, response) => {
    const [type, body] =
      url === "/app.js" ? ["text/javascript", script] : ["text/html", '<script type="module" src="/app.js"></script>'];
    response.writeHead(200, { "content-type": type, ...headers }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await chromium.launch({ executablePath: await executable(), args: ["--no-sandbox"] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction("globalThis.mesoflux !== undefined");
  return {
    page,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** The browser that comes as an npm package, unless there is another. */
async function executable(): Promise<string> {
  if (process.env.CHROME_BIN) return process.env.CHROME_BIN;
  // It unpacks itself into the temporary folder, and would take any version that it finds there.
  const temporary = join(tmpdir(), "mesoflux-browser");
  mkdirSync(temporary, { recursive: true });
  process.env.TMPDIR = temporary;
  const { default: packed } = await import("@sparticuz/chromium");
  return packed.executablePath();
}

async function bundle(): Promise<string> {
  const entry = "virtual:app";
  const result = await build({
    root,
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "app",
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) =>
          id === entry
            ? `import * as mesoflux from ${JSON.stringify(join(root, "dist/src/index.js"))}; globalThis.mesoflux = mesoflux;`
            : undefined,
      },
    ],
    build: { write: false, target: "es2022", rolldownOptions: { input: entry } },
  });
  return (result as Rolldown.RolldownOutput).output[0].code;
}
