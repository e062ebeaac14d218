/** The file of a figure: written when it is known, and found to be writable before a run. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { describe, InvalidInputError } from "../errors.ts";
import { csvOf } from "../report/csv.ts";
import type { Figure } from "../report/data.ts";
import { loadDrawing } from "../report/drawing.node.ts";
import { tell } from "./terminal.ts";

/**
 * Writes figures to a path, or nowhere if there is none. What can be wrong with the path is found now, before a run.
 * @throws InvalidInputError; MissingPackageError.
 */
export async function figureWriter(path: string | undefined): Promise<(figure: () => Figure) => Promise<void>> {
  if (path === undefined) return () => Promise.resolve();
  const ending = extname(path);
  if (ending !== ".svg" && ending !== ".png") refuse("a file that ends in .svg or .png", describe(path));
  const { renderFigure, renderPng } = await loadDrawing();
  await mkdir(dirname(path), { recursive: true }).catch(({ message }: Error) =>
    refuse("a folder to write to", message),
  );
  return async (figureOf) => {
    const figure = figureOf();
    const svg = renderFigure(figure);
    const numbers = `${path.slice(0, -ending.length)}.csv`;
    try {
      await writeFile(path, ending === ".svg" ? svg : renderPng(svg));
      await writeFile(numbers, csvOf(figure));
    } catch (error) {
      refuse("a file that can be written to", (error as Error).message);
    }
    tell(`figure: ${path}, and its numbers: ${numbers}`);
  };
}

function refuse(expected: string, got: string): never {
  throw new InvalidInputError("flags", [{ field: "figure", expected, got }]);
}
