/** A theorem on the page: what it says, a button that tries it on the chain, and the report of it. */
import type { Certificate, Report } from "mesoflux";
import type { Chart } from "../chart.ts";
import { make } from "../dom.ts";
import { drawFigure, isDrawable } from "./figure.ts";
import { explain, glossary, typeset } from "../typeset.ts";
import { checkTable, findingOf, namesOf, tableOf, verdictOf } from "./results.ts";
import type { CardText, TheoremText } from "./texts.ts";

interface CardActions {
  readonly run: () => void;
  readonly cancel: () => void;
  readonly showCertificate: (certificate: Certificate) => void;
}

export class Card {
  readonly element = make("section", { className: "card theorem" });
  private readonly runButton = make("button", { type: "button", className: "main" }, "Run");
  private readonly cancelButton = make("button", { type: "button", hidden: true }, "Cancel");
  private readonly bar = make("progress", { max: 1, value: 0 });
  private readonly percent = make("span", { className: "percent" });
  private readonly meter = make("span", { className: "meter", hidden: true }, this.bar, this.percent);
  private readonly status = make("p", { className: "quiet" });
  readonly result = make("div", { className: "result", hidden: true });
  private charts: Chart[] = [];

  constructor(
    readonly text: CardText,
    private readonly actions: CardActions,
  ) {
    const id = `theorem-${text.name}`;
    this.element.setAttribute("aria-labelledby", id);
    this.status.setAttribute("role", "status");
    this.bar.setAttribute("aria-label", `${text.title}: progress`);
    this.runButton.setAttribute("aria-describedby", id);
    this.cancelButton.setAttribute("aria-describedby", id);
    this.element.append(
      make("h2", { id }, text.title),
      make("p", {}, ...explain(text.statement, text.signs)),
      glossary(text.signs),
      make("p", { className: "row" }, this.runButton, this.cancelButton, this.meter),
      this.status,
      this.result,
    );
    this.runButton.addEventListener("click", () => actions.run());
    this.cancelButton.addEventListener("click", () => this.cancel());
  }

  cancel(): void {
    this.actions.cancel();
  }

  /** A run begins. */
  begin(): void {
    this.progress(0);
    this.meter.hidden = this.cancelButton.hidden = false;
    if (document.activeElement === this.runButton) this.cancelButton.focus();
    this.runButton.hidden = true;
    this.say("Running …");
  }

  progress(share: number): void {
    this.bar.value = share;
    this.percent.textContent = `${Math.round(100 * share)}%`;
  }

  /** Shows a report, in tasks of their own: all at once would hold up the page. */
  async show(report: Report, { headlines, resultSigns }: TheoremText): Promise<void> {
    for (const chart of this.charts) chart.remove();
    this.charts = [];
    const figures = make("div", { className: "halves" });
    this.result.replaceChildren(
      make("p", { className: "finding" }, ...typeset(findingOf(report, headlines))),
      make("p", { className: report.passed ? "good" : "bad" }, ...typeset(verdictOf(report))),
      figures,
      glossary(resultSigns),
      this.scrolled("checks", checkTable(report.checks)),
    );
    this.reveal();
    for (const figure of report.figures.filter(isDrawable)) {
      await nextTask();
      const { element, chart } = drawFigure(figure);
      this.charts.push(chart);
      figures.append(element);
    }
    await nextTask();
    this.result.append(...this.details(report));
  }

  /** Shows what a run has filled in. */
  reveal(): void {
    this.result.hidden = false;
    this.result.classList.remove("former");
  }

  /** The notes on missing checks, the other tables, and the certificates. */
  private details({ notes, tables, figures, certificates }: Report): Node[] {
    const missing = figures.filter((figure) => !isDrawable(figure));
    const without = [...notes, ...missing.map(({ title }) => `${title}: a figure of more points than a page draws`)];
    const list = make("ul", {}, ...without.map((note) => make("li", {}, ...typeset(note))));
    const names = namesOf(certificates as Certificate[]);
    const buttons = (certificates as Certificate[]).map((certificate, i) => {
      const button = make("button", { type: "button" }, ...typeset(`Certificate, ${names[i]}`));
      button.addEventListener("click", () => this.actions.showCertificate(certificate));
      return button;
    });
    const under = (heading: string, ...children: Node[]) =>
      make("details", {}, make("summary", {}, ...typeset(heading)), ...children);
    return [
      ...(without.length > 0
        ? [make("p", { className: "quiet" }, "Beyond this page, or beyond the theory:"), list]
        : []),
      ...tables.map((table) => under(table.title, this.scrolled(table.title, tableOf(table)))),
      under("Certificates of the simulations", make("p", { className: "row" }, ...buttons)),
    ];
  }

  /** A table that is wider than a phone, which is scrolled by keyboard, too. */
  private scrolled(name: string, table: HTMLTableElement): HTMLElement {
    const place = make("div", { className: "scroll", tabIndex: 0 }, table);
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", `${this.text.title}: ${name}`);
    return place;
  }

  /** A run has ended, well or not. */
  end(): void {
    const hadFocus = document.activeElement === this.cancelButton;
    this.runButton.hidden = false;
    this.meter.hidden = this.cancelButton.hidden = true;
    if (hadFocus) this.runButton.focus();
  }

  say(text: string, isProblem = false): void {
    this.status.textContent = text;
    this.status.classList.toggle("bad", isProblem);
  }

  /** While another card runs, this one cannot. */
  setAvailable(isAvailable: boolean): void {
    this.runButton.disabled = !isAvailable;
  }

  /** What was tried is another thing now. */
  outdate(what = "chain"): void {
    if (this.result.hidden) return;
    this.result.classList.add("former");
    this.say(`These numbers are the former ${what}'s. Run to see this one's.`);
  }
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));
