/** The rate: a law, or an expression of one's own that is judged while it is written, and its curve. */
import { RATE_LAWS, theory, type Problem } from "mesoflux";
import { Chart } from "./chart.ts";
import { element, make, offer, show } from "./dom.ts";
import { wordsOf } from "./fields.ts";
import { isLaw, modelOf, type Settings } from "./settings.ts";

/** The choice of an expression. */
const OWN = "own";

/** The curve goes from a quarter of the colder bath to four times the hotter one, by this many points. */
const BEYOND = 4;
const POINTS = 65;

/** Characters of an expression that are shown with a caret. */
const ROOM = 26;

export class RateField {
  private readonly law = element<HTMLSelectElement>("rate");
  private readonly expression = element<HTMLInputElement>("expression");
  private readonly wrong = element("expression-wrong");
  private readonly curve = new Chart(element("curve"), {
    x: "E",
    y: "f(E, E)",
    height: 120,
    logX: true,
    rangeY: (_, most) => [0, 1.1 * most],
    curves: [{ label: "f(E, E)", ink: "theory", width: 2 }],
  });
  /** The curve, and what is written, are looked at once a frame. */
  private readonly draw = onceAFrame(() => this.drawCurve(this.settings!));
  private readonly judge = onceAFrame(() => {
    if (this.law.value === OWN) this.taken(this.expression.value);
  });
  private settings: Settings | undefined;

  /** @param taken is called with a law, or with what is written. */
  constructor(private readonly taken: (rate: string) => void) {
    offer(this.law, [...RATE_LAWS, OWN]);
    this.law.addEventListener("input", () => this.choose());
    this.expression.addEventListener("input", this.judge);
  }

  show(settings: Settings): void {
    const { rate } = settings;
    const isOwn = !isLaw(rate);
    // What is wrong still stays to be corrected, whatever else changes.
    const isWrong = isOwn && rate === this.settings?.rate && this.expression.value !== rate;
    this.settings = settings;
    this.law.value = isOwn ? OWN : rate;
    element("own").hidden = !isOwn;
    if (!isWrong) this.say("");
    // A field that is written in keeps its cursor.
    if (isOwn && !isWrong && this.expression.value !== rate) this.expression.value = rate;
    this.draw();
  }

  /** Where the model has a rate of its own. */
  disable(isDisabled: boolean): void {
    this.law.disabled = this.expression.disabled = isDisabled;
  }

  /** Says what is wrong with what is written; a caret stands below the place. */
  complain(problem: Partial<Problem>): void {
    this.say(wordsOf(problem));
    if (problem.caret === undefined) return;
    const [text, mark] = problem.caret.split("\n");
    const from = Math.max(0, mark.length - ROOM);
    const lines = make("pre", {}, `${text.slice(from, from + ROOM + 1)}\n${mark.slice(from)}`);
    lines.setAttribute("aria-hidden", "true");
    this.wrong.append(lines);
  }

  private say(words: string): void {
    this.expression.setAttribute("aria-invalid", String(words !== ""));
    this.wrong.textContent = words;
    // The curve is that of the last good one.
    element("curve").classList.toggle("former", words !== "");
  }

  /** An expression begins as that of the law before, which has the same bits. */
  private choose(): void {
    const { value } = this.law;
    if (value !== OWN) return this.taken(value);
    const before = [...this.law.options].find((option) => option.value === this.settings?.rate);
    this.taken(before?.dataset.expression ?? this.expression.value);
  }

  private drawCurve(settings: Settings): void {
    const { left, right } = settings;
    const f = theory.rate(modelOf(settings));
    const [from, to] = [Math.min(left, right) / BEYOND, Math.max(left, right) * BEYOND];
    const energies = Array.from({ length: POINTS }, (_, i) => from * (to / from) ** (i / (POINTS - 1)));
    const rates = energies.map((E) => f(E, E));
    this.curve.set(energies, rates);
    const ends = `${show(rates[0])} at E = ${show(from)} to ${show(rates.at(-1))} at E = ${show(to)}`;
    element("curve").setAttribute("aria-label", `The rate f(E, E), from ${ends}`);
  }
}

/** Work that is done in the next frame, once however often it is asked for. */
function onceAFrame(work: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      work();
    });
  };
}
