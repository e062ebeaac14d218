/** `mesoflux verify [what]`: the theorems, prediction beside measurement, and a page of it all. */
import { mkdir } from "node:fs/promises";
import { Argument, Command } from "commander";
import { InvalidInputError } from "../errors.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import type { Report, Table } from "../report/data.ts";
import type { Heading } from "../report/page.node.ts";
import { renderReport, renderTable } from "../report/plainText.ts";
import * as verify from "../verify/index.ts";
import { EXIT, number, numbers, readJson, seed, toJson, watched, workers } from "./terminal.ts";

interface Flags extends Omit<verify.VerifyOptions, "signal" | "onProgress"> {
  model?: string;
  replicas?: number[];
  out: string;
  figures: boolean;
  json?: boolean;
  quiet?: boolean;
}

export function verifyCommand(): Command {
  return new Command("verify")
    .description("hold the simulation against the theorems; exit code 1 if a check fails")
    .addArgument(new Argument("[what]", "which theorems").choices(["all", ...verify.NAMES]).default("all"))
    .option("--model <file>", "a model as JSON, - for standard input; default: the standard chain of ten cells")
    .option("--quick", "a third of the time: smaller samples, which find larger defects only")
    .option("--particles <list>", "the ladder of M, such as 100,1000,10000", numbers)
    .option("--replicas <list>", "replicas at each M, one number or one for each", numbers)
    .option("--times <list>", "observation times on the fast timescale", numbers)
    .option("--budget <events>", "events that one steady state may take; default 4e9", number)
    .option("--seed <n>", "seed of the random streams, 0 to 2^64 - 1", seed)
    .option("--workers <n>", "threads, or auto: as many as there are cores", workers)
    .option("--out <dir>", "where the page and its figures go", "report")
    .option("--no-figures", "write no page and no figures")
    .option("--json", "the reports as JSON on standard output")
    .option("--quiet", "no progress")
    .action(async (what: verify.VerificationName | "all", flags: Flags) => {
      const { model: file, out, figures, json, quiet, replicas, ...given } = flags;
      const model = file === undefined ? verify.standardChain() : defineModel(readJson(file) as ModelInput);
      const refuseFolder = ({ message: got }: Error) => {
        throw new InvalidInputError("folder", [{ field: out, expected: "a folder that can be written to", got }]);
      };
      // A folder that cannot be made must not cost a run.
      if (figures) await mkdir(out, { recursive: true }).catch(refuseFolder);
      const started = performance.now();
      const reports = await watched({ ...(quiet && { quiet }) }, ({ signal }, bar) => {
        const options: verify.VerifyOptions = {
          ...given,
          ...(replicas && { replicas: replicas.length === 1 ? replicas[0] : replicas }),
          signal,
          onProgress: ({ done, stage, seconds }) => bar.update(done, stage, seconds),
        };
        return what === "all" ? verify.all(model, options) : verify[what](model, options).then((report) => [report]);
      });
      const seconds = (performance.now() - started) / 1000;
      const passed = reports.every((report) => report.passed);
      if (json) {
        process.stdout.write(`${toJson({ model, passed, reports })}\n`);
      } else {
        process.stdout.write(`${reports.map(renderReport).join("\n\n\n")}\n\n\n`);
        if (reports.length > 1) process.stdout.write(`${renderTable(summaryOf(reports))}\n\n`);
        process.stdout.write(`${passed ? "verified" : "NOT verified"} in ${seconds.toFixed(1)} s\n`);
      }
      if (!passed) process.exitCode = EXIT.failed;
      if (!figures) return;
      // Loaded here, since the plotting library takes longer to load than a small run takes.
      const { writeReport } = await import("../report/write.node.ts");
      const { findDrawing, INSTALL } = await import("../report/drawing.node.ts");
      const [page, ...beside] = await writeReport(reports, out, headingOf(model)).catch(refuseFolder);
      const figuresText = (await findDrawing())
        ? `with ${beside.length} figures beside it`
        : `without figures: ${INSTALL}`;
      if (!json) process.stdout.write(`report: ${page}, ${figuresText}\n`);
    });
}

/** The title of the page, and the model in words below it. */
function headingOf({ cells, temperatures, rate, bath }: Model): Heading {
  const scale = rate.scale === 1 ? "" : ` times ${rate.scale}`;
  const cap = rate.cap === null ? "" : ` capped at ${rate.cap}`;
  return {
    title: "mesoflux verify",
    subtitle: `${cells} ${cells === 1 ? "cell" : "cells"} between ${temperatures[0]} and ${temperatures[1]}, rate "${rate.law}"${scale}${cap}, "${bath}" baths`,
  };
}

function summaryOf(reports: readonly Report[]): Table {
  return {
    title: "All verifications",
    columns: ["", "checks", "failed", "largest |z|/limit", "culprit"],
    rows: reports.map(({ name, checks }) => {
      const failed = checks.filter((check) => !check.passed);
      const largest = Math.max(0, ...checks.map(({ z, limit }) => Math.abs(z) / limit));
      return [name, checks.length, failed.length, largest, failed.map((check) => check.name).join("; ")];
    }),
  };
}
