/** Figures as SVG files in a folder. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, InvalidInputError } from "../errors.ts";
import type { Figure } from "./data.ts";
import { renderFigure } from "./figure.node.ts";

/** Creates the folder and writes `<name>.svg` for every figure; the paths, in the order of the figures. */
export async function writeFigures(figures: readonly Figure[], directory: string): Promise<string[]> {
  refuseUnusableNames(figures);
  await mkdir(directory, { recursive: true });
  const paths: string[] = [];
  for (const figure of figures) {
    const path = join(directory, `${figure.name}.svg`);
    await writeFile(path, renderFigure(figure));
    paths.push(path);
  }
  return paths;
}

/** A name that leaves the folder, or that a second figure has, would overwrite another file in silence. */
function refuseUnusableNames(figures: readonly Figure[]): void {
  const names = figures.map(({ name }) => name);
  const problems = names.flatMap((name, k) => {
    const field = `figures[${k}].name`;
    const got = describe(name);
    if (!/^[\w.-]*\w[\w.-]*$/.test(name)) return [{ field, expected: "letters, digits, '.', '-' or '_'", got }];
    return names.indexOf(name) < k ? [{ field, expected: "a name of its own", got: `${got} again` }] : [];
  });
  if (problems.length > 0) throw new InvalidInputError("figures", problems);
}
