/** What a run folder is a run of: manifest.json, written once, before the first chunk. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Recipe } from "../ensemble/recipe.ts";
import { StoreError } from "../errors.ts";
import { read } from "../validate.ts";
import { asStoreError, writeWhole } from "./files.ts";

export interface Manifest {
  /** sha256 of the rest, which every chunk carries. */
  readonly id: string;
  readonly recipe: Recipe;
  /** Whether every replica's observations are kept. */
  readonly samples: boolean;
  /** The largest chunk is 2^level replicas. */
  readonly level: number;
}

const schema = z.object(
  {
    id: z.string({ error: "a sha256" }),
    recipe: z.custom<Recipe>((value) => typeof value === "object" && value !== null, "what is run"),
    samples: z.boolean({ error: "true or false" }),
    level: z
      .number({ error: "a level" })
      .int({ error: "a level" })
      .min(0, { error: "a level" })
      .max(52, { error: "a level" }),
  },
  { error: "the manifest of a run folder" },
);

/** The manifest with its id. */
export function manifestOf({ recipe, samples, level }: Omit<Manifest, "id">): Manifest {
  const id = createHash("sha256")
    .update(JSON.stringify([recipe, samples, level]))
    .digest("hex");
  return { id, recipe, samples, level };
}

const pathOf = (folder: string) => join(folder, "manifest.json");

/**
 * The manifest of a folder, or undefined if there is none.
 * @throws StoreError if it is damaged; InvalidInputError if it is something else.
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
    throw new StoreError(path, "is damaged: it is no JSON");
  }
  const manifest = read("manifest", schema, content);
  if (manifestOf(manifest).id !== manifest.id) throw new StoreError(path, "is damaged: its id is another");
  return manifest;
}

/** @throws StoreError */
export function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  return writeWhole(pathOf(folder), [Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]);
}
