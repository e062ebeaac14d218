/** Reports as one HTML page that needs nothing else: no network, no script; the same bytes for the same reports. */
import type { Figure, Report } from "./data.ts";
import { INSTALL } from "./drawing.node.ts";
import { explanations, type Explanation } from "./glossary.ts";
import { Markup, markup, prose, verbatim } from "./markup.ts";
import { checksMarkup, rowId, tableMarkup } from "./pageTables.ts";
import { STYLE } from "./style.ts";
import { clean } from "./text.ts";
import { summaryOf, totalsOf, type Totals } from "./totals.ts";

/** The head of the page. */
export interface Heading {
  readonly title: string;
  readonly subtitle: string;
  /** Facts by name, such as the cells of the chain, the seed, the version. */
  readonly summary?: readonly (readonly [name: string, value: number | string])[];
}

interface Section {
  readonly report: Report;
  /** The beginning of every id of the section, unique on the page. */
  readonly id: string;
  readonly totals: Totals;
  /** The symbols that no section before it has used. */
  readonly symbols: readonly Explanation[];
}

/** Makes the SVG of a figure. */
type Draw = (figure: Figure) => string;

/** The page as HTML text. Without `draw` it has the words of its figures, and says what to install. */
export function renderPage(reports: readonly Report[], heading: Heading, draw?: Draw): string {
  const told = new Set<string>();
  const sections = reports.map((report, k): Section => {
    const id = `${k + 1}-${report.name.replace(/[^\w-]/g, "")}`;
    return { report, id, totals: totalsOf(report.checks), symbols: explanations(report, told) };
  });
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${heading.title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#results">Skip to the results</a>
<header>
<h1>${prose(heading.title)}</h1>
${paragraph("subtitle", heading.subtitle)}${outcomeMarkup(sections)}${
    reports.length > 1 ? tableMarkup(summaryOf(reports)) : []
  }${factsMarkup(heading.summary ?? [])}${
    draw ? [] : markup`<p class="note"><strong>Without figures:</strong> ${prose(INSTALL)}</p>\n`
  }</header>
<div class="beside">
<nav aria-label="Reports">
<ol>
${sections.map(linkMarkup)}</ol>
</nav>
<main id="results">
${sections.map((section) => sectionMarkup(section, draw))}</main>
</div>
</body>
</html>
`.html;
}

/** The verdict over all checks, their number, and links to those that failed. */
function outcomeMarkup(sections: readonly Section[]): Markup {
  const checks = sections.flatMap(({ report }) => report.checks);
  const { verdict, comparisons, falseAlarm } = totalsOf(checks);
  const failed = sections.flatMap(({ report, id }) => {
    return report.checks.flatMap(({ passed, name }, k) => (passed ? [] : [{ name, report, row: rowId(id, k) }]));
  });
  const look = toneOf(checks.length, failed.length);
  const numbers: [string, number][] = [
    ["Reports", sections.length],
    ["Checks", checks.length],
    ["Comparisons", comparisons],
    ["Total false-alarm rate", falseAlarm],
  ];
  const links = failed.map(({ name, report, row }) => {
    return markup`<li><a href="#${row}">${prose(name)}</a> <span class="pale">(${prose(report.title)})</span></li>\n`;
  });
  return markup`<div class="outcome ${look.tone}">
<p class="verdict"><span aria-hidden="true">${look.sign}</span> ${verdict}</p>
${factsMarkup(numbers)}${links.length === 0 ? [] : markup`<ul>\n${links}</ul>\n`}<p class="pale">A right simulation
fails one check or more of this page with a probability of at most the total false-alarm rate.</p>
</div>
`;
}

function factsMarkup(facts: NonNullable<Heading["summary"]>): Markup | [] {
  if (facts.length === 0) return [];
  const pairs = facts.map(([name, value]) => {
    return markup`<div><dt>${prose(name)}</dt><dd>${typeof value === "number" ? value : prose(value)}</dd></div>\n`;
  });
  return markup`<dl class="facts">\n${pairs}</dl>\n`;
}

function linkMarkup({ report, id, totals }: Section): Markup {
  const { tone, sign } = toneOf(report.checks.length, totals.failed.length);
  return markup`<li><a href="#${id}">
<span class="${tone}" aria-hidden="true">${sign}</span>
<span>${prose(report.title)}</span>
<span class="count">${totals.verdict}</span>
</a></li>
`;
}

function sectionMarkup({ report, id, totals, symbols }: Section, draw?: Draw): Markup {
  const { title, statement, notes, figures, tables, checks, certificates } = report;
  const { tone, sign } = toneOf(checks.length, totals.failed.length);
  const parts = [
    paragraph("statement", statement),
    symbols.length === 0 ? [] : markup`<dl class="symbols">\n${symbols.map(symbolMarkup)}</dl>\n`,
    notes.map((note) => markup`<p class="note"><strong>Note:</strong> ${prose(note)}</p>\n`),
    part("Figures", figures, markup`<div class="figures">\n${figures.map((one) => figureMarkup(one, draw))}</div>\n`),
    part("Tables", tables, markup`${tables.map(tableMarkup)}`),
    part("Checks", checks, checksPart(report, id, totals)),
    certificates.length === 0 ? [] : certificatesMarkup(certificates),
  ];
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${prose(title)}</h2>
<p class="badge ${tone}"><span aria-hidden="true">${sign}</span> ${totals.verdict}</p>
${parts}</section>
`;
}

function symbolMarkup({ symbol, meaning }: Explanation): Markup {
  return markup`<div><dt>${prose(symbol)}</dt><dd>${prose(meaning)}</dd></div>\n`;
}

function paragraph(kind: string, text: string): Markup | [] {
  return text === "" ? [] : markup`<p class="${kind}">${prose(text)}</p>\n`;
}

/** A part of a report under its heading, left out if it is empty. */
function part(name: string, contents: readonly unknown[], content: Markup): Markup | [] {
  return contents.length === 0 ? [] : markup`<h3>${name}</h3>\n${content}`;
}

function figureMarkup(figure: Figure, draw?: Draw): Markup {
  const { name, title } = figure;
  const caption = figure.caption === "" ? [] : markup`<span class="said">${prose(figure.caption)}</span> `;
  return markup`<figure>
${draw ? new Markup(draw(figure)) : []}<figcaption><strong>${prose(title)}</strong>${caption}<span class="file">${name}</span></figcaption>
</figure>
`;
}

function checksPart({ checks }: Report, id: string, { comparisons, falseAlarm }: Totals): Markup {
  return markup`${checksMarkup(checks, id)}<p class="pale">z is the distance of the measurement from the prediction in
standard errors, n the number of independent observations. “Detects” is the smallest error of a measurement, in its own
unit, that the check finds as surely as it passes a right one. ${comparisons} comparisons; a right simulation fails here
with probability ${falseAlarm} at most.</p>
`;
}

/** Certificates as JSON, each selected as a whole by a click. */
function certificatesMarkup(certificates: readonly object[]): Markup {
  return markup`<details>
<summary>Certificates of the runs (${certificates.length})</summary>
<p>Each repeats one run to the last bit: saved as a file, <code>mesoflux replay</code> takes it. A click selects it.</p>
${certificates.map((certificate) => markup`<pre tabindex="0">${verbatim(jsonOf(certificate))}</pre>\n`)}</details>
`;
}

/** Indented JSON with lists of numbers on one line. */
function jsonOf(value: object): string {
  return JSON.stringify(value, null, 2).replace(/\[\n[^[\]{}"]*\]/g, (list) => {
    return clean(list).replace("[ ", "[").replace(" ]", "]");
  });
}

function toneOf(checks: number, failed: number): { tone: string; sign: string } {
  if (checks === 0) return { tone: "pale", sign: "–" };
  return failed === 0 ? { tone: "good", sign: "✓" } : { tone: "bad", sign: "✗" };
}
