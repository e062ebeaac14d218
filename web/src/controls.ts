/** The form: turns input into settings, and shows settings. */
import { BATHS, EXCHANGES } from "mesoflux";
import { element, make, offer } from "./dom.ts";
import { SENTENCES } from "../../src/report/glossary.ts";
import { RateField, wordsOf } from "./rate.ts";
import { FIELDS, problemOf, write, type Settings } from "./settings.ts";

/** Names of the form's fields, but for the rate. */
const NAMES = ["cells", "particles", "left", "right", "bath", "exchange", "start", "seed"] as const;
type Name = (typeof NAMES)[number];

/** Steps of a logarithmic slider in a factor of ten: 1, 1.3, 1.6, 2, .. */
const STEPS = 10;

export class Controls {
  private readonly form = element<HTMLFormElement>("controls");
  private readonly rate = new RateField((text) => this.take("rate", text));
  private settings!: Settings;

  /** @param changed is called with the changed settings. @param link the settings that a link reproduces. */
  constructor(
    private readonly changed: (part: Partial<Settings>) => void,
    link: () => Settings,
    defaults: () => void,
  ) {
    offer(this.input<HTMLSelectElement>("bath"), BATHS);
    offer(this.input<HTMLSelectElement>("exchange"), EXCHANGES);
    for (const name of NAMES) {
      const input = this.input(name);
      input.setAttribute("aria-describedby", `${name}-wrong`);
      const said = make("p", { id: `${name}-wrong`, className: "wrong bad" });
      said.setAttribute("role", "status");
      input.closest("#controls > div")!.append(said);
      input.addEventListener("input", () => this.take(name, input.value));
    }
    for (const slider of this.sliders()) {
      slider.addEventListener("input", () => this.take(nameOf(slider), valueOf(slider)));
      if (isLogarithmic(slider)) fitLogarithmic(slider, this.input(nameOf(slider)));
    }
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("reset", (event) => {
      event.preventDefault();
      defaults();
    });
    element("next-seed").addEventListener("click", () => this.take("seed", nextSeed(this.input("seed").value)));
    element("copy-link").addEventListener("click", () => void copyLink(link()));
  }

  show(settings: Settings): void {
    this.settings = settings;
    this.rate.show(settings);
    for (const name of NAMES) {
      const input = this.input(name);
      // A field that is being edited keeps its text.
      if (input !== document.activeElement || FIELDS[name].read(input.value) !== settings[name]) {
        input.value = String(settings[name]);
      }
      this.complain(name, "");
    }
    for (const slider of this.sliders()) {
      const value = settings[nameOf(slider) as "cells"];
      slider.value = String(isLogarithmic(slider) ? Math.round(STEPS * Math.log10(value)) : value);
      slider.setAttribute("aria-valuetext", String(value));
    }
    const { cells, particles, left, right, bath, exchange } = settings;
    const isKinetic = exchange === "kinetic";
    this.rate.disable(isKinetic);
    this.input("bath").disabled = isKinetic;
    element("exchange-hint").hidden = !isKinetic;
    element("bath-hint").textContent = SENTENCES[bath === "thermal" ? "Exp(T/M)" : "B·Exp(T)"];
    element("model-summary").textContent = `N = ${cells}, M = ${particles}, ${left} to ${right}`;
  }

  /** Takes a value; an invalid one is marked and changes nothing. */
  private take(name: Name | "rate", text: string): void {
    const value = FIELDS[name].read(text);
    const problem =
      value === undefined ? { expected: FIELDS[name].expected } : problemOf({ ...this.settings, [name]: value });
    if (!problem) this.changed({ [name]: value });
    else if (name === "rate") this.rate.complain(problem);
    else this.complain(name, wordsOf(problem));
  }

  /** Says under a field what is wrong with it; nothing if nothing is. */
  private complain(name: Name, text: string): void {
    this.input(name).setAttribute("aria-invalid", String(text !== ""));
    element(`${name}-wrong`).textContent = text;
  }

  private input<E extends HTMLElement = HTMLInputElement>(name: Name): E {
    return this.form.elements.namedItem(name) as Element as E;
  }

  private sliders(): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>("[data-dial]")];
  }
}

const nameOf = (slider: HTMLInputElement) => slider.dataset.dial as Name;
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
  return String((BigInt(FIELDS.seed.read(text) ?? FIELDS.seed.fallback) + 1n) % 2n ** 64n);
}

async function copyLink(settings: Settings): Promise<void> {
  const link = new URL(location.href);
  link.search = write(settings);
  const said = element("copied");
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
