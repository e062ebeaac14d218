/** Writes figures and pages as files into a folder. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, InvalidInputError } from "../errors.ts";
import type { Figure, Report } from "./data.ts";
import { renderFigure } from "./figure.node.ts";
import { type Heading, renderPage } from "./page.node.ts";
import { renderPng } from "./png.node.ts";

/**
 * Creates the folder and writes `<name>.svg` and `<name>.png` for every figure.
 * @returns The paths, in the order of the figures, the SVG before the PNG.
 * @throws InvalidInputError where two figures, or a figure and a file elsewhere, would share a path.
 */
export async function writeFigures(figures: readonly Figure[], directory: string): Promise<string[]> {
  refuseUnusableNames(figures);
  await mkdir(directory, { recursive: true });
  const paths: string[] = [];
  for (const figure of figures) {
    const svg = renderFigure(figure);
    paths.push(join(directory, `${figure.name}.svg`), join(directory, `${figure.name}.png`));
    await writeFile(paths.at(-2)!, svg);
    await writeFile(paths.at(-1)!, renderPng(svg));
  }
  return paths;
}

/**
 * Writes the reports as `index.html`, and their figures beside it.
 * @returns The paths: the page, then the figures.
 * @throws as `writeFigures`.
 */
export async function writeReport(reports: readonly Report[], directory: string, heading: Heading): Promise<string[]> {
  const paths = await writeFigures(
    reports.flatMap(({ figures }) => figures),
    directory,
  );
  const page = join(directory, "index.html");
  await writeFile(page, renderPage(reports, heading));
  return [page, ...paths];
}

/** Refuses a name that leaves the folder or, in capitals or not, is another figure's: it would overwrite a file. */
function refuseUnusableNames(figures: readonly Figure[]): void {
  const names = figures.map(({ name }) => name.toLowerCase());
  const problems = figures.flatMap(({ name }, k) => {
    const field = `figures[${k}].name`;
    const got = describe(name);
    if (!/^[\w.-]*\w[\w.-]*$/.test(name)) return [{ field, expected: "letters, digits, '.', '-' or '_'", got }];
    return names.indexOf(names[k]) < k ? [{ field, expected: "a name of its own", got: `${got} again` }] : [];
  });
  if (problems.length > 0) throw new InvalidInputError("figures", problems);
}
