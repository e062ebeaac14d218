/** The forms of a figure: for a paper, in the dark, and as numbers. */
import { DOMParser } from "linkedom";
import { describe, expect, test } from "vitest";
import { csvOf } from "../../src/report/csv.ts";
import type { Figure } from "../../src/report/data.ts";
import { renderColumn, renderFigure, renderInset } from "../../src/report/figure.node.ts";
import { COLOURS, COLOURS_IN_THE_DARK } from "../../src/report/palette.ts";
import { STYLE } from "../../src/report/style.ts";

const groups = ["t = 1", 't = 2, "late"', "t = 3", "t = 4", "t = 5", "t = 6", "t = 7"];
const figure: Figure = {
  name: "profile",
  title: "Energies of the chain",
  caption: "Bars are two standard errors.",
  x: { label: "cell k" },
  y: { label: "energy" },
  series: groups.map((group, k) => ({
    ...{ name: "simulation", kind: "dots", group, x: [1, 2], y: [0.1 + 0.2, k], low: [-0, 0], high: [1, 1e-300] },
  })),
  marks: [{ axis: "y", at: 1, label: "limit" }],
};

test("numbers: a row a point, which reads back to the same bits", () => {
  const lines = csvOf({
    ...figure,
    series: [...figure.series, { name: "theory", kind: "line", x: [1], y: [NaN] }],
  }).split("\r\n");
  expect(lines[0]).toBe("series,group,kind,cell k,energy,low,high");
  expect(lines[1]).toBe("simulation,t = 1,dots,1,0.30000000000000004,-0,1");
  expect(lines[4]).toBe('simulation,"t = 2, ""late""",dots,2,1,0,1e-300');
  expect(lines.slice(15)).toEqual(["theory,theory,line,1,NaN,,", ""]);
});

describe("for a paper", () => {
  const svg = renderColumn(figure);
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;

  test("one column of 86 mm, drawn as the page's figure is", () => {
    expect(root.getAttribute("width")).toBe("86mm");
    const [, , width, height] = root.getAttribute("viewBox")!.split(" ").map(Number);
    expect(parseFloat(root.getAttribute("height"))).toBeCloseTo((86 * height) / width, 1);
    const drawn = (text: string) => text.split("\n").slice(1).join("\n");
    expect(drawn(svg)).toBe(drawn(renderInset(figure)));
  });

  test("text as text, in a font that every journal has, at 6 points and more", () => {
    expect(root.getAttribute("font-family")).toBe("Helvetica, Arial, sans-serif");
    const points = (size: string) => ((Number(size) * 86) / 460 / 25.4) * 72;
    const texts = [...root.querySelectorAll("text")];
    expect(texts.length).toBeGreaterThan(10);
    for (const text of texts) {
      const size = text.closest("[font-size]")!.getAttribute("font-size")!;
      expect(points(size)).toBeGreaterThan(6);
    }
  });

  test("no title, no caption, no ground", () => {
    const words = [...root.querySelectorAll("text")].map((text) => text.textContent).join("\n");
    expect(words).not.toContain("Energies of the chain");
    expect(words).not.toContain("standard errors");
    expect(svg).not.toContain('<rect fill="white"');
    expect(renderFigure(figure)).toContain('<rect fill="white"');
  });
});

describe("in the dark", () => {
  /** The rules of the style sheet for figures: what an attribute becomes. */
  const rules = new Map(
    [...STYLE.matchAll(/figure svg (\[[^\]]+\]) \{ \w+: ([^;]+); \}/g)].map(([, from, to]) => [from, to]),
  );

  test("every ink of a figure has another colour", () => {
    const inks = renderInset(figure).matchAll(/ (fill|stroke)="([^"]+)"/g);
    for (const [, attribute, colour] of inks) {
      if (colour === "none" || colour === "currentColor") continue;
      expect(rules.has(`[${attribute}="${colour}"]`), `${attribute} ${colour}`).toBe(true);
    }
  });

  test("series stand out from the ground by a contrast of 6, and by 1.7 from white on paper", () => {
    const [, dark] = [...STYLE.matchAll(/--surface: (#\w+)/g)].map(([, colour]) => colour);
    for (const colour of COLOURS_IN_THE_DARK) expect(contrast(colour, dark)).toBeGreaterThan(6);
    for (const colour of COLOURS) expect(contrast(colour, "#ffffff")).toBeGreaterThan(1.7);
    expect(rules.get(`[stroke="${COLOURS[0]}"]`)).toBe(COLOURS_IN_THE_DARK[0]);
  });
});

/** The contrast ratio of two colours (WCAG 2.2). */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
