/** A card that shows, copies and replays certificates: of chains in a tab of its own, of billiards in theirs. */
import * as Comlink from "comlink";
import { element } from "./dom.ts";

interface Engine {
  /** @param report is told the share that is done, 0 to 1. */
  replay(
    certificate: unknown,
    report: (share: number) => void,
  ): Promise<{ readonly same: boolean; readonly certified: string; readonly found: string }>;
  cancel(): Promise<void>;
}

interface CardSpec {
  /** Before the ids of the card's elements. */
  readonly prefix: string;
  /** The field that its certificates have, and the words for one that has the other. */
  readonly field: "model" | "billiards";
  readonly elsewhere: string;
  /** The engine, started when it is first used if not before. */
  engine(): Engine;
  /** Certifies what is live; said is what came of it. */
  certify(): Promise<{ certificate: object; said: string; isSame: boolean }>;
}

export class CertificateCard {
  private readonly text: HTMLTextAreaElement;
  private readonly progress: HTMLProgressElement;

  constructor(private readonly spec: CardSpec) {
    this.text = this.part("certificate-text");
    this.progress = this.part("replay-progress");
    this.part("certify").addEventListener("click", () => void this.busy(() => this.certify()));
    this.part("replay").addEventListener("click", () => void this.busy(() => this.replay()));
    this.part("cancel-replay").addEventListener("click", () => void this.spec.engine().cancel());
    this.part("copy-certificate").addEventListener("click", () => void this.copy());
    this.text.addEventListener("input", () => this.say(""));
  }

  show(certificate: object): void {
    // Puts lists of numbers on one line.
    const text = JSON.stringify(certificate, undefined, 2);
    this.text.value = text.replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, " "));
    this.progress.value = 0;
    this.say("");
  }

  private async certify(): Promise<void> {
    this.say("Running it once more…");
    const { certificate, said, isSame } = await this.spec.certify();
    this.show(certificate);
    this.say(said, isSame);
  }

  private async replay(): Promise<void> {
    this.say("Running it again…");
    const certificate = parse(this.text.value);
    const other = this.spec.field === "model" ? "billiards" : "model";
    if (certificate instanceof Object && other in certificate) throw new Error(this.spec.elsewhere);
    const onProgress = Comlink.proxy((part: number) => void (this.progress.value = part));
    const { same, certified, found } = await this.spec.engine().replay(certificate, onProgress);
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
    for (const id of ["certify", "replay"]) this.part<HTMLButtonElement>(id).disabled = isBusy;
    this.part<HTMLButtonElement>("cancel-replay").disabled = !isBusy;
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
    const verdict = this.part("verdict");
    verdict.textContent = text;
    verdict.className = isGood === undefined ? "" : isGood ? "good" : "bad";
  }

  private part<E extends HTMLElement = HTMLElement>(name: string): E {
    return element<E>(this.spec.prefix + name);
  }
}

function parse(text: string): unknown {
  if (text.trim() === "") throw new Error("There is no certificate yet: have one made, or paste one.");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`"certificate" expected JSON, got a text that is none (${(error as Error).message})`);
  }
}
