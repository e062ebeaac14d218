/** `mesoflux lab`: serves the built page of the package. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import sirv from "sirv";
import { MesofluxError } from "../errors.ts";
import { say } from "./terminal.ts";

/** The built page, seen from dist/src/cli. */
const PAGE = fileURLToPath(new URL("../../lab", import.meta.url));
const MOST_PORT = 65535;

export function labCommand(): Command {
  return new Command("lab")
    .description(
      "serves the lab, a page that shows heat conduction live beside the theory, to browsers on this machine",
    )
    .option("--port <n>", "the port to listen at; 0 takes any that is free", readPort, 8421)
    .option("--host <name>", "the address to listen at; 0.0.0.0 lets other machines in", "127.0.0.1")
    .addHelpText("after", "\nExample:\n  mesoflux lab --port 0")
    .action(async ({ port, host }: { port: number; host: string }) => {
      const server = createServer(sirv(PAGE));
      server.listen(port, host);
      await once(server, "listening").catch(({ message, code }: NodeJS.ErrnoException) => {
        const advice = code === "EADDRINUSE" ? "; take another with --port, or any that is free with --port 0" : "";
        throw new MesofluxError(`port ${port} of ${host} cannot be listened at: ${message}${advice}`);
      });
      const { address, port: taken } = server.address() as AddressInfo;
      const name = address.includes(":") ? `[${address}]` : address;
      say(`the lab is at http://${name}:${taken}/ (Ctrl-C ends it)`);
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
    });
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= MOST_PORT) return port;
  throw new InvalidArgumentError(`"port" expected an integer from 0 to ${MOST_PORT}, got "${text}"`);
}
