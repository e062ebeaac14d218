/** Writes figures and pages as files into a folder. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, InvalidInputError } from "../errors.ts";
import type { Figure, Report } from "./data.ts";
import { findDrawing, loadDrawing } from "./drawing.node.ts";
import { type Heading, renderPage } from "./page.node.ts";

/**
 * Creates the folder and writes `<name>.svg` and `<name>.png` for every figure.
 * @returns The paths, in the order of the figures, the SVG before the PNG.
 * @throws InvalidInputError where two figures, or a figure and a file elsewhere, would share a path; MissingPackageError
 *   where what draws is not installed.
 */
export async function writeFigures(figures: readonly Figure[], directory: string): Promise<string[]> {
  refuseUnusableNames(figures);
  const { renderFigure, renderPng } = await loadDrawing();
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
 * Writes the reports as `index.html`, and their figures beside it; where what draws is not installed, the page alone, which
 * says what to install.
 * @returns The paths: the page, then the figures.
 * @throws InvalidInputError, as `writeFigures`.
 */
export async function writeReport(reports: readonly Report[], directory: string, heading: Heading): Promise<string[]> {
  const figures = reports.flatMap(({ figures }) => figures);
  const drawing = await findDrawing();
  const paths = drawing ? await writeFigures(figures, directory) : [];
  const page = join(directory, "index.html");
  await mkdir(directory, { recursive: true });
  await writeFile(page, renderPage(reports, heading, drawing?.renderInset));
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
