/** The table as it is: cells between their walls, disks coloured by energy, a ring where two met in a hole. */
import type { Billiards } from "mesoflux/billiards";
import { element, make, show } from "../dom.ts";
import { gradient, shade } from "../live/palette.ts";
import type { TableFrame } from "./live.ts";
import { layOut, type Layout, MARGIN } from "./layout.ts";

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const darkness = matchMedia("(prefers-color-scheme: dark)");

/** Milliseconds for which a ring is seen. */
const RING = 450;
/** Colours go up to so many times the temperature, that of the hottest where there are two. */
const HOTTEST = 2;
/** Shades are batches of one fill each. */
const SHADES = 48;
/** CSS pixels of a disk's radius from which it has an outline. */
const OUTLINED = 2.5;

export class TablePicture {
  private readonly canvas = element<HTMLCanvasElement>("table-cells-picture");
  private readonly context = this.canvas.getContext("2d")!;
  private table: Billiards | undefined;
  private radius = 0;
  private mostEnergy = 1;
  private disks: Float64Array = new Float64Array();
  private energies: Float64Array = new Float64Array();
  /** The holes that were struck last, and when. */
  private readonly rings = new Map<number, number>();
  private layout!: Layout;
  private inks!: { readonly wall: string; readonly bath: string; readonly ring: string; readonly paper: string };

  constructor() {
    new ResizeObserver(() => this.fit()).observe(this.canvas.parentElement!);
    darkness.addEventListener("change", () => this.fit());
  }

  open(table: Billiards, radius: number): void {
    const { cells, energy = 0, temperatures = [energy / cells] } = table;
    this.table = table;
    this.radius = radius;
    this.mostEnergy = HOTTEST * Math.max(...temperatures);
    this.rings.clear();
    const bar = make("i", { className: "gradient" });
    bar.style.background = gradient;
    element("table-scale").replaceChildren("M e = 0", bar, `${show(this.mostEnergy, 2)} or more`);
    this.fit();
  }

  /** @param isMoving true for a frame of many: disks that met light up for a moment. */
  set({ disks, energies, struck }: TableFrame, isMoving: boolean): void {
    this.disks = disks;
    this.energies = energies;
    const now = performance.now();
    for (const [barrier, since] of this.rings) if (!isMoving || now > since + RING) this.rings.delete(barrier);
    this.light(isMoving && !reducedMotion.matches ? struck : []);
  }

  /** Draws rings where disks met. A hole that is struck all the time has its ring all the time, and does not flicker. */
  light(struck: TableFrame["struck"]): void {
    for (const { barrier } of struck) this.rings.set(barrier, performance.now());
    this.draw();
  }

  private fit(): void {
    const { table, canvas } = this;
    if (!table) return;
    const width = canvas.parentElement!.clientWidth;
    const { length } = table.shape;
    this.layout = layOut({ width, cells: this.cells, length, height: 2 * cornerOf(table) });
    const { rows, rowHeight } = this.layout;
    canvas.style.height = `${rows * rowHeight}px`;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(rows * rowHeight * devicePixelRatio);
    const style = getComputedStyle(document.documentElement);
    const ink = (name: string) => style.getPropertyValue(`--${name}`).trim();
    this.inks = { wall: ink("text"), bath: ink("grid"), ring: ink("measured"), paper: ink("paper") };
    this.draw();
  }

  private draw(): void {
    const { context, canvas, layout, table } = this;
    if (!table || !layout) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (let row = 0; row < layout.rows; row++) this.drawRow(row, table);
  }

  /** A row in the table's own unit of length, x from the left end of its first cell, y up. */
  private drawRow(row: number, table: Billiards): void {
    const { context, layout } = this;
    const { scale, left, rowHeight, perRow } = layout;
    const { length } = table.shape;
    const first = row * perRow;
    const last = Math.min(first + perRow, this.cells);
    const pixels = scale * devicePixelRatio;
    const height = (row + 0.5) * rowHeight * devicePixelRatio;
    context.setTransform(pixels, 0, 0, -pixels, left * devicePixelRatio, height);
    context.translate(-first * length, 0);
    context.save();
    const margin = MARGIN / scale;
    context.beginPath();
    context.rect(
      first * length - margin,
      -rowHeight / scale / 2,
      (last - first) * length + 2 * margin,
      rowHeight / scale,
    );
    context.clip();
    for (let cell = first; cell < last; cell++) this.fillCell(cell, table);
    this.drawDisks(first * length - this.radius, last * length + this.radius);
    context.lineWidth = 1.5 / scale;
    context.strokeStyle = this.inks.wall;
    for (let cell = first; cell < last; cell++) this.drawArcs(cell, table);
    for (let wall = first; wall <= last; wall++) this.drawWall(wall, table);
    this.drawRings(table);
    context.restore();
  }

  private fillCell(cell: number, table: Billiards): void {
    const { context } = this;
    context.beginPath();
    this.outline(cell, table, 1);
    this.outline(cell, table, -1);
    context.fillStyle = this.isBath(cell) ? this.inks.bath : this.inks.paper;
    context.fill();
    // Above the ground, the colour of the cell's own energy.
    context.globalAlpha = 0.16;
    context.fillStyle = shade(this.energies[cell] / this.mostEnergy);
    context.fill();
    context.globalAlpha = 1;
  }

  private drawArcs(cell: number, table: Billiards): void {
    const { context } = this;
    for (const side of [1, -1]) {
      context.beginPath();
      this.outline(cell, table, side);
      context.stroke();
    }
  }

  /** The arc at the top, from left to right, or at the bottom, from right to left. */
  private outline(cell: number, { shape }: Billiards, side: number): void {
    const { context } = this;
    const { length, neck } = shape;
    const arc = arcOf(shape);
    const centre = (cell + 0.5) * length;
    const angle = Math.asin(length / 2 / arc);
    const middle = (-side * Math.PI) / 2;
    context.arc(centre, side * (neck + arc), arc, middle - angle, middle + angle);
  }

  /** A barrier with its hole, or an outer wall without one. */
  private drawWall(wall: number, table: Billiards): void {
    const { context, cells } = this;
    const x = wall * table.shape.length;
    const corner = cornerOf(table);
    const hole = wall === 0 || wall === cells ? 0 : (1 - table.hole) * this.radius;
    context.beginPath();
    for (const side of [1, -1]) {
      context.moveTo(x, side * hole);
      context.lineTo(x, side * corner);
    }
    context.stroke();
  }

  private drawDisks(from: number, to: number): void {
    const { context, disks, radius, layout, mostEnergy } = this;
    const paths = Array.from({ length: SHADES }, () => [] as number[]);
    for (let i = 0; i < disks.length; i += 4) {
      const x = this.shifted(disks[i]);
      if (x < from || x > to) continue;
      // M e = v²: the disk's part of the mean.
      const energy = disks[i + 2] ** 2 + disks[i + 3] ** 2;
      const at = Math.min(SHADES - 1, Math.floor((energy / mostEnergy) * SHADES));
      paths[at].push(x, disks[i + 1]);
    }
    const isOutlined = radius * layout.scale > OUTLINED;
    context.lineWidth = 0.8 / layout.scale;
    context.strokeStyle = this.inks.wall;
    const drawn = Math.max(radius, 1 / layout.scale);
    for (const [at, places] of paths.entries()) {
      if (places.length === 0) continue;
      context.beginPath();
      for (let i = 0; i < places.length; i += 2) {
        context.moveTo(places[i] + drawn, places[i + 1]);
        context.arc(places[i], places[i + 1], drawn, 0, 2 * Math.PI);
      }
      context.fillStyle = shade(at / (SHADES - 1));
      context.fill();
      if (isOutlined) context.stroke();
    }
  }

  private drawRings(table: Billiards): void {
    const { context, layout, radius } = this;
    const now = performance.now();
    context.strokeStyle = this.inks.ring;
    for (const [barrier, since] of this.rings) {
      const age = Math.min(1, (now - since) / RING);
      context.globalAlpha = 1 - age;
      context.lineWidth = 3 / layout.scale;
      context.beginPath();
      const least = Math.max(1.2 * radius, 7 / layout.scale);
      context.arc((barrier + 1) * table.shape.length, 0, least * (1 + 0.5 * age), 0, 2 * Math.PI);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** Cells, baths included. */
  private get cells(): number {
    return this.table!.cells + (this.table!.temperatures ? 2 : 0);
  }

  private isBath(cell: number): boolean {
    return this.table!.temperatures !== undefined && (cell === 0 || cell === this.cells - 1);
  }

  /** The path has x from the chain's first cell on; here the bath before it is drawn, too. */
  private shifted(x: number): number {
    return x + (this.table!.temperatures ? this.table!.shape.length : 0);
  }
}

/** The lab's tables have no flat walls. */
const arcOf = ({ arc }: Billiards["shape"]) => arc as number;

/** Half the height of a cell at its barriers. */
function cornerOf({ shape }: Billiards): number {
  const arc = arcOf(shape);
  return shape.neck + arc - Math.sqrt(arc ** 2 - shape.length ** 2 / 4);
}
