/** Reports of a verification: tables, checks and figures, made from plain data alone. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DOMParser } from "linkedom";
import { describe, expect, it } from "vitest";
import { csvOf } from "../src/report/csv.ts";
import type { Axis, Check, Figure, Report, Series } from "../src/report/data.ts";
import { renderColumn, renderFigure, renderInset } from "../src/report/figure.node.ts";
import { entriesOf } from "../src/report/legend.ts";
import { formatNumber, typesetNumber } from "../src/report/number.ts";
import { renderPage } from "../src/report/page.node.ts";
import { COLOURS, looksOf } from "../src/report/palette.ts";
import { renderPng } from "../src/report/png.node.ts";
import { scaleOf } from "../src/report/scale.ts";
import { renderChecks, renderReport, renderTable } from "../src/report/plainText.ts";
import { widthOf } from "../src/report/text.ts";
import { writeFigures, writeReport } from "../src/report/write.node.ts";

describe("numbers", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [4096, "4096"],
    [-999999, "-999999"],
    [1e6, "1.000e6"],
    [1.5, "1.500"],
    [-12.3456, "-12.35"],
    [1234.56, "1235"],
    [9999.96, "1.000e4"],
    [12345.6, "1.235e4"],
    [0.00123456, "0.001235"],
    [0.000123456, "1.235e-4"],
    [-1.23456e-100, "-1.235e-100"],
    [NaN, "NaN"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ])("writes %d as %s", (value, text) => expect(formatNumber(value)).toBe(text));

  it.each([
    [-1.23456e-100, "−1.235×10⁻¹⁰⁰"],
    [4096, "4096"],
    [1e6, "1.000×10⁶"],
    [NaN, "NaN"],
    [-Infinity, "−∞"],
  ])("prints %d as %s", (value, text) => expect(typesetNumber(value)).toBe(text));
});

describe("a table", () => {
  const table = {
    title: "Distance from the limit",
    columns: ["M", "distance", "remark"],
    rows: [
      [10, 0.28456, "far"],
      [100000, 2.8456e-5, "near Θ̄"],
    ],
  };

  it("aligns numbers right and words left", () => {
    expect(renderTable(table).split("\n")).toEqual([
      "Distance from the limit",
      "     M  distance  remark",
      "------  --------  ------",
      "    10    0.2846  far",
      "100000  2.846e-5  near Θ̄",
    ]);
  });

  it("says so when it has no rows", () => {
    expect(renderTable({ ...table, rows: [] })).toMatch(/M {2}distance {2}remark\n.*\n\(no rows\)$/);
    expect(renderTable({ title: "", columns: [], rows: [] })).toMatch(/\(no rows\)$/);
  });

  it("breaks long words within their cell and keeps every one of them", () => {
    const name = "the covariance of the energies of every pair of cells at the last of the times that were asked for";
    const lines = renderTable({ ...table, rows: [[1, 2, name]] }).split("\n");
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(100);
    const words = lines.slice(3).join(" ").split(/\s+/).join(" ");
    expect(words).toContain(name);
    const unbroken = renderTable({ ...table, rows: [["x".repeat(200), 1, 1]] });
    expect(Math.max(...unbroken.split("\n").map(widthOf))).toBeLessThanOrEqual(100);
  });

  it("fills short rows and keeps terminal codes and line breaks out", () => {
    const text = renderTable({ title: "a\nb", columns: ["x"], rows: [[1, "\u001b[31mred\u001b[0m\tink"], []] });
    expect(text.split("\n")[0]).toBe("a b");
    expect(text).not.toContain("\u001b");
    expect(text).toContain("ink");
  });
});

const check: Check = {
  name: "mean energy of every cell",
  predicted: 1.5,
  measured: 1.50123,
  standardError: 0.001,
  z: 1.23,
  limit: 5.5,
  comparisons: 30,
  falseAlarm: 1e-7,
  samples: 4096,
  detects: 0.01,
  passed: true,
};
const failed: Check = {
  ...check,
  name: "energy carried across every bond",
  z: -9.87654,
  falseAlarm: 2.5e-7,
  passed: false,
};
const report: Report = {
  name: "lln",
  statement: "",
  notes: [],
  title: "Law of large numbers",
  tables: [],
  checks: [check],
  figures: [],
  certificates: [],
  passed: true,
};

describe("checks", () => {
  it("takes one line each, and says below what is behind them and adds up the false alarms", () => {
    const lines = renderChecks([check, { ...failed, samples: 512 }]).split("\n");
    expect(lines).toHaveLength(7);
    expect(lines[2]).toMatch(
      /^PASS {2}mean energy of every cell +1\.500 +1\.501 +0\.001000 +1\.230 +5\.500 +0\.01000$/,
    );
    expect(lines[3]).toMatch(
      /^FAIL {2}energy carried across every bond +1\.500 +1\.501 +0\.001000 +-9\.877 +5\.500 +0\.01000$/,
    );
    expect(lines[4]).toBe("n = 512 to 4096 independent observations a check, 60 comparisons in all");
    expect(lines[5]).toMatch(/^detects: an error of this size/);
    expect(lines[6]).toMatch(/false-alarm rate.* 3\.500e-7/);
  });

  it("stay within 100 columns, sixty of them and with any name", () => {
    const name = "the covariance of the energies of every pair of cells at the last of the times that were asked for";
    const numbers = { predicted: -1.23456e-100, measured: -1.23456e-100, standardError: 1.23456e-100, z: -1e300 };
    const checks = Array.from({ length: 60 }, (_, k) => ({ ...failed, ...numbers, name: `${k} ${name}` }));
    const lines = renderReport({ ...report, checks, passed: false }).split("\n");
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(100);
    expect(lines.filter((line) => line.startsWith("FAIL"))).toHaveLength(60);
    expect(lines.slice(-80).join(" ")).toContain("60 of 60 checks FAILED: 0 the covariance");
  });

  it("ends a report with the verdict", () => {
    expect(renderReport({ ...report, checks: [check, check] })).toMatch(/\nall 2 checks passed$/);
    expect(renderReport({ ...report, checks: [check, failed], passed: false })).toMatch(
      /\n1 of 2 checks FAILED: energy carried across every bond$/,
    );
    expect(renderReport(report)).toMatch(/\nthe check passed$/);
    expect(renderReport({ ...report, checks: [] })).not.toContain("passed");
  });

  it("follows the title and the tables", () => {
    const text = renderReport({ ...report, tables: [{ title: "Distance", columns: ["M"], rows: [[10]] }] });
    expect(text).toMatch(
      /^Law of large numbers\n=+\n\nM: .*\nstd\. error: .*\nz: .*\n\nDistance\n M\n--\n10\n\n +check/,
    );
  });

  it("follows what the theorem says, and what does not apply", () => {
    const words = "what is measured and ".repeat(10);
    const text = renderReport({ ...report, statement: `Theorem 1: ${words}`, notes: ["no rate.", `cells: ${words}`] });
    expect(text).toMatch(
      /^Law of large numbers\n=+\n\nTheorem 1: what [^]*\n\nstd\. error: [^]*\n\nnote: no rate\.\n\nnote: cells: what/,
    );
    expect(Math.max(...text.split("\n").map(widthOf))).toBeLessThanOrEqual(100);
  });
});

const M = [10, 100, 1000, 10000];
const lln: Figure = {
  name: "lln",
  title: "Distance <Θ> & limit",
  caption: "Root mean square, 4096 replicas & one line.",
  x: { label: "particles <M>", log: true },
  y: { label: 'RMS "distance"', log: true },
  series: [
    { name: "theory & C < 1", kind: "line", x: M, y: M.map((m) => m ** -0.5), group: "sqrt-min" },
    {
      name: "simulation",
      kind: "dots",
      x: M,
      y: M.map((m) => 1.05 * m ** -0.5),
      low: M.map((m) => 0.9 * m ** -0.5),
      high: M.map((m) => 1.2 * m ** -0.5),
      group: "sqrt-min",
    },
    { name: "one sigma", kind: "band", x: M, y: [], low: M.map((m) => 0.8 * m ** -0.5), high: M.map((m) => m ** -0.5) },
  ],
};

function parsed(svg: string) {
  expectWellFormed(svg);
  return new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
}

/** Every start tag has its end, every attribute its quotes, and no bare & or < is left: linkedom would forgive these. */
function expectWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml.replace(/<(\/?)([A-Za-z]\w*)((?: [\w:-]+="[^"<]*")*)(\/?)>/g, (_, end, name, _attributes, empty) => {
    if (end) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
    return "";
  });
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot);)/);
}

const wordsOf = (svg: string) => Array.from(parsed(svg).querySelectorAll("text")).map((text) => text.textContent);
const numbersOf = (svg: string, tag: string, name: string) =>
  Array.from(parsed(svg).querySelectorAll(tag)).map((element) => Number(element.getAttribute(name)));

describe("a figure", () => {
  const svg = renderFigure(lln);

  it("is one standalone SVG on a white ground", () => {
    const root = parsed(svg);
    expect(root.localName).toBe("svg");
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).not.toMatch(/<(style|figure|div|svg[^>]*>[^]*<svg)|url\(|\bid=/);
    const ground = root.querySelector("rect")!;
    const size = [root.getAttribute("width"), root.getAttribute("height")];
    expect([ground.getAttribute("width"), ground.getAttribute("height")]).toEqual(size);
    expect(ground.getAttribute("fill")).toBe("white");
  });

  it("shows title, labels, caption and legend, escaped", () => {
    const words = wordsOf(svg);
    for (const text of [
      lln.title,
      lln.caption,
      lln.x.label,
      lln.y.label,
      "theory & C < 1",
      "simulation",
      "one sigma",
    ]) {
      expect(words).toContain(text);
    }
    expect(svg).toContain("theory &amp; C &lt; 1");
  });

  it("makes the same bytes each time", () => expect(renderFigure(structuredClone(lln))).toBe(svg));

  it("labels logarithmic axes by powers of ten", () => {
    const words = wordsOf(svg);
    for (const power of ["10¹", "10²", "10³", "10⁴"]) expect(words).toContain(power);
    expect(wordsOf(renderFigure({ ...lln, series: [line([1, 1e9])] }))).toContain("10⁸");
    // Equal ratios are equal distances.
    const at = numbersOf(svg, "circle", "cx").slice(0, 4);
    expect(at[1] - at[0]).toBeCloseTo(at[3] - at[2], 1);
  });

  it("leaves out what is not finite, and what a logarithmic axis cannot show", () => {
    const x = [1, 2, NaN, 4, 5, 6, 7];
    const y = [1, NaN, 3, Infinity, 0, -1, 7];
    const series = (["line", "dots", "band"] as const).map((kind) => ({ name: kind, kind, x, y, low: y, high: y }));
    for (const log of [false, true]) {
      const text = renderFigure({ ...lln, x: { label: "x" }, y: { label: "y", log }, series });
      parsed(text);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      // One circle is the legend's.
      expect(numbersOf(text, "circle", "cx")).toHaveLength(1 + (log ? 2 : 4));
    }
  });

  it("draws an error bar that reaches zero down to the frame of a logarithmic axis", () => {
    const dots: Series = { name: "d", kind: "dots", x: [1, 2], y: [1, 2], low: [-1, 1], high: [2, 3] };
    const root = parsed(renderFigure({ ...lln, x: { label: "x" }, series: [dots] }));
    const frame = root.querySelector('rect[fill="none"]')!;
    const bottom = Number(frame.getAttribute("y")) + Number(frame.getAttribute("height"));
    const ends = ["y1", "y2"].map((end) =>
      Number(root.querySelector(`g[stroke="${COLOURS[0]}"] line`)!.getAttribute(end)),
    );
    expect(Math.max(...ends)).toBeCloseTo(bottom, 0);
  });

  it("stands with no data, one point, equal values and extreme ones", () => {
    for (const log of [false, true]) {
      const axis: Axis = { label: "x", log };
      for (const y of [
        [],
        [3],
        [0],
        [2, 2],
        [1, 1 + 1e-15],
        [1e-250, 1e250],
        [5e-324],
        [-1e300, 1e300],
        [1e-200, 1e200],
      ]) {
        const text = renderFigure({ ...lln, x: axis, y: axis, series: [line(y)] });
        parsed(text);
        expect(text).not.toMatch(/NaN|Infinity|undefined/);
      }
    }
  });

  it("gives a group one colour, and its roles one entry each", () => {
    const series = [0, 1, 2].flatMap((t): Series[] => [
      { name: "theory", kind: "line", x: [1, 2], y: [t, t], group: `t = ${t}` },
      { name: "simulation", kind: "dots", x: [1, 2], y: [t, t], group: `t = ${t}` },
    ]);
    expect(entriesOf(series).map(({ label }) => label)).toEqual(["theory", "simulation", "t = 0", "t = 1", "t = 2"]);
    const profile = renderFigure({ ...lln, x: { label: "cell" }, y: { label: "energy" }, series });
    for (const colour of COLOURS.slice(0, 3)) expect(profile.split(colour).length - 1).toBe(3);
    expect(profile).not.toContain(COLOURS[3]);
  });

  it("draws its own lines behind the data, and makes room for them", () => {
    const marks = [
      { axis: "y", at: 50, label: "limit 50" },
      { axis: "x", at: 5, label: "M = 5" },
      { axis: "x", at: -1, label: "nowhere on a logarithmic axis" },
      { axis: "y", at: NaN, label: "nowhere" },
    ] as const;
    const svg = renderFigure({ ...lln, y: { label: "y" }, marks });
    expect(wordsOf(svg)).toEqual(expect.arrayContaining(["limit 50", "M = 5"]));
    expect(svg).not.toMatch(/nowhere|NaN/);
    expect(svg.match(/stroke-dasharray="4 3"/g)).toHaveLength(2);
    expect(svg.indexOf('stroke-dasharray="4 3"')).toBeLessThan(svg.indexOf("<circle"));
    const [top, height] = ["y", "height"].map((name) => numbersOf(svg, 'rect[fill="none"]', name)[0]);
    const [at] = numbersOf(svg, 'g[stroke-dasharray="4 3"] line', "y1");
    expect(at).toBeGreaterThan(top);
    expect(at).toBeLessThan(top + height / 4);
  });

  it("sets scripts and bars in its words", () => {
    const svg = renderFigure({ ...lln, title: "Θ^M - Θ̄ falls as M^(-1/2)", y: { label: "C_ij" } });
    expect(wordsOf(svg)).toEqual(expect.arrayContaining(["ΘM - Θ falls as M−1/2", "Cij"]));
    expect(svg).toMatch(/<tspan dy="[\d.]+" text-decoration="overline">Θ<|<tspan text-decoration="overline">Θ</);
    expect(svg).toContain("<title>Θ^M - Θ̄ falls as M^(-1/2)</title>");
    // Every raised or lowered piece is followed by a shift back, unless the line ends there.
    for (const [, line] of svg.matchAll(/<text[^>]*>([^]*?)<\/text>/g)) {
      const shifts = [...line.matchAll(/dy="([^"]+)"/g)].map(([, shift]) => Number(shift));
      if (line.endsWith("</tspan>")) shifts.pop();
      if (shifts.length > 0) expect(shifts.reduce((sum, shift) => sum + shift)).toBeCloseTo(0);
    }
  });

  it("leaves title and caption to the page it is set in", () => {
    const inset = renderInset(lln);
    expect(wordsOf(inset)).not.toContain(lln.title);
    expect(wordsOf(inset)).not.toContain(lln.caption);
    expect(wordsOf(inset)).toContain(lln.x.label);
    expect(parsed(inset).querySelector("title")!.textContent).toBe(lln.title);
    expect(inset).not.toMatch(/\bid=|aria-/);
  });

  it("keeps every word inside its edges", () => {
    const name = "a long name of a series ".repeat(8);
    const long: Figure = { ...lln, title: name, caption: name, x: { label: name }, y: { label: name }, series: [] };
    const series = Array.from({ length: 12 }, (_, k) => ({ ...line([1, k + 2]), name: `${k} ${name}` }));
    const root = parsed(renderFigure({ ...long, series }));
    for (const text of Array.from(root.querySelectorAll("text"))) {
      expect(widthOf(text.textContent)).toBeLessThanOrEqual(110);
      const y = text.getAttribute("y")!;
      if (!y.endsWith("em")) expect(Number(y)).toBeLessThan(Number(root.getAttribute("height")));
    }
  });
});

function line(y: number[]): Series {
  return { name: "line", kind: "line", x: y, y };
}

describe("a scale", () => {
  const labels = (axis: Axis, values: number[]) => scaleOf(axis, values, 6).ticks.map(({ label }) => label);
  const linear = { label: "" };
  const log = { label: "", log: true };

  it("holds every value inside its domain", () => {
    for (const axis of [linear, log]) {
      const { domain, ticks } = scaleOf(axis, [0.3, 7, NaN, -Infinity], 6);
      expect(domain[0]).toBeLessThan(0.3);
      expect(domain[1]).toBeGreaterThan(7);
      for (const { value } of ticks) expect(value > domain[0] && value < domain[1]).toBe(true);
    }
  });

  it("has round ticks with as many digits as they need", () => {
    expect(labels(linear, [0, 1])).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    expect(labels(linear, [-10, 10])).toEqual(["−10", "−5", "0", "5", "10"]);
    expect(labels(linear, [0, 3e-6])).toEqual(["0", "1×10⁻⁶", "2×10⁻⁶", "3×10⁻⁶"]);
    expect(labels(linear, [0, 2.5e7])).toEqual(["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"].map(times("10⁷")));
  });

  it("has powers of ten where three fit in, and digits in between where not", () => {
    expect(labels(log, [1, 1000])).toEqual(["1", "10", "100", "1000"]);
    expect(labels(log, [10, 1e5])).toEqual(["10¹", "10²", "10³", "10⁴", "10⁵"]);
    expect(labels(log, [0.02, 0.8])).toEqual(["0.02", "0.05", "0.1", "0.2", "0.5"]);
    expect(labels(log, [2.1, 2.9])).toEqual(["2.2", "2.4", "2.6", "2.8"]);
    expect(labels(log, [1e-30, 1]).length).toBeLessThanOrEqual(8);
  });
});

function times(power: string) {
  return (digits: string) => (Number(digits) === 0 ? "0" : `${digits}×${power}`);
}

describe("the palette", () => {
  it("comes round dashed when the colours are used up", () => {
    const looks = [...looksOf(Array.from({ length: 9 }, (_, k) => `${k}`)).values()];
    expect(looks[7]).toEqual({ colour: COLOURS[0], again: true });
    expect(looks[6].again).toBe(false);
  });
});

describe("a folder of figures", () => {
  it("holds every figure as SVG, PNG, for papers and in numbers, in a folder made for it", async () => {
    const root = await mkdtemp(join(tmpdir(), "mesoflux-report-"));
    try {
      const folder = join(root, "a", "b");
      const paths = await writeFigures([lln, { ...lln, name: "other" }], folder);
      const files = (name: string) => [`${name}.svg`, `${name}.png`, `paper/${name}.svg`, `${name}.csv`];
      expect(paths).toEqual([...files("lln"), ...files("other")].map((name) => join(folder, name)));
      expect(await readFile(paths[0], "utf8")).toBe(renderFigure(lln));
      expect((await readFile(paths[1])).equals(renderPng(renderFigure(lln)))).toBe(true);
      expect(await readFile(paths[2], "utf8")).toBe(renderColumn(lln));
      expect(await readFile(paths[3], "utf8")).toBe(csvOf(lln));
      expect((await readdir(folder)).sort()).toEqual([
        ...["lln.csv", "lln.png", "lln.svg", "other.csv", "other.png", "other.svg", "paper"],
      ]);
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it("holds a page of reports beside their figures", async () => {
    const root = await mkdtemp(join(tmpdir(), "mesoflux-report-"));
    try {
      const reports = [{ ...report, figures: [lln] }, report];
      const heading = { title: "Verification", subtitle: "" };
      const paths = await writeReport(reports, root, heading);
      const names = ["index.html", "lln.svg", "lln.png", "paper/lln.svg", "lln.csv"];
      expect(paths).toEqual(names.map((name) => join(root, name)));
      expect(await readFile(paths[0], "utf8")).toBe(renderPage(reports, heading, renderInset));
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it("refuses names that would overwrite another file", async () => {
    await expect(writeFigures([{ ...lln, name: "../lln" }], tmpdir())).rejects.toThrow(/figures\[0\]\.name/);
    await expect(writeFigures([lln, lln], tmpdir())).rejects.toThrow(/"lln" again/);
    await expect(writeFigures([lln, { ...lln, name: "LLN" }], tmpdir())).rejects.toThrow(/"LLN" again/);
  });
});
