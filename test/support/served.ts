/** The package in a page of its own, bundled as an app would bundle it, or a folder; for any browser to open. */
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { build, type Rolldown } from "vite";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface PageOptions {
  /** They go with the page. */
  readonly headers?: Record<string, string>;
  /** A module of this project, which the page has as the global `mesoflux`. Default: the built package, its `billiards` and `rare`. */
  readonly entry?: string;
  /** A script that runs before the module. */
  readonly notes?: string;
  /** Scripts that are served beside it, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Serves a page until it is closed. When the page has loaded, its global is there. */
export async function servePage(options: PageOptions = {}) {
  const { headers, entry, notes = "", files = {} } = options;
  const global = (name: string, path: string) =>
    `import * as ${name} from ${JSON.stringify(join(root, path))}; globalThis.${name} = ${name};`;
  const parts = ["billiards", "rare"].map((part) => global(part, `dist/src/${part}/index.js`));
  const built = [global("mesoflux", "dist/src/index.js"), ...parts].join("");
  const script = await bundle(entry === undefined ? built : global("mesoflux", entry));
  const scripts: Record<string, string> = { ...files, "/notes.js": notes, "/app.js": script };
  const html = '<script src="/notes.js"></script><script type="module" src="/app.js"></script>';
  return serve(({ url = "" }, response) => {
    const [type, body] = url in scripts ? ["text/javascript", scripts[url]] : ["text/html", html];
    response.writeHead(200, { "content-type": type, ...headers }).end(body);
  });
}

/** Serves a folder's files, with headers, until it is closed. */
export const serveFolder = (folder: string, headers: Readonly<Record<string, string>> = {}) =>
  serve(sirv(folder, { dev: true, setHeaders: (response) => response.setHeaders(new Map(Object.entries(headers))) }));

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => void server.close(),
  };
}

/** A module's source as one script with all that it imports and uses. */
export async function bundle(source: string): Promise<string> {
  const entry = "virtual:app";
  const result = await build({
    root,
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "app",
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
    build: { write: false, target: "es2022", rolldownOptions: { input: entry } },
  });
  return (result as Rolldown.RolldownOutput).output[0].code;
}
