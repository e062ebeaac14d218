/** A form of settings: fields with sliders beside them, the next seed, the defaults, and a link to copy. */
import type { Problem } from "mesoflux";
import { make } from "./dom.ts";
import { type Fields, seed, type Values, wordsOf } from "./fields.ts";

/** Steps of a logarithmic slider in a factor of ten: 1, 1.3, 1.6, 2, .. */
const STEPS = 10;

interface FormSpec<F extends Fields> {
  readonly fields: F;
  /** The fields that are inputs of the form by these names. */
  readonly names: readonly (keyof F & string)[];
  /** What is wrong with settings as a whole. */
  problemOf(settings: Values<F>): Partial<Problem> | undefined | Promise<Partial<Problem> | undefined>;
  changed(part: Partial<Values<F>>): void;
  defaults(): void;
  /** The address that reproduces what is seen; of a form that has a link to copy. */
  readonly link?: () => string;
}

export class FieldForm<F extends Fields> {
  private settings!: Values<F>;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly spec: FormSpec<F>,
  ) {
    for (const name of spec.names) {
      const input = this.input(name);
      const id = `${input.id}-wrong`;
      input.setAttribute("aria-describedby", id);
      const said = make("p", { id, className: "wrong bad" });
      said.setAttribute("role", "status");
      input.closest("form > div")!.append(said);
      input.addEventListener("input", () => void this.take(name, input.value));
    }
    for (const slider of this.sliders()) {
      slider.addEventListener("input", () => void this.take(nameOf(slider), valueOf(slider)));
      if (isLogarithmic(slider)) fitLogarithmic(slider, this.input(nameOf(slider)));
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      spec.defaults();
    });
    this.button("next-seed")?.addEventListener(
      "click",
      () => void this.take("seed", nextSeed(this.input("seed").value)),
    );
    const { link } = spec;
    if (link) this.button("copy-link")!.addEventListener("click", () => void this.copyLink(link));
  }

  show(settings: Values<F>): void {
    this.settings = settings;
    for (const name of this.spec.names) {
      const input = this.input(name);
      // A field that is being edited keeps its text.
      if (input !== document.activeElement || this.spec.fields[name].read(input.value) !== settings[name]) {
        input.value = String(settings[name]);
      }
      this.complain(name, "");
    }
    for (const slider of this.sliders()) {
      const value = Number(settings[nameOf(slider)]);
      slider.value = String(isLogarithmic(slider) ? Math.round(STEPS * Math.log10(value)) : value);
      slider.setAttribute("aria-valuetext", String(value));
    }
  }

  /** Takes a value if there is nothing wrong with it. @returns what is. */
  async judge(name: keyof F & string, text: string): Promise<Partial<Problem> | undefined> {
    const field = this.spec.fields[name];
    const value = field.read(text);
    if (value === undefined) return { expected: field.expected };
    const problem = await this.spec.problemOf({ ...this.settings, [name]: value });
    if (!problem) this.spec.changed({ [name]: value } as Partial<Values<F>>);
    return problem;
  }

  input<E extends HTMLElement = HTMLInputElement>(name: keyof F & string): E {
    return this.form.elements.namedItem(name) as Element as E;
  }

  /** Takes a value; an invalid one is marked and changes nothing. */
  private async take(name: keyof F & string, text: string): Promise<void> {
    const problem = await this.judge(name, text);
    if (problem) this.complain(name, wordsOf(problem));
  }

  /** Says under a field what is wrong with it; nothing if nothing is. */
  private complain(name: keyof F & string, text: string): void {
    const input = this.input(name);
    input.setAttribute("aria-invalid", String(text !== ""));
    document.getElementById(`${input.id}-wrong`)!.textContent = text;
  }

  private sliders(): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>("[data-dial]")];
  }

  private button(name: string): HTMLElement | null {
    return this.form.querySelector(`.${name}`);
  }

  private async copyLink(of: () => string): Promise<void> {
    const link = new URL(location.href);
    link.search = of();
    const said = this.button("copied")!;
    try {
      await navigator.clipboard.writeText(link.href);
      said.textContent = "copied";
    } catch {
      // Without permission for the clipboard, the link goes to the address bar.
      history.replaceState(null, "", link);
      said.textContent = "it is in the address bar";
    }
    setTimeout(() => (said.textContent = ""), 3000);
  }
}

const nameOf = (slider: HTMLInputElement) => slider.dataset.dial!;
const isLogarithmic = (slider: HTMLInputElement) => slider.dataset.logarithmic !== undefined;

/** The value of a slider: of two digits if it is logarithmic. */
function valueOf(slider: HTMLInputElement): string {
  const position = Number(slider.value);
  return String(isLogarithmic(slider) ? Number((10 ** (position / STEPS)).toPrecision(2)) : position);
}

function fitLogarithmic(slider: HTMLInputElement, { min, max }: HTMLInputElement): void {
  slider.min = String(STEPS * Math.log10(Number(min)));
  slider.max = String(STEPS * Math.log10(Number(max)));
}

function nextSeed(text: string): string {
  return String((BigInt(seed.read(text) ?? seed.fallback) + 1n) % 2n ** 64n);
}
