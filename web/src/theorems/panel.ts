/** The tab of the theorems: four cards, of which one runs at a time, in a worker of their own. */
import * as Comlink from "comlink";
import type { Certificate } from "mesoflux";
import { startLaboratory } from "../laboratory.ts";
import type { Settings } from "../settings.ts";
import { Card, type CardText } from "./card.ts";
import { TEXTS } from "./texts.ts";
import type { Outcomes, Theorem } from "./theorems.ts";

/**
 * @param current the settings as they are now.
 * @returns what to call after they have changed; and what starts the worker, which is started when it is wanted otherwise.
 */
export function mountTheorems(
  place: HTMLElement,
  current: () => Settings,
  showCertificate: (certificate: Certificate) => void,
): { changed(): void; prepare(): void } {
  let laboratory: ReturnType<typeof startLaboratory> | undefined;
  let chain = chainOf(current());
  const cards: Card<never>[] = [];
  let running: Card<never> | undefined;

  const add = <T extends Theorem>(text: CardText<Outcomes[T]> & { readonly name: T }) => {
    const run = () => void tryOut(card, text.name);
    const card = new Card(text, { run, cancel, showCertificate });
    cards.push(card);
    place.append(card.element);
  };
  add(TEXTS.lln);
  add(TEXTS.clt);
  add(TEXTS.fourier);
  add(TEXTS.mesoscopic);

  async function tryOut<T extends Theorem>(card: Card<Outcomes[T]>, name: T): Promise<void> {
    laboratory ??= startLaboratory();
    running = card;
    // First, since a button that is disabled loses the focus.
    card.begin();
    for (const one of cards) one.setAvailable(false);
    const begin = performance.now();
    const own = chain;
    try {
      const report = Comlink.proxy((share: number) => card.progress(share));
      const outcome = (await laboratory.runTheorem(name, current(), report)) as Outcomes[T];
      await card.show(outcome, (performance.now() - begin) / 1000);
      if (own !== chain) card.outdate();
    } catch (error) {
      const { name, message } = error as Error;
      if (name === "AbortedError") card.say("Cancelled.");
      else card.say(message, true);
    }
    running = undefined;
    for (const one of cards) one.setAvailable(true);
    card.end();
  }

  function cancel(): void {
    void laboratory?.cancel();
  }

  return {
    prepare() {
      laboratory ??= startLaboratory();
    },
    changed() {
      const next = chainOf(current());
      if (next === chain) return;
      chain = next;
      if (running) cancel();
      for (const card of cards) card.outdate();
    },
  };
}

/** What the results depend on. */
function chainOf({ cells, particles, rate, left, right, bath, start, seed }: Settings): string {
  return JSON.stringify([cells, particles, rate, left, right, bath, start, seed]);
}
