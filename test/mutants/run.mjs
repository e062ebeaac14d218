/**
 * The mutation run: `npm run test:mutants -- [--only TEXT] [--jobs 2] [--again]`.
 *
 * Plants the defects listed beside this file one at a time in a copy of this checkout, runs the tests that concern each, and prints
 * those that no test sees. A mutant counts as killed only if an independent check fails: tests that compare with frozen
 * bits are left out, and are asked only about what the others let pass. One mechanism serves AssemblyScript and TypeScript
 * alike, which StrykerJS could not: so there is no second one beside it.
 *
 * Outcomes are kept in build/mutants.json, so that a run that was stopped goes on; `--again` forgets them. `--only` takes
 * the mutants whose list, file and description contain a text. Exits with 1 if a mutant survives that is not said to survive, if
 * one is killed that is, or if fewer than 95% are killed; with 2 if the list is stale or the tests fail by themselves.
 */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from "node:fs";
import { symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import asc from "assemblyscript/asc";
import ts from "typescript";

/** The names of tests that compare with frozen bits, or with a build that is not mutated; and the files they are in. */
const FROZEN = "frozen|golden runs|debug build";
const FROZEN_FILES = [
  "ensemble/determinism.test.ts",
  "ensemble/steady-state.test.ts",
  "engine/random.test.ts",
  "rare/goldens.test.ts",
];
/** Part of the list that independent checks must kill. */
const ENOUGH = 0.95;

const root = fileURLToPath(new URL("../..", import.meta.url));
const { only, jobs, again } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    jobs: { type: "string", default: "1" },
    again: { type: "boolean", default: false },
  },
}).values;
const begun = Date.now();
const read = (file, folder = root) => readFileSync(join(folder, file), "utf8");
const nameOf = ({ file, what }) => `${file}: ${what}`;
const hashOf = (...texts) => createHash("sha256").update(JSON.stringify(texts)).digest("hex");

const FOLDERS = ["assembly", "rate", "theory", "ensemble", "estimate", "store", "verify", "rare", "guest"];
const all = [];
for (const folder of FOLDERS) {
  for (const { file, tests, mutants } of (await import(`./${folder}.mjs`)).default) {
    for (const [what, from, to, more] of mutants) all.push({ folder, file, tests, what, from, to, ...more });
  }
}
const faults = all.flatMap(faultsOf);
if (faults.length > 0) stop(faults.join("\n"));
const mutants = all.filter((mutant) => `${mutant.folder}: ${nameOf(mutant)}`.includes(only));

const memory = join(root, "build/mutants.json");
const known = !again && existsSync(memory) ? JSON.parse(readFileSync(memory, "utf8")) : {};
const keyOf = (mutant) => hashOf(mutant, read(mutant.file), ...mutant.tests.map((test) => read(`test/${test}`)));
const remember = (key, outcome) => {
  known[key] = outcome;
  writeFileSync(memory, JSON.stringify(known, null, 1));
  return outcome;
};

const pristine = copyOf(root);
const folders = Array.from({ length: Number(jobs) }, () => copyOf(pristine));
const children = new Set();
process.on("exit", () => {
  for (const { pid } of children) process.kill(-pid, "SIGKILL");
  for (const folder of [pristine, ...folders]) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

const waiting = mutants.filter((mutant) => !known[keyOf(mutant)]);
const seconds = await baseline([...new Set(waiting.flatMap(({ tests }) => tests))]);
await Promise.all(
  folders.map(async (folder) => {
    for (let mutant; (mutant = waiting.shift());) {
      const started = Date.now();
      const outcome = await outcomeOf(mutant, folder, seconds);
      remember(keyOf(mutant), { ...outcome, seconds: (Date.now() - started) / 1000 });
      console.log(`${outcome.by ? "killed  " : "SURVIVED"} ${nameOf(mutant)}  [${outcome.by ?? outcome.frozen}]`);
    }
  }),
);
process.exitCode = report();

/** A mutant must still be one: its text stands in the file exactly once, and the result is a program. */
function faultsOf(mutant) {
  const { file, from, to } = mutant;
  const found = existsSync(join(root, file)) ? read(file).split(from).length - 1 : 0;
  if (found !== 1 || from === to) return [`${nameOf(mutant)}: "${from}" stands in the file ${found} times`];
  const { diagnostics } = ts.transpileModule(mutated(mutant), { reportDiagnostics: true });
  return file.startsWith("src/") && diagnostics.length > 0 ? [`${nameOf(mutant)}: it does not parse`] : [];
}

function mutated({ file, from, to }) {
  return read(file).replace(from, () => to);
}

function stop(why) {
  console.error(why);
  process.exit(2);
}

/** A copy of a checkout with what was built in it. */
function copyOf(checkout) {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-mutants-"));
  const left = [".git", "report", "coverage"].map((name) => join(checkout, name));
  const isCopied = (path) => !left.includes(path) && basename(path) !== "node_modules";
  cpSync(checkout, folder, { recursive: true, filter: isCopied });
  for (const installed of ["node_modules", "test/node_modules"]) {
    symlinkSync(realpathSync(join(checkout, installed)), join(folder, installed), "dir");
  }
  return folder;
}

/** Runs these tests unmutated: they must pass. Returns the seconds that each file takes. */
async function baseline(tests) {
  const sources = ["assembly", "src", "test/support"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8")),
  );
  const state = hashOf(sources);
  const keys = new Map(tests.map((test) => [test, hashOf(state, read(`test/${test}`))]));
  const missing = tests.filter((test) => known[keys.get(test)] === undefined);
  if (missing.length > 0) {
    console.log(`unmutated: ${missing.join(" ")}`);
    const { failed, files } = await vitest(pristine, missing, ".", 3600);
    if (failed) stop(`the tests fail by themselves: ${failed}`);
    for (const test of missing) remember(keys.get(test), files.get(join(pristine, "test", test)));
  }
  return new Map(tests.map((test) => [test, known[keys.get(test)]]));
}

/** The test that kills the mutant as `by`, or, if it survives, whether the frozen bits would have seen it. */
async function outcomeOf(mutant, folder, seconds) {
  await plant(mutant, folder);
  const { file, tests, named = "" } = mutant;
  const most = 120 + 5 * tests.reduce((sum, test) => sum + seconds.get(test), 0);
  const ofProbe = file.startsWith("assembly/") && tests.every((test) => test.startsWith("engine/"));
  if (!ofProbe) await build(mutant, folder);
  const { failed } = await vitest(folder, tests, `^(?!.*(${FROZEN})).*(${named})`, most);
  if (failed) return { by: failed };
  if (ofProbe) await build(mutant, folder);
  const frozen = await vitest(folder, FROZEN_FILES, FROZEN, 300);
  return { frozen: frozen.failed ? "frozen bits see it" : "nothing sees it" };
}

/** Puts a copy in order and edits it. */
async function plant({ file, tests, ...mutant }, folder) {
  for (const part of ["assembly", "src", "build", "dist"]) {
    rmSync(join(folder, part), { recursive: true, force: true });
    cpSync(join(pristine, part), join(folder, part), { recursive: true });
  }
  writeFileSync(join(folder, file), mutated({ file, ...mutant }));
  const ofEngine = tests.some((test) => test.startsWith("engine/"));
  if (file.startsWith("assembly/") && ofEngine) await compile(folder, "test/engine/probe.ts", "probe");
}

/** Builds what the package makes of the edit: the engine, the worker's script and the compiled files. */
async function build({ file }, folder) {
  // An engine of its own stands in a folder of its own, there and in src/.
  const [, own] = /^assembly\/(\w+)\//.exec(file) ?? [];
  const engine = own ? `${own}/` : "";
  if (file.startsWith("assembly/")) await compile(folder, `assembly/${engine}index.ts`, own ?? "release");
  // build.mjs makes dist/ anew, of which only the changed files are wanted.
  renameSync(join(folder, "dist"), join(folder, "dist.whole"));
  execFileSync(process.execPath, ["build.mjs"], { cwd: folder, stdio: "ignore" });
  cpSync(join(folder, "dist"), join(folder, "dist.whole"), { recursive: true });
  rmSync(join(folder, "dist"), { recursive: true });
  renameSync(join(folder, "dist.whole"), join(folder, "dist"));
  const options = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
  };
  for (const changed of [file, `src/${engine}wasm.ts`, `src/${engine}workerSource.ts`].filter((name) =>
    name.startsWith("src/"),
  )) {
    const { outputText } = ts.transpileModule(read(changed, folder), { compilerOptions: options });
    writeFileSync(join(folder, "dist", changed.replace(/\.ts$/, ".js")), outputText);
  }
}

/** With few optimizations, which change no bits. */
async function compile(folder, entry, target) {
  const { error, stderr } = await asc.main([entry, "--target", target, "--optimizeLevel", "1", "--baseDir", folder]);
  if (error) stop(`a mutant does not compile: ${error.message}\n${stderr.toString()}`);
}

/** Runs test files, those whose names match. Returns the first that fails, and the seconds of each file. */
function vitest(folder, tests, pattern, seconds) {
  const output = join(folder, "build/tests.json");
  rmSync(output, { force: true });
  const args = ["run", "--project", "fast", "--project", "slow", "--bail", "1", "-t", pattern];
  args.push("--reporter", "json", "--outputFile", output, ...tests.map((test) => `test/${test}`));
  return new Promise((done) => {
    const bin = join(folder, "node_modules/vitest/vitest.mjs");
    const child = spawn(process.execPath, [bin, ...args], { cwd: folder, stdio: "ignore", detached: true });
    children.add(child);
    let late = false;
    const timer = setTimeout(() => ((late = true), process.kill(-child.pid, "SIGKILL")), 1000 * seconds);
    child.on("close", (code) => {
      clearTimeout(timer);
      children.delete(child);
      if (late) return done({ failed: `no end after ${Math.round(seconds)} s` });
      if (!existsSync(output)) stop(`vitest says nothing about ${tests.join(" ")}: exit code ${code}`);
      const { testResults, numPassedTests } = JSON.parse(readFileSync(output, "utf8"));
      const files = new Map(testResults.map(({ name, startTime, endTime }) => [name, (endTime - startTime) / 1000]));
      const test = testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .find(({ status }) => status === "failed");
      const file = testResults.find(({ status }) => status === "failed");
      const failed =
        test?.fullName ??
        (file && `${file.name.slice(folder.length + 1)}: ${file.message.split("\n")[0]}`) ??
        (code === 0 ? undefined : `an error that no test of ${tests.join(" ")} waits for`);
      if (!failed && numPassedTests === 0) stop(`no test of ${tests.join(" ")} has a name like ${pattern}`);
      done({ failed, files });
    });
  });
}

/** Prints the survivors and the summary. */
function report() {
  const unknown = { frozen: "not asked: its file or a test has changed since this run began", seconds: 0 };
  const told = mutants.map((mutant) => ({ mutant, ...(known[keyOf(mutant)] ?? unknown) }));
  const survivors = told.filter(({ by }) => !by);
  const wrong = told.filter(({ mutant, by }) => !by === !mutant.survives);
  for (const { mutant, frozen } of survivors) {
    console.log(`\n${nameOf(mutant)} (${frozen})\n  - ${mutant.from}\n  + ${mutant.to}`);
    console.log(`  ${mutant.survives ?? "no reason is given: write a test that kills it"}`);
  }
  for (const { mutant, by } of wrong)
    if (by) console.log(`\n${nameOf(mutant)}: it is said to survive, and is killed: ${by}`);
  console.log("");
  for (const folder of FOLDERS) {
    const its = told.filter(({ mutant }) => mutant.folder === folder);
    console.log(`${folder}: ${its.filter(({ by }) => by).length} of ${its.length}`);
  }
  const killed = told.length - survivors.length;
  const minutes = (told.reduce((sum, { seconds }) => sum + seconds, 0) / 60).toFixed(0);
  const onlyFrozen = survivors.filter(({ frozen }) => frozen.startsWith("frozen")).length;
  console.log(
    `${killed} of ${told.length} mutants are killed by an independent check, ${onlyFrozen} more only by frozen bits; ` +
      `${survivors.length} survive. ${minutes} minutes in all, ${((Date.now() - begun) / 60_000).toFixed(0)} of them now.`,
  );
  return wrong.length > 0 || killed < ENOUGH * told.length ? 1 : 0;
}
