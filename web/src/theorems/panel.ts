/** The tab of the theorems: cards of which one runs at a time, in a worker of their own. */
import * as Comlink from "comlink";
import type { Certificate, Report } from "mesoflux";
import { make } from "../dom.ts";
import { startEngine } from "../startEngine.ts";
import type { Settings } from "../settings.ts";
import { glossary } from "../typeset.ts";
import { Card } from "./card.ts";
import { CHECK_SIGNS } from "./results.ts";
import type { RareView } from "../rare/view.ts";
import { RARE_TEXT, TEXTS } from "./texts.ts";
import type { Theorem } from "./theorems.ts";

const INTRODUCTION =
  "Each theorem is held against simulations of this chain, or of short ones with its rate, by the package’s own “verify”, at the " +
  "M that it asks for and as far as some seconds allow. The command “mesoflux verify” goes further. A check passes while |z| is " +
  "within its limit. The last card counts an event that no such simulation sees.";

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
  /** The card that runs. */
  let running: Card | undefined;
  const theorems = TEXTS.map((text) => {
    const run = () => tryOut(card, async () => card.show(await verified(card, text.name), text));
    const card: Card = new Card(text, { run: () => void run(), cancel, showCertificate });
    return card;
  });
  /** The view of rare events, loaded when the first is counted. */
  let rare: Promise<RareView> | undefined;
  const count = async () => (await (rare ??= load())).run(current());
  const rareCard: Card = new Card(RARE_TEXT, {
    run: () => void tryOut(rareCard, count),
    cancel: () => void rare?.then((view) => view.cancel()),
    showCertificate,
  });
  const cards = [...theorems, rareCard];
  place.append(
    make("p", { className: "quiet" }, INTRODUCTION),
    glossary(CHECK_SIGNS),
    ...cards.map(({ element }) => element),
  );

  async function load(): Promise<RareView> {
    try {
      const { RareView } = await import("../rare/view.ts");
      return new RareView(rareCard);
    } catch (error) {
      rare = undefined;
      throw new Error(`It cannot be loaded: ${(error as Error).message}`);
    }
  }

  async function verified(card: Card, theorem: Theorem): Promise<Report> {
    engine ??= startEngine();
    return engine.runTheorem(
      theorem,
      current(),
      Comlink.proxy((share: number) => card.progress(share)),
    );
  }

  async function tryOut(card: Card, run: () => Promise<void>): Promise<void> {
    running = card;
    // First, since a button that is disabled loses the focus.
    card.begin();
    for (const one of cards) one.setAvailable(false);
    const begin = performance.now();
    const own = chain;
    try {
      await run();
      card.say(`Done in ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
      if (own !== chain) card.outdate();
    } catch (error) {
      const { name, message } = error as Error;
      if (name === "AbortError") card.say("Cancelled.");
      else card.say(message, true);
    }
    running = undefined;
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
      running?.cancel();
      for (const card of cards) card.outdate();
      void rare?.then((view) => view.forget());
    },
  };
}

/** The settings on which the results depend. */
function chainOf({ cells, particles, rate, left, right, bath, exchange, start, seed }: Settings): string {
  return JSON.stringify([cells, particles, rate, left, right, bath, exchange, start, seed]);
}
