/** A figure as PNG, two pixels for each unit of length, with fonts of a package: the same on every machine. */
import { createRequire } from "node:module";
import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";

const { resolve } = createRequire(import.meta.url);

const OPTIONS: ResvgRenderOptions = {
  fitTo: { mode: "zoom", value: 2 },
  font: {
    loadSystemFonts: false,
    fontFiles: ["DejaVuSans", "DejaVuSans-Bold"].map((font) => resolve(`dejavu-fonts-ttf/ttf/${font}.ttf`)),
    // Replaces every font that the figure names.
    defaultFontFamily: "DejaVu Sans",
  },
};

/** The PNG of an SVG that `renderFigure` made. */
export function renderPng(svg: string): Uint8Array {
  return new Resvg(svg, OPTIONS).render().asPng();
}
