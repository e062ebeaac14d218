/** The tab of the theorems: four cards, of which one runs at a time, in a worker of their own. */
import * as Comlink from "comlink";
import type { Certificate } from "mesoflux";
import { make } from "../dom.ts";
import { startEngine } from "../startEngine.ts";
import type { Settings } from "../settings.ts";
import { glossary } from "../typeset.ts";
import { Card } from "./card.ts";
import { CHECK_SIGNS } from "./results.ts";
import { TEXTS } from "./texts.ts";

const INTRODUCTION =
  "Each theorem is held against simulations of this chain by the package’s own “verify”, at the M that it asks for and as " +
  "far as some seconds allow. The command “mesoflux verify” goes further. A check passes while |z| is within its limit.";

/**
 * @param current the settings as they are now.
 * @returns what to call after they have changed; and what starts the worker, which is started when it is wanted otherwise.
 */
export function mountTheorems(
  place: HTMLElement,
  current: () => Settings,
  showCertificate: (certificate: Certificate) => void,
): { changed(): void; prepare(): void } {
  let engine: ReturnType<typeof startEngine> | undefined;
  let chain = chainOf(current());
  let isRunning = false;
  const cards = TEXTS.map((text) => {
    const card: Card = new Card(text, { run: () => void tryOut(card), cancel, showCertificate });
    return card;
  });
  place.append(
    make("p", { className: "quiet" }, INTRODUCTION),
    glossary(CHECK_SIGNS),
    ...cards.map(({ element }) => element),
  );

  async function tryOut(card: Card): Promise<void> {
    engine ??= startEngine();
    isRunning = true;
    // First, since a button that is disabled loses the focus.
    card.begin();
    for (const one of cards) one.setAvailable(false);
    const begin = performance.now();
    const own = chain;
    try {
      const told = Comlink.proxy((share: number) => card.progress(share));
      const report = await engine.runTheorem(card.text.name, current(), told);
      await card.show(report, (performance.now() - begin) / 1000);
      if (own !== chain) card.outdate();
    } catch (error) {
      const { name, message } = error as Error;
      if (name === "AbortError") card.say("Cancelled.");
      else card.say(message, true);
    }
    isRunning = false;
    for (const one of cards) one.setAvailable(true);
    card.end();
  }

  function cancel(): void {
    void engine?.cancel();
  }

  return {
    prepare() {
      engine ??= startEngine();
    },
    changed() {
      const next = chainOf(current());
      if (next === chain) return;
      chain = next;
      if (isRunning) cancel();
      for (const card of cards) card.outdate();
    },
  };
}

/** The settings on which the results depend. */
function chainOf({ cells, particles, rate, left, right, bath, exchange, start, seed }: Settings): string {
  return JSON.stringify([cells, particles, rate, left, right, bath, exchange, start, seed]);
}
