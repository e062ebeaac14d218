/** Writes figures and pages as files into a folder. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, InvalidInputError } from "../errors.ts";
import { csvOf } from "./csv.ts";
import type { Figure, Report } from "./data.ts";
import { findDrawing, loadDrawing } from "./drawing.node.ts";
import { type Heading, renderPage } from "./page.node.ts";

/** A file's path, and what it holds. */
type File = readonly [path: string, content: string | Uint8Array];

/**
 * Creates the folder and writes every figure as `<name>.svg` and `<name>.png`, for papers as `paper/<name>.svg`, and its
 * numbers as `<name>.csv`.
 * @returns The paths, figure by figure.
 * @throws InvalidInputError where two figures, or a figure and a file elsewhere, would share a path; MissingPackageError
 *   where what draws is not installed.
 */
export async function writeFigures(figures: readonly Figure[], directory: string): Promise<string[]> {
  refuseUnusableNames(figures);
  const drawing = await loadDrawing();
  return writeAll(
    figures.flatMap((figure) => [...drawn(figure, directory, drawing), numbersOf(figure, directory)]),
    directory,
  );
}

/**
 * Writes the reports as `index.html`, and their figures and numbers beside it; where what draws is not installed, the page,
 * which says what to install, and the numbers.
 * @returns The paths: the page, then those of the figures.
 * @throws InvalidInputError, as `writeFigures`.
 */
export async function writeReport(reports: readonly Report[], directory: string, heading: Heading): Promise<string[]> {
  const figures = reports.flatMap(({ figures }) => figures);
  refuseUnusableNames(figures);
  const drawing = await findDrawing();
  return writeAll(
    [
      [join(directory, "index.html"), renderPage(reports, heading, drawing?.renderInset)],
      ...figures.flatMap((figure) => [
        ...(drawing ? drawn(figure, directory, drawing) : []),
        numbersOf(figure, directory),
      ]),
    ],
    directory,
  );
}

function drawn(figure: Figure, directory: string, drawing: Awaited<ReturnType<typeof loadDrawing>>): File[] {
  const svg = drawing.renderFigure(figure);
  return [
    [join(directory, `${figure.name}.svg`), svg],
    [join(directory, `${figure.name}.png`), drawing.renderPng(svg)],
    [join(directory, "paper", `${figure.name}.svg`), drawing.renderColumn(figure)],
  ];
}

function numbersOf(figure: Figure, directory: string): File {
  return [join(directory, `${figure.name}.csv`), csvOf(figure)];
}

async function writeAll(files: readonly File[], directory: string): Promise<string[]> {
  for (const folder of new Set([directory, ...files.map(([path]) => dirname(path))])) {
    await mkdir(folder, { recursive: true });
  }
  for (const [path, content] of files) await writeFile(path, content);
  return files.map(([path]) => path);
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
