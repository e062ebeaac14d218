/** The card of rare events: its form, the numbers while paths are counted, and what comes of them. */
import * as Comlink from "comlink";
import type { Chart } from "../chart.ts";
import { make } from "../dom.ts";
import type { LabEngine } from "../engine.worker.ts";
import { FieldForm } from "../fieldForm.ts";
import { integer, number, type Values } from "../fields.ts";
import { list } from "../numbers.ts";
import type { Settings } from "../settings.ts";
import { startWorker } from "../startEngine.ts";
import type { Card } from "../theorems/card.ts";
import { drawFigure } from "../theorems/figure.ts";
import { typeset } from "../typeset.ts";
import type { Count, Predictions, RareAnswer } from "./count.ts";
import type { AskedEvent, ChosenEvent } from "./event.ts";
import { CountChart, pathFigure, profileFigure } from "./figures.ts";
import * as words from "./words.ts";

const FIELDS = {
  cell: integer(1, 1, 200),
  time: number(1, 1e-4, 1e4),
  energy: number(1, 1e-3, 1e3),
};
type EventFields = Values<typeof FIELDS>;

const LABELS = { cell: "Cell", time: "Time t", energy: "Energy to pass" };

/** The search for the path holds its worker up: a worker that does not hear is ended. */
export class RareView {
  private worker: Worker | undefined;
  private engine: Comlink.Remote<LabEngine> | undefined;
  private settings!: Settings;
  private asked: AskedEvent = {};
  private chosen: ChosenEvent | undefined;
  private isCounting = false;
  private stop: ((error: Error) => void) | undefined;
  private charts: { remove(): void }[] = [];

  private readonly form = make("form", { className: "event", autocomplete: "off", hidden: true });
  private readonly place = make("p", { className: "hint" });
  private readonly body = make("div", { className: "result" });
  private readonly fields: FieldForm<typeof FIELDS>;

  constructor(private readonly card: Card) {
    for (const name of Object.keys(LABELS) as (keyof EventFields)[]) {
      const id = `event-${name}`;
      const input = make("input", { id, name, type: "number", step: name === "cell" ? "1" : "any" });
      this.form.append(make("div", {}, make("label", { htmlFor: id }, LABELS[name]), input));
    }
    this.form.append(make("p", { className: "row" }, make("button", { type: "reset" }, "Choose by theory")));
    this.fields = new FieldForm(this.form, {
      fields: FIELDS,
      names: ["cell", "time", "energy"],
      problemOf: (event) => this.problemOf(event),
      changed: (part) => void this.ask({ ...this.asked, ...part }),
      defaults: () => void this.ask({}),
    });
    card.result.append(this.form, this.place, this.body);
  }

  /** Counts the event that was asked for. @throws what the worker does; AbortError when it is cancelled. */
  async run(settings: Settings): Promise<void> {
    this.settings = settings;
    this.lock(true);
    this.card.say("Looking for the most likely path …");
    try {
      const answer = await Promise.race([this.counted(), new Promise<never>((_, reject) => (this.stop = reject))]);
      this.conclude(answer);
    } finally {
      this.isCounting = false;
      this.stop = undefined;
      this.lock(false);
    }
  }

  cancel(): void {
    if (this.isCounting) return void this.engine?.cancel();
    this.worker?.terminate();
    this.worker = this.engine = undefined;
    this.stop?.(Object.assign(new Error("cancelled"), { name: "AbortError" }));
  }

  /** The chain is another one: so is its event. */
  forget(): void {
    this.asked = {};
    this.form.hidden = true;
    this.place.textContent = "";
  }

  private ready(): Comlink.Remote<LabEngine> {
    this.worker ??= startWorker();
    return (this.engine ??= Comlink.wrap<LabEngine>(this.worker));
  }

  /** Predictions, counts and their place on the page. */
  private async counted(): Promise<RareAnswer> {
    let show: ((count: Count) => void) | undefined;
    const predicted = (predictions: Predictions) => {
      this.isCounting = true;
      this.card.say("Counting …");
      show = this.begin(predictions);
    };
    const answer = await this.ready().countRareEvent(
      this.settings,
      this.asked,
      Comlink.proxy(predicted),
      Comlink.proxy((count: Count) => show?.(count)),
    );
    show?.(answer.count);
    return answer;
  }

  /** Shows the predictions. @returns what shows a count. */
  private begin(predictions: Predictions): (count: Count) => void {
    const begin = performance.now();
    const { chosen, instanton, particles } = predictions;
    this.showEvent(chosen);
    for (const chart of this.charts) chart.remove();
    const finding = make("p", { className: "finding" });
    const numbers = make("dl", { className: "numbers" });
    const [comparison, plain] = [make("p"), make("p")];
    const figures = make("div", { className: "halves" });
    this.body.replaceChildren(
      finding,
      ...(chosen.isOther ? [make("p", { className: "quiet" }, ...typeset(words.OTHER_BATHS))] : []),
      numbers,
      comparison,
      plain,
      figures,
    );
    const counting = new CountChart(chosen.paths, -particles * instanton.action);
    figures.append(counting.element);
    this.charts = [counting];
    for (const figure of [pathFigure(predictions), profileFigure(predictions)]) {
      if (!figure) continue;
      const { element, chart }: { element: HTMLElement; chart: Chart } = drawFigure(figure);
      figures.append(element);
      this.charts.push(chart);
    }
    this.card.reveal();
    const show = (count: Count) => {
      const speed = count.paths / ((performance.now() - begin) / 1000);
      this.card.progress(count.paths / chosen.paths);
      finding.replaceChildren(...typeset(`${words.eventOf(chosen)} = ${words.counted(count)}`));
      list(numbers, (name) => typeset(name), [
        ["Paths counted", count.paths.toLocaleString("en")],
        ["by a Gaussian", words.power(predictions.logGaussian)],
        ["by e^-MA", words.power(-particles * instanton.action)],
        ["MA", (particles * instanton.action).toFixed(2)],
      ]);
      comparison.replaceChildren(...typeset(words.comparison(predictions, count)));
      plain.textContent = words.plainWords(count, speed);
      counting.add(count);
    };
    show({ paths: 0, logProbability: -Infinity, relativeError: NaN });
    return show;
  }

  private conclude(answer: RareAnswer): void {
    const { warnings, certificate } = answer;
    const text = make("pre", {}, JSON.stringify(certificate, undefined, 2));
    const scroll = make("div", { className: "scroll", tabIndex: 0 }, text);
    scroll.setAttribute("role", "group");
    scroll.setAttribute("aria-label", "Certificate of the rare event");
    const verdict = make("p", { className: warnings.length > 0 ? "bad" : "good" }, ...typeset(words.verdict(answer)));
    this.body.querySelector(".finding")!.after(verdict);
    this.body.append(
      make("details", {}, make("summary", {}, "Certificate, for replayRareEvent of mesoflux/rare"), scroll),
    );
  }

  private showEvent(chosen: ChosenEvent): void {
    this.chosen = chosen;
    this.form.hidden = false;
    this.fields.show({ cell: chosen.cell, time: chosen.time, energy: chosen.energy });
    this.place.textContent = `${words.placeOf(chosen)}.`;
  }

  /** Another event: what the theory says of its place. A cell or a time that changes has an energy of its own. */
  private async ask(asked: AskedEvent): Promise<void> {
    const isMoved = asked.cell !== this.asked.cell || asked.time !== this.asked.time;
    this.asked = isMoved ? { cell: asked.cell, time: asked.time } : asked;
    const chosen = await this.ready().chooseEvent(this.settings, this.asked);
    this.showEvent(chosen);
    this.body.classList.add("former");
    this.card.say("These numbers are the former event’s. Run to count this one.");
  }

  private problemOf({ cell, time }: EventFields) {
    const { latest } = this.chosen!;
    if (cell > this.settings.cells) return { expected: `an integer from 1 to ${this.settings.cells}` };
    return time > latest ? { expected: `a time up to ${latest}, so that a page can count a hundred paths` } : undefined;
  }

  private lock(isLocked: boolean): void {
    for (const one of this.form.querySelectorAll<HTMLInputElement>("input, button")) one.disabled = isLocked;
    if (isLocked) this.body.classList.remove("former");
  }
}
