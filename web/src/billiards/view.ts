/** The pictures and numbers of the table, drawn from frames, with theory beside them as soon as it is there. */
import type { Billiards } from "mesoflux/billiards";
import { drawBaths } from "../baths.ts";
import { Chart } from "../chart.ts";
import { element, show } from "../dom.ts";
import { list } from "../numbers.ts";
import { explain } from "../typeset.ts";
import { edgesOf, heightsOf, placesOf } from "./histogram.ts";
import type { TableFrame, TableScene } from "./live.ts";
import { TablePicture } from "./picture.ts";
import type { Laws, Rate } from "./predictions.ts";
import type { TableSettings } from "./settings.ts";
import { TABLE_SENTENCES, TABLE_SIGNS } from "./signs.ts";
import { shareBins, WAIT_BINS } from "./statistics.ts";
import { noteOf, wordsOf } from "./words.ts";

/** Milliseconds between two drawings of the charts and the numbers, which change slowly. */
const SLOW = 120;
/** Time in a frame from which disks jump about: such pictures follow one another slowly, as flicker is no motion. */
const JUMP = 2;
const JUMPS_APART = 350;

/** What theory says; the energies to leading order between baths. */
export interface Predicted extends Laws {
  /** N. */
  readonly energies: Float64Array;
  /** None where there is none, or not yet. */
  readonly rate?: Rate | undefined;
}

const explained = (name: string) => explain(name, TABLE_SIGNS, TABLE_SENTENCES);

export class TableView {
  private readonly picture = new TablePicture();
  private readonly share = new Chart(element("table-share"), {
    x: "",
    y: "density",
    rangeY: () => [0, this.table?.particles === 1 ? 1.25 : 1.05],
    curves: [
      { label: "disks that met", ink: "measured", isFilled: true },
      { label: "the paper's law", ink: "reference", shape: "dashes", width: 2 },
      { label: "kinetic theory", ink: "theory", width: 2 },
    ],
  });
  private readonly waits = new Chart(element("table-waits"), {
    x: "wait over the mean wait",
    y: "density",
    rangeY: () => [0, 1.5],
    curves: [
      { label: "so far", ink: "measured", isFilled: true },
      { label: "exponential", ink: "reference", shape: "dashes", width: 2 },
    ],
  });
  private readonly profile = new Chart(element("table-profile"), {
    x: "",
    y: "energy",
    height: 240,
    countX: true,
    rangeX: () => {
      const { cells = 1, temperatures } = this.table ?? {};
      return temperatures ? [0, cells + 1] : [0.5, cells + 0.5];
    },
    rangeY: (_, most) => [0, 1.1 * Math.max(most, ...(this.table?.temperatures ?? []))],
    draw: (plot, ink) => {
      const { cells, temperatures } = this.table ?? {};
      if (cells && temperatures) drawBaths(plot, ink("text"), cells, temperatures);
    },
    curves: [
      { label: "theory", ink: "theory", width: 2 },
      { label: "now", ink: "left", shape: "dots", width: 5 },
      { label: "mean so far", ink: "measured", shape: "dots", width: 8 },
    ],
  });
  private table: Billiards | undefined;
  private frame!: TableFrame;
  /** The last prediction; and the same if it is of this table. */
  private predicted: Predicted | undefined;
  private prediction: Predicted | undefined;
  private lastSlow = -Infinity;
  private lastPicture = -Infinity;
  private pictured = 0;

  open(_settings: TableSettings, { table, radius }: TableScene, frame: TableFrame): void {
    this.table = table;
    this.match();
    this.picture.open(table, radius);
    element("table-note").textContent = noteOf(table);
    element("table-told").textContent = "";
    this.nameParts();
    this.draw(frame, true);
  }

  /** Takes what theory says of a table, which may be open already or soon. */
  predict(predicted: Predicted): void {
    this.predicted = predicted;
    this.match();
    if (this.table) this.draw(this.frame, true);
  }

  private match(): void {
    const isSame = JSON.stringify(this.predicted?.table) === JSON.stringify(this.table);
    this.prediction = isSame ? this.predicted : undefined;
  }

  draw(frame: TableFrame, all: boolean): void {
    this.frame = frame;
    const now = performance.now();
    const isJump = frame.time - this.pictured > JUMP;
    if (all || !isJump || now > this.lastPicture + JUMPS_APART) {
      this.picture.set(frame, !all);
      [this.lastPicture, this.pictured] = [now, frame.time];
    }
    if (!all && now < this.lastSlow + SLOW) return;
    this.lastSlow = now;
    this.drawCharts(frame);
    this.tell(frame);
  }

  /** Shows and says which collision a step has come to. */
  tellStep({ struck, time }: TableFrame): void {
    this.picture.light(struck);
    const last = struck.at(-1);
    element("table-told").textContent = last
      ? wordsOf(last, this.table!)
      : `No disks have met in a hole up to t = ${show(time)}.`;
  }

  private nameParts(): void {
    const { particles, temperatures } = this.table!;
    const isOne = particles === 1;
    const set = (id: string, ...words: (HTMLElement | string)[]) => element(id).replaceChildren(...words);
    const exact = temperatures ? "kinetic theory, equal cells" : "kinetic theory, exact";
    set("table-share-title", isOne ? "Energies of two disks that meet" : "Energy of a disk that meets another");
    const [axis, name] = isOne
      ? ["e of the left disk over e of both", "variance of the left disk’s part of the energy of both"]
      : ["M e/E: its share of its cell’s energy, times M", "mean of M e/E"];
    const along = (chart: string, words: string) => (element(chart).querySelector(".axis.x")!.textContent = words);
    along("table-share", axis);
    along("table-profile", temperatures ? "cell k; the baths at 0 and N + 1" : "cell k");
    set("table-share-name", name);
    set("table-share-key", exact);
    set("table-profile-key", temperatures ? "chain of colliding disks, to leading order" : "theory, exact");
    set("table-left-end", ...(temperatures ? explained(`bath T_L = ${temperatures[0]}`) : ["wall"]));
    set("table-right-end", ...(temperatures ? explained(`bath T_R = ${temperatures[1]}`) : ["wall"]));
  }

  private drawCharts({ statistics, energies, time }: TableFrame): void {
    const { table, prediction } = this;
    const { particles, cells, temperatures } = table!;
    const { shares, waits, means } = statistics;
    const bins = shareBins(particles);
    const law = (values: ArrayLike<number> | undefined) => edgesOf(bins).map((edge) => values?.[edge] ?? NaN);
    this.share.set(placesOf(bins), heightsOf(shares), law(prediction?.paper), law(prediction?.weighted));
    const exponential = placesOf(WAIT_BINS).map((wait) => Math.exp(-wait));
    this.waits.set(placesOf(WAIT_BINS), heightsOf(waits), exponential);
    const now = temperatures ? energies.subarray(1, -1) : energies;
    const k = Array.from({ length: cells }, (_, i) => i + 1);
    this.profile.set(k, prediction?.energies ?? k.map(() => NaN), now, time === 0 ? k.map(() => NaN) : means);
  }

  private tell({ time, statistics }: TableFrame): void {
    const { particles: M, cells, temperatures, energy } = this.table!;
    const { prediction } = this;
    const { collisions, rate, meanShare, pairVariance, correlation, waitVariance, means } = statistics;
    const near = prediction?.rate ? `, predicted ${withError(prediction.rate)}` : "";
    list(element("table-headline"), explained, [
      ["Time t", show(time, 6)],
      ["Collisions through holes", show(collisions)],
      ["Rate φ of a hole", show(rate) + near],
    ]);
    // The mean of a disk's part of two is a half, whatever its law.
    const [share, ...laws] = M === 1 ? [pairVariance, 3 / 35, 1 / 12] : [meanShare, prediction?.meanShare, 1];
    const shares = [show(share, 3), ...laws.map((value) => show(value, 3))];
    const told = ["share-found", "share-theory", "share-paper", "correlation", "wait-variance"];
    const values = [...shares, show(correlation, 3), show(waitVariance, 3)];
    for (const [i, name] of told.entries()) element(`table-${name}`).textContent = values[i];
    const say = (id: string, words: string) => element(id).setAttribute("aria-label", words);
    const ends = temperatures ? `between baths of ${temperatures.join(" and ")}` : `of energy ${show(energy)} in all`;
    say(
      "table-cells-picture",
      `${cells} cells of ${M} disks ${ends}, at time ${show(time)}; disks have met in holes ${show(collisions)} times`,
    );
    say(
      "table-share",
      `${element("table-share-name").textContent} ${shares[0]}, by kinetic theory ${shares[1]}, by the paper ${shares[2]}`,
    );
    say("table-waits", `Waits: variance over mean squared ${show(waitVariance, 3)}, of an exponential law 1`);
    const of = (values: Float64Array | undefined) => (values ? Array.from(values, (E) => show(E, 3)).join(", ") : "–");
    say("table-profile", `Mean energies so far ${of(means)}; theory ${of(prediction?.energies)}`);
  }
}

const withError = ({ value, error }: Rate) => show(value) + (error === 0 ? "" : ` ± ${show(error, 1)}`);
