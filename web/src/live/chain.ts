/** The chain as a row of cells between its baths, coloured by energy; a bond that rang lights up if few did. */
import { element, make, show } from "../dom.ts";
import type { Settings } from "../settings.ts";
import { sum } from "../sum.ts";
import { gradient, shade } from "./palette.ts";
import type { Scene } from "./live.ts";

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
/** Brightness of a light a frame later, relative to before. */
const FADING = 0.8;
/** CSS pixels. */
const WIDEST_LIGHT = 10;

export class ChainPicture {
  private readonly canvas = element<HTMLCanvasElement>("chain");
  private readonly context = this.canvas.getContext("2d")!;
  private baths: readonly [number, number] = [1, 1];
  /** The least and the greatest energy of the colour scale. */
  range: readonly [number, number] = [0, 1];
  private energies: Float64Array = new Float64Array();
  /** N+1: brightness of each bond, 0 to 1. */
  private lights: Float64Array = new Float64Array();

  constructor() {
    new ResizeObserver(() => this.fit()).observe(this.canvas);
  }

  open({ left, right }: Settings, scene: Scene, energies: Float64Array): void {
    this.baths = [left, right];
    this.range = rangeOf(this.baths, scene, energies);
    this.energies = energies;
    this.lights = new Float64Array(energies.length + 1);
    const scale = element("scale");
    const bar = make("i", { className: "gradient" });
    bar.style.background = gradient;
    scale.replaceChildren(show(this.range[0], 2), bar, show(this.range[1], 2));
    this.draw();
  }

  set(energies: Float64Array): void {
    const changed = energies.map((E, k) => (E === this.energies[k] ? 0 : 1));
    const few = sum(changed) <= Math.max(2, energies.length / 4);
    this.lights = this.lights.map((light, k) => {
      // A bond between a bath and a cell rang if that cell changed.
      const rang = few && !reducedMotion.matches && changed[k - 1] !== 0 && changed[k] !== 0;
      return rang ? 1 : light * FADING;
    });
    this.energies = energies;
    this.draw();
  }

  private fit(): void {
    const { clientWidth, clientHeight } = this.canvas;
    this.canvas.width = clientWidth * devicePixelRatio;
    this.canvas.height = clientHeight * devicePixelRatio;
    this.draw();
  }

  private draw(): void {
    const { context, energies, lights, baths } = this;
    const { width, height } = this.canvas;
    const [least, most] = this.range;
    const bath = Math.min(width / 12, height);
    const cell = (width - 2 * bath) / energies.length;
    const gap = cell > 6 * devicePixelRatio ? devicePixelRatio : 0;
    context.clearRect(0, 0, width, height);
    const fill = (x: number, w: number, E: number, inset: number) => {
      context.fillStyle = shade((E - least) / (most - least));
      context.fillRect(x, inset, w, height - 2 * inset);
    };
    fill(0, bath - 3 * gap, baths[0], 0);
    energies.forEach((E, k) => fill(bath + k * cell, cell - gap + (gap === 0 ? 1 : 0), E, height / 8));
    fill(width - bath + 2 * gap, bath, baths[1], 0);
    lights.forEach((light, k) => {
      if (light < 0.05) return;
      context.fillStyle = `rgb(255 255 255 / ${light})`;
      const w = Math.min(Math.max(2, cell / devicePixelRatio / 6), WIDEST_LIGHT) * devicePixelRatio;
      context.fillRect(bath + k * cell - w / 2, 0, w, height);
    });
  }
}

/** The range of the colours: energies of the baths, the start, and the steady state with three deviations. */
function rangeOf(baths: readonly number[], { equilibrium, deviation }: Scene, start: Float64Array): [number, number] {
  const all = [...baths, ...start];
  equilibrium?.forEach((E, k) => all.push(E - 3 * deviation![k], E + 3 * deviation![k]));
  const [least, most] = [Math.max(0, Math.min(...all)), Math.max(...all)];
  return least < most ? [least, most] : [0.5 * least, 1.5 * most];
}
