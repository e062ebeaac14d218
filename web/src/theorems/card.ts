/** A theorem on the page: what it says, a button that tries it on the chain, and what came out. */
import type { Certificate } from "mesoflux";
import { make } from "../dom.ts";
import type { Draw } from "./figure.ts";
import { verdictOf, type Outcome } from "./outcome.ts";
import { tableOf } from "./table.ts";

export interface CardText<O extends Outcome> {
  /** For the ids of its elements. */
  readonly name: string;
  readonly title: string;
  /** What the theorem says, with its formula. */
  readonly statement: string;
  /** Puts the charts into a place; what comes back draws an outcome on them. */
  readonly view: (place: HTMLElement) => Draw<O>;
}

export interface CardActions {
  readonly run: () => void;
  readonly cancel: () => void;
  readonly showCertificate: (certificate: Certificate) => void;
}

export class Card<O extends Outcome> {
  readonly element = make("section", { className: "card theorem" });
  private readonly runButton = make("button", { type: "button", className: "main" }, "Run");
  private readonly cancelButton = make("button", { type: "button", hidden: true }, "Cancel");
  private readonly bar = make("progress", { max: 1, value: 0 });
  private readonly percent = make("span", { className: "percent" });
  private readonly meter = make("span", { className: "meter", hidden: true }, this.bar, this.percent);
  private readonly status = make("p", { className: "quiet" });
  private readonly result = make("div", { className: "result", hidden: true });
  private readonly finding = make("p", { className: "finding" });
  private readonly chosen = make("p", { className: "quiet" });
  private readonly numbers = make("div", { className: "scroll" });
  private readonly verdict = make("p");
  private readonly certificates = make("p", { className: "row" });
  private readonly draw: Draw<O>;

  constructor(
    { name, title, statement, view }: CardText<O>,
    private readonly actions: CardActions,
  ) {
    const id = `theorem-${name}`;
    this.element.setAttribute("aria-labelledby", id);
    this.status.setAttribute("role", "status");
    this.bar.setAttribute("aria-label", `${title}: progress`);
    this.runButton.setAttribute("aria-describedby", id);
    this.cancelButton.setAttribute("aria-describedby", id);
    // A table that is wider than a phone is scrolled by keyboard, too.
    this.numbers.tabIndex = 0;
    this.numbers.setAttribute("role", "group");
    this.numbers.setAttribute("aria-label", `${title}: numbers`);
    const charts = make("div", { className: "charts" });
    this.draw = view(charts);
    this.result.append(this.finding, charts, this.numbers, this.verdict, this.chosen, this.certificates);
    this.element.append(
      make("h2", { id }, title),
      make("p", {}, statement),
      make("p", { className: "row" }, this.runButton, this.cancelButton, this.meter),
      this.status,
      this.result,
    );
    this.runButton.addEventListener("click", () => actions.run());
    this.cancelButton.addEventListener("click", () => actions.cancel());
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

  async show(outcome: O, seconds: number): Promise<void> {
    this.result.hidden = false;
    this.result.classList.remove("former");
    this.finding.textContent = outcome.finding;
    this.chosen.textContent = outcome.chosen;
    this.numbers.replaceChildren(tableOf(outcome.rows));
    this.verdict.textContent = verdictOf(outcome.rows);
    this.certificates.replaceChildren(
      ...outcome.certificates.map(({ name, certificate }) => {
        const button = make("button", { type: "button" }, `Certificate, ${name}`);
        button.addEventListener("click", () => this.actions.showCertificate(certificate));
        return button;
      }),
    );
    this.say(`Done in ${seconds.toFixed(1)} s.`);
    const figures = this.draw(outcome);
    while (!figures.next().done) await nextTask();
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

  /** The chain is another one now. */
  outdate(): void {
    if (this.result.hidden) return;
    this.result.classList.add("former");
    this.say("These numbers are the former chain's. Run to see this one's.");
  }
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));
