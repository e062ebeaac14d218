/** The tab of billiards, loaded when it is first opened: the table's form, its player, and its certificates. */
import type { ModelInput } from "mesoflux";
import { CertificateCard } from "../certificate.ts";
import { element, make } from "../dom.ts";
import { FieldForm } from "../fieldForm.ts";
import { Player } from "../player.ts";
import { complain, showProblem } from "../problems.ts";
import { fillSigns, glossary } from "../typeset.ts";
import { readTable, TABLE_FIELDS, tableOf, writeTable, type TableSettings } from "./settings.ts";
import { TABLE_SENTENCES, TABLE_SIGNS } from "./signs.ts";
import { startTable } from "./startTable.ts";
import html from "./table.html?raw";
import { TableView } from "./view.ts";

interface Host {
  /** Writes the table's settings into the address. */
  readonly keep: (table: string) => void;
  /** The address with these in it. */
  readonly address: (table: string) => string;
  /** N: the mean energies of a chain's steady state, to leading order. */
  readonly equilibrium: (model: ModelInput) => Promise<Float64Array>;
}

/** @param panel the empty panel of the tab. */
export function mountBilliards(panel: HTMLElement, { keep, address, equilibrium }: Host) {
  const { content } = make("template", { innerHTML: html });
  fillSigns(content, TABLE_SENTENCES);
  // The form stands where that of the chain does.
  const form = content.querySelector<HTMLDetailsElement>("#table")!;
  panel.before(form);
  panel.append(content);
  // Nobody can change a setting before those of the address are there.
  setReady(false);
  element("table-signs").append(glossary(TABLE_SIGNS, TABLE_SENTENCES));
  const narrow = matchMedia("(max-width: 48rem)");
  const fit = () => (form.open = !narrow.matches);
  narrow.addEventListener("change", fit);
  fit();

  /** Advances the table; the other predicts and certifies meanwhile. */
  const [engine, other] = [startTable(), startTable()];
  const view = new TableView();
  let { settings } = readTable("");
  /** The address as it was written last. */
  let written: string | undefined;

  const player = new Player(
    { panel: "billiards", prefix: "table-" },
    engine,
    view,
    (t) => write({ ...settings, t }),
    ({ message }) => showProblem(message),
    (frame) => view.tellStep(frame),
  );
  const fields = new FieldForm(element<HTMLFormElement>("table-controls"), {
    fields: TABLE_FIELDS,
    names: ["cells", "particles", "hole", "ends", "energy", "left", "right", "seed"],
    problemOf: wrong,
    changed: (part) => change({ ...settings, ...part, t: 0 }),
    defaults: () => change(readTable("").settings),
    link: () => address(writeTable({ ...settings, t: player.time })),
  });
  const speed = element<HTMLInputElement>("table-speed");
  speed.addEventListener("input", () => {
    write({ ...settings, speed: TABLE_FIELDS.speed.read(speed.value)! });
    player.setSpeed(settings.speed);
  });
  element("table-restart").addEventListener("click", () => change({ ...settings, t: 0 }));
  new CertificateCard({
    prefix: "table-",
    field: "billiards",
    elsewhere: "This is a certificate of a chain: the tab Certificate verifies it.",
    engine: () => other,
    certify,
  });

  function write(next: TableSettings): void {
    settings = next;
    written = writeTable(settings);
    keep(written);
  }

  function change(next: TableSettings): void {
    showProblem("");
    write(next);
    open();
  }

  function setReady(isReady: boolean): void {
    for (const part of [form, panel]) part.style.visibility = isReady ? "" : "hidden";
  }

  function open(): void {
    setReady(true);
    show();
    void player.open(settings);
    void predict();
  }

  function show(): void {
    const { cells, particles, ends, energy, left, right } = settings;
    const isClosed = ends === "closed";
    fields.show(settings);
    for (const part of document.querySelectorAll<HTMLElement>("[data-ends]")) {
      part.hidden = (part.dataset.ends === "closed") !== isClosed;
    }
    const between = isClosed ? `E = ${energy}` : `${left} to ${right}`;
    element("table-summary").textContent = `N = ${cells}, M = ${particles}, ${between}`;
    element("table-ends-hint").textContent = HINTS[ends];
    speed.value = String(settings.speed);
    player.setSpeed(settings.speed);
  }

  /** Names the field that is wrong, which may be another than the one that was changed. */
  async function wrong(changed: TableSettings) {
    const problem = await other.problemOf(changed);
    return problem && problem.field !== "hole"
      ? { ...problem, expected: `"${problem.field}" ${problem.expected}` }
      : problem;
  }

  /** The table of the last prediction. */
  let predicted = "";
  let isPredicting = false;
  /** Predicts for the table that is open by then, one at a time. */
  async function predict(): Promise<void> {
    if (isPredicting) return;
    isPredicting = true;
    try {
      for (let table: string; (table = JSON.stringify(tableOf(settings))) !== predicted; predicted = table) {
        const asked = settings;
        const laws = { ...(await other.lawsOf(asked)), energies: await energiesOf(asked) };
        view.predict(laws);
        view.predict({ ...laws, rate: await other.rateOf(asked) });
      }
    } catch (error) {
      showProblem((error as Error).message);
    } finally {
      isPredicting = false;
    }
  }

  /** Flat where the table is closed; otherwise those of the chain of colliding disks. */
  async function energiesOf({ ends, energy, cells, particles, left, right }: TableSettings): Promise<Float64Array> {
    if (ends === "closed") return new Float64Array(cells).fill(energy);
    return equilibrium({ cells, particles, temperatures: [left, right], exchange: "kinetic" });
  }

  async function certify() {
    const { time, frame } = player;
    if (!frame || time === 0) throw new Error("The table stands at its start: let it run first.");
    const { certificate, isSame } = await other.certify({ ...settings, t: time }, frame.statistics);
    const { collisions } = frame.statistics;
    const said = isSame
      ? `The table at t = ${time}; its ${collisions} collisions through holes are those seen here, bit for bit.`
      : `The collisions up to t = ${time} are not those seen here: please report this.`;
    return { certificate, said, isSame };
  }

  show();

  return {
    /** Shows the settings of an address, or hides the tab. */
    async show(table: string, isShown: boolean): Promise<void> {
      form.hidden = !isShown;
      player.setShown(isShown);
      if (!isShown || table === written) return;
      written = table;
      const { settings: read, problems } = readTable(table);
      const problem = await other.problemOf(read);
      // Whoever has changed one meanwhile is right.
      if (written !== table) return;
      // Whatever the numbers of cells and disks, a hole of the default width will do.
      settings = problem ? { ...read, hole: TABLE_FIELDS.hole.fallback } : read;
      if (problem) problems.push(`"${problem.field}" expected ${problem.expected}, got ${problem.got}`);
      complain(problems);
      open();
    },
  };
}

const HINTS = {
  closed: "The table is as it was drawn, and goes on by itself.",
  exponential: "A bath is a cell whose energy is drawn from Exp(T), and its disks’ places anew, after each collision.",
  maxwell: "A bath is a cell whose disks are drawn anew by Maxwell’s law, at random times.",
};
