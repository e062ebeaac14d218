/** The pictures and numbers of the live chain, drawn from frames. */
import type uPlot from "uplot";
import { drawBaths } from "../baths.ts";
import { Chart } from "../chart.ts";
import { element, show } from "../dom.ts";
import { list } from "../numbers.ts";
import type { Settings } from "../settings.ts";
import { sum } from "../sum.ts";
import type { Sign } from "../../../src/report/glossary.ts";
import { explain, glossary } from "../typeset.ts";
import { ChainPicture } from "./chain.ts";
import type { Frame, Scene } from "./live.ts";

/** Symbols that the pictures and numbers need, in the order in which they are met. */
const SIGNS: readonly Sign[] = ["t", "κ", "E*", "Θ̄(t)", "σ", "S/M"];

const explained = (name: string) => explain(name, SIGNS);

/** Milliseconds between two drawings of the charts over time and the numbers, which change slowly. */
const SLOW = 120;

export class LiveView {
  private readonly chain = new ChainPicture();
  private readonly profile = new Chart(element("profile"), {
    x: "cell k; the baths at 0 and N + 1",
    y: "energy",
    height: 260,
    countX: true,
    draw: (plot, ink) => this.drawBaths(plot, ink("text")),
    rangeY: (_, most) => this.energyRange(most),
    curves: [
      { label: "E* + 2σ", ink: "band", width: 0 },
      { label: "E* - 2σ", ink: "band", width: 0 },
      { label: "E*", ink: "reference", shape: "dashes" },
      { label: "limit equation", ink: "theory", width: 2 },
      { label: "cells", ink: "measured", shape: "dots" },
    ],
    band: [0, 1],
  });
  private readonly current = new Chart(element("current"), {
    x: "time",
    y: "energy from left to right in a unit of time",
    curves: [
      { label: "first bond", ink: "left" },
      { label: "last bond", ink: "right" },
      { label: "all bonds", ink: "measured", width: 2 },
      { label: "at E*", ink: "reference", shape: "dashes" },
    ],
  });
  private readonly total = new Chart(element("total"), {
    x: "time",
    y: "energy",
    curves: [
      { label: "chain", ink: "measured" },
      { label: "limit equation", ink: "theory" },
      { label: "E*", ink: "reference", shape: "dashes" },
    ],
  });
  private settings!: Settings;
  private scene!: Scene;
  private energies: Float64Array = new Float64Array();
  /** N: the energies at time 0. */
  private start: Float64Array = new Float64Array();
  private lastSlow = -Infinity;

  constructor() {
    element("live-signs").append(glossary(SIGNS));
  }

  open(settings: Settings, scene: Scene, frame: Frame): void {
    this.settings = settings;
    this.scene = scene;
    this.start = frame.limit;
    element("note").textContent = scene.note;
    this.chain.open(settings, scene, frame.energies);
    this.draw(frame, true);
  }

  /** @param all true to draw the slow parts, too. */
  draw(frame: Frame, all = false): void {
    this.energies = frame.energies;
    this.chain.set(frame.energies);
    this.drawProfile(frame);
    const now = performance.now();
    if (!all && now < this.lastSlow + SLOW) return;
    this.lastSlow = now;
    this.drawTraces(frame);
    this.tell(frame);
  }

  private drawProfile({ energies, limit }: Frame): void {
    const { left, right } = this.settings;
    const { equilibrium, deviation } = this.scene;
    const ended = (values: ArrayLike<number> | undefined, ends: readonly [number, number] = [left, right]) =>
      values ? [ends[0], ...Array.from(values), ends[1]] : gaps(energies.length + 2);
    const cells = Array.from({ length: energies.length + 2 }, (_, k) => k);
    this.profile.set(
      cells,
      ended(equilibrium?.map((E, k) => E + 2 * deviation![k])),
      ended(equilibrium?.map((E, k) => E - 2 * deviation![k])),
      ended(equilibrium),
      ended(limit),
      ended(energies, [NaN, NaN]),
    );
  }

  private drawBaths(plot: uPlot, colour: string): void {
    if (this.energies.length === 0) return;
    const { left, right } = this.settings;
    drawBaths(plot, colour, this.energies.length, [left, right]);
  }

  private drawTraces({ trace }: Frame): void {
    const { flux, equilibrium } = this.scene;
    const { times, first, mean, last, total, limitTotal } = trace;
    const level = (value: number | undefined) => (value === undefined ? gaps(times.length) : times.map(() => value));
    // Earlier means are of short times and vary so much that the later ones would be a line.
    const lately = [times, first, last, mean, level(flux)].map((all) => all.subarray(times.length / 4));
    this.current.set(...lately);
    this.total.set(times, total, limitTotal, level(equilibrium && sum(equilibrium)));
  }

  /** The range of the colours, which is fixed, extended to energies outside it. */
  private energyRange(most: number): [number, number] {
    const [cold, hot] = this.chain.range;
    return [Math.min(cold, ...this.energies), Math.max(hot, most)];
  }

  /** The part of the limit equation's distance to the equilibrium that it has left behind since the start. */
  private wayDone(limit: Float64Array): string {
    const { equilibrium } = this.scene;
    if (!equilibrium) return "–";
    const [whole, left] = [distance(this.start, equilibrium), distance(limit, equilibrium)];
    // A chain that starts there is there, but for rounding.
    return `${Math.floor(100 * (whole > 1e-9 * equilibrium[0] ? Math.max(0, 1 - left / whole) : 1))}%`;
  }

  private tell({ time, events, energies, limit, trace }: Frame): void {
    const { cells, left, right } = this.settings;
    const { flux, equilibrium, deviation } = this.scene;
    const current = trace.mean.at(-1);
    const conductivity = (J: number | undefined) =>
      left === right || J === undefined ? NaN : (J * (cells + 1)) / (left - right);
    const inside = equilibrium && energies.filter((E, k) => Math.abs(E - equilibrium[k]) <= 2 * deviation![k]).length;
    list(element("headline"), explained, [
      ["Time t", show(time, 6)],
      ["Conductivity κ since t/2", `${show(conductivity(current))}, predicted ${show(conductivity(flux))}`],
      ["Way to E* done", this.wayDone(limit)],
    ]);
    list(element("numbers"), explained, [
      ["Exchanges", show(events, 4)],
      ["Total energy", show(sum(energies))],
      ["of the limit equation", show(sum(limit))],
      ["Current since t/2", show(current)],
      ["predicted, at E*", show(flux)],
      ["Cells within E* ± 2σ", inside === undefined ? "–" : `${inside} of ${cells}`],
    ]);
    const say = (id: string, text: string) => element(id).setAttribute("aria-label", text);
    say("chain", `Chain of ${cells} cells between baths of ${left} and ${right}, at time ${show(time)}`);
    say(
      "profile",
      `Energies from ${show(Math.min(...energies))} to ${show(Math.max(...energies))}; ${inside} of them
      within two standard deviations of the equilibrium`,
    );
    say("current", `Current since half of the time ${show(current)}, predicted in the end ${show(flux)}`);
    say("total", `Total energy ${show(sum(energies))}, of the limit equation ${show(sum(limit))}`);
  }
}

/** The root of the sum of the squares of the differences. */
const distance = (a: Float64Array, b: Float64Array) => Math.hypot(...a.map((value, k) => value - b[k]));

const gaps = (length: number) => new Float64Array(length).fill(NaN);
