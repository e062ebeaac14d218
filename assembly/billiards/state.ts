/**
 * The table, and memory: address arithmetic is here alone.
 *
 * A disk's position is relative to the centre of its cell, which it never leaves, and holds at the disk's own time t: until
 * its next collision it is at x + v (s - t) at time s. So each prediction is a function of the last collisions of those who
 * take part, and neither bins nor queue reach the trajectories.
 *
 *   0        16        32   40                48       52    56     60       62    64
 *   ┌────────┬─────────┬────┬─────────────────┬────────┬─────┬──────┬────────┬─────┐
 *   │ x  y   │ vx  vy  │ t  │ next collision  │ partner│ bin │ next │ column │ row │   a disk: one line of the cache
 *   └────────┴─────────┴────┴─────────────────┴────────┴─────┴──────┴────────┴─────┘
 *   0        8       16           24      28     32
 *   ┌────────┬───────┬────────────┬───────┬──────┐
 *   │ across │ along │ next event │ next  │      │   and what its neighbours never read: when it crosses to the next column
 *   └────────┴───────┴────────────┴───────┴──────┘   and row, and who follows in its list of the queue
 */
import { BATH_NONE, batchLength, checkpointLength, RECORD, RECORDS } from "./abi";

/** N, or N + 2 with those of the baths; disks of a cell; disks in all. */
export let cells: i32 = 0;
export let particles: i32 = 0;
export let disks: i32 = 0;
let inverseParticles: f64 = 1;
export let bath: i32 = BATH_NONE;
export let leftTemperature: f64 = 0;
export let rightTemperature: f64 = 0;

/** L, L/2, H + ρ, and ρ + r squared; for flat walls H - r, and ρ = 0. */
export let length: f64 = 0;
export let halfLength: f64 = 0;
export let arcCentre: f64 = 0;
export let arcReach: f64 = 0;
export let flatHeight: f64 = 0;
/** r, (2r)², r², a, and half the height at the barriers. */
export let radius: f64 = 0;
export let contact: f64 = 0;
export let edgeReach: f64 = 0;
export let holeHalf: f64 = 0;
export let cornerHeight: f64 = 0;
export let isFlat: bool = false;

export function setTable(neck: f64, arc: f64, corner: f64, tableLength: f64, diskRadius: f64, hole: f64): void {
  isFlat = arc == 0;
  length = tableLength;
  halfLength = tableLength / 2;
  arcCentre = neck + arc;
  arcReach = (arc + diskRadius) * (arc + diskRadius);
  flatHeight = neck - diskRadius;
  radius = diskRadius;
  contact = 2 * diskRadius * (2 * diskRadius);
  edgeReach = diskRadius * diskRadius;
  holeHalf = hole;
  cornerHeight = corner;
}

export function setChain(cellCount: i32, particleCount: i32, kind: i32, left: f64, right: f64): void {
  cells = cellCount + (kind == BATH_NONE ? 0 : 2);
  particles = particleCount;
  inverseParticles = 1 / <f64>particleCount;
  disks = cells * particleCount;
  bath = kind;
  leftTemperature = left;
  rightTemperature = right;
}

/** The cell of a disk: 0, 1 .. from the left. Its half keeps the quotient away from integers. */
export function cellOf(disk: i32): i32 {
  return <i32>((<f64>disk + 0.5) * inverseParticles);
}

/** Bins: an edge of 2r at least, so that disks that touch are in neighbouring ones (bins.ts). */
export let columns: i32 = 0;
export let rows: i32 = 0;
export let binWidth: f64 = 0;
export let binHeight: f64 = 0;
/** From a bin to the one above. All cells stand side by side, with a margin of empty bins around them. */
export let stride: i32 = 0;
/** Whether a cell is one bin. */
export let isOneBin: bool = false;

/**
 * Disks of a bin, where 2r allows it, for disks whose diameter is as wide as the place that each has; of smaller ones, which
 * collide less often beside their crossings, a bin has more. Against 0.2 whatever their size: 5% more collisions a second at
 * R = 0.5, 11 to 16% at R = 0.25 and 25 to 29% at R = 0.1, for M = 100 to 1e4.
 */
const DISKS_A_BIN: f64 = 0.13;
/**
 * A cell of few disks is one bin, without crossings: of up to 2 over that width, and of no more than these. Gains 9% at R = 1,
 * M = 4; 37% at R = 0.5, M = 5; 28% at R = 0.25, M = 10.
 */
const FEW: f64 = 30;

export function layOutBins(): void {
  const height = 2 * cornerHeight;
  const place = (length * height) / particles;
  const width = (2 * radius) / sqrt(place);
  isOneBin = <f64>particles <= min(2 / width, FEW);
  const edge = isOneBin ? Infinity : max(sqrt((DISKS_A_BIN * place) / sqrt(width)), 2.000001 * radius);
  columns = max(<i32>(length / edge), 1);
  rows = max(<i32>(height / edge), 1);
  binWidth = length / columns;
  binHeight = height / rows;
  stride = columns * cells + 2;
}

/** Where each array begins. */
let disksAt: usize = 0;
let timesAt: usize = 0;
let columnEdgesAt: usize = 0;
let rowEdgesAt: usize = 0;
let binsAt: usize = 0;
let wallsAt: usize = 0;
export let bucketsAt: usize = 0;
export let energiesAt: usize = 0;
export let batchAt: usize = 0;
export let recordsAt: usize = 0;
export let positionsAt: usize = 0;
export let checkpointAt: usize = 0;
export let buckets: i32 = 0;

/** Whether there is memory for the arrays; they are not cleared. */
export function allocate(): bool {
  buckets = 64;
  while (buckets < 2 * disks) buckets *= 2;
  let at = (__heap_base + 63) & ~63;
  disksAt = at;
  at += (<usize>disks) << 6;
  timesAt = at;
  at += (<usize>disks) << 5;
  energiesAt = at;
  at += (<usize>cells) << 3;
  batchAt = at;
  at += (<usize>batchLength(cells)) << 3;
  recordsAt = at;
  at += RECORD * RECORDS * 8;
  positionsAt = at;
  at += (<usize>disks) << 5;
  checkpointAt = at;
  at += (<usize>checkpointLength(cells, disks)) << 3;
  columnEdgesAt = at;
  at += (<usize>(columns + 1)) << 3;
  rowEdgesAt = at;
  at += (<usize>(rows + 1)) << 3;
  bucketsAt = at;
  at += ((<usize>buckets) << 2) + 4;
  binsAt = at;
  at += (<usize>bins()) << 2;
  wallsAt = at;
  at += <usize>bins();
  const pages = <i32>((at + 0xffff) >>> 16) - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}

export function bins(): i32 {
  return stride * (rows + 2);
}

/** Address of a bin's first disk, an i32 which is -1 where there is none. */
export class Bin {
  @inline static first(bin: i32): i32 {
    return load<i32>(binsAt + ((<usize>bin) << 2));
  }
  /** Of four bins in a row those that are not empty, as bits. */
  @inline static full(bin: i32): i32 {
    return ~i32x4.bitmask(v128.load(binsAt + ((<usize>bin) << 2)));
  }
  @inline static setFirst(bin: i32, disk: i32): void {
    store<i32>(binsAt + ((<usize>bin) << 2), disk);
  }
  /** The walls that a disk of this bin may touch (bins.ts). */
  @inline static walls(bin: i32): i32 {
    return <i32>load<u8>(wallsAt + <usize>bin);
  }
  @inline static setWalls(bin: i32, walls: i32): void {
    store<u8>(wallsAt + <usize>bin, <u8>walls);
  }
}

/** A disk's fields by its address, which `at` gives. */
export class Disk {
  @inline static at(disk: i32): usize {
    return disksAt + ((<usize>disk) << 6);
  }
  @inline static place(at: usize): v128 {
    return v128.load(at);
  }
  @inline static x(at: usize): f64 {
    return load<f64>(at);
  }
  @inline static y(at: usize): f64 {
    return load<f64>(at, 8);
  }
  @inline static velocity(at: usize): v128 {
    return v128.load(at, 16);
  }
  @inline static vx(at: usize): f64 {
    return load<f64>(at, 16);
  }
  @inline static vy(at: usize): f64 {
    return load<f64>(at, 24);
  }
  @inline static time(at: usize): f64 {
    return load<f64>(at, 32);
  }
  @inline static timeTwice(at: usize): v128 {
    return v128.load64_splat(at, 32);
  }
  @inline static collision(at: usize): f64 {
    return load<f64>(at, 40);
  }
  @inline static partner(at: usize): i32 {
    return load<i32>(at, 48);
  }
  @inline static bin(at: usize): i32 {
    return load<i32>(at, 52);
  }
  @inline static next(at: usize): i32 {
    return load<i32>(at, 56);
  }
  /** Where its bin is in its cell. */
  @inline static column(at: usize): i32 {
    return <i32>load<u16>(at, 60);
  }
  @inline static row(at: usize): i32 {
    return <i32>load<u16>(at, 62);
  }

  @inline static setPlace(at: usize, place: v128): void {
    v128.store(at, place);
  }
  @inline static setVelocity(at: usize, velocity: v128): void {
    v128.store(at, velocity, 16);
  }
  @inline static setTime(at: usize, time: f64): void {
    store<f64>(at, time, 32);
  }
  @inline static setCollision(at: usize, time: f64, partner: i32): void {
    store<f64>(at, time, 40);
    store<i32>(at, partner, 48);
  }
  @inline static setBin(at: usize, bin: i32): void {
    store<i32>(at, bin, 52);
  }
  @inline static setNext(at: usize, disk: i32): void {
    store<i32>(at, disk, 56);
  }
  @inline static setColumn(at: usize, column: i32): void {
    store<u16>(at, <u16>column, 60);
  }
  @inline static setRow(at: usize, row: i32): void {
    store<u16>(at, <u16>row, 62);
  }

  /** x and y at a time. */
  @inline static placeAt(at: usize, time: f64): v128 {
    return f64x2.add(Disk.place(at), f64x2.mul(Disk.velocity(at), f64x2.splat(time - Disk.time(at))));
  }
  /** Moves it to where it is at a time. */
  @inline static moveTo(at: usize, time: f64): void {
    v128.store(at, Disk.placeAt(at, time));
    Disk.setTime(at, time);
  }
  /** v²/M: its share of the cell's energy. */
  @inline static energy(at: usize): f64 {
    const vx = Disk.vx(at);
    const vy = Disk.vy(at);
    return (vx * vx + vy * vy) / <f64>particles;
  }
}

/** When a disk's next event is, and when it crosses the sides of its bin that are ahead, of which the earlier may be that. */
export class Times {
  @inline private static at(disk: i32): usize {
    return timesAt + ((<usize>disk) << 5);
  }
  @inline static event(disk: i32): f64 {
    return load<f64>(Times.at(disk), 16);
  }
  @inline static setEvent(disk: i32, time: f64): void {
    store<f64>(Times.at(disk), time, 16);
  }
  @inline static crossing(disk: i32): f64 {
    return earlier(load<f64>(Times.at(disk)), load<f64>(Times.at(disk), 8));
  }
  /** Whether it is a crossing from column to column. */
  @inline static isAcross(disk: i32): bool {
    return load<f64>(Times.at(disk)) <= load<f64>(Times.at(disk), 8);
  }
  @inline static setCrossings(disk: i32, times: v128): void {
    v128.store(Times.at(disk), times);
  }
  @inline static setAcross(disk: i32, time: f64): void {
    store<f64>(Times.at(disk), time);
  }
  @inline static setAlong(disk: i32, time: f64): void {
    store<f64>(Times.at(disk), time, 8);
  }
  /** Address of the disk that is next in its list of the queue. */
  @inline static nextAt(disk: i32): usize {
    return Times.at(disk) + 24;
  }
}

/** The edges of the columns and of the rows; a first column has none at its left, nor a last one at its right. */
export class Edges {
  @inline static ofColumn(column: i32): f64 {
    return load<f64>(columnEdgesAt + ((<usize>column) << 3));
  }
  @inline static ofRow(row: i32): f64 {
    return load<f64>(rowEdgesAt + ((<usize>row) << 3));
  }
  @inline static of(column: i32, row: i32): v128 {
    return v128.load64_lane(
      rowEdgesAt + ((<usize>row) << 3),
      v128.load64_splat(columnEdgesAt + ((<usize>column) << 3)),
      1,
    );
  }
  @inline static setColumn(column: i32, x: f64): void {
    store<f64>(columnEdgesAt + ((<usize>column) << 3), x);
  }
  @inline static setRow(row: i32, y: f64): void {
    store<f64>(rowEdgesAt + ((<usize>row) << 3), y);
  }
}

/** The earlier of two times, without the branches that V8 compiles `min` to: 2% faster from M = 5 on. */
export function earlier(a: f64, b: f64): f64 {
  return f64x2.extract_lane(f64x2.pmin(f64x2.splat(a), f64x2.splat(b)), 0);
}
