/** Figures as pixels: twice their size, and every sign of the theory in the fonts that come along. */
import { describe, expect, it } from "vitest";
import { renderFigure } from "../../src/report/figure.node.ts";
import { renderPng } from "../../src/report/png.node.ts";

const bytes = (png: Uint8Array) => Buffer.from(png).toString("base64");

const showing = (word: string, weight: number) =>
  bytes(
    renderPng(
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" font-family="system-ui, sans-serif">` +
        `<text x="5" y="30" font-size="20" font-weight="${weight}">${word}</text></svg>`,
    ),
  );

describe("a PNG", () => {
  const svg = renderFigure({
    name: "a",
    title: "κ",
    caption: "",
    x: { label: "x" },
    y: { label: "y" },
    series: [{ name: "line", kind: "line", x: [0, 1], y: [0, 1] }],
  });

  it("has two pixels for each of the figure's", () => {
    const png = Buffer.from(renderPng(svg));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const [, width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/)!.map(Number);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width, 2 * height]);
  });

  it("has the same bytes each time", () => expect(bytes(renderPng(svg))).toBe(bytes(renderPng(svg))));

  it.each([400, 700])("shows every sign of the theory at weight %d", (weight) => {
    const nothing = showing("", weight);
    const missing = showing("\u{10FFFD}", weight);
    for (const sign of "Θ√−×²³⁰¹⁴⁵⁶⁷⁸⁹⁻κφΦλσαβΓΣ∂≤≥±∞∫⟨⟩→≈…·ₖᵢⱼ✓") {
      expect(showing(sign, weight), sign).not.toBe(nothing);
      expect(showing(sign, weight), sign).not.toBe(missing);
    }
  });
});
