/** `mesoflux run --out DIR`: a run, or a shard of one, whose finished chunks are kept in a folder whatever happens. */
import { loadKernelFor } from "../engine.ts";
import { AbortedError, describe, InvalidInputError, StoreError } from "../errors.ts";
import { replicasIn, spansOf } from "../ensemble/alignedTree.ts";
import { MOST_LEVEL } from "../ensemble/chunkLevel.ts";
import type { Request } from "../ensemble/runSpec.ts";
import type { Model } from "../model.ts";
import { RunFolder, type Shard } from "../store/runFolder.ts";
import { foretell, type ForecastFlags } from "./forecast.ts";
import { printMerged } from "./merge.ts";
import type { Result } from "./result.ts";
import { lineThatResumes, spansText, warnOf } from "./status.ts";
import { say, toJson, watched } from "./terminal.ts";
import { quoted } from "./words.ts";

/** Flags of `run` that a run folder needs. */
export interface FolderFlags extends ForecastFlags {
  readonly out?: string;
  readonly resume?: boolean;
  readonly shard?: string;
  readonly chunk?: number;
  readonly json?: boolean;
}

/**
 * @param request what is to be run, or undefined to go on with what the folder holds.
 * @returns The model and the result, unless a shard was run.
 */
export async function runInFolder(
  request: Request | undefined,
  flags: FolderFlags,
): Promise<{ readonly model: Model; readonly result: Result } | undefined> {
  const { out, shard, level } = settle(flags);
  const isThere = await RunFolder.exists(out);
  // Before anything is written, since the budget may refuse it.
  if (request && !isThere) {
    const kernel = await loadKernelFor(request.model);
    foretell(kernel, request, flags, Math.ceil(request.options.replicas / (shard?.count ?? 1)));
  }
  const folder = await openFolder(out, isThere, request, flags, level);
  const left = isThere ? replicasIn(await folder.unwritten(shard)) : 0;
  if (left > 0) foretell(await loadKernelFor(folder.request.model), folder.request, flags, left);
  try {
    warnOf(await watched(flags, (control) => folder.compute({ ...control, ...(shard && { shard }) })));
  } catch (error) {
    const again = `go on with: ${lineThatResumes(out, flags.shard)}`;
    if (error instanceof AbortedError)
      throw new AbortedError(undefined, error.finished, error.replicas, { kept: again });
    if (error instanceof StoreError) throw new StoreError(error.path, `${error.what}; when that is mended, ${again}`);
    throw error;
  }
  if (shard) {
    // Lists names and reads no file: many shards that each read all files would take the file system long.
    const missing = spansOf(await folder.unwritten());
    const rest =
      missing.length === 0 ? `the run is whole: mesoflux merge ${quoted(out)}` : `missing ${spansText(missing)}`;
    const text = `shard ${flags.shard} of ${out} is finished; ${rest}`;
    say(flags.json ? toJson({ shard: flags.shard, missing }) : text);
    return undefined;
  }
  return { model: folder.request.model, result: await printMerged(folder, flags.json === true) };
}

async function openFolder(
  out: string,
  isThere: boolean,
  request: Request | undefined,
  { resume, shard }: FolderFlags,
  level: number | undefined,
): Promise<RunFolder> {
  if (request === undefined && (resume || (shard && isThere))) return RunFolder.open(out);
  if (request === undefined) throw new StoreError(out, "is no run yet: say what is to be run, a model and flags");
  const folder = await RunFolder.create(out, request, level);
  if (isThere && !resume && !shard) throw new StoreError(out, "holds this run already; go on with it by --resume");
  return folder;
}

/** Reads the flags that need one another. */
function settle({ out, resume, shard, chunk }: FolderFlags): { out: string; shard?: Shard; level?: number } {
  const problems = [];
  if (out === undefined) {
    const flag = resume ? "--resume" : shard !== undefined ? "--shard" : "--chunk";
    problems.push({ field: "--out", expected: `a run folder, since there is ${flag}`, got: "none" });
  }
  const [index, count] = (/^([1-9]\d*)\/([1-9]\d*)$/.exec(shard ?? "") ?? []).slice(1).map(Number);
  if (shard !== undefined && !(index <= count)) {
    problems.push({ field: "--shard", expected: "i/n with i from 1 to n, such as 2/8", got: describe(shard) });
  }
  const level = Array.from({ length: MOST_LEVEL + 1 }, (_, level) => 2 ** level).indexOf(chunk ?? 1);
  if (level < 0) {
    const expected = `a power of 2 up to 2^${MOST_LEVEL} = ${2 ** MOST_LEVEL}`;
    problems.push({ field: "--chunk", expected, got: describe(chunk) });
  }
  if (problems.length > 0) throw new InvalidInputError("flags", problems);
  return { out: out!, ...(shard !== undefined && { shard: { index, count } }), ...(chunk !== undefined && { level }) };
}
