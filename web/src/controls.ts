/** The form of the chain: turns input into settings, and shows settings. */
import { BATHS, EXCHANGES } from "mesoflux";
import { element, offer } from "./dom.ts";
import { SENTENCES } from "../../src/report/glossary.ts";
import { FieldForm } from "./fieldForm.ts";
import { RateField } from "./rate.ts";
import { FIELDS, problemOf, write, type Settings } from "./settings.ts";

/** Names of the form's fields, but for the rate. */
const NAMES = ["cells", "particles", "left", "right", "bath", "exchange", "start", "seed"] as const;

export class Controls {
  private readonly form: FieldForm<typeof FIELDS>;
  private readonly rate = new RateField((text) => void this.takeRate(text));
  private settings!: Settings;

  /** @param changed is called with the changed settings. @param link the settings that a link reproduces. */
  constructor(changed: (part: Partial<Settings>) => void, link: () => Settings, defaults: () => void) {
    this.form = new FieldForm(element<HTMLFormElement>("controls"), {
      fields: FIELDS,
      names: NAMES,
      problemOf: (values) => problemOf({ ...this.settings, ...values }),
      changed,
      defaults,
      link: () => write(link()),
    });
    offer(this.form.input<HTMLSelectElement>("bath"), BATHS);
    offer(this.form.input<HTMLSelectElement>("exchange"), EXCHANGES);
  }

  private async takeRate(text: string): Promise<void> {
    const problem = await this.form.judge("rate", text);
    if (problem) this.rate.complain(problem);
  }

  show(settings: Settings): void {
    this.settings = settings;
    this.rate.show(settings);
    this.form.show(settings);
    const { cells, particles, left, right, bath, exchange } = settings;
    const isKinetic = exchange === "kinetic";
    this.rate.disable(isKinetic);
    this.form.input("bath").disabled = isKinetic;
    element("exchange-hint").hidden = !isKinetic;
    element("bath-hint").textContent = SENTENCES[bath === "thermal" ? "Exp(T/M)" : "B·Exp(T)"];
    element("model-summary").textContent = `N = ${cells}, M = ${particles}, ${left} to ${right}`;
  }
}
