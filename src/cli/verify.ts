/** `mesoflux verify [what]`: the theorems, prediction beside measurement, and a page of it all. */
import { mkdir } from "node:fs/promises";
import { Argument, Command } from "commander";
import { AbortedError, InvalidInputError } from "../errors.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import type { Report } from "../report/data.ts";
import type { Heading } from "../report/page.node.ts";
import { renderReport, renderTable, verdictIn } from "../report/plainText.ts";
import { summaryOf } from "../report/totals.ts";
import * as verify from "../verify/index.ts";
import { VERSION } from "../wasm.ts";
import { EXIT, number, numbers, readJson, say, screen, seed, toJson, watched, workers } from "./terminal.ts";
import { inFlags } from "./usage.ts";
import { chainInWords, quoted } from "./words.ts";

interface Flags extends Omit<verify.VerifyOptions, "signal" | "onProgress" | "onReport"> {
  model?: string;
  replicas?: number[];
  out: string;
  figures: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** It has an engine of its own, and tables instead of a chain. */
const BILLIARDS = "billiards";
const OF_CHAINS = ["model", "particles", "replicas", "times", "budget"] as const satisfies readonly (keyof Flags)[];

/** Plain names of verifications that are called after the paper's terms. */
const ALIASES: Readonly<Partial<Record<string, verify.VerificationName>>> = {
  "large-numbers": "lln",
  "central-limit": "clt",
  "steady-state": "ness",
  "fluctuation-theorem": "fluctuations",
  "large-deviations": "largeDeviations",
  shares: "beta",
  misprints: "errata",
};

const EXAMPLES = `
What can be verified:
  large-numbers (lln)  as M grows, energies follow the limit equation
  central-limit (clt)  they vary about it as a Gaussian of size M^(-1/2)
  fourier              the current is a conductivity times the gradient
  mesoscopic           the stochastic differential equation that has both
  steady-state (ness)  mean, covariance and current between unequal baths
  fluctuations         every path against the same path backwards in time
  large-deviations     rare currents and energies, where no Gaussian holds
  shares (beta)        the random shares that the engine draws
  misprints (errata)   the paper's formulas against their corrections
  billiards            section 2.1: disks that move and collide, against its
                       claims and against kinetic theory; not a part of all
Examples:
  mesoflux verify --quick
  mesoflux verify steady-state --model model.json --budget 1e10`;

export function verifyCommand(): Command {
  return new Command("verify")
    .description("hold the simulation against the theorems; exit code 1 if a check fails")
    .addArgument(
      new Argument("[what]", "which theorems, listed below")
        .choices(["all", ...verify.NAMES, BILLIARDS, ...Object.keys(ALIASES)])
        .default("all"),
    )
    .option("--model <file>", "a model as JSON, - for standard input; default: the standard chain of ten cells")
    .option("--quick", "a third of the time: smaller samples, which find larger defects only")
    .option("--particles <list>", "the ladder of M, such as 100,1000,10000", numbers)
    .option("--replicas <list>", "replicas at each M, one number or one for each, 512 or more", numbers)
    .option("--times <list>", "observation times on the fast timescale; default 0.25,0.5,1", numbers)
    .option("--budget <events>", "events that one steady state may take; default 4e9", number)
    .option("--seed <n>", "seed of the random streams, 0 to 2^64 - 1; default 0", seed)
    .option("--workers <n>", "threads; default auto, as many as there are cores", workers)
    .option("--out <dir>", "where the page and its figures go", "report")
    .option("--no-figures", "write no page and no figures")
    .option("--json", "the reports as JSON on standard output")
    .option("--quiet", "no progress")
    .addHelpText("after", EXAMPLES)
    .action(act);
}

async function act(asked: string, flags: Flags): Promise<void> {
  const { model: file, out, figures, json, quiet, replicas, ...given } = flags;
  const what = ALIASES[asked] ?? (asked as verify.VerificationName | "all" | typeof BILLIARDS);
  if (what === BILLIARDS) refuseChain(flags);
  const view = screen();
  const started = performance.now();
  const made: Report[] = [];
  const told = new Set<string>();
  let interrupted: AbortedError | undefined;
  const model = what === BILLIARDS ? undefined : readChain(file);
  try {
    // A folder that cannot be made must not cost a run.
    if (figures) await mkdir(out, { recursive: true }).catch(refuseFolder(out));
    await watched({ ...(quiet && { quiet }) }, async ({ signal }, bar) => {
      const onReport = (report: Report) => {
        made.push(report);
        bar.stop();
        if (!json) process.stdout.write(`${renderReport(report, view, told)}\n\n\n`);
      };
      const common = {
        signal,
        onProgress: ({ done, stage, seconds }: verify.VerifyProgress) => bar.update(done, stage, seconds),
      };
      if (what === BILLIARDS) {
        const { verifyBilliards } = await import("../verify/billiards/index.ts");
        onReport(await verifyBilliards({ ...given, ...common }));
        return;
      }
      const options: verify.VerifyOptions = {
        ...given,
        ...(replicas && { replicas: replicas.length === 1 ? replicas[0] : replicas }),
        ...common,
        onReport,
      };
      await (what === "all" ? verify.all(model!, options) : verify[what](model!, options));
    });
  } catch (error) {
    // The theorems that were done are kept.
    if (!(error instanceof AbortedError) || made.length === 0) throw inFlags(error, flags, file);
    interrupted = error;
  }
  const passed = made.every((report) => report.passed);
  const left = interrupted && `INTERRUPTED after ${made.length} of ${verify.NAMES.length} reports`;
  const seconds = (performance.now() - started) / 1000;
  if (json) {
    process.stdout.write(`${toJson({ ...(model && { model }), passed, complete: !interrupted, reports: made })}\n`);
  } else {
    if (made.length > 1) process.stdout.write(`${renderTable(summaryOf(made), view)}\n\n`);
    const verdict = `${passed ? "verified" : "NOT verified"} in ${seconds.toFixed(1)} s`;
    const whole = left === undefined ? verdict : `${verdict}, ${left}`;
    process.stdout.write(`${verdictIn(view, whole, passed && !interrupted)}\n`);
  }
  if (!passed) process.exitCode = EXIT.failed;
  if (interrupted) process.exitCode = EXIT.interrupted;
  if (!figures) return;
  // Loaded here, since the plotting library takes longer to load than a small run takes.
  const { writeReport } = await import("../report/write.node.ts");
  const { findDrawing, INSTALL } = await import("../report/drawing.node.ts");
  const isDrawn = (await findDrawing()) !== undefined;
  const [page] = await writeReport(made, out, headingOf(model, flags.seed, isDrawn, left)).catch(refuseFolder(out));
  const drawn = made.reduce((sum, report) => sum + report.figures.length, 0);
  const beside = isDrawn
    ? `with ${drawn} figures beside it (.svg, .png, .csv; for papers: ${quoted(`${out}/paper`)})`
    : `without figures: ${INSTALL}`;
  if (!json) say(`report: ${page}, ${beside}`);
}

/** @throws InvalidInputError naming each flag that is of chains alone. */
function refuseChain(flags: Flags): void {
  const problems = OF_CHAINS.filter((name) => flags[name] !== undefined).map((name) => ({
    ...{ field: `--${name}`, expected: "nothing beside billiards, which has tables and samples of its own" },
    got: String(flags[name]),
  }));
  if (problems.length > 0) throw inFlags(new InvalidInputError("flags", problems), flags, undefined);
}

function refuseFolder(out: string) {
  return ({ message: got }: Error) => {
    throw new InvalidInputError("folder", [{ field: out, expected: "a folder that can be written to", got }]);
  };
}

/** @throws InvalidInputError in the words of the file: no flag of this command is a field of the model. */
function readChain(file: string | undefined): Model {
  if (file === undefined) return verify.standardChain();
  const fields = readJson(file) as ModelInput;
  try {
    return defineModel(fields);
  } catch (error) {
    throw inFlags(error, undefined, file);
  }
}

/** The title of the page, the model in words below it, and how the page is made again. */
function headingOf(
  model: Model | undefined,
  seed: bigint | number = 0,
  isDrawn: boolean,
  left: string | undefined,
): Heading {
  const pictures = isDrawn ? "a .svg, a .png, one column for papers in paper/, and " : "";
  return {
    title: "mesoflux verify",
    subtitle: model ? chainInWords(model) : "the billiards of section 2.1",
    summary: [
      ...(left === undefined ? [] : [["Not complete", left] as const]),
      ["Seed", String(seed)],
      ["Version", `mesoflux ${VERSION}`],
      ["Date", new Date().toISOString().slice(0, 10)],
      ["Files beside it", `of each figure ${pictures}its numbers as .csv`],
      ["Command", ["mesoflux", ...process.argv.slice(2).map(quoted)].join(" ")],
    ],
  };
}
