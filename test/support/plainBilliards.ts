/**
 * The plain twin of the billiards' engine: hard disks from collision to collision, by trying all pairs and all walls at every
 * step. Closed tables alone. Its formulas are the engine's, with the same operations in the same order, so that both give the
 * same bits; it shares no code with the engine, nor with src/billiards.
 */
import type { Billiards } from "../../src/billiards/table.ts";

/** A collision. */
export interface Event {
  /** Of two "disks" of one cell, or through a "hole"; of a disk with top or bottom, "arc" (if flat too), or the like. */
  readonly kind: "disks" | "hole" | "arc" | "barrier" | "edge";
  /** One disk, or two with the left cell's first. */
  readonly disks: readonly number[];
  /** 0..N from the left; -1 where no barrier takes part. */
  readonly barrier: number;
  /** Since the start. */
  readonly time: number;
}

/** Left or right, bottom or top. */
type Side = -1 | 1;
const SIDES: readonly Side[] = [-1, 1];

/** Times are counted anew after so many collisions a disk, lest their rounding errors grow. */
const REBASE = 64;

/** A collision that may come next. */
interface Candidate {
  readonly kind: Event["kind"];
  readonly i: number;
  /** The second disk, or -1. */
  readonly j: number;
  /** Of the barrier or of the arc. */
  readonly side: Side;
  /** Of an edge: the upper or the lower one. */
  readonly edge: Side;
  /** Since the last rebase. */
  readonly time: number;
}

/**
 * The time, `from` or later, at which a distance falls to s: with the displacement d and its derivative u, b = d·u, c = d·d - s²
 * and uu = u·u. Disks that overlap by rounding collide at once if they approach.
 */
function meeting(from: number, b: number, c: number, uu: number): number {
  if (!(b < 0)) return Infinity;
  if (c <= 0) return from;
  const q = b * b - uu * c;
  if (q < 0) return Infinity;
  return from + c / (Math.sqrt(q) - b);
}

export class PlainBilliards {
  /** x, y, vx, vy of each disk; its position is relative to the centre of its cell, as of its own last collision. */
  readonly disks: Float64Array;
  /** Collisions since the start. */
  collisions = 0;

  /** The time of each disk's position, and the present time, since the last rebase. */
  private readonly times: Float64Array;
  private present = 0;
  /** The time of the last rebase, since the start. */
  private offset = 0;

  /** Of a disk, and half the width of a hole. */
  private readonly r: number;
  private readonly a: number;

  /** `disks`: x, y, vx, vy of all disks, those of cell 0 first. */
  constructor(
    readonly table: Billiards,
    disks: Float64Array,
  ) {
    const { cells, particles, radius, hole } = table;
    if (disks.length !== 4 * cells * particles)
      throw new Error(`${disks.length} numbers for ${cells * particles} disks`);
    this.disks = disks.slice();
    this.times = new Float64Array(cells * particles);
    this.r = radius / Math.sqrt(particles);
    this.a = (1 - hole) * this.r;
  }

  /** The time of the last collision, since the start. */
  get time(): number {
    return this.offset + this.present;
  }

  /** Goes on to the next collision. */
  step(): Event {
    const { kind, i, j, side, edge, time } = this.next();
    if (time === Infinity) throw new Error("no disk moves");
    this.present = time;
    this.move(i);
    if (j >= 0) {
      this.move(j);
      this.collide(i, j);
    } else if (kind === "barrier") {
      this.disks[4 * i + 2] = -this.disks[4 * i + 2];
    } else if (kind === "edge") {
      this.reflect(i, ...this.toEdge(i, side, edge));
    } else if (this.table.shape.arc === "flat") {
      this.disks[4 * i + 3] = -this.disks[4 * i + 3];
    } else {
      this.reflect(i, ...this.toArcCentre(i, side));
    }
    const rightBarrier = this.cellOf(i) + 1;
    const barrier = kind === "disks" || kind === "arc" ? -1 : side > 0 ? rightBarrier : rightBarrier - 1;
    const event = { kind, disks: j < 0 ? [i] : [i, j], barrier, time: this.time };
    this.collisions++;
    if (this.collisions % (REBASE * this.times.length) === 0) this.rebase();
    return event;
  }

  run(collisions: number): void {
    for (let k = 0; k < collisions; k++) this.step();
  }

  /** x, y, vx, vy of all disks at the time of the last collision. */
  snapshot(): Float64Array {
    return this.movedTo(this.present);
  }

  /** The same at a time since the start, between the last collision and the next. */
  positionsAt(time: number): Float64Array {
    return this.movedTo(time - this.offset);
  }

  /** The least distance between the rims of two disks at the time of the last collision; below zero if they overlap. */
  smallestGap(): number {
    const now = this.snapshot();
    let least = Infinity;
    for (let i = 0; i < this.times.length; i++) {
      for (let j = i + 1; j < this.times.length; j++) {
        const dx = now[4 * j] - now[4 * i] + (this.cellOf(j) - this.cellOf(i)) * this.table.shape.length;
        const dy = now[4 * j + 1] - now[4 * i + 1];
        least = Math.min(least, Math.sqrt(dx * dx + dy * dy) - 2 * this.r);
      }
    }
    return least;
  }

  /** The least distance of a disk's rim from the walls of its cell at the time of the last collision. */
  smallestClearance(): number {
    const now = this.snapshot();
    let least = Infinity;
    for (let i = 0; i < this.times.length; i++) {
      least = Math.min(least, clearance(this.table, this.cellOf(i), now[4 * i], now[4 * i + 1]));
    }
    return least;
  }

  private cellOf(i: number): number {
    return Math.floor(i / this.table.particles);
  }

  /** The earliest of all collisions. */
  private next(): Candidate {
    const { cells } = this.table;
    let first: Candidate = { kind: "disks", i: -1, j: -1, side: 1, edge: 1, time: Infinity };
    const consider = (candidate: Candidate) => {
      if (candidate.time < first.time) first = candidate;
    };
    for (let i = 0; i < this.times.length; i++) {
      const cell = this.cellOf(i);
      for (const side of SIDES) {
        const isOuter = cell === (side < 0 ? 0 : cells - 1);
        consider({ kind: "arc", i, j: -1, side, edge: 1, time: this.timeOfArc(i, side) });
        consider({ kind: "barrier", i, j: -1, side, edge: 1, time: this.timeOfBarrier(i, side, isOuter) });
        if (isOuter) continue;
        for (const edge of SIDES)
          consider({ kind: "edge", i, j: -1, side, edge, time: this.timeOfEdge(i, side, edge) });
      }
      for (let j = i + 1; j < this.times.length && this.cellOf(j) <= cell + 1; j++) {
        const kind = this.cellOf(j) === cell ? "disks" : "hole";
        consider({ kind, i, j, side: 1, edge: 1, time: this.timeOfPair(i, j) });
      }
    }
    return first;
  }

  private timeOfPair(i: number, j: number): number {
    const { disks } = this;
    const t = Math.max(this.times[i], this.times[j]);
    const [dx, dy] = this.between(i, j, t);
    const ux = disks[4 * j + 2] - disks[4 * i + 2];
    const uy = disks[4 * j + 3] - disks[4 * i + 3];
    const s = 2 * this.r;
    return meeting(t, dx * ux + dy * uy, dx * dx + dy * dy - s * s, ux * ux + uy * uy);
  }

  private timeOfArc(i: number, side: Side): number {
    const { arc, neck } = this.table.shape;
    if (arc !== "flat") return this.timeOfPoint(i, this.toArcCentre(i, side), arc + this.r);
    const [, y, , vy] = this.disk(i);
    if (!(side * vy > 0)) return Infinity;
    return this.times[i] + Math.max(0, (neck - this.r - side * y) / (side * vy));
  }

  /** A hole's edges take over where the disk would touch the barrier within the hole. */
  private timeOfBarrier(i: number, side: Side, isOuter: boolean): number {
    const [x, y, vx, vy] = this.disk(i);
    if (!(side * vx > 0)) return Infinity;
    const w = Math.max(0, (this.table.shape.length / 2 - this.r - side * x) / (side * vx));
    return isOuter || Math.abs(y + vy * w) >= this.a ? this.times[i] + w : Infinity;
  }

  private timeOfEdge(i: number, side: Side, edge: Side): number {
    return this.timeOfPoint(i, this.toEdge(i, side, edge), this.r);
  }

  /** The time at which a disk's centre comes as near as `s` to a point at the displacement d. */
  private timeOfPoint(i: number, [dx, dy]: readonly [number, number], s: number): number {
    const [, , vx, vy] = this.disk(i);
    return meeting(this.times[i], -(dx * vx + dy * vy), dx * dx + dy * dy - s * s, vx * vx + vy * vy);
  }

  /** The displacement from disk i to disk j at time t. */
  private between(i: number, j: number, t: number): [number, number] {
    const [xi, yi] = this.positionOf(i, t);
    const [xj, yj] = this.positionOf(j, t);
    return [this.cellOf(i) === this.cellOf(j) ? xj - xi : xj - xi + this.table.shape.length, yj - yi];
  }

  private toArcCentre(i: number, side: Side): [number, number] {
    const [x, y] = this.disk(i);
    return [-x, side * (this.table.shape.neck + Number(this.table.shape.arc)) - y];
  }

  private toEdge(i: number, side: Side, edge: Side): [number, number] {
    const [x, y] = this.disk(i);
    return [side * (this.table.shape.length / 2) - x, edge * this.a - y];
  }

  /** Two disks of equal mass exchange their velocities along d. */
  private collide(i: number, j: number): void {
    const { disks } = this;
    const [dx, dy] = this.between(i, j, this.present);
    const [, , vxi, vyi] = this.disk(i);
    const [, , vxj, vyj] = this.disk(j);
    const w = ((vxi - vxj) * dx + (vyi - vyj) * dy) / (dx * dx + dy * dy);
    disks[4 * i + 2] = vxi - w * dx;
    disks[4 * i + 3] = vyi - w * dy;
    disks[4 * j + 2] = vxj + w * dx;
    disks[4 * j + 3] = vyj + w * dy;
  }

  /** A disk turns round its velocity along d. */
  private reflect(i: number, dx: number, dy: number): void {
    const [, , vx, vy] = this.disk(i);
    const w = 2 * ((vx * dx + vy * dy) / (dx * dx + dy * dy));
    this.disks[4 * i + 2] = vx - w * dx;
    this.disks[4 * i + 3] = vy - w * dy;
  }

  /** x, y, vx, vy. */
  private disk(i: number): [number, number, number, number] {
    const { disks } = this;
    return [disks[4 * i], disks[4 * i + 1], disks[4 * i + 2], disks[4 * i + 3]];
  }

  private positionOf(i: number, t: number): [number, number] {
    const [x, y, vx, vy] = this.disk(i);
    const passed = t - this.times[i];
    return [x + vx * passed, y + vy * passed];
  }

  /** Moves a disk to the present time. */
  private move(i: number): void {
    [this.disks[4 * i], this.disks[4 * i + 1]] = this.positionOf(i, this.present);
    this.times[i] = this.present;
  }

  private movedTo(t: number): Float64Array {
    const moved = this.disks.slice();
    for (let i = 0; i < this.times.length; i++) moved.set(this.positionOf(i, t), 4 * i);
    return moved;
  }

  private rebase(): void {
    for (let i = 0; i < this.times.length; i++) this.move(i);
    this.times.fill(0);
    this.offset += this.present;
    this.present = 0;
  }
}

/** The distance of a disk's rim from the walls of its cell; below zero if it overlaps one or has left the cell. */
export function clearance(table: Billiards, cell: number, x: number, y: number): number {
  const { cells, shape } = table;
  const r = table.radius / Math.sqrt(table.particles);
  const a = (1 - table.hole) * r;
  let least = Infinity;
  for (const side of SIDES) {
    if (shape.arc === "flat") least = Math.min(least, shape.neck - side * y);
    else least = Math.min(least, Math.hypot(x, side * (shape.neck + shape.arc) - y) - shape.arc);
    const toBarrier = shape.length / 2 - side * x;
    const isInHole = cell !== (side < 0 ? 0 : cells - 1) && Math.abs(y) < a;
    least = Math.min(least, isInHole && toBarrier > 0 ? Math.hypot(toBarrier, a - Math.abs(y)) : toBarrier);
  }
  return least - r;
}
