/** The pictures and numbers of the live chain, drawn from frames. */
import { Chart } from "../chart.ts";
import { element, make, show } from "../dom.ts";
import type { Settings } from "../settings.ts";
import { sum } from "../sum.ts";
import { ChainPicture } from "./chain.ts";
import type { Frame, Scene } from "./live.ts";

/** Milliseconds between two drawings of the charts over time and the numbers, which change slowly. */
const SLOW = 120;

export class LiveView {
  private readonly chain = new ChainPicture();
  private readonly profile = new Chart(element("profile"), {
    x: "cell k",
    y: "energy",
    height: 260,
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
    y: "left to right",
    curves: [
      { label: "first bond", ink: "left" },
      { label: "last bond", ink: "right" },
      { label: "all bonds", ink: "measured", width: 2 },
      { label: "c*/2", ink: "reference", shape: "dashes" },
    ],
    rangeY: () => this.currentRange(),
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
  /** Least and greatest current since a third of the time. */
  private lately: readonly [number, number] = [0, 0];
  private lastSlow = -Infinity;

  open(settings: Settings, scene: Scene, frame: Frame): void {
    this.settings = settings;
    this.scene = scene;
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
      ended(energies),
    );
  }

  private drawTraces({ trace }: Frame): void {
    const { flux, equilibrium } = this.scene;
    const { times, first, mean, last, total, limitTotal } = trace;
    const level = (value: number | undefined) => (value === undefined ? gaps(times.length) : times.map(() => value));
    this.lately = boundsOf([first, last, mean].map((curve) => curve.subarray(curve.length / 3)));
    this.current.set(times, first, last, mean, level(flux));
    this.total.set(times, total, limitTotal, level(equilibrium && sum(equilibrium)));
  }

  /** The range of the currents since a third of the time and the prediction; earlier ones vary much and may leave the chart. */
  private currentRange(): [number, number] {
    const flux = this.scene?.flux ?? 0;
    const [least, most] = [Math.min(this.lately[0], flux), Math.max(this.lately[1], flux)];
    const margin = 0.1 * (most - least) || 1e-3;
    return [least - margin, most + margin];
  }

  /** The range of the colours, which is fixed, extended to energies outside it. */
  private energyRange(most: number): [number, number] {
    const [cold, hot] = this.chain.range;
    return [Math.min(cold, ...this.energies), Math.max(hot, most)];
  }

  private tell({ time, events, energies, limit, trace }: Frame): void {
    const { cells, left, right } = this.settings;
    const { flux, equilibrium, deviation } = this.scene;
    const current = trace.mean.at(-1);
    const conductivity = (J: number | undefined) =>
      left === right || J === undefined ? NaN : (J * (cells + 1)) / (left - right);
    const inside = equilibrium && energies.filter((E, k) => Math.abs(E - equilibrium[k]) <= 2 * deviation![k]).length;
    const numbers: [string, string][] = [
      ["Time t", show(time, 6)],
      ["Exchanges", show(events, 4)],
      ["Total energy", show(sum(energies))],
      ["of the limit equation", show(sum(limit))],
      ["Current since t/2", show(current)],
      ["c*/2", show(flux)],
      ["Conductivity since t/2", show(conductivity(current))],
      ["predicted", show(conductivity(flux))],
      ["Cells within E* ± 2σ", inside === undefined ? "–" : `${inside} of ${cells}`],
    ];
    const entries = numbers.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)));
    element("numbers").replaceChildren(...entries);
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

/** Least and greatest value of several curves, without NaN. */
function boundsOf(curves: readonly Float64Array[]): [number, number] {
  const values = curves.flatMap((curve) => Array.from(curve)).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
}

const gaps = (length: number) => new Float64Array(length).fill(NaN);
