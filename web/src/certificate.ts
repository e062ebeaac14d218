/** The certificate's tab: shows, copies and replays a certificate. */
import * as Comlink from "comlink";
import type { Certificate } from "mesoflux";
import { element } from "./dom.ts";
import { startEngine } from "./startEngine.ts";
import type { Settings } from "./settings.ts";

export class CertificateTab {
  private worker: ReturnType<typeof startEngine> | undefined;
  private readonly text = element<HTMLTextAreaElement>("certificate-text");
  private readonly progress = element<HTMLProgressElement>("replay-progress");

  /** @param live the settings of the live chain at its present time, and its energies then. */
  constructor(private readonly live: () => { settings: Settings; energies: Float64Array | undefined }) {
    element("certify").addEventListener("click", () => void this.busy(() => this.certify()));
    element("replay").addEventListener("click", () => void this.busy(() => this.replay()));
    element("cancel-replay").addEventListener("click", () => void this.worker?.cancel());
    element("copy-certificate").addEventListener("click", () => void this.copy());
    this.text.addEventListener("input", () => this.say(""));
  }

  /** Starts the worker early; otherwise it starts when it is first used. */
  prepare(): void {
    this.engine();
  }

  show(certificate: Certificate): void {
    // Puts lists of numbers on one line.
    const text = JSON.stringify(certificate, undefined, 2);
    this.text.value = text.replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, " "));
    this.progress.value = 0;
    this.say("");
  }

  private async certify(): Promise<void> {
    const { settings, energies } = this.live();
    if (!energies) throw new Error("The live chain is not there yet.");
    this.say("Running the live chain once more…");
    const found = await this.engine().certify(settings);
    this.show(found.certificate);
    const same = found.energies.every((E, k) => E === energies[k]);
    this.say(
      same
        ? `The chain at t = ${settings.t}; its energies are those of the live chain, bit for bit.`
        : `The energies at t = ${settings.t} are not those of the live chain: please report this.`,
      same,
    );
  }

  private async replay(): Promise<void> {
    this.say("Running it again…");
    const onProgress = Comlink.proxy((part: number) => void (this.progress.value = part));
    const { same, certified, found } = await this.engine().replay(parse(this.text.value), onProgress);
    this.say(same ? `The same bits: ${found}` : `Other bits: certified ${certified}, found ${found}`, same);
  }

  /** Runs `work` with the buttons disabled, and shows its error. */
  private async busy(work: () => Promise<void>): Promise<void> {
    this.setBusy(true);
    this.progress.value = 0;
    try {
      await work();
      this.progress.value = 1;
    } catch (error) {
      const { name, message } = error as Error;
      if (name === "AbortError") this.say(`Cancelled: ${message}`);
      else this.say(message, false);
    } finally {
      this.setBusy(false);
    }
  }

  private setBusy(isBusy: boolean): void {
    for (const id of ["certify", "replay"]) element<HTMLButtonElement>(id).disabled = isBusy;
    element<HTMLButtonElement>("cancel-replay").disabled = !isBusy;
  }

  private engine() {
    return (this.worker ??= startEngine());
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text.value);
      this.say("Copied.");
    } catch {
      this.text.select();
      this.say("This browser lets no page copy: the text is selected, copy it by keyboard.");
    }
  }

  private say(text: string, isGood?: boolean): void {
    const verdict = element("verdict");
    verdict.textContent = text;
    verdict.className = isGood === undefined ? "" : isGood ? "good" : "bad";
  }
}

function parse(text: string): unknown {
  if (text.trim() === "") throw new Error("There is no certificate yet: certify the live chain, or paste one.");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`"certificate" expected JSON, got a text that is none (${(error as Error).message})`);
  }
}
