/** The page of reports: complete, self-contained, escaped, and readable by those who do not see it. */
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { Check, Figure, Report, Table } from "../../src/report/data.ts";
import { renderInset } from "../../src/report/figure.node.ts";
import * as page from "../../src/report/page.node.ts";
import { residualFigure } from "../../src/report/residuals.ts";

const renderPage = (reports: readonly Report[], heading: page.Heading) =>
  page.renderPage(reports, heading, renderInset);

const attack = `"><script>alert(1)</script><img src=x onerror='&'>`;

const check = (name: string, z: number): Check => ({
  name,
  predicted: 1.5,
  measured: 1.50123,
  standardError: 0.001,
  z,
  limit: 6,
  comparisons: 30,
  falseAlarm: 1e-7,
  samples: 4096,
  detects: 0.012,
  passed: Math.abs(z) <= 6,
});

const figure = (name: string, dots = 50): Figure =>
  residualFigure({
    name,
    title: `Residuals of Θ^M, ${name}`,
    groups: [{ name: "means", z: Array.from({ length: dots }, (_, k) => Math.sin(k * k)) }],
    limit: 6,
  });

const table: Table = {
  title: "Distance to Θ̄",
  columns: ["M", "word"],
  rows: [
    [100, "far"],
    [1e-7, "near"],
  ],
};

const report = (name: string, checks: Check[], more: Partial<Report> = {}): Report => ({
  name,
  title: `Theorem ${name}`,
  statement: "Θ^M tends to Θ̄.",
  notes: [],
  tables: [table],
  checks,
  figures: [figure(`${name}-a`), figure(`${name}-b`)],
  certificates: [{ seed: "1", times: [0.25, 1] }],
  passed: checks.every(({ passed }) => passed),
  ...more,
});

const heading = {
  title: "Verification",
  subtitle: "ten cells",
  summary: [
    ["seed", "0"],
    ["cells", 10],
  ],
} as const;
const reports = [
  report("lln", [check("slope", 1), check("distance", 2)]),
  report("clt", [check("mean", -3), check("covariance", 12), check("lost", NaN)], { notes: ["sqrt-min has corners."] }),
  report("ness", [], { figures: [], tables: [], certificates: [] }),
];
const html = renderPage(reports, heading);
const { document } = parseHTML(html);
const all = (selector: string, root: { querySelectorAll: typeof document.querySelectorAll } = document) =>
  Array.from(root.querySelectorAll(selector));

/** Every start tag has its end and every attribute its quotes: linkedom would forgive these. */
function expectBalanced(page: string): void {
  const open: string[] = [];
  const body = page.slice(page.indexOf("<body>")).replace("</html>", "");
  const rest = body.replace(
    /<(\/?)([A-Za-z]\w*)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, end, name, _attributes, empty) => {
      if (end) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(rest).not.toMatch(/&(?!(amp|lt|gt|quot);)/);
}

describe("the page", () => {
  it("has all but the drawings where nothing draws, and says what to install", () => {
    const undrawn = parseHTML(page.renderPage(reports, heading)).document;
    expect(all("svg", undrawn)).toEqual([]);
    expect(undrawn.querySelector("header")!.textContent).toContain("npm install @observablehq/plot linkedom");
    const words = (root: typeof document) => all("figcaption, td, h3", root).map(({ textContent }) => textContent);
    expect(words(undrawn)).toEqual(words(document));
  });

  it("has the same bytes for the same reports", () => {
    expect(renderPage(structuredClone(reports), heading)).toBe(html);
  });

  it("needs no network and no script", () => {
    expectBalanced(html);
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|src=|javascript:/i);
    for (const link of all("a")) expect(link.getAttribute("href")).toMatch(/^#/);
  });

  it("shows at a glance what passed and how sure that is", () => {
    const outcome = document.querySelector(".outcome")!.textContent;
    expect(outcome).toContain("2 of 5 checks FAILED");
    expect(outcome).toContain("5.000×10⁻⁷");
    expect(outcome).toContain("150");
    const entries = all("nav li").map((entry) => entry.textContent.replace(/\s+/g, " ").trim());
    expect(entries).toEqual([
      "✓ Theorem lln all 2 checks passed",
      "✗ Theorem clt 2 of 3 checks FAILED",
      "– Theorem ness no checks",
    ]);
    expect(renderPage(reports.slice(0, 1), heading)).toContain("all 2 checks passed");
  });

  it("leads to every report and to every check that failed", () => {
    const ids = all("[id]").map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of all("a")) expect(ids).toContain(link.getAttribute("href")!.slice(1));
    expect(all(".outcome a").map((link) => link.textContent)).toEqual(["covariance", "lost"]);
    const twice = parseHTML(renderPage([reports[0], reports[0], report("1-lln", [])], heading)).document;
    const again = all("[id]", twice).map((element) => element.id);
    expect(new Set(again).size).toBe(again.length);
  });

  it("says everything that a report says", () => {
    const [, clt, ness] = all("section");
    for (const words of ["ΘM tends to Θ.", "sqrt-min has corners.", "Residuals of ΘM, clt-a", "Distance to Θ"]) {
      expect(clt.textContent).toContain(words);
    }
    expect(all("figure svg", clt)).toHaveLength(2);
    expect(all("h3", clt).map((title) => title.textContent)).toEqual(["Figures", "Tables", "Checks"]);
    expect(all("h3", ness)).toHaveLength(0);
    expect(clt.querySelector("details pre")!.textContent).toBe('{\n  "seed": "1",\n  "times": [0.25, 1]\n}');
    expect(document.querySelector("header")!.textContent).toMatch(/ten cells[^]*seed\s*0[^]*cells\s*10/);
  });

  it("puts z beside its limit, and no bar where there is none", () => {
    const rows = all("section tr[id]");
    const bars = rows.map((row) => row.querySelector(".z i")?.getAttribute("style"));
    expect(bars).toEqual([
      "left:50.0%;width:8.3%",
      "left:50.0%;width:16.7%",
      "left:25.0%;width:25.0%",
      "left:50.0%;width:50.0%",
      undefined,
    ]);
    const cells = all("td, th", rows[3]).map((cell) => cell.textContent);
    expect(cells).toEqual([
      "✗ FAIL",
      "covarianceworst of 30",
      "1.500",
      "1.501",
      "0.001000",
      "12",
      "6",
      "4096",
      "1.000×10⁻⁷",
      "0.01200",
    ]);
  });

  it("is made for readers that do not see it", () => {
    expect(document.documentElement.lang).toBe("en");
    for (const landmark of ["header", "nav[aria-label]", "main"]) expect(all(landmark)).toHaveLength(1);
    const levels = all("h1, h2, h3").map(({ localName }) => Number(localName[1]));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, k) => expect(level).toBeLessThanOrEqual(levels[k] + 1));
    for (const one of all("table")) {
      expect(one.querySelector("caption")!.textContent).not.toBe("");
      for (const cell of all("th", one)) expect(cell.getAttribute("scope")).toMatch(/^(row|col)$/);
    }
    for (const svg of all("svg")) {
      expect(svg.getAttribute("role")).toBe("img");
      expect(svg.querySelector("title")!.textContent).not.toBe("");
    }
  });

  it("escapes every word", () => {
    const words: Report = {
      name: attack,
      title: attack,
      statement: attack,
      notes: [attack],
      tables: [{ title: attack, columns: [attack], rows: [[attack, attack]] }],
      checks: [check(attack, 100)],
      figures: [{ ...figure("a"), title: attack, caption: attack, x: { label: attack } }],
      certificates: [{ [attack]: attack }],
      passed: false,
    };
    const page = renderPage([words], { title: attack, subtitle: attack, summary: [[attack, attack]] });
    expectBalanced(page);
    expect(page).not.toMatch(/<script|<img/);
    expect(parseHTML(page).document.querySelector("h1")!.textContent).toBe(attack);
    expect(JSON.parse(parseHTML(page).document.querySelector("pre")!.textContent)).toEqual({ [attack]: attack });
  });

  it("stands with nothing to show", () => {
    expectBalanced(renderPage([], { title: "Nothing", subtitle: "" }));
    expect(renderPage([], { title: "Nothing", subtitle: "" })).toContain("no checks");
    const empty = { title: "", columns: [], rows: [] };
    expectBalanced(renderPage([report("a", [], { tables: [empty, { ...table, rows: [[], [1, 2, 3]] }] })], heading));
  });

  it("stays below 1.5 MB with ten reports, twenty figures and a thousand dots in each", () => {
    const ten = Array.from({ length: 10 }, (_, k) =>
      report(
        `r${k}`,
        Array.from({ length: 60 }, (_, i) => check(`check ${i}`, 1)),
        {
          figures: [figure(`r${k}-a`, 1000), figure(`r${k}-b`, 1000)],
        },
      ),
    );
    expect(Buffer.byteLength(renderPage(ten, heading))).toBeLessThan(1.5e6);
  });
});
