/** manifest.json of a run folder: the specification of its run, written once, before the first chunk. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import type { RunSpec } from "../ensemble/runSpec.ts";
import { StoreError } from "../errors.ts";
import { asStoreError, unlessTaken, writeWhole } from "./files.ts";

const schema = z.object({
  /** sha256 of the other fields; every chunk's file contains it. */
  id: z.string(),
  spec: z.custom<RunSpec>((value) => typeof value === "object" && value !== null),
  /** True if every replica's observations are kept. */
  samples: z.boolean(),
  /** The largest chunk is 2^level replicas. */
  level: z.int().check(z.minimum(0), z.maximum(52)),
});
export type Manifest = Readonly<z.output<typeof schema>>;

/** Adds the id to the other fields of a manifest. */
export function manifestOf({ spec, samples, level }: Omit<Manifest, "id">): Manifest {
  const id = createHash("sha256")
    .update(JSON.stringify([idOf(spec), samples, level]))
    .digest("hex");
  return { id, spec, samples, level };
}

/** A specification without the ways of writing its rate: spaces, and the names of parameters. */
function idOf(spec: RunSpec): unknown {
  const { rate, model } = spec;
  if (!rate || !("expression" in model.rate)) return spec;
  // JSON leaves out what is undefined.
  return { ...spec, model: { ...model, rate: { ...model.rate, expression: undefined, parameters: undefined } } };
}

const pathOf = (folder: string) => join(folder, "manifest.json");

/**
 * The manifest of a folder, or undefined if there is none.
 * @throws StoreError if it is damaged, or something else.
 */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = pathOf(folder);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw asStoreError(error, path, "cannot be read");
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw damaged(path, "it is no JSON");
  }
  const { success, data: manifest } = schema.safeParse(content);
  if (!success) throw damaged(path, "it is no manifest of a run folder");
  if (manifestOf(manifest).id !== manifest.id) throw damaged(path, "its id is another");
  return manifest;
}

/** The id is a hash of what is run, so that the same run has the same id again and finds its chunks. */
function damaged(path: string, why: string): StoreError {
  const advice = "move it away and begin the same run here again: finished chunks are found";
  return new StoreError(path, `is damaged: ${why}; ${advice}`);
}

/**
 * Writes the manifest of a folder that has none; if another process has written one meanwhile, that one stays.
 * @throws StoreError
 */
export function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  return writeWhole(pathOf(folder), [`${JSON.stringify(manifest, null, 2)}\n`], unlessTaken);
}
