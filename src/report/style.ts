/** The style sheet of the page: on a wide screen, on a phone, in the dark and on paper. */
import { COLOURS, COLOURS_IN_THE_DARK } from "./palette.ts";

/** A figure's colours in the dark, by the attributes that it is drawn with. */
const INKS_IN_THE_DARK = [
  ["white", "var(--surface)"],
  ["#e6e6e6", "var(--rule)"],
  ...["#595959", "#6b6b6b", "#8a8a8a"].map((grey) => [grey, "var(--pale)"]),
  ...COLOURS.map((colour, k) => [colour, COLOURS_IN_THE_DARK[k]]),
]
  .flatMap(([light, dark]) => ["fill", "stroke"].map((ink) => `  figure svg [${ink}="${light}"] { ${ink}: ${dark}; }`))
  .join("\n");

export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f7f7f5; --surface: #ffffff; --ink: #1c1f24; --pale: #565c67; --rule: #dcdee2; --soft: #eff0f1;
  --accent: #00619c; --good: #006b4a; --bad: #b01e17; --bad-ground: #fdecea; --shade: 0 1px 2px #0000000d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131519; --surface: #1a1d22; --ink: #e7e8ea; --pale: #a6acb7; --rule: #31353d; --soft: #22262c;
    --accent: #7fc3f2; --good: #62cfa0; --bad: #ff9a8f; --bad-ground: #3a1f1e; --shade: none;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 92rem; padding: 1.25rem 1rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
h1, h2, h3 { line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; margin: 0; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.8vw, 2.4rem); letter-spacing: -0.015em; }
h2 { font-size: clamp(1.3rem, 1.1rem + 0.8vw, 1.65rem); letter-spacing: -0.01em; }
h3 { font-size: 1.05rem; margin: 2rem 0 0.75rem; }
p, li { overflow-wrap: anywhere; }
p { margin: 0.5rem 0; max-width: 44rem; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
sub, sup { font-size: 0.72em; line-height: 0; }
.bar { display: inline-block; line-height: 0.86; padding-top: 0.06em; border-top: 0.07em solid; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.pale { color: var(--pale); }

.subtitle { font-size: 1.1rem; color: var(--pale); }
.outcome {
  margin: 1.25rem 0 0; padding: 1rem 1.25rem; background: var(--surface); border: 1px solid var(--rule);
  border-left: 6px solid var(--pale); border-radius: 8px; box-shadow: var(--shade);
}
.outcome.good { color: var(--ink); border-left-color: var(--good); }
.outcome.bad { color: var(--ink); border-left-color: var(--bad); }
.outcome .verdict { margin: 0; font-size: 1.35rem; font-weight: 650; line-height: 1.25; }
.good > .verdict { color: var(--good); }
.bad > .verdict { color: var(--bad); }
.outcome ul { margin: 0.75rem 0 0; padding-left: 1.2rem; }
.outcome + .scroll { margin-top: 1rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.75rem 2.25rem; margin: 0.9rem 0 0; }
.facts dt { font-size: 0.8rem; color: var(--pale); }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.outcome .facts dd { font-size: 1.2rem; }

nav { margin: 1.5rem 0; font-size: 0.95rem; }
nav ol { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--rule); }
nav a {
  display: grid; grid-template-columns: 1.4rem minmax(0, 1fr); padding: 0.55rem 0.4rem; color: inherit;
  text-decoration: none; border-bottom: 1px solid var(--rule);
}
nav a:hover { background: var(--soft); }
nav a span { overflow-wrap: anywhere; }
nav a span.count { font-size: 0.85rem; grid-column: 2; color: var(--pale); }

section { padding: 2.5rem 0 1rem; border-top: 1px solid var(--rule); }
section:first-child { border-top: 0; padding-top: 0.5rem; }
.badge { margin: 0.35rem 0 0.75rem; font-weight: 600; }
.statement { font-size: 1.075rem; }
.note { border-left: 3px solid var(--accent); padding-left: 0.9rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 25rem), 1fr)); gap: 1rem; }
figure {
  margin: 0; max-width: 42rem; padding: 0.75rem; background: var(--surface); border: 1px solid var(--rule);
  border-radius: 8px; box-shadow: var(--shade); break-inside: avoid;
}
figure svg { display: block; width: 100%; height: auto; color: var(--ink); }
figcaption { padding: 0.25rem 0.5rem 0.35rem; font-size: 0.9rem; line-height: 1.45; overflow-wrap: anywhere; }
figcaption strong { display: block; margin-bottom: 0.15rem; }
figcaption span { color: var(--pale); }
figcaption span.file { font-size: 0.8rem; }
.symbols { margin: 1rem 0; font-size: 0.95rem; }
.symbols div { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); gap: 0.75rem; max-width: 44rem; }
.symbols dt { font-weight: 600; overflow-wrap: anywhere; }
.symbols dd { margin: 0; }

.scroll {
  width: fit-content; min-width: min(100%, 28rem); max-width: 100%; margin: 0 0 1.5rem; overflow-x: auto; background: var(--surface); border: 1px solid var(--rule); border-radius: 8px;
  box-shadow: var(--shade);
}
.long { max-height: 85vh; overflow-y: auto; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 0.85rem; line-height: 1.4; }
caption { overflow-wrap: anywhere; padding: 0.7rem 0.75rem 0.4rem; text-align: left; font-weight: 600; font-size: 0.95rem; }
th, td { padding: 0.4rem 0.6rem; text-align: left; overflow-wrap: anywhere; vertical-align: top; border-bottom: 1px solid var(--rule); }
tbody tr:last-child > * { border-bottom: 0; }
thead th {
  position: sticky; top: 0; z-index: 1; background: var(--surface); color: var(--pale); font-weight: 600;
  vertical-align: bottom; border-bottom: 2px solid var(--rule);
}
tbody td { min-width: 9rem; }
tbody th { font-weight: 400; min-width: 11rem; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 0; }
th.short, td.short { white-space: nowrap; min-width: 0; }
thead th.number { white-space: normal; overflow-wrap: normal; }
tr.failed > * { background: var(--bad-ground); }
td.result { font-weight: 650; white-space: nowrap; min-width: 0; }
.worst { display: block; font-size: 0.8rem; color: var(--pale); }
.failed .worst { color: inherit; }
/* From -limit on the left to +limit on the right, with 0 in the middle. */
.z {
  display: block; position: relative; width: 4.5rem; height: 0.4rem; margin: 0.2rem 0 0 auto; border-radius: 2px;
  background: linear-gradient(var(--pale), var(--pale)) 50% / 1px 100% no-repeat var(--rule);
}
.z i { position: absolute; top: 0; bottom: 0; background: var(--accent); border-radius: 2px; }
.failed .z i { background: var(--bad); }

details { margin: 1.5rem 0; }
summary { cursor: pointer; font-weight: 600; width: max-content; }
pre {
  margin: 0.75rem 0; padding: 0.9rem; max-height: 22rem; overflow: auto; font-size: 0.8rem; line-height: 1.5;
  background: var(--soft); border: 1px solid var(--rule); border-radius: 8px; white-space: pre-wrap;
  overflow-wrap: anywhere; user-select: all;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}

@media (min-width: 70rem) {
  body { padding: 2.5rem 2rem 6rem; }
  .beside { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 2.5rem; margin-top: 1.5rem; }
  nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; margin: 0; padding: 0.5rem 0; }
}
@media (min-width: 88rem) {
  /* No box of its own to scroll in: the header of a long table stays at the top of the window. */
  .fits { overflow: visible; max-height: none; }
  .fits thead th:first-child { border-top-left-radius: 8px; }
  .fits thead th:last-child { border-top-right-radius: 8px; }
}
@media screen and (prefers-color-scheme: dark) {
${INKS_IN_THE_DARK}
}
@media print {
  :root {
    color-scheme: light; --ground: #ffffff; --surface: #ffffff; --ink: #000000; --pale: #444444; --rule: #bbbbbb;
    --soft: #ffffff; --accent: #00619c; --good: #00543a; --bad: #a01410; --bad-ground: #fdecea; --shade: none;
  }
  @page { margin: 15mm; }
  html { font-size: 9pt; }
  body { max-width: none; padding: 0; }
  nav, .skip, details:not([open]) { display: none; }
  .beside { display: block; }
  .figures { grid-template-columns: 1fr 1fr; }
  .scroll { overflow: visible; max-height: none; border: 0; }
  table { font-size: 0.75rem; }
  th, td { padding: 0.2rem 0.4rem; }
  tbody th, tbody td { min-width: 0; }
  thead th { position: static; }
  tr, .note, .outcome { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  pre { max-height: none; }
  .z, tr.failed > * { print-color-adjust: exact; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
