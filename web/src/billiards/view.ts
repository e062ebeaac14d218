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
import type { Prediction } from "./predictions.ts";
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
export interface Predicted extends Prediction {
  /** N. */
  readonly energies: Float64Array;
}

const explained = (name: string) => explain(name, TABLE_SIGNS, TABLE_SENTENCES);

export class TableView {
  private readonly picture = new TablePicture();
  private readonly share = new Chart(element("table-share"), {
    x: "share e/E of a disk, times M",
    y: "density",
    rangeY: () => [0, 1.4],
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
    x: "cell k; baths, where there are, at 0 and N + 1",
    y: "energy",
    height: 240,
    countX: true,
    rangeX: () => [0, (this.table?.cells ?? 1) + 1],
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
  private prediction: Predicted | undefined;
  private lastSlow = -Infinity;
  private lastPicture = -Infinity;
  private pictured = 0;

  open(_settings: TableSettings, { table, radius }: TableScene, frame: TableFrame): void {
    this.table = table;
    this.prediction = undefined;
    this.picture.open(table, radius);
    element("table-note").textContent = noteOf(table);
    element("table-told").textContent = "";
    this.nameParts();
    this.draw(frame, true);
  }

  /** Takes what theory says of the table that is open. */
  predict(prediction: Predicted): void {
    this.prediction = prediction;
    if (this.table) this.draw(this.frame, true);
  }

  draw(frame: TableFrame, all: boolean): void {
    this.frame = frame;
    const now = performance.now();
    const isJump = frame.time - this.pictured > JUMP;
    if (all || !isJump || now > this.lastPicture + JUMPS_APART) {
      this.picture.set(frame, all);
      [this.lastPicture, this.pictured] = [now, frame.time];
    }
    if (!all && now < this.lastSlow + SLOW) return;
    this.lastSlow = now;
    this.drawCharts(frame);
    this.tell(frame);
  }

  /** Says which collision a step has come to. */
  tellStep({ struck, time }: TableFrame): void {
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
    set("table-share-title", isOne ? "Left disk’s part of the energy of two that meet" : "Share of a disk that meets another");
    element("table-share").querySelector(".axis.x")!.textContent = isOne ? "e of the left disk over e of both" : "share e/E of a disk, times M";
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

  private tell({ time, statistics, energies }: TableFrame): void {
    const { particles: M, cells, temperatures, energy } = this.table!;
    const { prediction } = this;
    const { collisions, rate, meanShare, correlation, waitVariance, means } = statistics;
    const predicted = prediction?.rate;
    const near = predicted ? `, predicted ${show(predicted.value)}${predicted.error > 0 ? ` ± ${show(predicted.error, 1)}` : ""}` : "";
    list(element("table-headline"), explained, [
      ["Time t", show(time, 6)],
      ["Met in holes", show(collisions)],
      ["Rate φ of a hole", `${show(rate)}${near}`],
    ]);
    const isOne = M === 1;
    list(element("table-numbers"), explained, [
      ["Mean of the share", show(meanShare, 3)],
      ["by kinetic theory", show(prediction?.meanShare, 3)],
      ["by the paper", isOne ? "0.5" : "1"],
      ["Correlation of the left disk’s part before and after", show(correlation, 3)],
      ["by kinetic theory", "−1/3"],
      ["by the paper", "0"],
      ["Variance of waits over mean²", show(waitVariance, 3)],
      ["Total energy now", show(energies.reduce((sum, E) => sum + E, 0) - (temperatures ? energies[0] + energies.at(-1)! : 0))],
    ]);
    const say = (id: string, words: string) => element(id).setAttribute("aria-label", words);
    const ends = temperatures ? `between baths of ${temperatures.join(" and ")}` : `of energy ${show(energy)} in all`;
    say(
      "table-cells-picture",
      `${cells} cells of ${M} disks ${ends}, at time ${show(time)}; disks have met in holes ${show(collisions)} times`,
    );
    say("table-share", `Mean ${show(meanShare, 3)}, by kinetic theory ${show(prediction?.meanShare, 3)}, by the paper ${isOne ? 0.5 : 1}`);
    say("table-waits", `Waits: variance over mean squared ${show(waitVariance, 3)}, of an exponential law 1`);
    const of = (values: Float64Array | undefined) => (values ? Array.from(values, (E) => show(E, 3)).join(", ") : "–");
    say("table-profile", `Mean energies so far ${of(means)}; theory ${of(prediction?.energies)}`);
  }
}
