/** The packages that draw figures are optional: they are loaded here, when a figure is asked for. */
import { MissingPackageError } from "../errors.ts";

const missing = new MissingPackageError("drawing figures", [
  ...["@observablehq/plot", "linkedom", "@resvg/resvg-js", "dejavu-fonts-ttf"],
]);

/** Says that they are missing, and the command that installs them. */
export const INSTALL = missing.message;

/**
 * Loads what draws figures.
 * @throws MissingPackageError
 */
export async function loadDrawing() {
  try {
    const [figures, { renderPng }] = await Promise.all([import("./figure.node.ts"), import("./png.node.ts")]);
    return { ...figures, renderPng };
  } catch (error) {
    // A module that is not there, or a file of the fonts.
    const absent = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes((error as NodeJS.ErrnoException).code ?? "");
    throw absent ? missing : error;
  }
}

/** The functions that draw figures; undefined if their packages are not installed. */
export async function findDrawing() {
  return loadDrawing().catch((error: unknown) => {
    if (error === missing) return undefined;
    throw error;
  });
}
